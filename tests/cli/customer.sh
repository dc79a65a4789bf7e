#!/bin/sh
# tact customer: what is said of a file, dry runs, resuming after kill -9,
# dropped files, rows of another database, show and merge. TAP.
set -u
tact=$(cd "${BUILD:-build/plain}" && pwd)/bin/tact
tools=$(cd "${BUILD:-build/plain}" && pwd)/tools
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
schema=$PWD/contrib/schema/customer-import.schema.json
TACT_RULES=$PWD/rules
export TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

# site NAME [OTHER]: a store of that name, and its settings in NAME.conf; with
# the keys of OTHER
site() {
	mkdir -m 700 "$tmp/$1"
	[ $# = 1 ] || cp -Rp "$tmp/$2/keys" "$tmp/$1/keys"
	cat >"$tmp/$1.conf" <<-END
		[milter]
		status_file = $tmp/$1.status
		[store]
		path = $tmp/$1/tact.db
		[import]
		currency = DKK
		rates = EUR=7.46
	END
	"$tact" init --config "$tmp/$1.conf" >/dev/null || exit 2
}

# sql NAME QUERY
sql() {
	sqlite3 "$tmp/$1/tact.db" "$2"
}

cd "$tmp" || exit 2
site one
printf '%s\r\n' 'Ordrenr;Ordredato;Kundenr;E-mail;Beløb;Valuta' \
	'1;01.02.2025;77;mette@krogh.invalid;1.234,50;DKK' \
	'2;02.02.2025;78;bo@acme.example;100,00;EUR' \
	'3;03.02.2025;;ib@acme.example;abc;DKK' \
	'4;04.02.2025;;ib@acme.example;10;SEK' >orders.csv

"$tact" customer import --dry-run --config one.conf orders.csv >out 2>err
same 'a dry run with rejected lines is an exit of 1' 1 $?
"$tact" customer import --dry-run --json --config one.conf orders.csv shop.html >out.json 2>&1
sed -n 1p out.json >out.1
is 'JSON of a dry run is as its schema says' "$tools/schema-check" "$schema" out.1
sed -n 2p out.json >out.2
is 'that of a file that is not there, too' "$tools/schema-check" "$schema" out.2
is 'it says what the file is' grep -qx \
	'orders.csv: 4 orders; UTF-8, semicolon, decimal comma, dates dmy' out
is 'and which column is what' grep -qx \
	'orders.csv: amount   is column 5, Beløb' out
is 'and each rejected line, with its remedy' grep -qx \
	'orders.csv:4:5: Beløb: "abc": no amount of money; write it as 1234.50' out
is 'and that a rate is missing' grep -qx \
	'orders.csv:5:6: Valuta: "SEK": no rate for this currency; add it to rates in \[import\]' out
same 'it stores nothing' 0 "$(sql one 'SELECT count(*) FROM alias')"
printf '[import]\ndomains = off\n' >none.conf
"$tact" customer import --dry-run --config none.conf orders.csv >out 2>err
is 'and needs no store' grep -qx 'orders.csv: dry run: 1 line could be taken' out
"$tact" customer import --dry-run --rules . --config one.conf orders.csv >out 2>err
same 'where rules have no public domains it is refused' 1 $?
is 'and told that it may do without' grep -q 'domains, unless it is off' err
"$tact" customer import --config none.conf orders.csv >out 2>err
same 'an import does' 1 $?
is 'and says how to have one' grep -q 'path' err

"$tact" customer import --config one.conf orders.csv >out 2>err
is 'an import tells what was taken' grep -qx \
	'orders.csv: 2 orders taken, 0 refunds netted, 0 cancelled, 0 there already' out
same 'orders are stored' 2 "$(sql one 'SELECT count(*) FROM orders')"
same 'and counted of the file' '2 2' "$(sql one "SELECT orders || ' ' || rejected FROM import")"
same 'in the currency of the site' 198050 "$(sql one 'SELECT sum(cents) FROM orders')"
same 'and told in the audit trail' 2 \
	"$(sql one "SELECT n FROM audit WHERE event = 'import'")"
"$tact" customer import --config one.conf orders.csv >out
same 'the same file again is fine' 0 $?
is 'and not read again' grep -q 'was imported before: nothing to do' out
"$tact" customer import --again --json --config one.conf orders.csv >out
same 'unless --again says so' '0 2' "$(jq -r '"\(.orders) \(.duplicates)"' out)"
is 'as its schema says' "$tools/schema-check" "$schema" out
same 'what was taken of the file stays counted' '2 2' \
	"$(sql one "SELECT orders || ' ' || rejected FROM import")"
same 'the JSON lists reasons' '{"amount-form":1,"currency-rate":1}' \
	"$(jq -c .reasons out)"
same 'nothing of an address is stored' 0 \
	"$(grep -c -a -e krogh -e acme one/tact.db)"

"$tact" customer show --config one.conf Mette@Krogh.invalid >out
is 'show finds by address' grep -qx \
	'orders   1, 1234.50 DKK together, 2025-02-01 to 2025-02-01' out
"$tact" customer show --json --config one.conf 77 >out
same 'and by number' 123450 "$(jq -r '.amount | sub("\\."; "")' out)"
"$tact" customer show --config one.conf new@acme.example >out
is 'and by company' grep -q '746.00 DKK' out
"$tact" customer show --config one.conf nobody@krogh.invalid >out 2>err
same 'a stranger is an exit of 1' 1 $?
is 'and said' grep -qx 'tact: nobody is known as nobody@krogh.invalid' err
for option in --dry-run --again --once '--mapping header=no' '--sql x' '--watch .'; do
	# shellcheck disable=SC2086 # with its value
	"$tact" customer merge $option --config one.conf 77 78 >out 2>&1
	same "merge $option is no usage" 2 $?
done
same 'and none were merged' '2 customers, 5 aliases, 2 orders' \
	"$("$tact" customer count --config one.conf)"
"$tact" customer merge --json --config one.conf 77 78 >out
same 'two are merged' 0 $?
same 'and told in JSON' '1 true' "$(jq -r '"\(.schema) \(.merged)"' out)"
"$tact" customer merge --config one.conf 77 78 >out
is 'they were already' grep -qx 'They were one customer already.' out
same 'count tells' '1 customer, 5 aliases, 2 orders' \
	"$("$tact" customer count --config one.conf)"
is 'both have all orders' sh -c \
	"'$tact' customer show --config one.conf 78 | grep -q '^orders   2, 1980.50'"

# A nonsense of operands is usage.
for words in 'import' 'import --watch .  orders.csv' 'import --once orders.csv' \
	'import --sql x orders.csv orders.csv' 'show' 'merge 77' 'count 77' 'sell'; do
	# shellcheck disable=SC2086 # words
	"$tact" customer $words --config one.conf >/dev/null 2>&1
	same "customer $words is no usage" 2 $?
done
"$tact" customer import --mapping amount=Nonsense --config one.conf orders.csv >out
is 'a mapping that does not fit is told' grep -q 'amount=Nonsense: the file has no such column' out
"$tact" customer import --mapping nonsense --config one.conf orders.csv >out 2>err
is 'one that is none, too' grep -q 'write COLUMN=HEADER' err

# Rows of another database.
sqlite3 shop.db "CREATE TABLE o(id, day, mail, total REAL); INSERT INTO o
	VALUES (10, '2025-03-01', 'a@shop.invalid', 12.5), (11, '2025-03-02',
	'b \"x\" <b@shop.invalid>', 1000);"
query='SELECT id AS order_id, day AS date, mail AS email, total AS amount FROM o'
site two
"$tact" customer import --config two.conf --sql "$query" shop.db >out 2>err
same 'rows of a query are imported' 0 $?
same 'all of them' '2|101250' "$(sql two 'SELECT count(*), sum(cents) FROM orders')"
for bad in 'DELETE FROM o' 'SELECT 1; SELECT 2' "ATTACH 'x.db' AS x" \
	'PRAGMA user_version' 'nonsense' "SELECT load_extension('x')" ''; do
	"$tact" customer import --config two.conf --sql "$bad" shop.db >out 2>err
	[ $? -ne 0 ]
	result "no query: $bad" $?
done
same 'and nothing was written there' 2 "$(sqlite3 shop.db 'SELECT count(*) FROM o')"

# Dropped files.
site three
mkdir drop
cp orders.csv drop/a.csv
printf 'PK\003\004' >drop/b.xlsx
printf 'Order,Date,Email,Amount\n9,2025-01-01,x@y.invalid,5\n' >drop/c.csv
cp drop/c.csv drop/.hidden.csv
cp drop/c.csv drop/d.csv.part
touch -d '1 minute ago' drop/* drop/.hidden.csv
cp orders.csv drop/young.csv
touch -d '1 minute' drop/young.csv
"$tact" customer import --watch drop --once --config three.conf >out 2>err
same 'a folder with something wrong is an exit of 1' 1 $?
same 'what was taken is in done/, what was refused in failed/' \
	'.hidden.csv d.csv.part done done/a.csv done/a.csv.report.txt done/c.csv done/c.csv.report.txt failed failed/b.xlsx failed/b.xlsx.report.txt young.csv' \
	"$(cd drop && find . ! -name . | sed 's,^\./,,' | LC_ALL=C sort | tr '\n' ' ' | sed 's/ $//')"
is 'with its report' grep -q ':4:5: Beløb: "abc"' drop/done/a.csv.report.txt
same 'and its orders stored' 3 "$(sql three 'SELECT count(*) FROM orders')"
rm drop/young.csv
cp drop/done/c.csv drop/c.csv
touch -d '1 minute ago' drop/c.csv
"$tact" customer import --watch drop --once --config three.conf >out 2>err
same 'the same name again' 0 $?
is 'keeps both' test -e drop/done/c.csv.1
"$tact" customer import --watch drop --config three.conf >out 2>err &
watcher=$!
sleep 1
"$tact" db rotate-key --config three.conf >/dev/null
printf 'Order,Date,Email,Amount\n1,2025-01-01,z@y.invalid,5\n' >drop/e.csv
touch -d '1 minute ago' drop/e.csv
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ ! -e drop/e.csv ] && break
	sleep 1
done
same 'a watcher names whom it imports with the key in use' 2 \
	"$(sql three 'SELECT max(kid) FROM alias')"
kill -TERM $watcher
wait $watcher
same 'a watcher ends at once when it is told to' 0 $?

# kill -9 at any moment: in the end all is there, and once. Chunks are small
# while tact-milter runs.
"$tools/orders-make" 20000 240000 7 >big.csv
site whole one
"$tact" customer import --config whole.conf big.csv >/dev/null
site cut one
: >cut.status
kills=0
for delay in 0.3 0.6 0.9 1.2 0.5 1.5 0.8 2 2.5 3 4 5 6 8; do
	"$tact" customer import --config cut.conf big.csv >>cut.out 2>&1 &
	import=$!
	sleep $delay
	kill -9 $import 2>/dev/null || break
	wait $import 2>/dev/null
	kills=$((kills + 1))
done
wait
"$tact" customer import --config cut.conf big.csv >>cut.out 2>&1
echo "# killed $kills times"
is 'an import is killed some times' test $kills -ge 3
is 'it went on where it was' grep -q 'goes on behind [0-9]*0000 records' cut.out
for table in 'oid, at, cents FROM orders' 'hex(key), kind FROM alias'; do
	sql whole "SELECT $table ORDER BY 1" >whole.rows
	sql cut "SELECT $table ORDER BY 1" >cut.rows
	is "nothing is lost or doubled: ${table#* FROM }" cmp -s whole.rows cut.rows
done
# A customer has the orders that he has when nothing is cut.
of='SELECT min(hex(key)), (SELECT sum(cents) FROM orders o WHERE
	o.customer = a.customer) FROM alias a GROUP BY customer ORDER BY 1'
sql whole "$of" >whole.rows
sql cut "$of" >cut.rows
is 'and everybody has what is theirs' cmp -s whole.rows cut.rows
same 'the database is sound' ok "$(sql cut 'PRAGMA integrity_check')"
tap_done
