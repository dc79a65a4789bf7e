#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Whose mail is a mailbox's own, as a real Postfix and a real Sendmail tell the
# milter: of a client of this site, and of who logs in. Anybody else who writes our
# address is a stranger: nothing of ours goes through in his mail, and he learns
# nothing of what we know. Tact asks the MTA for the macros that tell; that it is set
# to send others changes nothing. Seen by the guard: it alone refuses a [CHECK:. As root; TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
# shellcheck source=tests/e2e/authenticators.sh
. "$here/authenticators.sh"

[ "$(id -u)" = 0 ] || { skip 'senders' 'needs root for private MTAs'; tap_done; exit 0; }
command -v postfix >/dev/null && command -v dovecot >/dev/null ||
	{ skip 'senders' 'postfix or dovecot is not installed'; tap_done; exit 0; }

us=support@$DOMAIN
serial=0

# stands CLIENT...: tact.conf with these internal_networks; Tact is started anew
stands() {
	tact_stop
	sed -i '/^internal_networks/d' "$RIG/tact.conf"
	[ $# = 0 ] || sed -i "s|^\[milter\]|&\ninternal_networks = $1|" "$RIG/tact.conf"
	tact_launch || { not_ok "tact-milter starts with $1"; cat "$RIG/tact.log"; }
}

# sends WANTED [ip=ADDRESS] [login=NAME] [copy=ADDRESS]: a mail of the mailbox that a
# draft's mark stands in: 550 when it counts as ours, 250 when it does not.
sends() {
	local wanted=$1 ip='' login='' copy='' key
	shift
	for key in "$@"; do printf -v "${key%%=*}" '%s' "${key#*=}"; done
	serial=$((serial + 1))
	exec 5<>"/dev/tcp/127.0.0.1/$port" || return 1
	smtp_says 220 && smtp_asks 'EHLO client.example' 250 &&
		{ [ -z "$ip" ] || { smtp_asks "XCLIENT ADDR=$ip NAME=client.example" 220 &&
			smtp_asks 'EHLO client.example' 250; }; } &&
		{ [ -z "$login" ] ||
			smtp_asks "AUTH PLAIN $(printf '\0%s\0secret' "$login" | base64)" 235; } &&
		smtp_asks "MAIL FROM:<$us>" 250 && smtp_asks 'RCPT TO:<bo@other.example>' 250 &&
		{ [ -z "$copy" ] || smtp_asks "RCPT TO:<$copy>" 250; } &&
		smtp_asks DATA 354 &&
		{ printf '%s\r\n' "From: $us" 'To: bo@other.example' 'Subject: Re: Price' \
			"Message-ID: <$mta$serial@case.example>" 'X-Tact-Tier: vip' '' \
			'It costs [CHECK: 1.234 kr.].' >&5; smtp_asks . "$wanted"; }
	set -- $?
	exec 5>&-
	return "$1"
}
came() { grep -rl "^Message-ID: <$mta$serial@case" "$RIG/mail/bo" 2>/dev/null | head -n 1; }
arrived() { [ -n "$(came)" ]; }
# What a stranger sent in our name arrives, without what he forged.
bare() { rig_wait 20 arrived && ! grep -qi '^x-tact' "$(came)"; }

behind_postfix() {
	mta=postfix port=$SMTP_PORT
	postfix_start 'smtpd_authorized_xclient_hosts = 127.0.0.1' 'smtpd_sasl_auth_enable = yes' \
		'smtpd_sasl_type = dovecot' "smtpd_sasl_path = inet:127.0.0.1:$SASL_PORT" \
		'milter_mail_macros = i' || { not_ok 'postfix starts'; return; }
	is 'postfix: this host counts as ours' sends 550
	is 'a stranger who says to be us does not' sends 250 ip=198.51.100.7
	is 'and his mail arrives bare' bare
	is 'nor does one whose address is not known' sends 250 'ip=[UNAVAILABLE]'
	is 'and that mail arrives bare' bare
	is 'who has logged in does' sends 550 ip=198.51.100.7 login=kim
	is 'with the mailbox in copy, too' sends 550 ip=198.51.100.7 login=kim copy="$us"
	is 'a stranger with it in copy does not' sends 250 ip=198.51.100.7 copy="$us"
	before=$(grep -c 'event="mail_refused"' "$RIG/tact.log")
	printf 'From: %s\nTo: bo@other.example\nSubject: x\n\n[CHECK: 1]\n' "$us" |
		sendmail -C "$RIG/postfix" -f "$us" bo@other.example
	is 'what sendmail(1) hands over counts as ours' rig_wait 20 refused_more "$before"
	stands 192.0.2.0/24
	is 'a network of ours counts' sends 550 ip=192.0.2.7
	is 'then this host does not, if it is not named' sends 250
	stands ''
	is 'with none, who logs in' sends 550 login=kim
	is 'alone' sends 250
	postfix_stop
}
refused_more() { [ "$(grep -c 'event="mail_refused"' "$RIG/tact.log")" -gt "$1" ]; }

behind_sendmail() {
	mta=sendmail port=$SENDMAIL_PORT
	printf 'pwcheck_method: alwaystrue\nmech_list: PLAIN ANONYMOUS\n' >"$RIG/Sendmail.conf"
	# An E line sets its environment, which it else has cleared.
	SENDMAIL_LINES="LOCAL_CONFIG
O Milter.macros.envfrom=i
C{TrustAuthMech}PLAIN ANONYMOUS
O AuthMechanisms=PLAIN ANONYMOUS
ESASL_CONF_PATH=$RIG" sendmail_start || { not_ok 'sendmail starts'; return; }
	stands
	is 'sendmail: this host counts as ours' sends 550
	stands 192.0.2.0/24
	is 'a stranger who says to be us does not' sends 250
	is 'and his mail arrives bare' bare
	is 'who has logged in does' sends 550 login=kim
	sendmail_stop
}

rig_begin
export TACT_MAILBOX='mode = draft'
rig_store || exit 1
dovecot_start && tact_start "${lines[@]}" || { not_ok 'the rig starts'; cat "$RIG/tact.log"; exit 1; }
behind_postfix
behind_sendmail
tap_done || { tail -n 40 "$RIG/tact.log"; exit 1; }
