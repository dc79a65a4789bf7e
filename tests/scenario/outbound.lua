-- SPDX-License-Identifier: Apache-2.0
-- Mail from a mailbox: our headers are removed, the body is not read, nothing
-- is added.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	envelope(conn, "<support@example.com>", { "<anna@example.net>" })
	data(conn)
	usual_headers(conn)
	header(conn, "X-Tact-Tier", "vip")
	body(conn)
	reply_is(conn, SMFIR_SKIP, "body")
	eom(conn)
	want_deleted(conn, "X-Tact-Tier")
	want_nothing_added(conn)
	mt.disconnect(conn)
end)
