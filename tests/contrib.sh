#!/bin/bash
# The samples that are handed out do what they say: Sieve scripts run by
# Pigeonhole's sieve-test, units verified and scored, Postfix's table tried.
set -u
cd "$(dirname "$0")/.." || exit 2
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# sieve-test will not run as root: there it becomes the user mail.
mkdir "$work/mail"
printf 'mail_location = maildir:%s/mail\nlog_path = /dev/stderr\nssl = no\n' "$work" >"$work/dovecot.conf"
if [ "$(id -u)" = 0 ]; then
	printf 'mail_uid = mail\nmail_gid = mail\nfirst_valid_uid = 1\n' >>"$work/dovecot.conf"
	chown mail "$work/mail"
fi
cp contrib/sieve/*.sieve "$work"
chmod -R a+rX "$work"

# sieve SCRIPT WANTED HEADER...: the actions for a mail with these headers
sieve() {
	local script=$1 wanted=$2 got
	shift 2
	{ printf 'From: a@b.example\nTo: support@firm.example\nSubject: s\n'; printf '%s\n' "$@"; printf '\nbody\n'; } >"$work/eml"
	chmod a+r "$work/eml"
	got=$(sieve-test -c "$work/dovecot.conf" -x '+editheader +vnd.dovecot.environment' "$work/$script" "$work/eml" 2>&1)
	if grep -qF "$wanted" <<<"$got"; then
		ok "sieve $script: ${*:-no headers} -> $wanted"
	else
		not_ok "sieve $script: ${*:-no headers} -> wanted '$wanted', got:"
		sed 's/^/    /' <<<"$got"
	fi
}

if command -v sieve-test >/dev/null; then
	sieve tact.sieve 'store message in folder: Escalated' 'X-Tact-Escalate: legal-threat' 'X-Tact-Urgency: high'
	sieve tact.sieve 'store message in folder: Automated' 'X-Tact-Status: skipped-automated'
	sieve tact.sieve 'store message in folder: Urgent' 'X-Tact-Urgency: high'
	sieve tact.sieve 'store message in folder: Unhappy' 'X-Tact-Sentiment-Score: 3' 'X-Tact-Confidence: high'
	sieve tact.sieve 'store message in folder: INBOX' 'X-Tact-Sentiment-Score: 3' 'X-Tact-Confidence: low'
	sieve tact.sieve 'store message in folder: INBOX' 'X-Tact-Sentiment-Score: 50' 'X-Tact-Confidence: high'
	sieve tact.sieve 'store message in folder: Accounts' 'X-Tact-Request: billing'
	sieve tact.sieve 'store message in folder: INBOX'
	sieve by-language.sieve 'store message in folder: Language.Da' 'X-Tact-Language: da'
	sieve by-language.sieve 'store message in folder: INBOX' 'X-Tact-Language: und'
	# The rule of drafts knows the site's secret from the settings alone.
	cp contrib/dovecot/tact-draft.sieve "$work"
	chmod a+r "$work/tact-draft.sieve"
	for secret in '' 0123456789abcdef0123; do
		sed '/^plugin/,$d' "$work/dovecot.conf" >"$work/dovecot.new"
		printf 'plugin {\n sieve_global_extensions = +editheader +vnd.dovecot.environment\n sieve_env_tact_secret = %s\n sieve_env_tact_drafts = %s\n}\n' \
			"$secret" "${secret:+Udkast}" >>"$work/dovecot.new"
		mv "$work/dovecot.new" "$work/dovecot.conf"
		for header in 'X-Tact-Secret: ' 'X-Tact-Secret: 0123456789abcdef012' \
			'X-Tact-Secret: ${env.vnd.dovecot.config.tact_secret}' \
			'X-Tact-Secret: *' 'Subject: 0123456789abcdef0123'; do
			sieve tact-draft.sieve 'store message in folder: INBOX' "$header"
		done
		[ -n "$secret" ] || sieve tact-draft.sieve 'store message in folder: INBOX' 'X-Tact-Secret: 0123456789abcdef0123'
	done
	sieve tact-draft.sieve 'add IMAP flags: \draft' 'X-Tact-Secret: 0123456789abcdef0123' 'Message-ID: <a@b>'
	sieve tact-draft.sieve 'store message in folder: Udkast' 'X-Tact-Secret: 0123456789abcdef0123' 'Message-ID: <a@b>'
else
	skip 'sieve samples' 'sieve-test is not installed'
fi

# Units call our own program: systemd takes a wrong command line for "not now".
tact=${BUILD:-build/plain}/bin/tact
sed -n 's/^Exec.*@BINDIR@\/tact \(.*\) --config @.*/\1/p' etc/systemd/*.in | sort -u >"$work/calls"
while read -r call; do
	# shellcheck disable=SC2086 # words
	"$tact" $call --config /dev/null >"$work/out" 2>&1
	status=$?
	[ $status -le 1 ] && ok "units: tact $call is understood" ||
		{ not_ok "units: tact $call: exit $status"; sed 's/^/    /' "$work/out"; }
done <"$work/calls"
[ "$(wc -l <"$work/calls")" -ge 4 ] && ok 'units: their calls are found' || not_ok 'units: their calls are not found'

# Drafting never competes with mail.
for line in 'Nice=1[0-9]' 'CPUWeight=[1-9][0-9]?' 'IOWeight=[1-9][0-9]?'; do
	grep -qxE "$line" etc/systemd/tact-drafter.service.in
	result "units: the drafter stands behind mail: ${line%%=*}" $?
done
if command -v systemd-analyze >/dev/null; then
	mkdir "$work/units"
	for unit in service socket; do
		sed "s|@SBINDIR@/tact-milter|/bin/true|; s|@SYSCONFDIR@|/etc|" \
			"etc/systemd/tact-milter.$unit.in" >"$work/units/tact-milter.$unit"
	done
	sed "s|@SBINDIR@/tact-drafter|/bin/true|; s|@BINDIR@/tact|/bin/true|; s|@SYSCONFDIR@|/etc|" \
		etc/systemd/tact-drafter.service.in >"$work/units/tact-drafter.service"
	sed "s|@BINDIR@/tact|/bin/true|; s|@SYSCONFDIR@|/etc|" \
		etc/systemd/tact-purge.service.in >"$work/units/tact-purge.service"
	cp etc/systemd/tact-purge.timer "$work/units"
	sed "s|@BINDIR@/tact|/bin/true|; s|@SYSCONFDIR@|/etc|" \
		etc/systemd/tact-train.service.in >"$work/units/tact-train.service"
	cp etc/systemd/tact-train.timer "$work/units"
	sed "s|@BINDIR@/tact|/bin/true|; s|@SYSCONFDIR@|/etc|" \
		etc/systemd/tact-value.service.in >"$work/units/tact-value.service"
	cp etc/systemd/tact-value.timer "$work/units"
	out=$(systemd-analyze verify --man=no "$work/units/tact-milter.service" "$work/units/tact-milter.socket" \
		"$work/units/tact-drafter.service" \
		"$work/units/tact-purge.service" "$work/units/tact-purge.timer" \
		"$work/units/tact-train.service" "$work/units/tact-train.timer" \
		"$work/units/tact-value.service" "$work/units/tact-value.timer" 2>&1 | grep -F tact-)
	[ -z "$out" ] && ok 'units are understood by systemd' || { not_ok 'units are understood by systemd'; sed 's/^/    /' <<<"$out"; }
	# The drafter alone has a network.
	for unit in tact-milter:10 tact-drafter:15 tact-purge:10 tact-train:10 tact-value:10; do
		most=${unit#*:} unit=${unit%:*}
		systemd-analyze security --offline=true --threshold="$most" "$work/units/$unit.service" >"$work/score" 2>&1 &&
			ok "sandbox of $unit: $(sed -n 's/.*Overall exposure level[^:]*: //p' "$work/score"), at most ${most%?}.${most#?}" ||
			{ not_ok "sandbox of $unit is laxer than ${most%?}.${most#?}"; grep Overall "$work/score"; }
	done
else
	skip 'units' 'systemd-analyze is not installed'
fi

if command -v postmap >/dev/null; then
	for name in X-Tact-Tier x-tact-status X_Tact_Urgency Resent-X-Tact-Why Old-X-Tact-Why 'X-Tact-Odd '; do
		[ "$(postmap -q "$name: x" regexp:contrib/postfix/tact-strip 2>/dev/null)" = IGNORE ] &&
			ok "tact-strip takes off $name" || not_ok "tact-strip leaves $name"
	done
	for name in X-Tactical Subject XX-Tact-Tier; do
		[ -z "$(postmap -q "$name: X-Tact-Tier: vip" regexp:contrib/postfix/tact-strip 2>/dev/null)" ] &&
			ok "tact-strip leaves $name" || not_ok "tact-strip takes off $name"
	done
	mkdir "$work/postfix"
	cp contrib/postfix/main.cf "$work/postfix/main.cf"
	printf 'compatibility_level = 3.6\n' >>"$work/postfix/main.cf"
	: >"$work/postfix/master.cf"
	out=$(postconf -c "$work/postfix" -n 2>&1 | grep -i warning)
	[ -z "$out" ] && ok 'main.cf sample: every line is a parameter of Postfix' ||
		{ not_ok 'main.cf sample'; sed 's/^/    /' <<<"$out"; }
else
	skip 'Postfix samples' 'Postfix is not installed'
fi
# The privacy papers: each language has all three, with the same placeholders
# as English, and the README explains every one.
placeholders() { grep -oh '{{[A-Z_]*}}' "$@" | sort -u; }
for lang in da sv nb de; do
	for paper in notice record dpia; do
		missing=$(comm -3 <(placeholders "contrib/privacy/en/$paper.md") <(placeholders "contrib/privacy/$lang/$paper.md") | grep -v AUTHORITY)
		[ -s "contrib/privacy/$lang/$paper.md" ] && [ -z "$missing" ] && ok "privacy/$lang/$paper.md has the placeholders of the English" ||
			not_ok "privacy/$lang/$paper.md: placeholders: $missing"
	done
done
for name in $(placeholders contrib/privacy/*/*.md); do
	grep -qF "$name" contrib/privacy/README.md || not_ok "privacy/README.md does not explain $name"
done
tap_done
