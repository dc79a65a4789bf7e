#!/bin/sh
# each.sh COMMAND... <FILES: the command with each file, two at a time; what it
# says is shown when it fails, and one failure is all's.
# shellcheck disable=SC2016 # the inner shell expands
exec xargs -P 2 -n 1 sh -c '
	out=$("$@" 2>&1) && exit 0
	for file; do :; done
	printf "%s:\n%s\n" "$file" "$out"
	exit 1' each "$@"
