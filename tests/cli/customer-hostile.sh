#!/bin/sh
# 300 exports with something wrong (tests/tools/orders-hostile.c), imported into
# one store: a file is refused whole, or its bad lines are rejected one by one,
# each with its number; nothing of a refused one is stored, and all good lines
# of the others are. Then a line of a gigabyte. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
tools=${BUILD:-build/plain}/tools
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
TACT_RULES=rules
export TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

mkdir -m 700 "$tmp/store"
mkdir "$tmp/in"
printf '[store]\npath = %s/store/tact.db\n[milter]\nstatus_file = %s/none\n' \
	"$tmp" "$tmp" >"$tmp/tact.conf"
"$tact" init --config "$tmp/tact.conf" >/dev/null || exit 2
"$tools/orders-hostile" "$tmp/in" 4 || exit 2

# What each file gave, in the words of "expected".
"$tact" customer import --json --config "$tmp/tact.conf" "$tmp"/in/*.csv \
	>"$tmp/out" 2>"$tmp/err"
same 'files with faults are an exit of 1' 1 $?
same 'and nothing on standard error' '' "$(cat "$tmp/err")"
jq -r '(.file | sub(".*/"; "")) + " " + (if .error then "refused" else
	(.orders | tostring) + " " +
	([.rejected_lines[].line | tostring] | join(",")) end)' \
	<"$tmp/out" >"$tmp/found"
sort "$tmp/in/expected" >"$tmp/expected"
sort "$tmp/found" >"$tmp/found.sorted"
same '300 reports' 300 "$(wc -l <"$tmp/out")"
join -a 1 -a 2 -e none -o 0,1.2,1.3,2.2,2.3 "$tmp/expected" "$tmp/found.sorted" >"$tmp/both"
while read -r file orders lines found_orders found_lines; do
	same "$file" "$orders $lines" "$found_orders $found_lines"
done <"$tmp/both"

# Every fault says what to do, every refusal is one of the file.
same 'every rejected line has column, reason and remedy' 0 "$(jq -r \
	'.rejected_lines // [] | .[] | select(.reason == "" or .remedy == "" or
	.column == null)' <"$tmp/out" | wc -l)"
same 'no report holds an address' 0 "$(grep -c '@mail.invalid' "$tmp/out")"
wanted=$(awk '$2 != "refused" { n += $2 } END { print n }' "$tmp/in/expected")
same 'all good lines are stored, and no others' "$wanted" \
	"$(sqlite3 "$tmp/store/tact.db" 'SELECT count(*) FROM orders')"
same 'the database is sound' ok \
	"$(sqlite3 "$tmp/store/tact.db" 'PRAGMA integrity_check')"

# Once more: what was taken counts once.
"$tact" customer import --json --again --config "$tmp/tact.conf" \
	"$tmp"/in/*.csv >"$tmp/out2"
same 'a second import adds nothing' 0 "$(jq -s 'map(.orders // 0) | add' <"$tmp/out2")"
same 'and stores nothing' "$wanted" \
	"$(sqlite3 "$tmp/store/tact.db" 'SELECT count(*) FROM orders')"

# A gigabyte in one line, with 600 MB of address space.
{
	head -n 3 "$tmp/in/003-years.csv"
	head -c 1000000000 /dev/zero | tr '\0' x
} >"$tmp/gigabyte.csv"
(
	ulimit -v 600000
	"$tact" customer import --config "$tmp/tact.conf" "$tmp/gigabyte.csv"
) >"$tmp/out" 2>&1
same 'a line of a gigabyte is an exit of 1' 1 $?
is 'and refused with its number' grep -q ':4: longer than 1048576 bytes' "$tmp/out"
rm -f "$tmp/gigabyte.csv"
same 'nothing of it is stored' "$wanted" \
	"$(sqlite3 "$tmp/store/tact.db" 'SELECT count(*) FROM orders')"
tap_done
