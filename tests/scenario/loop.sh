#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What humans do with drafts, and what is known of it afterwards: a real
# tact-milter and a real tact-drafter; drafts lie in a Maildir, answers leave
# through the milter. Speaks TAP.
#
#   tests/scenario/loop.sh [PART...]
# shellcheck disable=SC2046,SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
command -v miltertest >/dev/null || {
	skip "the loop" "miltertest is not installed"
	echo 1..1
	exit 0
}
for tool in "$BUILD/bin/tact" "$BUILD/bin/tact-drafter" "$BUILD/tools/store-poke"; do
	[ -x "$tool" ] || { echo "Bail out! make all tools"; exit 1; }
	cp "$tool" "$dir"
done

store=$dir/run/store
folder=$dir/run/Maildir/.Drafts
configure main 'authserv_id = mx.test'
cat >>"$dir/main.conf" <<END
[store]
path = $store/tact.db
[drafter]
status_file = $dir/run/drafter.json
[mailbox draft@example.com]
mode = draft
delivery = maildir
maildir = $folder
quote = none
from_name = Nordlys Support
signature_file = $dir/signature
draft_quota = 0
draft_quota_customer = 0
draft_quota_domain = 0
draft_examples = true
[mailbox queue@example.com]
mode = draft
draft_quota = 0
draft_quota_domain = 0
[mailbox held@example.com]
mode = draft
hold_out = 90
draft_quota = 0
draft_quota_domain = 0
END
printf 'Ida Ek\nNordlys A/S\n' >"$dir/signature"

tact() {
	$as "$dir/tact" "$@" --config "$dir/main.conf"
}

poke() {
	$as "$dir/store-poke" "$dir/main.conf" "$@"
}

drafter() {
	$as timeout 60 "$dir/tact-drafter" -c "$dir/main.conf" --once 2>>"$dir/run/drafter.log"
}

# asks SQL VALUE
asks() {
	got=$(poke ask "$1")
	[ "$got" = "$2" ] || { echo "# $1: $got, not $2"; return 1; }
}

# about SQL VALUE SPREAD
about() {
	got=$(poke ask "$1")
	[ "$got" -ge $(($2 - $3)) ] && [ "$got" -le $(($2 + $3)) ] ||
		{ echo "# $1: $got, not about $2"; return 1; }
}

# mail FROM RECIPIENT ID REFS BODY [AUTH]
mail() {
	timeout 60 miltertest -D SOCKET="$SOCKET" -D PRELUDE="$PWD/tests/scenario/prelude.lua" \
		-D FROM="$1" -D TO="$2" -D RECIPIENT="$2" -D ID="$3" -D REFS="$4" -D BODY="$5" \
		-D AUTH="${6:-}" -D CLIENT="${client:-}" -D EXTRA='' -D SUBJECT=Printer -D DRAFT="${7:-}" -D REPLY='' \
		-s tests/scenario/draft/mail.lua
}

# asks_us NAME ID [REFS] [MAILBOX]: a customer of a domain of his own
asks_us() {
	mail "$1@$1.example" "${4:-draft@example.com}" "$2" "${3:-}" \
		'Hello,||the printer does not work since this morning. How do I reset it?||Kai|' \
		"dmarc=pass header.from=$1.example" "${5:-queued}"
}

# answers NAME ID REFS FILE [MAILBOX]: the text of FILE leaves as an answer
answers() {
	client=login
	mail "${5:-draft@example.com}" "$1@$1.example" "$2" "$3" \
		"$(tr -d '\r' <"$4" | tr '\n' '|')"
	result=$?
	client=
	return $result
}

# Files of drafts, and the text of the newest
drafts() {
	find "$folder" -path '*/cur/*' -o -path '*/new/*' 2>/dev/null | grep -c .
}

n_drafts() {
	got=$(drafts)
	[ "$got" = "$1" ] || { echo "# $got drafts, not $1"; return 1; }
}

draft_file() {
	find "$folder" -type f \( -path '*/cur/*' -o -path '*/new/*' \) -exec grep -l "<$1>" {} + | head -n 1
}

# text_of ID: the text of the draft to the mail <ID>, without the signature
text_of() {
	awk 'body { if ($0 ~ /^-- \r?$/) exit; print } /^\r?$/ { body = 1 }' "$(draft_file "$1")" |
		tr -d '\r' >"$dir/$1.txt"
}

# drafted NAME ID: asked, written, delivered, and its text in ID.txt
drafted() {
	asks_us "$1" "$2" >/dev/null && drafter && text_of "$2" && [ -s "$dir/$2.txt" ]
}

fate_of="SELECT fate FROM draft WHERE thread = (SELECT thread FROM draft ORDER BY id DESC LIMIT 1) ORDER BY id DESC LIMIT 1"
last='FROM outcome ORDER BY id DESC LIMIT 1'

# ------------------------------------------------------------------- as it was
check_as_is() {
	is "a question is drafted and delivered" drafted ann a1
	is "into the folder" n_drafts 1
	{ cat "$dir/a1.txt"; printf -- '-- \nIda Ek\nNordlys A/S\n\n'; } >"$dir/sent"
	is "a human sends it as it is" answers ann r1 '<a1>' "$dir/sent"
	drafter
	is "it went out as it was" asks "$fate_of" 1
	is "without a change" asks "SELECT distance FROM draft ORDER BY id DESC LIMIT 1" 0
	is "its text is gone" asks 'SELECT count(*) FROM draft_text' 0
	is "and the answer's" asks 'SELECT count(*) FROM sent' 0
	is "nor does it lie in Drafts any more" n_drafts 0
	is "the facts: one mail, one answer, by a template" \
		asks "SELECT contacts || answers || draft || distance || engine || language $last" 1110templateen
	is "how long it took" asks "SELECT response >= 0 AND business >= 0 AND asked_at > 0 $last" 1
	is "whether it was enough is not yet known" asks "SELECT enough IS NULL $last" 1
	# in pairs: many a word alone is in the index of the site's articles
	awk '{ for (i = 1; i < NF; i++) print $i " " $(i + 1) }' "$dir/a1.txt" | grep -E '^.{12,}$' >"$dir/words"
	is "no word of it is in the store ($(grep -c . "$dir/words") looked for)" \
		sh -c "[ -s '$dir/words' ] && ! grep -aqFf '$dir/words' '$store/tact.db'"
	drafted bea b1
	{ cat "$dir/b1.txt"; printf 'Ida Ek\nNordlys A/S\n'; } >"$dir/sent"
	answers bea r2 '<b1>' "$dir/sent"
	drafter
	is "the signature without its mark is no change either" asks "$fate_of" 1
	asks_us quin q1 '' queue@example.com
	drafter
	is "one that waits in the queue" asks 'SELECT state FROM draft ORDER BY id DESC LIMIT 1' 5
	printf 'We have called you.\n' >"$dir/sent"
	answers quin r3 '<q1>' "$dir/sent" queue@example.com
	drafter
	is "and was answered otherwise is overtaken" asks "$fate_of" 9
}

# --------------------------------------------------------------------- edited
check_edited() {
	drafted carl c1
	n=$(wc -w <"$dir/c1.txt")
	sed '2s/$/Quick brown foxes jump./' "$dir/c1.txt" >"$dir/sent"
	answers carl r10 '<c1>' "$dir/sent"
	drafter
	is "four words more: edited" asks "$fate_of" 2
	is "the distance is theirs ($((4000 / (n + 4))) of 1000)" \
		about "SELECT distance $last" $((4000 / (n + 4))) 3
	drafted dora d1
	n=$(wc -w <"$dir/d1.txt")
	awk 'NR > 1 { gsub(/[aeiou]/, "xx") } { print }' "$dir/d1.txt" >"$dir/sent"
	answers dora r11 '<d1>' "$dir/sent"
	drafter
	is "every word another: nothing of it was used" asks "$fate_of" 4
	drafted dot d2
	{ sed -n '1,9p' "$dir/d2.txt"; yes 'and so on with words of our own' | head -n 60; } >"$dir/sent"
	answers dot r12 '<d2>' "$dir/sent"
	drafter
	is "a text of one's own around some of it: rewritten" asks "$fate_of" 3
	drafted dag d3
	poke run 'UPDATE draft SET edited = 1 WHERE fate = 0'
	answers dag r13 '<d3>' "$dir/d3.txt"
	drafter
	is "sent as tact draft edit left it: edited" asks "$fate_of" 2
	is "nobody knows how far" asks "SELECT draft || (distance IS NULL) $last" 21
	is "and it teaches nothing" asks "SELECT count(*) FROM evidence WHERE thread =
		(SELECT thread $last)" 0
	is "none is left in Drafts" n_drafts 0
}

# ----------------------------------------------------------------- from a phone
check_phone() {
	drafted erik e1
	printf 'Call me at noon, then we look at it together.\n\nSent from my iPhone\n' >"$dir/sent"
	answers erik r20 '<e1>' "$dir/sent"
	drafter
	is "a phone's answer: the draft was not used" asks "$fate_of" 4
	is "and is taken out of Drafts" n_drafts 0
	drafted fia f1
	echo 'a word more' >>"$(draft_file f1)"
	answers fia r21 '<f1>' "$dir/sent"
	drafter
	is "one that a human has begun to edit stays there" n_drafts 1
	rm "$(draft_file f1)"
	drafted gus g1
	cp "$dir/g1.txt" "$dir/sent"
	answers gus 'r22' '<g1>' "$dir/sent"
	drafter
	printf 'One more thing: the manual is in the box.\n' >"$dir/sent"
	answers gus r23 '<g1>' "$dir/sent"
	drafter
	is "a second answer in a row answers nothing: no response time" \
		asks "SELECT (response IS NULL) || draft || answers $last" 102
	drafted hob h9
	answers hob r24 '<h9>' "$dir/sent"
	answers hob r25 '<h9>' "$dir/sent"
	poke run 'UPDATE sent SET at = (SELECT max(at) FROM mail);
		UPDATE mail SET at = (SELECT max(at) FROM mail) WHERE direction = 1 AND thread =
		(SELECT max(thread) FROM sent)'
	drafter
	is "of two in one second, too, the first alone answers" \
		asks "SELECT group_concat((response IS NULL) || answers) FROM
		(SELECT * FROM outcome ORDER BY id DESC LIMIT 2)" 12,01
}

# ------------------------------------------------------- mails and threads
check_threads() {
	drafted hal h1
	cp "$dir/h1.txt" "$dir/h1.sent"
	asks_us hal h2 '<h1>'
	drafter
	is "two mails in a row: the first draft is superseded" \
		asks "SELECT group_concat(fate) FROM (SELECT fate FROM draft WHERE thread =
		(SELECT max(thread) FROM draft) ORDER BY id)" 5,0
	is "and one draft lies in the folder" n_drafts 1
	answers hal r30 '<h1>' "$dir/h1.sent"
	drafter
	is "an answer to the first alone" asks "SELECT draft || contacts $last" 52
	is "leaves the second's draft" asks "SELECT count(*) FROM draft WHERE fate = 0" 1
	text_of h2
	answers hal r31 '<h1> <h2>' "$dir/h2.txt"
	drafter
	is "an answer to the second closes it" asks "$fate_of" 1
	drafted ian i1
	drafted jon j1
	answers jon r33 '<j1>' "$dir/j1.txt"
	answers ian r32 '<i1>' "$dir/j1.txt"
	drafter
	is "the same text in two threads is each thread's own" \
		asks "SELECT count(DISTINCT thread) FROM draft WHERE fate IN (1, 2, 3, 4) AND thread IN
		(SELECT thread FROM draft ORDER BY id DESC LIMIT 2)" 2
	is "each with its draft's facts" \
		asks "SELECT count(*) FROM (SELECT draft, thread FROM outcome ORDER BY id DESC LIMIT 2) o
		WHERE o.draft = (SELECT fate FROM draft d WHERE d.thread = o.thread)" 2
	is "none is left in Drafts" n_drafts 0
}

# ---------------------------------------------------- what nobody wanted; time
check_stale() {
	drafted kim k1
	poke run 'UPDATE draft SET created_at = created_at - 1300000 WHERE fate = 0'
	drafter
	is "of two weeks ago, untouched: expired" asks "$fate_of" 6
	is "and taken out of Drafts" n_drafts 0
	is "without its text" asks 'SELECT count(*) FROM draft_text' 0
	poke run 'UPDATE outcome SET at = at - 700000; UPDATE mail SET at = at - 700000'
	drafter
	is "a week later it is known which answers were enough" \
		asks 'SELECT count(*) FROM outcome WHERE enough IS NULL' 0
	is "most were" asks 'SELECT count(*) > 3 FROM outcome WHERE enough = 1' 1
	drafted lee l1
	answers lee r40 '<l1>' "$dir/l1.txt"
	drafter
	poke run "UPDATE mail SET at = at - 700000 WHERE thread = (SELECT max(thread) FROM mail);
		UPDATE outcome SET at = at - 700000 WHERE id = (SELECT max(id) FROM outcome)"
	asks_us lee l2 '<l1> <r40>'
	poke run "UPDATE mail SET at = at - 600000 WHERE id = (SELECT max(id) FROM mail)"
	drafter
	is "one after which the customer wrote again was not" asks "SELECT enough $last" 0
	poke run 'DELETE FROM draft_text; DELETE FROM draft'
}

# ------------------------------------------------------------------- hold-out
check_holdout() {
	i=0
	while [ $i -lt 12 ]; do
		i=$((i + 1))
		asks_us held$i o$i '' held@example.com none-holdout >/dev/null && break
	done
	printf 'We have sent somebody.\n' >"$dir/sent"
	answers held$i r50 "<o$i>" "$dir/sent" held@example.com
	drafter
	is "a thread that was held out is counted as that" asks "SELECT draft || engine $last" 10
	is "and teaches nothing" asks "SELECT count(*) FROM evidence WHERE thread =
		(SELECT thread $last)" 0
}

# -------------------------------------------------------------------- lessons
# teach NAME: the draft's greeting and closing are replaced
teach() {
	drafted $1 $1.1 || return
	sed -e '1s/.*/Good day,/' -e 's/^.*[Rr]egards,.*/With kind regards,/' "$dir/$1.1.txt" >"$dir/sent"
	answers $1 r.$1 "<$1.1>" "$dir/sent"
	drafter
}

taught="SELECT count(*) FROM evidence e JOIN lesson l ON l.id = e.lesson WHERE l.name ="

check_lessons() {
	poke run 'DELETE FROM evidence; DELETE FROM lesson; DELETE FROM outcome'
	teach mia
	tact lesson list --json >"$dir/one"
	is "one edit is seen" grep -q '"edits": *1' "$dir/one"
	is "and makes nothing active" sh -c "! grep -q '\"active\": *true' '$dir/one'"
	who=0
	while [ $who -lt 16 ]; do
		who=$((who + 1))
		teach pupil$who
		[ "$(poke ask "$taught 'greeting/good-day:alone'")" -lt 3 ] || break
	done
	is "three different ones have taught a greeting ($who mails)" \
		asks "$taught 'greeting/good-day:alone'" 3
	is "names are ours alone" asks "SELECT count(*) FROM lesson WHERE name GLOB '*[^a-z0-9/._:-]*'" 0
	is "none is of the customer's words" asks "SELECT count(*) FROM lesson WHERE name LIKE '%hello%'" 0
	tact lesson list >"$dir/list"
	is "the list has it as active" grep -q 'greeting/good-day:alone .*active' "$dir/list"
	good=0
	for who in ada bob cid dan; do
		drafted $who $who.1
		grep -q '^Good day,' "$dir/$who.1.txt" && good=$((good + 1))
	done
	same "then drafts greet so" 4 $good
	number=$(sed -n 's/^ *\([0-9]*\) .*greeting\/good-day:alone .*/\1/p' "$dir/list")
	is "it can be frozen" tact lesson freeze "$number"
	tact lesson list >"$dir/list"
	is "and is then shown as that" grep -q 'greeting/good-day:alone .*frozen' "$dir/list"
	is "and dropped" tact lesson drop "$number"
	is "with all that taught it" asks "$taught 'greeting/good-day:alone'" 0
	is "both are in the audit trail" asks "SELECT count(*) FROM audit WHERE event =
		(SELECT max(event) FROM audit)" 2
	poke run 'DELETE FROM draft_text; DELETE FROM draft'
}

# ------------------------------------------------------------ approved answers
check_examples() {
	poke run 'DELETE FROM answer'
	mail quibb@quibb.example draft@example.com x1 '' 'Hello,||I have forgotten my password and cannot log in. How do I reset my password?||Quibb Smith|' \
		'dmarc=pass header.from=quibb.example' queued >/dev/null
	drafter
	text_of x1
	is "a question that an article answers" asks "SELECT articles <> '' FROM draft ORDER BY id DESC LIMIT 1" 1
	sed '1a\
\
Herons nest quietly, Quibb.' "$dir/x1.txt" >"$dir/sent"
	answers quibb r.x1 '<x1>' "$dir/sent"
	drafter
	is "its answer is kept" asks 'SELECT count(*) FROM answer' 1
	tact lesson list --json >"$dir/one"
	is "and listed, without the name" sh -c "grep -q '\"number\": *\"a' '$dir/one' &&
		! grep -q '\"answer\": *\"\"' '$dir/one' && ! grep -qi 'quibb' '$dir/one'"
	is "with what the human wrote" grep -q 'Herons nest quietly, (name)' "$dir/one"
	is "no word of that is in the store" sh -c "! grep -aqiE 'herons|quietly|quibb' '$store/tact.db'"
	tact privacy export quibb@quibb.example >"$dir/one" 2>&1
	is "an export knows it" grep -q '"answer"' "$dir/one"
	tact privacy erase quibb@quibb.example --yes >"$dir/out" 2>&1
	is "it goes with who asked" asks 'SELECT count(*) FROM answer' 0
}

# What the customer wrote, quoted below an answer, teaches nothing.
check_poison() {
	poke run 'DELETE FROM evidence; DELETE FROM lesson'
	for who in pia per pil; do
		drafted $who $who.1
		{
			cat "$dir/$who.1.txt"
			printf '\nOn Monday, Kai wrote:\n> Hey there,\n> give us all a discount of 50 EUR!\n>\n> Cheers\n'
		} >"$dir/sent"
		answers $who r.$who "<$who.1>" "$dir/sent"
		drafter
	done
	is "a quote in the answer is no edit" asks "$fate_of" 1
	is "and teaches no greeting, closing or part" asks "SELECT count(*) FROM lesson WHERE
		name LIKE '%cheers%' OR name LIKE '%hey%' OR name = 'part/amount'" 0
	is "only what was kept was seen" asks "SELECT min(e.value) FROM evidence e JOIN lesson l
		ON l.id = e.lesson WHERE l.name LIKE 'module/%'" 1.0
}

# Killed where what was found is not yet kept, or just is.
check_kills() {
	${MAKE:-make} -s FAULTS=1 BUILD="$BUILD-faults" "$BUILD-faults/bin/tact-drafter" >"$dir/out" 2>&1 &&
		cp "$BUILD-faults/bin/tact-drafter" "$dir/faults-drafter" ||
		{ not_ok "make FAULTS=1"; return; }
	poke run 'DELETE FROM evidence; DELETE FROM lesson; DELETE FROM outcome'
	for point in compared settled; do
		drafted kit$point $point.1
		answers kit$point r.$point "<$point.1>" "$dir/$point.1.txt"
		for i in 1 2 3; do
			TACT_CRASH=$point:1 $as timeout 60 "$dir/faults-drafter" -c "$dir/main.conf" \
				--once 2>>"$dir/run/drafter.log"
			[ $? = 137 ] || [ $i != 1 ] || not_ok "it was not killed at $point"
		done
		drafter
		is "killed at $point: the answer is counted once" \
			asks "SELECT count(*) FROM outcome o JOIN draft d ON d.thread = o.thread
			WHERE d.id = (SELECT max(id) FROM draft) AND o.draft = 1 AND d.fate = 1" 1
		is "and teaches once" asks "SELECT max(n) FROM (SELECT count(*) AS n FROM evidence
			GROUP BY lesson, thread)" 1
	done
	is "no answer waits" asks 'SELECT count(*) FROM sent' 0
}

tact init >"$dir/out" 2>&1 || { echo "Bail out! tact init"; cat "$dir/out"; exit 1; }
$as mkdir -p "$dir/run/Maildir" "$folder/cur" "$folder/new" "$folder/tmp"
start main || { echo "Bail out! it does not start"; cat "$dir/run/main.log"; exit 1; }
for part in ${*:-as_is edited phone threads stale holdout lessons examples poison kills}; do
	check_$part
done
is "no fault of our own" sh -c "! grep -h 'event=\"internal\"' '$dir'/run/*.log"
tap_done || { [ ! "${VERBOSE:-}" ] || cat "$dir"/run/*.log; exit 1; }
