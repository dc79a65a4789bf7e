#!/bin/sh
# RELIABILITY R-5 for whole programs: each first, second, ... system call of a
# kind fails, by strace's injection, until a run ends before the turn comes. Then
# tact says so and ends with 1, never by a signal; the database is whole; a
# backup is whole or not there. A disk that is really full too, as root. TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
mounted=
clean() {
	[ -z "$mounted" ] || umount "$mounted"
	rm -rf "$tmp"
}
trap clean EXIT INT TERM
# shellcheck source=tests/tap.sh
. tests/tap.sh
conf=$tmp/tact.conf
printf '[store]\npath = %s/s/tact.db\n' "$tmp" >"$conf"

# run WORD...: tact with call $call failing at turn $n with $errno; its status
run() {
	strace -f -qq -o "$tmp/trace" -e trace="$call" \
		-e inject="$call:error=$errno:when=$n" \
		"$tact" "$@" --config "$conf" >"$tmp/out" 2>&1
}

# begin WORD...: the state that the command is tried on
begin() {
	rm -rf "$tmp/s" "$tmp/backup"
	[ "$1" = init ] || "$tact" init --config "$conf" >/dev/null || exit 2
	[ "$2" != restore ] || "$tact" db backup "$tmp/backup" --config "$conf" >/dev/null || exit 2
}

# whole: the database is, once whatever was cut short is done again
whole() {
	"$tact" init --config "$conf" >"$tmp/again" 2>&1 &&
		"$tact" db check --config "$conf" >>"$tmp/again" 2>&1 || return 1
	[ "$1" != backup ] || [ ! -e "$tmp/backup" ] ||
		sqlite3 "$tmp/backup" 'PRAGMA integrity_check' | grep -qx ok
}

# try NAME WORD...: all turns of one call
try() {
	name=$1
	shift
	n=0 bad=0
	while :; do
		n=$((n + 1))
		begin "$@" db
		run "$@"
		status=$?
		injected=$(grep -c INJECTED "$tmp/trace")
		if [ $status -gt 1 ] || { [ "$injected" = 0 ] && [ $status != 0 ]; } ||
			! whole "${2:-}" || { [ $status = 1 ] && ! grep -q '^tact: ' "$tmp/out"; }; then
			bad=$((bad + 1))
			echo "# $name: turn $n: exit $status"
			sed 's/^/#   /' "$tmp/out" "$tmp/again"
		fi
		[ "$injected" -gt 0 ] || break
		[ $n -lt 400 ] || break
	done
	result "$name: $((n - 1)) turns" $bad
}

if ! command -v strace >/dev/null || ! strace -o /dev/null true 2>/dev/null; then
	skip 'system calls that fail' 'no strace here'
else
	for row in fsync:EIO fdatasync:EIO pwrite64:EIO pwrite64:ENOSPC ftruncate:EIO \
		write:ENOSPC renameat2:EIO rename:EIO unlink:EROFS fchmod:EPERM \
		mkdir:ENOSPC; do
		call=${row%%:*} errno=${row#*:}
		try "init, $call $errno" init
		try "backup, $call $errno" db backup "$tmp/backup"
		try "restore, $call $errno" db restore "$tmp/backup"
		try "rotate-key, $call $errno" db rotate-key
	done
fi

# A disk of 100 KiB: the database does not fit; with room it does.
mkdir "$tmp/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=100k,mode=700 tmpfs "$tmp/small" 2>/dev/null; then
	mounted=$tmp/small
	printf '[store]\npath = %s/tact.db\nkey_directory = %s/keys\n' "$mounted" "$tmp" >"$conf"
	"$tact" init --config "$conf" >"$tmp/out" 2>&1
	same 'a full disk: exit' 1 $?
	grep -q 'make room on the disk' "$tmp/out"
	result 'a full disk is told as such' $?
	mount -o remount,size=10m "$mounted"
	"$tact" init --config "$conf" >"$tmp/out" 2>&1
	result 'with room it goes on' $?
	"$tact" db check --config "$conf" >"$tmp/out" 2>&1
	result 'and is whole' $?
else
	skip 'a full disk' 'needs root and mount'
fi
tap_done
