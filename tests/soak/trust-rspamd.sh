#!/bin/sh
# H-4 with Rspamd as the filter that authenticates: needs its package.
cd "$(dirname "$0")/../.." || exit 2
if ! command -v rspamd >/dev/null; then
	echo 'ok 1 - trust # SKIP needs the package rspamd'
	echo 1..1
	exit 0
fi
exec tests/e2e/trust.sh rspamd
