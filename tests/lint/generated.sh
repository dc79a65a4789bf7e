#!/bin/sh
# Files made from the source are what the source makes: generated.sh [--write]
set -u
tact=${BUILD:-build/plain}/bin/tact
write=${1:-}
bad=0
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT

# fresh FILE COMMAND...: FILE is what COMMAND prints
fresh() {
	file=$1
	shift
	"$@" >"$tmp" || { echo "$file: cannot be made: $*"; bad=1; return; }
	if [ "$write" = --write ]; then
		cat "$tmp" >"$file"
	elif ! cmp -s "$tmp" "$file"; then
		echo "$file: stale; run make generated"
		bad=1
	fi
}

# page: tact.conf.5 with its list between the two marks made anew
page() {
	awk '/^\.\\" BEGIN settings.def/ { print; exit } { print }' etc/tact.conf.5
	"$tact" config mdoc
	awk '/^\.\\" END settings.def/ { on = 1 } on { print }' etc/tact.conf.5
}

[ -x "$tact" ] || { echo "$tact: build it first (make)"; exit 1; }
fresh etc/tact.conf "$tact" config sample
fresh etc/tact.conf.5 page
fresh contrib/completion/tact.bash "$tact" completion bash
fresh contrib/completion/_tact "$tact" completion zsh
# Those of released schemas stay as they are.
fresh tests/schema/v1.sql tests/schema/dump.sh
"$tact" language build rules/corpus/language "$tmp" >/dev/null || bad=1
if [ "$write" = --write ]; then
	cat "$tmp" >rules/language.profile
else
	cmp -s "$tmp" rules/language.profile ||
		{ echo "rules/language.profile: stale; run make generated"; bad=1; }
fi
exit $bad
