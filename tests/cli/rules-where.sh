#!/bin/sh
# Where the rules come from: --rules, else TACT_RULES, else the settings, else
# what was installed, else the tree that tact was built in. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
small=tests/corpus/cli/rules
bad=tests/corpus/cli/bad-rules
# shellcheck source=tests/tap.sh
. tests/tap.sh

# examples: how many the rules hold, of rules check's JSON on standard input
examples() {
	sed -n 's/.*"examples":\([0-9]*\),"languages".*/\1/p'
}

unset TACT_RULES
same option 10 "$("$tact" rules check --json --rules $small | examples)"
same environment 2 "$(TACT_RULES=$bad "$tact" rules check --json | examples)"
same option-first 10 \
	"$(TACT_RULES=$bad "$tact" rules check --json --rules $small | examples)"
same environment-before-settings 2 "$(TACT_RULES=$bad "$tact" rules check \
	--json --config tests/corpus/cli/tact.conf | examples)"
same settings 10 \
	"$("$tact" rules check --json --config tests/corpus/cli/tact.conf | examples)"
same two-folders 10 \
	"$("$tact" rules check --json --rules $bad:$small | examples)"
if [ -e /etc/tact ] || [ -e /usr/share/tact ] || [ -e /usr/local/share/tact ]; then
	skip tree 'Tact is installed here'
else
	here=$PWD mail=$PWD
	case $tact in /*) here= ;; esac
	found=$(cd / && "${here:+$here/}$tact" inspect --why --json \
		"$mail/tests/corpus/cli/mails/01-angry.eml" |
		grep -c '"status":"scored"')
	same tree 1 "$found"
fi
tap_done
