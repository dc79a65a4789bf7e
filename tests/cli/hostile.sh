#!/bin/sh
# Mails of a stranger: what tact prints of them is valid UTF-8 without control,
# bidi, zero-width and tag characters; no mail ends it by a signal. The mails
# are made here; those of the folder TACT_DATA are tried too. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
rules=tests/corpus/cli/rules
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
# shellcheck source=tests/tap.sh
. tests/tap.sh

# What must not be in any output: C0 but \n and \t, DEL, C1, bidi controls,
# zero-width, soft hyphen, tag characters. (A JSON string may hold \u0000.)
forbidden=$(printf '[\001-\010\013-\037\177]|\302[\200-\237\255]|\330\234|\342\200[\213\214\216\217\252-\256]|\342\201[\240\246-\251]|\357\273\277|\363\240[\200\201][\200-\277]')

# clean NAME PATH...: inspected as text and JSON
clean() {
	name=$1
	shift
	why=
	for form in '' --json; do
		# shellcheck disable=SC2086 # no form is no word
		"$tact" inspect $form --text --why --rules "$rules" "$@" \
			>"$tmp/out" 2>"$tmp/err"
		status=$?
		[ $status -le 1 ] || why="exit $status"
		iconv -f UTF-8 -t UTF-8 "$tmp/out" >/dev/null 2>&1 ||
			why='not UTF-8'
		LC_ALL=C grep -aqE "$forbidden" "$tmp/out" &&
			why='a forbidden character'
		[ -s "$tmp/out" ] || why='no output'
	done
	if [ -z "$why" ]; then
		ok "hostile $name"
	else
		not_ok "hostile $name: $why"
	fi
}

# mail NAME TYPE BODY: printf's %b
mail() {
	printf 'From: a@example.com\nSubject: x\nMIME-Version: 1.0\n%b\n\n%b\n' \
		"$2" "$3" >"$tmp/$1.eml"
	clean "$1" "$tmp/$1.eml"
}

mkfifo "$tmp/pipe"
timeout 10 "$tact" inspect --rules "$rules" "$tmp/pipe" >"$tmp/out" 2>"$tmp/err"
same 'a pipe is not waited for' 1 $?
is 'it is said how to read one' grep -qF "$tmp/pipe: is no plain file" "$tmp/err"

# what is no file has a name, too
odd=$tmp/$(printf 'a\033[31m\302\233b')
why=
for command in inspect audit replay 'evaluate all' 'train --output x' 'rules check --rules' 'config check --config'; do
	# shellcheck disable=SC2086 # words of a command
	LC_ALL=C "$tact" $command "$odd" >"$tmp/out" 2>&1
	[ $? -eq 1 ] || why="$command: not 1"
	LC_ALL=C grep -aqE "$forbidden" "$tmp/out" && why="$command"
done
same 'a name in an error is harmless' '' "$why"

printf '[milter]\nfilters = \033[31m1\n' >"$tmp/odd.conf"
"$tact" config check --config "$tmp/odd.conf" >"$tmp/out" 2>&1
same 'nor is what a setting says' '0 filters' \
	"$(LC_ALL=C grep -acE "$forbidden" "$tmp/out") $(grep -ow filters "$tmp/out")"

plain='Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit'
html='Content-Type: text/html; charset=utf-8'
mail controls "$plain" 'This is \0033[31mterrible\0033[0m\0007\0010 today\0177.'
mail c1 "$plain" 'This is terrible \0302\0233 31m today.'
mail bidi "$plain" 'This is \0342\0200\0256elbirret\0342\0200\0254 today \0342\0201\0246x\0342\0201\0251.'
mail zero-width "$plain" 'ter\0342\0200\0213rible ter\0302\0255rible \0357\0273\0277great today'
mail tags "$plain" 'great\0363\0240\0201\0201\0363\0240\0201\0277 today'
mail arabic-mark "$plain" 'This is \0330\0234terrible today.'
mail invalid "$plain" 'This is \0377\0376terrible\0300\0200 \0355\0240\0200 today.'
mail nul "$plain" 'This is \0000terrible\0000 today.'
mail latin1 'Content-Type: text/plain; charset=iso-8859-1' 'terrible \0345\0344\0366 \0200\0237'
mail unknown-charset 'Content-Type: text/plain; charset=x-none' 'terrible \0345\0344\0366'
mail utf7 'Content-Type: text/plain; charset=utf-7' 'This is +AB8AHgAd- terrible'
mail utf16 'Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64' 'VABoAGkAcwAgAGkAcwAgAHQAZQByAHIAaQBiAGwAZQA='
mail entities "$html" '<p>This is &#x1b;[31mterrible&#0;&#x202e;&#8203;&#xe0041; today</p>'
mail subject "$plain\nSubject: =?utf-8?Q?a=1B=5B31m=E2=80=AEb?=" 'terrible'
mail no-end 'Content-Type: multipart/mixed; boundary="x"' '--x\nContent-Type: text/plain\n\nterrible'
: >"$tmp/empty.eml"
clean empty "$tmp/empty.eml"
printf '\n' >"$tmp/newline.eml"
clean newline "$tmp/newline.eml"
printf 'From \n\nFrom \n\n>From \n' >"$tmp/box"
clean mbox-of-nothing "$tmp/box"
cp "$tmp/empty.eml" "$tmp/$(printf 'a\033[31m\377b.eml')"
clean file-name "$tmp/$(printf 'a\033[31m\377b.eml')"
head -c 300000 /dev/urandom >"$tmp/random.eml"
clean random "$tmp/random.eml"
head -c 300000 "$tact" >"$tmp/program.eml"
clean program "$tmp/program.eml"

for folder in ham mime/mail-parser mime/python-email; do
	dir=${TACT_DATA:-}/$folder
	if [ -n "${TACT_DATA:-}" ] && [ -d "$dir" ]; then
		find "$dir" -type f -size +0 >"$tmp/list"
		set --
		while read -r file; do
			set -- "$@" "$file"
		done <"$tmp/list"
		clean "$folder ($# mails)" "$@"
	else
		skip "hostile $folder" 'TACT_DATA is not set'
	fi
done
tap_done
