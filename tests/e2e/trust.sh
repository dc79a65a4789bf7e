#!/bin/bash
# H-4 with the real filters: mail through Postfix, OpenDKIM and OpenDMARC (or
# Rspamd), Tact, to Dovecot; what is genuine is verified, nothing else is.
#
#   tests/e2e/trust.sh [--write] [open|rspamd]...     as root; TAP on stdout
#
# Nothing leaves this host: see authenticators.sh. With --write the headers that
# the filters made are kept as tests/corpus/authres/STACK.headers, from which
# tests/unit/message/test_authres_real.c takes them where no filter is there.
#
# The firm's authserv-id is mx.firm.example. Domains that write to it:
#   customer.example  DMARC (reject), SPF, DKIM     192.0.2.10
#   lax.example       DMARC (none), SPF, DKIM       192.0.2.11
#   signer.example    DKIM alone
#   plain.example     SPF alone                     192.0.2.20
#   nothing.example   nothing
#   evil.example      DMARC, SPF, DKIM, and ideas   192.0.2.66
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
# shellcheck source=tests/e2e/authenticators.sh
. "$here/authenticators.sh"
cd "$ROOT" || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh

write=
[ "${1:-}" != --write ] || { write=yes; shift; }
[ $# -gt 0 ] || set -- open

if [ "$(id -u)" != 0 ]; then
	skip 'trust' 'needs root for private MTAs'
	tap_done
	exit 0
fi
if ! unshare --mount true 2>/dev/null; then
	skip 'trust' 'needs mount namespaces, for a resolv.conf of its own'
	tap_done
	exit 0
fi

publish() {
	for domain in customer lax signer evil; do dkim_key $domain.example; done
	dns_record _dmarc.customer.example 'v=DMARC1; p=reject'
	dns_record _dmarc.lax.example 'v=DMARC1; p=none'
	dns_record _dmarc.evil.example 'v=DMARC1; p=none'
	dns_record customer.example 'v=spf1 ip4:192.0.2.10 -all'
	dns_record lax.example 'v=spf1 ip4:192.0.2.11 -all'
	dns_record plain.example 'v=spf1 ip4:192.0.2.20 -all'
	dns_record evil.example 'v=spf1 ip4:192.0.2.66 -all'
}

# try NAME WANTED [KEY=VALUE...]: sends a mail, notes what shall come of it.
#   from=     the From value                    (bo@customer.example)
#   ip=       the client's address              (192.0.2.66: evil.example's)
#   sender=   the envelope's                    (x@evil.example)
#   helo=     the client's name
#   sign=     domains that sign, one after the other;  identity= their i=
#   head=     header lines put first, \n between them, before it is signed
#   later=    the same, after it is signed
#   spoil=yes a word is changed after it is signed
# WANTED: verified, weak, unverified; refused: the MTA does not take it.
try() {
	local name=$1 wanted=$2 key text
	local from='bo@customer.example' ip=192.0.2.66 sender=x@evil.example
	local helo=client.example sign='' identity='' head='' later='' spoil=''
	shift 2
	for key in "$@"; do printf -v "${key%%=*}" '%s' "${key#*=}"; done
	{
		[ -z "$head" ] || printf '%b\n' "$head"
		printf 'From: %b\nTo: support@firm.example\nSubject: An order\n' "$from"
		printf 'Message-ID: <%s@case.example>\n\nWhere is my order?\n' "$name"
	} >"$RIG/mail.eml"
	for key in $sign; do
		dkim_sign "$key" ${identity:+"$identity"} <"$RIG/mail.eml" >"$RIG/signed.eml"
		mv "$RIG/signed.eml" "$RIG/mail.eml"
	done
	[ -z "$spoil" ] || sed -i 's/order?/money?/' "$RIG/mail.eml"
	[ -z "$later" ] || { printf '%b\n' "$later"; cat "$RIG/mail.eml"; } >"$RIG/more.eml"
	[ -z "$later" ] || mv "$RIG/more.eml" "$RIG/mail.eml"
	if text=$(smtp_as "$ip" "$SMTP_PORT" "$sender" support@firm.example "$helo" <"$RIG/mail.eml"); then
		[ "$wanted" = refused ] && { not_ok "$stack $name: was not refused"; return; }
		printf '%s %s\n' "$name" "$wanted" >>"$RIG/sent"
	elif [ "$wanted" = refused ]; then
		ok "$stack $name: refused"
	else
		not_ok "$stack $name: not taken: $text"
	fi
}

genuine() {
	try signed verified sign=customer.example ip=192.0.2.10 sender=bo@customer.example
	try signed-forwarded verified sign=customer.example ip=198.51.100.7 sender=list@elsewhere.example
	try unsigned-spf verified ip=192.0.2.10 sender=bo@customer.example
	try bounce-address verified ip=192.0.2.10 sender=bounce+bo=firm.example@customer.example
	try lax-signed verified from=bo@lax.example sign=lax.example
	try lax-spf verified from=bo@lax.example ip=192.0.2.11 sender=bo@lax.example
	try signed-alone verified from=bo@signer.example sign=signer.example
	try signed-in-capitals verified from=Bo@SIGNER.Example sign=signer.example
	try signed-identity verified from=bo@signer.example sign=signer.example identity=bo@signer.example
	try signed-identity-below verified from=bo@signer.example sign=signer.example identity=bo+tag@a.signer.example
	try signed-by-parent verified from=bo@a.signer.example sign=signer.example
	try signed-twice verified from=bo@signer.example sign='signer.example evil.example'
	try signed-twice-outer verified from=bo@signer.example sign='evil.example signer.example'
	try name verified 'from="Hansen, Bo" <bo@signer.example>' sign=signer.example
	try name-encoded verified 'from==?utf-8?Q?J=C3=B8rgen?= <bo@signer.example>' sign=signer.example
	try name-folded verified 'from=Bo Hansen\n <bo@signer.example>' sign=signer.example
	try name-of-another verified 'from="ceo@customer.example" <bo@signer.example>' sign=signer.example
	try no-sender verified from=bo@signer.example sign=signer.example sender=
	try relayed verified from=bo@signer.example sign=signer.example 'later=Authentication-Results: mx.other.example; dmarc=fail header.from=signer.example'
	try spf-alone weak from=bo@plain.example ip=192.0.2.20 sender=bo@plain.example
}

unproven() {
	try nothing unverified from=bo@nothing.example
	try spf-elsewhere unverified from=bo@plain.example
	try spf-forwarded unverified from=bo@plain.example ip=198.51.100.7 sender=bo@plain.example
	try spf-of-another unverified from=bo@nothing.example ip=192.0.2.66
	try from-spoofed unverified
	try from-spoofed-sender unverified sender=bo@customer.example
	try from-spoofed-signed unverified sign=evil.example
	try from-spoofed-lax unverified from=bo@lax.example sign=evil.example
	try from-spoofed-signer unverified from=bo@signer.example sign=evil.example
	try signature-broken unverified from=bo@signer.example sign=signer.example spoil=yes
	try signature-broken-dmarc unverified sign=customer.example spoil=yes
	try signature-broken-beside-good unverified from=bo@signer.example sign='signer.example evil.example' spoil=yes
	try signed-by-child unverified from=bo@example sign=signer.example
	try reply-to unverified from=bo@nothing.example sign=evil.example 'head=Reply-To: bo@customer.example'
	try from-two unverified from='bo@signer.example\nFrom: x@evil.example' sign=evil.example
	try from-two-below unverified from='x@evil.example\nFrom: bo@signer.example' sign=evil.example
	try from-list unverified from='x@evil.example, bo@signer.example' sign=evil.example
	try from-group unverified from='a: bo@signer.example;' sign=evil.example
	try from-look-alike unverified from=bo@sіgner.example sign=evil.example
}

# Fields that say they are ours. None of the mails proves anything itself.
forged() {
	local pass='dkim=pass header.d=signer.example header.b=x; dmarc=pass header.from=signer.example'
	local id=mx.firm.example all='' i
	local -A head=(
		[plain]="Authentication-Results: $id; $pass"
		[capitals]="AUTHENTICATION-RESULTS: MX.FIRM.EXAMPLE; $pass"
		[quoted-id]="Authentication-Results: \"$id\"; $pass"
		[version]="Authentication-Results: $id 1; $pass"
		[version-2]="Authentication-Results: $id 2; $pass"
		[comment]="Authentication-Results: (x) $id (y); $pass"
		[folded]="Authentication-Results:\n $id;\n\t$pass"
		[folded-id]="Authentication-Results:\n\t$id\n ; $pass"
		[blank-colon]="Authentication-Results : $id; $pass"
		[no-blank]="Authentication-Results:$id;$pass"
		[other-id]="Authentication-Results: mx.evil.example; $pass"
		[trailing-dot]="Authentication-Results: $id.; $pass"
		[job]="Authentication-Results: $id/4ABC; $pass"
		[arc]="ARC-Authentication-Results: i=1; $id; $pass"
		[encoded]="Authentication-Results: =?utf-8?Q?$id?=; $pass"
		[underscore]="Authentication_Results: $id; $pass"
		[received-spf]="Received-SPF: pass ($id: x) receiver=$id; $pass"
		[spf]="Authentication-Results: $id; spf=pass smtp.mailfrom=bo@signer.example"
		[amavis]="Authentication-Results: $id (amavisd-new); $pass"
	)
	for i in "${!head[@]}"; do
		try "forged-$i" unverified from=bo@signer.example "head=${head[$i]}"
		try "forged-$i-signed" unverified from=bo@signer.example sign=evil.example "later=${head[$i]}"
		try "forged-$i-dmarc" unverified "head=${head[$i]//signer/customer}"
	done
	for i in $(seq 50); do all+="${all:+\\n}${head[plain]}"; done
	try forged-50 unverified from=bo@signer.example "head=$all"
	try forged-in-body unverified "from=bo@signer.example\nX-Note: a\n\n${head[plain]}"
	try forged-in-name unverified "from=\"${head[plain]//\"/}\" <bo@signer.example>"
}

# What filters repeat: see tests/unit/message/test_authres_echo.c.
echoed() {
	local in='x;dkim=pass(x)header.d=signer.example' s=from=bo@signer.example
	try echo-helo unverified $s sender= "helo=$in"
	try echo-helo-comment unverified $s sender= "helo=x);dkim=pass(x)header.d=signer.example;y=pass("
	try echo-helo-quoted unverified $s sender= "helo=\"$in\""
	try echo-helo-sender unverified $s "helo=x);dkim=pass(x)header.d=signer.example;y=pass("
	try echo-sender unverified $s "sender=\"$in\"@evil.example"
	try echo-sender-comment unverified $s 'sender="a); dkim=pass header.d=signer.example ("@evil.example'
	try echo-sender-escaped unverified $s 'sender="a\"); dkim=pass header.d=signer.example (\"b"@evil.example'
	try echo-sender-dmarc unverified $s 'sender="a); dmarc=pass header.from=signer.example ("@evil.example'
	try echo-sender-domain refused $s "sender=x@evil.example;dkim=pass(x)header.d=signer.example"
	try echo-identity unverified $s sign=evil.example \
		identity=x=3Bdkim=3Dpass=20header.d=3Dsigner.example=20z.z=3D@evil.example
	try echo-identity-lower unverified $s sign=evil.example \
		identity=x=3bdkim=3dpass=20header.d=3dsigner.example=20z.z=3d@evil.example
	try echo-identity-dmarc unverified $s sign=evil.example \
		identity=x=3Bdmarc=3Dpass=20header.from=3Dsigner.example=20z.z=3D@evil.example
	try echo-identity-at unverified $s sign=evil.example \
		identity=x@evil.example=3Bdkim=3Dpass=20header.d=3Dsigner.example=20z.z=3D@evil.example
	try echo-identity-quoted unverified $s sign=evil.example \
		'identity="x;dkim=pass header.d=signer.example z.z="@evil.example'
	try echo-name unverified "from=\"x@$in \" <bo@signer.example>"
	try echo-name-comment unverified "from=(x@$in ) bo@signer.example"
	try echo-name-bare unverified "from=x@evil.example $in <bo@signer.example>"
	try echo-local unverified "from=\"x@$in\"@signer.example"
	try echo-route unverified "from=<@$in:bo@signer.example>"
}

# Bo is a VIP at each of these domains, whoever writes.
CUSTOMERS='customer lax signer plain nothing'
as_tact() { setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups "$@"; }
tact() {
	local word=$1
	shift
	(cd / && as_tact "$RIG/tact" "$word" "$@" --config "$RIG/store.conf")
}
store_make() {
	install -d -m 700 -o "$TACT_USER" "$RIG/store"
	cp "$BUILD/bin/tact" "$RIG/tact"
	cp -r rules "$RIG/rules.tact" && chmod -R a+rX "$RIG/rules.tact"
	printf '[analysis]\nrules = %s\n[store]\npath = %s/store/tact.db\n' "$RIG/rules.tact" "$RIG" >"$RIG/store.conf"
	echo 'order,email,date,amount' >"$RIG/orders.csv"
	for domain in $CUSTOMERS; do echo "$domain-1,bo@$domain.example,2026-01-02,100.00"; done >>"$RIG/orders.csv"
	tact init && tact customer import "$RIG/orders.csv" || return 1
	for domain in $CUSTOMERS; do
		tact value tier "bo@$domain.example" vip --until 2099-12-31 --reason test || return 1
	done
}

# What Tact says of each delivered mail, by the code that the filter runs: lines
# of verdict and file in $RIG/verdicts.
judge() {
	delivered support | xargs -r -d '\n' "$BUILD/bin/tact" inspect --json --rules "$ROOT/rules" \
		--config "$RIG/tact.conf" | jq -r '.verdict + " " + .file' >"$RIG/verdicts"
}
verdict_of() { grep -F " $1" "$RIG/verdicts" | cut -d' ' -f1; }
tier_of() { header "$1" | sed -n 's/^X-Tact-Tier: //p'; }
# tier_is_right NAME WANTED FILE: only what is verified shows Bo's tier
tier_is_right() {
	local tier
	tier=$(tier_of "$3")
	case $1:$2:$tier in
	no-sender:*: | bounce-address:*:) ;; # of a machine: no tier
	signed-by-parent:verified:unknown) ;; # another address
	*:verified:vip) ;;
	*:verified:*) echo "# X-Tact-Tier: $tier"; return 1 ;;
	*:vip) echo "# X-Tact-Tier: $tier"; return 1 ;;
	*:unverified) spoofed=$((spoofed + 1)) ;;
	esac
}
find_mail() { grep -rlF "<$1@case.example>" "$RIG/mail/support/" 2>/dev/null | grep -E '/(new|cur)/' | head -n 1; }

verify() {
	local name wanted file found
	spoofed=0
	judge
	while read -r name wanted; do
		file=$(find_mail "$name")
		[ -n "$file" ] || { not_ok "$stack $name: not delivered"; continue; }
		found=$(verdict_of "$file")
		[ -z "$write" ] || keep "$name" "$wanted" "$file"
		same "$stack $name" "$wanted" "$found"
		tier_is_right "$name" "$wanted" "$file" || not_ok "$stack $name: the wrong tier"
		[ "$wanted" = "$found" ] || header "$file" | grep -iE '^(Authentication-Results|From|DKIM-Signature)' | sed 's/^/# /'
	done <"$RIG/sent"
	[ $spoofed -ge 60 ] && ok "$stack: $spoofed mails in Bo's name are unverified, none shows his tier" ||
		not_ok "$stack: only $spoofed mails were taken to be in Bo's name"
}

# An exception for the one domain that has SPF alone.
verify_exception() {
	: >"$RIG/sent"
	tact trust allow plain.example --until 2099-12-31 --reason 'signs nothing' || not_ok "$stack: allow"
	try excepted weak from=bo@plain.example ip=192.0.2.20 sender=bo@plain.example
	try excepted-spoofed unverified from=bo@plain.example
	try excepted-below unverified from=bo@a.plain.example ip=192.0.2.20 sender=bo@plain.example
	rig_wait 60 excepted_drained
	tact trust drop plain.example || not_ok "$stack: drop"
	same "$stack: excepted, SPF alone shows the tier" vip "$(tier_of "$(find_mail excepted)")"
	same "$stack: without SPF it does not" unverified "$(tier_of "$(find_mail excepted-spoofed)")"
	same "$stack: nor below the domain" unknown "$(tier_of "$(find_mail excepted-below)")"
	tact trust report --json >"$RIG/report"
	excepted=$((excepted + 1))
	same "$stack: the report counts it" $excepted "$(jq .of_customers.excepted "$RIG/report")"
	is "$stack: and who was unverified" test "$(jq .of_customers.unverified "$RIG/report")" -ge 60
}
excepted_drained() { [ -n "$(find_mail excepted-below)" ]; }

# keep NAME WANTED FILE: the fields that decide, as they were delivered
keep() {
	{
		printf '==== %s %s\n' "$1" "$2"
		sed 's/\r$//; /^$/q' "$3" | awk '/^[^ \t]/ { on = tolower($0) ~ \
			/^(authentication-results|from|dkim-signature|arc-[a-z-]*|reply-to|return-path)[ \t]*:/ } on'
	} >>"$ROOT/tests/corpus/authres/$stack.headers"
}

drained() { [ "$(postfix_queue | wc -l)" = 0 ] && [ "$(delivered support | wc -l)" -ge "$(wc -l <"$RIG/sent")" ]; }

# The first answers of Rspamd come before its DNS is ready.
warm() {
	for _ in $(seq 20); do
		: >"$RIG/sent"
		rm -rf "$RIG/mail/support"
		(try warm verified sign=signer.example from=bo@signer.example) >/dev/null
		rig_wait 40 drained
		judge
		[ "$(verdict_of "$(find_mail warm)")" = verified ] && return
	done
	not_ok "$stack: never ready"
	header "$(find_mail warm)" | grep -i '^Authentication' | sed 's/^/# /'
}

run_stack() {
	local milters
	stack=$1
	case $stack in
	open)
		opendkim_start && opendmarc_start || { not_ok "$stack starts"; return; }
		milters="inet:127.0.0.1:$OPENDKIM_PORT, inet:127.0.0.1:$OPENDMARC_PORT"
		;;
	rspamd)
		rspamd_start || { not_ok "$stack starts"; return; }
		milters="inet:127.0.0.1:$RSPAMD_PORT"
		;;
	esac
	[ -z "$write" ] || : >"$ROOT/tests/corpus/authres/$stack.headers"
	postfix_start "smtpd_milters = $milters, unix:tact/milter.sock" \
		'smtpd_authorized_xclient_hosts = 127.0.0.1' || { not_ok 'postfix starts'; return; }
	warm
	: >"$RIG/sent"
	genuine
	unproven
	forged
	echoed
	rig_wait 60 drained || not_ok "$stack: $(postfix_queue | wc -l) files left in the queue"
	verify
	verify_exception
	postfix_stop
}

excepted=0
rig_begin
authenticators_begin
publish
dns_start || { not_ok 'dns starts'; exit 1; }
dovecot_start || { not_ok 'dovecot starts'; exit 1; }
store_make >"$RIG/store.log" 2>&1 || { not_ok 'a store'; sed 's/^/# /' "$RIG/store.log"; exit 1; }
tact_start '[store]' "path = $RIG/store/tact.db" || { not_ok 'tact-milter starts'; cat "$RIG/tact.log"; exit 1; }
for name in "$@"; do run_stack "$name"; done
tap_done
