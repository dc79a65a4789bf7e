#!/bin/sh
# Every header compiles alone, has an SPDX line, and says who owns what.
set -u
bad=0
flags=$(pkg-config --cflags glib-2.0 gmime-3.0 jansson libxml-2.0 | sed 's/-I/-isystem /g')
for h in $(find include milter -name '*.h'); do
	# A private header may name its neighbours; a public one may not.
	case $h in milter/*) near=-I$(dirname "$h") ;; *) near= ;; esac
	# shellcheck disable=SC2086 # flags are words
	${CC:-cc} -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Iinclude \
		$near $flags -fsyntax-only -x c "$h" || bad=1
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
