#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A filter that drafts, with its drafter beside it: R-12, how long the end of a
# mail takes at 50 a second; R-11, what memory it keeps after a thousand mails made
# to cost; A-6, what others wait for while one sends ten thousand mails. TAP, with
# what was measured as "# ...".
#
#   SECONDS_OF_LOAD=60 BOMBS=1000 BURST=10000 IDLE=60 tests/soak/drafting.sh [PART...]
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
span=${SECONDS_OF_LOAD:-60} n_bombs=${BOMBS:-1000} burst=${BURST:-10000} idle=${IDLE:-60}
P50=${P50:-10} P99=${P99:-50} # of R-12, ms

bench_begin "${BENCH_DISK:-$BUILD}"
mkdir "$work/db" "$work/md" "$work/md/cur" "$work/md/new" "$work/md/tmp"
chmod 700 "$work/db"
[ "$(id -u)" != 0 ] || chown -R nobody "$work/db" "$work/md"
cp "$BUILD"/bin/tact{,-drafter} "$BUILD"/tools/{milter-load,store-poke,process-cost} "$work" || exit 1
store=('delivery = maildir' "maildir = $work/md" '[store]' "path = $work/db/tact.db"
	'[drafter]' "status_file = $work/s/drafter.json")
free=('draft_quota = 0' 'draft_quota_customer = 0' 'draft_quota_domain = 0')
conf 'mode = draft' "${store[@]}" >"$work/tact.conf"
(as_user "$work/tact" init --config "$work/tact.conf") >/dev/null || { not_ok 'tact init'; tap_done; exit 1; }
DRAFTER_PID=
drafter() {
	(as_user "$work/tact-drafter" -c "$work/tact.conf" 2>>"$work/drafter.log") &
	DRAFTER_PID=$!
	# Articles are indexed at the start; that is not what is measured here.
	for _ in $(seq 300); do
		grep -q '"state":"running"' "$work/s/drafter.json" 2>/dev/null && break
		sleep 0.2
	done
	sleep 15
}
both_stop() {
	[ -z "$DRAFTER_PID" ] || kill "$DRAFTER_PID" 2>/dev/null
	stop
}
trap both_stop EXIT
load() { (as_user "$work/milter-load" -r support@bench.test "$@"); }
poke() { (as_user "$work/store-poke" "$work/tact.conf" ask "$1"); }
pss() { "$work/process-cost" pss "$TACT_PID" "$DRAFTER_PID"; } # KiB of all of them
# each: of every process, the largest first
each() {
	for pid in $(pgrep -P "$TACT_PID"; echo "$TACT_PID" "$DRAFTER_PID"); do
		case $(cat "/proc/$pid/comm" 2>/dev/null) in
		tact*) awk -v name="$(cat "/proc/$pid/comm")" '/^Pss:/ { print int($2 / 1024), name }' "/proc/$pid/smaps_rollup" ;;
		esac
	done | sort -rn | head -n 12 | tr '\n' ';'
}
within() { awk -v v="$1" -v m="$2" 'BEGIN { exit !(v ~ /^[0-9]/ && v + 0 <= m + 0) }'; }

# mails FOLDER N BYTES SENDER: N files whose text has what fills them; %d in SENDER
mails() {
	mkdir -p "$1"
	awk -v folder="$1" -v n="$2" -v bytes="$3" -v sender="$4" 'BEGIN {
		for (i = 1; i <= n; i++) {
			file = folder "/" i ".eml"
			from = sprintf(sender, i)
			printf "From: Kai Holm <%s>\r\nTo: support@bench.test\r\nSubject: Printer %d\r\n", from, i >file
			printf "Message-ID: <%d@%s>\r\nDate: Sun, 22 Nov 2026 05:00:00 +0000\r\n", i, from >file
			printf "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" >file
			for (size = 0; size < bytes; size += 78)
				printf "Since Monday the printer in room %d no longer answers; how do I reset it?\r\n", i >file
			close(file)
		}
	}'
	chmod -R a+rX "$1"
}

# ----------------------------------------------------------------------- R-12
part_latency() {
	mails "$work/mails/32k" 50 32768 'kai@client%d.example'
	start_tact 'mode = draft' "${free[@]}" "${store[@]}"
	drafter
	line=$(load -c 16 -q 50 -n $((span * 50)) -u "lat$$" -p "$TACT_PID" "$work/s/tact.sock" "$work"/mails/32k/*.eml)
	echo "# R-12: 32 KiB, 50 a second for $span s: $line"
	same 'R-12: no mail fails' 0 "$(field failed "$line")"
	is "R-12: EOM p50 $(field eom_p50_ms "$line") ms, at most $P50" within "$(field eom_p50_ms "$line")" "$P50"
	is "R-12: EOM p99 $(field eom_p99_ms "$line") ms, at most $P99" within "$(field eom_p99_ms "$line")" "$P99"
	is "R-12: every mail is queued for a draft" [ "$(poke 'SELECT count(*) FROM draft')" = $((span * 50)) ]
	echo "# R-12: the machine's load: $(cat /proc/loadavg)"
	halt
}
halt() {
	stop_tact
	kill "$DRAFTER_PID" 2>/dev/null
	wait "$DRAFTER_PID" 2>/dev/null
	DRAFTER_PID=
}

# ----------------------------------------------------------------------- R-11
part_bombs() {
	mails "$work/mails/1k" 50 1024 'ida@warm%d.example'
	mails "$work/mails/200k" 20 200000 'ole@warm%d.example'
	"$BUILD/tools/bomb-mails" "$work/mails/bombs" 262144
	chmod -R a+rX "$work/mails"
	start_tact 'mode = draft' "${free[@]}" "${store[@]}"
	drafter
	# Before: one that has worked, every process of it.
	load -c 16 -n 600 -u "warm$$" "$work/s/tact.sock" "$work"/mails/200k/*.eml "$work"/mails/1k/*.eml >/dev/null
	sleep 10
	before=$(pss)
	echo "# R-11: before, MiB: $(each)"
	line=$(load -c 8 -n "$n_bombs" -u "bomb$$" "$work/s/tact.sock" "$work"/mails/bombs/*.eml)
	echo "# R-11: $n_bombs bombs of $(find "$work/mails/bombs" -type f | wc -l) families: $line"
	echo "# R-11: right after: $(($(pss) / 1024)) MiB"
	same 'R-11: none of them fails' 0 "$(field failed "$line")"
	is "R-12: none takes longer than 2 s: $(field eom_max_ms "$line") ms" within "$(field eom_max_ms "$line")" 2000
	sleep "$idle"
	after=$(pss)
	echo "# R-11: before $((before / 1024)) MiB, $idle s after $((after / 1024)) MiB"
	echo "# R-11: after, MiB: $(each)"
	is 'R-11: at most 20 MiB more than before' [ $((after - before)) -le 20480 ]
	halt
}

# ------------------------------------------------------------------------ A-6
# flow NAME [BURST]: others' mail, 20 a second; while one sends BURST mails
flow() {
	local flood='' n=${2:-0}
	if [ "$n" -gt 0 ]; then
		load -c 4 -q 120 -n "$n" -u "flood$1$$" -f flood@one.example "$work/s/tact.sock" "$work"/mails/one/*.eml >"$work/flood" &
		flood=$!
	fi
	line=$(load -c 8 -q 20 -n $((burst / 120 * 20)) -u "flow$1$$" "$work/s/tact.sock" "$work"/mails/others/*.eml)
	echo "# A-6: $1: others: $line"
	[ -z "$flood" ] || { wait $flood; echo "# A-6: $1: the burst: $(cat "$work/flood")"; }
}

# What others wait for, with the burst and without, each with a drafter at work.
part_burst() {
	mails "$work/mails/others" 50 2048 'ann@other%d.example'
	mails "$work/mails/one" 1 2048 'flood@one.example'
	start_tact 'mode = draft' 'draft_quota_customer = 0' "${store[@]}"
	drafter
	flow alone
	alone=$(field eom_p99_ms "$line")
	halt
	# The day's quotas are as they were.
	(as_user "$work/store-poke" "$work/tact.conf" run 'UPDATE draft SET created_at = created_at - 100000') >/dev/null
	start_tact 'mode = draft' 'draft_quota_customer = 0' "${store[@]}"
	drafter
	before=$(poke 'SELECT coalesce(max(id), 0) FROM draft')
	flow burst "$burst"
	beside=$(field eom_p99_ms "$line")
	same 'A-6: no mail of others fails' 0 "$(field failed "$line")"
	same 'A-6: none of the burst' 0 "$(field failed "$(cat "$work/flood")")"
	# others: 50 writers of 50 domains, three drafts each
	made=$(poke "SELECT count(*) FROM draft WHERE id > $before")
	most=$(poke "SELECT max(n) FROM (SELECT count(*) AS n FROM draft WHERE id > $before GROUP BY writer)")
	echo "# A-6: $made drafts, at most $most of one writer; others' p99 $alone ms without the burst, $beside ms with it"
	is "A-6: of $burst mails of one sender $most have a draft" [ "$most" -le 3 ]
	is "A-6: others' p99 is within 20 % or 5 ms of that without the burst" \
		within "$beside" "$(awk -v a="$alone" 'BEGIN { print (a * 1.2 > a + 5) ? a * 1.2 : a + 5 }')"
	halt
}

for part in ${*:-latency bombs burst}; do
	part_$part
done
tap_done
