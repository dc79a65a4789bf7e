#!/bin/sh
# A model made by `tact train` is used by every other command; the same texts
# give the same bytes; a bad one is refused. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
texts=tests/corpus/cli/labelled/train.jsonl
rules=tests/corpus/cli/rules
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

# sentiment: of the mail on standard input, by the rules and own/
sentiment() {
	"$tact" inspect --json --rules "$rules:$tmp/own" - |
		sed -n 's/.*"sentiment":{"value":"\([a-z]*\)".*/\1/p'
}

# mail TEXT
mail() {
	printf 'From: ann@customer.example\nSubject: hello\n\n%s\n' "$1"
}

mkdir -p "$tmp/own/models"
model=$tmp/own/models/findings.model
leaks='The boiler leaks again and nobody answered my letters.'
works='Splendid, the new boiler works like a charm.'

[ "$(mail "$leaks" | sentiment)" != negative ]
result 'the rules alone know nothing of boilers' $?
"$tact" train --rules $rules --output "$model" $texts >"$tmp/out" 2>"$tmp/err"
result 'train writes a model' $?
grep -q "^$model: [0-9]* bytes$" "$tmp/out" && [ ! -s "$tmp/err" ]
result 'and says so' $?
[ "$(wc -c <"$model")" -eq "$(sed 's/.*: \([0-9]*\) bytes/\1/' "$tmp/out")" ]
result 'of that size' $?
"$tact" train --rules $rules --output "$tmp/again" $texts >/dev/null
cmp -s "$model" "$tmp/again"
result 'the same texts give the same bytes' $?
"$tact" train --rules "$rules:$tmp/own" --output "$tmp/again" $texts >/dev/null
cmp -s "$model" "$tmp/again"
result 'whatever model the rules have' $?
"$tact" train --rules $rules --seen 'train.*' --output "$tmp/again" $texts \
	>/dev/null
! cmp -s "$model" "$tmp/again"
result '--seen makes another' $?

[ "$(mail "$leaks" | sentiment)" = negative ]
result 'the model tells a negative mail' $?
[ "$(mail "$works" | sentiment)" = positive ]
result 'the model tells a positive mail' $?
mail "$leaks" | "$tact" inspect --why --json --rules "$rules:$tmp/own" - \
	>"$tmp/why"
grep -q '"finding":"sentiment","value":"negative","cue":"model/word"' "$tmp/why"
result 'inspect --why names parts of the model' $?
! grep -q '"finding":"urgency"[^}]*"cue":"model' "$tmp/why"
result 'and none of findings that it was not taught' $?

"$tact" train --rules $rules --cross-validate 3 --json $texts >"$tmp/json"
result '--cross-validate --json' $?
grep -q '^{"schema":1,"folds":3,"findings":{"sentiment":{"all":{' "$tmp/json"
result 'has the keys that tact(1) names' $?
"$tact" train --rules $rules --cross-validate 3 --output "$tmp/again" --json $texts >"$tmp/both"
same 'with --output too each line is JSON' "1 3 null 1 null $(stat -c %s "$tmp/again")" \
	"$(jq -r '"\(.schema) \(.folds) \(.bytes)"' "$tmp/both" 2>&1 | tr '\n' ' ' | sed 's/ $//')"
"$tact" train --rules $rules --cross-validate 3 --only '*.jsonl' --json $texts \
	>"$tmp/json" 2>"$tmp/err"
[ $? -eq 1 ] && grep -q 'too few labelled texts' "$tmp/err" && [ ! -s "$tmp/json" ]
result '--only leaves nothing to judge' $?
"$tact" train --rules $rules --output "$tmp/no/x.model" $texts 2>"$tmp/err"
[ $? -eq 1 ] && grep -q "$tmp/no/x.model" "$tmp/err"
result 'a folder that is not there' $?

head -c 5000 "$tmp/again" >"$model"
mail "$leaks" | "$tact" inspect --rules "$rules:$tmp/own" - >/dev/null 2>"$tmp/err"
[ $? -eq 1 ] && grep -q "$model: the model is not as long as it says.*tact train" "$tmp/err"
result 'a model cut short is refused, with file and remedy' $?
"$tact" rules check --rules "$rules:$tmp/own" >/dev/null 2>"$tmp/err"
[ $? -eq 1 ] && grep -q "$model" "$tmp/err"
result 'by rules check too' $?
"$tact" train --rules "$rules:$tmp/own" --output "$model" $texts >/dev/null 2>"$tmp/err"
result 'train makes it anew in its place' $?
tap_done
