#!/bin/sh
# The completions of the tree are what the tables make, and bash can use them.
# The manual names every command and option. TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
# shellcheck source=tests/tap.sh
. tests/tap.sh

# words WORD...: what bash completes when the last one is under way
words() {
	# shellcheck disable=SC2016 # of the inner shell
	bash -c '
		. contrib/completion/tact.bash
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_tact
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort | tr '\n' ' '
}

"$tact" completion bash | cmp -s - contrib/completion/tact.bash
result 'contrib/completion/tact.bash is fresh (make generated)' $?
"$tact" completion zsh | cmp -s - contrib/completion/_tact
result 'contrib/completion/_tact is fresh (make generated)' $?
bash -n contrib/completion/tact.bash
result 'tact.bash is bash' $?
if command -v zsh >/dev/null; then
	zsh -n contrib/completion/_tact
	result '_tact is zsh' $?
fi
grep -q "'\*--label\[" contrib/completion/_tact
result 'zsh offers an option again that may be repeated' $?
[ "$(words tact co)" = 'completion config ' ]
result 'completes a command' $?
[ "$(words tact config s)" = 'sample show ' ]
result 'completes a word of a command' $?
[ "$(words tact inspect --t)" = '--text ' ]
result 'completes an option' $?
[ "$(words tact replay --config tests/corpus/cli/tac)" = \
	'tests/corpus/cli/tact.conf ' ]
result 'completes a file' $?
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/my  mails" && : >"$tmp/my  mail.eml"
[ "$(words tact inspect "$tmp/my  mail.")" = "$tmp/my  mail.eml " ]
result 'completes a file whose name has a blank' $?
[ "$(words tact report --config "$tmp/my  mail.")" = "$tmp/my  mail.eml " ]
result 'as the value of an option too' $?
[ "$(words tact customer import --watch "$tmp/my  ")" = "$tmp/my  mails " ]
result 'and a folder' $?

for command in $("$tact" help | sed -n 's/^  \([a-z-]*\) .*/\1/p'); do
	grep -q "^\.It Cm $command" milter/cli/tact.1
	result "tact.1 names the command $command" $?
	for option in $("$tact" "$command" --help | sed -n 's/^  --\([a-z-]*\).*/\1/p'); do
		[ "$option" = help ] || grep -q "Fl -$option" milter/cli/tact.1
		result "tact.1 names --$option of $command" $?
	done
done
tap_done
