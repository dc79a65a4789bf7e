#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What every shell test says: TAP, https://testanything.org. To be sourced; the
# script ends with `tap_done`.
tap_n=0 failed=0

ok() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $*"
}

not_ok() {
	tap_n=$((tap_n + 1)) failed=$((failed + 1))
	echo "not ok $tap_n - $*"
}

# skip NAME REASON
skip() {
	tap_n=$((tap_n + 1))
	echo "ok $tap_n - $1 # SKIP $2"
}

# is NAME COMMAND...: the command's success is the test's
is() {
	tap_name=$1
	shift
	if "$@"; then ok "$tap_name"; else not_ok "$tap_name"; fi
}

# result NAME STATUS: of a command that has ended
result() {
	if [ "$2" = 0 ]; then ok "$1"; else not_ok "$1"; fi
}

# same NAME WANTED FOUND
same() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1"
		printf '# wanted: %s\n# found:  %s\n' "$2" "$3"
	fi
}

# The script's exit status.
tap_done() {
	echo "1..$tap_n"
	[ $failed = 0 ]
}
