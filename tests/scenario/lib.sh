#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# For run.sh and faults.sh: a tact-milter of one's own in a folder of one's
# own. It runs as a user who is not root, because it refuses to be.
# shellcheck disable=SC2086 # $as is a command with its arguments
BUILD=${BUILD:-build/plain}
BIN=${BIN:-$BUILD/bin/tact-milter}
# shellcheck source=tests/tap.sh
. tests/tap.sh

# A user to be, other than root: $as COMMAND...
as_other() {
	echo "setpriv --reuid=$1 --regid=$(id -g "$1") --clear-groups"
}
user=$(id -un)
as=
if [ "$(id -u)" = 0 ]; then
	user=nobody
	as=$(as_other nobody)
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/tact-scenario.XXXXXX")
chmod 755 "$dir"
mkdir "$dir/run"
[ "$(id -u)" != 0 ] || chown "$user" "$dir/run"
# Copies: the user may not be able to read where this was built.
cp -r "${RULES:-rules}" "$dir/rules" && cp "$BIN" "$dir/tact-milter"
chmod -R a+rX "$dir"
BIN=$dir/tact-milter
SOCKET=unix:$dir/run/milter.sock

cleanup() {
	for file in "$dir"/run/*.pid; do
		[ ! -e "$file" ] || kill -9 "$(cat "$file")" 2>/dev/null
	done
	if [ "${KEEP:-}" ]; then echo "# kept: $dir"; else rm -rf "$dir"; fi
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# configure NAME [LINE...]: $dir/NAME.conf, with lines for [milter]
configure() {
	name=$1
	shift
	sed -e "s|@SOCKET@|$SOCKET|" -e "s|@DIR@|$dir/run|" \
		-e "s|@RULES@|$dir/rules|" tests/scenario/tact.conf.in |
		awk -v lines="$*" '{ print } /^\[milter\]/ { gsub(/;/, "\n", lines); print lines }' \
			>"$dir/$name.conf"
}

# start NAME: runs it with $dir/NAME.conf and waits until it serves
start() {
	: >>"$dir/run/$1.log"
	already=$(grep -c 'event="started"' "$dir/run/$1.log" 2>/dev/null)
	$as "$BIN" -c "$dir/$1.conf" 2>>"$dir/run/$1.log" &
	echo $! >"$dir/run/$1.pid"
	tries=200
	until [ "$(grep -c 'event="started"' "$dir/run/$1.log" 2>/dev/null)" -gt "${already:-0}" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] && kill -0 "$(pid_of "$1")" 2>/dev/null || return 1
		sleep 0.05
	done
}

# wait_for NAME TEXT [SECONDS]: until the log has a line with it
wait_for() {
	tries=$((${3:-10} * 20))
	while ! grep -q "$2" "$dir/run/$1.log" 2>/dev/null; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "# no $2 in $1.log"; return 1; }
		sleep 0.05
	done
}

pid_of() {
	cat "$dir/run/$1.pid"
}

# ended NAME [SECONDS]: the process is gone
ended() {
	tries=$((${2:-10} * 20))
	while kill -0 "$(pid_of "$1")" 2>/dev/null; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

# children NAME KIND: pids of tact-filter or tact-analyser
children() {
	pgrep -P "$(pid_of "$1")" -x "tact-$2"
}

# counter KEY: from the status file, which may be some seconds old
counter() {
	sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$dir/run/status.json"
}

lua() {
	timeout 60 miltertest -D SOCKET="$SOCKET" \
		-D PRELUDE="$PWD/tests/scenario/prelude.lua" -s "$1"
}

# model_start: model-server, which ends with descriptor 9; its requests are in
# run/model, its address is $url
model_start() {
	mkfifo "$dir/run/in"
	"$dir/model-server" "$dir/run/model" <"$dir/run/in" >"$dir/run/ready" 2>&1 &
	exec 9>"$dir/run/in"
	tries=100
	until grep -qs ready "$dir/run/ready"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo 'Bail out! no model'; exit 1; }
		sleep 0.05
	done
	url=http://127.0.0.1:$(sed -n 's/^ready //p' "$dir/run/ready")/v1
}
