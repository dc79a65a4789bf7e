#!/bin/bash
# make demo: a private Postfix on a loopback port with OpenDKIM and Tact beside
# it, customers and their orders, a dozen support mails through them, what was
# delivered, and why. Leaves nothing behind, also on Ctrl-C.
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
tact_conf >"$RIG/tact.conf"
printf '%s\n' "${settings[@]}" >>"$RIG/tact.conf"

say "Making keys and a database, and importing the orders of 80 customers (tests/demo/orders.csv) ..."
tact init >/dev/null || exit 1
tact customer import "$RIG/orders.csv"
tact value fit || exit 1

say "Starting OpenDKIM, tact-milter (as user $TACT_USER) and a private Postfix on 127.0.0.1:$SMTP_PORT ..."
for domain in $(for mail in "${mails[@]}"; do domain_of "$mail"; done | sort -u); do
	dkim_key "$domain" || exit 1
done
dns_start && opendkim_start "AuthservID mx.$DOMAIN" || exit 1
tact_start "${settings[@]}" || { cat "$RIG/tact.log"; exit 1; }
mkdir -p "$RIG/mail"
chown mail "$RIG/mail"
postfix_start "virtual_transport = virtual" "virtual_mailbox_base = $RIG/mail" \
	"virtual_mailbox_maps = static:support/" "virtual_uid_maps = static:$(id -u mail)" \
	"virtual_gid_maps = static:$(id -g mail)" "virtual_minimum_uid = 1" \
	"smtpd_milters = inet:127.0.0.1:$OPENDKIM_PORT, unix:tact/milter.sock" \
	2>/dev/null || exit 1
sed -i 's/^rewrite/virtual unix - n n - - virtual\nrewrite/' "$RIG/postfix/master.cf"
postfix -c "$RIG/postfix" reload >/dev/null 2>&1

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

say "What is known of that customer (tact value card):"
tact value card moeller@kanzlei.example

say "11-en-forged came with X-Tact-Tier: vip and three more of its own. Delivered:"
read_header "$here/mails/11-en-forged.eml"
grep -i '^X[-_]Tact' "$RIG/header"

say "Why 01-da-angry is what it is (tact inspect --why):"
"$BUILD/bin/tact" inspect --why --rules "$ROOT/rules" "$here/mails/01-da-angry.eml"

say "Done. Everything is stopped and removed. To install it for real: README.md."
