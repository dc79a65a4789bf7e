#!/bin/sh
# tact trust: an exception is made with its end and its reason, listed, told in
# the audit trail, and dropped; the report counts what the filter counted.
# TAP on standard output. Run from the root of the tree: tests/cli/trust.sh
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2 # 0700, as the store wants it
trap 'rm -rf "$tmp"' EXIT
TZ=Europe/Copenhagen
LC_ALL=C.UTF-8
export TZ LC_ALL
# shellcheck source=tests/tap.sh
. tests/tap.sh

printf '[store]\npath = %s/tact.db\n' "$tmp" >"$tmp/conf"

# trust STATUS ARGUMENT...: runs it; output in out and err
trust() {
	wanted=$1
	shift
	"$tact" trust "$@" --config "$tmp/conf" --rules rules >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact trust $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}

sql() { sqlite3 "$tmp/tact.db" "$1"; }
# The only changes of these tests that are not made by tact.
audited() { sql "SELECT count(*) FROM audit WHERE event = 'trust'"; }

is 'without a store it says so' trust 1 list
is 'the message names the database' grep -qF "$tmp/tact.db" "$tmp/err"
"$tact" init --config "$tmp/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'

# ---------------------------------------------------------- what is refused
refused() {
	name=$1
	shift
	is "refused: $name" trust 2 "$@"
}
refused 'no end' allow partner.example --reason r
refused 'no reason' allow partner.example --until 2099-12-31
refused 'an empty reason' allow partner.example --until 2099-12-31 --reason ' '
refused 'a reason that would be cut' allow partner.example --until 2099-12-31 --reason "$(printf '%0201d' 7)"
refused 'a day that is over' allow partner.example --until 2020-01-01 --reason r
for day in 2099-13-01 2099-02-30 2099-2-1 20991231 tomorrow 2099-12-31T00 ' 2099-12-31' '+2099-12-1'; do
	refused "the day '$day'" allow partner.example --until "$day" --reason r
done
for domain in example '*.example.com' bo@partner.example .partner.example \
	'partner example' '[192.0.2.1]' 'a_b.example' '' 'partner.example;drop'; do
	refused "the domain '$domain'" allow "$domain" --until 2099-12-31 --reason r
done
for domain in gmail.com GMX.de a.gmail.com; do
	is "refused: the public domain $domain" trust 1 allow "$domain" --until 2099-12-31 --reason r
done
mkdir "$tmp/first" "$tmp/last"
"$tact" trust allow partner.example --until 2099-12-31 --reason r --config "$tmp/conf" \
	--rules "$tmp/first:$tmp/last" >"$tmp/out" 2>"$tmp/err"
same 'refused: rules without the list of public domains' 1 $?
is 'all folders are named' grep -qF "($tmp/first, $tmp/last)" "$tmp/err"
is 'and no setting that would not help' sh -c "! grep -q 'off' '$tmp/err'"
refused 'no domain' allow --until 2099-12-31 --reason r
refused 'drop without a domain' drop
refused 'an operand too many' list partner.example
refused 'another word' permit partner.example
same 'and nothing was made' 0 "$(sql 'SELECT count(*) FROM exception')"
same 'nor told' 0 "$(audited)"

# ------------------------------------------------------------ an exception
is 'made' trust 0 allow Partner.EXAMPLE. --until 2099-12-31 --reason 'signs from April'
is 'of an IDN' trust 0 allow bücher.example --until 2099-06-30 --reason 'ticket 12'
trust 0 list
same 'listed' 'partner.example                until 2099-12-31  signs from April
xn--bcher-kva.example          until 2099-06-30  ticket 12' "$(cat "$tmp/out")"
same 'ends when its day does, here' '4102441200' \
	"$(sql "SELECT until FROM exception WHERE domain = 'partner.example'")"
same 'told in the audit trail' 2 "$(audited)"
trust 0 list --json
same 'as JSON' '["partner.example","2099-12-31",false,"signs from April"]' \
	"$(jq -c '.exceptions[0] | [.domain, .until, .ended, .reason]' "$tmp/out")"
is 'replaced' trust 0 allow partner.example --until 2099-01-31 --reason 'new
line'
trust 0 list
same 'with what is new, on one line' 'partner.example                until 2099-01-31  new line' \
	"$(head -n 1 "$tmp/out")"
sql "UPDATE exception SET until = 1000 WHERE domain = 'xn--bcher-kva.example'"
trust 0 list
same 'one that has ended says so' 'xn--bcher-kva.example          ended 1970-01-01  ticket 12' \
	"$(tail -n 1 "$tmp/out")"
is 'dropped' trust 0 drop PARTNER.example
is 'not twice' trust 1 drop partner.example
is 'the ended one too' trust 0 drop bücher.example
trust 0 list
same 'none is left' 'no exceptions: SPF alone is trusted for no domain' "$(cat "$tmp/out")"

# -------------------------------------------------------------- the report
trust 0 report
same 'nothing counted yet' 'all 0 0' \
	"$(tail -n 1 "$tmp/out" | tr -s ' ' | sed 's/ $//')"
today=$(($(date +%s) / 86400))
sql "INSERT INTO trust_day (day, verdict, known, n) VALUES
	($today, 3, 1, 60), ($today, 3, 0, 20), ($today, 0, 1, 10),
	($today - 29, 1, 0, 8), ($today - 3, 2, 1, 2), ($today - 30, 3, 1, 999)"
trust 0 report --json
same 'all mails' '{"verified":80,"excepted":2,"weak":8,"unverified":10,"all":100}' \
	"$(jq -c .mails "$tmp/out")"
same 'those of customers' '{"verified":60,"excepted":2,"weak":0,"unverified":10,"all":72}' \
	"$(jq -c .of_customers "$tmp/out")"
same 'by day' '[8,2,90]' "$(jq -c '[.by_day[].mails.all]' "$tmp/out")"
trust 0 report
same 'for a person' 'verified   DMARC or aligned DKIM          80  80.0 %         60  83.3 %' \
	"$(sed -n 2p "$tmp/out")"
same 'no personal data is in it' '' "$(grep -i '@\|example' "$tmp/out")"
tap_done
