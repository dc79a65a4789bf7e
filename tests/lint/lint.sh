#!/bin/sh
# Every check of the source that needs no run of it: lint.sh [CHECK]... One
# line a check; what it found follows. Ends in `N passed, N failed`, exit 1 if
# any failed. The quick ones come first; all take some three minutes on two
# processors.
set -u
cd "$(dirname "$0")/../.." || exit 2
out=$(mktemp)
trap 'rm -f "$out"' EXIT
passed=0 failed=0

[ $# -gt 0 ] || set -- layers size banned links format shell manual workplace \
	headers generated cppcheck analyzer clang tidy
for check; do
	if "tests/lint/$check.sh" >"$out" 2>&1; then
		echo "ok   lint $check"
		passed=$((passed + 1))
	else
		echo "FAIL lint $check"
		sed 's/^/     /' "$out"
		failed=$((failed + 1))
	fi
done
echo "lint: $passed passed, $failed failed"
[ $failed = 0 ]
