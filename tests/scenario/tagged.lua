-- SPDX-License-Identifier: Apache-2.0
-- A customer's mail gets its headers, Status and Id among them, and nothing
-- else is touched.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	usual_mail(conn)
	want_added(conn, "X-Tact-Id")
	want_added(conn, "X-Tact-Language", "en")
	want_added(conn, "X-Tact-Sentiment")
	want_nothing_deleted(conn)
	if not mt.getheader(conn, "X-Tact-Id", 0):match("^[a-z2-7]+$") then
		fail("X-Tact-Id is not an id")
	end
	mt.disconnect(conn)
end)
