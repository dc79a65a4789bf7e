#!/bin/sh
# install.sh install|uninstall, called by the Makefile with DESTDIR, PREFIX,
# SYSCONFDIR, MANDIR, UNITDIR and (install) BUILD in the environment.
#
# One list serves both ways, so that what was installed is what is removed. A
# tact.conf that its administrator changed is neither overwritten nor removed.
# Where a file names /usr/local or /etc, it gets to name PREFIX and SYSCONFDIR.
set -eu
cd "$(dirname "$0")/.."
what=$1
DESTDIR=${DESTDIR:-}
share=$PREFIX/share/tact
doc=$PREFIX/share/doc/tact
units=$UNITDIR
lib=${UNITDIR%/systemd/system}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# put MODE FILE TARGET
put() {
	if [ "$what" = install ]; then
		install -D -m "$1" "$2" "$DESTDIR$3"
	else
		rm -f "$DESTDIR$3"
		leave "$(dirname "$3")"
	fi
}

# leave FOLDER: it goes if it is empty and Tact's own, not /usr/local/sbin
leave() {
	case $1 in
	*/tact | */tact/*)
		! rmdir "$DESTDIR$1" 2>/dev/null || leave "$(dirname "$1")"
		;;
	esac
}

# fill FILE: its @NAMES@ and the places where Tact is replaced
fill() {
	sed -e "s|@SBINDIR@|$PREFIX/sbin|g" -e "s|@BINDIR@|$PREFIX/bin|g" -e "s|@SYSCONFDIR@|$SYSCONFDIR|g" \
		-e "s|/usr/local/share/|$PREFIX/share/|g" -e "s|/etc/tact|$SYSCONFDIR/tact|g" "$1" \
		>"$scratch/$(basename "$1" .in)"
	echo "$scratch/$(basename "$1" .in)"
}

config() {
	target=$DESTDIR$SYSCONFDIR/tact/tact.conf
	sample=$(fill etc/tact.conf)
	if [ "$what" = install ]; then
		[ -e "$target" ] && ! cmp -s "$sample" "$target" &&
			{ echo "kept $target; the new sample is $share/tact.conf.sample"; return; }
		put 644 "$sample" "$SYSCONFDIR/tact/tact.conf"
	elif [ -e "$target" ] && ! cmp -s "$sample" "$target"; then
		echo "kept $target, which was changed; remove it by hand"
	else
		put 644 "$sample" "$SYSCONFDIR/tact/tact.conf"
	fi
}

# Stopped and disabled first, so that nothing is left that starts what is gone.
if [ "$what" = uninstall ] && [ -z "$DESTDIR" ] && [ -d /run/systemd/system ]; then
	systemctl disable --now tact-milter.socket tact-milter.service tact-drafter.service \
		tact-purge.timer tact-value.timer tact-train.timer >/dev/null 2>&1 || :
fi
put 755 "${BUILD:-}/bin/tact-milter" "$PREFIX/sbin/tact-milter"
put 755 "${BUILD:-}/bin/tact-drafter" "$PREFIX/sbin/tact-drafter"
put 755 "${BUILD:-}/bin/tact" "$PREFIX/bin/tact"
config
put 644 "$(fill etc/tact.conf)" "$share/tact.conf.sample"
for f in $(cd rules && find . -name '*.rules' -o -name '*.profile' -o -name '*.model' -o -name 'public-domains.txt' -o -path './templates/*.md' -o -path './prompts/*.md' | sort); do
	put 644 "rules/$f" "$share/rules/${f#./}"
done
# The texts to train on: a site's own are few, and are learnt beside these.
for f in models/README.md corpus/README.md corpus/LABELS.md $(cd rules && find corpus/mails -name '*.jsonl' | sort); do
	put 644 "rules/$f" "$share/rules/$f"
done
put 644 "$(fill milter/filter/tact-milter.8)" "$MANDIR/man8/tact-milter.8"
put 644 "$(fill milter/drafter/tact-drafter.8)" "$MANDIR/man8/tact-drafter.8"
for f in milter/cli/*.1; do
	put 644 "$(fill "$f")" "$MANDIR/man1/${f##*/}"
done
put 644 "$(fill etc/tact.conf.5)" "$MANDIR/man5/tact.conf.5"
put 644 "$(fill rules/tact-rules.5)" "$MANDIR/man5/tact-rules.5"
put 644 "$(fill rules/tact-templates.5)" "$MANDIR/man5/tact-templates.5"
put 644 "$(fill etc/systemd/tact-milter.service.in)" "$units/tact-milter.service"
put 644 "$(fill etc/systemd/tact-milter.socket.in)" "$units/tact-milter.socket"
put 644 "$(fill etc/systemd/tact-drafter.service.in)" "$units/tact-drafter.service"
put 644 "$(fill etc/systemd/tact-purge.service.in)" "$units/tact-purge.service"
put 644 etc/systemd/tact-purge.timer "$units/tact-purge.timer"
put 644 "$(fill etc/systemd/tact-value.service.in)" "$units/tact-value.service"
put 644 etc/systemd/tact-value.timer "$units/tact-value.timer"
put 644 "$(fill etc/systemd/tact-train.service.in)" "$units/tact-train.service"
put 644 etc/systemd/tact-train.timer "$units/tact-train.timer"
put 644 etc/sysusers.d/tact.conf "$lib/sysusers.d/tact.conf"
put 644 "$(fill etc/tmpfiles.d/tact.conf)" "$lib/tmpfiles.d/tact.conf"
put 644 contrib/completion/tact.bash "$PREFIX/share/bash-completion/completions/tact"
put 644 contrib/completion/_tact "$PREFIX/share/zsh/site-functions/_tact"
for f in README.md CHANGELOG.md LICENSE; do
	put 644 $f "$doc/$f"
done
# Articles of a firm that does not exist: to copy from, never to answer with.
for f in $(cd rules && find knowledge -name '*.md' | sort); do
	put 644 "rules/$f" "$doc/$f"
done
for f in $(find contrib/postfix contrib/sendmail contrib/sieve contrib/clients contrib/dovecot contrib/schema contrib/privacy -type f | sort); do
	put 644 "$f" "$doc/${f#contrib/}"
done

[ -z "$DESTDIR" ] && [ "$(id -u)" = 0 ] || exit 0
if [ "$what" = uninstall ]; then
	[ ! -d /run/systemd/system ] || systemctl daemon-reload || :
	echo "Removed. What Tact made stays: the user tact, /var/lib/tact, $SYSCONFDIR/tact/rules,"
	echo "/var/spool/postfix/tact; and the MTA still has its lines, see tact check-mta's advice."
	exit 0
fi
if command -v systemd-sysusers >/dev/null && command -v systemd-tmpfiles >/dev/null; then
	systemd-sysusers "$lib/sysusers.d/tact.conf" || :
	# A folder whose group is not there yet is made when Postfix is.
	systemd-tmpfiles --create "$lib/tmpfiles.d/tact.conf" 2>/dev/null || :
else
	echo "There is no systemd here: make the user tact and the folders that"
	echo "$lib/tmpfiles.d/tact.conf names by hand."
fi
[ ! -d /run/systemd/system ] || systemctl daemon-reload || :
echo "Installed. Next: name a mailbox in $SYSCONFDIR/tact/tact.conf, then"
echo "  tact config check && systemctl enable --now tact-milter"
echo "With a database ([store] in it) also: tact init, and"
echo "  systemctl enable --now tact-purge.timer tact-value.timer"
echo "and tell the MTA: $doc/postfix/ or $doc/sendmail/"
