#!/bin/sh
# RELIABILITY R-4 R-5 R-6 in full: a thousand power cuts; every call of the disk
# and every allocation of SQLite's that can fail, one at a time. TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
units=${BUILD:-build/plain}/unit/store
export TACT_POINTS=1000 TACT_STRIDE=1

# all TEST: its own lines are comments, but what it measured
all() {
	"$units/$1" --tap >"$out" 2>&1
	result "$1" $?
	grep -E '^# [0-9a-z ]*[A-Z0-9a-z]*:? ?[0-9]+ (faults|power|allocations)|^not ok|Bail' "$out"
}

out=$(mktemp)
trap 'rm -f "$out"' EXIT
all test_power
all test_drafts_power
all test_drafts_faults
all test_faults
all test_memory
tap_done
