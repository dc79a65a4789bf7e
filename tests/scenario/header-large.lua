-- SPDX-License-Identifier: Apache-2.0
-- More header than is kept: the forged one at its end is removed still.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	envelope(conn, "<anna@example.net>", { "<support@example.com>" })
	data(conn)
	usual_headers(conn)
	for i = 1, 400 do
		header(conn, "X-Filler", string.rep("b", 900))
	end
	header(conn, "X-Tact-Tier", "vip")
	body(conn)
	eom(conn)
	want_deleted(conn, "X-Tact-Tier")
	want_added(conn, "X-Tact-Status")
	mt.disconnect(conn)
end)
