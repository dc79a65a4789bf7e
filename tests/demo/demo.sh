#!/bin/bash
# make demo: a private Postfix on a loopback port with OpenDKIM, Dovecot and Tact
# beside it, customers and their orders, a dozen support mails through them, what
# was delivered, and why; the replies drafted in Dovecot's Drafts, without a
# model; and what Tact learns when two are sent. Leaves nothing behind, also on
# Ctrl-C.
set -u
here=$(cd "$(dirname "$0")" && pwd)
if [ "$(id -u)" != 0 ]; then
	echo "make demo starts a private Postfix, which needs root. Without it, see the same mails with"
	echo "  ${BUILD:-build/plain}/bin/tact inspect tests/demo/mails"
	exit 1
fi
# shellcheck source=tests/e2e/rig.sh
. "$here/../e2e/rig.sh"
# shellcheck source=tests/e2e/authenticators.sh
. "$here/../e2e/authenticators.sh"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

mails=("$here"/mails/*.eml)
as_tact() { setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups "$@"; }
tact() { as_tact "$RIG/tact" "$@" --config "$RIG/tact.conf"; }
domain_of() { sed -n 's/^From:.*@\([a-z.]*\)>.*/\1/p' "$1"; }

rig_begin
authenticators_begin
LMTP_PORT=0
mkdir -m 700 "$RIG/store"
chown "$TACT_USER" "$RIG/store"
cp "$BUILD/bin/tact" "$here/orders.csv" "$RIG"
settings=("[store]" "path = $RIG/store/tact.db" "[import]" "currency = DKK" "[value]"
	"hours = mon-fri 08:00-16:00" "time_zone = Europe/Copenhagen")
imap_start || exit 1
printf %s "$IMAP_PASSWORD" >"$RIG/store/password"
chown "$TACT_USER" "$RIG/store/password"
chmod 600 "$RIG/store/password"
TACT_MAILBOX="mode = draft
from_name = Nordlys Support
delivery = imap
imap_url = imaps://localhost:$IMAPS_PORT
imap_user = support
imap_password_file = $RIG/store/password
imap_ca_file = $RIG/tls.pem
[drafter]
status_file = $RIG/run/drafter.json"
tact_conf >"$RIG/tact.conf"
printf '%s\n' "${settings[@]}" >>"$RIG/tact.conf"

say "Making keys and a database, and importing the orders of 80 customers (tests/demo/orders.csv) ..."
tact init >/dev/null || exit 1
tact customer import "$RIG/orders.csv"
tact value fit || exit 1

say "Starting OpenDKIM, Dovecot, tact-milter and tact-drafter (as user $TACT_USER), a private Postfix on 127.0.0.1:$SMTP_PORT ..."
for domain in $(for mail in "${mails[@]}"; do domain_of "$mail"; done | sort -u); do
	dkim_key "$domain" || exit 1
done
dns_start && opendkim_start "AuthservID mx.$DOMAIN" || exit 1
tact_start "${settings[@]}" || { cat "$RIG/tact.log"; exit 1; }
drafter_start
SUBMISSION_PORT=$(free_port)
POSTFIX_SERVICES="virtual unix - n n - - virtual
127.0.0.1:$SUBMISSION_PORT inet n - y - - smtpd
  -o mynetworks=127.0.0.0/8 -o smtpd_relay_restrictions=permit_mynetworks,reject"
postfix_start "virtual_transport = virtual" "virtual_mailbox_base = $RIG/mail" \
	"virtual_mailbox_maps = static:support/" "virtual_uid_maps = static:$(id -u mail)" \
	"virtual_gid_maps = static:$(id -g mail)" "virtual_minimum_uid = 1" \
	"smtpd_milters = inet:127.0.0.1:$OPENDKIM_PORT, unix:tact/milter.sock" \
	"default_transport = discard" 2>/dev/null || exit 1
mkdir "$RIG/out"
for mail in "${mails[@]}"; do
	case $mail in
	*spoofed*) cp "$mail" "$RIG/out" ;; # whoever sent it has not the firm's key
	*) dkim_sign "$(domain_of "$mail")" <"$mail" >"$RIG/out/${mail##*/}" ;;
	esac
done
say "Sending ${#mails[@]} mails to support@$DOMAIN by SMTP ..."
"$BUILD/tools/smtp-send" -r 20 "$SMTP_PORT" "$RIG"/out/*.eml >/dev/null || exit 1
all_there() { [ "$(delivered support | wc -l)" = ${#mails[@]} ]; }
rig_wait 30 all_there || { tail "$RIG/mail.log"; exit 1; }

say "What the mailbox got (the X-Tact-... headers of the delivered files):"
read_header() {
	header "$(grep -lF "$(sed -n 's/^Message-ID: //p' "$1")" $(delivered support) /dev/null | head -n 1)" >"$RIG/header"
}
value() { sed -n "s/^X-Tact-$1: //p" "$RIG/header"; }
row='%-22.22s %-9.9s %-4.4s %-8.8s %-10.10s %-6.6s %-8.8s %-12.12s %-10.10s %-12.12s %s\n'
printf "$row" mail status lang sentim. emotion urgent formal expertise persona request escalate
for mail in "${mails[@]}"; do
	read_header "$mail"
	printf "$row" "$(basename "$mail" .eml)" "$(value Status | sed 's/skipped-automated/automated/')" "$(value Language)" "$(value Sentiment)" \
		"$(value Emotion)" "$(value Urgency)" "$(value Formality)" "$(value Expertise)" \
		"$(value Persona)" "$(value Request)" "$(value Escalate)"
done

say "And who wrote it: the tier by their orders, the risk of losing them, when an answer is due:"
row='%-22.22s %-10.10s %-8.8s %-6.6s %-8.8s %s\n'
printf "$row" mail tier risk level contact 'reply by'
for mail in "${mails[@]}"; do
	read_header "$mail"
	printf "$row" "$(basename "$mail" .eml)" "$(value Tier)" "$(value Risk)" "$(value Level)" \
		"$(value Contact)" "$(value Reply-By)"
done
echo
echo "07-de-formal and 13-de-spoofed are both From: moeller@kanzlei.example, a VIP. The second has no"
echo "signature of kanzlei.example, so that it gets no tier, and the customer's history knows nothing of it."

say "Replies are drafted without a model, from rules/templates and rules/knowledge, into the mailbox's Drafts:"
row='%-22.22s %-18.18s %s\n'
printf "$row" mail X-Tact-Draft 'draft for'
queued=0
for mail in "${mails[@]}"; do
	read_header "$mail"
	draft=$(value Draft)
	[ "$draft" != queued ] || queued=$((queued + 1))
	printf "$row" "$(basename "$mail" .eml)" "$draft" "$([ "$draft" != queued ] || sed -n 's/^From: *//p' "$mail")"
done
drafts() { adm search -u support mailbox Drafts all | wc -l; }
all_drafted() { [ "$(drafts)" -ge $queued ]; }
rig_wait 30 all_drafted || { tail "$RIG/drafter.log"; exit 1; }
# draft_of MAIL: the body of the draft that answers it, as it lies in Drafts, without the quote
draft_of() {
	adm fetch -u support text.utf8 mailbox Drafts header In-Reply-To "$(sed -n 's/^Message-ID: <\(.*\)>.*/\1/p' "$1")" |
		tr -d '\f\r' | sed '1d; /^$/,$!d' | sed '1d; /^>/d'
}
echo
echo "$queued drafts, with the flags $(adm fetch -u support flags mailbox Drafts all | sort -u | tr -d '\f\n' | sed 's/flags: *//g'):"
for mail in 02-da-beginner 03-sv-outage 05-nb-order 07-de-formal 09-en-developer; do
	say "Draft for $mail"
	draft_of "$here/mails/$mail.eml"
done

say "A human sends two of them from Drafts, one as it is, one with a sentence changed (submission port $SUBMISSION_PORT):"
# send_draft MAIL [SED-SCRIPT]: as a mail client does: the draft's text in a mail of its own
send_draft() {
	local to id
	to=$(sed -n 's/^From:.*<\(.*\)>.*/\1/p' "$1")
	id=$(sed -n 's/^Message-ID: \(<.*>\).*/\1/p' "$1")
	{
		printf 'From: Support <support@%s>\nTo: <%s>\nSubject: Re:\nIn-Reply-To: %s\nReferences: %s\n' "$DOMAIN" "$to" "$id" "$id"
		printf 'Message-ID: <sent-%s@%s>\nDate: %s\nMIME-Version: 1.0\n' "$RANDOM$RANDOM" "$DOMAIN" "$(date -R)"
		printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n'
		draft_of "$1" | sed "${2:-}"
	} >"$RIG/sent.eml"
	"$BUILD/tools/smtp-send" -f "support@$DOMAIN" -t "$to" "$SUBMISSION_PORT" "$RIG/sent.eml" >/dev/null
}
send_draft "$here/mails/05-nb-order.eml"
send_draft "$here/mails/07-de-formal.eml" '3s/.*/danke für Ihre Nachricht. Wir haben alles vorbereitet./'
both_known() { [ "$(grep -c answer_compared "$RIG/drafter.log")" = 2 ]; }
rig_wait 20 both_known || tail "$RIG/drafter.log"
tact draft list

say "And what that says in numbers (tact report):"
tact report

say "What is known of that customer (tact value card):"
tact value card moeller@kanzlei.example

say "11-en-forged came with X-Tact-Tier: vip and three more of its own. Delivered:"
read_header "$here/mails/11-en-forged.eml"
grep -i '^X[-_]Tact' "$RIG/header"

say "Why 01-da-angry is what it is (tact inspect --why):"
"$BUILD/bin/tact" inspect --why --rules "$ROOT/rules" "$here/mails/01-da-angry.eml"

say "Done. Everything is stopped and removed. To install it for real: README.md."
