#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# With a store: who gets which tier, what is due, who answered; and what happens
# to mail when the store is locked, full, read-only, damaged, gone or another's
# (R-7). Speaks TAP.
#
#   LOCK_SECONDS=60 tests/scenario/store.sh [PART...]
# shellcheck disable=SC2046,SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
command -v miltertest >/dev/null || {
	skip "store" "miltertest is not installed"
	echo 1..1
	exit 0
}
for tool in "$BUILD/bin/tact" "$BUILD/tools/store-poke"; do
	[ -x "$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$tool" "$dir"
done

# with_store NAME FOLDER [LINE...]: $dir/NAME.conf with a store in FOLDER
with_store() {
	configure "$1" 'authserv_id = mx.test'
	{
		printf '[store]\npath = %s/tact.db\ntime_max = 1s\n' "$2"
		printf '[value]\ntime_zone = UTC\n'
		printf 'response = vip 2h;premium 8h;standard 24h;basic 48h;unknown 24h\n'
		shift 2
		printf '%s\n' "$@"
	} >>"$dir/$name.conf"
}

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

PASS='dmarc=pass header.from=vip.example'

# mail [NAME=VALUE...]: see store/mail.lua
mail() {
	FROM=anna@vip.example HELO='' ID=1@vip.example REFS='' AUTH='' EXTRA='' OUT=''
	RECIPIENT=support@example.com WANT=Status LACK=''
	for argument; do
		case $argument in
		FROM=*) FROM=${argument#*=} ;;
		HELO=*) HELO=${argument#*=} ;;
		ID=*) ID=${argument#*=} ;;
		REFS=*) REFS=${argument#*=} ;;
		AUTH=*) AUTH=${argument#*=} ;;
		EXTRA=*) EXTRA=${argument#*=} ;;
		OUT=*) OUT=${argument#*=} ;;
		RECIPIENT=*) RECIPIENT=${argument#*=} ;;
		WANT=*) WANT=${argument#*=} ;;
		LACK=*) LACK=${argument#*=} ;;
		esac
	done
	timeout 60 miltertest -D SOCKET="$SOCKET" -D PRELUDE="$PWD/tests/scenario/prelude.lua" \
		-D FROM="$FROM" -D HELO="$HELO" -D ID="$ID" -D REFS="$REFS" -D AUTH="$AUTH" -D EXTRA="$EXTRA" \
		-D OUT="$OUT" -D RECIPIENT="$RECIPIENT" -D WANT="$WANT" -D LACK="$LACK" \
		-s tests/scenario/store/mail.lua
}

KNOWN='Tier;Risk;Reply-By;Level;Contact;Trend'

# ------------------------------------------------------------------- tiers
check_tiers() {
	is "a VIP who proves it is one" \
		mail AUTH="$PASS" WANT='Tier=vip;Risk=high;Reply-By;Level;Contact=1'
	is "in another spelling too" mail ID=2@vip.example AUTH="$PASS" \
		FROM='Anna <Anna@VIP.Example>' WANT='Tier=vip'
	is "without proof the address is unverified" \
		mail ID=3@vip.example WANT='Tier=unverified;Reply-By' LACK='Risk;Trend'
	is "nor with a stranger's word for it" \
		mail ID=4@vip.example AUTH='dmarc=fail header.from=vip.example' \
		WANT='Tier=unverified' LACK='Risk;Trend'
	is "a name and a Reply-To borrow nothing" \
		mail ID=5@x FROM='anna@vip.example <eve@evil.example>' \
		AUTH='dmarc=pass header.from=evil.example' \
		EXTRA='Reply-To: anna@vip.example' WANT='Tier=unknown' LACK='Risk'
	is "nor does a plus-tag" \
		mail ID=6@x FROM=anna+vip@vip.example AUTH="$PASS" WANT='Tier=unknown' LACK='Risk'
	is "two addresses are nobody's" \
		mail ID=7@x FROM='anna@vip.example, eve@evil.example' AUTH="$PASS" \
		WANT='Tier=unknown' LACK='Risk'
	is "nor what a client's name made our own filters say" \
		mail ID=7a@x HELO='x);dkim=pass(x)header.d=vip.example;y=pass(' AUTH="$PASS" \
		WANT='Tier=unverified' LACK='Risk'
	is "a client's name as clients have it is no harm" \
		mail ID=7b@vip.example HELO='[IPv6:2001:db8::1]' AUTH="$PASS" WANT='Tier=vip'
	is "a customer of no worth is basic" \
		mail ID=8@x FROM=bo@basic.example AUTH='dmarc=pass header.from=basic.example' \
		WANT='Tier=basic;Risk=low'
	is "the level of an angry VIP has five stars" \
		mail ID=9@vip.example AUTH="$PASS" WANT='Level=*****'
	is "mail of a machine has none of it" \
		mail ID=10@vip.example AUTH="$PASS" EXTRA='Auto-Submitted: auto-replied' \
		WANT='Status=skipped-automated' LACK="$KNOWN"
	is "a forged tier is gone" mail ID=11@x FROM=finn@evil.example EXTRA='X-Tact-Tier: vip' \
		WANT='Tier=unknown'
	is "mode shadow shows nothing" mail ID=12@vip.example AUTH="$PASS" \
		RECIPIENT=shadow@example.com WANT='' LACK="Status;$KNOWN"
	is "but logs it" wait_for main 'tier="vip"'
	is "what was spoofed left no trace at the customer" \
		asks 'SELECT mails FROM profile WHERE customer = 1' 5
}

# ------------------------------------------------------------ one mail, once
check_once() {
	before=$(poke ask 'SELECT count(*) FROM mail')
	for i in 1 2 3; do
		is "delivered for the $i. time: contact 1" mail ID=retry@vip.example \
			AUTH="$PASS" WANT='Contact=1'
	done
	is "three deliveries are one row" \
		asks 'SELECT count(*) FROM mail' $((before + 1))
	is "another's mail with that Message-ID is another" mail ID=retry@vip.example \
		FROM=eve@evil.example WANT='Contact=1'
	is "and another row" asks 'SELECT count(*) FROM mail' $((before + 2))
}

# ----------------------------------------------------------------- threads
check_threads() {
	is "the first mail of a thread" mail ID=t1@x FROM=kai@x.example WANT='Contact=1'
	is "the second" mail ID=t2@x REFS='<t1@x>' FROM=kai@x.example WANT='Contact=2'
	is "the third" mail ID=t3@x REFS='<t1@x> <t2@x>' FROM=kai@x.example WANT='Contact=3'
	open='SELECT count(*) FROM thread WHERE answered_at IS NULL'
	before=$(poke ask "$open")
	is "an automatic reply answers nothing" mail ID=a0@example.com REFS='<t3@x>' \
		FROM=support@example.com RECIPIENT=kai@x.example OUT=1 WANT='' \
		EXTRA='Auto-Submitted: auto-replied' LACK="$KNOWN"
	is "the thread is open" asks "$open" "$before"
	is "mail of the mailbox answers it" mail ID=a1@example.com REFS='<t1@x> <t3@x>' \
		FROM=support@example.com RECIPIENT=kai@x.example OUT=1 WANT='' LACK="$KNOWN"
	is "the thread is answered" asks "$open" $((before - 1))
	is "an answer to the answer opens it again" mail ID=t4@x REFS='<a1@example.com>' \
		FROM=kai@x.example WANT='Contact=4'
	is "so it is open" asks "$open" "$before"
}

# ----------------------------------------------------------------- overdue
check_overdue() {
	mail ID=v1@x AUTH="$PASS"
	is "nothing is overdue yet" sh -c "$as '$dir/tact' overdue --config '$dir/main.conf' |
		grep -q 'nothing is overdue'"
	poke run 'UPDATE thread SET due_at = due_at - 100 * 3600'
	tact overdue >"$dir/out"
	is "tact overdue: the VIP comes first" sh -c "sed -n 2p '$dir/out' | grep -q '^vip '"
	is "and no address is shown" sh -c "! grep -q vip.example '$dir/out'"
	id=$(sed -n 's/.* id="\([a-z2-7]*\)".*/\1/p' "$dir/run/main.log" | tail -n 1)
	is "by the X-Tact-Id of its last mail" grep -q "${id:-none}" "$dir/out"
	is "and as JSON" sh -c "$as '$dir/tact' overdue --json --config '$dir/main.conf' |
		grep -q '\"by_tier\":{\"vip\":[1-9]'"
}

# -------------------------------------------------------------- objections
check_objection() {
	poke object olga@object.example
	rows='SELECT (SELECT count(*) FROM mail) + (SELECT count(*) FROM customer) +
		(SELECT count(*) FROM profile) + (SELECT count(*) FROM thread)'
	before=$(poke ask "$rows")
	is "who objected is not judged" mail ID=o1@x FROM=olga@object.example \
		AUTH='dmarc=pass header.from=object.example' \
		WANT='Status=skipped-objection;Reply-By' \
		LACK='Sentiment;Formality;Emotion;Language;Tier;Level;Trend;Contact'
	is "and nothing is kept" asks "$rows" "$before"
	is "who objects by mail" mail ID=o2@x FROM=per@asks.example \
		AUTH='dmarc=pass header.from=asks.example' WANT='Tier'
	is "to the address for it" mail ID=o3@x FROM=per@asks.example \
		AUTH='dmarc=pass header.from=asks.example' \
		RECIPIENT=support+objection@example.com WANT='Status=skipped-objection'
	is "is no longer known" asks "$rows" "$before"
	is "nor judged" mail ID=o4@x FROM=per@asks.example \
		AUTH='dmarc=pass header.from=asks.example' \
		WANT='Status=skipped-objection' LACK='Sentiment;Tier'
	is "another cannot object for anna" mail ID=o5@x \
		RECIPIENT=support+objection@example.com WANT='Tier=unverified'
	is "who is still a VIP" mail ID=o6@x AUTH="$PASS" WANT='Tier=vip'
}

# -------------------------------------------------------------------- H-5
# Addresses, ways to write From and verdicts; none may show a VIP.
check_spoofs() {
	[ -x "$dir/milter-spoof" ] || { skip "spoofs" "make tools first"; return; }
	own="SELECT (SELECT mails || hex(data) FROM profile WHERE customer = 1) ||
		' mails ' || (SELECT count(*) FROM mail WHERE customer = 1) ||
		' contacts ' || (SELECT sum(contacts) FROM thread WHERE customer = 1)"
	is "the proven one is told the tier" $as "$dir/milter-spoof" "$SOCKET" 0
	before=$(poke ask "$own")
	is "of 1,000 spoofs none is" $as "$dir/milter-spoof" "$SOCKET" 1000
	is "and the VIP's rows and profile are what they were" asks "$own" "$before"
}

# ------------------------------------------------------------------ faults

number=0
# One mail, its tags without the store, in at most a second and what this
# machine takes for a process of miltertest.
passes() {
	number=$((number + 1))
	is "$1: mail goes on with findings alone" mail ID="f$number@x" AUTH="$PASS" \
		EXTRA='X-Tact-Tier: vip' WANT='Status=scored' LACK="$KNOWN"
	took=$(sed -n 's/.* us=\([0-9]*\).*/\1/p' "$dir/run/main.log" | tail -n 1)
	is "$1: in at most a second (${took:-?} us)" test "${took:-9999999}" -le 1000000
	is "$1: again, at once" mail ID="f$number-2@x" AUTH="$PASS" WANT='Status=scored' LACK="$KNOWN"
	is "$1: tact status says so" says_unavailable
}

# The status file is a few seconds old.
says_unavailable() {
	tries=60
	until ! tact status >"$dir/out" && grep -q 'store is unavailable' "$dir/out"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { sed 's/^/# /' "$dir/out"; return 1; }
		sleep 0.1
	done
}

has_tier() {
	number=$((number + 1))
	mail ID="g$number@x" AUTH="$PASS" WANT='Tier=vip' >/dev/null 2>&1
}

# recovers NAME: within 5 s of the repair
recovers() {
	tries=50
	until has_tier; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || break
		sleep 0.1
	done
	is "$1: the store is used again within 5 s" test $tries -gt 0
	is "$1: and nothing is wrong any more" wait_good
}

wait_good() {
	tries=60
	until tact status >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.1
	done
}

# lines CAUSE MAXIMUM: of that cause in the log
lines() {
	n=$(grep 'event="store_unavailable"' "$dir/run/main.log" | grep -c "cause=\"$1\"")
	[ "$n" -ge 1 ] && [ "$n" -le "$2" ] || { echo "# $1: $n lines"; return 1; }
}

wait_locked() {
	tries=100
	until grep -q locked "$dir/lock.out"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

check_locked() {
	: >"$dir/lock.out"
	poke lock "${LOCK_SECONDS:-6}000" >"$dir/lock.out" &
	locker=$!
	is "locked: another holds the lock" wait_locked
	passes locked
	wait $locker
	recovers locked
	is "locked: one line in the log" lines busy $((${LOCK_SECONDS:-6} / 60 + 1))
	is "locked: mail of that time is kept later" \
		asks "SELECT count(*) > 1 FROM mail WHERE customer = 1" 1
}

check_garbage() {
	cp -p "$store/tact.db" "$dir/kept.db"
	head -c 65536 /dev/urandom >"$dir/garbage"
	$as sh -c "dd if='$dir/garbage' of='$store/tact.db' conv=notrunc 2>/dev/null"
	passes garbage
	$as sh -c "cat '$dir/kept.db' >'$store/tact.db'"
	recovers garbage
}

check_deleted() {
	$as mv "$store/tact.db" "$store/away.db"
	passes deleted
	$as mv "$store/away.db" "$store/tact.db"
	recovers deleted
}

check_folder() {
	$as mv "$store" "$store.away"
	passes "its folder gone"
	$as cp -a "$store.away" "$store"
	recovers "its folder made anew"
	$as rm -r "$store.away"
}

check_replaced() {
	$as sh -c "cp -p '$store/tact.db' '$store/copy.db' && mv '$store/copy.db' '$store/tact.db'"
	recovers "replaced by a copy"
}

check_modes() {
	chmod 644 "$store/tact.db"
	passes "open to others"
	chmod 600 "$store/tact.db"
	recovers "open to others"
	is "open to others: one line in the log" lines unsafe 1
	[ "$(id -u)" = 0 ] || { skip "wrong owner" "not root"; return; }
	chown daemon "$store/tact.db"
	passes "wrong owner"
	chown "$user" "$store/tact.db"
	recovers "wrong owner"
}

check_killed() {
	kill -9 "$(children main keeper)"
	is "keeper killed: another takes its place" wait_for main 'event="keeper_ended"'
	recovers "keeper killed"
	is "keeper killed: there is one" test "$(children main keeper | wc -l)" = 1
	kill -STOP "$(children main keeper)"
	passes "keeper stopped"
	kill -CONT "$(children main keeper)"
	recovers "keeper stopped"
}

check_reload() {
	kill -USR1 "$(pid_of main)"
	is "reload: done" wait_for main 'event="reloaded"'
	recovers reload
	sleep 3.5
	is "reload: one keeper is left" test "$(children main keeper | wc -l)" = 1
}

# What was told a tier is on the disk, though the keeper is killed and all
# processes are replaced under load.
check_load() {
	for tool in milter-load bench-mails; do
		[ -x "$BUILD/tools/$tool" ] || { skip "load" "make tools first"; return; }
		cp "$BUILD/tools/$tool" "$dir"
	done
	"$dir/bench-mails" "$dir/mails" >/dev/null
	chmod -R a+rX "$dir/mails"
	before=$(poke ask 'SELECT count(*) FROM mail')
	$as "$dir/milter-load" -c 8 -n 1500 -u load -r '<support@example.com>' \
		"$SOCKET" "$dir"/mails/1k/*.eml >"$dir/load.out" &
	loader=$!
	for _ in 1 2 3; do
		sleep 0.7
		kill -USR1 "$(pid_of main)"
		sleep 0.7
		kill -9 $(children main keeper) 2>/dev/null
	done
	wait $loader
	sed 's/^/# /' "$dir/load.out"
	told=$(sed -n 's/.* tiers=\([0-9]*\).*/\1/p' "$dir/load.out")
	is "load: no mail failed" grep -q ' failed=0 ' "$dir/load.out"
	is "load: many were told a tier" test "${told:-0}" -gt 50
	sleep 2
	kept=$(($(poke ask 'SELECT count(*) FROM mail') - before))
	is "load: of $told that were told one, all are kept ($kept)" test "$kept" -ge "${told:-9999}"
	is "load: and none twice" test "$kept" -le 1500
	recovers load
}

# A file system of its own: full, and read-only.
check_disk() {
	[ "$(id -u)" = 0 ] && mkdir "$dir/disk" && mount -t tmpfs -o size=1m,mode=755 none "$dir/disk" 2>/dev/null || {
		skip "disk full, read-only" "cannot mount"
		return
	}
	kill -TERM "$(pid_of main)"
	ended main
	mkdir -m 700 "$dir/disk/s"
	chown "$user" "$dir/disk/s"
	with_store main "$dir/disk/s"
	tact init >"$dir/out" 2>&1 || sed 's/^/# /' "$dir/out"
	poke seed anna@vip.example vip 80
	start main
	store=$dir/disk/s
	$as dd if=/dev/zero of="$store/filler" bs=1k 2>/dev/null
	passes full
	rm "$store/filler"
	recovers full
	is "full: one line in the log" lines full 1
	mount --bind "$store" "$store" && mount -o remount,ro,bind "$store" && passes read-only
	umount "$store" && recovers read-only
	kill -TERM "$(pid_of main)"
	ended main
	umount "$dir/disk"
}

cleanup_disk() {
	umount "$dir/disk/s" 2>/dev/null
	umount -l "$dir/disk" 2>/dev/null
	cleanup
}
trap cleanup_disk EXIT

check_keys() {
	with_store nokeys "$dir/run/nostore"
	sed -i 's|^socket = .*|socket = unix:'"$dir"'/run/other.sock|' "$dir/nokeys.conf"
	$as timeout 10 "$BIN" -c "$dir/nokeys.conf" >"$dir/out" 2>&1
	is "without keys it does not start" test $? = 1
	is "and says what to do" grep -q 'tact init' "$dir/out"
}

store=$dir/run/store
with_store main "$store"
if [ -x "$BUILD/tools/milter-spoof" ]; then cp "$BUILD/tools/milter-spoof" "$dir"; fi
tact init >"$dir/out" 2>&1 || { echo "Bail out! tact init"; cat "$dir/out"; exit 1; }
poke seed anna@vip.example vip 80
poke seed bo@basic.example basic 5
start main || { echo "Bail out! it does not start"; cat "$dir/run/main.log"; exit 1; }
for part in ${*:-tiers once threads overdue objection spoofs locked garbage deleted folder replaced modes killed reload load keys disk}; do
	check_$part
done
is "no fault of our own" sh -c "! grep -h 'event=\"internal\"' '$dir'/run/*.log"
tap_done || { [ ! "${VERBOSE:-}" ] || cat "$dir"/run/*.log; exit 1; }
