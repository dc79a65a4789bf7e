#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Delivery of drafts against a server that misbehaves as told: IMAP and LMTP,
# every command compared with what is wanted. Real servers: tests/e2e/deliver.sh.
# Speaks TAP.
# shellcheck disable=SC2016 # $T is for the server, not for the shell
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
BUILD=${BUILD:-build/plain}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for tool in deliver-try mail-server-fake; do
	[ -x "$BUILD/tools/$tool" ] || { echo "Bail out! make tools"; exit 1; }
done
ID=tact.abc@firm.example
SECRET=geheim7password
printf '%s\n' $SECRET >"$dir/password"
printf 'ya29.token\n' >"$dir/token"
printf '0123456789abcdefSECRET\n' >"$dir/secret"
chmod 600 "$dir"/*
printf 'From: support@firm.example\nTo: bo@kunde.example\nMessage-ID: <%s>\n\nHi\n.\n..x\nBo\n' $ID >"$dir/mail"
SIZE=$(sed 's/$/\r/' "$dir/mail" | wc -c)

# talk NAME MODE SCRIPT WANTED [LINE...]: deliver-try MODE, with these lines in
# the mailbox's settings, answers WANTED (its start), and the server hears all
# that it wants. MODE is put, again, or a place to remove from.
talk() {
	local name=$1 mode=$2 wanted=$4 port got fake status
	printf '%s\n' "$3" >"$dir/script"
	shift 4
	rm -f "$dir/port"
	"$BUILD/tools/mail-server-fake" "$dir/port" "$dir/script" 2>"$dir/fake.err" &
	fake=$!
	while [ ! -s "$dir/port" ] && kill -0 $fake 2>/dev/null; do sleep 0.01; done
	port=$(cat "$dir/port")
	{
		printf '[mailbox support@firm.example]\n'
		printf '%s\n' "${@//PORT/$port}"
	} >"$dir/conf"
	case $mode in
	put | again) got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example "$mode" "$dir/mail" $ID 2>&1) ;;
	mark) got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example mark - "${SOURCE:-$ID}" 2>&1) ;;
	*) got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example remove "$mode" $ID 2>&1) ;;
	esac
	wait $fake
	status=$?
	if [ $status = 0 ] && [[ $got == "$wanted"* ]] && [[ $got != *$SECRET* && $got != *ya29* && $got != *0123456789abcdef* ]]; then
		ok "$name"
	else
		not_ok "$name"
		printf '# wanted: %s\n# got:    %s\n' "$wanted" "$got"
		sed 's/^/# server: /' "$dir/fake.err"
	fi
}

# ------------------------------------------------------------------- IMAP
imap() {
	local name=$1 mode=$2 script=$3 wanted=$4
	shift 4
	talk "imap: $name" "$mode" "$script" "$wanted" 'delivery = imap' 'imap_url = imap://localhost:PORT' \
		'imap_user = support' "imap_password_file = $dir/password" "$@"
}

LOGIN='S: * OK fake
C: $T CAPABILITY
S: * CAPABILITY IMAP4rev1
S: $T OK
C: $T LOGIN support '$SECRET'
S: $T OK in'
# capable CAPABILITY...: what the server can do after the login
capable() {
	printf '%s\nC: $T CAPABILITY\nS: * CAPABILITY IMAP4rev1 %s\nS: $T OK done\n' "$LOGIN" "$*"
}
FULL=$(capable UIDPLUS SPECIAL-USE LIST-EXTENDED)
BARE=$(capable IDLE)
BYE='C: t0 LOGOUT
END'
LIST_USE='C: $T LIST "" "*" RETURN (SPECIAL-USE)
S: * LIST (\HasNoChildren) "/" INBOX
S: * LIST (\HasNoChildren \Drafts) "/" "My drafts"
S: * LIST (\HasNoChildren \Sent) "/" Sent
S: $T OK done'
LIST='C: $T LIST "" "*"
S: * LIST () "." INBOX
S: * LIST () "." INBOX.Drafts
S: $T OK done'
# selected FOLDER
selected() {
	printf 'C: $T SELECT "%s"\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 77] valid\nS: $T OK [READ-WRITE] done\n' "$1"
}
# appended FOLDER ANSWER: the answer may be several lines of the script
appended() {
	printf 'C: $T APPEND "%s" (\\Draft) {%d}\nS: + go on\nLITERAL %s\n%s\n' "$1" "$SIZE" "$dir/landed" "$2"
}
# fetched UID FLAGS
fetched() {
	printf 'C: $T UID FETCH %d (UID RFC822.SIZE FLAGS)\nS: * 4 FETCH (UID %d RFC822.SIZE 200 FLAGS (%s))\nS: $T OK done\n' "$1" "$1" "$2"
}
# found UID...
found() {
	printf 'C: $T UID SEARCH HEADER Message-ID "<%s>"\nS: * SEARCH%s\nS: $T OK done\n' $ID "${*:+ $*}"
}
# script PART...
script() { printf '%s\n' "$@"; }

imap 'UIDPLUS and SPECIAL-USE' put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
	"$(appended 'My drafts' 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" \
	'imap 77 12 200 My drafts'
sed 's/$/\r/' "$dir/mail" | cmp -s - "$dir/landed"
result 'imap: what landed is the mail, with CRLF' $?
imap 'flags that somebody changes meanwhile are told without the size' put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
	"$(appended 'My drafts' 'S: $T OK [APPENDUID 77 12] done')" \
	"$(fetched 12 '\Draft' | sed '$i S: * 4 FETCH (FLAGS (\\Draft $Later) UID 12)')" "$BYE")" \
	'imap 77 12 200 My drafts'
imap 'neither of them: the folder by its name, the UID by a search' put \
	"$(script "$BARE" "$LIST" "$(selected INBOX.Drafts)" "$(appended INBOX.Drafts 'S: $T OK done')" \
		"$(found 9)" "$(fetched 9 '\Draft')" "$BYE")" \
	'imap 77 9 200 INBOX.Drafts'
imap 'and a search that finds nothing' put \
	"$(script "$BARE" "$LIST" "$(selected INBOX.Drafts)" "$(appended INBOX.Drafts 'S: $T OK done')" "$(found)" "$BYE")" \
	'imap 77 0 0 INBOX.Drafts'
imap 'a server that knows SPECIAL-USE but not how it is asked for' put \
	"$(script "$FULL" 'C: $T LIST "" "*" RETURN (SPECIAL-USE)' 'S: $T BAD what?' 'C: $T LIST "" "*"' \
		'S: * LIST (\Drafts) "/" Foo' 'S: $T OK done' "$(selected Foo)" \
		"$(appended Foo 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" \
	'imap 77 12 200 Foo'
imap 'a server that has its own way with flags is told again' put \
	"$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" "$(appended 'My drafts' 'S: $T OK [APPENDUID 77 12] done')" \
		"$(fetched 12 '\Seen \Recent')" 'C: $T UID STORE 12 +FLAGS.SILENT (\Draft)' 'S: $T OK done' \
		'C: $T UID STORE 12 -FLAGS.SILENT (\Seen)' 'S: $T NO no' "$BYE")" \
	'imap 77 12 200 My drafts'
imap 'a name as a literal, lines about others, flags of others' put \
	"$(script "$BARE" 'C: $T LIST "" "*"' 'S: * 5 EXISTS' 'S: * LIST () "/" {6}' 'S: Drafts' 'S: $T OK done' \
		"$(selected Drafts)" "$(appended Drafts 'S: * 4 EXISTS
S: * 1 FETCH (FLAGS (\Seen))
S: $T OK [APPENDUID 77 12] done')" 'C: $T UID FETCH 12 (UID RFC822.SIZE FLAGS)' \
		'S: * 1 FETCH (UID 3 FLAGS (\Seen) RFC822.SIZE 1)' 'S: * 4 FETCH (FLAGS (\Draft) RFC822.SIZE 200 UID 12)' \
		'S: $T OK done' "$BYE")" \
	'imap 77 12 200 Drafts'

# The usual names, as servers spell them.
for row in 'da|Kladder' 'sv|Utkast' 'nb|INBOX.Utkast' 'de|Entw&APw-rfe' 'fi|Luonnokset' 'fr|Brouillons' 'es|Borradores' \
	'nl|Concepten' 'it|Bozze' 'pl|Wersje robocze' 'any case|INBOX.DRAFTS'; do
	folder=${row#*|}
	imap "folder of drafts in ${row%%|*}" put \
		"$(script "$BARE" 'C: $T LIST "" "*"' 'S: * LIST (\Noselect) "." "Drafts"' 'S: * LIST () "." "Drafts.old"' \
			"S: * LIST () \".\" \"$folder\"" 'S: $T OK done' "$(selected "$folder")" \
			"$(appended "$folder" 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" \
		"imap 77 12 200 $folder"
done
imap 'the folder that is configured, whatever is marked' put \
	"$(script "$FULL" 'C: $T LIST "" "*" RETURN (SPECIAL-USE)' 'S: * LIST (\Drafts) "." Drafts' \
		'S: * LIST () "." "INBOX.Svar &- p&AOU- vej.Nye"' 'S: $T OK done' "$(selected 'INBOX.Svar &- p&AOU- vej.Nye')" \
		"$(appended 'INBOX.Svar &- p&AOU- vej.Nye' 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" \
	'imap 77 12 200 INBOX.Svar &- p&AOU- vej.Nye' 'drafts_folder = Svar & på vej/Nye'
imap 'which must be there' put "$(script "$FULL" "$LIST_USE" "$BYE")" \
	'setup: the server has no folder Nye; make it' 'drafts_folder = Nye'
imap 'no folder that looks like it' put \
	"$(script "$BARE" 'C: $T LIST "" "*"' 'S: * LIST () "/" INBOX' 'S: $T OK done' "$BYE")" \
	'setup: the server has no folder of drafts'
imap 'a name with a quote in it' put \
	"$(script "$BARE" 'C: $T LIST "" "*"' 'S: * LIST (\Drafts) "/" "a\"b\\c"' 'S: $T OK done' 'C: $T SELECT "a\"b\\c"' \
		'S: * OK [UIDVALIDITY 77] valid' 'S: $T OK [READ-ONLY] done' "$BYE")" \
	'setup: the folder a"b\c is read-only'

# What the server may answer to the mail.
while IFS='|' read -r answer wanted; do
	imap "APPEND: $answer" put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
		"$(appended 'My drafts' "S: $answer")" "$BYE")" "$wanted"
	imap "before it is sent: $answer" put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
		"C: \$T APPEND \"My drafts\" (\\Draft) {$SIZE}" "S: $answer" "$BYE")" "$wanted"
done <<'ROWS'
$T NO [OVERQUOTA] full|setup: the server answers APPEND with
$T NO [UNAVAILABLE] later|retry: the server answers APPEND with
$T NO [INUSE] later|retry:
$T NO just so|retry:
$T NO [TRYCREATE] none|setup:
$T NO [NOPERM] not you|setup:
$T NO [TOOBIG] no|refused:
$T BAD what?|refused:
* BYE for today|retry: the server hangs up
nonsense|retry: this is no IMAP: ?
ROWS

# A lost answer, and who comes again.
imap 'the line is cut before the OK' put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
	"$(appended 'My drafts' CUT)")" 'retry: the server hung up'
imap 'again: it is there, and put no second time' again "$(script "$FULL" "$LIST_USE" 'C: $T EXAMINE "Sent"' 'S: $T OK done' \
	"$(found)" "$(selected 'My drafts')" "$(found 12)" "$(fetched 12 '\Draft')" "$BYE")" \
	'imap 77 12 200 My drafts'
imap 'again: it is there twice, a client saved it' again "$(script "$BARE" "$LIST" "$(selected INBOX.Drafts)" "$(found 12 15)" \
	"$(fetched 15 '\Draft')" "$BYE")" 'imap 77 15 200 INBOX.Drafts'
imap 'again: it is not there' again "$(script "$BARE" "$LIST" "$(selected INBOX.Drafts)" "$(found)" \
	"$(appended INBOX.Drafts 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" \
	'imap 77 12 200 INBOX.Drafts'
imap 'again: a human sent it meanwhile' again "$(script "$FULL" "$LIST_USE" 'C: $T EXAMINE "Sent"' 'S: $T OK done' \
	"$(found 4)" "$BYE")" 'imap 0 0 0 Sent'
imap 'again: the line is cut in the search' again "$(script "$BARE" "$LIST" "$(selected INBOX.Drafts)" 'C~ $T UID SEARCH' CUT)" \
	'retry: the server hung up'
imap 'the line is cut after the OK' put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
	"$(appended 'My drafts' 'S: $T OK [APPENDUID 77 12] done')" 'C~ $T UID FETCH' CUT)" 'retry: the server hung up'

# Odd servers.
imap 'a password that is wrong' put 'S: * OK fake
C: $T CAPABILITY
S: * CAPABILITY IMAP4rev1
S: $T OK
C: $T LOGIN support '$SECRET'
S: $T NO wrong
END' 'setup: imap://localhost:'
imap 'no greeting but goodbye' put 'S: * BYE busy
CUT' 'retry: imap://localhost:'
imap 'no IMAP at all' put 'S: HTTP/1.0 200 OK
CUT' 'retry: imap://localhost:'
imap 'a line without end' put "$(script "$FULL" 'C~ $T LIST' 'RAW * LIST () "/" ' 'FLOOD 8000000' CUT)" \
	'retry: the server'"'"'s line is too long'
imap 'a literal without end' put "$(script "$FULL" 'C~ $T LIST' 'S: * LIST () "/" {4000000000}' "$BYE")" \
	'retry: the server'"'"'s literal is too long'
imap 'lines without end' put "$(script "$FULL" 'C~ $T LIST' 'MANY 60000 * LIST () "/" Folder' CUT)" \
	"retry: the server's answer does not end"
imap 'an answer to another command' put "$(script "$FULL" 'C~ $T LIST' 'S: t999 OK done' "$BYE")" 'retry: this is no IMAP'
imap 'a wish for a literal that we do not have' put "$(script "$FULL" 'C~ $T LIST' 'S: + go on' "$BYE")" 'retry: this is no IMAP'
imap 'slowly, a piece at a time' put "$(script "$FULL" 'C~ $T LIST' 'RAW * LIS' 'WAIT 200' 'RAW T (\Drafts) "/" Foo' 'WAIT 200' \
	'S: ' 'RAW $T O' 'WAIT 200' 'S: K done' "$(selected Foo)" "$(appended Foo 'WAIT 300
S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" 'imap 77 12 200 Foo'

# A token, and passwords that must not be said.
talk 'imap: a token by XOAUTH2' put "$(script 'S: * OK fake' 'C: $T CAPABILITY' 'S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN' \
	'S: $T OK done' "C: \$T AUTHENTICATE XOAUTH2 $(printf 'user=support\001auth=Bearer ya29.token\001\001' | base64 -w 0)" 'S: $T OK in' \
	'C: $T CAPABILITY' 'S: * CAPABILITY IMAP4rev1' 'S: $T OK done' "$LIST" "$(selected INBOX.Drafts)" \
	"$(appended INBOX.Drafts 'S: $T OK [APPENDUID 77 12] done')" "$(fetched 12 '\Draft')" "$BYE")" 'imap 77 12 200 INBOX.Drafts' \
	'delivery = imap' 'imap_url = imap://localhost:PORT' 'imap_user = support' "imap_oauth_file = $dir/token"
talk 'imap: a token the server does not want' put "$(script 'S: * OK fake' 'C: $T CAPABILITY' \
	'S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2' 'S: $T OK done' 'C~ $T AUTHENTICATE XOAUTH2 ' 'S: $T NO expired' END)" \
	'setup: imap://localhost:' 'delivery = imap' 'imap_url = imap://localhost:PORT' 'imap_user = support' "imap_oauth_file = $dir/token"
export FAKE_ADDRESS=127.0.0.2
talk 'imap: no TLS, and not this host: nothing is said' put "$(script 'S: * OK fake' 'C: $T CAPABILITY' 'S: * CAPABILITY IMAP4rev1' \
	'S: $T OK done' END)" 'setup: imap://127.0.0.2:' 'delivery = imap' 'imap_url = imap://127.0.0.2:PORT' "imap_password_file = $dir/password"
talk 'imap: nor when the server says that it needs no password' put "$(script 'S: * PREAUTH welcome' 'C: $T CAPABILITY' \
	'S: * CAPABILITY IMAP4rev1 STARTTLS' 'S: $T OK done' END)" 'setup: imap://127.0.0.2:' \
	'delivery = imap' 'imap_url = imap://127.0.0.2:PORT' "imap_password_file = $dir/password"
unset FAKE_ADDRESS

# Taking back.
lies() { # UID FLAGS SIZE
	printf 'C: $T UID FETCH 12 (UID RFC822.SIZE FLAGS)\nS: * 4 FETCH (UID %s RFC822.SIZE %s FLAGS (%s))\nS: $T OK done\n' "$1" "$3" "$2"
}
PLACE='imap 77 12 200 My drafts'
imap 'taken back' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found 12)" "$(lies 12 '\Draft' 200)" \
	'C: $T UID STORE 12 +FLAGS.SILENT (\Deleted)' 'S: $T OK done' 'C: $T UID EXPUNGE 12' 'S: * 4 EXPUNGE' 'S: $T OK done' "$BYE")" removed
imap 'without UIDPLUS only marked' "$PLACE" "$(script "$BARE" "$(selected 'My drafts')" "$(found 12)" "$(lies 12 '\Draft \Seen' 200)" \
	'C: $T UID STORE 12 +FLAGS.SILENT (\Deleted)' 'S: $T OK done' "$BYE")" removed
imap 'another size: left alone' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found 12)" "$(lies 12 '\Draft' 201)" "$BYE")" touched
imap 'no draft any more: left alone' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found 12)" "$(lies 12 '\Seen' 200)" "$BYE")" touched
imap 'saved anew: left alone' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found 12 13)" "$(lies 12 '\Draft' 200)" "$BYE")" touched
imap 'another mail has the UID: left alone' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found)" "$(lies 12 '\Draft' 200)" "$BYE")" touched
imap 'gone' "$PLACE" "$(script "$FULL" "$(selected 'My drafts')" "$(found)" 'C~ $T UID FETCH 12' 'S: $T OK done' "$BYE")" gone
imap 'the folder was made anew: left alone' 'imap 76 12 200 My drafts' \
	"$(script "$FULL" "$(selected 'My drafts')" "$(found 12)" "$(lies 12 '\Draft' 200)" "$BYE")" touched
imap 'the folder is gone' "$PLACE" "$(script "$FULL" 'C: $T SELECT "My drafts"' 'S: $T NO [NONEXISTENT] none' "$BYE")" 'setup: the server answers SELECT'

# One of which the answer was lost has no place: looked for, and taken back only
# if it lies there once and nobody has looked at it.
lost() {
	imap "of a lost answer: $1" '' "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" "$2" "$BYE")" "$3"
}
lost 'taken back' "$(found 12)
$(lies 12 '\Draft' 200)
C: \$T UID STORE 12 +FLAGS.SILENT (\Deleted)
S: \$T OK done
C: \$T UID EXPUNGE 12
S: * 4 EXPUNGE
S: \$T OK done" removed
lost 'not there' "$(found)" gone
lost 'somebody has read it' "$(found 12)
$(lies 12 '\Draft \Seen' 200)" touched
lost 'no draft any more' "$(found 12)
$(lies 12 '' 200)" touched
lost 'there is another' "$(found 12 13)" touched
# The customer's mail is marked where a folder is named.
imap 'the source is marked' mark "$(script "$FULL" "$(selected INBOX)" "$(found 9)" \
	'C: $T UID STORE 9 +FLAGS.SILENT ($SupportDrafted)' 'S: $T OK done' "$BYE")" marked 'source_folder = INBOX'
imap 'a source whose name is not ASCII' mark "$(script "$FULL" "$(selected 'INBOX/St&APg-tte &- salg')" "$(found)" "$BYE")" \
	'not there' 'source_folder = INBOX/Støtte & salg'
imap 'a source that is not there' mark "$(script "$FULL" "$(selected INBOX)" "$(found)" "$BYE")" 'not there' 'source_folder = INBOX'
imap 'a server without keywords' mark "$(script "$FULL" "$(selected INBOX)" "$(found 9)" \
	'C~ $T UID STORE 9' 'S: $T NO [CANNOT] no' "$BYE")" 'setup: the server answers UID with NO [CANNOT]' 'source_folder = INBOX'
# What a server says of the mail is told to nobody.
imap 'the text of a refusal is not told' put "$(script "$FULL" "$LIST_USE" "$(selected 'My drafts')" \
	'C~ $T APPEND' 'S: $T NO [OVERQUOTA] no room for Printer on fire' "$BYE")" \
	'setup: the server answers APPEND with NO [OVERQUOTA]'

# ------------------------------------------------------------------- LMTP
lmtp() {
	local name=$1 script=$2 wanted=$3
	shift 3
	talk "lmtp: $name" put "$script" "$wanted" 'delivery = lmtp' 'lmtp = inet:PORT@127.0.0.1' "lmtp_secret_file = $dir/secret" "$@"
}
# heard PHASE REPLY: a whole talk, with another reply in that phase
heard() {
	local phase
	for phase in greeting LHLO MAIL RCPT DATA text; do
		case $phase in
		LHLO) echo 'C: LHLO localhost' ;;
		MAIL) echo 'C: MAIL FROM:<>' ;;
		RCPT) echo "C: RCPT TO:<${RECIPIENT:-support@firm.example}>" ;;
		DATA) echo 'C: DATA' ;;
		text) echo "DATA $dir/landed" ;;
		esac
		if [ "$phase" = "${1:-}" ]; then
			printf '%s\n' "$2"
			return
		fi
		case $phase in
		greeting) echo 'S: 220 hi' ;;
		DATA) echo 'S: 354 go on' ;;
		LHLO) printf 'S: 250-fake\nS: 250-PIPELINING\nS: 250 8BITMIME\n' ;;
		*) echo 'S: 250 2.0.0 ok' ;;
		esac
	done
	printf 'C: QUIT\nEND\n'
}
lmtp 'a draft' "$(heard)" lmtp
{ echo 'X-Tact-Secret: 0123456789abcdefSECRET'; sed 's/^\./../' "$dir/mail"; } | cmp -s - "$dir/landed"
result 'lmtp: what landed is the mail, dots doubled, the secret on top' $?
RECIPIENT=box+x@firm.example lmtp 'another recipient' "$(RECIPIENT=box+x@firm.example heard)" lmtp 'lmtp_recipient = box+x@firm.example'
for phase in greeting LHLO MAIL RCPT DATA text; do
	lmtp "$phase: not now" "$(heard $phase 'S: 451 4.3.0 later
END')" 'retry: inet:'
	lmtp "$phase: the line is cut" "$(heard $phase CUT)" 'retry: the server hung up'
	lmtp "$phase: nonsense" "$(heard $phase 'S: * OK IMAP
END')" 'retry: this is no LMTP'
	[ $phase = text ] || lmtp "$phase: never" "$(heard $phase 'S: 550-5.1.1 no
S: 550 5.1.1 such user
END')" 'setup: inet:'
done
lmtp 'text: never' "$(heard text 'S: 554 5.6.0 no
END')" 'refused: inet:'
lmtp 'text: no room' "$(heard text 'S: 552 5.2.2 full
END')" 'setup: inet:'
lmtp 'a reply without end' "$(heard LHLO 'FLOOD 3000000
CUT')" 'retry: '
lmtp 'lines without end' "$(heard LHLO "$(seq -f 'S: 250-X%g' 1 300)
END")" 'retry: this is no LMTP'

# ---------------------------------------------------- settings, no server
# set_up NAME WANTED LINE...
set_up() {
	local name=$1 wanted=$2 got
	shift 2
	{ printf '[mailbox support@firm.example]\n'; printf '%s\n' "$@"; } >"$dir/conf"
	got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example put "$dir/mail" "${MESSAGE_ID:-$ID}" 2>&1)
	[[ $got == *"$wanted"* ]] && ok "$name" || { not_ok "$name"; echo "# $got"; }
}
# mark_none NAME ID LINE...: no server is asked, or this would fail
mark_none() {
	local name=$1 id=$2 got
	shift 2
	{ printf '[mailbox support@firm.example]\ndelivery = imap\nimap_url = imap://localhost:1\n'
		printf 'imap_password_file = %s\n' "$dir/password"; printf '%s\n' "$@"; } >"$dir/conf"
	got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example mark - "$id" 2>&1)
	same "$name" 'not there' "$got"
}
mark_none 'no folder is named: nothing is marked' $ID
mark_none 'a Message-ID that climbs out of its string: neither' 'a"> DELETED@x' 'source_folder = INBOX'
set_up 'queue delivers nowhere' queue 'delivery = queue'
set_up 'imap wants a server' 'setup: delivery = imap: imap_url is not set' 'delivery = imap'
set_up 'imap wants a password' 'imap_password_file is not set' 'delivery = imap' 'imap_url = imaps://mail.firm.example'
for url in 'http://mail.firm.example' 'imaps://user:pw@mail.firm.example' 'imaps://mail.firm.example/INBOX' 'mail.firm.example' \
	'imaps://' 'imaps://mail.firm.example?x' 'imaps://u@mail.firm.example' 'tcp://mail.firm.example:143'; do
	set_up "imap_url = $url" 'this is not of the form imaps://HOST[:PORT]' 'delivery = imap' "imap_url = $url" "imap_password_file = $dir/password"
done
chmod 644 "$dir/password"
set_up 'a password that all may read' 'setup: '"$dir"'/password: others may read it; chmod 600' 'delivery = imap' \
	'imap_url = imap://localhost:1' "imap_password_file = $dir/password"
set_up 'a server that is not there' 'setup: /nowhere: No such file' 'delivery = imap' 'imap_url = imap://localhost:1' 'imap_password_file = /nowhere'
chmod 600 "$dir/password"
set_up 'a port with nobody behind it' 'retry: imap://localhost:1' 'delivery = imap' 'imap_url = imap://localhost:1' "imap_password_file = $dir/password"
set_up 'lmtp wants a server' 'lmtp is not set' 'delivery = lmtp'
set_up 'lmtp wants a secret' 'lmtp_secret_file is not set' 'delivery = lmtp' 'lmtp = unix:/x'
set_up 'lmtp in another form' 'write unix:/PATH or inet:PORT@HOST' 'delivery = lmtp' 'lmtp = 127.0.0.1:24' "lmtp_secret_file = $dir/secret"
set_up 'a recipient that is no path' 'write unix:/PATH' 'delivery = lmtp' 'lmtp = unix:/x' "lmtp_secret_file = $dir/secret" 'lmtp_recipient = a@b> X'
for host in mail.firm.example 10.0.0.7 '[2001:db8::1]' 127.0.0.1.evil.example 128.0.0.1; do
	set_up "lmtp to $host is not encrypted" 'is not this host, and LMTP is not encrypted' 'delivery = lmtp' "lmtp = inet:24@$host" "lmtp_secret_file = $dir/secret"
done
set_up 'but where the site says so' 'retry: ' 'delivery = lmtp' 'lmtp = inet:1@host.invalid' "lmtp_secret_file = $dir/secret" 'lmtp_remote = true'
for host in localhost 127.8.9.1 '[::1]'; do
	set_up "lmtp to $host is this host" 'retry: ' 'delivery = lmtp' "lmtp = inet:1@$host" "lmtp_secret_file = $dir/secret"
done
printf 'short\n' >"$dir/secret"
set_up 'a secret that can be guessed' 'setup: lmtp_secret_file: wanted are 16 to 200 letters and digits' 'delivery = lmtp' 'lmtp = unix:/x' "lmtp_secret_file = $dir/secret"
MESSAGE_ID='a@b"> BODY x' set_up 'a Message-ID that is none' 'refused: this is no Message-ID' 'delivery = queue'
MESSAGE_ID='../../x@y' set_up 'nor one that climbs' 'refused: this is no Message-ID' 'delivery = queue'

# ---------------------------------------------------------------- Maildir
box=$dir/Maildir/.Drafts
mkdir -p "$box"/{tmp,new,cur}
maildir() { # NAME MODE|PLACE WANTED
	local got
	printf '[mailbox support@firm.example]\ndelivery = maildir\nmaildir = %s\n' "$box" >"$dir/conf"
	case $2 in
	put | again) got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example "$2" "$dir/mail" $ID 2>&1) ;;
	*) got=$("$BUILD/tools/deliver-try" "$dir/conf" support@firm.example remove "$2" $ID 2>&1) ;;
	esac
	[[ $got == "$3"* ]] && ok "maildir: $1" || { not_ok "maildir: $1"; echo "# $got"; }
}
size=$(wc -c <"$dir/mail")
base=tact.abc_firm.example
place="maildir $size $base"
maildir 'a draft' put "$place"
same 'maildir: it lies in cur with the flag D, and nowhere else' "cur/$base,S=$size:2,D" "$(cd "$box" && find . -type f | sed 's|^\./||')"
cmp -s "$dir/mail" "$box/cur/$base,S=$size:2,D"
result 'maildir: as it was, its lines as those of this host' $?
maildir 'again: none is made' again "$place"
mv "$box/cur/$base,S=$size:2,D" "$box/cur/$base,S=$size:2,DS"
maildir 'again: nor when it was looked at' again "$place"
echo half >"$box/tmp/$base"
maildir 'again: what a dead one left in tmp goes' again "$place"
same 'maildir: which is empty' '' "$(ls "$box/tmp")"
maildir 'put twice without asking: none is lost' put "$place"
rm -f "$box/cur/$base,S=$size:2,D"
same 'maildir: one draft' 1 "$(find "$box" -type f | wc -l)"
echo half >"$box/tmp/$base"
rm "$box"/cur/*
maildir 'what a dead one left is written anew' again "$place"
same 'maildir: tmp is empty' '' "$(ls "$box/tmp")"
echo edited >>"$box/cur/$base,S=$size:2,D"
maildir 'edited: left alone' "$place" touched
rm "$box"/cur/*
maildir 'gone' "$place" gone
maildir 'put again' put "$place"
mv "$box/cur/$base,S=$size:2,D" "$box/cur/$base,S=$size:2,S"
maildir 'no draft any more: left alone' "$place" touched
mv "$box/cur/$base,S=$size:2,S" "$box/cur/$base,S=$size:2,DS"
maildir 'taken back' "$place" removed
same 'maildir: nothing is left' '' "$(find "$box" -type f)"
maildir 'a place of another kind' 'imap 77 12 200 Drafts' unable
maildir 'of a lost answer: none' '' gone
maildir 'put' put "$place"
maildir 'of a lost answer: taken back' '' removed
maildir 'put' put "$place"
mv "$box/cur/$base,S=$size:2,D" "$box/cur/$base,S=$size:2,DS"
maildir 'of a lost answer: somebody has read it' '' touched
echo more >>"$box/cur/$base,S=$size:2,DS"
mv "$box/cur/$base,S=$size:2,DS" "$box/cur/$base,S=$size:2,D"
maildir 'of a lost answer: another size' '' touched
rm -r "$box"
maildir 'a folder that is not there' put "setup: $box"
tap_done
