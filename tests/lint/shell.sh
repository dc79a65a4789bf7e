#!/bin/sh
# Every script parses.
set -u
bad=0
for f in $(git ls-files '*.sh'); do
	case $(head -n 1 "$f") in
	*bash*) bash -n "$f" || bad=1 ;;
	*) sh -n "$f" || bad=1 ;;
	esac
	[ -x "$f" ] || case $f in */rig.sh | */authenticators.sh | tests/bench/lib.sh | tests/lib/*) ;; *) echo "$f: not executable"; bad=1 ;; esac
done
exit $bad
