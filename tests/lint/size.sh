#!/bin/sh
# One screen a function, one job a file. No list of exceptions: if a switch
# must be longer, it is a table.
set -u
bad=0
# pmccabe: 2 = complexity, 5 = lines of the function
find milter tests -name '*.c' -not -path 'milter/*/main.c.in' | xargs pmccabe 2>/dev/null |
	awk '$2 > 12 { printf "%s %s: complexity %d, at most 12\n", $6, $7, $2; bad = 1 }
	     $5 > 60 { printf "%s %s: %d lines, at most 60\n", $6, $7, $5; bad = 1 }
	     END { exit bad }' || bad=1
find milter include tests -name '*.[ch]' | xargs wc -l |
	awk '$2 != "total" && $1 > 500 { printf "%s: %d lines, at most 500\n", $2, $1; bad = 1 }
	     END { exit bad }' || bad=1
# A libmilter callback fits half a screen: it copies, the pipeline decides.
pmccabe milter/filter/callbacks.c 2>/dev/null |
	awk '$7 ~ /^on_/ && $5 > 25 { printf "%s %s: a callback of %d lines, at most 25\n", $6, $7, $5; bad = 1 }
	     END { exit bad }' || bad=1
lines=$(wc -l <Makefile)
[ "$lines" -le 250 ] || { echo "Makefile: $lines lines, at most 250"; bad=1; } # three programs, seven layers
exit $bad
