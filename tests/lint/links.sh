#!/bin/sh
# What the programs can do is what they link: each has its list, and nothing of
# it is a shell, a loader or a network library; and the hardening that the
# compiler was asked for is there.
set -u
bad=0
bin=${BUILD:-build/plain}/bin
say() { echo "$1"; bad=1; }

# The filter trains and fits nothing; the command line tool is no milter; the
# drafter alone can reach a network.
common='libc libm libgcc_s ld-linux-x86-64'
common="$common libglib-2.0 libgobject-2.0 libgmime-3.0 libxml2 libsqlite3 libsodium"
may_link() {
	case $1 in
	tact-milter) echo "$common" libmilter libseccomp ;;
	tact-drafter) echo "$common" libcurl libjansson libstemmer ;;
	tact) echo "$common" libjansson liblinear libnlopt libstemmer ;;
	esac
}

for program in tact-milter tact-drafter tact; do
	p=$bin/$program
	[ -x "$p" ] || { say "$p: build it first (make)"; continue; }
	banned='system|popen|exec[lv]p?e?|fexecve|dlopen'
	# tact starts the human's own editor and, at --send, the MTA's sendmail.
	[ $program = tact ] || banned="$banned|posix_spawnp?"
	nm -D --undefined-only "$p" | grep -E " ($banned)(@|\$)" &&
		say "$p: imports a banned call"
	needed=$(readelf -d "$p" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
	allowed=$(may_link $program)
	for lib in $needed; do
		case " $allowed " in
		*" ${lib%%.so*} "*) ;;
		*) say "$p: links $lib" ;;
		esac
	done
	readelf -h "$p" | grep -q 'Type:.*DYN' || say "$p: not PIE"
	readelf -lW "$p" | grep -q GNU_RELRO || say "$p: no RELRO"
	readelf -d "$p" | grep -qE 'BIND_NOW|FLAGS.*NOW' || say "$p: lazy binding"
	readelf -lW "$p" | grep GNU_STACK | grep -q 'RWE' && say "$p: stack is executable"
	readelf -lW "$p" | grep LOAD | grep -q 'RWE' && say "$p: a segment is writable and executable"
	readelf -d "$p" | grep -qE 'RPATH|RUNPATH|TEXTREL' && say "$p: RPATH or TEXTREL"
	nm -D "$p" | grep -q '__stack_chk_fail' || say "$p: no stack protector"
	nm -D "$p" | grep -qE '__[a-z]+_chk(@|$)' || say "$p: not fortified"
done
exit $bad
