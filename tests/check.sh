#!/bin/sh
# Every test that needs no hour; what `make check` runs. See tests/README.md.
#
# A suite is a program that speaks TAP ("ok", "not ok", "# SKIP why"). Its
# output goes to BUILD/check/NAME.log; a line a suite, and the failures, go to
# the terminal. A suite that ends badly without a "not ok" is one failure.
#
# Three lanes run side by side: what computes, and what mostly waits: for our own
# daemons, and for an MTA's or an IMAP server's too. They end at about the same time.
#
#   BUILD=build/plain tests/check.sh [SUITE...]
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
MAKE=${MAKE:-make}
export BUILD
logs=$BUILD/check
mkdir -p "$logs"
counts=$logs/counts # a line a suite: passed failed skipped
: >"$counts"
wanted=" $* "

# run NAME COMMAND...
run() {
	name=$1
	shift
	[ "$wanted" = "  " ] || case $wanted in *" $name "*) ;; *) return ;; esac
	log=$logs/$(echo "$name" | tr / -).log
	start=$(date +%s)
	"$@" >"$log" 2>&1
	status=$?
	p=$(grep -cE '^ok ' "$log")
	s=$(grep -cE '^ok .*# SKIP' "$log")
	f=$(grep -cE '^not ok ' "$log")
	[ $status = 0 ] || [ "$f" -gt 0 ] || {
		f=1
		echo "not ok - $name ended with status $status" >>"$log"
	}
	took=$(($(date +%s) - start))
	{ # by one lane at a time
		flock 9
		echo "$((p - s)) $f $s" >>"$counts"
		tell
	} 9>"$logs/lock"
}

tell() {
	printf '%-34s %5d passed %3d failed %3d skipped %4ds\n' "$name" \
		$((p - s)) "$f" "$s" "$took"
	[ $status = 0 ] || grep -qE '^not ok [0-9]' "$log" ||
		tail -n 20 "$log" | sed 's/^/    /'
	grep -E '^not ok |^Bail out' -A 3 "$log" | head -n 40 | sed 's/^/    /'
	grep -E '^ok .*# SKIP' "$log" | sed 's/.*# SKIP/# SKIP/' | sort | uniq -c |
		head -n 5 | sed 's/^/    /'
}

# all DIR: the unit test programs below it, as many at once as there are
# processors; times that they measure are of their own processor time
all() {
	outputs=$(mktemp -d)
	# shellcheck disable=SC2016 # expanded by the shell within
	find "$1" -type f -executable -name 'test_*' | sort |
		xargs -P "$(nproc)" -I{} sh -c 'out=$1/$(echo "$2" | tr / -)
			echo "# $2" >"$out"
			"$2" --tap >>"$out" 2>&1 && exit
			echo "# exit $?" >>"$out"
			exit 1' sh "$outputs" {}
	bad=$?
	cat "$outputs"/*
	rm -rf "$outputs"
	return $bad
}

plain() {
	$MAKE -s units || return 1
	all "$BUILD/unit"
}

sanitized() {
	$MAKE -s SAN=asan BUILD="$BUILD-asan" units || return 1
	G_SLICE=always-malloc all "$BUILD-asan/unit"
}

seeds() {
	$MAKE -s SAN=asan BUILD="$BUILD-asan" replays || return 1
	tests/fuzz/replay.sh "$BUILD-asan/replay"
}

# suite NAME SCRIPT: if the script is there
suite() {
	[ -x "$2" ] && run "$@"
}

computing() {
	# Once is enough: the same programs, and the sanitizers see more.
	[ "$wanted" = "  " ] || run unit plain
	run unit-sanitized sanitized
	run fuzz-seeds seeds
	suite links tests/lint/links-tap.sh
	suite corpus tests/corpus.sh
	suite model tests/model.sh
	suite templates tests/templates.sh
	suite learning tests/learning.sh
}

daemons() {
	suite scenario tests/scenario/run.sh
	suite store tests/scenario/store.sh
	suite drafts tests/scenario/drafts.sh
	suite drafter tests/scenario/drafter.sh
	suite delivery tests/scenario/delivery.sh
	suite knowledge tests/scenario/knowledge.sh
	suite loop tests/scenario/loop.sh
	suite needles tests/scenario/needles.sh
	suite faults tests/scenario/faults.sh
	suite memory tests/scenario/memory.sh
}

servers() {
	suite e2e tests/e2e/run.sh
	suite e2e-learn tests/e2e/learn.sh
	suite e2e-guard tests/e2e/guard.sh
	suite e2e-sender tests/e2e/sender.sh
	suite e2e-each-other tests/e2e/each-other.sh
	suite e2e-outbound tests/e2e/outbound.sh
	suite e2e-deliver tests/e2e/deliver.sh
	suite e2e-drafter-kills tests/e2e/drafter-kills.sh
	suite trust tests/e2e/trust.sh
	suite llm tests/drafter/llm.sh
	suite injections tests/drafter/injections.sh
	suite packets tests/drafter/packets.sh
	suite spending tests/drafter/spending.sh
	suite canaries tests/drafter/canaries.sh
	suite install tests/install.sh
	suite contrib tests/contrib.sh
	suite cli tests/cli/run.sh
	suite data tests/data.sh
}

trap 'trap - TERM; kill 0' INT TERM # all lanes
daemons &
servers &
computing
wait

awk '{ p += $1; f += $2; s += $3 }
	END {
		printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : ""
		exit f > 0
	}' "$counts"
