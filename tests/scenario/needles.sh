#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# P-1: nothing that a person wrote stands in any file of ours. Every field of N
# mails and of their orders holds a word that is nowhere else; then database,
# journal, keys, logs, status and all else are searched for it, while it runs
# and after. Speaks TAP.
#
#   N=120 tests/scenario/needles.sh
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
N=${N:-120}
needles=$BUILD/tools/needles
for tool in "$BUILD/bin/tact" "$BUILD/tools/milter-load" "$needles"; do
	[ -x "$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$tool" "$dir"
done
work=$(mktemp -d "${TMPDIR:-/tmp}/tact-needles.XXXXXX")
mkdir "$dir/run/tmp"
chown "$user" "$dir/run/tmp" 2>/dev/null
TMPDIR=$dir/run/tmp
export TMPDIR

cleanup_work() {
	rm -rf "$work"
	cleanup
}
trap cleanup_work EXIT

quiet() { "$@" >"$work/out" 2>&1; }

# ------------------------------------------------- the search itself can fail
# finds NAME: the sample holds a needle, however written
finds() {
	"$needles" scan "$work/sample" >"$work/out" && { not_ok "finds $1"; return; }
	ok "finds $1"
}
word=zqxneedle77
printf '\001%s\002' $word >"$work/sample"
finds 'it as it is'
printf %s $word | tr '[:lower:]' '[:upper:]' >"$work/sample"
finds 'it in capitals'
printf %s $word | iconv -t UTF-16LE >"$work/sample"
finds 'it in UTF-16'
printf %s $word | iconv -t UTF-16BE >"$work/sample"
finds 'it in UTF-16, the other way'
for before in '' a ab; do
	printf '%s%s and more' "$before" $word | base64 >"$work/sample"
	finds "it in base64 after '$before'"
done
printf %s $word | tr '[:lower:]' '[:upper:]' | base64 >"$work/sample"
finds 'capitals in base64'
printf %s $word | od -An -v -tx1 | tr -d ' \n' >"$work/sample"
finds 'it in hexadecimal'
printf %s $word | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F >"$work/sample"
finds 'it in HEXADECIMAL'
printf %s $word | od -An -v -tx1 >"$work/sample"
finds 'it as od prints it'
printf %s $word | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g' >"$work/sample"
finds 'it in percents'
printf %s $word | od -An -v -tx1 | tr -d '\n' | sed 's/ /=/g' | tr a-f A-F >"$work/sample"
finds 'it in quoted printable'
printf %s $word | rev >"$work/sample"
finds 'it backwards'
printf 'zqxneedl e' >"$work/sample"
is 'finds nothing where nothing is' quiet "$needles" scan "$work/sample"

# --------------------------------------------------------------------- mails
mkdir "$work/mails"
"$needles" make "$work/mails" "$N"
mv "$work/mails/orders.csv" "$work"
chmod -R a+rX "$work"
store=$dir/run/store
configure main 'authserv_id = mx.test'
printf '[store]\npath = %s/tact.db\n[value]\ntime_zone = UTC\n' "$store" >>"$dir/main.conf"
# With drafts, so that whole texts are kept, closed.
sed -i 's/^\[mailbox support@example.com\]/&\nmode = draft/' "$dir/main.conf"
tact() { $as "$dir/tact" "$@" --config "$dir/main.conf"; }
count() { sqlite3 "$store/tact.db" "SELECT count(*) FROM $1"; }

# clean NAME: nothing is found; the mails themselves are elsewhere
clean() {
	if "$needles" scan "$dir/run" "$dir/main.conf" >"$work/out"; then
		ok "$1: $(sed -n 's/^# //p' "$work/out")"
	else
		not_ok "$1"
		head -n 20 "$work/out" | sed 's/^/# /'
	fi
}

tact init >"$work/out" 2>&1 || { echo "Bail out! tact init"; cat "$work/out"; exit 1; }
cat "$work/orders.csv" >"$dir/orders.csv" && chmod a+r "$dir/orders.csv"
tact customer import "$dir/orders.csv" >"$work/out" 2>&1
is 'orders are imported' test "$(count orders)" -ge $((N / 4))
clean 'after an import'
start main || { echo "Bail out! it does not start"; cat "$dir/run/main.log"; exit 1; }
find "$work/mails" -name '*.eml' | sort >"$work/list"
# In pieces, so that a command line is not too long.
split -l 500 "$work/list" "$work/piece."
for piece in "$work"/piece.*; do
	n=$(wc -l <"$piece")
	# shellcheck disable=SC2046 # names without blanks
	$as "$dir/milter-load" -c 8 -n "$n" -r support@example.com \
		-f zqxneedle@zqxneedle.example "$dir/run/milter.sock" $(cat "$piece") >"$work/load" 2>&1
	result "$n mails pass" $?
	clean 'while it runs'
done
is 'they are in the store' test "$(count mail)" -ge $((N * 9 / 10))
is 'texts of drafts too, closed' test "$(count draft_text)" -ge 10
is 'with profiles' test "$(count profile)" -ge $((N / 8))

# ------------------------------------------------------------------ commands
mail=$(head -n 1 "$work/list")
cp "$mail" "$dir/one.eml" && chmod a+r "$dir/one.eml"
tact learn --finding sentiment=negative "$dir/one.eml" --rules "$dir/rules" >"$work/out" 2>&1
result 'a mail teaches' $?
tact privacy log >"$dir/run/log.txt" 2>&1
is 'the trail tells that the filter began to use these settings' \
	grep -qE 'tact-milter +config' "$dir/run/log.txt"
tact overdue >"$dir/run/overdue.txt" 2>&1
tact status >"$dir/run/status.txt" 2>&1
tact db stats >"$dir/run/stats.txt" 2>&1
sqlite3 "$store/tact.db" .dump >"$dir/run/dump.sql"
is 'a customer is erased' quiet tact privacy erase --wait 60 zqxneedlec1@zqxneedlec1.example
is 'another objects' quiet tact privacy object --wait 60 zqxneedlec2@zqxneedlec2.example
is 'a third is restricted' quiet tact privacy restrict zqxneedlec3@zqxneedlec3.example
tact db backup "$store/backup.db" >"$work/out" 2>&1
# One that a reader holds up, and the filter ends.
{ printf "BEGIN;\nSELECT count(*) FROM mail;\n"; sleep 3; } | sqlite3 "$store/tact.db" >/dev/null &
sleep 0.5
tact privacy erase --wait 0 zqxneedlec4@zqxneedlec4.example >"$work/out" 2>&1
same 'an erasure that a reader holds up is pending' 1 $?
wait $!
until [ ! -e "$store/tact.db.erasing" ] || [ $((tries = ${tries:-50} - 1)) = 0 ]; do sleep 0.1; done
is 'and the filter ends it, five seconds after the reader at most' test ! -e "$store/tact.db.erasing"
clean 'after learning, erasing, a backup; in dump, logs and reports'
kill -TERM "$(pid_of main)"
ended main
clean 'after the stop'
is 'the log tells of mails' grep -q 'event="mail_tagged"' "$dir/run/main.log"
tap_done
