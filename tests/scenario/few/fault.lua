-- SPDX-License-Identifier: Apache-2.0
-- A mail that makes its analyser do FAULT gets STATUS (a|b: either), and
-- loses what was forged.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	envelope(conn, "<anna@example.net>", { "<support@example.com>" })
	data(conn)
	usual_headers(conn)
	header(conn, "X-Mail", MAIL)
	header(conn, "X-Tact-Tier", "vip")
	body(conn, USUAL_BODY .. "tact-fault: " .. FAULT .. "\r\n")
	eom(conn)
	want_deleted(conn, "X-Tact-Tier")
	local status = mt.getheader(conn, "X-Tact-Status", 0)
	for wanted in STATUS:gmatch("[^|]+") do
		if status == wanted then
			mt.disconnect(conn)
			return
		end
	end
	fail("status " .. tostring(status) .. ", not " .. STATUS)
end)
