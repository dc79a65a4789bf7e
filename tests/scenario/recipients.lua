-- SPDX-License-Identifier: Apache-2.0
-- All spellings of a mailbox are that mailbox.
dofile(PRELUDE)
scenario(function()
	for _, recipient in ipairs({ "<support@example.com>",
			"<SUPPORT@EXAMPLE.COM>", "support@example.com",
			"<support+printer@example.com>",
			"<help@example.com>" }) do
		local conn = open()
		envelope(conn, "<anna@example.net>", { recipient })
		data(conn, SMFIR_CONTINUE)
		usual_headers(conn)
		body(conn)
		eom(conn)
		if not added(conn, "X-Tact-Status") then
			fail("not tagged: " .. recipient)
		end
		mt.disconnect(conn)
	end
end)
