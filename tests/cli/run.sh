#!/bin/sh
# Every test of the command line tool; TAP. See the head of each script.
#
#   BUILD=build/plain tests/cli/run.sh
set -u
cd "$(dirname "$0")/../.." || exit 2
failed=0
for script in tests/cli/*.sh; do
	[ "$script" = tests/cli/run.sh ] && continue
	echo "# $script"
	"$script" || failed=1
done
exit $failed
