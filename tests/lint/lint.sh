#!/bin/sh
# Every check of the source that needs no run of it. One line a check; what it
# found follows. Ends in `N passed, N failed`, exit 1 if any failed.
set -u
cd "$(dirname "$0")/../.." || exit 2
out=$(mktemp)
trap 'rm -f "$out"' EXIT
passed=0 failed=0

try() {
	name=$1
	shift
	if "$@" >"$out" 2>&1; then
		echo "ok   lint $name"
		passed=$((passed + 1))
	else
		echo "FAIL lint $name"
		sed 's/^/     /' "$out"
		failed=$((failed + 1))
	fi
}

for check in layers headers size banned links format shell manual workplace; do
	try $check tests/lint/$check.sh
done
try generated tests/lint/generated.sh
try cppcheck tests/lint/cppcheck.sh
try analyzer tests/lint/analyzer.sh
try clang tests/lint/clang.sh
try clang-tidy tests/lint/tidy.sh
echo "lint: $passed passed, $failed failed"
[ $failed = 0 ]
