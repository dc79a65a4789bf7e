#!/bin/sh
# Where the rules come from: --rules, else TACT_RULES, else the settings, else
# what was installed, else the tree that tact was built in. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
small=tests/corpus/cli/rules
bad=tests/corpus/cli/bad-rules
n=0
failed=0

# result NAME WANTED FOUND
result() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - rules of $1"
	else
		echo "not ok $n - rules of $1: wanted $2, found $3"
		failed=1
	fi
}

# examples: how many the rules hold, of rules check's JSON on standard input
examples() {
	sed -n 's/.*"examples":\([0-9]*\),"languages".*/\1/p'
}

unset TACT_RULES
result option 10 "$("$tact" rules check --json --rules $small | examples)"
result environment 2 "$(TACT_RULES=$bad "$tact" rules check --json | examples)"
result option-first 10 \
	"$(TACT_RULES=$bad "$tact" rules check --json --rules $small | examples)"
result environment-before-settings 2 "$(TACT_RULES=$bad "$tact" rules check \
	--json --config tests/corpus/cli/tact.conf | examples)"
result settings 10 \
	"$("$tact" rules check --json --config tests/corpus/cli/tact.conf | examples)"
result two-folders 10 \
	"$("$tact" rules check --json --rules $bad:$small | examples)"
if [ -e /etc/tact ] || [ -e /usr/share/tact ] || [ -e /usr/local/share/tact ]; then
	n=$((n + 1))
	echo "ok $n - rules of tree # SKIP Tact is installed here"
else
	here=$PWD mail=$PWD
	case $tact in /*) here= ;; esac
	found=$(cd / && "${here:+$here/}$tact" inspect --why --json \
		"$mail/tests/corpus/cli/mails/01-angry.eml" |
		grep -c '"status":"scored"')
	result tree 1 "$found"
fi
echo "1..$n"
exit $failed
