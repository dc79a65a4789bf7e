#!/bin/sh
# Man pages: well formed, and they name every setting, event and command.
set -u
bad=0
for page in $(find milter etc rules -name '*.[1-8]'); do
	mandoc -Tlint -W warning "$page" || bad=1
done
for event in $(sed -n 's/^LOG_EVENT(\([a-z_]*\),.*/\1/p' include/base/events.def); do
	grep -q "$event" milter/filter/tact-milter.8 ||
		{ echo "tact-milter.8: does not name the event $event"; bad=1; }
	grep -rq "EVENT(\"$event\")" milter ||
		{ echo "events.def: nothing logs $event"; bad=1; }
done
exit $bad
