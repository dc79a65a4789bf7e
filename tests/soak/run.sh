#!/bin/sh
# What needs an hour, or a disk, or ten million rows: run.sh [NAME...]
#
# Each script of this folder is a suite that speaks TAP; its whole output goes
# to BUILD/soak/NAME.log, its measurements ("# ...") and failures to the
# terminal too.
#
#   BUILD=build/plain tests/soak/run.sh [NAME...]
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build/plain}
export BUILD
mkdir -p "$BUILD/soak"
wanted=" $* "
failed=0
for script in tests/soak/*.sh; do
	name=$(basename "$script" .sh)
	[ "$name" = run ] && continue
	[ "$wanted" = "  " ] || case $wanted in *" $name "*) ;; *) continue ;; esac
	log=$BUILD/soak/$name.log
	start=$(date +%s)
	"$script" >"$log" 2>&1
	status=$?
	bad=$(grep -c '^not ok ' "$log")
	[ $status = 0 ] && [ "$bad" = 0 ] || failed=$((failed + 1))
	printf '%-24s %4d passed %3d failed  exit %d %6ds\n' "$name" \
		"$(grep -c '^ok ' "$log")" "$bad" $status $(($(date +%s) - start))
	grep -E '^(not ok|# |Bail out)' "$log" | sed 's/^/    /'
done
echo "soak: $failed failed"
[ $failed = 0 ]
