#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A mailbox of mode draft behind a real Postfix: customers' mail says what becomes
# of its draft, and what the mailbox sends says nothing of ours; what still holds a
# draft's mark, or another's data, is refused with a sentence. As root; TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"

[ "$(id -u)" = 0 ] || { skip 'guards behind Postfix' 'needs root for a private Postfix'; tap_done; exit 0; }
command -v postfix >/dev/null && command -v dovecot >/dev/null ||
	{ skip 'guards behind Postfix' 'postfix or dovecot is not installed'; tap_done; exit 0; }

rig_begin
export TACT_MAILBOX='mode = draft'
rig_store || exit 1
dovecot_start && tact_start "${lines[@]}" && postfix_start ||
	{ not_ok 'the rig starts'; cat "$RIG/tact.log"; exit 1; }

# send FROM TO ID [REFERENCES]: the text comes on stdin; prints Postfix's code
send() {
	{
		printf 'From: %s\nTo: %s\nSubject: Invoice\nMessage-ID: <%s>\n' "$1" "$2" "$3"
		printf 'Date: Sat, 21 Nov 2026 10:00:00 +0000\n'
		[ $# -lt 4 ] || printf 'In-Reply-To: %s\nReferences: %s\n' "$4" "$4"
		printf '\n'
		cat
	} >"$RIG/mail.eml"
	"$BUILD/tools/smtp-send" -c 1 -n 1 -f "<$1>" -t "<$2>" "$SMTP_PORT" "$RIG/mail.eml" | awk '{ print $2; exit }'
}

# came USER ID: the file of that mail
came() { grep -rl "^Message-ID: <$2>" "$RIG/mail/$1" 2>/dev/null | head -n 1; }
arrived() { [ -n "$(came "$1" "$2")" ]; }

us=support@$DOMAIN
same 'a customer writes' 250 "$(send anna@kunde.example "$us" a1@kunde <<<'Where is my invoice? My phone is +45 28 11 42 91.')"
same 'another writes' 250 "$(send bo@other.example "$us" b1@other <<<'Where can I find my invoice of March?')"
is 'both arrive' rig_wait 20 arrived support a1@kunde
is 'and' rig_wait 20 arrived support b1@other
is 'as queued for a draft' grep -q '^X-Tact-Draft: queued' "$(came support a1@kunde)"
same 'an answer with a mark is refused' 550 \
	"$(send "$us" bo@other.example r1@firm '<b1@other>' <<<'You find it at [CHECK: where].')"
is 'with a sentence for who sent it' \
	grep -q '5.7.1 A draft left something open: \[CHECK: still stands in this mail' "$RIG/mail.log"
same "an answer with another's phone number is refused" 550 \
	"$(send "$us" bo@other.example r2@firm '<b1@other>' <<<'Please call 28114291.')"
is 'with a sentence too' grep -q '5.7.1 This mail holds a number or an address that another' "$RIG/mail.log"
same 'meant so it leaves' 250 \
	"$(send "$us" bo@other.example r2@firm '<b1@other>' <<<'Please call 28114291.')"
same 'and so does an answer' 250 \
	"$(send "$us" bo@other.example r3@firm '<b1@other>' <<<'You find it in the portal.')"
is 'which arrives' rig_wait 20 arrived bo r3@firm
is 'refused ones do not' sh -c "! grep -rq r1@firm '$RIG/mail/bo'"
is 'and nothing of ours is in what left' sh -c "! grep -rqi x-tact '$RIG/mail/bo'"
tap_done || { cat "$RIG/tact.log"; exit 1; }
