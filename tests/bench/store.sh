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
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh"
mails=${BENCH_STORE_MAILS:-3000}
rounds=${BENCH_ROUNDS:-3}
customers=${BENCH_CUSTOMERS:-10000}

bench_begin "${BENCH_DISK:-$BUILD}"

# load CONNECTIONS MAILS [ARG...]
load() {
	local c=$1 n=$2
	shift 2

	(as_user "$work/milter-load" -c "$c" -n "$n" -u "run$(date +%s%N)" "$@" "$work/s/tact.sock" "$work/mails"/*.eml)
}
counter() { sleep 3.5; sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/s/status.json"; }

store=('[store]' "path = $work/db/tact.db")
mkdir "$work/db"
chmod 700 "$work/db"
[ "$(id -u)" != 0 ] || chown nobody "$work/db"
cp "$BUILD/bin/tact" "$BUILD/tools/milter-load" "$BUILD/tools/store-poke" "$work"
"$BUILD/tools/bench-mails" "$work/made" >/dev/null || exit 1
cp -r "$work/made/1k" "$work/mails"
# Proven mail: the store then has a customer and a profile to move.
for mail in "$work"/mails/*.eml; do
	domain=$(sed -n 's/^From:.*@\([A-Za-z0-9.-]*\).*/\1/p' "$mail" | head -n 1)
	sed -i "1i Authentication-Results: mx.bench.test; dmarc=pass header.from=$domain" "$mail"
done
chmod -R a+rX "$work/mails"
conf "${store[@]}" >"$work/tact.conf"
(as_user "$work/tact" init --config "$work/tact.conf") >/dev/null || exit 1
(as_user "$work/store-poke" "$work/tact.conf" run "
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $customers)
	INSERT INTO customer (id, since) SELECT i, 0 FROM n;
	INSERT INTO alias SELECT randomblob(16), 1, id, 0 FROM customer;
	INSERT INTO worth SELECT id, 2, 0, 50, 50, 0, 0, 0, 0, NULL, 0, 1, 1, 1, 0, 0 FROM customer;")

echo "32 connections, $rounds rounds of $mails mails in turn, each kept in the store:"
for _ in $(seq "$rounds"); do
	start_tact "${store[@]}" 'group_max = 1' 'time_max = 8s'
	one=$(load 32 $((mails / 3)))
	echo "# one commit a mail: $one; $(counter store_kept) kept, $(counter store_groups) commits, $(counter store_missed) missed"
	echo "$one" >>"$work/one"
	[ "$(field tiers "$one")" = $((mails / 3)) ] || { echo "  not all kept: $one"; over=1; }
	stop_tact
	start_tact "${store[@]}" 'time_max = 8s'
	many=$(load 32 "$mails")
	echo "# shared commits:    $many; $(counter store_kept) kept, $(counter store_groups) commits, $(counter store_missed) missed"
	echo "$many" >>"$work/many"
	[ "$(field tiers "$many")" = "$mails" ] || { echo "  not all kept: $many"; over=1; }
	stop_tact
done
one=$(median rate one) many=$(median rate many)
bar "shared commits / one commit a mail ($many / $one mails/s)" \
	"$(ratio "$many" "$one")" '>=' 5

echo "8 connections, with and without the store, in turn:"
for _ in $(seq "$rounds"); do
	start_tact
	without=$(load 8 "$mails")
	echo "# without: $without"
	echo "$without" >>"$work/without"
	stop_tact
	start_tact "${store[@]}"
	with=$(load 8 "$mails")
	echo "# with:    $with"
	echo "$with" >>"$work/with"
	half=$(load 8 $((mails / 2)) -q $(($(field rate "$with" | cut -d. -f1) / 2)))
	echo "# at half that rate: $half"
	echo "$half" >>"$work/half"
	stop_tact
done
echo "  p99 of the end of message, quietest round: without $(least eom_p99_ms without), with $(least eom_p99_ms with) ms"
bar "p99 with the store, 8 connections, ms (quietest round)" "$(least eom_p99_ms with)" '<=' 20
bar "the same at half the rate, ms" "$(least eom_p99_ms half)" '<=' 20
bench_end
