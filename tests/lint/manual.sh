#!/bin/sh
# Man pages: well formed, and they name every event; and every event is logged.
set -u
bad=0
for page in $(find milter etc rules -name '*.[1-8]'); do
	mandoc -Tlint -W warning "$page" || bad=1
done
# Some names are chosen at run time, so any string of the filter counts.
for event in $(sed -n 's/^LOG_EVENT(\([a-z_]*\),.*/\1/p' include/base/events.def); do
	grep -qw "$event" milter/filter/tact-milter.8 ||
		{ echo "tact-milter.8: does not name the event $event"; bad=1; }
	grep -rqF "\"$event\"" milter/filter ||
		{ echo "events.def: nothing logs $event"; bad=1; }
done
exit $bad
