#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY A-3: two installations, each with a Postfix and a mailbox of mode
# draft, answer each other, and what should be a human on each side sends
# whatever is drafted, at once. Each way go three mails in 24 hours, as
# draft_quota says unless a site says otherwise, then there is silence; one mail
# more breaks it for no answer; a day later it is three again. As root; TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
QUOTA=3  # draft_quota is not set below
ROUNDS=8 # how far it would go if nothing stopped it: DRAFT_QUOTA=0 shows that

[ "$(id -u)" = 0 ] || { skip 'two that answer each other' 'needs root for two private Postfixes'; tap_done; exit 0; }
command -v postfix >/dev/null || { skip 'two that answer each other' 'postfix is not installed'; tap_done; exit 0; }

rig_begin || exit 1
RIG_A=$RIG RIG_B=$RIG/b PORT_A=$SMTP_PORT PORT_B=$(free_port) PLAIN_B=$(free_port)
PID_A='' PID_B=''

# at A or at B: whose the rig's functions speak of
at() {
	case $1 in
	A) RIG=$RIG_A SMTP_PORT=$PORT_A DOMAIN=firm.example other=other.example towards=$PORT_B TACT_PID=$PID_A ;;
	B) RIG=$RIG_B SMTP_PORT=$PORT_B DOMAIN=other.example other=firm.example towards=$PORT_A TACT_PID=$PID_B ;;
	esac
	side=$1
}
as_tact() { setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups "$@"; }
poke() { as_tact "$RIG_A/bin/store-poke" "$RIG/tact.conf" ask "$1"; }

both_stop() {
	at B
	tact_stop
	postfix_stop
	at A
	(rig_end)
}
trap both_stop EXIT

mkdir "$RIG_A/bin"
cp "$BUILD/bin/tact" "$BUILD/bin/tact-drafter" "$BUILD/tools/store-poke" "$BUILD/tools/smtp-send" "$RIG_A/bin"
# What is sent goes the way that a user's mail goes: through the filter.
printf '#!/bin/sh\ncat >"$0.eml"\nfrom=$3\nshift 4\n%s -c 1 -n 1 -f "<$from>" -t "<$1>" @PORT@ "$0.eml" | grep -q " 250 "\n' \
	"$RIG_A/bin/smtp-send" >"$RIG_A/bin/sendmail.in"

# begin: the installation we are at
begin() {
	mkdir -p "$RIG/store" "$RIG/queue/tact" "$RIG/run" "$RIG/out"
	chown "$TACT_USER" "$RIG/store" "$RIG/run" "$RIG/out"
	chmod 700 "$RIG/store"
	chown "$TACT_USER:postfix" "$RIG/queue/tact"
	chmod 2750 "$RIG/queue/tact"
	sed "s/@PORT@/$SMTP_PORT/" "$RIG_A/bin/sendmail.in" >"$RIG/out/sendmail"
	# A reader would see to what a draft leaves open.
	printf '#!/bin/sh\nsed -i "s/\\[CHECK:[^]]*\\]//g" "$1"\n' >"$RIG/out/editor"
	chmod 755 "$RIG/out/sendmail" "$RIG/out/editor"
	export TACT_MAILBOX="mode = draft${DRAFT_QUOTA:+$'\n'draft_quota = $DRAFT_QUOTA}"
	local lines=('[store]' "path = $RIG/store/tact.db" '[drafter]' "status_file = $RIG/run/drafter.json")
	{ tact_conf; printf '%s\n' "${lines[@]}"; } >"$RIG/tact.conf"
	as_tact "$RIG_A/bin/tact" init --config "$RIG/tact.conf" >"$RIG/init.log" 2>&1 &&
		tact_start "${lines[@]}" &&
		postfix_start 'virtual_mailbox_domains = '"$DOMAIN" 'virtual_transport = discard:' \
			"relay_domains = $other" "transport_maps = inline:{$other=smtp:[127.0.0.1]:$towards}" \
			'smtp_host_lookup = native' "smtp_helo_name = mx.$DOMAIN"
}

# answer: everything that is drafted there is sent; how many in all, in $RIG/n
answer() {
	local id
	as_tact timeout 60 "$RIG_A/bin/tact-drafter" -c "$RIG/tact.conf" --once 2>>"$RIG/drafter.log"
	for id in $(poke "SELECT public_id FROM draft WHERE state IN (5, 6) AND fate = 0"); do
		VISUAL=$RIG/out/editor TMPDIR=$RIG/out as_tact "$RIG_A/bin/tact" draft edit "$id" \
			--config "$RIG/tact.conf" >>"$RIG/cli.log" 2>&1
		as_tact "$RIG_A/bin/tact" draft approve --send --yes --sendmail "$RIG/out/sendmail" "$id" \
			--config "$RIG/tact.conf" >>"$RIG/cli.log" 2>&1 && echo "$id" >>"$RIG/sent"
	done
}
sent_by() { cat "$1/sent" 2>/dev/null | grep -c .; }
came() { poke 'SELECT count(*) FROM mail WHERE direction = 0'; }
# arrives N: as many mails as that came here
arrives() { [ "$(came)" -ge "$1" ]; }

# writes WHEN: a human at A writes to B, with a thread of his own
n=0
writes() {
	n=$((n + 1))
	at A
	cat >"$RIG/seed.eml" <<-END
	From: Support <support@firm.example>
	To: support@other.example
	Subject: Faktura $n
	Message-ID: <seed$n@firm.example>
	Date: $(date -R)
	Content-Type: text/plain; charset=utf-8

	Hej, hvor finder jeg fakturaen for marts? Jeg kan ikke se den i portalen.

	Venlig hilsen
	Bo Hansen
	END
	"$BUILD/tools/smtp-send" -c 1 -n 1 -f '<support@firm.example>' -t '<support@other.example>' \
		"$PORT_A" "$RIG/seed.eml" >"$RIG/said"
	same "$1" 250 "$(awk '{ print $2; exit }' "$RIG/said")"
}

# talk: until nobody has anything to say
talk() {
	local before round
	for round in $(seq $ROUNDS); do
		before=$(($(sent_by "$RIG_A") + $(sent_by "$RIG_B")))
		for side in B A; do
			at $side
			rig_wait 5 arrives $((came_$side + 1)) || continue
			eval "came_$side=$(came)"
			answer
		done
		[ $(($(sent_by "$RIG_A") + $(sent_by "$RIG_B"))) -gt $before ] || break
	done
	echo "# silence after round $round"
}
came_A=0 came_B=0

at A
begin || { not_ok 'A starts'; cat "$RIG/tact.log" "$RIG/init.log"; exit 1; }
PID_A=$TACT_PID
mkdir "$RIG_B"
chmod 755 "$RIG_B"
at B
PLAIN_PORT=$PLAIN_B
begin || { not_ok 'B starts'; cat "$RIG/tact.log" "$RIG/init.log"; exit 1; }
PID_B=$TACT_PID

writes 'a human writes from A to B'
talk
same "A-3: B sends $QUOTA in answer" $QUOTA "$(sent_by "$RIG_B")"
same "A-3: A sends $QUOTA in answer" $QUOTA "$(sent_by "$RIG_A")"
at B
is 'the last mail to B gets no draft' [ "$(came)" -gt "$(poke 'SELECT count(*) FROM draft')" ]
sleep 3
for side in A B; do
	at $side
	answer
done
same 'A-3: then there is silence' "$QUOTA $QUOTA" "$(sent_by "$RIG_A") $(sent_by "$RIG_B")"
writes 'another thread, the same pair'
talk
same 'A-3: breaks it for nobody' "$QUOTA $QUOTA" "$(sent_by "$RIG_A") $(sent_by "$RIG_B")"
for side in A B; do
	at $side
	as_tact "$RIG_A/bin/store-poke" "$RIG/tact.conf" run 'UPDATE draft SET created_at = created_at - 90000'
done
writes 'a day later'
talk
same 'A-3: as many again, and no more' "$((2 * QUOTA)) $((2 * QUOTA))" "$(sent_by "$RIG_A") $(sent_by "$RIG_B")"
echo "# $(sent_by "$RIG_A") from A, $(sent_by "$RIG_B") from B, in two days"
tap_done || { cat "$RIG_A/tact.log" "$RIG_B/tact.log" "$RIG_A/cli.log"; tail -n 20 "$RIG_A/mail.log"; exit 1; }
