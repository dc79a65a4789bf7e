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
# Where it goes is compiled in; another PREFIX would make everything anew.
rules=$("$BUILD/bin/tact" config sample | sed -n 's/^#rules = \([^;]*\);.*/\1/p')
prefix=${rules%/share/tact/rules}
p=${prefix#/}
install() { make -s BUILD="$BUILD" DESTDIR="$work/root" PREFIX="$prefix" "$1" >"$work/log" 2>&1 || { not_ok "make $1"; cat "$work/log"; }; }

mkdir -p "$work/root/$p/sbin" "$work/root/$p/share/zsh/site-functions"
install install
for f in $p/sbin/tact-milter $p/sbin/tact-drafter $p/bin/tact etc/tact/tact.conf \
	$p/share/tact/rules/lang/da.rules $p/share/tact/rules/language.profile \
	$p/share/tact/rules/corpus/README.md $p/share/tact/rules/corpus/mails/train-da.jsonl \
	$p/share/man/man8/tact-milter.8 $p/share/man/man8/tact-drafter.8 $p/share/man/man1/tact.1 \
	$p/share/man/man5/tact.conf.5 $p/share/man/man5/tact-rules.5 \
	$p/share/man/man5/tact-templates.5 $p/share/tact/rules/templates/da/greeting.md \
	$p/share/doc/tact/knowledge/de/reset-password.md \
	$p/share/tact/rules/prompts/draft.md \
	usr/lib/systemd/system/tact-purge.service usr/lib/systemd/system/tact-purge.timer \
	usr/lib/systemd/system/tact-train.service usr/lib/systemd/system/tact-train.timer \
	usr/lib/systemd/system/tact-value.service usr/lib/systemd/system/tact-value.timer \
	$p/share/man/man1/tact-value.1 \
	$p/share/doc/tact/dovecot/tact-learn.sieve \
	$p/share/man/man1/tact-privacy.1 $p/share/doc/tact/privacy/README.md \
	usr/lib/systemd/system/tact-drafter.service \
	usr/lib/systemd/system/tact-milter.service usr/lib/sysusers.d/tact.conf \
	usr/lib/tmpfiles.d/tact.conf $p/share/bash-completion/completions/tact \
	$p/share/doc/tact/README.md $p/share/doc/tact/sieve/tact.sieve; do
	[ -f "$work/root/$f" ] && ok "installs $f" || not_ok "does not install $f"
done
grep -q "^ExecStart=$prefix/sbin/tact-milter -c /etc/tact/tact.conf" \
	"$work/root/usr/lib/systemd/system/tact-milter.service" &&
	ok 'the unit names the installed program' || not_ok 'the unit names another program'
grep -q "^ExecStart=$prefix/bin/tact privacy purge --config /etc/tact/tact.conf" \
	"$work/root/usr/lib/systemd/system/tact-purge.service" &&
	ok 'so does the unit that purges' || not_ok 'the unit that purges names another program'
[ -f "$work/root$rules/language.profile" ] &&
	ok 'what analysis.rules is by default is installed' || not_ok "the default of analysis.rules is not installed: $rules"
[ ! -e "$work/root$rules/knowledge" ] &&
	ok 'no sample article is where replies are made of' || not_ok 'sample articles would answer customers'
cmp -s <("$work/root/$p/bin/tact" config sample) "$work/root/etc/tact/tact.conf" &&
	ok "tact.conf tells the installed program's defaults" || not_ok 'tact.conf tells other defaults'
grep -rlE '@[A-Z]+@' "$work/root/usr/lib/systemd" >/dev/null && not_ok 'a unit has an unfilled @NAME@' || ok 'units are filled in'
printf 'From: a@b.example\nSubject: hi\n\nHello, where is my order?\n' |
	"$work/root$prefix/bin/tact" inspect --json --rules "$work/root$prefix/share/tact/rules" - >"$work/out" 2>&1 &&
	grep -q '"language"' "$work/out" && ok 'the installed tact works on the installed rules' || { not_ok 'installed tact'; cat "$work/out"; }

install uninstall
left=$(find "$work/root" -type f)
[ -z "$left" ] && ok 'uninstall leaves no file' || not_ok "uninstall leaves: $left"
[ -d "$work/root/$p/sbin" ] && [ -d "$work/root/$p/share/zsh/site-functions" ] &&
	ok 'uninstall leaves the folders of the host' || not_ok 'uninstall removed a folder of the host'
left=$(find "$work/root" -name tact)
[ -z "$left" ] && ok 'and none of ours' || not_ok "uninstall leaves: $left"

install install
echo '# mine' >>"$work/root/etc/tact/tact.conf"
install install
grep -q '^# mine' "$work/root/etc/tact/tact.conf" && ok 'a changed tact.conf survives an upgrade' || not_ok 'an upgrade overwrote tact.conf'
install uninstall
[ "$(find "$work/root" -type f)" = "$work/root/etc/tact/tact.conf" ] &&
	ok 'uninstall keeps a changed tact.conf, and nothing else' || not_ok "left: $(find "$work/root" -type f)"
tap_done
