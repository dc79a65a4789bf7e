#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# RELIABILITY L-1: a word that stands in the profiles and orders of everybody
# else, in settings, paths, the key, the host's name, and for each mail one of its
# own. Of the first none is in any byte that goes to a model, in any draft, in any
# log, however written; of the second none but in its own request and draft, and
# none in a log. TAP.
#
#   JOBS=40 tests/drafter/canaries.sh
# shellcheck disable=SC2086 # $as is a command with its arguments
set -u
cd "$(dirname "$0")/../.." || exit 2
JOBS=${JOBS:-40} OTHERS=${OTHERS:-200}
if [ "${1:-}" != inside ] && command -v ip >/dev/null && unshare -un true 2>/dev/null; then
	exec unshare -un sh -c 'ip link set lo up; echo zqxneedle90001 >/proc/sys/kernel/hostname; exec "$0" inside' "$0"
fi
. tests/scenario/lib.sh
. tests/drafter/site.sh
needles=$BUILD/tools/needles
state=$dir/run/zqxneedle90002
site_begin
model_start
printf 'sk-zqxneedle90003\n' >"$dir/run/key"
chmod 600 "$dir/run/key"
[ "$(id -u)" != 0 ] || chown "$user" "$dir/run/key"
DRAFTER="api_key_file = $dir/run/key" site_conf 'imap_user = zqxneedle90004' 'from_name = Support' \
	'[mailbox zqxneedle90005@example.com]' 'mode = draft' 'from_name = zqxneedle90006' \
	'[privacy]' 'controller = zqxneedle90007' 'contact = zqxneedle90008@example.com'
site_init
# Everybody else: customers with orders, some of whom wrote too.
mkdir "$dir/others"
"$needles" make "$dir/others" "$OTHERS" >/dev/null
chmod -R a+rX "$dir/others"
$as "$dir/tact" customer import "$dir/others/orders.csv" --config "$dir/main.conf" >"$dir/out" 2>&1
result 'orders of others are imported' $?
$as "$dir/tact" value fit --config "$dir/main.conf" >"$dir/out" 2>&1 || :
others=0
for mail in $(find "$dir/others" -name '*.eml' | sort | head -n $((OTHERS / 4))); do
	make_drafts 1 1 "$mail" >/dev/null 2>&1 && others=$((others + 1))
done
is "others have written too: $others" [ $others -gt 0 ]
poke run "UPDATE draft SET next_at = next_at + 8000000" # and wait
poke run "INSERT INTO budget VALUES (1, 1, 1, 1)" 2>/dev/null

sed -e 's/Pakke @N@/Pakke qvmine@N@qv/; s/Bo Hansen <bo@/Bo Qvmine@N@qv <bo@/' \
	-e 's/min pakke?/min pakke qvmine@N@qv?/; s/hilsen Bo Hansen/hilsen Bo Qvmine@N@qv, +45 28 11 42 91/' "$dir/mail.eml" >"$dir/mine.eml"
chmod a+r "$dir/mine.eml"
make_drafts 1 "$JOBS" "$dir/mine.eml" >"$dir/made"
start=$(date +%s)
$as timeout 6000 "$dir/tact-drafter" -c "$dir/main.conf" --once 2>"$dir/run/drafter.log"
result "$JOBS jobs" $?
echo "# $JOBS jobs in $(($(date +%s) - start)) s, $(asked) requests"
same 'each has a draft' "$JOBS" "$(find "$dir/run/md/cur" "$dir/run/md/new" -type f | wc -l)"
same 'and asked once' "$JOBS" "$(asked)"

# -------------------------------------------------- of others, of this host
mkdir "$dir/requests" "$dir/drafts"
cp "$model"/* "$dir/requests"
cp "$dir"/run/md/cur/* "$dir/drafts" 2>/dev/null
is 'the search finds the key where it belongs' sh -c "! '$needles' scan '$dir/requests' >/dev/null"
grep -L '^Authorization: Bearer sk-zqxneedle90003$' "$dir"/requests/* | head -n 3
sed -i '1,/^$/{/^Authorization: /d}' "$dir"/requests/*
# clean NAME FILE...: no canary of others
clean() {
	local name=$1
	shift
	if "$needles" scan "$@" >"$dir/out"; then
		ok "L-1: $name: $(sed -n 's/^# //p' "$dir/out")"
	else
		not_ok "L-1: $name"
		head -n 10 "$dir/out" | sed 's/^/# /'
	fi
}
clean 'nothing of others goes to a model' "$dir/requests"
clean 'or into a draft' "$dir/drafts"
clean 'or into a log' "$dir/run/drafter.log"

# ---------------------------------------------------------------- of each
# strange FOLDER: files with the mark of another mail than the first in it
strange() {
	grep -roiE 'qvmine[0-9]+qv' "$1" | tr '[:upper:]' '[:lower:]' | sort -u | cut -d: -f1 | uniq -d
}
decoded() { # quoted printable and encoded words may cut a word in two
	for file in "$1"/*; do
		perl -pe 's/=\r?\n//' "$file" | perl -pe 's/=([0-9A-F]{2})/chr hex $1/ge; s/\?=\r?\n? =\?utf-8\?q\?//gi' >"$file.x" && mv "$file.x" "$file"
	done
}
decoded "$dir/drafts"
same 'L-1: no request has what another customer wrote' '' "$(strange "$dir/requests" | head -n 3)"
same 'L-1: nor a draft' '' "$(strange "$dir/drafts" | head -n 3)"
is 'the search finds its own' [ "$(grep -rliE 'qvmine[0-9]+qv' "$dir/requests" | wc -l)" = "$JOBS" ]
same 'L-1: no log has any of it' 0 "$(grep -ciE 'qvmine|kunde[0-9]+\.example' "$dir/run/drafter.log")"
same 'L-1: no number of a phone goes out' 0 "$(grep -rlE '28 ?11 ?42 ?91' "$dir/requests" | wc -l)"
exec 9>&-
tap_done || { [ ! "${VERBOSE:-}" ] || tail -n 20 "$dir/run/drafter.log"; exit 1; }
