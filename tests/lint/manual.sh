#!/bin/sh
# Man pages: well formed, and they name every event; and every event is logged.
set -u
bad=0
for page in $(find milter etc rules -name '*.[1-8]'); do
	mandoc -Tlint -W warning "$page" || bad=1
done
# Some names are chosen at run time, so any string of a program counts. Each
# program's page names what that program logs.
for event in $(sed -n 's/^LOG_EVENT(\([a-z_]*\),.*/\1/p' include/base/events.def); do
	logged=
	for program in filter/tact-milter drafter/tact-drafter; do
		grep -rqF "\"$event\"" "milter/${program%/*}" || continue
		logged=yes
		grep -qw "$event" "milter/$program.8" ||
			{ echo "${program#*/}.8: does not name the event $event"; bad=1; }
	done
	[ -n "$logged" ] || { echo "events.def: nothing logs $event"; bad=1; }
done
exit $bad
