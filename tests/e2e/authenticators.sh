# shellcheck shell=bash
# The filters that write Authentication-Results, as Debian packages them, and a
# DNS of our own, so that nothing leaves this host. Sourced after rig.sh.
#
#   dns_start               answers from $RIG/zone; see dns_record
#   dns_record NAME TEXT    a TXT record, before dns_start
#   dkim_key DOMAIN         a key, $RIG/keys/DOMAIN.pem, and its record
#   dkim_sign DOMAIN [IDENTITY] <mail
#                           the mail with a signature of DOMAIN
#   opendkim_start opendmarc_start rspamd_start [LINE...]
#                           on $OPENDKIM_PORT, $OPENDMARC_PORT, $RSPAMD_PORT
#   smtp_as ADDRESS PORT SENDER RECIPIENT [HELO] <mail
#                           as if the client had that address (XCLIENT)
#   authenticators_stop
#
# Debian's opendmarc asks the servers of /etc/resolv.conf on port 53: it gets a
# resolv.conf of its own in a mount namespace, and the DNS an address of its own
# in 127.0.0.0/8, where nothing else listens.

authenticators_begin() {
	OPENDKIM_PORT=$(free_port) OPENDMARC_PORT=$(free_port)
	RSPAMD_PORT=$(free_port)
	DNS_ADDRESS=127.$((RANDOM % 200 + 20)).$((RANDOM % 250)).$((RANDOM % 250 + 1))
	AUTH_PIDS=()
	mkdir -p "$RIG/keys"
	: >"$RIG/zone"
	trap 'AUTH_STATUS=$?; authenticators_stop; (exit $AUTH_STATUS); rig_end' EXIT
}

authenticators_stop() {
	[ "${#AUTH_PIDS[@]}" = 0 ] && return
	kill "${AUTH_PIDS[@]}" 2>/dev/null
	wait "${AUTH_PIDS[@]}" 2>/dev/null
	AUTH_PIDS=()
}

# -------------------------------------------------------------------- DNS
# A character-string of DNS has 255 bytes at most: longer texts are split.
dns_record() {
	local text=$2 line="txt-record=$1"
	while [ -n "$text" ]; do
		line+=",\"${text:0:250}\""
		text=${text:250}
	done
	echo "$line" >>"$RIG/zone"
}

dns_start() {
	cat >"$RIG/dnsmasq.conf" <<-END
	port=53
	listen-address=$DNS_ADDRESS
	bind-interfaces
	no-resolv
	no-hosts
	no-daemon
	user=root
	pid-file=
	local=/#/
	conf-file=$RIG/zone
	END
	dnsmasq -C "$RIG/dnsmasq.conf" >"$RIG/dnsmasq.log" 2>&1 &
	AUTH_PIDS+=($!)
	echo "nameserver $DNS_ADDRESS" >"$RIG/resolv.conf"
	rig_wait 10 dns_listening || { cat "$RIG/dnsmasq.log"; return 1; }
}
dns_listening() { (exec 3<>"/dev/tcp/$DNS_ADDRESS/53") 2>/dev/null; }

# ------------------------------------------------------------------- DKIM
dkim_key() {
	openssl genrsa -out "$RIG/keys/$1.pem" 2048 2>/dev/null || return 1
	dns_record "mail._domainkey.$1" "v=DKIM1; k=rsa; p=$(openssl rsa -in "$RIG/keys/$1.pem" \
		-pubout -outform DER 2>/dev/null | base64 -w 0)"
}

# The last field of that name, as it stands.
last_field() {
	awk -v name="$1" '/^\r$/ { exit } /^[^ \t]/ { on = tolower($0) ~ "^" tolower(name) ":"; if (on) text = "" }
		on { text = text (text == "" ? "" : "\n") $0 } END { print text }'
}
# RFC 6376, rsa-sha256, simple/simple: as it stands, with CRLF, without the
# empty lines at the end. A signer that shares no code with those who verify.
dkim_sign() {
	local mail=$RIG/sign.eml field body_hash names='' name
	sed 's/\r$//; s/$/\r/' >"$mail"
	body_hash=$(sed '1,/^\r$/d' "$mail" | sed -e :a -e '/^\(\r\n\)*\r$/{$d;N;ba' -e '}' |
		openssl dgst -sha256 -binary | base64 -w 0)
	: >"$RIG/sign.head"
	for name in From To Subject Message-ID; do
		field=$(last_field "$name" <"$mail")
		[ -n "$field" ] || continue
		printf '%s\n' "$field" >>"$RIG/sign.head"
		names+=${names:+:}$name
	done
	field="DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=$1; s=mail; ${2:+i=$2; }h=$names; bh=$body_hash; b="
	printf '%s' "$field" >>"$RIG/sign.head"
	printf '%s%s\r\n' "$field" "$(openssl dgst -sha256 -sign "$RIG/keys/$1.pem" "$RIG/sign.head" | base64 -w 0)"
	cat "$mail"
}

# -------------------------------------------------------------- the filters
opendkim_start() {
	cat >"$RIG/unbound.conf" <<-END
	server:
	  do-not-query-localhost: no
	forward-zone:
	  name: "."
	  forward-addr: $DNS_ADDRESS
	END
	cat >"$RIG/opendkim.conf" <<-END
	Mode v
	Socket inet:$OPENDKIM_PORT@127.0.0.1
	UserID opendkim
	Syslog no
	ResolverConfiguration $RIG/unbound.conf
	END
	[ $# = 0 ] || printf '%s\n' "$@" >>"$RIG/opendkim.conf"
	opendkim -f -x "$RIG/opendkim.conf" >"$RIG/opendkim.log" 2>&1 &
	AUTH_PIDS+=($!)
	rig_wait 10 listening "$OPENDKIM_PORT" || { cat "$RIG/opendkim.log"; return 1; }
}

opendmarc_start() {
	echo 198.51.100.1 >"$RIG/ignored-hosts" # else it trusts 127.0.0.1
	cat >"$RIG/opendmarc.conf" <<-END
	Socket inet:$OPENDMARC_PORT@127.0.0.1
	UserID opendmarc
	Syslog false
	IgnoreHosts $RIG/ignored-hosts
	RejectFailures false
	SPFSelfValidate true
	SPFIgnoreResults true
	END
	[ $# = 0 ] || printf '%s\n' "$@" >>"$RIG/opendmarc.conf"
	# shellcheck disable=SC2016 # expanded by the shell within
	unshare --mount sh -c 'mount --bind "$1" /etc/resolv.conf && exec opendmarc -f -c "$2"' \
		sh "$RIG/resolv.conf" "$RIG/opendmarc.conf" >"$RIG/opendmarc.log" 2>&1 &
	AUTH_PIDS+=($!)
	rig_wait 10 listening "$OPENDMARC_PORT" || { cat "$RIG/opendmarc.log"; return 1; }
}

# Debian's configuration, with our DNS, our socket, no score that refuses a
# mail, and the one option that makes it write Authentication-Results.
rspamd_start() {
	local c=$RIG/rspamd
	mkdir -p "$c/local.d" "$c/override.d" "$c/db"
	printf 'dns { nameserver = ["%s:53"]; timeout = 2s; }\nlocal_addrs = [];\ntempdir = "%s";
		disable_hyperscan = true;\nurl_tld = "%s/suffixes";\n' "$DNS_ADDRESS" "$c" "$c" >"$c/local.d/options.inc"
	printf 'com\norg\nexample\n' >"$c/suffixes" # compiling all of them takes a minute
	printf 'type = "console";\nlevel = "notice";\n' >"$c/local.d/logging.inc"
	printf 'bind_socket = "127.0.0.1:%s";\ncount = 1;\nupstream "local" { default = yes; self_scan = yes; }\n' \
		"$RSPAMD_PORT" >"$c/override.d/worker-proxy.inc"
	for worker in normal controller fuzzy; do echo 'enabled = false;' >"$c/override.d/worker-$worker.inc"; done
	echo 'reject = null; greylist = null; add_header = null;' >"$c/override.d/actions.conf"
	echo 'use = ["authentication-results"]; skip_local = false; skip_authenticated = false;' >"$c/local.d/milter_headers.conf"
	for module in rbl surbl fuzzy_check asn chartable phishing; do echo 'enabled = false;' >"$c/local.d/$module.conf"; done
	chown -R _rspamd "$c"
	rspamd -f -u _rspamd -g _rspamd -c /etc/rspamd/rspamd.conf --var=DBDIR="$c/db" \
		--var=RUNDIR="$c" --var=LOCAL_CONFDIR="$c" --var=LOGDIR="$c" >"$c/log" 2>&1 &
	AUTH_PIDS+=($!)
	rig_wait 40 listening "$RSPAMD_PORT" || { cat "$c/log"; return 1; }
}

# ------------------------------------------------------------------- SMTP
# says PREFIX: reads a reply; its last line must begin so.
smtp_says() {
	local line
	while IFS= read -r -t 20 line <&5; do
		[ "${line:3:1}" = - ] || break
	done
	case $line in "$1"*) return 0 ;; esac
	echo "# SMTP: ${line%$'\r'}, wanted $1"
	return 1
}
smtp_asks() {
	printf '%s\r\n' "$1" >&5
	smtp_says "$2"
}

smtp_as() {
	local status
	exec 5<>"/dev/tcp/127.0.0.1/$2" || return 1
	smtp_says 220 && smtp_asks 'EHLO rig.example' 250 &&
		smtp_asks "XCLIENT ADDR=$1 NAME=client.example" 220 &&
		smtp_asks "EHLO ${5:-client.example}" 250 && smtp_asks "MAIL FROM:<$3>" 250 &&
		smtp_asks "RCPT TO:<$4>" 250 && smtp_asks DATA 354 &&
		{ sed 's/\r$//; s/^\./../; s/$/\r/' >&5; smtp_asks . 250; }
	status=$?
	exec 5>&-
	return $status
}
