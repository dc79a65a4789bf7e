# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What bench.sh and store.sh share: a tact-milter in a folder of its own, figures
# out of the lines of milter-load, and bars. To be sourced.
#
#   bench_begin FOLDER    $work, a new folder in it that goes at the end
#   start_tact [LINE...]  $work/tact-milter, with lines added to its settings
#
# The script ends with `bench_end`.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-build/plain}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
over=0 NULL_PID='' TACT_PID=''

stop() {
	[ -z "$NULL_PID" ] || kill "$NULL_PID" 2>/dev/null
	[ -z "$TACT_PID" ] || kill "$TACT_PID" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}

bench_begin() {
	work=$(mktemp -d "$1/tact-bench.XXXXXX") || exit 1
	trap stop EXIT
	trap 'exit 130' INT TERM
	chmod 755 "$work"
	mkdir "$work/s"
	chmod 777 "$work/s"
	cp "$BUILD/bin/tact-milter" "$work" || exit 1
	cp -r "${RULES:-$ROOT/rules}" "$work/rules"
	chmod -R a+rX "$work/tact-milter" "$work/rules"
}

bench_end() {
	[ $over = 0 ] && echo "All within bounds." || echo "Something is over its bound."
	exit $over
}

# Becomes it: to be called in a shell of its own.
as_user() {
	if [ "$(id -u)" = 0 ]; then
		exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		exec "$@"
	fi
}

# conf [LINE...]
conf() {
	cat <<-CONF
	[milter]
	socket = unix:$work/s/tact.sock
	socket_peers =
	authserv_id = mx.bench.test
	status_file = $work/s/status.json
	[analysis]
	rules = $work/rules
	[log]
	level = error
	[mailbox support@bench.test]
	CONF
	[ $# = 0 ] || printf '%s\n' "$@"
}

start_tact() {
	conf "$@" >"$work/tact.conf"
	(as_user env G_SLICE=always-malloc "$work/tact-milter" -c "$work/tact.conf" 2>>"$work/tact.log") &
	TACT_PID=$!
	for _ in $(seq 100); do [ -S "$work/s/tact.sock" ] && break; sleep 0.1; done
	[ -S "$work/s/tact.sock" ] || { cat "$work/tact.log"; exit 1; }
	sleep 1
}

stop_tact() {
	kill "$TACT_PID"
	wait "$TACT_PID" 2>/dev/null
	TACT_PID=''
}

# field NAME LINE: its value in a line of milter-load
field() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p" <<<"$2"; }

# values NAME FILE: of the lines of $work/FILE, the least first
values() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p" "$work/$2" | sort -g; }
least() { values "$@" | head -n 1; }
median() { values "$@" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# ratio A B; nothing when one of them was not measured
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a ~ /^[0-9]/ && b > 0) printf "%.2f", a / b }'; }

# bar TEXT VALUE COMPARISON BOUND; what was not measured is not within it
bar() {
	if awk -v v="$2" -v m="$4" "BEGIN { exit !(v ~ /^[0-9]/ && v + 0 $3 m + 0) }"; then
		printf '  %-58s %8s  (%s %s)\n' "$1" "$2" "$3" "$4"
	else
		printf '  %-58s %8s  NOT %s %s\n' "$1" "${2:-none}" "$3" "$4"
		over=1
	fi
}
