#!/bin/bash
# make demo: a private Postfix on a loopback port with Tact beside it, a dozen
# support mails through them, what was delivered, and why. Leaves nothing
# behind, also on Ctrl-C.
set -u
here=$(cd "$(dirname "$0")" && pwd)
if [ "$(id -u)" != 0 ]; then
	echo "make demo starts a private Postfix, which needs root. Without it, see the same mails with"
	echo "  ${BUILD:-build/plain}/bin/tact inspect tests/demo/mails"
	exit 1
fi
# shellcheck source=tests/e2e/rig.sh
. "$here/../e2e/rig.sh"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

rig_begin
LMTP_PORT=0
say "Starting tact-milter (as user $TACT_USER) and a private Postfix on 127.0.0.1:$SMTP_PORT ..."
tact_start || { cat "$RIG/tact.log"; exit 1; }
mkdir -p "$RIG/mail"
chown mail "$RIG/mail"
postfix_start "virtual_transport = virtual" "virtual_mailbox_base = $RIG/mail" \
	"virtual_mailbox_maps = static:support/" "virtual_uid_maps = static:$(id -u mail)" \
	"virtual_gid_maps = static:$(id -g mail)" "virtual_minimum_uid = 1" \
	2>/dev/null || exit 1
sed -i 's/^rewrite/virtual unix - n n - - virtual\nrewrite/' "$RIG/postfix/master.cf"
postfix -c "$RIG/postfix" reload >/dev/null 2>&1

mails=("$here"/mails/*.eml)
say "Sending ${#mails[@]} mails to support@$DOMAIN by SMTP ..."
"$BUILD/tools/smtp-send" -r 20 "$SMTP_PORT" "${mails[@]}" >/dev/null || exit 1
all_there() { [ "$(delivered support | wc -l)" = ${#mails[@]} ]; }
rig_wait 30 all_there || { tail "$RIG/mail.log"; exit 1; }

say "What the mailbox got (the X-Tact-... headers of the delivered files):"
row='%-22.22s %-9.9s %-4.4s %-8.8s %-10.10s %-6.6s %-8.8s %-12.12s %-10.10s %-12.12s %s\n'
printf "$row" mail status lang sentim. emotion urgent formal expertise persona request escalate
for mail in "${mails[@]}"; do
	id=$(sed -n 's/^Message-ID: //p' "$mail")
	file=$(grep -lF "$id" $(delivered support) | head -n 1)
	header "$file" >"$RIG/header"
	value() { sed -n "s/^X-Tact-$1: //p" "$RIG/header"; }
	printf "$row" "$(basename "$mail" .eml)" "$(value Status | sed 's/skipped-automated/automated/')" "$(value Language)" "$(value Sentiment)" \
		"$(value Emotion)" "$(value Urgency)" "$(value Formality)" "$(value Expertise)" \
		"$(value Persona)" "$(value Request)" "$(value Escalate)"
done

say "11-en-forged came with X-Tact-Tier: vip and three more of its own. Delivered:"
header "$(grep -lF demo-11@ $(delivered support) | head -n 1)" | grep -i '^X[-_]Tact'

say "Why 01-da-angry is what it is (tact inspect --why):"
"$BUILD/bin/tact" inspect --why --rules "$ROOT/rules" "$here/mails/01-da-angry.eml"

say "Done. Everything is stopped and removed. To install it for real: README.md."
