#!/bin/sh
# tact lesson: listed as text and JSON, frozen, dropped, let go on; each told in
# the audit trail. TAP. Run from the root of the tree: tests/cli/lesson.sh
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2 # 0700, as the store wants it
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
# shellcheck source=tests/tap.sh
. tests/tap.sh

printf '[store]\npath = %s/tact.db\n[mailbox b@site.example]\naliases = help@site.example\n' \
	"$tmp" >"$tmp/conf"

# lesson STATUS ARGUMENT...: runs it; output in out and err
lesson() {
	wanted=$1
	shift
	"$tact" lesson "$@" --config "$tmp/conf" >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact lesson $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}

# said TEXT: it is in the output
said() { grep -q -- "$1" "$tmp/out"; }
sql() { sqlite3 "$tmp/tact.db" "$1"; }

is 'without a store it says so' lesson 1 list
is 'the message names the database' grep -qF "$tmp/tact.db" "$tmp/err"
"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'
is 'with nothing learnt it says so' lesson 0 list
is 'in words' said 'no edit has taught anything yet'
is 'and in JSON' lesson 0 list --json
same 'with an empty list' '{"schema":1,"lessons":[],"answers":[]}' "$(tr -d ' \n' <"$tmp/out")"

now=$(date +%s)
sql "INSERT INTO mailbox (id, address) VALUES (1, 'a@site.example'), (2, 'b@site.example');
INSERT INTO customer (id, since) VALUES (1, 0), (2, 0), (3, 0);
INSERT INTO lesson (id, mailbox, language, name) VALUES (1, 1, 'da', 'length'),
	(2, 1, 'da', 'greeting/hejsa:name'), (3, 2, 'sv', 'length'), (4, 2, 'sv', 'formality');
INSERT INTO evidence (lesson, thread, customer, value, at) VALUES (1, 1, 1, 0.5, $now),
	(1, 2, 2, 0.7, $now), (1, 3, 3, 0.6, $now), (2, 1, 1, 1, $now), (3, 4, 2, 1.5, $now)"
is 'a list' lesson 0 list
is 'one with three edits of three people is active' said '^ *1 .*length .* 0\.60 .* 3 .* 3  active .*a@site'
is 'one with one is not' said '^ *2 .*greeting/hejsa:name .* 1\.00 .* 1 .* 1  learning .*a@site'
is 'one of which nothing is left is not there' sh -c "! grep -q formality '$tmp/out'"
is 'of one mailbox' lesson 0 list --mailbox b@site.example --json
same 'that alone' 3 "$(jq -c '.lessons[].number' "$tmp/out")"
is 'of a mailbox by its alias' lesson 0 list --mailbox Help@site.example --json
same 'that alone' 3 "$(jq -c '.lessons[].number' "$tmp/out")"
is 'of one that taught nothing' lesson 0 list --mailbox c@site.example
is 'what others taught is not denied' sh -c "! grep -q 'no edit has taught' '$tmp/out'"
is 'of what is no language' lesson 2 list --language dk
is 'of one language' lesson 0 list --language da --json
same 'that alone' '1 2' "$(jq -r '[.lessons[] | .number] | sort | join(" ")' "$tmp/out")"
same 'with all keys' \
	'active,edits,language,lesson,mailbox,newest_at,number,people,state,value,weight' \
	"$(jq -r '.lessons[0] | keys | join(",")' "$tmp/out")"

is 'frozen' lesson 0 freeze 1 2
is 'listed as that' lesson 0 list
is 'both' sh -c "[ \$(grep -c ' frozen ' '$tmp/out') = 2 ]"
sql 'DELETE FROM evidence'
is 'without its evidence' lesson 0 list --json
same 'a frozen one stays as it was' '0.6 true' \
	"$(jq -r '.lessons[] | select(.number == 1) | "\(.value * 100 | round / 100) \(.active)"' "$tmp/out")"
is 'dropped' lesson 0 drop 1
is 'listed' lesson 0 list --json
same 'as not active' 'dropped false' \
	"$(jq -r '.lessons[] | select(.number == 1) | "\(.state) \(.active)"' "$tmp/out")"
is 'there is nothing to freeze' lesson 1 freeze 1
is 'and what to do' grep -q 'lesson 1: it was dropped.*resume' "$tmp/err"
is 'let go on' lesson 0 resume 1
same 'it learns again' 0 "$(sql 'SELECT state FROM lesson WHERE id = 1')"
same 'each decision is in the audit trail' 4 "$(sql "SELECT count(*) FROM audit WHERE event = 'lesson'")"

sql "INSERT INTO evidence (lesson, thread, customer, value, at) VALUES (1, 1, 1, 0.5, $now)"
is 'one that is not there' lesson 1 freeze 1 99
is 'is named' grep -q 'lesson 99' "$tmp/err"
same 'and then none is changed' 0 "$(sql 'SELECT state FROM lesson WHERE id = 1')"
same 'nor told' 4 "$(sql "SELECT count(*) FROM audit WHERE event = 'lesson'")"
sql "INSERT INTO answer (id, public_id, thread, customer, mailbox, language, at, text)
VALUES (7, 'x', 1, 1, 1, 'da', $now, x'00'), (8, 'y', 2, 2, 2, 'sv', $now, x'00')"
is 'approved answers are listed' lesson 0 list
is 'each with its number' said '^ *a7 .*da '
is 'what cannot be opened is said to be sealed' said '^ *a8 .*(sealed)$'
is 'of one mailbox' lesson 0 list --mailbox b@site.example --json
same 'that alone' '["a8"]' "$(jq -c '[.answers[].number]' "$tmp/out")"
is 'by its alias' lesson 0 list --mailbox help@site.example --json
same 'the same' '["a8"]' "$(jq -c '[.answers[].number]' "$tmp/out")"
is 'an answer cannot be frozen' lesson 2 freeze a7
is 'one that is not there cannot be dropped' lesson 1 drop a7 a9
is 'and is named' grep -q 'lesson a9' "$tmp/err"
same 'nor is the other then' 2 "$(sql 'SELECT count(*) FROM answer')"
is 'dropped it' lesson 0 drop a7
same 'is gone' 8 "$(sql 'SELECT group_concat(id) FROM answer')"
same 'and told in the audit trail' 5 "$(sql "SELECT count(*) FROM audit WHERE event = 'lesson'")"
for number in 0 -1 x 1x '' ' 1' 99999999999999999999; do
	is "'$number' is no number" lesson 2 drop -- "$number"
done
is 'drop what?' lesson 2 drop
is 'a number is of no mailbox' lesson 2 drop --mailbox support@firm.example 1
is 'nor of a language' lesson 2 freeze --language da 1
is 'list takes no operand' lesson 2 list 1
is 'another word' lesson 2 forget 1
is 'none' lesson 2
is 'help' lesson 0 --help
is 'that names the words' said 'freeze|resume|drop'
tap_done
