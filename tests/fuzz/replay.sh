#!/bin/sh
# replay.sh DIR: each fuzz target built in DIR over its seeds, as TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
for target in "$1"/fuzz_*; do
	case $target in *.d) continue ;; esac
	name=$(basename "$target")
	seeds=tests/fuzz/seeds/${name#fuzz_}
	if [ ! -d "$seeds" ]; then
		echo "not ok - $name has no seeds in $seeds"
		bad=1
	elif find "$seeds" -type f -print0 | xargs -0 timeout 60 "$target"; then
		echo "ok - $name over $(find "$seeds" -type f | wc -l) seeds"
	else
		echo "not ok - $name over its seeds"
		bad=1
	fi
done
exit $bad
