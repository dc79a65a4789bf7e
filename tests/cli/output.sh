#!/bin/sh
# Each command of tests/cli/cases, its whole output and exit code compared with
# tests/cli/expected/NAME. After a change that is meant to change them:
#
#   BUILD=build/plain tests/cli/output.sh --write && git diff tests/cli
#
# TAP on standard output. Run from the root of the tree.
set -u
tact=${BUILD:-build/plain}/bin/tact
write=${1:-}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset TACT_RULES
# shellcheck source=tests/tap.sh
. tests/tap.sh

# What stands in the cases, after "@" has become the corpus.
run() {
	input=/dev/null
	case $1 in
	*' <@'*) input=tests/corpus/cli/${1##*<@/} ;;
	esac
	# shellcheck disable=SC2046 # the words are operands
	set -- $(printf '%s\n' "$1" |
		sed "s, <@.*,,; s,@/,tests/corpus/cli/,g")
	"$tact" "$@" <"$input" >"$tmp/out" 2>"$tmp/err"
	echo "exit $?" >"$tmp/status"
	{
		cat "$tmp/status"
		sed 's/^/2> /' "$tmp/err"
		cat "$tmp/out"
	} | sed 's/^tact [0-9.]*$/tact VERSION/' >"$tmp/all"
}

# compare NAME WANTED-EXIT
compare() {
	[ "$write" = --write ] && cp "$tmp/all" "tests/cli/expected/$1"
	if [ "$(cat "$tmp/status")" != "exit $2" ]; then
		not_ok "$1: $(cat "$tmp/status"), wanted $2"
	elif ! diff -u "tests/cli/expected/$1" "$tmp/all" >"$tmp/diff" 2>&1; then
		not_ok "$1"
		head -n 20 "$tmp/diff" | sed 's/^/# /'
	else
		ok "$1"
	fi
}

while IFS='|' read -r name code arguments; do
	case $name in '#'* | '') continue ;; esac
	name=${name% }
	code=${code# } code=${code% }
	run "$arguments"
	compare "$name" "$code"
done <tests/cli/cases

for name in tests/cli/expected/*; do
	name=${name##*/}
	grep -q "^$name |" tests/cli/cases ||
		not_ok "expected/$name belongs to no case"
done
tap_done
