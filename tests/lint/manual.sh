#!/bin/sh
# Man pages: well formed; they name every event, and every event is logged; every
# command and option of tact, and no other; every header. What documents call a
# setting is one, and a file that README names is there.
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

tact=${BUILD:-build/plain}/bin/tact
[ -x "$tact" ] || { echo "$tact: build it first (make)"; exit 1; }
commands=$("$tact" help | sed -n 's/^  \([a-z-]*\) .*/\1/p')
options=
for command in $commands; do
	page=milter/cli/tact-$command.1
	[ -f "$page" ] || page=milter/cli/tact.1
	[ "$command" = init ] && page=milter/cli/tact-db.1
	grep -q "^\.It Cm $command" milter/cli/tact.1 ||
		{ echo "tact.1: does not name the command $command"; bad=1; }
	for option in $("$tact" "$command" --help | sed -n 's/^  --\([a-z-]*\) .*/\1/p'); do
		options="$options $option"
		grep -qE "Fl -$option( |\$)" "$page" ||
			{ echo "$page: does not name --$option of $command"; bad=1; }
	done
done
for page in milter/cli/*.1; do
	for option in $(grep -oE 'Fl -[a-z][a-z-]*' "$page" | sed 's/^Fl -//' | sort -u); do
		case " $options help version " in
		*" $option "*) ;;
		*) echo "$page: no command has --$option"; bad=1 ;;
		esac
	done
done

for header in $(grep -rhoE 'TAGS_PREFIX "[A-Za-z-]+"' milter | sed 's/.*"\(.*\)"/X-Tact-\1/' | sort -u); do
	grep -qw -- "$header" milter/filter/tact-milter.8 ||
		{ echo "tact-milter.8: does not name $header"; bad=1; }
done

# section.name, where it is no file
settings=$("$tact" config show --config /dev/null | awk '/^\[/ { s = substr($1, 2, length($1) - 2) } / =/ { print s "." $1 }')
for name in $(git ls-files README.md CHANGELOG.md '*.[1-8]' 'contrib/*.md' 'rules/*.md' |
	xargs grep -ohE '(^|[^a-z/_.-])(milter|analysis|identity|value|import|store|privacy|drafter|report|log)\.[a-z_]+' |
	sed 's/^[^a-z]//' | grep -vE '\.(sock|key|pub|c|h|service|timer|txt|html|schema|sh)$' | sort -u); do
	echo "$settings" | grep -qx "$name" || { echo "documents name the setting $name; there is none"; bad=1; }
done

for file in $(grep -ohE '`(contrib|rules|tests)/[A-Za-z0-9_./-]+`' README.md | tr -d '`' | sort -u); do
	[ -e "$file" ] || { echo "README.md: there is no $file"; bad=1; }
done
exit $bad
