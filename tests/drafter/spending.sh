#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY L-9: what models may be asked in a day, by mailbox, by site, by
# writer, in calls and in tokens. tact-drafter is killed over and over at each of
# the moments around a question, and at any; never is more asked than was booked
# before, or than may be; and when nobody is killed all of it can be had. TAP.
#
#   KILLS=15 tests/drafter/spending.sh
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
. tests/scenario/lib.sh
. tests/drafter/site.sh
KILLS=${KILLS:-15}
${MAKE:-make} -s FAULTS=1 BUILD="$BUILD-faults" "$BUILD-faults/bin/tact-drafter" >"$dir/out" 2>&1 ||
	{ echo 'Bail out! make FAULTS=1'; cat "$dir/out"; exit 1; }
site_begin
cp "$BUILD-faults/bin/tact-drafter" "$dir/tact-drafter"
model_start
sed 's/kunde@N@/kunde/' "$dir/mail.eml" >"$dir/same.eml"
chmod a+r "$dir/same.eml"

drafter() { $as env "$@" "$dir/tact-drafter" -c "$dir/main.conf" --once 2>>"$dir/run/drafter.log"; }
booked() { poke ask "SELECT coalesce(sum($1), 0) FROM budget"; }

# kill_one N: a drafter dies; which moments by turns
kill_one() {
	case $(($1 % 5)) in
	0) point=sent ;;
	1) point=answered ;;
	2) point=claimed ;;
	3) point=written ;;
	*)
		timeout -s KILL 0.0$(($1 * 7 % 80 + 10)) $as "$dir/tact-drafter" -c "$dir/main.conf" --once 2>>"$dir/run/drafter.log"
		[ $? != 137 ] || kills=$((kills + 1))
		return
		;;
	esac
	drafter TACT_CRASH=$point:$(($1 / 5 % 2 + 1)) 2>/dev/null
	[ $? != 137 ] || kills=$((kills + 1))
}

all_kills=0
# spend NAME LIMIT COLUMN [MAIL]: the setting is in the environment
spend() {
	site_conf
	site_init
	kills=0 jobs=0 over=0
	while [ $jobs -lt $((each * 2)) ]; do
		made=$((jobs + 1))
		make_drafts $made 2 "${4:-$dir/mail.eml}" >/dev/null
		jobs=$((jobs + 2))
		kill_one $((jobs / 2))
		[ "$(asked)" -le "$(booked calls)" ] && [ "$(booked $3)" -le "$2" ] || over=$((over + 1))
	done
	same "L-9: $1: after each of $kills kills all that was asked is booked, and no more than $2" 0 $over
	more=$2
	if [ "$3" = tokens ]; then # answers are short: the day has nearly gone by
		more=50
		poke run "UPDATE budget SET tokens = max(tokens, $2 - 4500)"
	fi
	make_drafts $((jobs + 1)) $((more + 3)) "${4:-$dir/mail.eml}" >/dev/null
	jobs=$((jobs + more + 3))
	drafter TACT_CRASH=
	is "L-9: $1: $(asked) asked, $(booked $3) $3 booked of $2" [ "$(booked $3)" -le "$2" ]
	[ "$3" != calls ] || same "L-9: $1: all of it can be had" "$2" "$(booked calls)"
	is "L-9: $1: a kill costs one call at most" [ $(($(booked calls) - $(asked))) -le $kills ]
	same "L-9: $1: all $jobs have a draft" $jobs "$(poke ask 'SELECT count(*) FROM draft WHERE state = 4 OR fate = 5')"
	is "L-9: $1: and the rest says why" [ "$(poke ask "SELECT count(*) FROM draft WHERE engine = 'template' AND reason = 'llm-budget'")" -gt 0 ]
	all_kills=$((all_kills + kills))
}

each=$((KILLS / 5 + 1))
CALLS=$((each * 2)) spend 'calls of a mailbox' $((each * 2)) calls
CALLS_IN_ALL=$((each * 2)) spend 'calls of all' $((each * 2)) calls
CALLS_OF_WRITER=$((each * 2)) spend 'calls of a writer' $((each * 2)) calls "$dir/same.eml"
TOKENS=$((each * 9000)) spend 'tokens of a mailbox' $((each * 9000)) tokens
TOKENS_IN_ALL=$((each * 9000)) spend 'tokens of all' $((each * 9000)) tokens
exec 9>&-
echo "# $all_kills kills"
tap_done || { [ ! "${VERBOSE:-}" ] || tail -n 40 "$dir/run/drafter.log"; exit 1; }
