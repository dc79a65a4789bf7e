#!/bin/sh
# tact init and tact db: what is made, checked, copied, restored; exit codes.
# TAP.
set -u
tact=${BUILD:-build/plain}/bin/tact
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck source=tests/tap.sh
. tests/tap.sh
conf=$tmp/tact.conf
db=$tmp/store/tact.db
printf '[store]\npath = %s\n' "$db" >"$conf"

# says NAME EXIT PATTERN ARGUMENT...: the pattern is in what tact says
says() {
	name=$1 wanted=$2 pattern=$3
	shift 3
	"$tact" "$@" --config "$conf" >"$tmp/out" 2>&1
	status=$?
	if [ $status = "$wanted" ] && grep -q -- "$pattern" "$tmp/out"; then
		ok "$name"
	else
		not_ok "$name: exit $status"
		sed 's/^/# /' "$tmp/out"
	fi
}

# modes NAME MODE FILE...
modes() {
	name=$1 mode=$2
	shift 2
	same "$name" "$mode" "$(stat -c %a "$@" | sort -u | tr '\n' ' ' | sed 's/ $//')"
}

says 'check before init' 1 'is not there' db check
says 'init' 0 "made $db" init
modes 'folders are 0700' 700 "$tmp/store" "$tmp/store/keys"
modes 'files are 0600' 600 "$db" "$tmp/store/keys/"*
cksum "$tmp/store/keys/"* >"$tmp/keys"
says 'init again' 0 "kept $db" init
says 'init again makes nothing' 0 '"made":\[\]' init --json
cksum "$tmp/store/keys/"* | cmp -s - "$tmp/keys"
result 'init again leaves the keys alone' $?
says 'init is told of in the audit trail' 0 'init' privacy log

says 'check' 0 'whole' db check
says 'check, JSON' 0 '"ok":true,"faults":\[\]' db check --json
says 'stats' 0 'customer  *0' db stats
says 'stats, JSON' 0 '"rows":{"alias":0' db stats --json
says 'backup' 0 'written and checked' db backup "$tmp/backup"
modes 'the backup is 0600' 600 "$tmp/backup"
says 'backup does not overwrite' 1 'is there already' db backup "$tmp/backup"
says 'a backup of an odd name is told as a terminal can take it' 0 'odd\[31m.*: written' \
	db backup "$tmp/$(printf 'odd\033[31m\377')"
says 'no FILE' 2 'say which FILE' db backup
says 'FILE to a word without' 2 'takes no FILE' db check "$tmp/backup"
says 'no such word' 2 'none of' db repair

says 'restore' 0 'holds what' db restore "$tmp/backup"
cp "$tmp/backup" "$tmp/bad" && printf nothing | dd of="$tmp/bad" conv=notrunc 2>/dev/null
chmod 600 "$tmp/bad"
says 'restore of no database' 1 'not a database' db restore "$tmp/bad"
says 'is whole after that' 0 'whole' db check
head -c 40960 /dev/urandom | dd of="$db" bs=4096 seek=4 conv=notrunc 2>/dev/null
says 'check of a damaged file' 1 'restore FILE' db check
says 'restore over it' 0 'holds what' db restore "$tmp/backup"
says 'check after restore' 0 'whole' db check
printf 'nothing at all' >"$db"
says 'check of no database' 1 'not a database' db check --json
says 'restore over no database' 1 'move the damaged file away' db restore "$tmp/backup"
rm "$db"
says 'restore to nothing' 0 'holds what' db restore "$tmp/backup"

sqlite3 "$db" "INSERT INTO draft (public_id, mail, thread, mailbox, state, fate, next_at,
	created_at, language, contact, flags, facts) VALUES ('a', 1, 1, 1, 2, 0, 5, 5, 'da', 1, 0, '')"
says 'backup of a draft to be delivered' 0 'written and checked' db backup "$tmp/drafts"
says 'restore of it' 0 'holds what' db restore "$tmp/drafts"
[ "$(sqlite3 "$db" 'SELECT perhaps FROM draft')" = 1 ]
result 'it is looked for before it is delivered' $?

chmod 640 "$db"
says 'a file that others can read' 1 "chmod 0600 $db" db stats
chmod 600 "$db" && chmod 755 "$tmp/store"
says 'a folder that others can enter' 1 "chmod 0700 $tmp/store" db stats
chmod 700 "$tmp/store"

says 'rotate-key' 0 'key 2 is in use' db rotate-key
says 'a second rotation' 1 'rotate-key --finish' db rotate-key
says 'finish' 0 '"key":2,"old_key":0,"old_names":0' db rotate-key --finish --json
[ ! -e "$tmp/store/keys/customer.key.old" ]
result 'the old key is gone' $?
says 'check after rotation' 0 'whole' db check
printf 'Order,Date,Email,Amount\n1,2025-02-01,a@b.example,5.00\n' >"$tmp/orders.csv"
for key in customer audit; do
	cp -p "$tmp/store/keys/$key.key" "$tmp/$key.key"
	sed -i 's/[0-9a-f]\{8\}$/00000000/' "$tmp/store/keys/$key.key"
	says "another $key.key" 1 "made with another $key.key" db stats
	says "another $key.key, init" 1 "made with another $key.key" init
	says "another $key.key, import" 1 "made with another $key.key" \
		customer import --rules rules "$tmp/orders.csv"
	says "another $key.key, check" 1 "made with another $key.key" db check
	cp -p "$tmp/$key.key" "$tmp/store/keys/$key.key"
done
says 'the right keys again' 0 'whole' db check
for key in customer audit; do
	rm "$tmp/store/keys/$key.key"
	says "check without $key.key" 1 "$key.key" db check
	says "init without $key.key" 1 'put the copies of the keys back' init
	[ ! -e "$tmp/store/keys/$key.key" ]
	result 'makes no other key beside the database' $?
	cp -p "$tmp/$key.key" "$tmp/store/keys/$key.key"
done
printf '' >"$conf"
says 'no store' 1 'path is not set' db check
says 'init without a path' 1 'store\] path =' init

mkdir -p "$tmp/way/store"
printf '[store]\npath = %s/way/store\n' "$tmp" >"$conf"
says 'a folder in place of a file' 1 "path = $tmp/way/store/tact.db" init
printf '[store]\npath = %s/way/new/\n' "$tmp" >"$conf"
says 'one that is not there' 1 "path = $tmp/way/new/tact.db" init
same 'and nothing is made' store "$(ls "$tmp/way")"

printf '[store]\npath = %s/slash/tact.db\nkey_directory = %s/slashed/keys//\n' "$tmp" "$tmp" >"$conf"
says 'a folder of keys with a / at its end' 0 "made $tmp/slashed/keys/customer.key" init
same 'is made as any' '755 700' "$(stat -c %a "$tmp/slashed" "$tmp/slashed/keys" | tr '\n' ' ' | sed 's/ $//')"

# As root the service's user owns what is made.
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$tmp"
	printf '[store]\npath = %s/nobody/tact.db\n' "$tmp" >"$conf"
	says 'init --owner' 0 'owner nobody' init --owner nobody
	same 'all of it is his' nobody \
		"$(stat -c %U "$tmp/nobody" "$tmp/nobody/"* "$tmp/nobody/keys/"* | sort -u)"
	says 'rotate-key by root' 0 'key 2' db rotate-key
	same 'the new key is his' nobody "$(stat -c %U "$tmp/nobody/keys/"* | sort -u)"
	printf '[store]\npath = %s/far/down/tact.db\n' "$tmp" >"$conf"
	before=$(umask)
	umask 077
	says 'init --owner in folders that are not there' 0 'owner nobody' init --owner nobody
	umask "$before"
	same 'of which the last alone is his' 'root 755 nobody 700' \
		"$(stat -c '%U %a' "$tmp/far" "$tmp/far/down" | tr '\n' ' ' | sed 's/ $//')"
	says 'init --owner of no user' 1 'no user' init --owner nobody-at-all
else
	skip 'init --owner' 'needs root'
fi
tap_done
