-- SPDX-License-Identifier: Apache-2.0
-- A thousand forged headers are removed; eleven thousand defer the mail rather
-- than let one through.
dofile(PRELUDE)
scenario(function()
	for _, case in ipairs({ { 1000, SMFIR_CONTINUE },
			{ 11000, SMFIR_TEMPFAIL } }) do
		local conn = open()
		envelope(conn, "<anna@example.net>",
			{ "<support@example.com>" })
		data(conn)
		usual_headers(conn)
		for i = 1, case[1] do
			header(conn, "X-Tact-N" .. i % 7, "vip")
		end
		body(conn)
		eom(conn, case[2])
		if case[2] == SMFIR_TEMPFAIL then
			want_nothing_added(conn)
		else
			want_deleted(conn, "X-Tact-N3")
		end
		mt.disconnect(conn)
	end
end)
