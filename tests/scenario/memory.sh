#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A process runs out of memory (R-6): whichever allocation of a filter, an
# analyser, the keeper or the drafter fails, once or with all after it, mail is
# tagged, has the status of an error or comes again; what was acknowledged is
# there; and soon all is as before. Speaks TAP.
#
#   TURNS=0 DRAFTS=300 STARTS=100 tests/scenario/memory.sh [PART...]
#
# TURNS: of the allocations of two mails so many, spread evenly; 0: each. DRAFTS
# and STARTS: of those of a draft, of the drafter's start.
# shellcheck disable=SC2048,SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
TURNS=${TURNS:-8} DRAFTS=${DRAFTS:-2} STARTS=${STARTS:-2}
. tests/scenario/lib.sh
for tool in bin/tact bin/tact-drafter tools/store-poke tools/draft-make tools/starve tools/milter-starve tools/model-server; do
	[ -x "$BUILD/$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$BUILD/$tool" "$dir"
done
${CC:-cc} -shared -fPIC -O2 -std=c17 -D_GNU_SOURCE -Itests/lib \
	-o "$dir/starve.so" tests/scenario/starve.c tests/lib/starve.c || { echo 'Bail out! starve.c'; exit 1; }
alone=$as

# Everything that a reader may need memory for: a character set, HTML.
cat >"$dir/mail.eml" <<'MAIL'
From: Anna Holm <anna@N@@kunde@N@.example>
To: support@example.com
Subject: =?iso-8859-1?Q?Glemt_adgangskode_p=E5_portalen?=
Message-ID: <m@N@@kunde.example>
Date: Sun, 22 Nov 2026 05:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><body><p>Hej, jeg har glemt min <b>adgangskode</b> og kan ikke logge ind p=
=E5 portalen. Hvordan nulstiller jeg adgangskoden? Det er ordre @N@.</p>
<p>Venlig hilsen<br>Anna Holm</p></body></html>
MAIL
sed '1s/^/X-Tact-Tier: vip\n/' "$dir/mail.eml" >"$dir/forged.eml"
chmod a+r "$dir"/*.eml

# site NAME: a configuration and a store of its own
site() {
	SOCKET=unix:$dir/run/$1.sock
	configure "$1" "authserv_id = mx.test; filters = 4; analysers = 4"
	$as mkdir -m 700 "$dir/run/$1.state" "$dir/run/$1.md"
	$as mkdir "$dir/run/$1.md/cur" "$dir/run/$1.md/new" "$dir/run/$1.md/tmp"
	sed -i -e "s|^status_file = .*|status_file = $dir/run/$1.json|" \
		-e '/^\[mailbox support/,/^$/d' "$dir/$1.conf"
	cat >>"$dir/$1.conf" <<-END
		[store]
		path = $dir/run/$1.state/tact.db
		time_max = 1s
		[drafter]
		calls_per_day = 1000000
		tokens_per_day = 1000000000
		status_file = $dir/run/$1.drafter.json
		words_min = 3
		[mailbox support@example.com]
		mode = draft
		delivery = maildir
		maildir = $dir/run/$1.md
		from_name = Support
		draft_quota = 0
		draft_quota_domain = 0
	END
	$as "$dir/tact" init --config "$dir/$1.conf" >"$dir/out" ||
		{ echo 'Bail out! tact init'; cat "$dir/out"; exit 1; }
}

# control NAME: what rules its memory
control() {
	$alone sh -c "head -c 4096 /dev/zero >'$dir/run/$1.starve'"
}

# begin NAME: a tact-milter of that name
begin() {
	site "$1"
	control "$1"
	as="$alone env STARVE=$dir/run/$1.starve LD_PRELOAD=$dir/starve.so"
	start "$1" || { echo "Bail out! it does not start"; cat "$dir/run/$1.log"; exit 1; }
	as=$alone
}

poke() {
	at=$1
	shift
	$alone "$dir/store-poke" "$dir/$at.conf" "$@"
}

# ----------------------------------------------------------- the milter's parts
# starve PART KIND TURNS [MAIL [NAME]]: told as NAME, or as KIND
starve() {
	$as timeout 3000 "$dir/milter-starve" "$dir/run/$1.starve" "unix:$dir/run/$1.sock" \
		"tact-$1" "$2" "$3" support@example.com "$dir/${4:-mail}.eml" \
		"$dir/run/$1.ids" >"$dir/run/$1.${5:-$2}" 2>&1
}

whole() {
	[ "$(children "$1" filter | wc -l)" = 4 ] &&
		[ "$(children "$1" analyser | wc -l)" = 16 ] &&
		[ "$(children "$1" keeper | wc -l)" = 1 ]
}

# soon COMMAND...: within the longest wait before a process is started again
soon() {
	tries=80
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.1
	done
}

# renew PART: one of its processes is killed, and started again
renew() {
	kill -9 "$(children "$1" "$1" | head -n 1)"
	sleep 0.1
	soon whole "$1"
}

# starts PART: what the start of a process takes fails; and then all of them are
# there again. One that hangs there is found at the end, by who waits for it.
starts() {
	ruled=$dir/run/$1.starve i=0 hit=0 lame=0
	$as "$dir/starve" "$ruled" "tact-$1" 0
	renew "$1" || lame=1
	n=$($as "$dir/starve" "$ruled")
	n=${n% *}
	times=$((n < STARTS ? n : STARTS))
	while [ $i -lt $times ]; do
		$as "$dir/starve" "$ruled" "tact-$1" $((1 + i * n / times))
		renew "$1" || lame=$((lame + 1))
		failed=$($as "$dir/starve" "$ruled")
		[ "${failed#* }" = 0 ] || hit=$((hit + 1))
		i=$((i + 1))
	done
	echo "n=$n turns=$times hit=$hit lame=$lame" >"$dir/run/$1.starts"
}

# First what a connection begins with: one that libmilter closes without a word
# is not waited for when it drains.
work_filter() {
	starts filter
	starve filter once 1-3 mail first
	kill -USR1 "$(pid_of filter)"
	wait_for filter 'event="reloaded"' && : >"$dir/run/filter.reloaded"
	starve filter once "$TURNS" forged
	starve filter lasting "$TURNS"
	starve filter all 1
}

work_analyser() {
	starts analyser
	starve analyser once $((TURNS * 3))
	starve analyser lasting $((TURNS * 3))
	starve analyser all 1
}

# It is started again later and later: two seconds, at last.
work_keeper() {
	starts keeper
	starve keeper once $(((TURNS + 1) / 2))
	starve keeper lasting $(((TURNS + 1) / 2))
	starve keeper all 1
}

# figure PART KIND NAME
figure() {
	sed -n "s/.*\b$3=\([0-9]*\).*/\1/p" "$dir/run/$1.$2"
}

# none PART KIND WHAT...: no mail was answered so
none() {
	part=$1 kind=$2
	shift 2
	for what; do
		[ "$(figure "$part" "$kind" "$what")" = 0 ] || return 1
	done
}

# judge PART LEAST [WHAT...]: what its mails never had, other than faults; of
# two mails' allocations there are at least so many
judge() {
	part=$1 least=$2
	shift 2
	sed "s/^/# $part starts /" "$dir/run/$part.starts"
	n=$(figure "$part" starts turns)
	is "$part: whatever its start lacks, it is soon there" test "${n:-0}" -ge 1 -a \
		"$(figure "$part" starts hit)" = "$n" -a "$(figure "$part" starts lame)" = 0
	kinds='once lasting all'
	[ "$part" != filter ] || kinds="first $kinds"
	for kind in $kinds; do
		sed "s/^/# $part $kind /" "$dir/run/$part.$kind"
		n=$(figure "$part" $kind n)
		is "$part, $kind: $n allocations, of which some failed" \
			test "${n:-0}" -ge "$least" -a "$(figure "$part" "$kind" hit)" -gt \
			$(($(figure "$part" "$kind" turns) / 2))
		is "$part, $kind: no mail half tagged, rejected or unanswered${1:+, nor $*}" \
			none "$part" "$kind" half rejected silent "$@"
		is "$part, $kind: tagged as ever soon after" none "$part" "$kind" lame
	done
	is "$part: the supervisor is there" kill -0 "$(pid_of "$part")"
	is "$part: and all its processes" soon whole "$part"
	stored "$part"
	kill -TERM "$(pid_of "$part")"
	is "$part: SIGTERM ends it" ended "$part"
	is "$part: nothing hung" \
		sh -c "! grep -E 'analyser_hung|filter_stuck|filter_cut' '$dir/run/$part.log'"
}

# stored PART: the store is whole, what was acknowledged is there, and once
stored() {
	same "$1: the store is whole" ok "$(poke "$1" ask 'PRAGMA integrity_check')"
	poke "$1" ask 'SELECT group_concat(public_id, char(10)) FROM draft' | sort >"$dir/run/$1.there"
	n=$(wc -l <"$dir/run/$1.ids")
	same "$1: each of $n drafts that were promised is there" '' \
		"$(grep -v again "$dir/run/$1.ids" | sort | comm -23 - "$dir/run/$1.there")"
	is "$1: of a mail that came again, too" test "$(wc -l <"$dir/run/$1.there")" -ge "$n"
	same "$1: and no mail has two" 0 \
		"$(poke "$1" ask 'SELECT count(*) - count(DISTINCT mail) FROM draft')"
}

# Each of them becomes one draft.
check_delivered() {
	$alone "$dir/tact-drafter" -c "$dir/$1.conf" --once 2>"$dir/run/$1.once.log"
	find "$dir/run/$1.md" -type f -name 'tact.*' | sed 's/.*tact\.\([a-z0-9]*\).*/\1/' |
		sort >"$dir/run/$1.delivered"
	same "$1: each becomes one draft, and nothing else does" \
		"$(md5sum <"$dir/run/$1.there")" "$(md5sum <"$dir/run/$1.delivered")"
}

# -------------------------------------------------------------------- drafter
log=$dir/run/drafter.log

# once AT [LASTING]: runs it, to its end
once() {
	$alone env LD_PRELOAD="$dir/starve.so" STARVE_AT=$* timeout -s KILL 60 \
		"$dir/tact-drafter" -c "$dir/drafter.conf" --once >"$dir/run/start" 2>&1
}

# The start: whatever fails, it ends, and the next one starts.
work_starts() {
	once 0
	start_n=$(sed -n 's/^allocations //p' "$dir/run/start")
	hung=0 i=0
	while [ $i -lt "$STARTS" ]; do
		at=$((1 + i * start_n / STARTS))
		for lasting in '' STARVE_LASTING=1; do
			once $at $lasting
			[ $? != 137 ] || { hung=$((hung + 1)); echo "start $at $lasting hangs"; }
		done
		i=$((i + 1))
	done
	echo "n=$start_n hung=$hung"
}

# As systemd does.
drafter_begin() {
	before=$(grep -c drafter_started "$log")
	$alone env STARVE="$dir/run/drafter.starve" LD_PRELOAD="$dir/starve.so" \
		"$dir/tact-drafter" -c "$dir/drafter.conf" 2>>"$log" &
	echo $! >"$dir/run/drafter.pid"
	tries=200
	until [ "$(grep -c drafter_started "$log")" -gt "$before" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

# drafted ID: waits for it, or for the drafter's end
drafted() {
	tries=300
	until grep -q "draft_delivered\" id=\"$1\"" "$log"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] && kill -0 "$(pid_of drafter)" 2>/dev/null || return 1
		sleep 0.05
	done
}

# draft AT [lasting]: the next draft, with that
draft() {
	id=$(sed -n "$((turns + 1))p" "$dir/run/drafter.ids")
	turns=$((turns + 1))
	$alone "$dir/starve" "$dir/run/drafter.starve" tact-drafter "$@"
	poke drafter run "UPDATE draft SET next_at = 1 WHERE public_id = '$id'"
	kill -HUP "$(pid_of drafter)" 2>/dev/null
	drafted "$id"
	counted=$($alone "$dir/starve" "$dir/run/drafter.starve")
	[ "${counted#* }" = 0 ] || hit=$((hit + 1))
	if kill -0 "$(pid_of drafter)" 2>/dev/null; then
		grep -q "draft_delivered\" id=\"$id\"" "$log" ||
			drafted "$id" || { hung=$((hung + 1)); echo "at $*: hangs"; }
		return
	fi
	if ! drafter_begin || ! drafted "$id"; then
		lost=$((lost + 1))
		echo "at $*: not made"
	fi
}

work_drafter() {
	turns=0 hit=0 hung=0 lost=0
	work_starts >"$dir/run/drafter.starts"
	drafter_begin
	draft 0
	draft 0
	n=${counted% *} i=0
	while [ $i -lt "$DRAFTS" ]; do
		draft $((1 + i * n / DRAFTS))
		draft $((1 + (2 * i + 1) * n / DRAFTS / 2)) lasting
		i=$((i + 1))
	done
	kill -TERM "$(pid_of drafter)"
	echo "turns=$((turns - 2)) hit=$hit n=$n hung=$hung lost=$lost"
}

# A model writes them, so that there is a conversation to end in the middle of.
prepare_drafter() {
	site drafter
	mkdir -p "$dir/run/model/requests"
	model_start
	sed -i -e '/^\[drafter\]/a engine = model\nbase_url = '"$url"'\nmodel = ok' \
		-e '/^draft_quota = /a calls_per_day = 1000000\ntokens_per_day = 1000000000' "$dir/drafter.conf"
	control drafter
	$alone "$dir/draft-make" "$dir/drafter.conf" support@example.com "$dir/mail.eml" 1 \
		$((2 * DRAFTS + 2)) >"$dir/run/drafter.ids"
	poke drafter run 'UPDATE draft SET next_at = next_at + 1000000'
	: >"$log"
}

judge_drafter() {
	sed 's/^/# /' "$dir/run/drafter.starts" "$dir/run/drafter.out"
	n=$(sed -n 's/^n=\([0-9]*\).*/\1/p' "$dir/run/drafter.starts")
	is "drafter: its start takes $n allocations" test "${n:-0}" -ge 20000
	is 'drafter: whichever of some fails, it ends' grep -q 'hung=0' "$dir/run/drafter.starts"
	n=$(sed -n 's/.*\bn=\([0-9]*\).*/\1/p' "$dir/run/drafter.out")
	is "drafter: a draft takes $n" test "${n:-0}" -ge 1000
	is 'drafter: some failed' grep -q ' hit=[1-9]' "$dir/run/drafter.out"
	is 'drafter: it went on or ended, and each draft was made' \
		grep -q 'hung=0 lost=0' "$dir/run/drafter.out"
	stored drafter
	check_delivered drafter
}

begun=$(date +%s)
for part in ${*:-keeper filter drafter analyser}; do
	case $part in
	drafter) prepare_drafter ;;
	*) begin "$part" ;;
	esac
	{
		work_$part >"$dir/run/$part.out" 2>&1
		echo "# $part took $(($(date +%s) - begun)) s"
	} &
	eval "${part}_work=$!"
done
for part in ${*:-keeper filter drafter analyser}; do
	eval "wait \$${part}_work"
	case $part in
	filter)
		is 'filter: a reload is not held up by what it never served' test -e "$dir/run/filter.reloaded"
		judge filter 60 error bare
		;;
	analyser) judge analyser 200 later gone ;;
	keeper) judge keeper 80 error later gone && check_delivered keeper ;;
	drafter) judge_drafter ;;
	esac
done
is "no fault of our own" sh -c "! grep -h 'event=\"internal\"' '$dir'/run/*.log | grep -v 'libmilter stopped'"
tap_done || { [ ! "${VERBOSE:-}" ] || cat "$dir"/run/*.log; exit 1; }
