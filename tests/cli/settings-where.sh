#!/bin/sh
# /etc/tact/tact.conf where its reader may not read it: who asks for the site's
# settings is not told of the defaults; who looks at a mail gets them. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
case $tact in /*) ;; *) tact=$PWD/$tact ;; esac
# shellcheck source=tests/tap.sh
. tests/tap.sh

if [ "$(id -u)" != 0 ] || ! unshare -m mount --bind /etc /etc 2>/dev/null; then
	skip 'settings that may not be read' 'needs root and unshare(1)'
	tap_done
	exit
fi
tmp=$(mktemp -d) || exit 2
mine=$tmp/mine
# The host's own /etc is seen in the other folder: nothing is removed below it.
trap 'rm -rf "$mine"; rmdir "$tmp/host" "$tmp"' EXIT
chmod 755 "$tmp"
mkdir -p "$mine/etc/tact" "$mine/rules" "$tmp/host"
for file in /etc/*; do
	ln -s "$tmp/host/${file##*/}" "$mine/etc/" 2>/dev/null
done
cp -r rules/. "$mine/rules/"
cp tests/corpus/cli/mails/01-angry.eml "$mine/mail.eml"
cp "$tact" "$mine/tact"
printf '[mailbox support@example.com]\n' >"$mine/etc/tact/tact.conf"
chmod 600 "$mine/etc/tact/tact.conf"

# as_nobody EXIT ARGUMENT...: what tact says, in an /etc of our own
as_nobody() {
	wanted=$1
	shift
	# shellcheck disable=SC2016 # of the inner shell
	TACT_RULES=$mine/rules unshare -m sh -c 'mount --bind /etc "$0/host" &&
		mount --bind "$0/mine/etc" /etc &&
		exec setpriv --reuid 65534 --clear-groups "$0/mine/tact" "$@"' \
		"$tmp" "$@" >"$mine/out" 2>&1 </dev/null
	same "$*: exit status" "$wanted" $?
}

for words in 'config check' 'config show' init status 'privacy purge' 'learn --list' 'train --site'; do
	# shellcheck disable=SC2086 # two words
	as_nobody 1 $words
	grep -q 'cannot read the settings:.*/etc/tact/tact.conf.*ermission denied' "$mine/out"
	result "$words: says why" $?
done
as_nobody 255 config has-store
as_nobody 0 inspect "$mine/mail.eml"
chmod 644 "$mine/etc/tact/tact.conf"
as_nobody 0 config check
tap_done
