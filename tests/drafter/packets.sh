#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY L-12: without a model, or for a customer who objected, no packet
# leaves. In a network of its own every address there is leads into one device,
# whose counters are looked at. TAP; needs root.
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
if [ "${1:-}" != inside ]; then
	unshare -n true 2>/dev/null && command -v ip >/dev/null ||
		{ echo 'ok 1 - packets # SKIP needs root, unshare and ip'; echo 1..1; exit 0; }
	exec unshare -n "$0" inside
fi
. tests/scenario/lib.sh
. tests/drafter/site.sh
ip link set lo up && ip route add default dev lo && ip -6 route add default dev lo 2>/dev/null
site_begin
model_start

# packets: all that any device has sent
packets() { awk 'NR > 2 { sub(/^.*:/, ""); n += $10 } END { print n }' /proc/net/dev; }
once() { $as timeout 60 "$dir/tact-drafter" -c "$dir/main.conf" --once 2>>"$dir/run/drafter.log"; }
# drafts WANTED: as many were delivered
drafts() { [ "$(poke ask 'SELECT count(*) FROM draft WHERE state = 4')" = "$1" ]; }

# silent NAME COMMAND...: it sends nothing
silent() {
	name=$1
	before=$(packets)
	shift
	"$@"
	status=$?
	same "L-12: $name: packets" 0 $(($(packets) - before))
	[ $status = 0 ] || not_ok "$name: status $status"
}

site_conf
site_init
make_drafts 1 3 >/dev/null
before=$(packets)
once
sent=$(($(packets) - before))
is "a model is asked: $sent packets, so they are counted" [ $sent -gt 10 ]
is 'and drafts are there' drafts 3
before=$(packets)
URL=https://9.9.9.9/v1 site_conf
make_drafts 4 1 >/dev/null
once
sent=$(($(packets) - before))
is "one elsewhere too ($sent)" [ $sent -gt 0 ]

n=$(asked)
for address in "$url" https://models.example/v1 https://9.9.9.9/v1; do
	ENGINE=template URL=$address site_conf
	site_init
	make_drafts 1 20 >/dev/null
	silent "engine = template beside $address" once
	is 'and drafts are there' drafts 20
done
URL=$url site_conf 'draft_engine = template'
site_init
make_drafts 1 20 >/dev/null
silent 'draft_engine = template of the mailbox' once
is 'and drafts are there' drafts 20
same 'nobody was asked' 0 "$(asked)"
is 'but before' [ "$n" = 3 ]

# One who objects while a draft waits, for one and for the whole of his mails.
site_conf
site_init
poke seed bo@kunde1.example basic 5
make_drafts 1 1 >/dev/null
$as "$dir/tact" privacy object --config "$dir/main.conf" --yes bo@kunde1.example >"$dir/out" 2>&1
result 'a customer objects while a draft waits' $?
make_drafts 2 1 >/dev/null
$as "$dir/tact" privacy object --config "$dir/main.conf" --yes bo@kunde2.example >"$dir/out" 2>&1
result 'so does one who is no customer' $?
silent 'who has objected' once
same 'and no draft is there' 0 "$(poke ask 'SELECT count(*) FROM draft WHERE state = 4')"
same 'nobody was asked' 0 "$(asked)"
poke seed ida@kunde9.example basic 5
sed '1i Authentication-Results: mx.test; dmarc=pass header.from=kunde9.example
s/bo@kunde@N@/ida@kunde9/' "$dir/mail.eml" >"$dir/ida.eml"
chmod a+r "$dir/ida.eml"
make_drafts 9 1 "$dir/ida.eml" >/dev/null
same 'a draft of a customer waits' 1 "$(poke ask 'SELECT count(*) FROM draft WHERE customer IS NOT NULL AND fate = 0')"
poke run 'UPDATE customer SET consent = 1'
silent 'a consent that was withdrawn' once
same 'nobody was asked' 0 "$(asked)"
exec 9>&-
tap_done || { [ ! "${VERBOSE:-}" ] || tail -n 40 "$dir/run/drafter.log"; exit 1; }
