#!/bin/sh
# tact report: a store with made-up facts, whole outputs in each of the five
# forms beside those in tests/cli/reports/report*; what is not known is said;
# the page holds nothing that a browser would run or fetch, and what others may
# have named is escaped. TAP. Run from the root of the tree:
#
#   tests/cli/report.sh [--write]    writes the expected outputs anew
set -u
tact=${TACT:-${BUILD:-build/plain}/bin/tact}
check=${BUILD:-build/plain}/tools/schema-check
expected=tests/cli/reports
write=${1:-}
tmp=$(mktemp -d) || exit 2 # 0700, as the store wants it
trap 'rm -rf "$tmp"' EXIT
TZ=UTC
LC_ALL=C.UTF-8
export TZ LC_ALL
# shellcheck source=tests/tap.sh
. tests/tap.sh

cat >"$tmp/conf" <<-EOF
	[store]
	path = $tmp/tact.db
	[value]
	time_zone = Europe/Copenhagen
	[mailbox support@site.example]
	mode = draft
EOF
cp "$tmp/conf" "$tmp/costs"
cat >>"$tmp/costs" <<-EOF
	[report]
	currency = DKK
	cost_per_hour = 300
	minutes_per_reply_without = 10
	minutes_per_reply_with = 4
	cost_per_month = 400
EOF

# report STATUS ARGUMENT...: runs it; output in out and err
report() {
	wanted=$1
	shift
	"$tact" report --config "$tmp/conf" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact report $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}

# whole NAME ARGUMENT...: the output is all that is expected
whole() {
	name=$1
	shift
	is "runs: $*" report 0 "$@"
	[ "$write" != --write ] || cp "$tmp/out" "$expected/$name"
	diff "$expected/$name" "$tmp/out" >"$tmp/diff"
	result "whole: $*" $?
	sed 's/^/# /;20q' "$tmp/diff"
}
sql() { sqlite3 "$tmp/tact.db" "$1"; }
said() { grep -qF -- "$1" "$tmp/out"; }
jqs() { jq -r "$1" "$tmp/out"; }

is 'without a store it says so' report 1
is 'the message names the database' grep -qF "$tmp/tact.db" "$tmp/err"
"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'

# Nothing is known: every headline says why, and the value is as the schema has.
is 'of nothing' report 0 --json
same 'every headline but the backlog says why' 8 \
	"$(jqs '[.roles[].headlines[] | select(.why != null)] | length')"
same 'none has a value but the backlog' 'overdue 0' \
	"$(jqs '.roles[].headlines[] | select(.value != null) | "\(.name) \(.value)"')"
is 'as the schema says' "$check" contrib/schema/report.schema.json "$tmp/out"
is 'in words' report 0
is 'which settings are missing' said 'not told in tact.conf: report.cost_per_hour, report.minutes_per_reply_without, report.minutes_per_reply_with, report.cost_per_month'

# answer ID MAILBOX DAY HOUR RESPONSE FATE ENOUGH [CONTACTS MOOD MOOD]
# A day is one of January 2026, in Copenhagen; it is UTC + 1 then.
answer() {
	at=$((1767222000 + ($3 - 1) * 86400 + $4 * 3600))
	echo "INSERT INTO outcome (thread, mailbox, at, asked_at, response, business,
	contacts, answers, draft, engine, language, mood_first, mood_last, enough,
	tier) VALUES ($1, $2, $at, $at - $5, $5, $5 / 2, ${8:-1}, 1, $6, 'template',
	'da', ${9:-1}, ${10:-1}, $7, 2);"
	case $6 in
	1 | 2 | 3 | 4) echo "INSERT INTO draft (public_id, mail, thread, mailbox,
	state, fate, created_at, drafted_at, closed_at, language, contact, flags,
	facts, distance) VALUES ('d$1', $1, $1, $2, 7, $6, $at - $5, $at - $5 + 60,
	$at, 'da', 1, 0, '', $(($6 == 1 ? 0 : $6 * 150)));" ;;
	esac
}
{
	echo "INSERT INTO mailbox (id, address) VALUES (1, 'support@site.example'),
	(2, '=cmd|\"<script>alert(1)</script>\"@site.example');"
	# Week 2: eight answers of 10 to 80 minutes, six resolved.
	for i in 1 2 3 4 5 6 7 8; do
		answer "$i" 1 $((4 + i % 5 + 1)) "$i" $((i * 600)) \
			$((i % 4 + 1)) $((i <= 6))
	done
	# Week 3: one at the last second of Sunday in Copenhagen, and one held out.
	answer 21 1 18 24 3600 2 1 2 0 2
	sed_minus_one=$((1767222000 + 18 * 86400 - 1))
	echo "UPDATE outcome SET at = $sed_minus_one WHERE thread = 21;
	UPDATE draft SET closed_at = $sed_minus_one WHERE thread = 21;"
	answer 22 1 14 9 7200 10 0 3 2 0
	answer 23 2 15 9 1800 0 1
	# Never a draft that anybody saw: overtaken, superseded, recalled.
	answer 24 1 16 9 600 9 1
	echo "INSERT INTO draft (public_id, mail, thread, mailbox, state, fate,
	created_at, drafted_at, closed_at, language, contact, flags, facts)
	VALUES ('x1', 0, 0, 1, 7, 6, 1, 2, 1768500000, 'und', 0, 0, ''),
	('x2', 1, 30, 1, 7, 5, 1, 2, 1768500000, 'da', 0, 0, ''),
	('x3', 1, 31, 1, 7, 6, 1, NULL, 1768500000, 'da', 0, 0, '');"
	# Two wait since week 1, one of them until week 3; one of another mailbox in week
	# 2 alone; one writes again and waits once.
	day=86400 monday=1767567600
	mail() {
		mails=$((${mails:-0} + 1))
		echo "INSERT INTO mail (key, thread, mailbox, at, direction, public_id, facts)
		VALUES (x'$(printf %08x $mails)', $1, $2, $((monday + $3)), $4, '', x'');"
	}
	mail 501 1 $((-day)) 0
	mail 502 1 $((-day)) 0
	mail 502 1 $((8 * day)) 1
	mail 503 2 $((2 * day)) 0
	mail 503 2 $((3 * day)) 0
	mail 503 2 $((6 * day)) 1
	mail 504 2 $((7 * day - 1)) 0
	mail 504 2 $((7 * day)) 1
} | sqlite3 "$tmp/tact.db"

span='--since 2026-01-05 --until 2026-01-18'
# shellcheck disable=SC2086 # of $span two options each
{
	whole report-text $span
	mv "$tmp/conf" "$tmp/bare" && cp "$tmp/costs" "$tmp/conf"
	whole report-json $span --json
	is 'as the schema says' "$check" contrib/schema/report.schema.json "$tmp/out"
	whole report-csv $span --csv
	same 'every line ends as RFC 4180 has it' "$(wc -l <"$tmp/out")" \
		"$(grep -c "$(printf '\r')\$" "$tmp/out")"
	is 'no text begins as a formula does' sh -c "! grep -qE '(^|,)\"?[=+@]' '$tmp/out'"
	is 'but as text' said "\"'=cmd|\"\"<script>"
	whole report-prometheus $span --prometheus
	same 'each metric has one HELP and one TYPE' '' \
		"$(sed -n 's/^# \([A-Z]*\) \([a-z_]*\) .*/\1 \2/p' "$tmp/out" | sort | uniq -d)"
	is 'labels are escaped' said 'mailbox="=cmd|\"<script>alert(1)</script>\"@site.example"'
	whole report-html $span --html
	is 'the page has no script' sh -c "! grep -qi '<script' '$tmp/out'"
	is 'and names no other file' sh -c "! grep -qiE '(src|href)=\"?[^\"d]|url\(|@import|http:|https:' '$tmp/out'"
	whole report-role $span --role management --mailbox SUPPORT@site.example
	is 'of one mailbox in JSON' report 0 $span --mailbox support@site.example --json
	same 'that alone' 'support@site.example 1' \
		"$(jqs '"\(.scopes[0].mailbox) \(.scopes | length)"')"
	is 'by months' report 0 $span --monthly --json
	same 'January alone' '2026-01 2026-01-01 2026-01-31 false' \
		"$(jqs '.period | "\(.name) \(.from) \(.to) \(.complete)"')"
	is 'by days' report 0 $span --daily --json
	same 'one each' 14 "$(jqs '.scopes[0].periods | length')"
	same 'the last second of Sunday is on Sunday' '2026-01-18' \
		"$(jqs '.scopes[0].periods[] | select(.answers == 1 and .drafts == 1 and .name > "2026-01-11") | .name')"
}

# By hand: week 2 has eight answers, 600 to 4800 s: the median is 2700, its
# interval the first to the last; six of eight enough; of eight drafts two of
# each fate, so four used: 4 * 6 minutes are 0.4 hours, 120 DKK, for 7 days of
# 400 * 12 / 365.25 = 91.99: 30 % came back.
is 'week 2 alone' report 0 --since 2026-01-05 --until 2026-01-11 --json
same 'median and ranks' '2700 600 4800 8 true' \
	"$(jqs '.scopes[0].periods[0].figures.response | "\(.value) \(.low) \(.high) \(.n) \(.few)"')"
same 'first-contact resolution' '0.75 8' \
	"$(jqs '.scopes[0].periods[0].figures.resolved | "\(.value) \(.n)"')"
same 'drafts used' '0.5 8' \
	"$(jqs '.scopes[0].periods[0].figures.used | "\(.value) \(.n)"')"
same 'return on investment' '0.4 120 92 30' \
	"$(jqs '.roi | "\(.hours_saved.value) \(.benefit.value) \(.cost | round) \(.value * 100 | round)"')"
same 'too early for what is known in a week' 'too early: it is known seven days after a period' \
	"$(jqs '.roles[1].headlines[0].why')"

sql "INSERT INTO thread (mailbox, opened_at, last_in_at, contacts, due_at, tier)
VALUES (1, 1, 100, 1, 200, 4), (1, 1, 90, 1, 200, 2), (2, 1, 80, 1, 99999999999, 2)"
is 'what waits' report 0 --json
same 'of now, by tier' 'vip 1 1 100,premium 0 0 null,standard 2 1 80,basic 0 0 null,unknown 0 0 null' \
	"$(jqs '[.scopes[0].backlog.tiers[] | "\(.tier) \(.open) \(.overdue) \(.oldest_at)"] | join(",")')"
same 'of each mailbox' '1 2' \
	"$(jqs '[.scopes[1:][] | .backlog.open] | join(" ")')"

is 'two forms at once are refused' report 2 --json --csv
is 'two periods too' report 2 --daily --weekly
is 'a role there is not' report 2 --role boss
is 'a day that is none' report 2 --since 2026-02-30
is 'a day to come' report 2 --since 2999-01-01
is 'an end before there were such days' report 2 --until 0001-01-01
same 'is told in a line' 1 "$(wc -l <"$tmp/err")"
is 'a beginning after the end' report 2 --since 2026-01-06 --until 2026-01-05
is 'is told as that' grep -q 'not after --until' "$tmp/err"
is 'too many periods' report 2 --daily --since 2001-01-01
is 'and says what to do' grep -q -- '--weekly or --monthly' "$tmp/err"
is 'a mailbox nobody knows' report 2 --mailbox nobody@site.example
sed -i 's,Europe/Copenhagen,Europe/Kobenhavn,' "$tmp/conf"
is 'a fault of the settings is none of usage' report 1
is 'and told with its line' grep -q "conf:4: \[value\] time_zone: " "$tmp/err"
tap_done
