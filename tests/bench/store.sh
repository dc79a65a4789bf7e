#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What the store costs a mail, and what sharing a commit saves; part of make
# bench. Both of each comparison in one run, in turn.
#
#   BENCH_STORE_MAILS (3000)  mails a measurement   BENCH_ROUNDS (3)
#   BENCH_DISK ($BUILD)       a folder on the disk that is measured
#   BENCH_CUSTOMERS (10000)   customers in the store
set -u
here=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$here/../.." && pwd)
BUILD=${BUILD:-build/plain}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
mails=${BENCH_STORE_MAILS:-3000}
rounds=${BENCH_ROUNDS:-3}
customers=${BENCH_CUSTOMERS:-10000}
work=$(mktemp -d "${BENCH_DISK:-$BUILD}/tact-bench.XXXXXX") || exit 1
chmod 755 "$work"
over=0 TACT_PID='' user=$(id -un)
[ "$(id -u)" != 0 ] || user=nobody

stop() {
	[ -z "$TACT_PID" ] || { kill "$TACT_PID" 2>/dev/null; wait "$TACT_PID" 2>/dev/null; }
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Becomes it: to be called in a shell of its own.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		exec "$@"
	fi
}

# conf [LINE...]: lines of [store]
conf() {
	cat <<-END
	[milter]
	socket = unix:$work/s/tact.sock
	socket_peers =
	authserv_id = mx.bench.test
	status_file = $work/s/status.json
	[analysis]
	rules = $work/rules
	[log]
	level = error
	[mailbox support@bench.test]
	[store]
	END
	printf '%s\n' "$@"
}

# start_tact [LINE...]
start_tact() {
	conf "$@" >"$work/tact.conf"
	(as_user env G_SLICE=always-malloc "$work/tact-milter" -c "$work/tact.conf" 2>>"$work/tact.log") &
	TACT_PID=$!
	for _ in $(seq 100); do [ -S "$work/s/tact.sock" ] && break; sleep 0.1; done
	[ -S "$work/s/tact.sock" ] || { cat "$work/tact.log"; exit 1; }
	sleep 1
}

stop_tact() {
	kill "$TACT_PID"
	wait "$TACT_PID" 2>/dev/null
	TACT_PID=''
}

# load CONNECTIONS MAILS [ARG...]
load() {
	local c=$1 n=$2
	shift 2

	(as_user "$work/milter-load" -c "$c" -n "$n" -u "run$(date +%s%N)" "$@" "$work/s/tact.sock" "$work/mails"/*.eml)
}
field() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p" <<<"$2"; }
counter() { sleep 3.5; sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/s/status.json"; }
median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
least() { sort -g | head -n 1; }
bar() {
	if awk -v v="$2" -v m="$3" "BEGIN { exit !(v $4 m) }"; then
		printf '  %-58s %8s  (%s %s)\n' "$1" "$2" "$4" "$3"
	else
		printf '  %-58s %8s  NOT %s %s\n' "$1" "$2" "$4" "$3"
		over=1
	fi
}

mkdir "$work/s" "$work/db"
chmod 777 "$work/s"
chmod 700 "$work/db"
[ "$(id -u)" != 0 ] || chown nobody "$work/db"
cp "$BUILD/bin/tact-milter" "$BUILD/bin/tact" "$BUILD/tools/milter-load" "$BUILD/tools/store-poke" "$work"
cp -r "${RULES:-$ROOT/rules}" "$work/rules"
"$BUILD/tools/bench-mails" "$work/made" >/dev/null || exit 1
cp -r "$work/made/1k" "$work/mails"
# Proven mail: the store then has a customer and a profile to move.
for mail in "$work"/mails/*.eml; do
	domain=$(sed -n 's/^From:.*@\([A-Za-z0-9.-]*\).*/\1/p' "$mail" | head -n 1)
	sed -i "1i Authentication-Results: mx.bench.test; dmarc=pass header.from=$domain" "$mail"
done
chmod -R a+rX "$work/rules" "$work/mails"
conf "path = $work/db/tact.db" >"$work/tact.conf"
(as_user "$work/tact" init --config "$work/tact.conf") >/dev/null || exit 1
(as_user "$work/store-poke" "$work/tact.conf" run "
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $customers)
	INSERT INTO customer (id, since) SELECT i, 0 FROM n;
	INSERT INTO alias SELECT randomblob(16), 1, id, 0 FROM customer;
	INSERT INTO worth SELECT id, 2, 0, 50, 50, 0, 0, 0, 0, NULL, 0, 1, 1, 1, 0, 0 FROM customer;")

echo "32 connections, $rounds rounds of $mails mails in turn, each kept in the store:"
for _ in $(seq "$rounds"); do
	start_tact "path = $work/db/tact.db" 'group_max = 1' 'time_max = 8s'
	one=$(load 32 $((mails / 3)))
	echo "# one commit a mail: $one; $(counter store_kept) kept, $(counter store_groups) commits, $(counter store_missed) missed"
	field rate "$one" >>"$work/one"
	[ "$(field tiers "$one")" = $((mails / 3)) ] || { echo "  not all kept: $one"; over=1; }
	stop_tact
	start_tact "path = $work/db/tact.db" 'time_max = 8s'
	many=$(load 32 "$mails")
	echo "# shared commits:    $many; $(counter store_kept) kept, $(counter store_groups) commits, $(counter store_missed) missed"
	field rate "$many" >>"$work/many"
	[ "$(field tiers "$many")" = "$mails" ] || { echo "  not all kept: $many"; over=1; }
	stop_tact
done
one=$(median <"$work/one") many=$(median <"$work/many")
bar "shared commits / one commit a mail ($many / $one mails/s)" \
	"$(awk -v a="$many" -v b="$one" 'BEGIN { printf "%.1f", a / b }')" 5 '>='

echo "8 connections, with and without the store, in turn:"
for _ in $(seq "$rounds"); do
	start_tact
	without=$(load 8 "$mails")
	echo "# without: $without"
	field eom_p99_ms "$without" >>"$work/without"
	stop_tact
	start_tact "path = $work/db/tact.db"
	with=$(load 8 "$mails")
	echo "# with:    $with"
	field eom_p99_ms "$with" >>"$work/with"
	half=$(load 8 $((mails / 2)) -q $(($(field rate "$with" | cut -d. -f1) / 2)))
	echo "# at half that rate: $half"
	field eom_p99_ms "$half" >>"$work/half"
	stop_tact
done
echo "  p99 of the end of message, quietest round: without $(least <"$work/without"), with $(least <"$work/with") ms"
bar "p99 with the store, 8 connections, ms (quietest round)" "$(least <"$work/with")" 20 '<='
bar "the same at half the rate, ms" "$(least <"$work/half")" 20 '<='
exit $over
