-- SPDX-License-Identifier: Apache-2.0
-- A machine's mail is marked as such and not analysed.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	envelope(conn, "<>", { "<support@example.com>" })
	data(conn)
	usual_headers(conn)
	body(conn)
	eom(conn)
	want_added(conn, "X-Tact-Status", "skipped-automated")
	if added(conn, "X-Tact-Sentiment") then
		fail("a sentiment of a bounce")
	end
	mt.disconnect(conn)
end)
