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
ordinary() { "$BUILD/tools/milter-load" -p $pid -c 31 -n 6000 -q "$rate" "$work/s/stall.sock" "$work"/mails/10k/*.eml; }
# hanging ROUND: six mails, none like another
hanging() {
	local i
	for i in $(seq 6); do sed "s/<h@/<h$1-$i@/; \$a$1-$i" "$work/hang.eml" >"$work/hang$i.eml"; done
	"$BUILD/tools/milter-load" -c 1 -n 6 "$work/s/stall.sock" "$work"/hang?.eml
}
# In turn, and the quietest of each: what else the machine does comes in spells.
for round in 1 2 3; do
	ordinary >>"$work/calm"
	hanging $round >>"$work/hang.out" &
	hang=$!
	ordinary >>"$work/storm"
	wait $hang
done
say() { printf '  %-35s eom p50 %s p99 %s max %s ms\n' "$1" "$(least eom_p50_ms "$2")" \
	"$(least eom_p99_ms "$2")" "$(least eom_max_ms "$2")"; }
say '31 connections, nothing hangs:' calm
say '31 connections, one beside hangs:' storm
say 'the hanging ones:' hang.out
[ "$(grep -c 'failed=0' "$work/storm")" = 3 ] && [ "$(grep -c 'failed=0' "$work/calm")" = 3 ] || {
	echo "  OVER: mails failed, or were not sent"
	exit 1
}
awk -v a="$(least eom_p99_ms calm)" -v b="$(least eom_p99_ms storm)" 'BEGIN { exit !(b <= a * 1.2 + 2) }' || {
	echo "  OVER: p99 of the 31 rose by more than a fifth"
	exit 1
}
