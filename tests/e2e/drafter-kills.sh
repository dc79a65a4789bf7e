#!/bin/bash
# R-2: tact-drafter is killed at each of the moments at which something is half
# done, over and over, with a real Dovecot and a model that counts what it is
# asked. Afterwards every mail has exactly one draft, none was lost, none came
# twice, none came back that a human had thrown away; and the model was asked at
# most once for each draft and once more for each kill. As root; TAP.
#
#   KILLS=200 tests/e2e/drafter-kills.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
KILLS=${KILLS:-12}
POINTS=(claimed sent answered written appended placed)

[ "$(id -u)" = 0 ] || { skip 'killed drafters' 'needs root for a private Dovecot'; tap_done; exit 0; }
command -v doveadm >/dev/null && [ -x /usr/lib/dovecot/imap ] ||
	{ skip 'killed drafters' 'dovecot-imapd is not installed'; tap_done; exit 0; }
${MAKE:-make} -s FAULTS=1 BUILD="$BUILD-faults" "$BUILD-faults/bin/tact-drafter" >&2 ||
	{ echo 'Bail out! make FAULTS=1'; exit 1; }
rig_begin || exit 1

as_tact() { setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups "$@"; }
# ids: of all drafts there are, one a line
ids() { adm fetch -u support hdr.message-id mailbox Drafts all 2>/dev/null | sed -n 's/.*<tact\.\(.*\)@.*/\1/p' | sort; }
asked() { find "$RIG/model/requests" -type f | wc -l; }
ask_db() { as_tact "$RIG/store-poke" "$RIG/tact.conf" ask "$1"; }

imap_start || { echo 'Bail out! no Dovecot'; exit 1; }
mkdir -p "$RIG/model/requests" "$RIG/state"
mkfifo "$RIG/model/in"
"$BUILD/tools/model-server" "$RIG/model" <"$RIG/model/in" >"$RIG/model/out" 2>&1 &
exec 9>"$RIG/model/in"
rig_wait 10 grep -q ready "$RIG/model/out" || { echo 'Bail out! no model'; exit 1; }
cp -r rules "$RIG/rules"
cp "$BUILD-faults/bin/tact-drafter" "$BUILD/bin/tact" "$BUILD/tools/draft-make" "$BUILD/tools/store-poke" "$RIG"
printf %s "$IMAP_PASSWORD" >"$RIG/state/password"
cat >"$RIG/tact.conf" <<END
[analysis]
rules = $RIG/rules
[store]
path = $RIG/state/tact.db
[drafter]
engine = model
base_url = http://127.0.0.1:$(sed -n 's/^ready //p' "$RIG/model/out")/v1
model = ok
status_file = $RIG/state/status.json
[mailbox support@$DOMAIN]
mode = draft
draft_quota = 0
draft_quota_customer = 0
draft_quota_domain = 0
delivery = imap
imap_url = imaps://localhost:$IMAPS_PORT
imap_user = support
imap_password_file = $RIG/state/password
imap_ca_file = $RIG/tls.pem
END
cat >"$RIG/mail.eml" <<END
From: Bo Hansen <bo@N@@kunde.example>
To: support@$DOMAIN
Subject: Pakke @N@
Message-ID: <m@N@@kunde.example>
Date: Sun, 22 Nov 2026 05:00:00 +0000
Content-Type: text/plain; charset=utf-8

Hej, hvor er min pakke? Den skulle have været her i går. Venlig hilsen Bo Hansen
END
chown -R "$TACT_USER" "$RIG/state"
chmod 700 "$RIG/state"
chmod 600 "$RIG/state/password"
chmod -R a+rX "$RIG/rules" "$RIG/tact.conf" "$RIG/mail.eml"
as_tact "$RIG/tact" init --config "$RIG/tact.conf" >/dev/null || { echo 'Bail out! tact init'; exit 1; }

jobs=0
# enqueue N: as many mails more
enqueue() {
	as_tact "$RIG/draft-make" "$RIG/tact.conf" "support@$DOMAIN" "$RIG/mail.eml" $((jobs + 1)) "$1" >>"$RIG/made"
	jobs=$((jobs + $1))
}
drafter() { as_tact env "$@" "$RIG/tact-drafter" -c "$RIG/tact.conf" --once 2>>"$RIG/log"; }

declare -A died
thrown=0
for ((kill = 0; kill < KILLS; kill++)); do
	point=${POINTS[kill % ${#POINTS[@]}]}
	new=$((RANDOM % 2 + 1))
	enqueue $new
	# Each new mail comes to that moment: it is not waited for in vain.
	drafter TACT_CRASH="$point:$((RANDOM % new + 1))" 2>/dev/null
	status=$?
	[ $status = 137 ] && died[$point]=$((${died[$point]:-0} + 1))
	# A human throws one away that is known to have been delivered.
	if [ $((kill % 5)) = 4 ]; then
		victim=$(ask_db "SELECT public_id FROM draft WHERE state = 4 AND public_id NOT IN ('$(cat "$RIG/thrown" 2>/dev/null | paste -sd' ' | sed "s/ /','/g")') LIMIT 1")
		if [ -n "$victim" ]; then
			adm expunge -u support mailbox Drafts header Message-ID "tact.$victim@$DOMAIN" && thrown=$((thrown + 1))
			echo "$victim" >>"$RIG/thrown"
		fi
	fi
done
for _ in 1 2 3; do drafter TACT_CRASH=; done
kills=0
for point in "${POINTS[@]}"; do
	kills=$((kills + ${died[$point]:-0}))
	is "killed when $point: ${died[$point]:-0} times" [ "${died[$point]:-0}" -ge $((KILLS / ${#POINTS[@]} / 2)) ]
done
sort "$RIG/made" >"$RIG/want"
touch "$RIG/thrown"
sort "$RIG/thrown" | comm -13 - "$RIG/want" >"$RIG/left"
ids >"$RIG/there"
same "$jobs mails: each has its draft, but for the $thrown thrown away" "$(cat "$RIG/left")" "$(sort -u "$RIG/there")"
same 'none came twice' '' "$(uniq -d "$RIG/there")"
same 'none came back' '' "$(comm -12 <(sort "$RIG/thrown") "$RIG/there")"
same 'all of them are known to be delivered' "$jobs" "$(ask_db 'SELECT count(*) FROM draft WHERE state = 4')"
is "a model was asked $(asked) times for $jobs drafts and $kills kills" [ "$(asked)" -le $((jobs + kills)) ]
[ "${DEBUG:-}" ] && cat "$RIG/log"
exec 9>&-
echo "# $kills kills, $jobs drafts, $(asked) questions, $thrown thrown away"
tap_done
