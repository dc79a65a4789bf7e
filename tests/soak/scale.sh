#!/bin/bash
# Ten million customers and thirty million orders: import, fit, tiers; then how
# long it takes to find one of them, beside a store of a thousand. TAP, with
# what was measured as "# ...".
#
#   BUILD=build/plain [CUSTOMERS=10000000] [SCALE_DIR=/var/tmp] tests/soak/scale.sh
#
# Needs some 6 GB below SCALE_DIR, which are given back.
set -u
build=$(cd "${BUILD:-build/plain}" && pwd)
tact=$build/bin/tact
customers=${CUSTOMERS:-10000000}
orders=$((customers * 3))
tmp=$(mktemp -d -p "${SCALE_DIR:-/var/tmp}") || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
TACT_RULES=$PWD/rules
export LC_ALL TACT_RULES
MEMORY_MAX=1048576 # KiB
P99_MAX=200        # microseconds
# shellcheck source=tests/tap.sh
. tests/tap.sh

# site NAME
site() {
	mkdir -m 700 "$tmp/$1"
	printf '[store]\npath = %s/%s/tact.db\n[milter]\nstatus_file = %s/none\n' \
		"$tmp" "$1" "$tmp" >"$tmp/$1.conf"
	"$tact" init --config "$tmp/$1.conf" >/dev/null || exit 2
}

# measured NAME COMMAND...: runs it, output to $tmp/NAME.out; sets seconds, peak
measured() {
	local name=$1 pid start n
	shift
	start=$(date +%s.%N)
	"$@" >"$tmp/$name.out" 2>&1 &
	pid=$!
	peak=0
	while n=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null) &&
		[ -n "$n" ]; do
		[ "$n" -gt "$peak" ] && peak=$n
		sleep 0.5
	done
	wait $pid
	status=$?
	seconds=$(awk "BEGIN { printf \"%.1f\", $(date +%s.%N) - $start }")
	echo "# $name: $seconds s, peak memory $((peak / 1024)) MiB, exit $status"
	sed 's/^/#   /' "$tmp/$name.out" | tail -n 25
}

# One round of look-ups in both stores, one right after the other.
look_up() {
	"$build/tools/store-lookup" "$tmp/small.conf" 1000 50000 >>"$tmp/small.times"
	"$build/tools/store-lookup" "$tmp/large.conf" "$customers" 50000 >>"$tmp/large.times"
}

# best NAME KEY: the least of the rounds: what else the machine does is in the
# others
best() {
	sed "s/.*\"$2\":\\([0-9.]*\\).*/\\1/" "$tmp/$1.times" | sort -n | head -n 1
}

echo "# $customers customers, $orders orders"
site small
"$build/tools/orders-make" 1000 3000 >"$tmp/small.csv"
"$tact" customer import --config "$tmp/small.conf" "$tmp/small.csv" >/dev/null
result 'a thousand customers are imported' $?

site large
"$build/tools/orders-make" "$customers" "$orders" >"$tmp/large.csv"
lines=$(wc -l <"$tmp/large.csv")
echo "# export: $lines lines, $(($(stat -c %s "$tmp/large.csv") / 1000000)) MB"
measured import "$tact" customer import --config "$tmp/large.conf" "$tmp/large.csv"
same 'the import ends well' 0 "$status"
is 'in 1 GiB of memory' test "$peak" -le $MEMORY_MAX
echo "# import: $(awk "BEGIN { printf \"%d\", $lines / ($seconds + 0.1) }") lines a second"
echo "# database: $(($(stat -c %s "$tmp/large/tact.db") / 1000000)) MB"
rm -f "$tmp/large.csv"
same 'all customers are there' "$customers" \
	"$(sqlite3 "$tmp/large/tact.db" 'SELECT count(*) FROM customer')"
refunds=$(sed -n 's/.* \([0-9]*\) refunds netted.*/\1/p' "$tmp/import.out")
same 'all orders are there' "$orders" \
	"$(sqlite3 "$tmp/large/tact.db" \
		'SELECT count(*) FROM orders WHERE cents <> 0')"
echo "# refunds: $refunds"

if "$tact" help value >/dev/null 2>&1; then
	measured fit "$tact" value fit --config "$tmp/large.conf"
	same 'the fit ends well' 0 "$status"
	is 'in 1 GiB of memory' test "$peak" -le $MEMORY_MAX
	echo "# database: $(($(stat -c %s "$tmp/large/tact.db") / 1000000)) MB"
	sqlite3 "$tmp/large/tact.db" 'SELECT tier, count(*) FROM worth GROUP BY tier' |
		sed 's/^/# tier /'
else
	skip 'fit' 'no tact value'
fi

# Warm: what the system has put aside of the file meanwhile is fetched again.
cat "$tmp/large/tact.db" >/dev/null
for _ in 1 2 3 4 5 6 7 8 9; do look_up; done
sed 's/^/# /' "$tmp/small.times" "$tmp/large.times"
wall=$(best large p99_us)
small=$(best small cpu_p99_us)
large=$(best large cpu_p99_us)
echo "# p99 of a look-up in $customers customers: $wall us"
echo "# of the processor's time: $small us of 1000, $large us of $customers"
is "p99 at most $P99_MAX us" awk "BEGIN { exit !($wall <= $P99_MAX) }"
is 'at most 1.5 times that of a thousand' \
	awk "BEGIN { exit !($large <= 1.5 * $small) }"
tap_done
