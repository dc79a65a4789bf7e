#!/bin/sh
# tact privacy: what is kept of a person is given out as its schema says, goes
# when it is asked for, stays away, and the trail tells of it.
# TAP on standard output. Run from the root of the tree: tests/cli/privacy.sh
set -u
tact=${BUILD:-build/plain}/bin/tact
check=${BUILD:-build/plain}/tools/schema-check
schema=contrib/schema/privacy-export.schema.json
tmp=$(mktemp -d) || exit 2 # 0700, as the store wants it
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
# shellcheck source=tests/tap.sh
. tests/tap.sh

cat >"$tmp/conf" <<END
[store]
path = $tmp/tact.db
[analysis]
rules = rules
[privacy]
controller = Firm ApS, Byvej 1, 2100 København Ø
contact = privacy@firm.example
legal_basis = contract
mail_max_age = 30d
[mailbox support@firm.example]
END
cat >"$tmp/orders.csv" <<END
email;customer number;order;date;amount
anna@customer.example;11;1;2026-01-02;100,00
anna@customer.example;11;2;2026-05-02;50,00
bo@customers.example;12;3;2026-02-01;10,00
eve@works.example;13;4;2026-02-01;10,00
kim@works.example;13;5;2026-02-02;10,00
END

# privacy STATUS ARGUMENT...: runs it; output in out and err
privacy() {
	wanted=$1
	shift
	"$tact" privacy "$@" --config "$tmp/conf" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact privacy $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}
says() { grep -qF -- "$1" "$tmp/out"; }
sql() { sqlite3 "$tmp/tact.db" "$1"; }
rows() { sql "SELECT (SELECT count(*) FROM $1 $2)"; }

is 'without a database it says so' privacy 1 export anna@customer.example
is 'and there is nothing to purge where nothing is kept' \
	sh -c "'$tact' privacy purge --config /dev/null >/dev/null"
"$tact" privacy purge --json --config /dev/null >"$tmp/out"
is 'in JSON too' says '"pending":0'
"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'
"$tact" customer import "$tmp/orders.csv" --config "$tmp/conf" >"$tmp/out" 2>&1 ||
	{ not_ok 'tact customer import'; sed 's/^/# /' "$tmp/out"; }
anna=$(sql 'SELECT customer FROM orders WHERE cents = 10000')
# As a mail would leave them.
sql "INSERT INTO profile VALUES ($anna, 3, 1767312000, 1767312000, x'00');
	INSERT INTO thread (id, customer, opened_at, last_in_at, contacts, tier)
	VALUES (1, $anna, 1767312000, 1767312000, 1, 3);
	INSERT INTO mail (key, customer, thread, at, direction, public_id, facts)
	VALUES (x'00112233445566778899aabbccddeeff', $anna, 1, 1767312000, 0, 'abc',
	CAST('scored da sentiment=negative/12' AS BLOB))"

# ------------------------------------------------------------------ export
is 'export' privacy 0 export anna@customer.example
is 'the export is as its schema says' "$check" "$schema" "$tmp/out"
is 'it is known' says '"known": true'
is 'it has the orders' says '"cents": 10000'
is 'and their day' says '"at": "2026-01-02"'
is 'and when a mail is due' says '"due": "2026-02-01T00:00:00Z"'
is 'and the tier at the time' says '"tier": "premium"'
is 'and where it comes from' says "imported from the site's order system"
is 'and who answers for it' says 'København'
is 'one line a person with --json' privacy 0 export --json anna@customer.example bo@customers.example
same 'two of them' 2 "$(wc -l <"$tmp/out")"
head -n 1 "$tmp/out" >"$tmp/one"
is 'and each as the schema says' "$check" "$schema" "$tmp/one"
is 'every row of every class' \
	test "$(grep -o '"due"' "$tmp/one" | wc -l)" = "$(sql "SELECT
	(SELECT count(*) FROM orders WHERE customer = $anna) +
	(SELECT count(*) FROM alias WHERE customer = $anna) + 4")"
is 'by customer number' privacy 0 export 11
is 'it is the same person' says '"cents": 10000'
is 'of a stranger' privacy 0 export --json nobody@else.example
is 'a schema too' "$check" "$schema" "$tmp/out"
is 'nothing is known' says '"known":false'
printf '{"schema": 1}' >"$tmp/bad"
is 'the check of the schema can fail' sh -c "! '$check' '$schema' '$tmp/bad' >/dev/null"

# ----------------------------------------------------------------- restrict
is 'restrict' privacy 0 restrict anna@customer.example
same 'the customer is marked' 1 "$(sql "SELECT restricted FROM customer WHERE id = $anna")"
is 'purge leaves what is restricted' privacy 0 purge
same 'the old mail is there' 1 "$(rows mail "WHERE customer = $anna")"
is 'unrestrict' privacy 0 unrestrict anna@customer.example
is 'again: nothing to change' privacy 0 unrestrict anna@customer.example
is 'it says so' says 'nothing to change'
sql "INSERT INTO gap (public_id, thread, language, request, at, words) VALUES ('x', 1, 'da', 'order', 1, x'00')"
is 'purge takes what is due' privacy 0 purge --json
is 'and counts it' says '"mails":2'
is 'also a sealed text' says '"texts":1'
same 'the old mail is gone' 0 "$(rows mail "WHERE customer = $anna")"
same 'the order is not' 2 "$(rows orders "WHERE customer = $anna")"

# -------------------------------------------------------------------- erase
is 'erase' privacy 0 erase --json anna@customer.example
is 'it is complete' says '"pending":0'
same 'no order' 0 "$(rows orders "WHERE customer = $anna")"
same 'no name' 0 "$(rows alias "WHERE customer = $anna")"
is 'again: nothing left, no failure' privacy 0 erase anna@customer.example
is 'it says so' says '0 rows erased'
is 'one of a company' privacy 0 erase eve@works.example
is 'is told that its orders stay' says '@DOMAIN'
same 'they do' 3 "$(rows orders '')"
is 'the company by its domain' privacy 0 erase @Works.example
same 'all but one order is gone' 1 "$(rows orders '')"

printf 'email;order;date;amount\nole@b\303\274cher.example;9;2026-02-01;10,00\n' >"$tmp/idn.csv"
"$tact" customer import "$tmp/idn.csv" --config "$tmp/conf" >"$tmp/out" 2>&1
is 'a domain is known in any spelling' privacy 0 export --json @xn--bcher-kva.example
is 'as that of an address is' says '"known":true'
is 'and erased by any' privacy 0 erase "$(printf '@B\303\274cher.Example.')"
same 'nothing of it is left' 1 "$(rows orders '')"

# ------------------------------------------------------------------- object
# What asks for JSON reads the schema first, see tact(1).
for words in 'restrict bo@customers.example' 'unrestrict bo@customers.example' \
	'unobject bo@customers.example' 'erase nobody@customers.example' \
	'object nobody@customers.example' 'unobject nobody@customers.example' purge reapply; do
	# shellcheck disable=SC2086 # are words
	is "$words as JSON" privacy 0 $words --json
	is 'has a schema' sh -c "grep -q '^{\"schema\":1,' '$tmp/out'"
done
is 'object' privacy 0 object bo@customers.example
same 'nothing but the hash' '0 0 1' "$(sql "SELECT (SELECT count(*) FROM customer)
	|| ' ' || (SELECT count(*) FROM alias) || ' ' ||
	(SELECT count(*) FROM suppression WHERE kind = 1)")"
sed -i 's/;100,00/;100,50/' "$tmp/orders.csv"
"$tact" customer import --again "$tmp/orders.csv" --config "$tmp/conf" >"$tmp/out" 2>&1
is 'an import does not bring him back' privacy 0 export --json bo@customers.example
is 'nothing is known' says '"known":false'
is 'the objection is told' says '"suppression":"objection"'
is 'object needs an address' privacy 2 object 12
is 'restrict too' privacy 2 restrict @customers.example
is 'he changes his mind' privacy 0 unobject bo@customers.example
same 'no hash' 0 "$(rows suppression '')"

# ---------------------------------------------------------------------- log
is 'log' privacy 0 log
is 'the trail is whole' says 'the trail is whole'
head=$(sed -n 's/.*its head is //p' "$tmp/out")
is 'with a head from before' privacy 0 log --known "$head"
for event in config import export restrict unrestrict purge erase object unobject; do
	is "it tells of: $event" grep -qw "$event" "$tmp/out"
done
is 'no address in it' sh -c "! grep -q '@' '$tmp/out'"
is 'of one person' privacy 0 log --json bo@customers.example
same 'three things were done' 3 "$(grep -o '"event":"\(object\|unobject\|export\)"' "$tmp/out" | sort -u | wc -l)"
is 'a head that is none' privacy 1 log --known 12
is 'a head of another trail' privacy 1 log --known 1:00112233445566778899aabbccddeeff
sql 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)'
is 'the last entry cut off' privacy 1 log
is 'it is said loudly' says 'NOT WHOLE'

# ------------------------------------------------------------------ register
is 'register' privacy 0 register
is 'who answers for it' says 'Firm ApS'
is 'the legal basis' says 'GDPR 6(1)(b)'
is 'the mailbox' says 'support@firm.example (tag)'
is 'how long mails are kept' says '30 days (privacy.mail_max_age)'
is 'as JSON' privacy 0 register --json
is 'JSON it is' sh -c "grep -q '^{\"schema\":1,' '$tmp/out'"
is 'no draft, no other recipient' sh -c "! grep -q 'answers drafted\|language model' '$tmp/out'"
sed "s/^\\[mailbox.*/&\\nmode = draft/" "$tmp/conf" >"$tmp/drafts.conf"
printf '[drafter]\nengine = model\nbase_url = https://api.example:8443/v1\n' >>"$tmp/drafts.conf"
"$tact" privacy register --config "$tmp/drafts.conf" >"$tmp/out"
is 'drafts are a purpose' says 'have answers drafted'
is 'who runs the model is a recipient' says 'the language model at api.example,'
is 'where it is the controller must tell' says 'Third countries  (to be filled in: in which api.example is)'
sed "s/^mode = draft/&\\ndraft_engine = template/" "$tmp/drafts.conf" >"$tmp/templates.conf"
"$tact" privacy register --config "$tmp/templates.conf" >"$tmp/out"
is 'where templates write it is asked of nobody' says 'Third countries  none by this program'
for here in 127.0.0.1:11434 '[::1]:8080' localhost; do
	sed -i "s,^base_url.*,base_url = http://$here/v1," "$tmp/drafts.conf"
	"$tact" privacy register --config "$tmp/drafts.conf" >"$tmp/out"
	is "but for one on this host: $here" says 'Third countries  none by this program'
done
"$tact" privacy register --config /dev/null >"$tmp/out"
is 'without a store: nothing is kept' says 'nothing: [store] path is not set'

# --------------------------------------------------------------------- usage
is 'no word' privacy 2
is 'another word' privacy 2 forget anna@customer.example
is 'nobody named' privacy 2 erase
is 'nor by an empty word' privacy 2 erase anna@customer.example ''
is 'purge of somebody' privacy 2 purge anna@customer.example
for seconds in abc -1 10s 86401 ''; do
	is "--wait '$seconds' is no time" privacy 2 erase --wait "$seconds" bo@customers.example
done
# At a terminal it asks.
if command -v script >/dev/null; then
	"$tact" customer import --again "$tmp/orders.csv" --config "$tmp/conf" >/dev/null 2>&1
	before=$(rows alias '')
	printf 'no\n' | script -qec "$tact privacy erase bo@customers.example --config $tmp/conf" /dev/null >"$tmp/out" 2>&1
	same 'no is no success' 1 $?
	is 'at a terminal it asks' says 'Type yes:'
	same 'no: nothing was erased' "$before" "$(rows alias '')"
	printf 'yes\n' | script -qec "$tact privacy erase bo@customers.example --config $tmp/conf" /dev/null >"$tmp/out" 2>&1
	is 'yes: it was' test "$(rows alias '')" -lt "$before"
else
	skip 'at a terminal' 'script(1) is not installed'
fi
for file in tact.db tact.db.audit tact.db.erasures tact.db.lock; do
	same "$file is its owner's alone" 600 "$(stat -c %a "$tmp/$file")"
done
is 'no address in any file beside the keys' \
	sh -c "! grep -rlE 'customer[s]?\.example|works\.example' '$tmp'/tact.db*"
tap_done
