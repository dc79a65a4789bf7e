#!/bin/bash
# make install into an empty place and make uninstall from it: everything a user
# needs is there, and nothing is left but what its administrator changed.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install() { make -s BUILD="$BUILD" DESTDIR="$work/root" PREFIX=/opt/tact "$1" >"$work/log" 2>&1 || { not_ok "make $1"; cat "$work/log"; }; }

install install
for f in opt/tact/sbin/tact-milter opt/tact/sbin/tact-drafter opt/tact/bin/tact etc/tact/tact.conf \
	opt/tact/share/tact/rules/lang/da.rules opt/tact/share/tact/rules/language.profile \
	opt/tact/share/tact/rules/corpus/README.md opt/tact/share/tact/rules/corpus/mails/train-da.jsonl \
	opt/tact/share/man/man8/tact-milter.8 opt/tact/share/man/man8/tact-drafter.8 opt/tact/share/man/man1/tact.1 \
	opt/tact/share/man/man5/tact.conf.5 opt/tact/share/man/man5/tact-rules.5 \
	opt/tact/share/man/man5/tact-templates.5 opt/tact/share/tact/rules/templates/da/greeting.md \
	opt/tact/share/tact/rules/knowledge/de/reset-password.md \
	opt/tact/share/tact/rules/prompts/draft.md \
	usr/lib/systemd/system/tact-purge.service usr/lib/systemd/system/tact-purge.timer \
	usr/lib/systemd/system/tact-train.service usr/lib/systemd/system/tact-train.timer \
	usr/lib/systemd/system/tact-value.service usr/lib/systemd/system/tact-value.timer \
	opt/tact/share/man/man1/tact-value.1 \
	opt/tact/share/doc/tact/dovecot/tact-learn.sieve \
	opt/tact/share/man/man1/tact-privacy.1 opt/tact/share/doc/tact/privacy/README.md \
	usr/lib/systemd/system/tact-drafter.service \
	usr/lib/systemd/system/tact-milter.service usr/lib/sysusers.d/tact.conf \
	usr/lib/tmpfiles.d/tact.conf opt/tact/share/bash-completion/completions/tact \
	opt/tact/share/doc/tact/README.md opt/tact/share/doc/tact/sieve/tact.sieve; do
	[ -f "$work/root/$f" ] && ok "installs $f" || not_ok "does not install $f"
done
grep -q '^ExecStart=/opt/tact/sbin/tact-milter -c /etc/tact/tact.conf' \
	"$work/root/usr/lib/systemd/system/tact-milter.service" &&
	ok 'the unit names the installed program' || not_ok 'the unit names another program'
grep -q '^ExecStart=/opt/tact/bin/tact privacy purge --config /etc/tact/tact.conf' \
	"$work/root/usr/lib/systemd/system/tact-purge.service" &&
	ok 'so does the unit that purges' || not_ok 'the unit that purges names another program'
grep -rlE '@[A-Z]+@' "$work/root/usr/lib/systemd" >/dev/null && not_ok 'a unit has an unfilled @NAME@' || ok 'units are filled in'
printf 'From: a@b.example\nSubject: hi\n\nHello, where is my order?\n' |
	"$work/root/opt/tact/bin/tact" inspect --json --rules "$work/root/opt/tact/share/tact/rules" - >"$work/out" 2>&1 &&
	grep -q '"language"' "$work/out" && ok 'the installed tact works on the installed rules' || { not_ok 'installed tact'; cat "$work/out"; }

install uninstall
left=$(find "$work/root" -type f)
[ -z "$left" ] && ok 'uninstall leaves no file' || not_ok "uninstall leaves: $left"

install install
echo '# mine' >>"$work/root/etc/tact/tact.conf"
install install
grep -q '^# mine' "$work/root/etc/tact/tact.conf" && ok 'a changed tact.conf survives an upgrade' || not_ok 'an upgrade overwrote tact.conf'
install uninstall
[ "$(find "$work/root" -type f)" = "$work/root/etc/tact/tact.conf" ] &&
	ok 'uninstall keeps a changed tact.conf, and nothing else' || not_ok "left: $(find "$work/root" -type f)"
tap_done
