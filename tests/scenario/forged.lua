-- SPDX-License-Identifier: Apache-2.0
-- Whatever came with our prefix goes, in any spelling; what only looks alike
-- stays.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	local forged = { "X-Tact-Tier", "x-tact-tier", "X-TACT-STATUS",
		"X_Tact_Tier", "X-Tact_Sentiment", "Resent-X-Tact-Tier",
		"Old-X-Tact-Tier", "Old-Resent-x_tact_Id", "X-Tact-",
		"X-Tact-Tier " }
	envelope(conn, "<anna@example.net>", { "<support@example.com>" })
	data(conn)
	header(conn, "X-Tact-First", "before all others")
	usual_headers(conn)
	for _, name in ipairs(forged) do
		header(conn, name, "vip")
	end
	header(conn, "X-Tact-Long", string.rep("a", 900))
	header(conn, "X-Tact-Folded", "a\n\tb\n c")
	header(conn, "X-Tact-Empty", "")
	header(conn, "X-Tactical", "mine")
	header(conn, "X-Tact", "mine")
	header(conn, "Y-X-Tact-Tier", "mine")
	body(conn)
	eom(conn)
	-- those that differ by case alone go by the first one's name
	for _, name in ipairs({ "X-Tact-Tier", "X-TACT-STATUS", "X_Tact_Tier",
			"X-Tact_Sentiment", "Resent-X-Tact-Tier",
			"Old-X-Tact-Tier", "Old-Resent-x_tact_Id", "X-Tact-" }) do
		want_deleted(conn, name)
	end
	for _, name in ipairs({ "X-Tact-First", "X-Tact-Long",
			"X-Tact-Folded", "X-Tact-Empty" }) do
		want_deleted(conn, name)
	end
	for _, name in ipairs({ "X-Tactical", "X-Tact", "Y-X-Tact-Tier",
			"Subject" }) do
		if mt.eom_check(conn, MT_HDRDELETE, name) then
			fail("deleted: " .. name)
		end
	end
	want_added(conn, "X-Tact-Status", "scored")
	mt.disconnect(conn)
end)
