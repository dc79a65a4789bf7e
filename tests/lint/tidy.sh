#!/bin/sh
# clang-tidy: .clang-tidy says which checks, and why some are off.
set -u
flags=$(pkg-config --cflags glib-2.0 gmime-3.0 jansson libxml-2.0 | sed 's/-I/-isystem /g')
# shellcheck disable=SC2086 # flags are words
find milter -name '*.c' | xargs -P 2 -n 8 sh -c 'clang-tidy --quiet --warnings-as-errors="*" "$@" -- \
	-std=c17 -D_GNU_SOURCE -Iinclude '"$flags"' -DTACT_VERSION="\"0\"" -DTACT_RULES="\"/r\"" -DTACT_SYSCONFDIR="\"/etc\"" 2>&1 |
	grep -vE "warnings (generated|treated)|^Suppressed|^Use -header" ' tidy >/tmp/tidy.$$
grep -qE '(error|warning):' /tmp/tidy.$$ && bad=1 || bad=0
cat /tmp/tidy.$$
rm -f /tmp/tidy.$$
exit $bad
