-- SPDX-License-Identifier: Apache-2.0
-- A mail to more than twenty mailboxes is a mass mailing: not analysed.
dofile(PRELUDE)
scenario(function()
	for _, case in ipairs({ { 20, "scored" }, { 21, "skipped-automated" } }) do
		local conn = open()
		local recipients = {}
		for i = 1, case[1] do
			recipients[i] = "<support+" .. i .. "@example.com>"
		end
		envelope(conn, "<anna@example.net>", recipients)
		data(conn)
		usual_headers(conn)
		body(conn)
		eom(conn)
		want_added(conn, "X-Tact-Status", case[2])
		mt.disconnect(conn)
	end
end)
