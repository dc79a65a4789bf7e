#!/bin/bash
# stall.sh WORKDIR RATE: 31 connections send RATE ordinary mails a second while
# one sends mails that hang the analyser until its deadline (a build with
# faults). Do the 31 wait?
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh"
work=$1
rate=$2
faulty=$ROOT/build/faults
make -s -C "$ROOT" FAULTS=1 BUILD="$faulty" "$faulty/bin/tact-milter" >/dev/null || exit 1
cp "$faulty/bin/tact-milter" "$work/tact-faulty"
sed "s|tact.sock|stall.sock|; s|status.json|stall.json|" "$work/tact.conf" >"$work/stall.conf"
chmod a+r "$work/stall.conf"
(as_user env G_SLICE=always-malloc "$work/tact-faulty" -c "$work/stall.conf" 2>>"$work/tact.log") &
pid=$!
trap 'kill $pid; wait 2>/dev/null' EXIT
for _ in $(seq 100); do [ -S "$work/s/stall.sock" ] && break; sleep 0.1; done
sleep 1

printf 'From: a@b.example\nSubject: hang\nMessage-ID: <h@b.example>\n\ntact-fault: hang\n' >"$work/hang.eml"
load() { "$BUILD/tools/milter-load" -p $pid "$@"; }
calm=$(load -c 31 -n 6000 -q "$rate" "$work/s/stall.sock" "$work"/mails/10k/*.eml)
for i in $(seq 6); do sed "s/<h@/<h$i@/; \$a$i" "$work/hang.eml" >"$work/hang$i.eml"; done
"$BUILD/tools/milter-load" -c 1 -n 6 "$work/s/stall.sock" "$work"/hang?.eml >"$work/hang.out" &
hang=$!
storm=$(load -c 31 -n 6000 -q "$rate" "$work/s/stall.sock" "$work"/mails/10k/*.eml)
wait $hang
echo "  31 connections, nothing hangs:      eom p50 $(field eom_p50_ms "$calm") p99 $(field eom_p99_ms "$calm") max $(field eom_max_ms "$calm") ms"
echo "  31 connections, one beside hangs:   eom p50 $(field eom_p50_ms "$storm") p99 $(field eom_p99_ms "$storm") max $(field eom_max_ms "$storm") ms"
echo "  the hanging ones:                   eom p50 $(field eom_p50_ms "$(cat "$work/hang.out")") max $(field eom_max_ms "$(cat "$work/hang.out")") ms"
[ "$(field failed "$storm")" = 0 ] &&
	awk -v a="$(field eom_p99_ms "$calm")" -v b="$(field eom_p99_ms "$storm")" 'BEGIN { exit !(b <= a * 1.2 + 2) }' || {
	echo "  OVER: p99 of the 31 rose by more than a fifth"
	exit 1
}
