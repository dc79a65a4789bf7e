#!/bin/sh
# Call down, never up or sideways: an #include names its own layer or a lower
# one, nobody includes a program, and each library stays inside its layer. (The
# linker holds the same in the unit tests: see the Makefile.)
set -u
bad=0

# below LAYER: the layers that it may include
below() {
	case $1 in
	base) echo 'base' ;;
	message) echo 'base message' ;;
	analysis) echo 'base message analysis' ;;
	value) echo 'base value' ;;
	drafting) echo 'base message analysis drafting' ;;
	store) echo 'base message analysis value drafting store' ;;
	training) echo 'base message analysis training' ;;
	filter) echo 'base message analysis value store' ;;
	drafter) echo 'base message analysis value drafting store' ;;
	cli) echo 'base message analysis value drafting store training' ;;
	esac
}

for dir in include/* milter/*; do
	layer=${dir#*/}
	allowed=$(below "$layer")
	[ -n "$allowed" ] || { echo "$dir: no such layer"; bad=1; continue; }
	find "$dir" -name '*.[ch]' -o -name '*.def' | while read -r file; do
		sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u |
			while read -r used; do
				case " $allowed " in
				*" $used "*) ;;
				*) echo "$file: includes $used/, which is not below $layer" ;;
				esac
			done
	done
done >/tmp/layers.$$
[ -s /tmp/layers.$$ ] && bad=1
cat /tmp/layers.$$
rm -f /tmp/layers.$$

# only WHERE PATTERN: a library that may be included in that place alone
only() {
	if grep -rnE "^#include <$2" include milter | grep -vE "^($1)"; then
		echo "  (may be included only in $1)"
		bad=1
	fi
}
only milter/message/ 'gmime/'
only milter/message/html 'libxml/'
only milter/filter/ 'libmilter/'
only milter/filter/ 'seccomp'
only milter/drafter/ 'curl/'
only milter/store/ 'sqlite3'
only milter/store/ 'sodium'
only milter/value/ 'nlopt'
only milter/drafting/ 'libstemmer'
only 'milter/(cli|drafting|training)/' 'jansson'
exit $bad
