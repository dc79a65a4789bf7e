-- SPDX-License-Identifier: Apache-2.0
-- An MTA that lets nobody change headers: mail passes, and no edit is tried.
dofile(PRELUDE)
scenario(function()
	for _, actions in ipairs({ 0x1ee, 0x1ef, 0x1fe }) do
		local conn = connect(6, actions)
		envelope(conn, "<anna@example.net>",
			{ "<support@example.com>" })
		data(conn, SMFIR_ACCEPT)
		mt.disconnect(conn)
	end
end)
