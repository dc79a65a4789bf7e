#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# P-4 and P-2 among N customers (1,000,000): an export in 2 s at most, an erasure
# in 5, and how long a purge looks through all of them. TAP.
#
#   N=1000000 tests/soak/privacy.sh
set -u
cd "$(dirname "$0")/../.." || exit 2
N=${N:-1000000}
BUILD=${BUILD:-build/plain}
tact=$BUILD/bin/tact
check=$BUILD/tools/schema-check
tmp=$(mktemp -d "${TMPDIR:-/tmp}/tact-privacy.XXXXXX") || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck source=tests/tap.sh
. tests/tap.sh
cat >"$tmp/conf" <<END
[store]
path = $tmp/tact.db
[analysis]
rules = rules
END
ms() { date +%s%3N; }

# within NAME MILLISECONDS COMMAND...
within() {
	name=$1 most=$2
	shift 2
	start=$(ms)
	"$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
	took=$(($(ms) - start))
	echo "# $name: $took ms"
	[ $status = 0 ] && [ $took -le "$most" ] && { ok "$name in at most $most ms"; return; }
	not_ok "$name: exit $status, $took ms"
	sed 's/^/# /' "$tmp/err"
}

"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'
printf 'email;order;date;amount\n' >"$tmp/orders.csv"
for i in 1 2 3 4 5 6 7 8 9; do
	printf 'person%d@mail%d.example;%d;2026-0%d-01;9,50\n' $i $i $i $i
	printf 'person%d@mail%d.example;1%d;2026-0%d-11;9,50\n' $i $i $i $i
done >>"$tmp/orders.csv"
"$tact" customer import "$tmp/orders.csv" --config "$tmp/conf" >"$tmp/out" 2>&1
# Ids between 1 and N, keys at random: trees as years of mail leave them.
now=$(date +%s)
sqlite3 "$tmp/tact.db" "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
PRAGMA cache_size = -200000; PRAGMA secure_delete = ON; BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE i(i) AS (SELECT 100 UNION ALL
	SELECT i + 1 FROM i WHERE i < $N + 100) SELECT i FROM i;
INSERT INTO customer (id, since, source) SELECT i, $now, 'mail' FROM n;
INSERT INTO alias SELECT randomblob(16), 1, i, 0 FROM n;
INSERT INTO orders SELECT i, random(), 20400, 1999 FROM n;
INSERT INTO profile SELECT i, 3, $now, $now, randomblob(80) FROM n;
INSERT INTO thread (id, customer, opened_at, last_in_at, contacts, tier)
	SELECT i, i, $now, $now, 1, 2 FROM n;
INSERT INTO mail (key, customer, thread, at, direction, public_id, facts)
	SELECT randomblob(16), i, i, $now, 0, 'x', randomblob(60) FROM n;
INSERT INTO thread_ref SELECT randomblob(16), i, $now FROM n;
COMMIT;" >"$tmp/out" 2>&1 || { not_ok 'customers are made'; cat "$tmp/out"; }
echo "# $N customers, $(($(stat -c %s "$tmp/tact.db") >> 20)) MiB"
within "export of one of $N" 2000 "$tact" privacy export --config "$tmp/conf" person1@mail1.example
is 'as its schema says' "$check" contrib/schema/privacy-export.schema.json "$tmp/out"
is 'with its orders' grep -q '"cents": 950' "$tmp/out"
for i in 1 2 3 4 5; do
	within "erasure of one of $N" 5000 "$tact" privacy erase --wait 60 --config "$tmp/conf" person$i@mail$i.example
done
is 'it is complete' sh -c "! grep -q PENDING '$tmp/out' && ! [ -e '$tmp/tact.db.erasing' ]"
within "a purge with nothing due among $N" 60000 "$tact" privacy purge --config "$tmp/conf"
is 'the database is sound' test "$(sqlite3 "$tmp/tact.db" 'PRAGMA integrity_check')" = ok
tap_done
