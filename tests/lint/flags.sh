#!/bin/sh
# What a compiler must be told to read one file of ours, as words.
echo -std=c17 -D_GNU_SOURCE -Iinclude \
	"$(pkg-config --cflags glib-2.0 gmime-3.0 jansson libxml-2.0 | sed 's/-I/-isystem /g')" \
	'-DTACT_VERSION="0"' '-DTACT_RULES="/r"' '-DTACT_SYSCONFDIR="/etc"'
