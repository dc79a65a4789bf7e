-- SPDX-License-Identifier: Apache-2.0
-- Bytes that no mail should have: raw 8-bit, controls, chunks cut anywhere.
dofile(PRELUDE)
scenario(function()
	local conn = open()
	local all = {}
	for i = 1, 255 do
		all[i] = string.char(i)
	end
	all = table.concat(all)
	envelope(conn, "<" .. all .. "@example.net>",
		{ "<" .. all .. "@example.org>", "<support@example.com>",
		  "<open@example.com>" })
	data(conn)
	header(conn, "Subject", all)
	header(conn, "X-" .. all, all)
	header(conn, "From", "anna@example.net\nX-Tact-Tier: vip")
	body(conn, "caf\xc3")
	body(conn, "\xa9\r")
	body(conn, "\n" .. all .. "\r\n")
	body(conn)
	eom(conn)
	mt.disconnect(conn)
end)
