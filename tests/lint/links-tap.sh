#!/bin/sh
# links.sh as a test of `make check`: what the programs link is a promise.
if out=$("$(dirname "$0")/links.sh"); then
	echo 'ok - no shell, loader or network library is linked; hardening is in'
else
	echo 'not ok - the link line breaks a promise'
	echo "$out" | sed 's/^/    /'
	exit 1
fi
