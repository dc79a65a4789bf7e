#!/bin/sh
# The Debian packages that `make`, and what it makes, need: deps.sh build|demo|test|dev
#
# Root gets them installed; everybody else is told exactly what is missing and
# how to get it. Services of a freshly installed package are not started: the
# tests run private instances. Where dpkg is missing, pkg-config and the linker
# will have the say.
set -eu

build='gcc make pkg-config libc6-dev libglib2.0-dev libgmime-3.0-dev
	libjansson-dev libxml2-dev libmilter-dev libseccomp-dev liblinear-dev
	libsqlite3-dev libsodium-dev libnlopt-dev libcurl4-openssl-dev
	libstemmer-dev ca-certificates'
demo="$build postfix procps opendkim dnsmasq-base openssl dovecot-core dovecot-imapd"
test="$demo miltertest jq dovecot-sieve dovecot-lmtpd opendmarc
	opendkim-tools m4 mandoc util-linux binutils zsh strace sqlite3 libdb5.3
	libldap-2.5-0 liblockfile1 libnsl2 libsasl2-2 libssl3 libwrap0
	libmicrohttpd-dev iproute2 libsasl2-modules"
dev="$test clang clang-format clang-tidy cppcheck pmccabe gcovr valgrind git
	libclang-rt-14-dev"

case ${1:-} in
build) want=$build ;;
demo) want=$demo ;;
test) want=$test ;;
dev) want=$dev ;;
*) echo "usage: deps.sh build|demo|test|dev" >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null || exit 0

missing=
for p in $want; do
	dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null |
		grep -q '^install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
	echo "tact: these Debian packages are missing; as root run:" >&2
	echo "  apt-get install --no-install-recommends$missing" >&2
	exit 1
fi

echo "tact: installing$missing"
policy=/usr/sbin/policy-rc.d
made=
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' >$policy
	chmod 755 $policy
	made=yes
	trap 'rm -f $policy' EXIT INT TERM
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } \
	>"$log" 2>&1; then
	cat "$log" >&2
	rm -f "$log"
	echo "tact: installation failed; see above" >&2
	exit 1
fi
rm -f "$log"
[ -z "$made" ] || rm -f $policy
