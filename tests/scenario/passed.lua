-- SPDX-License-Identifier: Apache-2.0
-- Mail to no mailbox, or to one with mode off, is accepted at DATA: its
-- headers and body are never asked for.
dofile(PRELUDE)
scenario(function()
	for _, recipient in ipairs({ "<bob@example.org>", "<off@example.com>",
			"<support@example.org>", "support", "<>", "<@>",
			"<supportx@example.com>" }) do
		local conn = open()
		envelope(conn, "<anna@example.net>", { recipient })
		data(conn, SMFIR_ACCEPT)
		mt.disconnect(conn)
	end
end)
