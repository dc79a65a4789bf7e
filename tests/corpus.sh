#!/bin/bash
# The labelled corpus is fit to train on, and corpus-check notices when it is
# not: each kind of mistake is made in a copy.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
check=$BUILD/tools/corpus-check
mails=rules/corpus/mails
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if "$check" $mails/*.jsonl >"$work/out" 2>&1; then
	ok "nothing to mend: $(tail -n 1 "$work/out")"
else
	not_ok 'the corpus is to be mended'
	sed 's/^/    /' "$work/out"
fi
"$check" --json $mails/*.jsonl | grep -q '^{"schema":1,"ok":true,"texts":[0-9]' &&
	ok 'the same as JSON' || not_ok 'no JSON'

"$check" --table $mails/*.jsonl >"$work/table"
sed -n '/BEGIN counts/,/END counts/p' rules/corpus/README.md | sed '1d;$d' >"$work/told"
diff "$work/told" "$work/table" >"$work/out" &&
	ok 'the table in rules/corpus/README.md is right' ||
	{ not_ok 'rules/corpus/README.md: its table is stale; paste what corpus-check --table prints'; cat "$work/out"; }

# notices NAME MESSAGE: corpus-check of $work/NAME/*.jsonl fails and says so.
notices() {
	if "$check" "$work/$1"/*.jsonl >"$work/out" 2>&1; then
		not_ok "does not notice: $1"
	elif grep -qE "$2" "$work/out"; then
		ok "notices: $1"
	else
		not_ok "notices $1, but says:"
		grep -v '^|' "$work/out" | head -n 5 | sed 's/^/    /'
	fi
}

# file NAME FILE: standard input becomes $work/NAME/FILE.jsonl
file() {
	mkdir -p "$work/$1"
	cat >"$work/$1/$2.jsonl"
}

first() { sed -n "${2:-1}p" "$mails/$1.jsonl"; }

first bank-en | sed 's/"normal"\|"high"\|"low"/"soon"/' | file value a
notices value '/a.jsonl:1: labels: urgency has no value "soon"; legal: high normal low'
first bank-en | sed 's/"urgency"/"urgancy"/' | file finding a
notices finding '/a.jsonl: labels name "urgancy"'
first train-en | file id a
first train-en 2 | sed 's/"id": "[^"]*"/"id": "t-en-001"/' | file id b
notices id '/b.jsonl:1: id "t-en-001" is that of .*/a.jsonl:1'
first train-en 3 | file same a
first train-en 3 | sed 's/"id": "/&x/; s/\. /!  /' | file same b
notices same '/b.jsonl:1: the same text as .*/a.jsonl:1'
echo '{"id": "1", "lang": "en", "text": "The blue pump on line four has stopped again this morning.", "labels": {"urgency": "high"}}' | file near a
echo '{"id": "2", "lang": "en", "text": "The green pump on line four has stopped again this morning.", "labels": {"urgency": "high"}}' | file near b
notices near '/b.jsonl:1: nearly the text of .*/a.jsonl:1 .*say it in other words'
first train-en 4 | file contained a
first train-en 4 | sed 's/"id": "/&x/; s/"body": "/&We write on behalf of somebody else, who could not do so, and who asked us to pass on every word that follows, unchanged: /; s/"signature"/"note"/' | file contained b
notices contained '/b.jsonl:1: nearly the text of .*/a.jsonl:1'
first train-en | sed 's/"persona": "[a-z]*", //' | file label a
notices label '/a.jsonl:1: a mail without label of persona'
echo '{"id": "1", "lang": "en", "text": "Hello there.", "labels": {}}' | file labels a
notices labels '/a.jsonl:1: no label at all'
first train-de | sed 's/"lang": "de"/"lang": "en"/' | file language a
notices language '/a.jsonl:1: lang is "en", but it reads like "de"'
sed 's/"lang": "nb"/"lang": "da"/' $mails/bank-nb.jsonl | file neighbour a
notices neighbour '^da: [0-9]* of 1000 texts read like a neighbouring language'
first bank-en | sed 's/"lang": "en", //' | file no-language a
notices no-language '/a.jsonl:1: no language; write "lang"'
echo '{"id": "1", "lang": "en", "text": "Write to me at bo@mail.somewhere.se. Thanks!", "labels": {"urgency": "low"}}' | file address a
notices address '/a.jsonl:1: an address at mail.somewhere.se'
grep -v '"urgency": "low"' $mails/bank-sv.jsonl | file balance a
notices balance '^sv: no text with urgency "low"; write some'
tap_done
