-- SPDX-License-Identifier: Apache-2.0
-- Mails of all kinds on one connection do not see each other.
dofile(PRELUDE)
scenario(function()
	local conn = open(LOCAL)
	for round = 1, 20 do
		usual_mail(conn)
		want_nothing_deleted(conn)

		envelope(conn, "<anna@example.net>", { "<bob@example.org>" })
		data(conn, SMFIR_ACCEPT)

		envelope(conn, "<support@example.com>", { "<anna@example.net>" })
		data(conn)
		header(conn, "X-Tact-Tier", "vip")
		body(conn)
		eom(conn)
		want_deleted(conn, "X-Tact-Tier")
		want_nothing_added(conn)
	end
	mt.disconnect(conn)
end)
