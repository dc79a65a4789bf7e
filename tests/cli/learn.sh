#!/bin/sh
# tact learn and tact train --site: what is kept of a correction, when a model
# is written and when not; with a corpus of some dozen texts. TAP. (How well it
# learns beside the whole corpus: tests/learning.sh.)
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

mkdir -p "$tmp/rules/corpus/mails" "$tmp/own"
cp -rL tests/corpus/cli/rules/. "$tmp/rules"
cp tests/corpus/cli/labelled/train.jsonl "$tmp/rules/corpus/mails/train2-en.jsonl"
cat >"$tmp/tact.conf" <<END
[store]
path = $tmp/s/tact.db
[analysis]
rules = $tmp/rules;$tmp/own
traits = persona
[mailbox support@firm.example]
END
model=$tmp/own/models/findings.model
"$tact" init --config "$tmp/tact.conf" >/dev/null

# mail ID FROM TEXT: its file
mail() {
	printf 'From: %s\nTo: support@firm.example\nSubject: The loom\nMessage-ID: <%s@x>\n\n%s\n' \
		"$2" "$1" "$3" >"$tmp/$1.eml"
	echo "$tmp/$1.eml"
}

# learn ARGUMENT...: its JSON
learn() { "$tact" learn --json --config "$tmp/tact.conf" "$@" 2>"$tmp/err"; }

# says NAME VALUE JSON
says() { [ "$(echo "$3" | jq -c ".$1")" = "$2" ]; }

train() { "$tact" train --site --config "$tmp/tact.conf" "$@" >"$tmp/out" 2>"$tmp/err"; }

# ------------------------------------------------------------------ learn
one=$(mail one ann@weaver.example 'The snorkelfrass on loom 4 again.')
out=$(learn --finding sentiment=negative "$one")
result 'learn ends well' $?
says learned 1 "$out" && says stale true "$out"
result 'a correction is learned' $?
says known 1 "$(learn --finding sentiment=negative "$one")"
result 'and the same again is known' $?
says replaced 1 "$(learn --finding sentiment=positive - <"$one")"
result 'a later correction replaces it, from standard input too' $?
says examples 1 "$(learn --list)"
result 'one mail and finding is one example' $?
says learned 2 "$(learn --finding urgency=high --finding emotion=neutral "$one")"
result 'two findings at once' $?
says mails 1 "$(learn --list)" && says customers 1 "$(learn --list)"
result 'of one mail and customer' $?
[ "$("$tact" learn --list --config "$tmp/tact.conf")" = 'examples 3, mails 1, customers 1
emotion          neutral               1
sentiment        positive              1
urgency          high                  1
The site'\''s model is stale: tact train --site' ]
result '--list for people' $?
says forgotten 1 "$(learn --forget --finding urgency "$one")"
result '--forget --finding takes back one' $?
says forgotten 2 "$(learn --forget "$one")" && says examples 0 "$(learn --list)"
result '--forget takes back the rest' $?

for file in s/tact.db s/keys/customer.key; do
	[ "$(stat -c %a "$tmp/$file")" = 600 ] || break
done
result 'what it is kept in is closed to others' $?
learn --finding sentiment=negative "$one" >/dev/null
! grep -aqi -e snorkelfrass -e weaver -e loom "$tmp/s/tact.db"
result 'neither a word nor the address is in the database' $?
learn --forget "$one" >/dev/null

# ---------------------------------------------------------------- skipped
auto=$(mail auto ann@weaver.example 'I am away.')
sed -i '1i Auto-Submitted: auto-replied' "$auto"
says 'skipped.automated' 1 "$(learn --finding sentiment=negative "$auto")"
result 'a machine teaches nothing' $?
says 'skipped.own' 1 "$(learn --finding sentiment=negative "$(mail own support@firm.example 'Ours')")"
result 'nor does the site itself' $?
says 'skipped."no-sender"' 1 "$(learn --finding sentiment=negative "$(mail nobody 'a@x.example, b@y.example' 'Ours')")"
result 'nor nobody' $?
sqlite3 "$tmp/s/tact.db" 'UPDATE customer SET restricted = 1'
says 'skipped.restricted' 1 "$(learn --finding sentiment=negative "$one")"
result 'nor one whose data are restricted' $?
sqlite3 "$tmp/s/tact.db" 'UPDATE customer SET restricted = 0, consent = 0'
says 'skipped."no-consent"' 1 "$(learn --finding sentiment=negative "$one")"
result 'nor one who agreed to tags alone' $?
sqlite3 "$tmp/s/tact.db" 'UPDATE customer SET consent = NULL'
says examples 0 "$(learn --list)"
result 'and nothing of it is kept' $?

# ----------------------------------------------------------------- usage
learn --finding mood=up "$one"; [ $? -eq 2 ] && grep -q 'no finding mood' "$tmp/err"
result 'an unknown finding' $?
learn --finding sentiment=sad "$one"; [ $? -eq 2 ] && grep -q 'legal: negative neutral positive' "$tmp/err"
result 'an unknown value' $?
learn --finding sentiment=negative --finding sentiment=positive "$one"; [ $? -eq 2 ] && grep -q 'sentiment is given twice' "$tmp/err"
result 'two values of one finding' $?
learn --finding sentiment "$one"; [ $? -eq 2 ] && grep -q 'say NAME=VALUE' "$tmp/err"
result 'no value' $?
learn "$one"; [ $? -eq 2 ] && grep -q 'say --finding NAME=VALUE' "$tmp/err"
result 'no finding' $?
learn --forget --finding sentiment=negative "$one"; [ $? -eq 2 ] && grep -q 'name the finding alone' "$tmp/err"
result 'to forget, no value' $?
learn --finding sentiment=negative; [ $? -eq 2 ] && grep -q 'say PATH' "$tmp/err"
result 'no mail' $?
learn --finding sentiment=negative "$tmp/no" >/dev/null; [ $? -eq 1 ]
result 'a mail that is not there' $?
sed 's/^path = .*//' "$tmp/tact.conf" >"$tmp/none.conf"
"$tact" learn --config "$tmp/none.conf" --finding sentiment=negative "$one" 2>"$tmp/err"
[ $? -eq 1 ] && grep -q 'path is not set' "$tmp/err"
result 'a site that keeps nothing' $?
train --margin 2; [ $? -eq 2 ] && grep -q 'from 0 to 1' "$tmp/err"
result 'a margin that is none' $?
train "$one"; [ $? -eq 2 ] && grep -q 'takes no files' "$tmp/err"
result '--site with files' $?
passed=
for option in '--language da' '--finding sentiment' '--label a=b' '--seen x' '--only x'; do
	# shellcheck disable=SC2086 # an option and its value
	train $option
	grep -q 'nothing about files' "$tmp/err" || passed="$passed $option"
done
same '--site with what is said of files' '' "$passed"
"$tact" train --force 2>"$tmp/err" "$one"; [ $? -eq 2 ] && grep -q 'go with --site' "$tmp/err"
result '--force without --site' $?
"$tact" train --site --config "$tmp/tact.conf" --rules "$tmp/rules" 2>"$tmp/err"
[ $? -eq 1 ] && grep -q 'no rule folder of the site' "$tmp/err"
result 'never over the shipped model' $?
mv "$tmp/rules/corpus" "$tmp/corpus"
train; [ $? -eq 1 ] && grep -q "$tmp/rules/corpus/mails: no texts to learn from" "$tmp/err"
result 'a corpus that was not installed' $?
mv "$tmp/corpus" "$tmp/rules/corpus"

# ----------------------------------------------------------------- train
"$tact" train --config "$tmp/tact.conf" --output "$tmp/untaught" "$tmp/rules/corpus/mails/"*.jsonl >/dev/null
train && cmp -s "$tmp/untaught" "$model"
result 'without examples the model is the one never taught, byte for byte' $?
says stale false "$(learn --list)"
result 'and is not stale' $?
train --if-stale && grep -q '^Nothing was taught' "$tmp/out"
result '--if-stale then does nothing' $?
train --if-stale --json && says written false "$(cat "$tmp/out")"
result 'and says so in JSON' $?
"$tact" train --site --if-stale --json --rules "$tmp/rules" --config /dev/null >"$tmp/none" &&
	says written false "$(cat "$tmp/none")"
result 'also where nothing is kept' $?

# jargon N: mails of two customers in words that nobody else has
jargon() {
	for i in $(seq "$1"); do
		who=$((i % 2))
		learn --finding sentiment=negative "$(mail "n$i" "c$who@w$who.example" "Loom $i frasses on the shift of day $i.")"
		learn --finding sentiment=positive "$(mail "p$i" "c$who@w$who.example" "Loom $i brilks on the shift of day $i.")"
	done >/dev/null
}
# sentiment TEXT: as the site's rules and model tell it
sentiment() {
	"$tact" inspect --json --config "$tmp/tact.conf" "$(mail x eve@new.example "$1")" |
		jq -r .sentiment.value
}
jargon 10
train --json && says written true "$(cat "$tmp/out")"
result 'examples of two customers are learned' $?
[ "$(sentiment 'Our loom frasses today')" = negative ] && [ "$(sentiment 'Our loom brilks today')" = positive ]
result 'and told of mails from others' $?
jq -e '.examples == 20 and .customers == 2 and .forced == false and (.model_sha256 | length) == 64
	and .findings.sentiment.corpus.before >= 0.9 and .findings.sentiment.learned' "$model.json" >/dev/null
result 'the record beside the model tells of what it was made' $?
[ "$(jq -r .model_sha256 "$model.json")" = "$(sha256sum <"$model" | cut -d ' ' -f 1)" ]
result 'and which model it is of' $?
! grep -q -i -e frass -e w1.example "$model.json"
result 'without a word or an address' $?
cp "$model" "$tmp/taught"
train --output "$tmp/again" && cmp -s "$model" "$tmp/again"
result 'the same examples give the same bytes' $?

# --------------------------------------------------------------- too dear
jq -r 'select(.labels.sentiment != "neutral") | [.id, .labels.sentiment, .text] | @tsv' \
	"$tmp/rules/corpus/mails/train2-en.jsonl" >"$tmp/texts"
while IFS='	' read -r id value text; do
	file=$(mail "w$id" "c${#text}@w${#text}.example" "$text")
	sed -i '/^Subject/d' "$file"
	[ "$value" = positive ] && value=negative || value=positive
	learn --finding "sentiment=$value" "$file"
done <"$tmp/texts" >/dev/null
train --json; [ $? -eq 1 ] && grep -q 'sentiment: the examples cost the corpus 0\.[0-9]* of macro-F1' "$tmp/err"
result 'examples that spoil the corpus are refused, with finding and cost' $?
says written false "$(cat "$tmp/out")" && cmp -s "$model" "$tmp/taught"
result 'and the model stays' $?
says stale true "$(learn --list)"
result 'stale' $?
train --margin 0.9 --output "$tmp/wide"
result 'within a wider margin they are learned' $?
train --force && ! cmp -s "$model" "$tmp/taught" && jq -e .forced "$model.json" >/dev/null
result 'and with --force, which the record says' $?

# ---------------------------------------------------------------- erased
learn --forget "$tmp"/[npw]*[0-9].eml >/dev/null
train && cmp -s "$tmp/untaught" "$model"
result 'all taken back: the model is again the one never taught' $?
tap_done
