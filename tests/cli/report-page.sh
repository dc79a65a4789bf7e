#!/bin/sh
# The page of tact report, tests/cli/reports/report-html, in a browser: it runs
# no script, asks for nothing, and is not wider than a window of 400 or of 1400
# pixels, with all its tables open. Skipped without Chromium. TAP. Run from the
# root of the tree: tests/cli/report-page.sh [PAGE]
set -u
page=${1:-tests/cli/reports/report-html}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck source=tests/tap.sh
. tests/tap.sh

browser=
for name in chromium chromium-browser google-chrome; do
	[ -n "$browser" ] || browser=$(command -v $name)
done
if [ -z "$browser" ]; then
	skip 'the page in a browser' 'no Chromium here'
	tap_done
	exit
fi

# open FILE OPTION...: what the browser makes of it
open() {
	file=$1
	shift
	timeout 60 "$browser" --headless --hide-scrollbars --no-sandbox --disable-gpu --no-first-run \
		--disable-background-networking --disable-component-update \
		--disable-default-apps --disable-sync --user-data-dir="$tmp/profile" \
		--host-resolver-rules='MAP * ~NOTFOUND' --enable-logging=stderr \
		"$@" --dump-dom "file://$file" 2>"$tmp/err" >"$tmp/dom"
}

cp "$page" "$tmp/page.html"
is 'the browser opens it' open "$tmp/page.html" --log-net-log="$tmp/net"
is 'to its end' grep -q 'never by person' "$tmp/dom"
same 'nothing is said on the console' '' "$(grep -F CONSOLE "$tmp/err")"
same 'no address of the page is asked for' '' \
	"$(grep -o '"url":"[a-z]*://[^"]*' "$tmp/net" | grep -vE 'chrome|google|gvt|file:' | sort -u)"

# Measured by a script that is put in, in frames of both widths.
script='<script>parent.postMessage([innerWidth,'
script=$script'document.documentElement.scrollWidth].join(":"),"*")</script>'
sed "s|<meta http-equiv[^>]*>||; s|<details|<details open|g; s|</body>|$script&|" \
	"$page" >"$tmp/measured.html"
cat >"$tmp/frames.html" <<EOF
<p id="p"></p>
<script>onmessage = e => p.textContent += "[" + e.data + "]";</script>
<iframe src="measured.html" style="border:0;width:400px;height:900px"></iframe>
<iframe src="measured.html" style="border:0;width:1400px;height:900px"></iframe>
EOF
is 'both widths' open "$tmp/frames.html" --virtual-time-budget=5000 --window-size=1900,1000
same 'nothing is wider than 400 pixels' '[400:400]' "$(grep -o '\[400:[0-9]*\]' "$tmp/dom")"
same 'nor than 1400' '[1400:1400]' "$(grep -o '\[1400:[0-9]*\]' "$tmp/dom")"
tap_done
