#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tact knowledge: gaps, from mails that a real drafter found nothing for; a mail
# asked about as the drafter asks. Speaks TAP.
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
for tool in bin/tact bin/tact-drafter tools/draft-make; do
	[ -x "$BUILD/$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$BUILD/$tool" "$dir"
done
tmp=$dir/run
mkdir "$tmp/state"
chmod 700 "$tmp/state"
[ "$(id -u)" != 0 ] || chown "$user" "$tmp/state"

cat >"$dir/conf" <<CONF
[analysis]
rules = $dir/rules
[store]
path = $tmp/state/tact.db
[drafter]
status_file = $tmp/status.json
[mailbox support@example.com]
mode = draft
draft_quota = 0
CONF

# mail NAME WORDS...: in $tmp/NAME.eml, from nameN@firmN.example
mail() {
	name=$1
	shift
	{
		printf 'From: %s <%s@N@@firm@N@.example>\n' "$name" "$name"
		printf 'To: support@example.com\nSubject: A question\n'
		printf 'Message-ID: <%s@N@@firm.example>\n' "$name"
		printf 'Date: Sun, 22 Nov 2026 05:00:00 +0000\nMIME-Version: 1.0\n'
		printf 'Content-Type: text/plain; charset=utf-8\n\n%s\n' "$*"
	} >"$tmp/$name.eml"
}

# wants NAME [FIRST COUNT]: drafts for that mail
wants() {
	$as "$dir/draft-make" "$dir/conf" support@example.com "$tmp/$1.eml" "${2:-1}" "${3:-1}" >/dev/null 2>"$tmp/err" ||
		not_ok "$1: $(cat "$tmp/err")"
}

# gaps STATUS OPTION...: output in out and err
gaps() {
	wanted=$1
	shift
	$as "$dir/tact" knowledge gaps "$@" --config "$dir/conf" >"$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# exit $status, wanted $wanted"
	sed 's/^/# /' "$tmp/err"
	return 1
}
said() { grep -q -- "$1" "$tmp/out"; }
unsaid() { ! grep -qi -- "$1" "$tmp/out"; }

is 'without a database it fails' gaps 1
is 'and says how to make one' grep -q 'tact init' "$tmp/err"
$as "$dir/tact" init --config "$dir/conf" >"$tmp/out" 2>&1 || not_ok 'tact init'
is 'with nothing asked' gaps 0
is 'it says so' said '^0 questions without an answer in 30 days$'
is 'and in JSON' gaps 0 --json
same 'with no group' '{"schema":1,"days":30,"questions":0,"unread":0,"groups":[]}' "$(tr -d ' \n' <"$tmp/out")"

mail anna 'Hello, how can I connect your calendar with a Zebrafish scanner? We need the Zebrafish connection for our laboratory.'
mail bob 'Hello, how can I connect your calendar with our Zebrafish scanner? My colleague Wilhelmina needs the connection, too.'
mail dora 'Hello, do you sell laboratory tables? Wilhelmina wants one, and Wilhelmina pays.'
mail cleo 'Hello, I forgot my password. How do I get a new password?'
wants anna 1 2
wants bob 3 1
wants dora 3 1
wants cleo 4 1
timeout 60 $as "$dir/tact-drafter" -c "$dir/conf" --once 2>"$tmp/log"
result 'the drafter writes what it can' $?
is 'what nothing answered is counted' gaps 0
is 'the mails of it' said '^4 questions without an answer'
is 'a word of three people is shown' said 'zebrafish 3'
is 'one of a single one is not' unsaid wilhelmina
is 'nor one of two' unsaid laborator
is 'nor a number or a name' unsaid 'firm\|anna\|bob'
is 'what an article answered is none' unsaid password
is 'in JSON' gaps 0 --json --days 1
is 'the same' said '"word":"zebrafish","people":3'
is 'of the days asked for' said '"days":1'

$as "$dir/tact" knowledge search --json --mail "$tmp/cleo.eml" --config "$dir/conf" >"$tmp/out" 2>"$tmp/err"
is 'a mail finds its article' said '"article":"reset-password".*"answers":true'
$as "$dir/tact" knowledge search --json --mail "$tmp/bob.eml" --config "$dir/conf" >"$tmp/out" 2>"$tmp/err"
is 'or none' unsaid '"answers":true'

mv "$tmp/state/keys/drafter.key" "$tmp/state/keys/away"
is 'without drafter.key it fails' gaps 1
is 'and names the key' grep -q drafter.key "$tmp/err"
tap_done
