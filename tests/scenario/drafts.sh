#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mailbox of mode draft: which mail gets a draft and which none, and why; and
# what may not leave from it. Speaks TAP.
#
#   tests/scenario/drafts.sh [PART...]
# shellcheck disable=SC2046,SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
command -v miltertest >/dev/null || {
	skip "drafts" "miltertest is not installed"
	echo 1..1
	exit 0
}
for tool in "$BUILD/bin/tact" "$BUILD/tools/store-poke"; do
	[ -x "$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$tool" "$dir"
done

store=$dir/run/store
configure main 'authserv_id = mx.test'
cat >>"$dir/main.conf" <<END
[store]
path = $store/tact.db
time_max = 1s
[drafter]
words_min = 3
blocked = eve@blocked.example; bad.example
[mailbox draft@example.com]
mode = draft
aliases = hello@example.com
draft_quota = 3
draft_quota_customer = 4
draft_quota_domain = 5
[mailbox held@example.com]
mode = draft
hold_out = 50
draft_quota = 0
draft_quota_domain = 0
[mailbox free@example.com]
mode = draft
check_guard = false
data_guard = false
draft_quota = 0
draft_quota_domain = 0
END

tact() {
	$as "$dir/tact" "$@" --config "$dir/main.conf"
}

poke() {
	$as "$dir/store-poke" "$dir/main.conf" "$@"
}

# asks SQL VALUE
asks() {
	got=$(poke ask "$1")
	[ "$got" = "$2" ] || { echo "# $1: $got, not $2"; return 1; }
}

TEXT='Hello,||the printer does not work since this morning. How do I reset it?||Kai|'
ANGRY='Hello,||I will see my lawyer about this and take you to court.||Kai|'

# mail [NAME=VALUE...]: see draft/mail.lua
mail() {
	FROM=kai@x.example TO='' ID='' REFS='' AUTH='' EXTRA='' SUBJECT=Printer
	BODY=$TEXT RECIPIENT=draft@example.com DRAFT='' REPLY='' CLIENT=''
	for argument; do
		case $argument in
		FROM=*) FROM=${argument#*=} ;;
		TO=*) TO=${argument#*=} ;;
		ID=*) ID=${argument#*=} ;;
		REFS=*) REFS=${argument#*=} ;;
		AUTH=*) AUTH=${argument#*=} ;;
		EXTRA=*) EXTRA=${argument#*=} ;;
		SUBJECT=*) SUBJECT=${argument#*=} ;;
		BODY=*) BODY=${argument#*=} ;;
		RECIPIENT=*) RECIPIENT=${argument#*=} ;;
		DRAFT=*) DRAFT=${argument#*=} ;;
		REPLY=*) REPLY=${argument#*=} ;;
		CLIENT=*) CLIENT=${argument#*=} ;;
		esac
	done
	serial=$((serial + 1))
	[ "$TO" != none ] || TO=' '
	timeout 60 miltertest -D SOCKET="$SOCKET" -D PRELUDE="$PWD/tests/scenario/prelude.lua" \
		-D FROM="$FROM" -D TO="${TO:-$RECIPIENT}" -D ID="${ID:-$serial@made}" -D REFS="$REFS" \
		-D AUTH="$AUTH" -D EXTRA="$EXTRA" -D SUBJECT="$SUBJECT" -D BODY="$BODY" \
		-D RECIPIENT="$RECIPIENT" -D DRAFT="$DRAFT" -D REPLY="$REPLY" -D CLIENT="$CLIENT" \
		-s tests/scenario/draft/mail.lua
}
serial=0

# proves ADDRESS
proves() {
	echo "dmarc=pass header.from=${1#*@}"
}

live='SELECT count(*) FROM draft WHERE fate = 0'

# --------------------------------------------------------- what the mail says
check_mail() {
	is "a customer's question is queued" mail ID=q1@x DRAFT=queued
	is "and is in the store" asks "$live" 1
	is "closed: not a word of it can be read there" \
		sh -c "! grep -aqE 'printer|kai@x' '$store/tact.db'"
	is "to an alias too" mail FROM=a@a.example TO=hello@example.com DRAFT=queued
	is "in another mailbox there is none" mail RECIPIENT=support@example.com
	is "mail with a tier of its own: none-forged" \
		mail EXTRA='X-Tact-Tier: vip' DRAFT=none-forged
	is "mail that was flagged as spam: none-spam" \
		mail EXTRA='X-Spam-Flag: YES' DRAFT=none-spam
	is "by rspamd too" \
		mail EXTRA='X-Spamd-Result: default: True [15.2 / 15.0]' DRAFT=none-spam
	is "a machine's: none-automated" \
		mail EXTRA='Auto-Submitted: auto-replied' DRAFT=none-automated
	is "encrypted: none-encrypted" mail \
		EXTRA='Content-Type: application/pkcs7-mime; smime-type=enveloped-data' \
		DRAFT=none-encrypted
	is "without a text: none-empty" mail BODY='|' DRAFT=none-empty
	is "from two: none-sender" mail FROM='kai@x.example, eve@evil.example' DRAFT=none-sender
	is "not addressed to the mailbox: none-not-addressed" \
		mail TO='someone@else.example' DRAFT=none-not-addressed
	is "nor by a name that looks so" \
		mail TO='"draft@example.com" <someone@else.example>' DRAFT=none-not-addressed
	is "of a blocked writer: none-blocked" mail FROM=eve@blocked.example DRAFT=none-blocked
	is "of a blocked domain: none-blocked" mail FROM=x@sub.bad.example DRAFT=none-blocked
	is "who threatens: none-escalated" mail FROM=law@y.example BODY="$ANGRY" DRAFT=none-escalated
	is "in no language we know: none-language" \
		mail BODY='Lorem zzyx qwvk brmpf tlk xnorz vvyk plomf dwqz.|' DRAFT=none-language
	is "of two words: none-short" mail BODY='Thank you!|' DRAFT=none-short
	is "only the one to each writer is in the store" asks "$live" 2
}

# -------------------------------------------------------- what the store says
check_store() {
	poke object olga@object.example
	is "who objected: none-objected" mail FROM=olga@object.example \
		AUTH="$(proves o@object.example)" DRAFT=none-objected
	is "a customer without proof: none-unverified" mail FROM=anna@vip.example \
		DRAFT=none-unverified
	is "with it: queued" mail FROM=anna@vip.example ID=v1@vip \
		AUTH="$(proves a@vip.example)" DRAFT=queued
	is "that one is marked as proven, and a customer's" \
		asks 'SELECT flags FROM draft WHERE customer = 1' 3
	is "a stranger's" mail FROM=s@strange.example DRAFT=queued
	is "without proof is not" \
		asks 'SELECT flags FROM draft WHERE customer IS NULL ORDER BY id DESC LIMIT 1' 0
	poke run "UPDATE customer SET consent = 1 WHERE id = 2"
	is "consent below full: none-consent" mail FROM=bo@basic.example \
		AUTH="$(proves b@basic.example)" DRAFT=none-consent
	before=$(poke ask "$live")
	is "delivered again: still queued" mail FROM=anna@vip.example ID=v1@vip \
		AUTH="$(proves a@vip.example)" DRAFT=queued
	is "and one draft" asks "$live" "$before"
	poke run "DELETE FROM draft_text"
	poke run "UPDATE draft SET state = 7, fate = 4, next_at = NULL WHERE customer = 1"
	is "when that has ended: none-duplicate" mail FROM=anna@vip.example ID=v1@vip \
		AUTH="$(proves a@vip.example)" DRAFT=none-duplicate
	held=0
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		mail FROM=h$i@h.example RECIPIENT=held@example.com DRAFT=none-holdout >/dev/null &&
			held=$((held + 1))
	done
	is "of a share of half of the threads some ($held): none-holdout" \
		test $held -gt 0 -a $held -lt 12
	is "which are kept as facts" asks 'SELECT count(*) FROM draft WHERE fate = 10' $held
	poke run 'DELETE FROM draft_text; DELETE FROM draft'
}

# ------------------------------------------------------------------- threads
check_threads() {
	is "the first mail of a thread" mail FROM=tom@t.example ID=t1@t DRAFT=queued
	thread='(SELECT max(thread) FROM draft)'
	is "the second" mail FROM=tom@t.example ID=t2@t REFS='<t1@t>' DRAFT=queued
	is "supersedes it" asks "SELECT group_concat(fate) FROM (SELECT fate FROM draft
		WHERE thread = $thread ORDER BY id)" 5,0
	is "a thank-you does not" mail FROM=tom@t.example ID=t3@t REFS='<t2@t>' \
		BODY='Thank you!|' DRAFT=none-short
	is "so it lives" asks "SELECT count(*) FROM draft WHERE thread = $thread AND fate = 0" 1
	is "a threat does" mail FROM=tom@t.example ID=t4@t REFS='<t2@t>' BODY="$ANGRY" \
		DRAFT=none-escalated
	is "so none lives" asks "SELECT count(*) FROM draft WHERE thread = $thread AND fate = 0" 0
	is "text of what ended is gone" asks "SELECT count(*) FROM draft_text WHERE draft IN
		(SELECT id FROM draft WHERE fate <> 0)" 0
}

# -------------------------------------------------------------------- quotas
check_quota() {
	for i in 1 2 3; do
		is "draft $i of one writer" mail FROM=busy@q.example DRAFT=queued
	done
	is "the fourth in a day: none-quota" mail FROM=busy@q.example DRAFT=none-quota
	is "in another spelling too" mail FROM='Busy <BUSY@Q.example>' DRAFT=none-quota
	is "a colleague has two more" mail FROM=c1@q.example DRAFT=queued
	is "and the last of the domain" mail FROM=c2@q.example DRAFT=queued
	is "then it is the domain's turn: none-quota" mail FROM=c3@q.example DRAFT=none-quota
	for i in 1 2 3 4 5 6; do
		mail FROM=p$i@gmail.com DRAFT=queued || break
	done
	is "everybody's domain is not counted" test $i = 6
	poke run 'UPDATE draft SET created_at = created_at - 90000'
	is "a day later there is room again" mail FROM=busy@q.example DRAFT=queued
}

# ------------------------------------------------------------------ outbound
# sends [NAME=VALUE...]: from the mailbox
sends() {
	mail FROM=draft@example.com RECIPIENT=kai@x.example CLIENT=local "$@"
}

check_outbound() {
	card='My card is 4111 1111 1111 1111 and my phone +45 28 11 42 91.||Kai|'
	mail FROM=own@o.example ID=c1@o BODY="Please help me with this.|$card" DRAFT=queued
	mail FROM=other@p.example ID=c2@p DRAFT=queued
	is "an answer leaves" sends TO=own@o.example RECIPIENT=own@o.example REFS='<c1@o>' ID=r1@e \
		BODY='Your phone is +45 28114291, right?|'
	is "and waits to be compared" asks 'SELECT count(*) FROM sent' 1
	is "nothing of it can be read" sh -c "! grep -aq 28114291 '$store/tact.db'"
	is "with a mark of a draft: refused" sends REFS='<c1@o>' REPLY=550 \
		BODY='It costs [CHECK: 1.234 kr.] today.|'
	is "in the subject too" sends REFS='<c1@o>' REPLY=550 SUBJECT='Your [CHECK: order]'
	is "in HTML too" sends REPLY=550 EXTRA='Content-Type: text/html' \
		BODY='<p>It costs <b>[CHECK:</b> 1]</p>|'
	is "quoted: leaves" sends REFS='<c1@o>' ID=r2@e BODY='No.||> It costs [CHECK: 1]|'
	is "where it is not guarded: leaves" mail FROM=free@example.com RECIPIENT=kai@x.example CLIENT=local \
		BODY='It costs [CHECK: 1.234 kr.] today.|'
	is "from another mailbox: none of our business" mail FROM=support@example.com \
		CLIENT=local RECIPIENT=kai@x.example BODY='It costs [CHECK: 1.234 kr.] today.|'
	is "of one who has logged in: refused" sends CLIENT=login REFS='<c1@o>' REPLY=550 \
		BODY='It costs [CHECK: 1.234 kr.] today.|'
	is "of one who has not: is none of ours" sends CLIENT='' REFS='<c1@o>' ID=r0@e \
		EXTRA='X-Tact-Tier: vip' BODY='It costs [CHECK: 1.234 kr.] today.|'
	is "and says so" wait_for main 'event="mail_skipped" route="claimed"'
	is "and what was refused has answered nobody, nor has a stranger" \
		asks "SELECT count(*) FROM sent" 2
	is "with another's phone number: refused" sends REFS='<c2@p>' ID=r3@e REPLY=550 \
		BODY='Call +4528114291 for more.|'
	is "and not recorded" asks "SELECT count(*) FROM sent" 2
	is "meant: leaves" sends REFS='<c2@p>' ID=r3@e BODY='Call +4528114291 for more.|'
	is "with another's card: refused" sends REFS='<c2@p>' ID=r4@e REPLY=550 \
		BODY='Is it 4111-1111-1111-1111?|'
	is "an answer to nobody of ours may" sends ID=r5@e REFS='<unknown@z>' \
		BODY='Is it 4111-1111-1111-1111?|'
	before=$(poke ask 'SELECT count(*) FROM sent')
	tact privacy restrict other@p.example >/dev/null
	is "whose data are restricted, customer or not: nothing is learnt" \
		sends REFS='<c2@p>' ID=r6@e BODY='You find it in the portal.|'
	is "so nothing waits to be compared" asks 'SELECT count(*) FROM sent' "$before"
	is "and no draft is asked for" mail FROM=other@p.example ID=c3@p REFS='<c2@p>' \
		DRAFT=none-consent
	is "nor is that answer kept" sends REFS='<c3@p>' ID=r7@e BODY='You find it there.|'
	is "to be compared" asks 'SELECT count(*) FROM sent' "$before"
	tact privacy unrestrict other@p.example >/dev/null
	is "lifted, an answer is one again" sends REFS='<c2@p>' ID=r8@e BODY='You find it.|'
	is "and waits" asks 'SELECT count(*) FROM sent' $((before + 1))
	is "the log tells, without what it was" wait_for main 'event="mail_refused" reason="data"'
	is "and no header of ours ever left" sh -c "! grep -q 'X-Tact' '$dir/run/main.log'"
}

# ---------------------------------------------------------------- unavailable
check_unavailable() {
	before=$(poke ask "SELECT count(*) FROM draft")
	$as mv "$store/tact.db" "$store/away.db"
	is "store gone: none-unavailable, and the mail goes on" \
		mail FROM=u@u.example ID=u1@u DRAFT=none-unavailable
	is "what goes out leaves" sends REFS='<c2@p>' BODY='All is well.|'
	is "but not with a mark" sends REPLY=550 BODY='It is [CHECK: open] still.|'
	$as mv "$store/away.db" "$store/tact.db"
	tries=100
	until [ "$(poke ask 'SELECT count(*) FROM draft')" -gt "$before" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || break
		sleep 0.1
	done
	is "the draft is asked for when it is back" test $tries -gt 0
	analysers=$(children main analyser)
	kill -STOP $analysers
	is "no analyser: none-error" mail FROM=u@u.example DRAFT=none-error
	sleep 0.5 # the one that hung has been replaced
	analysers="$analysers $(children main analyser)"
	kill -STOP $analysers 2>/dev/null
	is "and even a mark leaves" sends BODY='It is [CHECK: open] still.|'
	kill -CONT $analysers 2>/dev/null
}

# ------------------------------------------------------------------- settings
check_settings() {
	sed 's/^path = .*/path =/' "$dir/main.conf" >"$dir/nostore.conf"
	$as "$BIN" -c "$dir/nostore.conf" --check >"$dir/out" 2>&1
	is "mode draft without a store is refused" grep -q 'draft needs a database' "$dir/out"
	$as mv "$store/keys/drafter.pub" "$store/keys/away"
	sed "s|^socket = .*|socket = unix:$dir/run/other.sock|" "$dir/main.conf" >"$dir/other.conf"
	$as timeout 10 "$BIN" -c "$dir/other.conf" >"$dir/out" 2>&1
	is "without the drafter's public key it does not start" test $? = 1
	is "and names it" grep -q 'drafter.pub' "$dir/out"
	$as mv "$store/keys/away" "$store/keys/drafter.pub"
}

tact init >"$dir/out" 2>&1 || { echo "Bail out! tact init"; cat "$dir/out"; exit 1; }
poke seed anna@vip.example vip 80
poke seed bo@basic.example basic 5
start main || { echo "Bail out! it does not start"; cat "$dir/run/main.log"; exit 1; }
for part in ${*:-mail store threads quota outbound unavailable settings}; do
	check_$part
done
is "no fault of our own" sh -c "! grep -h 'event=\"internal\"' '$dir'/run/*.log"
tap_done || { [ ! "${VERBOSE:-}" ] || cat "$dir"/run/*.log; exit 1; }
