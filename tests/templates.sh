#!/bin/bash
# What replies are made of: the packs hold no error and enough modules; each
# mail of the corpus that needs an answer gets one that every check of a draft
# passes; and what is wrong with a pack is noticed.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
tact=$BUILD/bin/tact
check=$BUILD/tools/reply-check
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$tact" template check --json --rules rules >"$work/packs"
same 'no error in the packs' true "$(jq .ok "$work/packs")"
# enough LANGUAGE COUNT
enough() {
	n=$(jq ".languages[] | select(.language == \"$1\") | .modules" "$work/packs")
	if [ "${n:-0}" -ge "$2" ]; then
		ok "$1: $n modules, at least $2"
	else
		not_ok "$1: ${n:-0} modules, not $2"
	fi
}
for language in da sv nb de en; do
	enough $language 60
done
for language in nn fr es nl 'fi' it pl; do
	enough $language 12
done

# replies NAME ARGUMENT...: each reply is good
replies() {
	name=$1
	shift
	if "$check" "$@" >"$work/out" 2>&1; then
		ok "$name: $(grep -c . "$work/out") languages"
		grep ' mails ' "$work/out" | sed 's/^/# /'
	else
		not_ok "$name"
		head -n 60 "$work/out" | sed 's/^/    /'
		tail -n 12 "$work/out" | sed 's/^/    /'
	fi
}
replies 'replies to the corpus' rules/corpus/mails/*.jsonl
replies 'three replies to each of the first' --seeds 3 rules/corpus/mails/train-*.jsonl
for language in nn fr es nl 'fi' it pl; do
	head -n 200 rules/corpus/language/$language.txt >"$work/$language.txt"
	replies "replies in $language" --sentences $language "$work/$language.txt"
done

# notices NAME MESSAGE SLOT TEXT: a pack with that module in place of its slot
notices() {
	rm -rf "$work/rules"
	cp -r rules "$work/rules"
	printf '## a\n\n%s\n\n## b\n\n%s\n' "$4" "$4" >"$work/rules/templates/da/$3.md"
	"$check" --rules "$work/rules" "$work/few.jsonl" >"$work/out" 2>&1
	if [ $? = 1 ] && grep -q "$2" "$work/out"; then
		ok "notices $1"
	else
		not_ok "does not notice $1"
		head -n 5 "$work/out" | sed 's/^/    /'
	fi
}
head -n 20 rules/corpus/mails/train-da.jsonl >"$work/few.jsonl"
notices 'two forms of address' 'two forms of address' closing 'Vi hører gerne fra dig, og vi hører gerne fra Dem.'
notices 'another language' 'not its language' next \
	'We will look at it as soon as we can, and one of us will write to you about all that you have asked for in your mail. Please have a look at what we wrote above, and tell us whatever else there may be that you would like to know.'
notices 'a blocked phrase' 'promise' closing 'Vi garanterer, at pengene bliver refunderet i morgen.'
notices 'an unknown mark' 'nothing that is filled in' closing 'Hej {name}'
notices 'HTML' 'a mark is left' closing 'Det er <b>godt</b>.'
tap_done
