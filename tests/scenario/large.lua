-- SPDX-License-Identifier: Apache-2.0
-- Past analysis.bytes_max the MTA is told to skip, and the mail is tagged by
-- what was read.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	envelope(conn, "<anna@example.net>", { "<support@example.com>" })
	data(conn)
	usual_headers(conn)
	body(conn)
	local chunk = string.rep("This is filler text, nothing more.\r\n", 1700)
	local chunks = 0
	repeat
		body(conn, chunk)
		chunks = chunks + 1
	until mt.getreply(conn) == SMFIR_SKIP or chunks == 100
	if chunks ~= 5 then
		fail("skipped after " .. chunks .. " chunks of 60 KB")
	end
	eom(conn)
	want_added(conn, "X-Tact-Status")
	mt.disconnect(conn)
end)
