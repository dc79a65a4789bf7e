#!/bin/sh
# clang-tidy: .clang-tidy says which checks, and why some are off.
set -u
# It wants the flags behind the file.
# shellcheck disable=SC2016,SC2046 # the inner shell expands; flags are words
find milter -name '*.c' | tests/lint/each.sh sh -c '
	for file; do :; done
	clang-tidy --quiet --warnings-as-errors="*" "$file" -- "$@"' \
	tidy $(tests/lint/flags.sh) -xc
