#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY L-11: the model is away for MINUTES while customers write. What the
# filter answers takes no longer than before it and after, every mail is queued,
# the queue is worked off by templates after a draft's last try, the model is asked
# no more than its breaker lets, and when it is back it is asked again.
# TAP, with what was measured as "# ...".
#
#   MINUTES=15 BESIDE=3 RATE=5 tests/soak/outage.sh
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
minutes=${MINUTES:-15} beside=${BESIDE:-3} rate=${RATE:-5}

bench_begin "${BENCH_DISK:-$BUILD}"
mkdir -p "$work/db" "$work/md/cur" "$work/md/new" "$work/md/tmp" "$work/model/requests"
chmod 700 "$work/db"
[ "$(id -u)" != 0 ] || chown -R nobody "$work/db" "$work/md"
cp "$BUILD"/bin/tact{,-drafter} "$BUILD"/tools/{milter-load,store-poke,bench-mails,model-server} "$work" || exit 1
"$work/bench-mails" "$work/mails" >/dev/null
chmod -R a+rX "$work/mails"
echo ok >"$work/script"
mkfifo "$work/in"
"$work/model-server" --script "$work/script" "$work/model" <"$work/in" >"$work/ready" 2>&1 &
exec 9>"$work/in"
for _ in $(seq 100); do grep -q ready "$work/ready" && break; sleep 0.1; done
lines=('mode = draft' 'draft_quota = 0' 'draft_quota_customer = 0' 'draft_quota_domain = 0'
	'calls_per_day = 0' 'tokens_per_day = 0' 'calls_per_writer = 0'
	'delivery = maildir' "maildir = $work/md" '[store]' "path = $work/db/tact.db"
	'[drafter]' 'engine = model' 'model = m' "status_file = $work/s/drafter.json"
	'calls_per_day = 0' 'tokens_per_day = 0'
	"base_url = http://127.0.0.1:$(sed -n 's/^ready //p' "$work/ready")/v1")
conf "${lines[@]}" >"$work/tact.conf"
(as_user "$work/tact" init --config "$work/tact.conf") >/dev/null || { not_ok 'tact init'; tap_done; exit 1; }
poke() { (as_user "$work/store-poke" "$work/tact.conf" ask "$1"); }
load() { (as_user "$work/milter-load" -c 8 -q "$rate" -r support@bench.test -u "$1$$" -n "$2" "$work/s/tact.sock" "$work"/mails/1k/*.eml); }
asked() { find "$work/model/requests" -type f ! -name '*.*' | wc -l; }
waiting() { poke 'SELECT count(*) FROM draft WHERE state < 3'; }
both_stop() {
	kill "$DRAFTER_PID" 2>/dev/null
	stop
}

start_tact "${lines[@]}"
(as_user "$work/tact-drafter" -c "$work/tact.conf" 2>>"$work/drafter.log") &
DRAFTER_PID=$!
trap both_stop EXIT
sleep 15 # articles are indexed
before=$(load before $((rate * 60 * beside)))
echo "# before: $before"
echo status-503 >"$work/script"
first=$(asked)
during=$(load during $((rate * 60 * minutes)))
echo "# during $minutes min: $during"
questions=$(($(asked) - first))
made=$(poke 'SELECT count(*) FROM draft')
echo "# $made drafts asked for, $(waiting) wait, $questions requests to the model, engine template: $(poke "SELECT count(*) FROM draft WHERE engine = 'template'")"
same 'L-11: no mail fails' 0 "$(field failed "$during")"
same 'L-11: each is queued' $((rate * 60 * (beside + minutes))) "$made"
is 'L-11: at most 10,000 wait' [ "$(waiting)" -le 10000 ]
is "L-11: $questions requests: at most 10 a minute once the breaker is open" [ "$questions" -le $((minutes * 10 + 10)) ]
echo ok >"$work/script"
questions=$(asked)
start=$(date +%s)
for _ in $(seq 300); do
	[ "$(waiting)" = 0 ] && break
	[ $(($(date +%s) - start)) -lt ${DRAIN:-120} ] || break
	sleep 2
done
took=$(($(date +%s) - start))
echo "# after: $(waiting) wait after $took s, $(($(asked) - questions)) requests more, $(poke "SELECT count(*) FROM draft WHERE engine = 'model'") by the model"
is 'L-11: it goes on by itself when the model is back' [ "$(asked)" -gt "$questions" ]
after=$(load after $((rate * 60 * beside)))
echo "# after: $after"
# What else the machine does comes in spells: the worse of the two beside it counts.
is 'L-11: p99 within 10 % or 5 ms of that before and after' awk -v a="$(field eom_p99_ms "$before")" \
	-v b="$(field eom_p99_ms "$during")" -v c="$(field eom_p99_ms "$after")" \
	'BEGIN { most = a > c ? a : c; exit !(b <= most * 1.1 || b <= most + 5) }'
exec 9>&-
tap_done
