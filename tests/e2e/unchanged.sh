#!/bin/bash
# unchanged.sh MAIL...: R-17. Each mail goes through a private Postfix twice,
# past Tact and not; but for our headers and the MTA's own trace both copies are
# the same bytes. Each is DKIM-signed before, and verifies after.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/rig.sh
. "$here/rig.sh"
# shellcheck source=tests/tap.sh
. tests/tap.sh

rig_begin
dovecot_start && tact_start && postfix_start || { not_ok 'rig starts'; exit 1; }

# Signed, where opendkim is there; DNS is a file.
sign=
if command -v opendkim-testmsg >/dev/null && command -v opendkim-genkey >/dev/null; then
	sign=yes
	opendkim-genkey -b 2048 -d client.example -s tact -D "$RIG" 2>/dev/null
	chmod 600 "$RIG/tact.private"
	# opendkim-testmsg signs with rsa-sha1, which the record must allow.
	key=$(grep -o '"[^"]*"' "$RIG/tact.txt" | tr -d '"\n' | sed 's/h=sha256; //')
	echo "tact._domainkey.client.example $key" >"$RIG/keys"
	printf 'Mode v\nTestPublicKeys %s\nSyslog no\nUserID root\n' "$RIG/keys" >"$RIG/opendkim.conf"
fi
# verifies FILE: its DKIM signature is good
verifies() {
	sed 's/$/\r/' "$1" >"$RIG/crlf.eml"
	opendkim -x "$RIG/opendkim.conf" -t "$RIG/crlf.eml" 2>&1 | grep -q 'succeeded'
}

mkdir "$RIG/in" "$RIG/a" "$RIG/b"
i=0
for mail in "$@"; do
	# A Unix From line is no header, a bare CR is the MTA's to change, and
	# trace would be signed although every hop adds to it.
	sed '1{/^From /d}' "$mail" | tr -d '\r' | awk '/^$/ { body = 1 }
		!body && !/^[ \t]/ { drop = /^(Return-Path|Delivered-To|Received):/ }
		body || !drop' >"$RIG/plain.eml"
	if [ -n "$sign" ]; then
		sed 's/$/\r/' "$RIG/plain.eml" | opendkim-testmsg -C -d client.example -k "$RIG/tact.private" -s tact 2>/dev/null |
			tr -d '\r' >"$RIG/in/$i.eml"
	fi
	[ -s "$RIG/in/$i.eml" ] || cp "$RIG/plain.eml" "$RIG/in/$i.eml"
	i=$((i + 1))
done
files=$(seq 0 $((i - 1)) | sed "s|.*|$RIG/in/&.eml|")
# shellcheck disable=SC2086 # a list of files
"$BUILD/tools/smtp-send" -c 4 -r 5 -t "<support@$DOMAIN>" "$SMTP_PORT" $files >"$RIG/sent.a"
# shellcheck disable=SC2086 # a list of files
"$BUILD/tools/smtp-send" -c 4 -r 5 -t "<plain@$DOMAIN>" "$PLAIN_PORT" $files >"$RIG/sent.b"
rig_drain postfix
sleep 1

# by_number USER DIR: its mails as DIR/NUMBER, without trace and our headers
by_number() {
	delivered "$1" | while read -r f; do
		number=$(sed -n '/^\r\?$/q; s/^X-Load-Id: \([0-9]*\)\r\?$/\1/p' "$f" | head -n 1)
		tr -d '\r' <"$f" >"$2/$number.full"
		# One unfolded pass over the header: drops what MTA, LMTP and we add.
		awk 'body { print; next }
		     /^$/ { body = 1; print; next }
		     /^[ \t]/ { if (!drop) print; next }
		     { drop = ($0 ~ /^(Return-Path|Delivered-To|X-Tact-[A-Za-z-]*):/) ||
		              ($0 ~ /^Received: .*(mx\.firm\.example|client\.example|vm)/ && traces++ < 2) ||
			      ($0 ~ /^Message-Id: .*@mx\.firm\.example>/) || ($0 ~ /^Date: / && !had_date)
		       if (!drop) print }' "$2/$number.full" >"$2/$number"
	done
}
by_number support "$RIG/a"
by_number plain "$RIG/b"
a=$(find "$RIG/a" -type f ! -name '*.full' | wc -l) b=$(find "$RIG/b" -type f ! -name '*.full' | wc -l)
[ "$a" = "$i" ] && [ "$b" = "$i" ] && ok "R-17: $i mails arrived by both ways" || not_ok "R-17: of $i mails $a arrived past Tact, $b without"
differ=$(for f in "$RIG"/a/*[0-9]; do cmp -s "$f" "$RIG/b/$(basename "$f")" || basename "$f"; done)
[ -z "$differ" ] && ok "R-17: $a mails are the same bytes with and without Tact, but for X-Tact-*" ||
	{ not_ok "R-17: $(wc -l <<<"$differ") mails differ"; first=$(head -n 1 <<<"$differ"); diff "$RIG/a/$first" "$RIG/b/$first" | head -n 20 | sed 's/^/    /'; }
tagged=$(grep -l '^X-Tact-Status: ' "$RIG"/a/*.full | wc -l)
[ "$tagged" = "$a" ] && ok "R-17: all $tagged carry X-Tact-Status" || not_ok "R-17: only $tagged of $a carry X-Tact-Status"

if [ -n "$sign" ]; then
	verified=0 unsigned=0 broken=0 by_mta=0
	for f in "$RIG"/a/*.full; do
		if ! grep -q '^DKIM-Signature: .*' "$RIG/in/$(basename "$f" .full).eml"; then
			unsigned=$((unsigned + 1))
		elif verifies "$f"; then
			verified=$((verified + 1))
		elif ! verifies "$RIG/b/$(basename "$f")"; then
			by_mta=$((by_mta + 1)) # broken without Tact too
		else
			broken=$((broken + 1))
			last=$f
		fi
	done
	[ $broken = 0 ] && [ $verified -gt 0 ] && ok "R-17: $verified DKIM signatures still verify ($unsigned mails could not be signed, $by_mta broke without Tact too)" ||
		{ not_ok "R-17: $broken of $((broken + verified)) DKIM signatures broken"; opendkim -x "$RIG/opendkim.conf" -t "${last:-/dev/null}" 2>&1 | head -n 5; }
else
	ok 'R-17: DKIM # SKIP opendkim is not installed'
fi
tap_done
