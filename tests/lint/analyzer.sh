#!/bin/sh
# gcc -fanalyzer over the product. It does not know g_autoptr's clean-up of
# every type and GLib's no-return functions; what it says all the same counts.
set -u
# shellcheck disable=SC2046 # flags are words
find milter -name '*.c' | tests/lint/each.sh \
	gcc $(tests/lint/flags.sh) -O1 -fanalyzer -Werror -c -o /dev/null
