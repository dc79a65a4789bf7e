#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tact-drafter by itself: what it says is missing, one at a time, signals,
# reloads, drafts into a Maildir and the queue, a model that answers, misbehaves
# or is silent, what is stale, a store in the way, and no network at all where
# none is asked for (L-12). Speaks TAP.
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
for tool in bin/tact bin/tact-drafter tools/draft-make tools/store-poke tools/model-server; do
	[ -x "$BUILD/$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$BUILD/$tool" "$dir"
done
mkdir -p "$dir/run/state" "$dir/run/md/.Drafts/cur" "$dir/run/md/.Drafts/new" "$dir/run/md/.Drafts/tmp" "$dir/run/model/requests"
chmod 700 "$dir/run/state"
[ "$(id -u)" != 0 ] || chown -R "$user" "$dir/run"
drafts=$dir/run/md/.Drafts
log=$dir/run/drafter.log

cat >"$dir/mail.eml" <<'MAIL'
From: Anna Holm <anna@N@@kunde.example>
To: support@example.com
Subject: Glemt adgangskode
Message-ID: <m@N@@kunde.example>
Date: Sun, 22 Nov 2026 05:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hej, jeg har glemt min adgangskode og kan ikke logge ind. Hvordan nulstiller
jeg adgangskoden? Det er ordre @N@.

Venlig hilsen
Anna Holm
MAIL
sed 's/@N@@kunde/9@kunde/; s/^Message-ID.*/Message-ID: <again@kunde.example>\nIn-Reply-To: <m9@kunde.example>\nReferences: <m9@kunde.example>/' \
	"$dir/mail.eml" >"$dir/again.eml"
chmod a+r "$dir"/*.eml

# config NAME [LINE...]: with lines for [drafter]
config() {
	name=$1
	shift
	{
		printf '[analysis]\nrules = %s/rules;%s/run/own\n' "$dir" "$dir"
		printf '[store]\npath = %s/run/state/tact.db\ntime_max = 300ms\n' "$dir"
		printf '[drafter]\nstatus_file = %s/run/status.json\n' "$dir"
		printf '%s\n' "$@"
		printf '[mailbox support@example.com]\nmode = draft\ndelivery = maildir\nmaildir = %s\n' "$drafts"
		printf 'from_name = Support\ndraft_quota = 0\n'
		printf '[mailbox queue@example.com]\nmode = draft\ndraft_quota = 0\n'
		printf '[log]\nlevel = debug\n'
	} >"$dir/$name.conf"
}
config main
conf=$dir/main.conf
drafter() { $as "$dir/tact-drafter" -c "$conf" "$@"; }
# once: what it logged is in $log
once() { timeout 60 $as "$dir/tact-drafter" -c "$conf" --once 2>"$log"; }
# make NUMBER [MAILBOX [FILE]]: prints the draft's id
make_draft() { $as "$dir/draft-make" "$conf" "${2:-support@example.com}" "${3:-$dir/mail.eml}" "$1"; }
poke() { $as "$dir/store-poke" "$conf" "$@"; }
state() { poke ask "SELECT state FROM draft WHERE public_id = '$1'"; }
# begin: it runs; its pid is in $pid
begin() {
	: >"$log"
	$as "$dir/tact-drafter" -c "$conf" 2>>"$log" &
	pid=$!
	echo $pid >"$dir/run/drafter.pid"
	wait_for drafter drafter_started
}
# gone SECONDS: it has ended by then
gone() {
	tries=$(($1 * 20))
	while kill -0 $pid 2>/dev/null; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}
lies() { find "$drafts" -type f -name "tact.$1*"; }

# --- what is missing is said
says() {
	what=$1 wanted=$2
	shift 2
	if "$@" >"$dir/out" 2>&1; then
		not_ok "$what: was accepted"
	elif grep -q -- "$wanted" "$dir/out"; then
		ok "$what"
	else
		not_ok "$what"
		sed 's/^/# /' "$dir/out"
	fi
}
says 'without a database it says so' 'no such file\|cannot\|tact init\|No such' drafter --check
$as "$dir/tact" init --config "$conf" >/dev/null || { echo 'Bail out! tact init'; exit 1; }
is 'all is there' drafter --check
[ "$(id -u)" != 0 ] || says 'root is refused' 'refuses to run as root' "$dir/tact-drafter" -c "$conf"
$as mv "$dir/run/state/keys/drafter.key" "$dir/run/state/keys/away"
says 'a missing key is named' 'drafter.key' drafter --check
$as mv "$dir/run/state/keys/away" "$dir/run/state/keys/drafter.key"
config bad "engine = model" "base_url = http://10.0.0.1/v1" "model = m"
says 'plain http to another host is refused' 'bad.conf: \[mailbox support@example.com\] base_url .*http' $as "$dir/tact-drafter" -c "$dir/bad.conf" --check
config bad
sed -i 's,^delivery = maildir$,delivery = imap\nimap_url = imaps://localhost:1\nimap_password_file = /nonexistent,' "$dir/bad.conf"
says 'a password file that is not there is named, with file and line' 'bad.conf:[0-9]*: .*imap_password_file: /nonexistent' $as "$dir/tact-drafter" -c "$dir/bad.conf" --check
# bad EXPRESSION NAME WANTED: as main, but for what sed does to it
bad() {
	config bad
	sed -i "$1" "$dir/bad.conf"
	says "$2" "$3" $as "$dir/tact-drafter" -c "$dir/bad.conf" --check
	same 'and its mailbox once' 1 "$(grep -o 'support@example.com' "$dir/out" | wc -l)"
}
bad 's,^delivery = .*,delivery = imap,' 'a setting that is missing is named' 'bad.conf: \[mailbox support@example.com\] delivery = imap: imap_url is not set$'
bad "s,^maildir = .*,maildir = $dir/run/none," 'a Maildir that is not there, with its line' "bad.conf:[0-9]*: .* maildir: $dir/run/none/: No such file"
$as mkdir -p "$dir/run/some/new" "$dir/run/some/cur"
bad "s,^maildir = .*,maildir = $dir/run/some," 'one that is half of one' "maildir: $dir/run/some/tmp: No such file"
$as mkdir -m 500 "$dir/run/some/tmp"
bad "s,^maildir = .*,maildir = $dir/run/some," 'one that is closed to us' "maildir: $dir/run/some/tmp: Permission denied; .*user $user has"
says 'an unknown option is refused' 'usage: tact-drafter' drafter --frobnicate

# --- drafts, and nothing of ours in them
first=$(make_draft 1)
kept=$(make_draft 2 queue@example.com)
$as mkdir -p "$dir/run/own"
once
same 'a draft is delivered' 4 "$(state "$first")"
same 'it lies in the Maildir, a draft and not read' D "$(lies "$first" | sed 's/.*:2,//')"
same 'one of a queue waits' 5 "$(state "$kept")"
is 'a draft is To the customer alone' [ "$(grep -ciE '^(to|cc|bcc|reply-to):' "$(lies "$first")")" = 1 ]
if grep -iE 'x-tact|tier|sentiment|score|frustrat|template/|greeting/' "$(lies "$first")" >"$dir/out"; then
	not_ok 'nothing internal is in a draft (H-9)'
	sed 's/^/# /' "$dir/out"
else
	ok 'nothing internal is in a draft (H-9)'
fi
same 'the index has the articles' "$(find "$dir/rules/knowledge" -name '*.md' ! -name README.md | wc -l)" "$(poke ask 'SELECT count(*) FROM article')"
is 'the status file tells of them' grep -q '"delivered":1,"ready":1' "$dir/run/status.json"
held=$(make_draft 77)
$as mv "$drafts" "$drafts.away"
once
is 'one whose Maildir is away is told as held' grep -q '"held":1' "$dir/run/status.json"
$as mv "$drafts.away" "$drafts"
$as "$dir/tact" draft retry "$held" --config "$conf" >/dev/null
once
same 'and delivered when it is back' 4 "$(state "$held")"
is 'held is none' grep -q '"held":0' "$dir/run/status.json"

# --- without a network, and asking for none
if command -v strace >/dev/null && [ "$(id -u)" = 0 ]; then
	traced=$(make_draft 3)
	strace -f -qq -e trace=socket,connect,sendto -o "$dir/trace" $as "$dir/tact-drafter" -c "$conf" --once 2>"$log"
	is 'templates need no socket of the internet (L-12)' [ "$(grep -cE 'AF_INET6?' "$dir/trace")" = 0 ]
	same 'and make the draft' 4 "$(state "$traced")"
else
	skip 'templates need no socket of the internet (L-12)' 'needs strace and root'
fi

# --- one at a time
begin
says 'a second drafter is refused' 'another tact-drafter works on this' $as "$dir/tact-drafter" -c "$conf"

# --- signals
kill -HUP $pid
is 'SIGHUP is ignored' wait_for drafter hangup_ignored
$as mkdir -p "$dir/run/own/knowledge/da"
printf -- '---\ntitle: Frugtkurve\ntags: frugtkurv\nasks: frugtkurv\n---\n## Short\nFrugtkurven kommer om morgenen.\n' |
	$as tee "$dir/run/own/knowledge/da/frugt.md" >/dev/null
kill -USR1 $pid
is 'SIGUSR1 reads articles again' wait_for drafter 'knowledge_indexed" added=1'
i=0
while [ $i -lt 170 ]; do
	i=$((i + 1))
	printf -- '---\ntitle: Kurv %s\ntags: kurv%s\n---\n## Short\nDen kommer.\n' $i $i >"$dir/run/own/knowledge/da/kurv$i.md"
done
chmod a+r "$dir"/run/own/knowledge/da/*.md
kill -USR1 $pid
is '170 more are in four steps, and mail waits for none but one' \
	wait_for drafter 'knowledge_indexed" added=170 .* commits=4'
config main 'engine = magic'
kill -USR1 $pid
is 'a bad setting is told' wait_for drafter reload_failed
config main
live=$(make_draft 4)
is 'and the old one works on' wait_for drafter "draft_delivered\" id=\"$live"
kill -TERM $pid
is 'SIGTERM ends it at once' gone 3
is 'and it says so' grep -q 'event="stopped"' "$log"

# --- one thread, one draft; a newer mail supersedes
old=$(make_draft 9)
once
new=$(make_draft 9 support@example.com "$dir/again.eml")
once
same 'a newer mail supersedes' 7 "$(state "$old")"
same 'its draft is taken back' '' "$(lies "$old")"
is 'and the newer one is there' [ -n "$(lies "$new")" ]

# --- stale
stale=$(make_draft 10)
touched=$(make_draft 11)
once
echo 'Kære Anna' >>"$(lies "$touched")"
poke run "UPDATE draft SET created_at = created_at - 1300000, mail_at = mail_at - 1300000 WHERE public_id IN ('$stale', '$touched')" 2>/dev/null ||
	poke run "UPDATE draft SET created_at = created_at - 1300000 WHERE public_id IN ('$stale', '$touched')"
once
same 'a stale draft is closed' 7 "$(state "$stale")"
same 'and taken back' '' "$(lies "$stale")"
is 'but not if somebody touched it' [ -n "$(lies "$touched")" ]
is 'its text is erased' [ "$(poke ask "SELECT count(*) FROM draft_text WHERE draft = (SELECT id FROM draft WHERE public_id = '$stale')" 2>/dev/null || echo 0)" = 0 ]

# --- a store in the way
begin
# Stopped at a moment when it has no lock itself.
for _ in $(seq 25); do
	kill -STOP $pid
	busy=$(make_draft 12) && break
	kill -CONT $pid
	sleep 0.2
done
is 'a draft is asked for' [ -n "$busy" ]
poke lock 3000 >"$dir/run/lock.log" &
locker=$!
is 'another locks the store' wait_for lock locked
kill -CONT $pid
is 'a locked store is told' wait_for drafter store_unavailable
wait $locker
is 'a draft waits for a locked store, and is made' wait_for drafter "draft_delivered\" id=\"$busy" 15
kill -TERM $pid
gone 3 || kill -9 $pid

# --- another file in the store's place
$as cp -p "$dir/run/state/tact.db" "$dir/run/state/copy"
begin
$as mv "$dir/run/state/copy" "$dir/run/state/tact.db"
is 'a database that was replaced is told' wait_for drafter store_unavailable
late=$(make_draft 15)
is 'and what is asked for in the new one is made' wait_for drafter "draft_delivered\" id=\"$late" 15
$as mv "$dir/run/state/tact.db" "$dir/run/state/away"
is 'so is one that was taken away' sh -c "sleep 2; tail -n 1 '$log' | grep -q store_unavailable"
$as mv "$dir/run/state/away" "$dir/run/state/tact.db"
is 'until it is back' sh -c "sleep 3; tail -n 1 '$log' | grep -q store_available"
kill -TERM $pid
gone 3 || kill -9 $pid

# --- what cannot be opened does not stop the others
broken=$(make_draft 13)
poke run "UPDATE draft SET material = x'00112233' WHERE public_id = '$broken'" 2>/dev/null ||
	poke run "UPDATE draft_text SET material = x'00112233' WHERE draft = (SELECT id FROM draft WHERE public_id = '$broken')"
after=$(make_draft 14)
once
same 'a damaged text is stuck' 6 "$(state "$broken")"
same 'and holds up nobody' 4 "$(state "$after")"

# --- a model
model_start
# model NAME NUMBER: a draft by that model; its row is "ENGINE REASON"
model() {
	config main 'engine = model' "base_url = $url" "model = $1"
	id=$(make_draft "$2")
	once
	row=$(poke ask "SELECT engine || ' ' || reason FROM draft WHERE public_id = '$id'")
}
model ok 20
same 'a model writes' 'model ' "$row"
is 'its text is in the draft' grep -q 'en kollega vender tilbage' "$(lies "$id")"
is 'the address did not leave the host' [ "$(grep -rlc 'anna20@kunde' "$dir/run/model/requests" | wc -l)" = 0 ]
for case in empty:llm-empty refusal:llm-refused not-json:llm-not-json status-401:llm-status-401 redirect-302:llm-redirect \
	'say Se https://evil.example/x:check-unknown-url' 'say Hej Bo, vi refunderer det hele:check-promise' \
	'say Dear Sir or Madam, thank you very much for the message about your password which we have read with interest:check-language'; do
	model "${case%:*}" $((${n:=20} + 1))
	n=$((n + 1))
	same "${case%%:*}: the template's reply, and why" "template ${case##*:}" "$row"
done
english='say Dear Sir or Madam, thank you very much for the message about your password which we have read with interest'
# of ID COLUMN
of() { poke ask "SELECT $2 FROM draft WHERE public_id = '$1'"; }
# last_asked: the file of the newest request
last_asked() { find "$dir/run/model/requests" -type f | sort -V | tail -n 1; }
same 'in another language it was asked once more, and booked' 2 "$(of "$id" calls)"
is 'in stronger words' grep -q 'Your last draft was not in Danish' "$(last_asked)"
is 'which the first request had not' [ "$(grep -rlc 'Your last draft was not' "$dir/run/model/requests" | wc -l)" = 1 ]
printf '%s\nok\n' "$english" >"$dir/run/model/script"
mkdir -p "$dir/run/second"
chmod 777 "$dir/run/second"
mkfifo "$dir/run/in2"
"$dir/model-server" --script "$dir/run/model/script" "$dir/run/second" <"$dir/run/in2" >"$dir/run/second/out" 2>&1 &
exec 8>"$dir/run/in2"
until grep -q ready "$dir/run/second/out"; do sleep 0.05; done
first_url=$url
url=http://127.0.0.1:$(sed -n 's/^ready //p' "$dir/run/second/out")/v1
model scripted 38
same 'right the second time, it is the model that writes' 'model  2' "$row $(of "$id" calls)"
exec 8>&-
url=$first_url
config main 'engine = model' "base_url = $url" "model = $english" \
	"calls_per_day = $(($(poke ask 'SELECT sum(calls) FROM budget') + 1))"
id=$(make_draft 39)
once
same 'with a budget for one request it is not asked again' 'template check-language 1' \
	"$(of "$id" "engine || ' ' || reason || ' ' || calls")"
config main 'engine = model' "base_url = $url" "model = $english"
sed -i '/^\[mailbox support@example.com\]/a calls_per_writer = 1' "$conf"
id=$(make_draft 37)
once
same 'nor when the writer has one request a day' 'template check-language 1' \
	"$(of "$id" "engine || ' ' || reason || ' ' || calls")"
is 'and it is said' grep -q "writer's budget is spent" "$log"
model 'say Det koster 999 kr. at nulstille adgangskoden, Anna.' 40
same 'an invented amount is marked' 'model ' "$row"
is 'for all to see' grep -q 'CHECK: 999 kr' "$(lies "$id")"
# --- a model that is away: the draft waits, but not for ever
config main 'engine = model' 'base_url = http://127.0.0.1:9/v1' 'model = away'
away=$(make_draft 42)
once
same 'a model that is away is asked again later' 0 "$(state "$away")"
for i in 2 3 4 5 6; do
	[ "$i" != 4 ] || config main 'engine = model' 'base_url = http://127.0.0.1:10/v1' 'model = away'
	# On a slow machine one run may have tried twice, and it be over.
	poke run "UPDATE draft SET next_at = 1 WHERE public_id = '$away' AND state = 0"
	once
done
same 'six times, then the template answers' 'template llm-network' \
	"$(poke ask "SELECT engine || ' ' || reason FROM draft WHERE public_id = '$away'")"
same 'all that left in six requests is told, wherever it went' 1 \
	"$($as "$dir/tact" draft show "$away" --config "$conf" | grep -c '^left host  *http://127.0.0.1:9 .*; http://127.0.0.1:10 .*(6 requests)$')"
config main 'engine = model' "base_url = $url" 'model = silent'
quiet=$(make_draft 41)
begin
sleep 1
kill -TERM $pid
is 'SIGTERM breaks off a question to a model' gone 3
is 'and it ends as it should' grep -q 'event="stopped"' "$log"
same 'its draft is under way' 1 "$(state "$quiet")"
config main
once
same 'and is made by the next one' 4 "$(state "$quiet")"
# --- a store in the way of a draft under way: it is not lost until a restart
config main 'engine = model' "base_url = $url" 'model = silent' 'connect_time_max = 1s' 'first_byte_time_max = 2s'
held=$(make_draft 43)
begin
sleep 1
poke lock 4000 >"$dir/run/lock.log" &
locker=$!
is 'a store that locks under way is told' wait_for drafter store_unavailable
wait $locker
is 'it is taken back when the store works' wait_for drafter drafts_taken_back 15
config main
kill -USR1 $pid
is 'and is made without a restart' wait_for drafter "draft_delivered\" id=\"$held" 20
kill -TERM $pid
gone 3 || kill -9 $pid
config main
exec 9>&-
tap_done
