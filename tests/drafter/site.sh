# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# A site of one's own with a mailbox of mode draft, a Maildir and a model server,
# for whoever drives tact-drafter alone. To be sourced after scenario/lib.sh.
#
#   site_begin                 the folders, the programs and mail.eml with @N@ in it
#   site_conf [LINE...]        $dir/main.conf, with lines for the mailbox
#   model_start                sets $url; its requests are in $model
#   asked                      how many there are
# shellcheck disable=SC2086 # $as is a command with its arguments
model=$dir/run/model/requests
state=$dir/run/state
url=http://127.0.0.1:9/v1

site_begin() {
	for tool in bin/tact bin/tact-drafter tools/draft-make tools/store-poke tools/model-server; do
		[ -x "$BUILD/$tool" ] || { echo "Bail out! make all tools"; exit 1; }
		cp "$BUILD/$tool" "$dir"
	done
	mkdir -p "$state" "$dir/run/md/cur" "$dir/run/md/new" "$dir/run/md/tmp" "$model"
	chmod 700 "$state"
	cat >"$dir/mail.eml" <<-'MAIL'
	From: Bo Hansen <bo@kunde@N@.example>
	To: draft@example.com
	Subject: Pakke @N@
	Message-ID: <m@N@@kunde.example>
	Date: Sun, 22 Nov 2026 05:00:00 +0000
	MIME-Version: 1.0
	Content-Type: text/plain; charset=utf-8

	Hej, hvor er min pakke? Den skulle have været her i går. Venlig hilsen Bo Hansen
	MAIL
	chmod a+r "$dir/mail.eml"
	[ "$(id -u)" != 0 ] || chown -R "$user" "$dir/run"
}

site_conf() {
	{
		printf '[analysis]\nrules = %s/rules\n[store]\npath = %s/tact.db\n' "$dir" "$state"
		printf '[drafter]\nstatus_file = %s/run/drafter.json\n' "$dir"
		printf 'calls_per_day = %s\ntokens_per_day = %s\n' "${CALLS_IN_ALL:-0}" "${TOKENS_IN_ALL:-0}"
		printf 'engine = %s\nbase_url = %s\nmodel = ok\n' "${ENGINE:-model}" "${URL:-$url}"
		[ -z "${DRAFTER:-}" ] || printf '%s\n' "$DRAFTER"
		printf '[mailbox draft@example.com]\nmode = draft\ndelivery = maildir\nmaildir = %s/run/md\n' "$dir"
		printf 'draft_quota = 0\ndraft_quota_customer = 0\ndraft_quota_domain = 0\n'
		printf 'calls_per_day = %s\ntokens_per_day = %s\ncalls_per_writer = %s\n' \
			"${CALLS:-0}" "${TOKENS:-0}" "${CALLS_OF_WRITER:-0}"
		[ $# = 0 ] || printf '%s\n' "$@"
	} >"$dir/main.conf"
}

site_init() {
	rm -rf "$state"/* "$dir"/run/md/cur/* "$dir"/run/md/new/*
	find "$model" -type f -delete
	$as "$dir/tact" init --config "$dir/main.conf" >"$dir/out" 2>&1 ||
		{ echo 'Bail out! tact init'; cat "$dir/out"; exit 1; }
}

asked() { find "$model" -type f ! -name '*.*' | wc -l; }
poke() { $as "$dir/store-poke" "$dir/main.conf" "$@"; }
# make_drafts FIRST COUNT [FILE]
make_drafts() { $as "$dir/draft-make" "$dir/main.conf" draft@example.com "${3:-$dir/mail.eml}" "$1" "$2"; }
