-- SPDX-License-Identifier: Apache-2.0
-- Mail from a mailbox: our headers are removed, the body is not read, nothing
-- is added; whoever brought it.
dofile(PRELUDE)
scenario(function()
	for _, case in ipairs({ { LOCAL }, { STRANGER, "support" },
			{ { "localhost", "unspec" } }, { { "v6", "::1" } },
			{ STRANGER }, { { "unknown", "unspec" } },
			{ { "localhost", "192.0.2.1" } } }) do
		local conn = open(case[1])
		if case[2] then
			login(conn, case[2])
		end
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
	end
end)
