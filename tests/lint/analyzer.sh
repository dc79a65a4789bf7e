#!/bin/sh
# gcc -fanalyzer over the product. It does not know g_autoptr's clean-up of
# every type and GLib's no-return functions; what it says all the same counts.
set -u
bad=0
flags=$(pkg-config --cflags glib-2.0 gmime-3.0 jansson libxml-2.0 | sed 's/-I/-isystem /g')
for c in $(find milter -name '*.c'); do
	# shellcheck disable=SC2086 # flags are words
	gcc -std=c17 -D_GNU_SOURCE -O1 -fanalyzer -Werror -Iinclude $flags \
		-DTACT_VERSION='"0"' -DTACT_RULES='"/r"' -DTACT_SYSCONFDIR='"/etc"' \
		-c -o /dev/null "$c" || bad=1
done
exit $bad
