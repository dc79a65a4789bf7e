#!/bin/bash
# Checks over data that is not in the repository: only where TACT_DATA names a
# folder with it. See tests/README.md.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
ROOT=$PWD
# shellcheck source=tests/tap.sh
. tests/tap.sh

if [ -z "${TACT_DATA:-}" ]; then
	echo 'ok 1 - extra checks # SKIP TACT_DATA is not set'
	exit 0
fi
work=$(mktemp -d)
chmod 755 "$work"

# Accuracy of the rules alone, without a model, on mails made to .eml.
accuracy() {
	if ! command -v python3 >/dev/null; then
		echo 'ok - accuracy # SKIP needs python3 to make .eml files'
		return
	fi
	python3 "$TACT_DATA/mails/to_eml.py" "$work/mails" "$TACT_DATA"/mails/train*.jsonl || { not_ok 'to_eml.py'; return; }
	cp -r rules "$work/rules" && rm -r "$work/rules/models"
	"$BUILD/bin/tact" inspect --json --rules "$work/rules" "$work/mails" >"$work/findings.jsonl" || not_ok 'tact inspect'
	"$BUILD/tools/score" "$work/mails/labels.tsv" "$work/findings.jsonl" language=0.99 sentiment=0.60 \
		emotion=0.60 urgency=0.60 formality=0.65 expertise=0.65 || failed=$((failed + 1))
}

# Sentiment of what people really wrote, none of it trained on. In each file
# macro-F1 must reach the bar; "-": reported only.
real_text() {
	local name language bar f1
	while read -r name language bar; do
		f1=$("$BUILD/bin/tact" evaluate sentiment --json --language "$language" --rules rules \
			"$TACT_DATA/realtext/$name.tsv" | jq -r .findings.sentiment.all.macro_f1.value)
		if [ "$bar" = - ]; then
			echo "# sentiment of $name: macro-F1 $f1"
		elif awk -v f="$f1" -v b="$bar" 'BEGIN { exit !(f >= b) }'; then
			ok "sentiment of $name: macro-F1 $f1, at least $bar"
		else
			not_ok "sentiment of $name: macro-F1 $f1, at least $bar"
		fi
	done <<-END
		da-social da 0.50
		sv-reviews sv 0.53
		nb-reviews nb 0.47
		de-rail-feedback de -
		en-airline-tweets en 0.58
		de-tweets de 0.48
		en-tweets en 0.48
		fr-tweets fr -
	END
}

# A reply to each mail that needs one; see templates.sh.
replies() {
	if "$BUILD/tools/reply-check" --rules rules "$TACT_DATA"/mails/*.jsonl >"$work/replies" 2>&1; then
		ok 'replies: in the right language and form, every check passed'
	else
		not_ok 'replies'
		head -n 40 "$work/replies"
	fi
	sed -n 's/^\(.. mails .*\)/# \1/p' "$work/replies"
}

accuracy
real_text
replies
if [ "$(id -u)" != 0 ]; then
	echo 'ok - R-17 over real mail # SKIP needs root for a private Postfix'
else
	tests/e2e/unchanged.sh "$TACT_DATA"/ham/*.eml || failed=$((failed + 1))
fi
rm -rf "$work"
[ $failed = 0 ]
