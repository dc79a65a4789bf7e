# shellcheck shell=bash
# The rig: private Postfix, Sendmail, Dovecot and Tact on loopback, beside
# whatever the host runs, in one scratch directory. Sourced by bash scripts.
#
#   rig_begin               scratch directory $RIG, free ports, clean-up on exit
#   dovecot_start           LMTP on $LMTP_PORT, Maildirs in $RIG/mail/USER; lets
#                           anybody log in who asks on $SASL_PORT
#   tact_start [CONF...]    tact-milter as user $TACT_USER, socket $RIG/queue/tact/milter.sock
#   postfix_start [LINE...] SMTP on $SMTP_PORT through Tact, on $PLAIN_PORT without
#   sendmail_start          SMTP on $SENDMAIL_PORT through Tact
#   rig_wait SECONDS COMMAND...   until COMMAND succeeds
#   rig_drain MTA           until its queue is empty
#
# Everything listens on 127.0.0.1 alone. Needs root: Postfix and Dovecot drop
# their own privileges.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-build/plain}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
TACT_USER=${TACT_USER:-nobody}
DOMAIN=firm.example

# A port nobody listens on, and below those that the kernel gives to whoever
# connects (32768 and up). Postfix binds with SO_REUSEPORT and would share one
# without complaint.
free_port() {
	local port
	for _ in $(seq 200); do
		port=$((10000 + RANDOM % 20000))
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo $port
			return
		fi
	done
	return 1
}

rig_wait() {
	local until=$(($(date +%s) + $1))
	shift
	while ! "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt $until ] || return 1
		sleep 0.05
	done
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

rig_begin() {
	# Not in /tmp: Sendmail refuses a socket below a world-writable folder.
	RIG=$(mktemp -d /var/lib/tact-rig.XXXXXX) || return 1
	chmod 755 "$RIG"
	LMTP_PORT=$(free_port) SMTP_PORT=$(free_port) PLAIN_PORT=$(free_port)
	SENDMAIL_PORT=$(free_port) SASL_PORT=$(free_port)
	mkdir -p "$RIG/queue/tact" "$RIG/run"
	# As contrib and tmpfiles.d have it: Tact's, with Postfix's group, and
	# the setgid bit so that the socket is the group's too.
	chown "$TACT_USER" "$RIG/run"
	chown "$TACT_USER:postfix" "$RIG/queue/tact"
	chmod 2750 "$RIG/queue/tact"
	trap rig_end EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

rig_end() {
	local status=$?
	trap - EXIT INT TERM
	drafter_stop
	tact_stop
	sendmail_stop
	postfix_stop
	dovecot_stop
	[ -n "${RIG_KEEP:-}" ] && echo "kept $RIG" >&2 || rm -rf "$RIG"
	exit $status
}

# ---------------------------------------------------------------- dovecot
dovecot_start() {
	local d=$RIG/dovecot
	mkdir -p "$d" "$RIG/mail" "$RIG/home" "$RIG/sieve"
	chown mail:mail "$RIG/mail" "$RIG/home" "$RIG/sieve"
	[ -e "$RIG/sieve/default.sieve" ] || echo 'keep;' >"$RIG/sieve/default.sieve"
	cat >"$d/dovecot.conf" <<-END
	base_dir = $d/run
	state_dir = $d/state
	log_path = $d/log
	protocols = lmtp
	listen = 127.0.0.1
	ssl = no
	first_valid_uid = 1
	mail_location = maildir:$RIG/mail/%n
	mail_uid = mail
	mail_gid = mail
	auth_username_format = %Lu
	passdb {
	  driver = static
	  args = nopassword=y
	}
	userdb {
	  driver = static
	  args = uid=mail gid=mail home=$RIG/home/%n allow_all_users=yes
	}
	service lmtp {
	  inet_listener lmtp {
	    address = 127.0.0.1
	    port = $LMTP_PORT
	  }
	}
	service auth {
	  inet_listener {
	    address = 127.0.0.1
	    port = $SASL_PORT
	  }
	}
	service stats {
	  unix_listener stats-writer {
	    mode = 0666
	  }
	}
	protocol lmtp {
	  mail_plugins = sieve
	  postmaster_address = postmaster@$DOMAIN
	}
	recipient_delimiter = +
	plugin {
	  sieve = file:$RIG/home/%n/sieve;active=$RIG/sieve/default.sieve
	}
	END
	dovecot -c "$d/dovecot.conf" || return 1
	rig_wait 20 listening "$LMTP_PORT"
}

# The mailbox SUPPORT's folders by IMAP over TLS on $IMAPS_PORT, password $IMAP_PASSWORD.
imap_start() {
	local d=$RIG/dovecot
	IMAPS_PORT=$(free_port) IMAP_PASSWORD=geheim7
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$RIG/tls.key" -out "$RIG/tls.pem" 2>/dev/null
	chmod a+r "$RIG/tls.pem"
	mkdir -p "$d" "$RIG/mail" "$RIG/home"
	chown mail:mail "$RIG/mail" "$RIG/home"
	cat >"$d/dovecot.conf" <<-END
	base_dir = $d/run
	state_dir = $d/state
	log_path = $d/log
	protocols = imap
	listen = 127.0.0.1
	ssl = yes
	ssl_cert = <$RIG/tls.pem
	ssl_key = <$RIG/tls.key
	first_valid_uid = 1
	mail_location = maildir:$RIG/mail/%n
	mail_uid = mail
	mail_gid = mail
	auth_username_format = %Ln
	mail_max_userip_connections = 1000
	namespace inbox {
	  inbox = yes
	  mailbox Drafts {
	    special_use = \Drafts
	    auto = create
	  }
	}
	passdb {
	  driver = static
	  args = password=$IMAP_PASSWORD
	}
	userdb {
	  driver = static
	  args = uid=mail gid=mail home=$RIG/home/%n allow_all_users=yes
	}
	service imap-login {
	  inet_listener imap {
	    port = 0
	  }
	  inet_listener imaps {
	    port = $IMAPS_PORT
	    ssl = yes
	  }
	}
	END
	dovecot -c "$d/dovecot.conf" && rig_wait 20 listening "$IMAPS_PORT"
}
adm() { doveadm -c "$RIG/dovecot/dovecot.conf" "$@"; }

dovecot_stop() {
	[ -e "$RIG/dovecot/dovecot.conf" ] || return 0
	dovecot -c "$RIG/dovecot/dovecot.conf" stop 2>/dev/null || :
}

# ------------------------------------------------------------------- tact
tact_conf() {
	cat <<-END
	[milter]
	socket = ${TACT_SOCKET:-unix:$RIG/queue/tact/milter.sock}
	authserv_id = mx.$DOMAIN
	filters = ${TACT_FILTERS:-2}
	analysers = ${TACT_ANALYSERS:-2}
	status_file = $RIG/run/status.json
	socket_peers = root;postfix
	[analysis]
	rules = $ROOT/rules
	[mailbox support@$DOMAIN]
	${TACT_MAILBOX:-}
	[mailbox shadow@$DOMAIN]
	mode = shadow
	END
}

tact_start() {
	local bin=${TACT_MILTER:-$BUILD/bin/tact-milter}
	cp "$bin" "$RIG/tact-milter" # the tree may be closed to the user
	tact_conf >"$RIG/tact.conf"
	[ $# = 0 ] || printf '%s\n' "$@" >>"$RIG/tact.conf"
	rm -rf "$RIG/rules"
	cp -r "${RULES:-$ROOT/rules}" "$RIG/rules"
	sed -i "s|$ROOT/rules|$RIG/rules|" "$RIG/tact.conf"
	chmod -R a+rX "$RIG/rules"
	tact_launch
}

tact_launch() {
	setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
		env G_SLICE=always-malloc "$RIG/tact-milter" -c "$RIG/tact.conf" 2>>"$RIG/tact.log" &
	TACT_PID=$!
	rig_wait 20 test -S "$RIG/queue/tact/milter.sock" -o ! -d /proc/$TACT_PID &&
		kill -0 $TACT_PID
}

tact_stop() {
	[ -n "${TACT_PID:-}" ] || return 0
	kill "$TACT_PID" 2>/dev/null
	wait "$TACT_PID" 2>/dev/null
	TACT_PID=
}

# tact-drafter beside it, with the same settings.
drafter_start() {
	cp "$BUILD/bin/tact-drafter" "$RIG/tact-drafter"
	setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
		"$RIG/tact-drafter" -c "$RIG/tact.conf" 2>>"$RIG/drafter.log" &
	DRAFTER_PID=$!
}

drafter_stop() {
	[ -n "${DRAFTER_PID:-}" ] || return 0
	kill "$DRAFTER_PID" 2>/dev/null
	wait "$DRAFTER_PID" 2>/dev/null
	DRAFTER_PID=
}

# ---------------------------------------------------------------- postfix
# Lines given are set in main.cf, $POSTFIX_SERVICES to master.cf (a reload
# later can leave postlogd dead and all others waiting for it);
# $POSTFIX_DEFAULT_ACTION: tempfail, accept.
postfix_start() {
	local d=$RIG/postfix
	mkdir -p "$d" "$RIG/data"
	chown postfix "$RIG/data"
	cp "$ROOT/contrib/postfix/tact-strip" "$d/tact-strip"
	cat >"$d/main.cf" <<-END
	compatibility_level = 3.6
	queue_directory = $RIG/queue
	data_directory = $RIG/data
	maillog_file = $RIG/mail.log
	maillog_file_prefixes = $RIG
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	mynetworks = 192.0.2.0/24
	myhostname = mx.$DOMAIN
	mydestination =
	alias_maps =
	virtual_mailbox_domains = $DOMAIN, other.example
	virtual_mailbox_maps = static:all
	virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
	virtual_alias_maps =
	smtpd_relay_restrictions = reject_unauth_destination
	smtpd_peername_lookup = no
	smtpd_client_connection_count_limit = 0
	smtpd_client_connection_rate_limit = 0
	smtpd_hard_error_limit = 1000
	smtpd_forbid_bare_newline = normalize
	disable_dns_lookups = yes
	default_process_limit = 40
	local_header_rewrite_clients =
	smtpd_milters = { unix:tact/milter.sock, connect_timeout=5s, command_timeout=10s,
	  content_timeout=15s, default_action=${POSTFIX_DEFAULT_ACTION:-tempfail} }
	non_smtpd_milters = \$smtpd_milters
	END
	# In the place of what is there: each daemon warns of a second entry at its
	# start, postlogd too, which then may wait for itself.
	[ $# = 0 ] || postconf -c "$d" -e "$@" || return 1
	# smtpd is chrooted, as on Debian: the socket's path is inside.
	cat >"$d/master.cf" <<-END
	127.0.0.1:$SMTP_PORT inet n - y - - smtpd
	127.0.0.1:$PLAIN_PORT inet n - y - - smtpd
	  -o smtpd_milters= -o header_checks=
	pickup unix n - n 60 1 pickup
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	verify unix - - n - 1 verify
	flush unix n - n 1000? 0 flush
	proxymap unix - - n - - proxymap
	smtp unix - - n - - smtp
	lmtp unix - - n - - lmtp
	error unix - - n - - error
	retry unix - - n - - error
	discard unix - - n - - discard
	anvil unix - - n - 1 anvil
	postlog unix-dgram n - n - 1 postlogd
	${POSTFIX_SERVICES:-}
	END
	postfix -c "$d" start >"$d/start.log" 2>&1 || { cat "$d/start.log"; return 1; }
	rig_wait 20 listening "$SMTP_PORT"
}

postfix_stop() {
	[ -e "$RIG/postfix/main.cf" ] || return 0
	postfix -c "$RIG/postfix" stop >/dev/null 2>&1 || :
}

# The files in its queues.
postfix_queue() {
	find "$RIG/queue/incoming" "$RIG/queue/active" "$RIG/queue/maildrop" \
		"$RIG/queue/deferred" -type f 2>/dev/null
}

# --------------------------------------------------------------- sendmail
# The packages of Postfix and Sendmail exclude each other: Sendmail's are
# unpacked, kept for the next run, and run from there.
SENDMAIL_ROOT=${SENDMAIL_ROOT:-$ROOT/build/sendmail}

sendmail_unpack() {
	[ -x "$SENDMAIL_ROOT/usr/libexec/sendmail/sendmail" ] && return 0
	local dl
	dl=$(mktemp -d) || return 1
	chmod 777 "$dl"
	(cd "$dl" && apt-get download sendmail-bin sendmail-base sendmail-cf) >"$dl/log" 2>&1 ||
		{ (apt-get update && cd "$dl" && apt-get download sendmail-bin sendmail-base sendmail-cf) >"$dl/log" 2>&1 ||
			{ cat "$dl/log"; rm -rf "$dl"; return 1; }; }
	mkdir -p "$SENDMAIL_ROOT"
	for deb in "$dl"/*.deb; do dpkg -x "$deb" "$SENDMAIL_ROOT" || return 1; done
	rm -rf "$dl"
	# The setgid bit is not wanted: this copy runs as root only.
	chmod 755 "$SENDMAIL_ROOT/usr/libexec/sendmail/sendmail"
}

# $SENDMAIL_LINES are added to its cf.
sendmail_start() {
	local s=$RIG/sendmail
	sendmail_unpack || return 1
	mkdir -p "$s/queue"
	chmod 700 "$s/queue"
	# In the background it would deliver with one process a mail, hundreds at a
	# time: more than a machine may allow, or Dovecot's LMTP take.
	# It sleeps a minute at start if the host's name has no dot, and reads
	# the name from the kernel: a UTS namespace gives it one.
	cat >"$s/tact.mc" <<-END
	divert(-1)
	include(\`$SENDMAIL_ROOT/usr/share/sendmail/cf/m4/cf.m4')
	divert(0)dnl
	VERSIONID(\`tact tests')
	OSTYPE(\`linux')dnl
	define(\`confPID_FILE', \`$s/pid')dnl
	define(\`QUEUE_DIR', \`$s/queue')dnl
	define(\`STATUS_FILE', \`$s/statistics')dnl
	define(\`HELP_FILE', \`')dnl
	define(\`ALIAS_FILE', \`')dnl
	define(\`confCW_FILE', \`-o $s/local-host-names')dnl
	define(\`confCT_FILE', \`-o $s/trusted-users')dnl
	define(\`confDOMAIN_NAME', \`mx.$DOMAIN')dnl
	define(\`confTO_IDENT', \`0')dnl
	define(\`confDONT_PROBE_INTERFACES', \`True')dnl
	define(\`confBIND_OPTS', \`-DNSRCH -DEFNAMES')dnl
	define(\`confSERVICE_SWITCH_FILE', \`$s/service.switch')dnl
	define(\`confQUEUE_LA', \`1000')dnl
	define(\`confREFUSE_LA', \`1000')dnl
	define(\`confDELAY_LA', \`0')dnl
	define(\`confMAX_DAEMON_CHILDREN', \`200')dnl
	define(\`confDELIVERY_MODE', \`interactive')dnl
	define(\`confDEF_USER_ID', \`nobody:nogroup')dnl
	define(\`confLOG_LEVEL', \`9')dnl
	define(\`SMART_HOST', \`relay:[127.0.0.1]')dnl
	define(\`RELAY_MAILER_ARGS', \`TCP \$h $LMTP_PORT')dnl
	MODIFY_MAILER_FLAGS(\`RELAY', \`+z')dnl
	FEATURE(\`nocanonify')dnl
	FEATURE(\`accept_unresolvable_domains')dnl
	FEATURE(\`accept_unqualified_senders')dnl
	FEATURE(\`promiscuous_relay')dnl
	FEATURE(\`no_default_msa')dnl
	DAEMON_OPTIONS(\`Family=inet, Name=MTA, Port=$SENDMAIL_PORT, Addr=127.0.0.1, Listen=512')dnl
	INPUT_MAIL_FILTER(\`tact', \`S=local:$RIG/queue/tact/milter.sock, F=T, T=C:5s;S:10s;R:10s;E:30s')dnl
	MAILER(smtp)dnl
	${SENDMAIL_LINES:-}
	END
	printf 'hosts files\naliases files\n' >"$s/service.switch"
	m4 "$s/tact.mc" >"$s/tact.cf" 2>/dev/null || return 1
	unshare --uts sh -c 'hostname "$1"; shift; exec "$@"' sh "mx.$DOMAIN" \
		"$SENDMAIL_ROOT/usr/libexec/sendmail/sendmail" -C "$s/tact.cf" -bD -q5s >"$s/out" 2>&1 &
	SENDMAIL_PID=$!
	rig_wait 20 listening "$SENDMAIL_PORT" || { cat "$s/out"; return 1; }
}

sendmail_stop() {
	[ -n "${SENDMAIL_PID:-}" ] || return 0
	kill "$SENDMAIL_PID" 2>/dev/null
	wait "$SENDMAIL_PID" 2>/dev/null
	SENDMAIL_PID=
}

sendmail_queue() { find "$RIG/sendmail/queue" -type f 2>/dev/null; }

# ------------------------------------------------------------------ mails
# rig_drain MTA: until its queue was found empty thrice in a row. A slow machine
# may take long over it; one that does nothing for 30 seconds will not end.
rig_drain() {
	local left='' last='' empty=0 idle=0
	while [ $empty -lt 3 ]; do
		left=$("$1_queue" | wc -l)
		[ "$left" = 0 ] && empty=$((empty + 1)) || empty=0
		[ "$left" = "$last" ] && idle=$((idle + 1)) || idle=0
		last=$left
		[ $idle -lt 60 ] || { echo "# $left files in the queue of $1"; rig_deferrals; return 1; }
		sleep 0.5
	done
}
# Why mails wait, as far as the MTAs and Dovecot say.
rig_deferrals() {
	{
		sendmail_queue | grep '/qf' | xargs -r grep -h '^M' | sort | uniq -c
		[ ! -e "$RIG/mail.log" ] || grep -o 'status=deferred.*' "$RIG/mail.log" | sort | uniq -c
		grep -E 'Warning|Error|Fatal' "$RIG/dovecot/log"
	} 2>/dev/null | tail -n 15 | sed 's/^/# /'
}

# Every delivered mail of USER, in all folders.
delivered() { find "$RIG/mail/$1" -path '*/new/*' -type f 2>/dev/null; }

# The header of a mail file, unfolded.
header() { sed '/^\r\?$/q; s/\r$//' "$1" | awk '/^[ \t]/ { printf "%s", $0; next } NR > 1 { print "" } { printf "%s", $0 } END { print "" }'; }

# Makes a store; lines=() are the settings that say where it is.
rig_store() {
	mkdir "$RIG/store" "$RIG/bin"
	chown "$TACT_USER" "$RIG/store"
	chmod 700 "$RIG/store"
	cp "$BUILD/bin/tact" "$RIG/bin"
	lines=('[store]' "path = $RIG/store/tact.db")
	{ tact_conf; printf '%s\n' "${lines[@]}"; } >"$RIG/tact.conf"
	setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
		"$RIG/bin/tact" init --config "$RIG/tact.conf" >/dev/null
}
