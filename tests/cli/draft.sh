#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# tact draft against a store in which tact-drafter wrote drafts, of a mailbox
# with delivery = queue and one with a Maildir: listed, shown with why they are
# so, approved, edited, rejected, tried again, and sent by a program that notes
# what it is given. TAP.
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
BIN=${BUILD:-build/plain}/bin/tact-drafter
LC_ALL=C.UTF-8
export LC_ALL
. tests/scenario/lib.sh
for tool in bin/tact bin/tact-drafter tools/draft-make tools/store-poke; do
	[ -x "$BUILD/$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$BUILD/$tool" "$dir"
done
run=$dir/run
mkdir -p "$run/state" "$run/tmp" "$run/md/cur" "$run/md/new" "$run/md/tmp"
chmod 700 "$run/state"

cat >"$run/mail.eml" <<'MAIL'
From: Anna Holm <anna@N@@kunde.example>
To: queue@example.com
Subject: Glemt adgangskode
Message-ID: <m@N@@kunde.example>
Date: Sun, 22 Nov 2026 05:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hej, jeg har glemt min adgangskode og kan ikke logge ind. Hvordan nulstiller
jeg adgangskoden? Det er ordre 4711.

Venlig hilsen
Anna Holm
MAIL
# config DELIVERY
config() {
	printf '[analysis]\nrules = %s/rules\n[store]\npath = %s/state/tact.db\n' "$dir" "$run"
	printf '[drafter]\nstatus_file = %s/status.json\n' "$run"
	printf '[mailbox queue@example.com]\nmode = draft\ndelivery = %s\n' "$1"
	printf 'aliases = desk@example.com\nmaildir = %s/md\nfrom_name = Support\ndraft_quota = 0\n' "$run"
}
conf=$run/conf
config queue >"$conf"
config maildir >"$run/maildir.conf"
cat >"$run/sendmail" <<'PROGRAM'
#!/bin/sh
dir=${0%/*}
printf '%s\n' "$@" >"$dir/sent.args"
env | sort >"$dir/sent.env"
ls /proc/$$/fd >"$dir/sent.fds"
cat >"$dir/sent.eml"
id=$(sed -n 's/^Message-ID: <tact\.\([a-z2-7]*\)@.*/\1/p' "$dir/sent.eml")
echo run >>"$dir/runs.$id"
[ ! -e "$dir/slow" ] || sleep 1
[ ! -e "$dir/refuse" ] || { printf 'no: \033[31mfull\n' >&2; exit 75; }
PROGRAM
# shellcheck disable=SC2016 # of the script
printf '#!/bin/sh\nstat -c %%a "$1" "${1%%/*}" >"%s/paper"\necho "$1" >>"%s/paper"\n. "%s/change"\n' "$run" "$run" "$run" >"$run/editor"
chmod 755 "$run/sendmail" "$run/editor"
[ "$(id -u)" != 0 ] || chown -R "$user" "$run"

# draft STATUS ARGUMENT...: runs it; output in out and err
draft() {
	wanted=$1
	shift
	TMPDIR=$run/tmp XDG_RUNTIME_DIR='' VISUAL=$run/editor $as "$dir/tact" draft "$@" --config "$conf" >"$dir/out" 2>"$dir/err"
	status=$?
	[ $status = "$wanted" ] && return
	echo "# tact draft $*: exit $status, wanted $wanted"
	sed 's/^/# /' "$dir/err"
	return 1
}
said() { grep -q -- "$1" "$dir/out"; }
told() { grep -q -- "$1" "$dir/err"; }
poke() { $as "$dir/store-poke" "$conf" "$@"; }
state() { poke ask "SELECT state FROM draft WHERE public_id = '$1'"; }
fate() { poke ask "SELECT fate FROM draft WHERE public_id = '$1'"; }
audit() { poke ask "SELECT count(*) FROM audit WHERE event = 'draft' AND n = $1"; }
once() { timeout 60 $as "$dir/tact-drafter" -c "${1:-$conf}" --once 2>"$run/log"; }
n=0
# made: a new draft that waits; its id is in $id
made() {
	n=$((n + 1))
	id=$($as "$dir/draft-make" "$conf" queue@example.com "$run/mail.eml" $n)
	once
}

is 'without a store it says so' draft 1 list
$as "$dir/tact" init --config "$conf" >/dev/null || { echo 'Bail out! tact init'; exit 1; }
is 'with no draft it says so' draft 0 list
is 'in words' said 'no draft'
is 'and in JSON' draft 0 list --json
same 'with an empty list' '{"schema":1,"drafts":[]}' "$(cat "$dir/out")"

# --- list
made
first=$id
waiting=$($as "$dir/draft-make" "$conf" queue@example.com "$run/mail.eml" 900)
is 'a list' draft 0 list
is 'of one that waits' said "^$first .* ready .* da .* template "
is 'and one that is not written' said "^$waiting .* queued "
is 'of one state' draft 0 list --state ready --json
same 'that alone' "$first" "$(jq -r '.drafts[].id' "$dir/out")"
is 'of one mailbox by its alias' draft 0 list --mailbox Desk@example.com --json
same 'its own' 2 "$(jq '.drafts | length' "$dir/out")"
is 'of another mailbox' draft 0 list --mailbox other@example.com --json
same 'none' 0 "$(jq '.drafts | length' "$dir/out")"
is 'a state that is none' draft 2 list --state lost
is 'the message lists them' told 'queued, working'
is 'the list holds nothing of the customer' sh -c "! grep -qi 'anna\|adgangskode' '$dir/out'"

# --- show
is 'shown' draft 0 show "$first" --text
for words in "^draft  *$first" '^state  *ready' '^engine  *template' '^findings .*request=' '^modules .*greeting/' '^articles ' '^left host  *nothing' '^To:  *anna1@kunde.example' '^Subject: .*Glemt' '^asked  *20' '^written  *20' 'Det er ordre 4711'; do
	is "it tells $words" said "$words"
done
is 'shown as JSON' draft 0 show "$first" --json
same 'with the text and why' 'true ready template da 0' \
	"$(jq -r '[(.text | length > 50), .state, .engine, .language, .marks] | join(" ")' "$dir/out")"
same 'and no mail unless asked for' null "$(jq .mail "$dir/out")"
is 'by the beginning of its id' draft 0 show "$(printf %.8s "$first")"
is 'three letters are too few' draft 1 show "$(printf %.3s "$first")"
is 'one that is not there' draft 1 show aaaaaaaaaaaaaaaa
is 'is named' told 'draft aaaaaaaaaaaaaaaa'
is 'one that is not written has no text' draft 0 show "$waiting"
is 'and says so' said 'no text'
$as chmod 000 "$run/state/keys/drafter.key"
if [ -n "$as" ] || [ "$(id -u)" != 0 ]; then
	is 'without the key nothing is shown' draft 1 show "$first"
	is 'the message names the key' told drafter.key
fi
$as chmod 600 "$run/state/keys/drafter.key"

# What a terminal would obey does not reach it.
poke run "UPDATE draft SET fault = 'a' || char(27) || '[31m' || char(8238) || 'b' || char(155), place = char(27) || ']0;x' || char(7) WHERE public_id = '$first'"
for form in '' --json; do
	draft 0 show "$first" $form
	is "no control in show $form" sh -c "! LC_ALL=C grep -qP '[\\x00-\\x08\\x0b-\\x1f\\x7f]|\\xe2\\x80\\xae|\\xc2[\\x80-\\x9f]' '$dir/out'"
	draft 0 list $form
	is "nor in list $form" sh -c "! LC_ALL=C grep -qP '[\\x00-\\x08\\x0b-\\x1f\\x7f]|\\xe2\\x80\\xae|\\xc2[\\x80-\\x9f]' '$dir/out'"
done
poke run "UPDATE draft SET fault = 'setup', place = '', next_at = 9999999999 WHERE public_id = '$first'"
is 'one that its mailbox holds up' draft 0 list
is 'is told of at the end' said '^1 draft is held: its mailbox lacks'
is 'with what to do' said 'tact-drafter --check'
poke run "UPDATE draft SET next_at = NULL WHERE public_id = '$first'"
is 'when none is tried again' draft 0 list
is 'there is no such line' sh -c "! grep -q held '$dir/out'"

# --- edit
made
edited=$id
: >"$run/change"
is 'an edit that changes nothing' draft 0 edit "$edited"
is 'says so' said 'was not changed'
same 'and is no decision' 0 "$(audit 4)"
same 'the paper is the user'"'"'s alone' '600 700' "$(sed -n 1,2p "$run/paper" | tr '\n' ' ' | sed 's/ $//')"
same 'and is gone' 0 "$(find "$run/tmp" -mindepth 1 | wc -l)"
# shellcheck disable=SC2016 # of the editor
printf 'cp "$1" "$1~"; printf "\\nDet koster 1.234 kr. i alt.\\n" >>"$1"' >"$run/change"
is 'an edit' draft 0 edit "$edited" --json
same 'with a number that nothing supports is marked' '1 unknown-number' "$(jq -r '"\(.marks) \(.remarks[] | select(.check == "unknown-number") | .check)"' "$dir/out")"
same 'what the editor left is gone' 0 "$(find "$run/tmp" -mindepth 1 | wc -l)"
same 'a decision is in the trail' 1 "$(audit 4)"
is 'it is shown' draft 0 show "$edited"
is 'with its mark' said 'Det koster \[CHECK: 1.234 kr'
is 'its check' said '^checks .*unknown-number'
is 'and that a human edited it' said '^edited'
is 'with a mark it is not sent' draft 1 approve --send --sendmail "$run/sendmail" "$edited"
is 'the message says why' told 'CHECK: ...\] stands in it'
is 'and nothing was sent' [ ! -e "$run/sent.eml" ]
# shellcheck disable=SC2016
printf 'sed -i "s/\\[CHECK: \\([^]]*\\)\\]/\\1/g" "$1"' >"$run/change"
is 'who takes the mark away vouches for it' draft 0 edit "$edited" --json
same 'and it stays away' 0 "$(jq .marks "$dir/out")"
# shellcheck disable=SC2016
printf 'echo "Hilsen Bo" >>"$1"' >"$run/change"
is 'also in the next edit' draft 0 edit "$edited" --json
same 'too' 0 "$(jq .marks "$dir/out")"
# shellcheck disable=SC2016
printf 'printf "x\\033[31m\\342\\200\\256y\\n" >>"$1"' >"$run/change"
is 'a text with controls' draft 0 edit "$edited"
draft 0 show "$edited"
is 'loses them' sh -c "! LC_ALL=C grep -qP '\\x1b|\\xe2\\x80\\xae' '$dir/out'"
# shellcheck disable=SC2016
for change in ': >"$1"' 'exit 3' 'rm "$1"' 'head -c 40000 /dev/zero | tr "\\0" a >"$1"' 'rm "$1"; ln -s /etc/passwd "$1"'; do
	printf '%s' "$change" >"$run/change"
	is "refused: $change" draft 1 edit "$edited"
	same 'and nothing is left' 0 "$(find "$run/tmp" -mindepth 1 | wc -l)"
done
same 'nor decided' 4 "$(audit 4)"
is 'a link is not followed' sh -c "grep -q root: /etc/passwd"
rm -f "$run/paper"
is 'rules that cannot be read' draft 1 edit "$edited" --rules "$run/md"
is 'are told before the editor runs' [ ! -e "$run/paper" ]
VISUAL_GONE=1
TMPDIR=$run/tmp XDG_RUNTIME_DIR='' VISUAL=/nonexistent/editor $as "$dir/tact" draft edit "$edited" --config "$conf" 2>"$dir/err" && VISUAL_GONE=0
same 'an editor that is not there' 1 $VISUAL_GONE
is 'is named' told /nonexistent/editor

# --- send
made
sent=$id
is 'sent' draft 0 approve --send --sendmail "$run/sendmail" "$sent"
is 'it says so' said "$sent sent"
same 'by the arguments alone' '-i -f queue@example.com -- anna3@kunde.example ' "$(tr '\n' ' ' <"$run/sent.args")"
same 'in a clean environment' 'LC_ALL PATH' "$(sed -n 's/^\(LC_ALL\|PATH\)=.*/\1/p' "$run/sent.env" | tr '\n' ' ' | sed 's/ $//')"
is 'without more' sh -c "! grep -q 'VISUAL\|TMPDIR\|HOME' '$run/sent.env'"
same 'and no file of ours is open in it' '0 1 2 ' "$(grep -xv '1[0-9]\|255' "$run/sent.fds" | tr '\n' ' ')"
is 'as mail of this system' sh -c "! grep -q '$(printf '\r')' '$run/sent.eml'"
is 'To the customer' grep -q '^To: .*anna3@kunde.example' "$run/sent.eml"
is 'with the draft'"'"'s Message-ID' grep -q "^Message-ID: <tact.$sent@example.com>" "$run/sent.eml"
is 'in the thread' grep -q '^In-Reply-To: <m3@kunde.example>' "$run/sent.eml"
same 'it has ended, sent as it was' '7 1' "$(state "$sent") $(fate "$sent")"
same 'its text is erased' 0 "$(poke ask "SELECT count(*) FROM draft_text WHERE draft = (SELECT id FROM draft WHERE public_id = '$sent')")"
same 'the trail tells' 1 "$(audit 5)"
is 'it is not sent again' draft 1 approve --send --sendmail "$run/sendmail" "$sent"
# shellcheck disable=SC2016
printf 'printf "Hej\\n" >"$1"' >"$run/change"
draft 0 edit "$edited"
is 'an edited one' draft 0 approve --send --sendmail "$run/sendmail" "$edited"
same 'is sent edited' 2 "$(fate "$edited")"
made
$as touch "$run/refuse"
is 'what the program refuses' draft 1 approve --send --sendmail "$run/sendmail" "$id"
is 'is told' told 'ended with 75: no: '
is 'without its controls' sh -c "! LC_ALL=C grep -qP '\\x1b' '$dir/err'"
same 'and the draft waits on' 5 "$(state "$id")"
$as rm "$run/refuse"
is 'a program that is not there' draft 1 approve --send --sendmail /nonexistent/sendmail "$id"
is 'is named' told /nonexistent/sendmail
poke run "UPDATE draft SET flags = 0 WHERE public_id = '$id'"
is 'one of which nobody vouches for the sender' draft 1 approve --send --sendmail "$run/sendmail" "$id"
is 'shows its warning' draft 0 show "$id"
is 'above the text' said '^\[CHECK: '
is 'and goes with --yes' draft 0 approve --send --yes --json --sendmail "$run/sendmail" \
	"$(printf %.12s "$id")"
same 'told by all of its id, not by what was typed' "$id" "$(jq -r '.drafts[].id' "$dir/out")"
is 'without that line' sh -c "! grep -q CHECK '$run/sent.eml'"

made
$as touch "$run/slow"
for i in 1 2; do
	$as "$dir/tact" draft approve --send --sendmail "$run/sendmail" "$id" --config "$conf" >"$dir/twice.$i" 2>/dev/null &
done
wait
same 'two who send at once send once' 1 "$(cat "$dir"/twice.* | grep -c "$id sent")"
$as rm "$run/slow"
same 'and the program ran once' 1 "$(grep -c "^run" "$run/runs.$id")"

# --- approve
is 'where there is no Drafts it is not approved' draft 1 approve "$first"
is 'the message tells what to do' told '--send, or set delivery'
conf=$run/maildir.conf
made
delivered=$id
is 'with a Maildir it is' draft 0 approve "$first"
is 'it says so' said "$first approved, now drafted"
once "$conf"
same 'tact-drafter delivers it' 4 "$(state "$first")"
same 'into Drafts' 1 "$(find "$run/md" -type f -name "tact.$first*" | wc -l)"
is 'show tells where' draft 0 show "$first"
is 'it lies' said '^place  *.*tact'
is 'one that lies there is not approved again' draft 1 approve "$delivered"
is 'nor edited here' draft 1 edit "$delivered"
is 'nor sent from here' draft 1 approve --send --sendmail "$run/sendmail" "$delivered"
is 'the message tells its state' told 'ready or stuck'

# --- reject and retry
conf=$run/conf
made
one=$id
made
two=$id
is 'all or none' draft 1 reject "$one" aaaaaaaaaaaaaaaa "$two"
same 'none' '5 5' "$(state "$one") $(state "$two")"
is 'a reason is a word' draft 2 reject "$one" --reason 'Anna is rude'
is 'rejected' draft 0 reject "$one" --reason wrong-facts --json
same 'in JSON' "$one rejected closed" "$(jq -r '.drafts[] | "\(.id) \(.decision) \(.state)"' "$dir/out")"
same 'with its fate' 7 "$(fate "$one")"
is 'listed among those that ended' draft 0 list --state closed --json
same 'with why' wrong-facts "$(jq -r ".drafts[] | select(.id == \"$one\") | .fault" "$dir/out")"
same 'the trail tells' 1 "$(audit 2)"
is 'the trail holds no id' [ "$(poke ask "SELECT count(*) FROM audit WHERE quote(event) || quote(n) LIKE '%$one%'")" = 0 ]
is 'written again' draft 0 retry "$two"
same 'it is queued' 0 "$(state "$two")"
is 'one that is queued is not' draft 1 retry "$two"
is 'the message tells why' told 'has not written it yet'
once
same 'and written' 5 "$(state "$two")"

# --- restricted: anna, who is no customer
made
is 'whose data are restricted' sh -c "$as '$dir/tact' privacy restrict anna$n@kunde.example --config '$conf' >/dev/null"
for word in 'show' 'edit' 'approve' 'retry' 'approve --send'; do
	is "that draft: no $word" draft 1 $word "$id"
	is 'the message tells why' told 'restricted (GDPR 18)'
	is 'and what to do' told 'tact privacy unrestrict ADDRESS'
done
same 'nothing has moved' 5 "$(state "$id")"
is "another's is shown" draft 0 show "$two"
is 'it is listed' draft 0 list
is 'and can be rejected' draft 0 reject "$id"
made
$as "$dir/tact" privacy restrict "anna$n@kunde.example" --config "$conf" >/dev/null
is 'lifted' sh -c "$as '$dir/tact' privacy unrestrict anna$n@kunde.example --config '$conf' >/dev/null"
is 'it is shown' draft 0 show "$id"

# --- exported: what is sealed is opened by who has the key
exported() {
	$as "$dir/tact" privacy export --json "anna$n@kunde.example" --config "$conf" "$@" >"$dir/out" 2>"$dir/err"
}
values() { jq -r "[.classes[].records[].values | select($1)][0] | $2" "$dir/out"; }
is 'exported' exported
same 'nothing is sealed' null "$(jq -r .sealed "$dir/out")"
same 'the mail can be read' 'Glemt adgangskode true' \
	"$(values '.material?' '"\(.material.subject) \(.material.text | contains("ordre 4711"))"')"
same 'and the draft' true "$(values '.material?' '.text.text | length > 50')"
is 'as its schema says' "$BUILD/tools/schema-check" contrib/schema/privacy-export.schema.json "$dir/out"
mv "$run/state/keys/drafter.key" "$run/tmp/drafter.key"
is 'without the key it is exported, too' exported
is 'and says why' sh -c "jq -r .sealed '$dir/out' | grep -q drafter.key"
same 'the text is as it is kept' true "$(values '.material?' '(.text.sealed | length > 200) and (.text.why | contains("drafter.key"))')"
is 'as its schema says' "$BUILD/tools/schema-check" contrib/schema/privacy-export.schema.json "$dir/out"
is 'with the key elsewhere' exported --key "$run/tmp"
same 'it is opened' 'Glemt adgangskode' "$(values '.material?' '.material.subject')"
mv "$run/tmp/drafter.key" "$run/state/keys/drafter.key"

# --- a colleague is faster
made
printf 'echo "Skrevet af Bo." >>"$1"; "%s/tact" draft reject --config "%s" %s >/dev/null' \
	"$dir" "$conf" "$id" >"$run/change"
is 'one that ends while it is edited' draft 1 edit "$id"
is 'is not kept, and its writer gets it back' told 'Skrevet af Bo.'
same 'nothing else is left of it' 0 "$(find "$run/tmp" -mindepth 1 | wc -l)"

# --- usage
is 'approve what?' draft 2 approve
is 'show what?' draft 2 show
is 'show two?' draft 2 show "$one" "$two"
is '--send with reject' draft 2 reject --send "$two"
is '--sendmail alone' draft 2 approve --sendmail /x "$two"
is '--state with show' draft 2 show --state ready "$two"
is 'another word' draft 2 praise "$two"
is 'list takes no operand' draft 2 list "$two"
is 'help' draft 0 --help
is 'that names the words' said 'approve|reject|retry'
tap_done
