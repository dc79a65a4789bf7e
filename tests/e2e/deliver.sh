#!/bin/bash
# Drafts into a real Dovecot: by IMAP with and without TLS from the start, by
# LMTP through contrib/dovecot's Sieve rule, and into the Maildir that it
# serves; always once, in the right folder, \Draft and not \Seen. As root; TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"

[ "$(id -u)" = 0 ] || { skip 'drafts into Dovecot' 'needs root for a private Dovecot'; tap_done; exit 0; }
command -v doveadm >/dev/null && [ -x /usr/lib/dovecot/imap ] && [ -x /usr/lib/dovecot/lmtp ] ||
	{ skip 'drafts into Dovecot' 'dovecot-imapd or dovecot-lmtpd is not installed'; tap_done; exit 0; }
CUSTOMER=bo@kunde.example
SECRET=$(printf '%s' "$RANDOM$RANDOM$RANDOM$RANDOM" | sha256sum | cut -c1-32)

# certificate NAME SUBJECT-ALT-NAME [DAYS]
certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days "${3:-2}" -subj "/CN=$1" \
		-addext "subjectAltName=$2" -keyout "$RIG/$1.key" -out "$RIG/$1.pem" 2>/dev/null
}

# dated NAME START END: the same for localhost, at another time
dated() {
	local ca=$RIG/$1.ca
	mkdir "$ca"
	: >"$ca/index"
	echo 01 >"$ca/serial"
	cat >"$ca/cnf" <<-END
	[ca]
	default_ca = c
	[c]
	database = $ca/index
	serial = $ca/serial
	new_certs_dir = $ca
	default_md = sha256
	policy = p
	x509_extensions = e
	[p]
	commonName = supplied
	[e]
	subjectAltName = DNS:localhost
	END
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost \
		-keyout "$RIG/$1.key" -out "$ca/csr" 2>/dev/null
	openssl ca -batch -notext -selfsign -keyfile "$RIG/$1.key" -config "$ca/cnf" -startdate "$2" -enddate "$3" \
		-in "$ca/csr" -out "$RIG/$1.pem" 2>/dev/null
}
# tls_server CERTIFICATE OPTION...: a server of which nothing but the handshake is wanted, on $TLS_PORT
tls_server() {
	local certificate=$1
	shift
	TLS_PORT=$(free_port)
	openssl s_server -quiet -accept "127.0.0.1:$TLS_PORT" -cert "$RIG/$certificate.pem" -key "$RIG/$certificate.key" "$@" \
		>"$RIG/tls.heard" 2>/dev/null </dev/null &
	TLS_PID=$!
	rig_wait 5 listening "$TLS_PORT"
}

# server_start: IMAP, IMAPS, LMTP; "/" between folders, no user has a folder yet
server_start() {
	local d=$RIG/dovecot
	IMAP_PORT=$(free_port) IMAPS_PORT=$(free_port)
	certificate localhost 'DNS:localhost,IP:127.0.0.1,IP:127.0.0.2'
	certificate stranger 'DNS:mail.stranger.example'
	mkdir -p "$d/sieve" "$RIG/mail" "$RIG/home"
	chown mail:mail "$RIG/mail" "$RIG/home"
	cp contrib/dovecot/tact-draft.sieve "$d/sieve/"
	sed -e "s|/etc/dovecot/sieve|$d/sieve|" -e "s|sieve_env_tact_secret =|& $SECRET|" \
		contrib/dovecot/tact-draft.conf >"$d/95-tact-draft.conf"
	cat >"$d/dovecot.conf" <<-END
	base_dir = $d/run
	state_dir = $d/state
	log_path = $d/log
	protocols = imap lmtp
	listen = 127.0.0.1, 127.0.0.2
	ssl = yes
	ssl_cert = <$RIG/localhost.pem
	ssl_key = <$RIG/localhost.key
	first_valid_uid = 1
	mail_location = maildir:$RIG/mail/%n
	mail_uid = mail
	mail_gid = mail
	auth_username_format = %Ln
	namespace inbox {
	  inbox = yes
	  separator = ${1:-/}
	  prefix = ${2:-}
	  mailbox ${2:-}Gemt {
	    special_use = \Archive
	  }
	  mailbox ${2:-}Klar {
	    special_use = \Drafts
	  }
	}
	passdb {
	  driver = static
	  args = password=geheim7
	}
	userdb {
	  driver = static
	  args = uid=mail gid=mail home=$RIG/home/%n allow_all_users=yes
	}
	service imap-login {
	  inet_listener imap {
	    port = $IMAP_PORT
	  }
	  inet_listener imaps {
	    port = $IMAPS_PORT
	    ssl = yes
	  }
	}
	service lmtp {
	  inet_listener lmtp {
	    address = 127.0.0.1
	    port = $LMTP_PORT
	  }
	  unix_listener lmtp {
	    mode = 0666
	  }
	}
	protocol lmtp {
	  postmaster_address = postmaster@$DOMAIN
	}
	!include $d/95-tact-draft.conf
	END
	sievec -c "$d/dovecot.conf" "$d/sieve/tact-draft.sieve" || return 1
	chmod a+r "$d"/sieve/*
	dovecot -c "$d/dovecot.conf" || return 1
	rig_wait 20 listening "$IMAPS_PORT" && rig_wait 20 listening "$LMTP_PORT"
}
adm() { doveadm -c "$RIG/dovecot/dovecot.conf" "$@"; }
# make USER FOLDER...: what clients once made
make_folders() {
	local user=$1
	shift
	adm mailbox create -u "$user" "$@"
}

# A draft of a reply, made by the code that makes them all. draft ID LANGUAGE
draft() {
	printf 'From: Bo Hansen <%s>\nTo: support@%s\nSubject: RE: SV: Pumpen st\xc3\xa5r stille\nMessage-ID: <%s@kunde.example>\nContent-Type: text/plain; charset=utf-8\n\nHej,\n\nden st\xc3\xa5r.\n.\nBo\n' \
		"$CUSTOMER" "$DOMAIN" "$1" |
		"$BUILD/tools/draft-check" make "support@$DOMAIN" "$2" "tact.$1@$DOMAIN" >"$RIG/$1.draft"
}
# box NAME LINE...: settings of one mailbox
box() {
	local name=$1
	shift
	{ printf '[mailbox support@%s]\n' "$DOMAIN"; printf '%s\n' "$@"; } >"$RIG/$name.conf"
}
by_imap() { # NAME USER URL [LINE...]
	local name=$1 user=$2 url=$3
	shift 3
	box "$name" 'delivery = imap' "imap_url = $url" "imap_user = $user" "imap_password_file = $RIG/password" \
		"imap_ca_file = $RIG/localhost.pem" "$@"
}
# try NAME MODE ID: what deliver-try says, in $out
try() {
	local what=$RIG/$3.draft
	case $2 in put | again) ;; *) what=$2 ;; esac
	case $2 in put | again) set -- "$1" "$2" "$3" ;; *) set -- "$1" remove "$3" ;; esac
	out=$("$BUILD/tools/deliver-try" "$RIG/$1.conf" "support@$DOMAIN" "$2" "$what" "tact.$3@$DOMAIN" 2>&1)
}
# drafts USER FOLDER: how many lie there, and their flags
drafts() {
	adm -f tab fetch -u "$1" flags mailbox "$2" all 2>/dev/null | tail -n +2 | sort | uniq -c | sed 's/^ *//'
}
all_of() { find "$RIG/mail/$1" -type f \( -path '*/cur/*' -o -path '*/new/*' \); }
# lands NAME WHAT USER FOLDER ID: put, put again; it is there once, as it should be
lands() {
	try "$1" put "$5"
	[[ $out == "${6:-imap} "* || $out == "${6:-imap}" ]] || { not_ok "$2: put"; echo "# $out"; return; }
	same "$2: a draft, and not read" '1 \Draft' "$(drafts "$3" "$4" | sed 's/ *\\Recent//')"
	try "$1" again "$5"
	same "$2: none is made by a second try" "1 1" "$(all_of "$3" | wc -l) $(drafts "$3" "$4" | cut -d' ' -f1)"
	all_of "$3" | tr '\n' '\0' | xargs -0 "$BUILD/tools/draft-check" check "support@$DOMAIN" $CUSTOMER
	result "$2: and in form" $?
}

rig_begin
printf 'geheim7\n' >"$RIG/password"
printf '%s\n' "$SECRET" >"$RIG/secret"
chmod 600 "$RIG/password" "$RIG/secret"
server_start || { not_ok 'dovecot starts'; tail -n 20 "$RIG/dovecot/log"; exit 1; }
for id in use da sv de fi named tls lmtp local dir once; do
	case $id in da | sv | de | fi) draft $id $id ;; *) draft $id en ;; esac
done

# ------------------------------------------------------------------- IMAP
TLS=imaps://localhost:$IMAPS_PORT
make_folders use Kladder Klar
by_imap use use "$TLS"
lands use 'the folder that the server marks' use Klar use
while read -r user folder; do
	make_folders "$user" "$folder"
	by_imap "$user" "$user" "$TLS"
	lands "$user" "a folder called $folder" "$user" "$folder" "$user"
done <<-'END'
	da Kladder
	sv Utkast
	de Entwürfe
	fi Luonnokset
END
make_folders named Drafts 'Svar/På vej & Klar'
by_imap named named "$TLS" 'drafts_folder = Svar/På vej & Klar'
lands named 'the folder that is configured' named 'Svar/På vej & Klar' named
make_folders tls Drafts
by_imap tls tls "imap://127.0.0.2:$IMAP_PORT"
lands tls 'STARTTLS' tls Drafts tls
make_folders local Drafts
by_imap local local "imap://localhost:$IMAP_PORT"
lands local 'no TLS on this host' local Drafts local

# --- what must not be
# refuses NAME WANTED
refuses() {
	try "$1" put once
	[[ $out == "$3"* ]] && ok "$2" || { not_ok "$2"; echo "# $out"; }
}
make_folders once Drafts
by_imap bad once "$TLS"
sed -i '/imap_ca_file/d' "$RIG/bad.conf"
refuses bad 'a certificate that nobody vouches for' "setup: $TLS: \"SSL"
by_imap bad once "$TLS"
sed -i "s|localhost.pem|stranger.pem|" "$RIG/bad.conf"
refuses bad 'one of another authority' "setup: $TLS: \"SSL"
by_imap bad once "imaps://127.0.0.3:$IMAPS_PORT"
refuses bad 'a host that is not there' "retry: imaps://127.0.0.3"
grep -q 127.0.0.2 <(openssl x509 -in "$RIG/localhost.pem" -noout -text)
result 'the certificate names this host' $?
by_imap bad once "imaps://localhost.localdomain:$IMAPS_PORT"
refuses bad 'a name that is not in the certificate' "$(getent hosts localhost.localdomain >/dev/null && echo setup || echo retry): imaps://localhost.localdomain"
# handshake NAME WANTED CERTIFICATE OPTION...
handshake() {
	local name=$1 wanted=$2
	shift 2
	tls_server "$@"
	by_imap bad once "imaps://localhost:$TLS_PORT"
	sed -i "s|localhost.pem|$1.pem|" "$RIG/bad.conf"
	refuses bad "$name" "$wanted: imaps://localhost"
	kill $TLS_PID
	wait $TLS_PID 2>/dev/null
	same "$name: nothing was said" 0 "$(wc -c <"$RIG/tls.heard")"
}
dated expired 20200101000000Z 20200201000000Z
dated early 20990101000000Z 20990201000000Z
handshake 'a certificate that has expired' setup expired
handshake 'one that is not yet valid' setup early
handshake 'TLS 1.1' retry localhost -tls1_1 -cipher DEFAULT@SECLEVEL=0
printf 'wrong\n' >"$RIG/password"
refuses use 'a password that is wrong' "setup: $TLS: \"Login denied\""
printf 'geheim7\n' >"$RIG/password"
same 'nothing came of all that' 0 "$(all_of once 2>/dev/null | wc -l)"
make_folders empty Nothing
by_imap bad empty "$TLS"
refuses bad 'no folder of drafts' 'setup: the server has no folder of drafts'

# --- taking back
try use again use
place=$out
adm flags add -u use '\Seen' mailbox Klar all
try use "$place" use
same 'untouched, though read: taken back' 'removed 0' "$out $(all_of use | wc -l)"
try use "$place" use
same 'taken back twice' gone "$out"
try da again da
place=$out
adm flags remove -u da '\Draft' mailbox Kladder all
try da "$place" da
same 'no draft any more: left alone' 'touched 1' "$out $(all_of da | wc -l)"
# As clients do: the edited one is saved anew, the old one goes.
try sv again sv
place=$out
file=$(all_of sv)
{ cat "$file"; echo 'More.'; } >"$RIG/edited"
adm expunge -u sv mailbox Utkast all
adm save -u sv -m Utkast "$RIG/edited"
try sv "$place" sv
same 'edited: left alone' 'touched 1' "$out $(all_of sv | wc -l)"
try sv again sv
same 'and not put again' 1 "$(all_of sv | wc -l)"

# --------------------------------------------------- other folder names
dovecot_stop
rig_wait 10 sh -c "! (exec 3<>/dev/tcp/127.0.0.1/$IMAPS_PORT)" 2>/dev/null
sleep 0.5
server_start . INBOX. || { not_ok 'dovecot starts again'; tail -n 20 "$RIG/dovecot/log"; exit 1; }
draft dot fi
make_folders dot INBOX.Luonnokset INBOX.Muut.Vastaukset
by_imap dot dot "imaps://localhost:$IMAPS_PORT"
lands dot 'below the INBOX' dot INBOX.Luonnokset dot
draft dot2 fi
by_imap dot dot "imaps://localhost:$IMAPS_PORT" 'drafts_folder = Muut/Vastaukset'
try dot put dot2
same 'below the INBOX, configured as clients show it' '1 \Draft' "$(drafts dot INBOX.Muut.Vastaukset | sed 's/ *\\Recent//')"
dovecot_stop
sleep 0.5
server_start || exit 1

# ------------------------------------------------------------------- LMTP
install -d -o mail -g mail "$RIG/home/lmtp" # where Sieve keeps what it has seen
box lmtp 'delivery = lmtp' "lmtp = inet:$LMTP_PORT@127.0.0.1" "lmtp_secret_file = $RIG/secret" "lmtp_recipient = lmtp@$DOMAIN"
lands lmtp 'by LMTP' lmtp Drafts lmtp lmtp
grep -rqF -e "$SECRET" -e X-Tact "$RIG/mail/lmtp"
result 'by LMTP: the secret stays out of the draft' $((1 - $?))
draft lmtp2 da
box lmtp 'delivery = lmtp' "lmtp = unix:$RIG/dovecot/run/lmtp" "lmtp_secret_file = $RIG/secret" "lmtp_recipient = lmtp@$DOMAIN"
try lmtp put lmtp2
same 'by LMTP through a socket' '2 \Draft' "$(drafts lmtp Drafts | sed 's/ *\\Recent//')"
draft wrong da
printf '0123456789abcdef0123456789abcdef\n' >"$RIG/secret"
try lmtp put wrong
same 'by LMTP with another secret: into the INBOX, as anybody'"'"'s' '2 1' "$(drafts lmtp Drafts | cut -d' ' -f1) $(drafts lmtp INBOX | cut -d' ' -f1)"
grep -rq X-Tact "$RIG/mail/lmtp"
result 'by LMTP: nor is a wrong secret left' $((1 - $?))
# A client that edits it and one that deletes it: no third comes of a retry.
adm expunge -u lmtp mailbox Drafts all
printf '%s\n' "$SECRET" >"$RIG/secret"
try lmtp again lmtp2
same 'by LMTP: what was thrown away does not come back' 0 "$(drafts lmtp Drafts | wc -l)"

# ---------------------------------------------------------------- Maildir
make_folders dir Drafts
box dir 'delivery = maildir' "maildir = $RIG/mail/dir/.Drafts"
lands dir 'into the Maildir' dir Drafts dir maildir
same 'the file is its owner'"'"'s, as the folder' "$(stat -c '%U %G' "$RIG/mail/dir/.Drafts/cur")" "$(stat -c '%U %G' "$(all_of dir)")"
adm flags add -u dir '\Seen' mailbox Drafts all
try dir again dir
same 'read by a client: found again' 1 "$(all_of dir | wc -l)"
place=$out
try dir "$place" dir
same 'taken back from the Maildir' 'removed 0' "$out $(drafts dir Drafts | wc -l)"

# ------------------------------------------------------- killed on the way
# Whoever was killed at any moment, and comes again: one draft. (A kill at each
# step, by name: tests/soak.)
# killed NAME USER: 20 times
killed() {
	local i
	for i in $(seq 20); do
		draft "kill$1$i" da
		(
			timeout -s KILL "0.0$((RANDOM % 80 + 10))" "$BUILD/tools/deliver-try" "$RIG/$1.conf" "support@$DOMAIN" put \
				"$RIG/kill$1$i.draft" "tact.kill$1$i@$DOMAIN" >/dev/null
			: # who was killed is told by the shell
		) 2>/dev/null
		try "$1" again "kill$1$i"
	done
	sleep 1 # what a killed one left on its way
	same "$1: twenty killed deliveries, each once" "20 20" \
		"$(find "$RIG/mail/$2" -type f -path '*Drafts/cur/*' | wc -l) $(adm fetch -u "$2" hdr.message-id mailbox Drafts all | grep -o 'tact.kill[^@]*' | sort -u | wc -l)"
}
make_folders killed-imap Drafts
by_imap killed-imap killed-imap "imaps://localhost:$IMAPS_PORT"
killed killed-imap killed-imap
install -d -o mail -g mail "$RIG/home/killed-lmtp"
make_folders killed-lmtp Drafts
box killed-lmtp 'delivery = lmtp' "lmtp = unix:$RIG/dovecot/run/lmtp" "lmtp_secret_file = $RIG/secret" "lmtp_recipient = killed-lmtp@$DOMAIN"
killed killed-lmtp killed-lmtp
make_folders killed-dir Drafts
box killed-dir 'delivery = maildir' "maildir = $RIG/mail/killed-dir/.Drafts"
killed killed-dir killed-dir
same 'nothing is left in tmp' 0 "$(find "$RIG/mail/killed-dir/.Drafts/tmp" -type f | wc -l)"

grep -rqF -e geheim7 -e "$SECRET" "$RIG/dovecot/log"
result 'no password in the logs' $((1 - $?))
tap_done
status=$?
[ $status = 0 ] || grep -vE 'Info: ' "$RIG/dovecot/log" | tail -n 20 | sed 's/^/# /'
exit $status
