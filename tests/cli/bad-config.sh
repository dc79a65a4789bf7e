#!/bin/sh
# Some 300 settings files, each with one fault: tact config check names file and
# line, ends with 1 within a second, and never by a signal. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

# refuse NAME: the file $tmp/tact.conf is refused, with file and line
refuse() {
	n=$((n + 1))
	timeout 1 "$tact" config check --config "$tmp/tact.conf" >"$tmp/out" 2>&1
	status=$?
	if [ $status != 1 ] || ! grep -qE "$tmp/tact.conf:([0-9]+:)? " "$tmp/out"; then
		bad=$((bad + 1))
		echo "# $1: exit $status: $(head -n 1 "$tmp/out")"
	fi
}

# with SECTION LINE: a file that is right but for LINE in SECTION
with() {
	printf '# a comment\n[%s]\n%b\n' "$1" "$2" >"$tmp/tact.conf"
	refuse "[$1] $2"
}

"$tact" config show --config /dev/null >"$tmp/show" 2>/dev/null ||
	"$tact" config sample >"$tmp/show"
section=
while read -r name equals value; do
	case $name in
	'['*) section=${name#[} section=${section%]} && continue ;;
	'') continue ;;
	esac
	[ "$equals" = '=' ] || continue
	# The same for every setting.
	with "$section" "${name}x = 1"
	with "$section" "$name = 1\n$name = 1"
	with "$section" "$name = a\\0377b"
	with "$section" "$name = a\\000b"
	with "other" "$name = 1"
	with "$section" "$name"
	with "$section" "$name: 1"
	with "$section" "[$name = 1"
	case $value in
	true | false)
		for wrong in '' yes 1 TRUE tru 'true false' on 0; do
			with "$section" "$name = $wrong"
		done
		;;
	*ms | *[0-9]s | *[0-9]m)
		for wrong in '' -1s 0 1 1x s '1 2s' 1000h 99999999999999999999s 1e3s; do
			with "$section" "$name = $wrong"
		done
		;;
	*[0-9]d)
		for wrong in '' -1d 0 1 1x d '1 2d' 99999d 99999999999999999999d 1e3d; do
			with "$section" "$name = $wrong"
		done
		;;
	*[0-9][KM])
		for wrong in '' -1 0 1 1T K 1KK 99999999999999999999 1.5M 0x1000; do
			with "$section" "$name = $wrong"
		done
		;;
	/*\;*) ;;
	/*)
		for wrong in '' relative/path ./a 'unix:x'; do
			with "$section" "$name = $wrong"
		done
		;;
	127.*/*)
		for wrong in nonsense 1.2.3 1.2.3.4/33 ::1/129 '::1;x'; do
			with "$section" "$name = $wrong"
		done
		;;
	0660) ;;
	[0-9]*)
		# where none of it is a choice
		case $name in hysteresis | discount_percent | words_min | *_per_day | cost_per_* | minutes_per_*) least=-1 ;; *) least=0 ;; esac
		for wrong in '' -1 $least x 1x 99999999999 99999999999999999999 0x1 '1 2'; do
			with "$section" "$name = $wrong"
		done
		;;
	stderr | info)
		for wrong in '' nonsense STDERR 0 'info debug' stderrs; do
			with "$section" "$name = $wrong"
		done
		;;
	esac
done <"$tmp/show"

for wrong in '' tagg TAG 0; do
	with 'mailbox a@example.com' "mode = $wrong"
done
for address in '' a a@ @b 'a b@c.example' 'a@b@c' 'a@c.example, b@c.example' '<>'; do
	with "mailbox $address" 'mode = tag'
done
with 'mailbox a@example.com' 'nothing = 1'
with 'mailbox a@example.com' 'mode = tag\n[mailbox A@Example.COM]\nmode = tag'
with 'mailbox a@example.com' 'aliases = b@example.com\n[mailbox b@example.com]'
with milter 'no equals sign'
with milter '= 1'
with milter '[milter'
with milter '[log]\n[milter]\n[nonsense]'
printf 'filters = 1\n' >"$tmp/tact.conf"
refuse 'a setting before any section'
{ printf '[milter]\nfilters = ' && head -c 1000000 /dev/zero | tr '\0' 9; } \
	>"$tmp/tact.conf"
refuse 'a line of a megabyte'

echo "# $n files, $bad of them not refused as they should"
if [ "$n" -ge 300 ] && [ $bad = 0 ]; then
	echo "ok 1 - $n bad settings files are refused by file and line"
else
	echo "not ok 1 - $bad of $n bad settings files"
fi
echo 1..1
[ $bad = 0 ]
