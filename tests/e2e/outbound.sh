#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY H-8: whatever leaves through Postfix's smtp(8) has no field of ours:
# replies, forwards in the text and as attachments, bounces that Postfix itself
# makes of tagged mail, vacation notices, digests, through the filter and past it.
# As root; TAP.
#
#   N=42 tests/e2e/outbound.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
N=${N:-42}

[ "$(id -u)" = 0 ] || { skip 'what leaves' 'needs root for a private Postfix'; tap_done; exit 0; }
command -v smtp-sink >/dev/null || { skip 'what leaves' 'postfix is not installed'; tap_done; exit 0; }

rig_begin || exit 1
SINK_PORT=$(free_port) GONE_PORT=$(free_port)
mkdir "$RIG/sink" "$RIG/forms" "$RIG/store" "$RIG/bin"
chmod 777 "$RIG/sink"
chown "$TACT_USER" "$RIG/store"
chmod 700 "$RIG/store"
cp "$BUILD/bin/tact" "$RIG/bin"
(cd "$RIG/sink" && exec smtp-sink -u nobody -d 'm.%M' 127.0.0.1:"$SINK_PORT" 500) >"$RIG/sink.log" 2>&1 &
PID_SINK=$!
# Nobody is there: Postfix itself has to tell the customer so.
smtp-sink -u nobody -L -f RCPT 127.0.0.1:"$GONE_PORT" 50 >"$RIG/gone.log" 2>&1 &
PID_GONE=$!
sink_end() {
	local status=$?
	kill $PID_SINK $PID_GONE 2>/dev/null
	(exit $status)
	rig_end
}
trap sink_end EXIT
export TACT_MAILBOX='mode = draft'
lines=("[mailbox gone@$DOMAIN]" '[store]' "path = $RIG/store/tact.db")
{ tact_conf; printf '%s\n' "${lines[@]}"; } >"$RIG/tact.conf"
setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
	"$RIG/bin/tact" init --config "$RIG/tact.conf" >/dev/null || exit 1
checks="regexp:$RIG/postfix/tact-strip"
tact_start "${lines[@]}" && postfix_start "virtual_mailbox_domains = $DOMAIN" 'virtual_transport = discard:' \
	'relay_domains = customer.example' "relayhost = [127.0.0.1]:$SINK_PORT" \
	"relay_transport = smtp:[127.0.0.1]:$SINK_PORT" \
	"transport_maps = inline:{gone@$DOMAIN=lmtp:inet:127.0.0.1:$GONE_PORT}" 'smtp_host_lookup = native' \
	"smtp_header_checks = $checks" "smtp_mime_header_checks = $checks" \
	"smtp_nested_header_checks = $checks" "smtp_body_checks = $checks" 'bounce_size_limit = 100000' ||
	{ not_ok 'the rig starts'; cat "$RIG/tact.log"; exit 1; }

tags='X-Tact-Status: scored
X-Tact-Tier: vip
X-Tact-Emotion: frustrated;
	confidence=0.91
x-TACT-sig: v=1; abc
X_Tact_Draft: queued
X-Tact-Id : qhjapfkq5iayihsq'
tagged="$tags
From: Anna <anna@customer.example>
To: support@$DOMAIN
Subject: Faktura
Message-ID: <a1@customer.example>

Hvor er min faktura?"

# form NAME TYPE BODY: as an agent's program may send it
form() {
	printf 'From: Support <support@%s>\nTo: anna@customer.example\nSubject: Re: Faktura\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n%s\nMIME-Version: 1.0\nContent-Type: %s\nX-Form: %s\n\n%s\n' \
		"$DOMAIN" "${4:-$tags}" "$2" "$1" "$3" >"$RIG/forms/$1.eml"
}
text='text/plain; charset=utf-8'
form reply "$text" 'Den ligger i portalen.

> Hvor er min faktura?'
form inline "$text" "Se her.

---------- Forwarded message ----------
From: Anna <anna@customer.example>
Subject: Faktura

Hvor er min faktura?"
form attached 'multipart/mixed; boundary=b' "--b
Content-Type: $text
$tags

Se her.
--b
Content-Type: message/rfc822
Content-Disposition: attachment

$tagged
--b--"
form twice 'multipart/mixed; boundary=b' "--b
Content-Type: message/rfc822

$tags
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=c

--c
Content-Type: message/rfc822

$tagged
--c--
--b--"
form digest 'multipart/digest; boundary=b' "--b

$tagged
--b

$tagged
--b--"
form bounce "multipart/report; report-type=delivery-status; boundary=b" "--b
Content-Type: $text

Det gik ikke.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.firm.example
--b
Content-Type: text/rfc822-headers

$tagged
--b--" "Auto-Submitted: auto-replied
$tags"
form vacation "$text" 'Jeg har ferie til mandag.' "Auto-Submitted: auto-replied
Precedence: bulk
$tags"

send() { # FROM TO COUNT PORT FILE...
	local from=$1 to=$2 count=$3 port=$4
	shift 4
	"$BUILD/tools/smtp-send" -c 4 -n "$count" -r 5 -f "<$from>" -t "<$to>" "$port" "$@" >>"$RIG/said"
}
forms=("$RIG"/forms/*.eml)
half=$((N / 2)) bounces=$((N / 10 + 1))
send "support@$DOMAIN" anna@customer.example $half "$SMTP_PORT" "${forms[@]}"
result "$half of ${#forms[@]} forms leave through the filter" $?
send "support@$DOMAIN" anna@customer.example $((N - half)) "$PLAIN_PORT" "${forms[@]}"
result "$((N - half)) leave past it" $?
# A customer's mail is tagged, cannot be delivered, and comes back to him.
printf 'From: Anna <anna@customer.example>\nTo: gone@%s\nSubject: Faktura\nMessage-ID: <g@customer.example>\n\nHej, hvor er min faktura for marts? Jeg er meget utilfreds.\n' \
	"$DOMAIN" >"$RIG/gone.eml"
send anna@customer.example "gone@$DOMAIN" $bounces "$SMTP_PORT" "$RIG/gone.eml"
result "$bounces mails come back" $?
rig_drain postfix
result 'the queue is empty' $?
arrived() { find "$RIG/sink" -type f | wc -l; }
all() { [ "$(arrived)" -ge $((N + bounces)) ]; }
is "all $((N + bounces)) have left" rig_wait 30 all
same 'those that came back were tagged before' "$bounces" "$(grep -c 'route="tag".*status="scored"' "$RIG/tact.log")"
grep -rlE 'MAILER-DAEMON|multipart/report' "$RIG/sink" >"$RIG/back"
is "and hold the customer's mail" [ "$(grep -lE 'g@customer.example' $(cat "$RIG/back") /dev/null | wc -l)" = "$bounces" ]
same "H-8: none of $(arrived) has a byte of ours" '' "$(grep -rliE 'x[-_]tact' "$RIG/sink" | head -n 3)"
for name in "${forms[@]##*/}"; do
	is "$(grep -rl "^X-Form: ${name%.eml}" "$RIG/sink" | wc -l) are ${name%.eml}" grep -rqs "^X-Form: ${name%.eml}" "$RIG/sink"
done
is 'the search can fail' grep -qiE 'x[-_]tact' "${forms[0]}"
tap_done || { tail -n 20 "$RIG/mail.log"; exit 1; }
