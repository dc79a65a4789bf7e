#!/bin/sh
# run.sh DIR SECONDS [NAME...]: each fuzz target built in DIR, two at a time.
# What it finds is left in DIR/found/NAME/; its corpus in DIR/corpus/NAME/.
set -u
cd "$(dirname "$0")/../.." || exit 2
dir=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')

one() {
	name=$1
	mkdir -p "$dir/corpus/$name" "$dir/found/$name"
	dict=tests/fuzz/$name.dict
	[ -e "$dict" ] && dict=-dict=$dict || dict=-verbosity=1
	if "$dir/fuzz_$name" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 \
		-max_len=65536 -print_final_stats=1 "$dict" -artifact_prefix="$dir/found/$name/" \
		"$dir/corpus/$name" "tests/fuzz/seeds/$name" >"$dir/$name.log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$name.log")
		echo "ok - fuzz $name: $runs runs in $seconds s, nothing found"
	else
		echo "not ok - fuzz $name: see $dir/$name.log and $dir/found/$name/"
		tail -n 15 "$dir/$name.log" | sed 's/^/    /'
		return 1
	fi
}

bad=0
while [ $# -gt 0 ]; do
	one "$1" & a=$!
	b=
	[ $# -gt 1 ] && { one "$2" & b=$!; shift; }
	shift
	wait $a || bad=1
	[ -z "$b" ] || wait $b || bad=1
done
exit $bad
