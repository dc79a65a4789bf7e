#!/bin/sh
# tact check-mta finds each misconfiguration of tests/check-mta/seeds, by its
# code and nothing besides, and no fault in a configuration that is right.
# TAP on standard output. Run from the root of the tree: tests/cli/check-mta.sh
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck source=tests/tap.sh
. tests/tap.sh

# codes COMMAND...: the codes it finds, sorted, in one line
codes() {
	"$@" --json >"$tmp/out" 2>"$tmp/err"
	status=$?
	found=$(grep -o '"code":"[^"]*"' "$tmp/out" | cut -d'"' -f4 | sort |
		tr '\n' ' ' | sed 's/ $//')
	[ -s "$tmp/err" ] && found="message: $(cat "$tmp/err")"
	[ -n "$found" ] || found=-
	case $status in
	0) [ "$found" = - ] || found="$found, but exit 0" ;;
	1) [ "$found" != - ] || found="exit 1 without a code" ;;
	*) found="$found, exit $status" ;;
	esac
	printf '%s\n' "$found"
}

# trim TEXT
trim() {
	printf '%s\n' "$1" | sed 's/^ *//; s/ *$//'
}

# seed MTA FILE SCRIPT: a copy of the reference, changed
seed() {
	rm -rf "$tmp/dir"
	mkdir "$tmp/dir"
	case $1 in
	sendmail.cf)
		cp tests/check-mta/sendmail.cf tests/check-mta/sendmail/tact.conf \
			"$tmp/dir"
		;;
	*) cp tests/check-mta/"$1"/* "$tmp/dir" ;;
	esac
	[ "$2" = - ] && return
	before=$(cat "$tmp"/dir/*)
	# The file may be a pattern.
	for file in "$tmp"/dir/$2; do
		sed -i "$3" "$file"
	done
	[ "$before" != "$(cat "$tmp"/dir/*)" ] ||
		printf '# the sed script changes nothing: %s\n' "$3"
}

# strips: does tact think that the tables of $tmp/dir remove our headers?
strips() {
	"$tact" check-mta postfix --dir "$tmp/dir" >/dev/null 2>&1
	case $? in
	0) echo yes ;;
	1) echo no ;;
	*) echo "exit $?" ;;
	esac
}

# The same of Postfix.
postfix_strips() {
	for header in 'X-Tact-Status: scored' 'x-tact-tier: vip'; do
		postmap -q "$header" "regexp:$tmp/dir/tact-strip" 2>/dev/null |
			grep -qiE '^(IGNORE|STRIP)' || { echo no; return; }
	done
	echo yes
}

grep -v '^#' tests/check-mta/seeds >"$tmp/seeds"
while IFS='|' read -r name mta file script wanted; do
	name=$(trim "$name") mta=$(trim "$mta") file=$(trim "$file")
	seed "$mta" "$file" "$(trim "$script")"
	set -- "$tact" check-mta "${mta%.cf}" --dir "$tmp/dir"
	[ -f "$tmp/dir/tact.conf" ] && set -- "$@" --config "$tmp/dir/tact.conf"
	same "$mta $name" "$(trim "$wanted")" "$(codes "$@")"
done <"$tmp/seeds"

# One rule of a table at a time.
while read -r wanted rule; do
	case $wanted in '#'*) continue ;; esac
	seed postfix -
	printf '%s\n' "$rule" >"$tmp/dir/tact-strip"
	found=$(strips)
	if [ "$found" = no ]; then
		sed -i 's/regexp:/pcre:/' "$tmp/dir/main.cf"
		[ "$(strips)" = yes ] && found=pcre
	fi
	same "pattern $rule" "$wanted" "$found"
	# What we call safe Postfix itself must take off.
	[ "$found" = yes ] && command -v postmap >/dev/null &&
		same "postmap $rule" yes "$(postfix_strips)"
done <tests/check-mta/patterns

# What the tree itself recommends is right.
rm -rf "$tmp/dir"
mkdir "$tmp/dir"
cp contrib/postfix/tact-strip tests/check-mta/postfix/master.cf "$tmp/dir"
# shellcheck disable=SC2016 # a parameter of Postfix
sed 's,/etc/postfix,$config_directory,; $a opendkim=' contrib/postfix/main.cf \
	>"$tmp/dir/main.cf"
same "contrib/postfix" - "$(codes "$tact" check-mta postfix --dir "$tmp/dir")"
cp contrib/sendmail/tact.mc "$tmp/dir/sendmail.mc"
same "contrib/sendmail" - "$(codes "$tact" check-mta sendmail \
	--dir "$tmp/dir" --config tests/check-mta/sendmail/tact.conf)"

# The output of postconf -n, without master.cf, from a file and from a pipe.
sed "s,[\$]{*config_directory}*,$tmp/dir,g" tests/check-mta/postfix/main.cf \
	>"$tmp/dir/postconf"
same "postconf -n" - \
	"$(codes "$tact" check-mta postfix --postconf "$tmp/dir/postconf")"
same "postconf -n | tact" - \
	"$(codes "$tact" check-mta postfix --postconf - <"$tmp/dir/postconf")"

tap_done
