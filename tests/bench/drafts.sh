#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# What drafting costs the way of a mail: CPU of all processes of Tact, of mail
# that is tagged and kept, without and with mode draft, in turn. Many short
# rounds, and the middle of each: the machine's spells are longer than a round,
# and what is compared differs by less than they do. Part of make bench.
#
#   BENCH_DRAFT_MAILS (600)   mails a measurement   BENCH_DRAFT_ROUNDS (25)
#   BENCH_KINDS (1k 10k)      sizes of mail   BENCH_CONNECTIONS (32)
#   BENCH_DISK ($BUILD)       a folder on the disk that is measured
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/bench/lib.sh
. "$here/lib.sh"
mails=${BENCH_DRAFT_MAILS:-600}
rounds=${BENCH_DRAFT_ROUNDS:-25}
kinds=${BENCH_KINDS:-1k 10k}
# A regression shows here; the aim, a tenth of the whole way, is smtp.sh's.
most=1.15
connections=${BENCH_CONNECTIONS:-32}

bench_begin "${BENCH_DISK:-$BUILD}"
store=('[store]' 'time_max = 8s' "path = $work/db/tact.db")
mkdir "$work/db"
chmod 700 "$work/db"
[ "$(id -u)" != 0 ] || chown nobody "$work/db"
cp "$BUILD/bin/tact" "$BUILD/tools/milter-load" "$BUILD/tools/store-poke" "$work"
"$BUILD/tools/bench-mails" "$work/mails" >/dev/null || exit 1
# Proven mail: the store then has a customer and a profile to move.
sed -i '1i Authentication-Results: mx.bench.test; dmarc=pass header.from=client.example' \
	"$work"/mails/*/*.eml
chmod -R a+rX "$work/mails"
conf "${store[@]}" >"$work/tact.conf"
(as_user "$work/tact" init --config "$work/tact.conf") >/dev/null || exit 1

# load KIND
load() {
	(as_user "$work/milter-load" -c "$connections" -n "$mails" -u "run$(date +%s%N)" -p "$TACT_PID" \
		"$work/s/tact.sock" "$work/mails/$1"/*.eml)
}

poke() { (as_user "$work/store-poke" "$work/tact.conf" "$@"); }

# measure NAME KIND [LINE...]
measure() {
	local name=$1 kind=$2 line
	shift 2

	start_tact "$@"
	line=$(load "$kind")
	echo "$line" >>"$work/$kind-$name"
	stop_tact
}

draft=('mode = draft' 'draft_quota = 0' 'draft_quota_customer = 0' 'draft_quota_domain = 0')
for kind in $kinds; do
	echo "$kind mails, $connections connections, $rounds rounds of $mails in turn:"
	for _ in $(seq "$rounds"); do
		measure tags "$kind"
		measure kept "$kind" "${store[@]}"
		measure drafts "$kind" "${draft[@]}" "${store[@]}"
		queued=$(poke ask 'SELECT count(*) FROM draft')
		[ "$queued" = "$mails" ] || { echo "  only $queued of $mails were queued"; over=1; }
		# As where a drafter runs: a full queue gives up its oldest for each mail.
		poke run 'DELETE FROM draft_text; DELETE FROM draft'
	done
	printf '  CPU of a mail, ms: tagged %s, kept too %s, drafted too %s\n' \
		"$(median cpu_ms "$kind-tags")" "$(median cpu_ms "$kind-kept")" \
		"$(median cpu_ms "$kind-drafts")"
	bar "CPU of a mail with / without drafting, $kind" \
		"$(ratio "$(median cpu_ms "$kind-drafts")" "$(median cpu_ms "$kind-kept")")" '<=' "$most"
done
bench_end
