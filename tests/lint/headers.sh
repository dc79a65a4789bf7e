#!/bin/sh
# Every header compiles alone, has an SPDX line, and says who owns what.
set -u
bad=0
# A private header may name its neighbours; a public one may not.
# shellcheck disable=SC2016,SC2046 # the inner shell expands; flags are words
find include milter -name '*.h' | tests/lint/each.sh sh -c '
	for h; do :; done
	case $h in milter/*) near=-I${h%/*} ;; *) near=-Iinclude ;; esac
	exec ${CC:-cc} "$near" "$@"' \
	header $(tests/lint/flags.sh) -Wall -Wextra -Werror -fsyntax-only -xc || bad=1
for h in $(find include milter -name '*.h'); do
	head -n 1 "$h" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
		{ echo "$h: no SPDX line"; bad=1; }
done
for h in $(find include -name '*.h'); do
	case $h in
	*/limits.h | */error.h) continue ;;
	esac
	for word in Owns: Threads:; do
		grep -q "^ \* $word" "$h" ||
			{ echo "$h: the contract lacks \"$word\""; bad=1; }
	done
done
for c in $(find milter tests -name '*.c'); do
	head -n 1 "$c" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
		{ echo "$c: no SPDX line"; bad=1; }
done
exit $bad
