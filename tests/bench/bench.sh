#!/bin/bash
# make bench: Tact beside an empty milter, in turn, in one run, on one machine.
# Only ratios mean anything; absolute figures are this machine's, today.
#
#   BENCH_MAILS (2000)  mails a measurement     BENCH_SOAK (100000)  for memory
#   BENCH_ROUNDS (5)    measurements of each, in turn
#
# The empty milter (null-milter) has all callbacks, answers each, and adds five
# headers. CPU is that of all processes of a milter together.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh"
mails=${BENCH_MAILS:-2000}
rounds=${BENCH_ROUNDS:-5}
soak=${BENCH_SOAK:-100000}

bench_begin /tmp
"$BUILD/tools/bench-mails" "$work/mails" || exit 1
chmod -R a+rX "$work/mails"
(as_user "$BUILD/tools/null-milter" "$work/s/null.sock") &
NULL_PID=$!
start_tact
chmod 777 "$work/s/null.sock" "$work/s/tact.sock" 2>/dev/null

# load WHO CONNECTIONS MAILS KIND [ARG...]: one line of figures
load() {
	local who=$1 c=$2 n=$3 kind=$4 pid
	shift 4
	[ "$who" = null ] && pid=$NULL_PID || pid=$TACT_PID
	"$BUILD/tools/milter-load" -c "$c" -n "$n" -p "$pid" "$@" "$work/s/$who.sock" "$work/mails/$kind"/*.eml
}
row() { printf '  %-46s %7s/s  eom p50 %6s p95 %6s p99 %6s ms  cpu %7s ms  pss %5s MiB\n' "$1" \
	"$(field rate "$2")" "$(field eom_p50_ms "$2")" "$(field eom_p95_ms "$2")" \
	"$(field eom_p99_ms "$2")" "$(field cpu_ms "$2")" "$(field pss_mib "$2")"; }

# row_of_rounds NAME FILE
row_of_rounds() {
	local line='' field
	for field in rate eom_p50_ms eom_p95_ms eom_p99_ms cpu_ms pss_mib; do
		line="$line $field=$(median $field "$2")"
	done
	row "$1" "$line"
}

echo "Warming up ..."
load null 8 500 10k >/dev/null
load tact 8 500 10k >/dev/null

# Rounds in turn, since whatever else the machine does comes in spells. What
# counts is the median round, and for the p99 the quietest: a neighbour's spell
# can only add to it, and adds most there.
echo "10 KB multipart mails, one a connection, 8 connections, $rounds rounds of $mails in turn:"
for i in $(seq "$rounds"); do
	load null 8 "$mails" 10k >>"$work/null"
	load tact 8 "$mails" 10k >>"$work/tact"
	load tact 8 "$mails" 10k -r '<anna@elsewhere.example>' >>"$work/none"
done
pace=$(($(median rate tact) / 2))
for i in $(seq "$rounds"); do
	load tact 8 "$mails" 10k -q "$pace" >>"$work/paced"
done
row_of_rounds 'empty milter' null
row_of_rounds 'Tact, mail to a mailbox, tagged' tact
row_of_rounds 'Tact, the same at half that rate' paced
row_of_rounds 'Tact, mail to no mailbox' none
floor=$(median cpu_ms null)
bar 'CPU of a tagged mail / CPU of the empty milter' "$(ratio "$(median cpu_ms tact)" "$floor")" '<=' 1.5
bar 'CPU of a mail to no mailbox / CPU of the empty milter' "$(ratio "$(median cpu_ms none)" "$floor")" '<=' 0.3
# A time depends on the machine: 5 ms where the empty milter takes 0.43 ms of CPU.
bar 'EOM p99, flat out / CPU of a mail to the empty milter' "$(ratio "$(median eom_p99_ms tact)" "$floor")" '<=' 11.6
bar 'EOM p99 at 8 connections, half load, quietest round, ms' "$(least eom_p99_ms paced)" '<=' 5

echo "Size of the mail:"
for kind in 1k 100k 5m; do
	[ $kind = 1k ] && n=$mails || n=400
	line=$(load tact 8 $n $kind)
	row "Tact, $kind" "$line"
	[ $kind = 100k ] && hundred=$(field cpu_ms "$line")
	[ $kind = 5m ] && five=$(field cpu_ms "$line")
done
bar 'CPU of a 5 MB mail / CPU of a 100 KB mail' "$(ratio "$five" "$hundred")" '<=' 1.5

echo "Do connections wait for each other?"
wide=$(load tact 32 "$mails" 10k)
row 'Tact, 32 connections' "$wide"
"$here/stall.sh" "$work" "$pace" || over=1

echo "Memory:"
line=$(load tact 8 "$soak" 10k)
row "Tact, after $soak mails" "$line"
bar 'PSS of all processes after that, MiB' "$(field pss_mib "$line")" '<=' 64

echo "Analysis alone (tact inspect, one process):"
mkdir "$work/corpus"
for i in $(seq 100); do cp "$work/mails/10k/0$(printf %02d $((i % 20))).eml" "$work/corpus/$i.eml"; done
bytes=$(cat "$work/corpus"/*.eml | wc -c)
start=$(date +%s%N)
for _ in 1 2 3 4 5; do "$BUILD/bin/tact" inspect --json --rules "${RULES:-$ROOT/rules}" "$work/corpus" >/dev/null; done
all=$(($(date +%s%N) - start))
start=$(date +%s%N)
for _ in 1 2 3 4 5; do "$BUILD/bin/tact" inspect --json --rules "${RULES:-$ROOT/rules}" "$work/mails/1k/000.eml" >/dev/null; done
load_time=$(($(date +%s%N) - start))
awk -v t=$((all - load_time)) -v b=$((bytes * 5)) -v l=$((load_time / 5)) 'BEGIN {
	printf "  %.1f MB/s, %.0f us a 10 KB mail; start and loading rules %.0f ms\n", b / (t / 1e9) / 1e6, t / 1000 / 500, l / 1e6 }'
bench_end
