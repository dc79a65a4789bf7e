#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What drafting costs the way of a mail through an MTA: CPU of Postfix and Tact
# together, from the connection to the queue and out of it again, of mail that is
# tagged and kept, without and with mode draft, in turn. drafts.sh has the same
# of Tact alone. Part of make bench; needs root, as Postfix does.
#
#   BENCH_SMTP_MAILS (400)  mails a measurement   BENCH_SMTP_ROUNDS (9)
#   BENCH_KINDS (1k 10k)    sizes of mail         BENCH_CONNECTIONS (32)
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh"
# shellcheck source=tests/e2e/rig.sh
. "$here/../e2e/rig.sh"
mails=${BENCH_SMTP_MAILS:-400}
rounds=${BENCH_SMTP_ROUNDS:-9}
kinds=${BENCH_KINDS:-1k 10k}
connections=${BENCH_CONNECTIONS:-32}
DOMAIN=bench.test TACT_FILTERS=4 TACT_ANALYSERS=3

[ "$(id -u)" = 0 ] || { echo "Through Postfix: not measured, which needs root."; exit 0; }
rig_begin
work=$RIG
rig_store
"$BUILD/tools/bench-mails" "$work/mails" >/dev/null || exit 1
# Proven mail, each with a Message-ID of its own: smtp-send's.
sed -i -e '/^Message-ID:/d' \
	-e "1i Authentication-Results: mx.$DOMAIN; dmarc=pass header.from=client.example" \
	"$work"/mails/*/*.eml
postfix_start 'virtual_transport = discard:' || exit 1

cpu() { "$BUILD/tools/process-cost" cpu "$(tr -d ' ' <"$RIG/queue/pid/master.pid")" "$TACT_PID"; }

# measure NAME KIND [LINE...]: lines of the mailbox
measure() {
	local name=$1 kind=$2 before after
	shift 2

	TACT_MAILBOX=$(printf '%s\n' "$@") tact_start "${lines[@]}" 'time_max = 8s' || exit 1
	sleep 1
	before=$(cpu)
	"$BUILD/tools/smtp-send" -c "$connections" -k 1 -n "$mails" -u "run$(date +%s%N)" \
		-t "<support@$DOMAIN>" "$SMTP_PORT" "$work/mails/$kind"/*.eml >"$work/sent" ||
		{ echo "  not all mails were taken"; over=1; }
	rig_drain postfix
	after=$(cpu)
	echo "cpu_ms=$(awk -v a="$before" -v b="$after" -v n="$mails" 'BEGIN { printf "%.4f", (b - a) / n }')" >>"$work/$kind-$name"
	tail -n 1 "$work/$kind-$name" | sed "s/^/# $name: /"
	tact_stop
}

ask() {
	setpriv --reuid="$TACT_USER" --regid="$(id -g "$TACT_USER")" --clear-groups \
		"$RIG/bin/store-poke" "$RIG/tact.conf" "$@"
}
cp "$BUILD/tools/store-poke" "$RIG/bin"

for kind in $kinds; do
	echo "$kind mails through Postfix, $connections connections, $rounds rounds of $mails in turn:"
	for _ in $(seq "$rounds"); do
		measure kept "$kind"
		measure drafts "$kind" 'mode = draft' 'draft_quota = 0' 'draft_quota_customer = 0' 'draft_quota_domain = 0'
		queued=$(ask ask 'SELECT count(*) FROM draft')
		[ "$queued" = "$mails" ] || { echo "  only $queued of $mails were queued"; over=1; }
		ask run 'DELETE FROM draft_text; DELETE FROM draft'
	done
	printf '  CPU of a mail, ms: kept %s, drafted too %s\n' \
		"$(median cpu_ms "$kind-kept")" "$(median cpu_ms "$kind-drafts")"
	bar "CPU of a mail with / without drafting, $kind" \
		"$(ratio "$(median cpu_ms "$kind-drafts")" "$(median cpu_ms "$kind-kept")")" '<=' 1.10
done
bench_end
