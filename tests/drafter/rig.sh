# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# A folder of one's own, certificates, model servers. Sourced by llm.sh.
BUILD=${BUILD:-build/plain}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
ASK=$BUILD/tools/llm-ask
dir=$(mktemp -d "${TMPDIR:-/tmp}/tact-llm.XXXXXX")
servers=

cleanup() {
	for pid in $servers; do kill "$pid" 2>/dev/null; done
	if [ "${KEEP:-}" ]; then echo "# kept: $dir"; else rm -rf "$dir"; fi
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# serve NAME [OPTION...]: a server with its requests in $dir/NAME; sets $port
serve() {
	name=$1
	shift
	mkdir -p "$dir/$name"
	mkfifo "$dir/$name/hold"
	# The fifo is its input: it ends when it is told, or with this script.
	"$BUILD/tools/model-server" "$@" "$dir/$name" <"$dir/$name/hold" \
		>"$dir/$name/out" 2>"$dir/$name/err" &
	servers="$servers $!"
	sleep 1000 >"$dir/$name/hold" &
	servers="$servers $!"
	n=0
	while ! grep -qs ready "$dir/$name/out" && [ $n -lt 100 ]; do
		sleep 0.05
		n=$((n + 1))
	done
	port=$(sed -n 's/^ready //p' "$dir/$name/out")
}

# asked NAME: how many requests that server has got
asked() {
	find "$dir/$1/requests" -type f ! -name '*.*' | wc -l
}

# last NAME: the file of its last request
last() {
	echo "$dir/$1/requests/$(asked "$1")"
}

# ask OPTION...: its line in $line
ask() {
	line=$("$ASK" "$@" 2>"$dir/stderr")
}

# field NAME: of $line, the last one of several
field() {
	printf '%s\n' "$line" | tail -n 1 | tr ' ' '\n' | sed -n "s/^$1=//p" | head -n 1
}

# outcome: result and reason
outcome() {
	echo "$(field result) $(field reason)" | sed 's/ $//'
}

# quietly COMMAND...: its success alone
quietly() {
	"$@" >/dev/null 2>&1
}

# json FILTER TEXT: is that true of it?
json() {
	printf '%s' "$2" | jq -e "$1" >/dev/null
}

# ---------------------------------------------------------- certificates
# ca NAME: $dir/NAME.pem and .key
ca() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$1" \
		-addext basicConstraints=critical,CA:true \
		-keyout "$dir/$1.key" -out "$dir/$1.pem" 2>/dev/null
}

# certificate NAME CA HOST [START END]: YYYYMMDDHHMMSSZ
certificate() {
	openssl req -newkey rsa:2048 -nodes -subj "/CN=$3" \
		-keyout "$dir/$1.key" -out "$dir/$1.csr" 2>/dev/null
	mkdir -p "$dir/$2.ca"
	: >"$dir/$2.ca/index"
	echo 1$(date +%N) >"$dir/$2.ca/serial"
	cat >"$dir/$1.cnf" <<-END
		[ca]
		default_ca = d
		[d]
		database = $dir/$2.ca/index
		serial = $dir/$2.ca/serial
		new_certs_dir = $dir/$2.ca
		certificate = $dir/$2.pem
		private_key = $dir/$2.key
		default_md = sha256
		policy = p
		unique_subject = no
		x509_extensions = e
		default_days = 10
		[p]
		commonName = supplied
		[e]
		subjectAltName = DNS:$3
	END
	if [ $# -gt 3 ]; then
		openssl ca -batch -notext -config "$dir/$1.cnf" -startdate "$4" \
			-enddate "$5" -in "$dir/$1.csr" -out "$dir/$1.pem"
	else
		openssl ca -batch -notext -config "$dir/$1.cnf" \
			-in "$dir/$1.csr" -out "$dir/$1.pem"
	fi >/dev/null 2>&1
}
