-- SPDX-License-Identifier: Apache-2.0
-- Others among the recipients would see the tags: none, unless the mailbox
-- allows it. Forged ones go in any case.
dofile(PRELUDE)
scenario(function()
	for _, case in ipairs({
			{ { "<support@example.com>", "<bob@example.org>" }, false },
			{ { "<bob@example.org>", "<support@example.com>" }, false },
			{ { "<open@example.com>", "<bob@example.org>" }, true },
			{ { "<open@example.com>", "<support@example.com>",
			    "<bob@example.org>" }, false },
			{ { "<support@example.com>", "<shadow@example.com>" },
			    true } }) do
		local conn = open()
		envelope(conn, "<anna@example.net>", case[1])
		data(conn)
		usual_headers(conn)
		header(conn, "X-Tact-Tier", "vip")
		body(conn)
		eom(conn)
		want_deleted(conn, "X-Tact-Tier")
		if added(conn, "X-Tact-Status") ~= case[2] then
			fail("tagged or not: " .. table.concat(case[1], " "))
		end
		mt.disconnect(conn)
	end
end)
