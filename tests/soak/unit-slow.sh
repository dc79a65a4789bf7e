#!/bin/sh
# The unit tests that make check runs with fewer rows, with all of theirs: those
# that ask g_test_slow(). TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build/plain}
failed=0
for source in $(grep -rl g_test_slow tests/unit); do
	unit=$BUILD/${source#tests/}
	unit=${unit%.c}
	${MAKE:-make} -s BUILD="$BUILD" "$unit" && "$unit" --tap -m slow ||
		failed=1
done
exit $failed
