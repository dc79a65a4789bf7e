#!/bin/bash
# make bench: Tact beside an empty milter, in turn, in one run, on one machine.
# Only ratios mean anything; absolute figures are this machine's, today.
#
#   BENCH_MAILS (3000)  mails a measurement     BENCH_SOAK (100000)  for memory
#
# The empty milter (null-milter) has all callbacks, answers each, and adds five
# headers. CPU is that of all processes of a milter together.
set -u
here=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$here/../.." && pwd)
BUILD=${BUILD:-build/plain}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
mails=${BENCH_MAILS:-3000}
soak=${BENCH_SOAK:-100000}
work=$(mktemp -d /tmp/tact-bench.XXXXXX)
chmod 755 "$work"
over=0 NULL_PID='' TACT_PID=''

stop() {
	[ -z "$NULL_PID" ] || kill $NULL_PID 2>/dev/null
	[ -z "$TACT_PID" ] || kill "$TACT_PID" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_user() {
	if [ "$(id -u)" = 0 ]; then
		exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		exec "$@"
	fi
}

conf() {
	cat <<-END
	[milter]
	socket = unix:$work/s/tact.sock
	socket_peers =
	status_file = $work/s/status.json
	[analysis]
	rules = $work/rules
	[log]
	level = error
	[mailbox support@bench.test]
	END
}

# start_tact PROGRAM
start_tact() {
	conf >"$work/tact.conf"
	cp "$1" "$work/tact-milter"
	cp -r "${RULES:-$ROOT/rules}" "$work/rules"
	chmod -R a+rX "$work"
	(as_user env G_SLICE=always-malloc "$work/tact-milter" -c "$work/tact.conf" 2>>"$work/tact.log") &
	TACT_PID=$!
	for _ in $(seq 100); do [ -S "$work/s/tact.sock" ] && break; sleep 0.1; done
	[ -S "$work/s/tact.sock" ] || { cat "$work/tact.log"; exit 1; }
	sleep 1
}

mkdir "$work/s"
chmod 777 "$work/s"
"$BUILD/tools/bench-mails" "$work/mails" || exit 1
(as_user "$BUILD/tools/null-milter" "$work/s/null.sock") &
NULL_PID=$!
start_tact "$BUILD/bin/tact-milter"
chmod 777 "$work/s/null.sock" "$work/s/tact.sock" 2>/dev/null

# load WHO CONNECTIONS MAILS KIND [ARG...]: one line of figures
load() {
	local who=$1 c=$2 n=$3 kind=$4 pid
	shift 4
	[ "$who" = null ] && pid=$NULL_PID || pid=$TACT_PID
	"$BUILD/tools/milter-load" -c "$c" -n "$n" -p "$pid" "$@" "$work/s/$who.sock" "$work/mails/$kind"/*.eml
}
field() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p" <<<"$2"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", (b > 0 ? a / b : 0) }'; }

# bar TEXT VALUE MAXIMUM
bar() {
	if awk -v v="$2" -v m="$3" 'BEGIN { exit !(v <= m) }'; then
		printf '  %-58s %8s  (at most %s)\n' "$1" "$2" "$3"
	else
		printf '  %-58s %8s  OVER %s\n' "$1" "$2" "$3"
		over=1
	fi
}
row() { printf '  %-34s %7s/s  eom p50 %6s p95 %6s p99 %6s ms  cpu %7s ms  pss %5s MiB\n' "$1" \
	"$(field rate "$2")" "$(field eom_p50_ms "$2")" "$(field eom_p95_ms "$2")" \
	"$(field eom_p99_ms "$2")" "$(field cpu_ms "$2")" "$(field pss_mib "$2")"; }

echo "Warming up ..."
load null 8 500 10k >/dev/null
load tact 8 500 10k >/dev/null

echo "10 KB multipart mails, 8 connections, $mails mails a row, in turn:"
null=$(load null 8 "$mails" 10k)
tact=$(load tact 8 "$mails" 10k)
none=$(load tact 8 "$mails" 10k -r '<anna@elsewhere.example>')
null2=$(load null 8 "$mails" 10k)
tact2=$(load tact 8 "$mails" 10k)
row 'empty milter' "$null"
row 'empty milter, again' "$null2"
row 'Tact, mail to a mailbox, tagged' "$tact"
row 'Tact, again' "$tact2"
row 'Tact, mail to no mailbox' "$none"
floor=$(awk -v a="$(field cpu_ms "$null")" -v b="$(field cpu_ms "$null2")" 'BEGIN { print (a + b) / 2 }')
cost=$(awk -v a="$(field cpu_ms "$tact")" -v b="$(field cpu_ms "$tact2")" 'BEGIN { print (a + b) / 2 }')
bar 'CPU of a tagged mail / CPU of the empty milter' "$(ratio "$cost" "$floor")" 1.5
bar 'CPU of a mail to no mailbox / CPU of the empty milter' "$(ratio "$(field cpu_ms "$none")" "$floor")" 0.3
bar 'EOM p99 at 8 connections, ms' "$(field eom_p99_ms "$tact2")" 5

echo "Size of the mail:"
for kind in 1k 100k 5m; do
	[ $kind = 1k ] && n=$mails || n=400
	line=$(load tact 8 $n $kind)
	row "Tact, $kind" "$line"
	[ $kind = 100k ] && hundred=$(field cpu_ms "$line")
	[ $kind = 5m ] && five=$(field cpu_ms "$line")
done
bar 'CPU of a 5 MB mail / CPU of a 100 KB mail' "$(ratio "$five" "$hundred")" 1.5

echo "Do connections wait for each other?"
wide=$(load tact 32 "$mails" 10k)
row 'Tact, 32 connections' "$wide"
"$here/stall.sh" "$work" || over=1

echo "Memory:"
line=$(load tact 8 "$soak" 10k)
row "Tact, after $soak mails" "$line"
bar 'PSS of all processes after that, MiB' "$(field pss_mib "$line")" 64

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
[ $over = 0 ] && echo "All within bounds." || echo "Something is over its bound."
exit $over
