#!/bin/sh
# A site teaches Tact its jargon: forty corrected mails lift what is told of
# forty others, at next to no cost to the corpus; and when their writers are
# erased the model is the one never taught, byte for byte. TAP.
#
#   BUILD=build/plain tests/learning.sh        (a minute or two)
set -u
cd "$(dirname "$0")/.." || exit 2
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh
lift=0.2 cost=0.01 # what is promised of macro-F1

cat >"$tmp/tact.conf" <<END
[store]
path = $tmp/s/tact.db
[analysis]
rules = $PWD/rules;$tmp/own
[mailbox support@looms.example]
END
model=$tmp/own/models/findings.model
"$tact" init --config "$tmp/tact.conf" >/dev/null

# Mails in folders by what they should have been told as.
jq -r '[.id, .labels.sentiment, .labels.urgency, .note, (.subject | @base64), .body] | @tsv' \
	tests/learning/taught.jsonl >"$tmp/rows"
while IFS='	' read -r id sentiment urgency from subject body; do
	mkdir -p "$tmp/mails/$sentiment/$urgency"
	cat >"$tmp/mails/$sentiment/$urgency/$id.eml" <<END
From: <$from>
To: support@looms.example
Subject: =?UTF-8?B?$subject?=
Message-ID: <$id@jargon.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit

$body
END
done <"$tmp/rows"

# teach: every mail, both findings
teach() {
	for folder in "$tmp"/mails/*/*; do
		"$tact" learn --json --config "$tmp/tact.conf" \
			--finding "sentiment=$(basename "$(dirname "$folder")")" \
			--finding "urgency=$(basename "$folder")" "$folder" || return 1
	done
}

# f1 FINDING: macro-F1 over the mails that were held back
f1() {
	"$tact" evaluate "$1" --json --config "$tmp/tact.conf" tests/learning/held.jsonl |
		jq ".findings.$1.all.macro_f1.value"
}

# at_least NAME VALUE MINIMUM
at_least() {
	is "$1: $2, at least $3" awk -v v="$2" -v m="$3" 'BEGIN { exit !(v ~ /^-?[0-9]/ && v + 0 >= m + 0) }'
}

list() { "$tact" learn --list --json --config "$tmp/tact.conf" | jq -c "$1"; }

for finding in sentiment urgency; do f1 $finding >"$tmp/before.$finding"; done
teach >"$tmp/taught"
result 'forty mails are taught' $?
same 'each with two findings, from six customers' '[80,40,6]' "$(list '[.examples, .mails, .customers]')"
teach >"$tmp/again"
same 'taught again, all are known' '[0,80]' "$(jq -sc '[([.[].learned] | add), ([.[].known] | add)]' "$tmp/again")"

start=$(date +%s)
"$tact" train --site --json --config "$tmp/tact.conf" >"$tmp/report" 2>"$tmp/err"
result "a model is made of them, in $(($(date +%s) - start)) s" $?
for finding in sentiment urgency; do
	before=$(cat "$tmp/before.$finding")
	after=$(f1 $finding)
	at_least "$finding: macro-F1 on the mails held back, $before to $after, gains" \
		"$(awk -v a="$after" -v b="$before" 'BEGIN { printf "%.3f", a - b }')" $lift
	loss=$(jq ".findings.$finding.corpus | .before - .after" "$tmp/report")
	at_least "$finding: the corpus loses $loss; to the margin" \
		"$(awk -v l="$loss" -v c=$cost 'BEGIN { printf "%.4f", c - l }')" 0
	at_least "$finding: its own measure says so too, on customers left out" \
		"$(jq ".findings.$finding.site | .after - .before" "$tmp/report")" 0.1
done
same 'what nobody corrected is not judged, for nothing is learned of it' '["sentiment","urgency"]' \
	"$(jq -c '.findings | keys' "$tmp/report")"
for word in frass snork brilk redbeam millbrook petra; do
	grep -aqi $word "$tmp/s/tact.db" "$model" "$model.json" && break
	word=
done
same 'no word of the jargon and no customer stands in database, model or record' '' "$word"

# ----------------------------------------------------------------- erased
for address in $(cut -f 4 "$tmp/rows" | sort -u); do
	"$tact" privacy erase --yes --config "$tmp/tact.conf" "$address" >"$tmp/out" 2>&1 || cat "$tmp/out"
done
same 'erasing the customers erases what they taught' '[0,true]' "$(list '[.examples, .stale]')"
"$tact" train --site --if-stale --config "$tmp/tact.conf" >"$tmp/out" 2>&1
is 'and the model made then is the one never taught, byte for byte' \
	cmp "$model" rules/models/findings.model
same 'and is not stale' false "$(list .stale)"
tap_done
