#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What tact-milter says to an MTA, one behaviour a scenario; and what its
# command line and signals do. Speaks TAP.
#
#   BUILD=build/plain tests/scenario/run.sh [SCENARIO...]
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh

# ------------------------------------------------------------ command line
check_command_line() {
	configure main
	is "--version" sh -c "'$BIN' --version | grep -q '^tact-milter [0-9]'"
	is "--help" sh -c "'$BIN' --help | grep -q SIGUSR1"
	is "--check accepts good settings" $as "$BIN" -c "$dir/main.conf" --check
	is "--self-test: the sandbox holds" sh -c "'$BIN' --self-test >'$dir/out'"
	is "and 20 forbidden calls were tried" \
		test "$(grep -cE ' (killed|refused)$' "$dir/out")" -ge 20
	configure bad 'filterz = 4'
	$as "$BIN" -c "$dir/bad.conf" >"$dir/out" 2>&1 && not_ok "a bad setting was accepted"
	is "a bad setting is named with its line" grep -qE 'bad\.conf:[0-9]+: ' "$dir/out"
	configure port
	sed -i 's|^socket = .*|socket = inet:99999@127.0.0.1|' "$dir/port.conf"
	is "a port that is none is refused" \
		sh -c "timeout 5 $as '$BIN' -c '$dir/port.conf' 2>&1 | grep -q 'PORT@ADDRESS'"
	configure folder
	sed -i 's|^socket = .*|socket = unix:/nowhere/tact/milter.sock|' "$dir/folder.conf"
	$as "$BIN" -c "$dir/folder.conf" >"$dir/out" 2>&1
	is "a folder that is not there is named, with how to make it" \
		grep -q "no folder /nowhere/tact; .* -o $user .*: d /nowhere/tact 2750 $user" "$dir/out"
	mkdir -p "$dir/closed" && chmod 555 "$dir/closed"
	sed -i "s|^socket = .*|socket = unix:$dir/closed/milter.sock|" "$dir/folder.conf"
	$as "$BIN" -c "$dir/folder.conf" >"$dir/out" 2>&1
	is "as is one that is closed to us, with a folder of our own" \
		grep -q "user $user may make no socket in $dir/closed; .* install -d -o $user .* $dir/closed/tact" "$dir/out"
	is "an unknown option fails" sh -c "! '$BIN' --nonsense 2>/dev/null"
	if [ "$(id -u)" = 0 ]; then
		is "refuses to be root" sh -c "! '$BIN' -c '$dir/main.conf' 2>/dev/null"
	else
		skip "refuses to be root" "not root"
	fi
}

# Settings changed at random: either they are good, or they are named, at once.
check_mutations() {
	n=${MUTATIONS:-60} bad=0 unnamed=0
	while [ $n -gt 0 ]; do
		n=$((n - 1))
		awk -v seed="$n" 'BEGIN { srand(seed); odd = "=[];\\\"%~\001\377x9-" }
			{ line = $0
			  if (rand() < 0.2 && length(line) > 2) {
				at = int(rand() * length(line)) + 1
				line = substr(line, 1, at - 1) \
					substr(odd, int(rand() * length(odd)) + 1, 1) \
					substr(line, at + 1)
			  }
			  if (rand() > 0.05) print line
			  if (rand() < 0.05) print line }' "$dir/main.conf" >"$dir/mutated.conf"
		LC_ALL=C timeout 5 "$BIN" -c "$dir/mutated.conf" --check >"$dir/out" 2>&1
		case $? in
		0) ;;
		1)
			bad=$((bad + 1))
			grep -qE '^tact-milter: [^:]+/mutated.conf:|rules' "$dir/out" || {
				unnamed=$((unnamed + 1))
				sed 's/^/# /' "$dir/out"
			}
			;;
		*)
			not_ok "mutation $n ended the check with a signal or late"
			;;
		esac
	done
	is "of settings changed at random $bad are refused" test $bad -gt 10
	is "each with a reason" test $unnamed = 0
}

# ----------------------------------------------------------------- socket
check_socket() {
	is "the socket has its mode" test "$(stat -c %a "$dir/run/milter.sock")" = 660
	$as "$BIN" -c "$dir/main.conf" >"$dir/out" 2>&1
	is "a second instance does not take the socket" \
		grep -q 'another process listens' "$dir/out"
	[ "$(id -u)" = 0 ] || { skip "a foreign user is refused" "not root"; return; }
	chmod 666 "$dir/run/milter.sock"
	# The tree may be closed to others; the scratch folder is not.
	cp tests/scenario/prelude.lua tests/scenario/tagged.lua "$dir"
	chmod a+r "$dir"/*.lua
	$(as_other daemon) timeout 20 miltertest -D SOCKET="$SOCKET" \
		-D PRELUDE="$dir/prelude.lua" -s "$dir/tagged.lua" >/dev/null 2>&1 &&
		not_ok "a foreign user was served"
	chmod 660 "$dir/run/milter.sock"
	is "a foreign user is refused" grep -q 'event="peer_refused"' "$dir/run/main.log"
}

# What no MTA sends: order of edits, garbage, wrong states; and then no process
# has died and no descriptor stays open.
filter_descriptors() {
	for pid in $(children main filter); do
		ls "/proc/$pid/fd"
	done | wc -l
}

check_protocol() {
	probe=$BUILD/tools/milter-probe
	[ -x "$probe" ] || { skip "protocol" "make tools first"; return; }
	filters=$(children main filter) before=$(filter_descriptors)
	cp "$probe" "$dir/milter-probe"
	$as "$dir/milter-probe" "$dir/run/milter.sock" "$tap_n" "${PROBE_N:-10000}" >"$dir/out" ||
		failed=$((failed + 1))
	cat "$dir/out"
	tap_n=$((tap_n + $(grep -cE '^(not )?ok ' "$dir/out")))
	is "no filter died of it" test "$(children main filter)" = "$filters"
	sleep 1
	is "no descriptor leaked" test "$(filter_descriptors)" = "$before"
	is "mail is served" lua tests/scenario/tagged.lua
}

check_sessions() {
	configure few 'sessions_max = 2;filters = 2;analysers = 1'
	start few || not_ok "starts with few sessions"
	is "sessions over sessions_max are refused" lua tests/scenario/few/sessions.lua
	is "and that is logged" grep -q 'event="session_refused"' "$dir/run/few.log"
	kill -TERM "$(pid_of few)"
	ended few
}

# ---------------------------------------------------------------- signals
check_signals() {
	pid=$(pid_of main)
	kill -HUP "$pid"
	is "SIGHUP is ignored, with a word" wait_for main 'event="hangup_ignored"'
	kill -USR1 "$pid"
	is "SIGUSR1 reloads" wait_for main 'event="reloaded"'
	is "and mail is served" lua tests/scenario/tagged.lua
	echo 'nonsense' >>"$dir/main.conf"
	kill -USR1 "$pid"
	is "bad settings are not taken" wait_for main 'event="reload_failed"'
	is "and mail is served by the old" lua tests/scenario/tagged.lua
	configure main
	sed -i 's|^socket = .*|socket = inet:12345@127.0.0.1|' "$dir/main.conf"
	kill -USR1 "$pid"
	is "nor another socket" wait_for main 'restart to change it'
	configure main
	kill -TERM "$(children main filter | head -n 1)"
	is "SIGTERM to a filter: another takes its place" \
		wait_for main 'event="filter_ended"'
	is "and mail is served" lua tests/scenario/tagged.lua
	start=$(date +%s)
	kill -TERM "$pid"
	is "SIGTERM stops" ended main
	is "within 10 s" test $(($(date +%s) - start)) -le 10
	is "and removes the socket" test ! -e "$dir/run/milter.sock"
	is "and says so" grep -q 'event="stopped"' "$dir/run/main.log"
}

check_log() {
	is "no control byte in the log" \
		sh -c "! LC_ALL=C grep -qE '[^ -~]' '$dir/run/main.log'"
	is "no line over 1024 bytes" \
		sh -c "! grep -qE '.{1025}' '$dir/run/main.log'"
	is "no address in the log" sh -c "! grep -q anna@ '$dir/run/main.log'"
	is "no fault of our own" sh -c "! grep -q 'event=\"internal\"' '$dir/run/main.log'"
}

scenarios() {
	for file in "$@"; do
		name=$(basename "$file" .lua)
		[ "$name" != prelude ] || continue
		is "$name: $(sed -n '2s/^-- //p' "tests/scenario/$name.lua")" \
			lua "tests/scenario/$name.lua"
	done
}

command -v miltertest >/dev/null || {
	skip "scenarios" "miltertest is not installed"
	echo 1..1
	exit 0
}
if [ $# -gt 0 ]; then
	configure main
	start main && scenarios "$@"
else
	check_command_line
	check_mutations
	start main || { echo "Bail out! it does not start"; cat "$dir/run/main.log"; exit 1; }
	scenarios tests/scenario/*.lua
	check_protocol
	check_socket
	check_signals
	check_log
	check_sessions
fi
tap_done || { [ ! "${VERBOSE:-}" ] || cat "$dir"/run/*.log; exit 1; }
