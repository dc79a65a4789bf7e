#!/bin/sh
# links.sh as a test of `make check`: what the programs link is a promise.
if out=$("$(dirname "$0")/links.sh"); then
	echo 'ok - each program links what is on its list alone, no shell, loader or network; hardening is in'
else
	echo 'not ok - the link line breaks a promise'
	echo "$out" | sed 's/^/    /'
	exit 1
fi
