#!/bin/bash
# End to end: SMTP in, through a real Postfix and a real Sendmail with Tact as
# their milter, by LMTP into a real Dovecot; the same text cases for both.
#
#   tests/e2e/run.sh [postfix|sendmail]...      as root; TAP on stdout
#
# A case (cases/NAME.case) is a head, a line ---, and the mail:
#   from: <sender>       to: <recipient>  (several to: lines allowed)
#   expect: HEADER: VALUE    that header, with that value, exactly once
#   absent: HEADER           no such header
#   body: TEXT               a line of the delivered body
#   folder: NAME             where Sieve filed it (default: INBOX)
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
cases=$here/cases
# shellcheck source=tests/tap.sh
. tests/tap.sh

if [ "$(id -u)" != 0 ]; then
	echo "ok 1 - end to end # SKIP needs root for private MTAs"
	exit 0
fi

# send MTA PORT CASE: hands the case's mail to the MTA
send() {
	local head to=()
	head=$(sed '/^---$/,$d' "$3")
	while read -r rcpt; do to+=(-t "$rcpt"); done < <(sed -n 's/^to: //p' <<<"$head")
	sed '1,/^---$/d' "$3" | sed "s/@CASE@/$1-$(basename "$3" .case)/" >"$RIG/mail.eml"
	"$BUILD/tools/smtp-send" -r 20 -f "$(sed -n 's/^from: //p' <<<"$head")" "${to[@]}" \
		"$2" "$RIG/mail.eml" >>"$RIG/sent.log"
}

# find_mail ID: the file that holds it
find_mail() { grep -rlF "<$1@case.example>" "$RIG"/mail/*/ 2>/dev/null | grep -E '/(new|cur)/' | head -n 1; }

# verify MTA CASE: one line of TAP
verify() {
	local name key value file problem='' count
	name=$(basename "$2" .case)
	rig_wait 20 find_mail_ready "$1-$name" || { not_ok "$1 $name: not delivered"; return; }
	file=$(find_mail "$1-$name")
	header "$file" >"$RIG/header"
	while IFS=' ' read -r key value; do
		case $key in
		expect:)
			count=$(grep -ciE "^${value%%:*}:" "$RIG/header")
			[ "$count" = 1 ] && grep -qxF "$value" "$RIG/header" ||
				problem+="  wanted '$value', got $count: $(grep -iE "^${value%%:*}:" "$RIG/header")"$'\n'
			;;
		absent:)
			! grep -iE "^$value:" "$RIG/header" >/dev/null || problem+="  $value is there"$'\n'
			;;
		body:)
			tr -d '\r' <"$file" | sed '1,/^$/d' | grep -qF "$value" || problem+="  no body line '$value'"$'\n'
			;;
		folder:)
			case $file in
			*/."$value"/*) ;;
			*) problem+="  not in folder $value: $file"$'\n' ;;
			esac
			;;
		esac
	done < <(sed '/^---$/,$d' "$2")
	if [ -z "$problem" ]; then ok "$1 $name"; else
		not_ok "$1 $name"
		printf '%s' "$problem"
	fi
}
find_mail_ready() { [ -n "$(find_mail "$1")" ]; }

run_mta() {
	case $1 in
	postfix) postfix_start || { not_ok "postfix starts"; return; }; port=$SMTP_PORT ;;
	sendmail) sendmail_start || { not_ok "sendmail starts"; return; }; port=$SENDMAIL_PORT ;;
	esac
	for case in "$cases"/*.case; do
		send "$1" "$port" "$case" || not_ok "$1 takes $(basename "$case")"
	done
	for case in "$cases"/*.case; do verify "$1" "$case"; done
	load_and_kill "$1" "$port"
}

# R-1, R-8: filters killed under load; what was acknowledged is there, once,
# tagged; nothing but 4xx was ever said.
load_and_kill() {
	local total=${E2E_MAILS:-1500} kills=${E2E_KILLS:-20} log=$RIG/load.$1 user=support
	rm -rf "$RIG/mail/$user"
	timeout 150 "$BUILD/tools/smtp-send" -c 8 -n "$total" -r 400 -t "<$user@$DOMAIN>" "$2" "$here"/load/*.eml >"$log" &
	local sender=$!
	for _ in $(seq "$kills"); do
		sleep 0.$((RANDOM % 3 + 1))
		kill -0 $sender 2>/dev/null || break
		# One of the supervisor's children, whichever: filter or analyser.
		# shellcheck disable=SC2046 # a list of pids
		kill -9 $(pgrep -P "$TACT_PID" | shuf -n 1) 2>/dev/null
	done
	wait $sender
	rig_drain "$1"
	sleep 1
	check_load "$1" "$log" "$user" "$total"
}

check_load() {
	local got=$RIG/got missing doubled bad
	awk '$2 == 250 { print $1 }' "$2" | sort -n >"$RIG/acknowledged"
	delivered "$3" | xargs -r awk 'FNR == 1 { head = 1 } /^\r?$/ { head = 0 }
		head && /^X-Load-Id: / { sub(/\r/, ""); print $2 }' | sort -n >"$got"
	missing=$(comm -23 <(sort "$RIG/acknowledged") <(sort -u "$got") | wc -l)
	doubled=$(uniq -d "$got" | wc -l)
	[ "$(wc -l <"$RIG/acknowledged")" = "$4" ] && [ "$missing" = 0 ] && [ "$doubled" = 0 ] &&
		ok "$1 R-1: of $4 mails under kills $missing lost, $doubled doubled, $(awk '$3 > 1' "$2" | wc -l) tried again" ||
		not_ok "$1 R-1: $(wc -l <"$RIG/acknowledged") of $4 acknowledged, $missing lost, $doubled doubled"
	bad=$(awk '$5 >= 500' "$2" | wc -l)
	[ "$bad" = 0 ] && ok "$1 R-8: no 5xx under kills" || not_ok "$1 R-8: $bad mails were refused"
	bad=$(delivered "$3" | xargs -r awk 'function close_mail() { if (NR > 1 && (n != 1 || forged)) print f }
		FNR == 1 { close_mail(); f = FILENAME; head = 1; n = forged = 0 } /^\r?$/ { head = 0 }
		head && /^X-Tact-Status:/ { n++ } head && /forged/ { forged = 1 } END { close_mail() }' | wc -l)
	[ "$bad" = 0 ] && ok "$1 R-1: every mail carries our status once and nothing forged" ||
		not_ok "$1 R-1: $bad mails without exactly one X-Tact-Status, or with a forged header"
}

rig_begin
dovecot_start || { not_ok "dovecot starts"; exit 1; }
tact_start || { not_ok "tact-milter starts"; cat "$RIG/tact.log"; exit 1; }
[ $# -gt 0 ] || set -- postfix sendmail
for mta in "$@"; do run_mta "$mta"; done
[ $failed = 0 ] || { echo "# tact.log:"; tail -n 30 "$RIG/tact.log" | sed 's/^/# /'; }
tap_done
