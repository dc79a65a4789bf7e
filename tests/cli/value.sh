#!/bin/sh
# tact value: a fit of a small store, what it says of data that carry no model,
# tiers that do not flip, an override that ends, the card, the report.
# TAP on standard output. Run from the root of the tree: tests/cli/value.sh
set -u
tact=${BUILD:-build/plain}/bin/tact
check=${BUILD:-build/plain}/tools/schema-check
schema=contrib/schema/value-card.schema.json
tmp=$(mktemp -d) || exit 2 # 0700, as the store wants it
trap 'rm -rf "$tmp"' EXIT
TZ=UTC
LC_ALL=C.UTF-8
TACT_RULES=rules
export TZ LC_ALL TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

printf '[store]\npath = %s/tact.db\n[value]\ntime_zone = UTC\n' "$tmp" >"$tmp/conf"

# value STATUS ARGUMENT...: runs it; output in out and err
value() {
	wanted=$1
	shift
	"$tact" value "$@" --config "$tmp/conf" >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact value $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}

sql() { sqlite3 "$tmp/tact.db" "$1"; }
out() { jq -c "$1" "$tmp/out"; }
# near VALUE WANTED SHARE
near() { awk -v v="$1" -v w="$2" -v s="$3" 'BEGIN { d = v / w - 1; exit !(d < s && d > -s) }'; }

# --------------------------------------------------------------- a summary
# made FILE: customers of a BG/NBD with r 0.8, alpha 6, a 0.7, b 2.5 are hard to
# make in awk; those with one rate each and no leaving are not.
awk 'BEGIN { srand(4); print "customer,frequency,recency,T,monetary_value"
	for (i = 1; i <= 3000; i++) {
		rate = -log(1 - rand()) / 8; t = 0; x = 0; last = 0
		while ((t -= log(1 - rand()) / rate) < 40) { x++; last = t; if (rand() < 0.2) break }
		printf "%d,%d,%.4f,40,%.2f\n", i, x, last, x ? 10 + 20 * rand() : 0 } }' >"$tmp/summary.csv"
is 'fits a summary' value 0 fit --json --from-summary "$tmp/summary.csv"
same 'by the model' '"model"' "$(out .method)"
is 'r, of an exponential rate, is 1' near "$(out .bgnbd.r)" 1 0.12
is 'alpha is 8' near "$(out .bgnbd.alpha)" 8 0.15
is 'a fifth leaves after an order' near "$(out '.bgnbd.a / (.bgnbd.a + .bgnbd.b)')" 0.2 0.1
same 'the keys' '["a","alpha","b","log_likelihood","penalty","r"]' "$(out '.bgnbd | keys')"
same 'and those of amounts' '["gamma","p","q"]' \
	"$(out '[.gammagamma | keys[] | select(test("^(gamma|p|q)$"))]')"
sed 5,99d "$tmp/summary.csv" | sed '3s/,40,/,forty,/' >"$tmp/bad.csv"
value 0 fit --from-summary "$tmp/bad.csv"
is 'a bad line costs itself alone' grep -q '^2904 customers.*1 line rejected$' "$tmp/out"
is 'and is told' grep -q '^  line 3: not a number$' "$tmp/out"
head -n 50 "$tmp/summary.csv" >"$tmp/few.csv"
is 'too few are no error' value 0 fit --json --from-summary "$tmp/few.csv"
same 'but a reason' '["rfm","few-customers",null]' "$(out '[.method, .verdicts.orders.code, .bgnbd]')"
printf 'hello\n' >"$tmp/none.csv"
is 'a file of something else is one' value 1 fit --from-summary "$tmp/none.csv"
is 'which says what to write' grep -q 'line 1: .*customer,frequency,recency,T' "$tmp/err"
mkfifo "$tmp/pipe"
is 'nor is a pipe waited for' timeout 5 sh -c "'$tact' value fit --from-summary '$tmp/pipe' 2>&1 | grep -q 'no plain file'"
is 'so is a missing one' value 1 fit --from-summary "$tmp/nothing.csv"

cdnow=${TACT_DATA:-}/value/cdnow_customers_summary_with_transactions.csv
if [ -f "$cdnow" ]; then
	value 0 fit --json --from-summary "$cdnow"
	for row in bgnbd.r:0.243 bgnbd.alpha:4.414 bgnbd.a:0.793 bgnbd.b:2.426 \
		gammagamma.p:6.25 gammagamma.q:3.74 gammagamma.gamma:15.44; do
		is "CDNOW: ${row%:*} is ${row#*:}" near "$(out ".${row%:*}")" "${row#*:}" 0.01
	done
	is 'CDNOW: the log-likelihood' near "$(out .bgnbd.log_likelihood)" -9582.4 0.00001
else
	skip 'CDNOW' 'TACT_DATA names no folder with it'
fi

# ------------------------------------------------------------- its settings
unfit() {
	printf '%s\n' "$1" | tr '/' '\n' >"$tmp/unfit"
	! "$tact" config check --config "$tmp/unfit" >"$tmp/out" 2>&1 && grep -q "$2" "$tmp/out"
}
is 'tiers must be together 100' unfit '[value]/tiers = vip 10' 'together 100'
is 'a time needs its unit' unfit '[value]/response = vip 2' 'vip 2h'
is 'hours need days' unfit '[value]/hours = 9-17' 'mon-fri'
is 'a holiday is a day' unfit '[value]/holidays = 12-32' '12-25'
is 'a zone must be known' unfit '[value]/time_zone = Europe.Kobenhavn' 'Europe.Copenhagen'
is 'of a mailbox too' unfit '[mailbox a@b.example]/hours = mon' 'mailbox a@b.example'

# ----------------------------------------------------------- without orders
is 'without a store it says so' value 1 fit
"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'
is 'an empty store is fitted' value 0 fit --json
same 'to nothing' '["rfm",0,null]' "$(out '[.method, .customers, .as_of]')"
is 'and reported' value 0 report
is 'nobody is known' value 1 card nobody@customer.example

# -------------------------------------------------------------- an own fit
# One customer a line: number, days between orders, how many, the amount.
orders() {
	awk -v n="$1" 'BEGIN { srand(2); print "order,date,email,customer,amount"
		for (c = 1; c <= n; c++) {
			gap = 5 + 150 * rand(); many = 1 + int(12 * rand() * rand())
			amount = 10 + 200 * rand() * rand(); day = 600 - int(500 * rand())
			for (k = 0; k < many; k++) {
				if (day > 0) {
					cmd = ""; t = 1700000000 - day * 86400
					printf "%d-%d,%s,me@c%d.example,%d,%.2f\n", c, k,
						strftime("%Y-%m-%d", t, 1), c, c, amount * (0.5 + rand()) }
				day -= int(gap * -log(1 - rand())) + 1 } } }'
}
if ! awk 'BEGIN { exit strftime("%Y", 0, 1) != 1970 }' 2>/dev/null; then
	skip 'a fit of a store' 'needs an awk with strftime'
	tap_done
	exit
fi
orders 400 >"$tmp/small.csv"
"$tact" customer import --config "$tmp/conf" "$tmp/small.csv" >"$tmp/log" 2>&1 ||
	not_ok "import: $(cat "$tmp/log")"
value 0 fit --json
same 'few customers: by recency, frequency and money' '["rfm","few-customers"]' \
	"$(out '[.method, .verdicts.orders.code]')"
same 'with a tier for each all the same' "$(out .customers)" \
	"$(sql 'SELECT count(*) FROM worth')"
orders 1500 >"$tmp/orders.csv"
"$tact" customer import --config "$tmp/conf" "$tmp/orders.csv" >"$tmp/log" 2>&1 ||
	not_ok "import: $(cat "$tmp/log")"
sql 'SELECT * FROM worth' >"$tmp/before"
is 'a dry run' value 0 fit --json --dry-run
same 'by the model now' '"model"' "$(out .method)"
sql 'SELECT * FROM worth' | cmp -s - "$tmp/before"
result 'writes nothing' $?
is 'a fit' value 0 fit --json
customers=$(out .customers)
same 'all customers' "$customers" "$(sql 'SELECT count(DISTINCT customer) FROM orders')"
is 'a tenth is vip' near "$(out .tiers.vip)" "$(out '.customers * 0.1')" 0.25
is 'a fifth is premium' near "$(out .tiers.premium)" "$(out '.customers * 0.2')" 0.25
is 'what was held out happened about so' \
	near "$(out .holdout.expected)" "$(out .holdout.actual)" 0.35
value 0 fit --json
same 'fitted again nobody changes' 0 "$(out .tiers_changed)"
same 'told in the audit trail' "$customers" \
	"$(sql "SELECT n FROM audit WHERE event = 'fit' ORDER BY seq DESC LIMIT 1")"

{ cat "$tmp/conf"; echo 'scheme = vip-standard-risk'; } >"$tmp/three"
"$tact" value fit --dry-run --json --config "$tmp/three" >"$tmp/out"
same 'three classes: vip, standard, and who is at high risk' '[true,0,true,0,true]' \
	"$(out '[.tiers.vip > 0, .tiers.premium, .tiers.standard > 0, .tiers.basic, .risk.high > 0]')"

# ------------------------------------------------------------ tier and card
who=me@c1.example
is 'the card' value 0 card --json $who
is 'is as its schema says' "$check" "$schema" "$tmp/out"
same 'with scores' object "$(jq -r '.scores | type' "$tmp/out")"
same 'its value is that of the fit' \
	"$(sql "SELECT value || ' ' || risk || ' ' || upsell FROM worth WHERE customer = $(out .customer)")" \
	"$(jq -r '[.scores.value.score, .scores.risk.score, .scores.upsell.score] | map(tostring) | join(" ")' "$tmp/out")"
tier=$(out .tier)
is 'by number too' value 0 card 1
is 'of whom nothing was read has no mood' grep -qx 'mood  *no trend yet' "$tmp/out"
is 'for a person' grep -q '^advice ' "$tmp/out"
refused() {
	name=$1
	shift
	is "refused: $name" value 2 "$@"
}
refused 'an override without its end' tier $who vip --reason r
refused 'without its reason' tier $who vip --until 2099-12-31
refused 'with a reason of blanks' tier $who vip --until 2099-12-31 --reason ' '
refused 'with one that would be cut' tier $who vip --until 2099-12-31 --reason "$(printf '%0201d' 7)"
refused 'that has ended' tier $who vip --until 2020-12-31 --reason r
refused 'in a dry run, which fit alone has' tier $who vip --until 2099-12-31 --reason r --dry-run
refused 'or with a file' tier $who vip --until 2099-12-31 --reason r --from-summary x
refused 'fit has no end' fit --until 2099-12-31
refused 'to no tier' tier $who gold --until 2099-12-31 --reason r
refused 'a card without an address' card
refused 'a fit with an operand' fit now
refused 'another word' rank
is 'nobody is no customer' value 1 tier x@nowhere.example vip --until 2099-12-31 --reason r
same 'nothing was made' 0 "$(sql 'SELECT count(*) FROM override')"
is 'an override' value 0 tier $who vip --until 2099-12-31 --reason 'opened our first shop'
value 0 card --json $who
is 'is as the schema says, too' "$check" "$schema" "$tmp/out"
same 'holds' '["vip","override","2099-12-31","opened our first shop"]' \
	"$(out '[.tier, .tier_by, .until, .reason]')"
same 'also after a fit' '"vip"' "$(value 0 fit && value 0 card --json $who && out .tier)"
same 'is told in the audit trail' 1 "$(sql "SELECT count(*) FROM audit WHERE event = 'override'")"
# A day's end west of Greenwich is the next day of UTC.
(
	TZ=America/New_York
	value 0 tier $who vip --until 2099-12-31 --reason west && value 0 card --json $who
)
same 'and its last day is the one that was said, anywhere' '"2099-12-31"' "$(out .until)"
sql 'UPDATE override SET until = 1000'
value 0 card --json $who
same 'ends by itself' "$tier" "$(out .tier)"
is 'or is taken back' value 0 tier $who by-rank
same 'and gone' 0 "$(sql 'SELECT count(*) FROM override')"

# --------------------------------------------------------- who may be valued
id=$(value 0 card --json $who && out .customer)
sql "UPDATE customer SET consent = 1 WHERE id = $id"
value 0 card --json $who
same 'without consent there is no value' '["unknown","not-allowed",null]' \
	"$(out '[.tier, .tier_by, .scores]')"
is 'the card of one without value is as the schema says' "$check" "$schema" "$tmp/out"
value 0 fit --json
same 'nor after a fit' "0 $((customers - 1))" \
	"$(sql "SELECT count(*) FROM worth WHERE customer = $id") $(out .customers)"
value 0 report --json
same 'the report counts them' 1 "$(out .customers.not_allowed)"
same 'and the tiers' "$((customers - 1))" \
	"$(out '[.tiers.vip, .tiers.premium, .tiers.standard, .tiers.basic] | add')"
same 'old orders are stale' true "$(out .orders.stale)"
is 'for a person' value 0 report
is 'with the fit' grep -q '^orders: BG/NBD$' "$tmp/out"
same 'no personal data is in it' '' "$(grep -i '@\|c1.example' "$tmp/out")"
tap_done
