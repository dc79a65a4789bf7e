#!/bin/sh
# The schema of a new database, as SQL that makes one: what tests/schema/vN.sql
# is for the version under way. Those of released versions are never made anew.
set -eu
tact=${BUILD:-build/plain}/bin/tact
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '[store]\npath = %s/s/tact.db\n' "$dir" >"$dir/tact.conf"
"$tact" init --config "$dir/tact.conf" >/dev/null
db=$dir/s/tact.db
for name in application_id user_version; do
	echo "PRAGMA $name = $(sqlite3 "$db" "PRAGMA $name");"
done
sqlite3 "$db" "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL
	AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
	ORDER BY type DESC, name"
