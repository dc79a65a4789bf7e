#!/bin/bash
# Folders that teach, with a real Dovecot: a mail that a client moves into
# Tact/negative by IMAP is learned; the site's model that comes of it is taken
# by tact-milter at its reload, and tells the next customer's mail through a
# real Postfix. contrib/dovecot as it is handed out, but for users and paths.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"

[ "$(id -u)" = 0 ] || { skip 'folders that teach' 'needs root for a private Dovecot'; tap_done; exit 0; }
command -v doveadm >/dev/null && [ -x /usr/lib/dovecot/imap ] ||
	{ skip 'folders that teach' 'dovecot-imapd is not installed'; tap_done; exit 0; }

# Rules of a few cues and a corpus of some dozen texts, so that training is quick.
rules_make() {
	mkdir -p "$RIG/small/corpus/mails" "$RIG/own/models"
	cp -rL "$ROOT"/tests/corpus/cli/rules/. "$RIG/small"
	cp "$ROOT/tests/corpus/cli/labelled/train.jsonl" "$RIG/small/corpus/mails/train2-en.jsonl"
	chown -R "$TACT_USER" "$RIG/own"
}

# Read by tact alone: tact-milter has its own, without a store.
site_make() {
	mkdir "$RIG/store" "$RIG/bin"
	chown "$TACT_USER" "$RIG/store"
	chmod 700 "$RIG/store"
	cp "$BUILD/bin/tact" "$RIG/bin/tact"
	cat >"$RIG/site.conf" <<-END
	[store]
	path = $RIG/store/tact.db
	[analysis]
	rules = $RIG/small;$RIG/own
	traits = persona
	[mailbox support@$DOMAIN]
	END
	chmod -R a+rX "$RIG/small" "$RIG/own" "$RIG/bin" "$RIG/site.conf"
	"$RIG/bin/tact" init --config "$RIG/site.conf" >/dev/null
}

# as_tact ARGUMENT...: the command line tool as the database's user
as_tact() {
	setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
		"$RIG/bin/tact" "$@" --config "$RIG/site.conf"
}

# SEPARATOR: of the folders' names
imap_start() {
	local d=$RIG/dovecot
	IMAP_PORT=$(free_port)
	mkdir -p "$d/sieve" "$RIG/mail" "$RIG/home"
	chown mail:mail "$RIG/mail" "$RIG/home"
	cp contrib/dovecot/tact-learn.sieve "$d/sieve/"
	cp contrib/dovecot/tact-learn "$RIG/bin/tact-learn"
	cat >"$RIG/bin/tact-learn-here" <<-END
	#!/bin/sh
	TACT=$RIG/bin/tact TACT_CONFIG=$RIG/site.conf exec $RIG/bin/tact-learn "\$@"
	END
	chmod 755 "$RIG/bin/tact-learn-here"
	sed -e "s|/usr/local/libexec/tact-learn|$RIG/bin/tact-learn-here|" \
		-e "s|/etc/dovecot/sieve|$d/sieve|" -e "s|user = tact$|user = $TACT_USER|" \
		-e 's|user = vmail|user = mail|' contrib/dovecot/tact-learn.conf >"$d/95-tact-learn.conf"
	cat >"$d/dovecot.conf" <<-END
	base_dir = $d/run
	state_dir = $d/state
	log_path = $d/log
	protocols = imap lmtp
	listen = 127.0.0.1
	ssl = no
	disable_plaintext_auth = no
	first_valid_uid = 1
	mail_location = maildir:$RIG/mail/%n
	mail_uid = mail
	mail_gid = mail
	auth_username_format = %Lu
	namespace inbox {
	  inbox = yes
	  separator = $1
	}
	passdb {
	  driver = static
	  args = nopassword=y
	}
	userdb {
	  driver = static
	  args = uid=mail gid=mail home=$RIG/home/%n allow_all_users=yes
	}
	service imap-login {
	  inet_listener imap {
	    address = 127.0.0.1
	    port = $IMAP_PORT
	  }
	  inet_listener imaps {
	    port = 0
	  }
	}
	service lmtp {
	  inet_listener lmtp {
	    address = 127.0.0.1
	    port = $LMTP_PORT
	  }
	}
	service stats {
	  unix_listener stats-writer {
	    mode = 0666
	  }
	}
	protocol lmtp {
	  postmaster_address = postmaster@$DOMAIN
	}
	!include $d/95-tact-learn.conf
	END
	sievec -c "$d/dovecot.conf" "$d/sieve/tact-learn.sieve" || return 1
	chmod a+r "$d"/sieve/*
	dovecot -c "$d/dovecot.conf" || return 1
	rig_wait 20 listening "$IMAP_PORT"
}

# imap LINE...: a session of one user; each line answered with OK
imap() {
	local n=0 reply
	exec 5<>"/dev/tcp/127.0.0.1/$IMAP_PORT" || return 1
	read -r -t 20 reply <&5 # the greeting
	for line in 'LOGIN support x' "$@" LOGOUT; do
		n=$((n + 1))
		printf 't%d %s\r\n' $n "$line" >&5
		while read -r -t 30 reply <&5; do
			case $reply in
			"t$n OK"*) break ;;
			"t$n "*) echo "# $line: $reply"; exec 5>&-; return 1 ;;
			esac
		done
	done
	exec 5>&-
}

# append FOLDER FILE: a client's upload
append() {
	local reply
	exec 5<>"/dev/tcp/127.0.0.1/$IMAP_PORT" || return 1
	read -r -t 20 reply <&5
	printf 't1 LOGIN support x\r\n' >&5
	until read -r -t 20 reply <&5 && [[ $reply == t1* ]]; do :; done
	printf 't2 APPEND "%s" {%d}\r\n' "$1" "$(wc -c <"$2")" >&5
	read -r -t 20 reply <&5
	cat "$2" >&5
	printf '\r\nt3 LOGOUT\r\n' >&5
	while read -r -t 30 reply <&5; do
		case $reply in
		't2 OK'*) reply=ok; break ;;
		't2 '*) echo "# $reply"; break ;;
		esac
	done
	exec 5>&-
	[ "$reply" = ok ]
}

mail_make() { # ID FROM TEXT
	printf 'From: %s\r\nTo: support@%s\r\nSubject: The loom\r\nMessage-ID: <%s@loom.example>\r\n\r\n%s\r\n' \
		"$2" "$DOMAIN" "$1" "$3" >"$RIG/$1.eml"
	echo "$RIG/$1.eml"
}

list() { as_tact learn --list --json | jq -c "$1"; }
values() { list '[.values[] | .finding + "=" + .value + " " + (.examples | tostring)]'; }

tact_conf() {
	cat <<-END
	[milter]
	socket = unix:$RIG/queue/tact/milter.sock
	authserv_id = mx.$DOMAIN
	filters = 1
	analysers = 1
	status_file = $RIG/run/status.json
	socket_peers = root;postfix
	[analysis]
	rules = $RIG/small;$RIG/own
	traits = persona
	[mailbox support@$DOMAIN]
	END
}

# sentiment ID TEXT: as the filter tags it on its way through Postfix
sentiment() {
	"$BUILD/tools/smtp-send" -r 20 -f '<eve@new.example>' -t "<support@$DOMAIN>" "$SMTP_PORT" \
		"$(mail_make "$1" eve@new.example "$2")" >>"$RIG/sent.log"
	rig_wait 20 grep -rqF "<$1@loom.example>" "$RIG/mail/support/new" "$RIG/mail/support/cur"
	header "$(grep -rlF "<$1@loom.example>" "$RIG"/mail/support/new "$RIG"/mail/support/cur | head -n 1)" |
		sed -n 's/^X-Tact-Sentiment: //p'
}

rig_begin
rules_make
site_make
imap_start / || { not_ok 'dovecot starts'; cat "$RIG/dovecot/log"; exit 1; }

for folder in negative positive urgency/high nonsense forget; do folders+=("CREATE \"Tact/$folder\""); done
imap "${folders[@]}"
result 'the folders are made' $?
append INBOX "$(mail_make one ann@weaver.example 'Loom 4 frasses on the shift.')" &&
	append INBOX "$(mail_make two bo@mill.example 'Loom 5 frasses on the shift.')"
result 'two mails are in the inbox' $?
same 'which teaches nothing' 0 "$(list .examples)"
imap 'SELECT INBOX' 'MOVE 1 "Tact/negative"'
result 'a client moves one to Tact/negative' $?
same 'it is learned' '["sentiment=negative 1"]' "$(values)"
imap 'SELECT INBOX' 'COPY 1 "Tact/urgency/high"' 'MOVE 1 "Tact/negative"'
same 'a copy to Tact/urgency/high, and a move' '["sentiment=negative 2","urgency=high 1"]' "$(values)"
imap 'SELECT Tact/negative' 'MOVE 1 "Tact/positive"'
same 'moved on, the later folder holds' '["sentiment=negative 1","sentiment=positive 1","urgency=high 1"]' "$(values)"
imap 'SELECT Tact/positive' 'MOVE 1 "Tact/forget"'
same 'moved to Tact/forget, what it taught is taken back' '["sentiment=negative 1","urgency=high 1"]' "$(values)"
imap 'SELECT Tact/forget' 'MOVE 1 "Tact/nonsense"'
result 'a folder that means nothing takes the mail all the same' $?
same 'and teaches nothing' '["sentiment=negative 1","urgency=high 1"]' "$(values)"
grep -q 'no value nonsense' "$RIG/dovecot/log"
result 'and the log says why' $?
same 'no mail is lost on its ways' 3 "$(find "$RIG/mail/support" -path '*/cur/*' -type f -o -path '*/new/*' -type f | wc -l)"

# -------------------------------------------------- and the filter learns
for i in $(seq 10); do
	append Tact/negative "$(mail_make "n$i" "c$((i % 2))@w$((i % 2)).example" "Loom $i frasses on the shift of day $i.")"
	append Tact/positive "$(mail_make "p$i" "c$((i % 2))@w$((i % 2)).example" "Loom $i brilks on the shift of day $i.")"
done
same 'twenty uploads are learned too' 22 "$(list .examples)"
BUILD=$BUILD tact_start && postfix_start || { not_ok 'tact-milter and Postfix start'; cat "$RIG/tact.log"; exit 1; }
same 'before: nothing is told of the jargon' neutral "$(sentiment before 'Since you were here on Tuesday our loom frasses on every shift that we have.')"
as_tact train --site >"$RIG/out" 2>&1
result 'the site makes its model' $?
kill -USR1 "$TACT_PID"
rig_wait 20 grep -q reloaded "$RIG/tact.log" || sleep 3
same 'after a reload: a mail in the jargon is negative' negative "$(sentiment after 'Since you were here on Tuesday our loom frasses on every shift that we have.')"
same 'or positive' positive "$(sentiment well 'Since you were here on Tuesday our loom brilks on every shift that we have.')"
tap_done
status=$?
[ $status = 0 ] || grep -vE 'Info: ' "$RIG/dovecot/log" | tail -n 20 | sed 's/^/# /'
exit $status
