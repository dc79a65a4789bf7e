#!/bin/sh
# tact status says clearly whether the filter can be counted on. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck source=tests/tap.sh
. tests/tap.sh
now=$(date +%s)
printf '[milter]\nstatus_file = %s/status.json\n' "$tmp" >"$tmp/tact.conf"

# file STATE PID TIME FILTERS: a status file as tact-milter writes it
file() {
	cat >"$tmp/status.json" <<STATUS
{"version":1,"program":"tact-milter","release":"0.1.0","state":"$1","pid":$2,
"time":$3,"started":$((now - 600)),"loaded":$((now - 600)),"sessions":3,
"processes":{"generation":1,"filters":$4,"filters_set":4,"analysers":8,
"analysers_set":8,"draining":0},"counters":{"mails":10,"mails_tagged":7},
"status":{"scored":7,"skipped":3},"reasons":{"automated":3,"empty":0},
"eom_us":{"p50":1024,"p99":4096}}
STATUS
}

# says NAME EXIT PATTERN [OPTION]: the pattern is in the output
says() {
	# shellcheck disable=SC2086 # no option is no word
	"$tact" status ${4:-} --config "$tmp/tact.conf" >"$tmp/out" 2>&1
	status=$?
	if [ $status = "$2" ] && grep -q -- "$3" "$tmp/out"; then
		ok "status $1"
	else
		not_ok "status $1: exit $status"
		sed 's/^/# /' "$tmp/out"
	fi
}

says none 1 'tact-milter is not running, or has not written'
says none-json 1 '"ok":false,"fault":"tact-milter is not running' --json
printf '{"version":1,' >"$tmp/status.json"
says damaged 1 'tact-milter: the status file is damaged'
printf '[]' >"$tmp/status.json"
says no-object 1 'the status file is damaged'
file running $$ "$now" 4
says running 0 'status.json: running$'
says counters 0 'mails_tagged  *7$'
says running-json 0 '"ok":true,"fault":null' --json
file running 4194305 "$now" 4
says ended 1 'not running: process 4194305, which wrote this, has ended'
file running $$ $((now - 300)) 4
says stale 1 "tact-milter's status is stale: written 30[0-9] s ago"
file stopping $$ "$now" 4
says stopping 1 'tact-milter is stopping'
file running $$ "$now" 3
says few-filters 1 'fewer filter processes run than should'

# With a mailbox of mode draft the drafter counts too.
file running $$ "$now" 4
printf '[store]\npath = /nowhere/tact.db\n[drafter]\nstatus_file = %s/drafter.json\n[mailbox a@b.example]\nmode = draft\n' "$tmp" >>"$tmp/tact.conf"
says no-drafter 1 '^tact-drafter is not running, or has not'
# drafter STATE PID TIME STORE
drafter() {
	cat >"$tmp/drafter.json" <<STATUS
{"version":1,"program":"tact-drafter","release":"0.1.0","state":"$1","store":"$4","pid":$2,"time":$3,
"since":$((now - 600)),"mailboxes":1,"waiting_since":$(($3 - 30)),"held":${held:-0},"drafts":{"queued":4,"stuck":1},
"last_day":{"sent-as-is":2,"expired":0}}
STATUS
}
drafter running $$ "$now" good
says drafter 0 'tact-drafter: running$'
says drafter-queue 0 'queued  *4$'
says drafter-waits 0 'oldest waits, seconds  *30$'
says drafter-none-held 0 '^drafts that ended in a day$'
grep -q 'tact-drafter --check' "$tmp/out" && not_ok 'status drafter-none-held: no remedy'
held=1 && drafter running $$ "$now" good
says drafter-held 0 '^1 draft is held: its mailbox lacks '
says drafter-remedy 0 'tact-drafter --check, as its user'
held=3 && drafter running $$ "$now" good
says drafter-three 0 '^3 drafts are held: their mailbox lacks '
held=0 && drafter running $$ "$now" good
says drafter-json 0 '"drafter_fault":null,"drafter":{' --json
drafter running 4194305 "$now" good
says drafter-ended 1 '^tact-drafter is not running: process'
drafter running $$ $((now - 4000)) good
says drafter-stale 1 "^tact-drafter's status is stale: written 400[0-9] s ago"
drafter running $$ "$now" unavailable
says drafter-store 1 '^tact-drafter cannot use the store'
drafter stopped $$ "$now" good
says drafter-stopped 1 '^tact-drafter is stopped$'
rm "$tmp/drafter.json" && mkdir "$tmp/drafter.json"
says drafter-unreadable 1 '^tact-drafter: .*drafter\.json'
tap_done
