#!/bin/bash
# The shipped model is what the corpus gives, byte for byte; and what its card
# promises holds when each fifth of the mails is judged by what the others
# teach (figures: rules/models/README.md).
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build/plain}
MAKE=${MAKE:-make}
model=rules/models/findings.model
# shellcheck source=tests/tap.sh
. tests/tap.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

start=$(date +%s)
if $MAKE -s BUILD="$BUILD" MODEL="$work/made" model >"$work/log" 2>&1; then
	took=$(($(date +%s) - start))
	cmp -s "$work/made" $model && ok "make model gives the same bytes again" ||
		not_ok "make model gives another model than $model; commit the new one, with its figures"
	[ $took -lt 300 ] && ok "in $took seconds, at most 300" || not_ok "in $took seconds, at most 300"
else
	not_ok "make model: $(tail -n 1 "$work/log")"
fi
[ "$(stat -c %s $model)" -le 6291456 ] && ok 'a model of at most 6 MiB' || not_ok 'the model is larger than 6 MiB'

# Rows: finding value of "all", least macro-F1 of a language.
$MAKE -s BUILD="$BUILD" JSON=--json model-check >"$work/figures" || not_ok 'make model-check'
# figure FINDING JQ
figure() { jq -r ".findings.$1.$2" "$work/figures"; }
# at_least TEXT VALUE MINIMUM, at_most TEXT VALUE MAXIMUM
at_least() { awk -v v="$2" -v m="$3" 'BEGIN { exit !(v ~ /^[0-9]/ && v + 0 >= m + 0) }' && ok "$1 $2, at least $3" || not_ok "$1 $2, at least $3"; }
at_most() { awk -v v="$2" -v m="$3" 'BEGIN { exit !(v ~ /^[0-9]/ && v + 0 <= m + 0) }' && ok "$1 $2, at most $3" || not_ok "$1 $2, at most $3"; }
while read -r finding bar; do
	f1=$(figure "$finding" all.macro_f1.value)
	at_least "$finding: macro-F1" "$f1" "$bar"
	for language in da sv nb de en; do
		at_least "$finding, $language: macro-F1" "$(figure "$finding" "languages.$language.macro_f1.value")" \
			"$(awk -v f="$f1" 'BEGIN { printf "%.4f", f - 0.06 }')"
	done
	at_most "$finding: expected calibration error" "$(figure "$finding" all.calibration_error)" 0.05
	at_least "$finding: right when confidence is high" "$(figure "$finding" all.confidence.high.right.value)" 0.93
	at_least "$finding: mails with high confidence" "$(figure "$finding" all.confidence.high.coverage)" 0.40
done <<-END
	sentiment 0.80
	emotion 0.82
	urgency 0.81
	formality 0.91
	directness 0.79
	expertise 0.82
	persona 0.73
	request 0.80
END
# On mails that no rule was written from, confidence must mean the same.
$MAKE -s BUILD="$BUILD" JSON=--json MODEL_JUDGED="--only 'bank*' --only 'train-*'" model-check >"$work/figures"
for finding in sentiment emotion urgency formality directness expertise persona request; do
	at_least "$finding, fresh mails: right when confidence is high" "$(figure "$finding" all.confidence.high.right.value)" 0.93
	at_most "$finding, fresh mails: expected calibration error" "$(figure "$finding" all.calibration_error)" 0.05
done
tap_done
