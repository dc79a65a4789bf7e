-- SPDX-License-Identifier: Apache-2.0
-- Every version of the protocol, with more or less offered.
dofile(PRELUDE)
scenario(function()
	for _, case in ipairs({ { 2, 0x1f, 0x7f }, { 3, 0x3f, 0x1ff },
			{ 4, 0x3f, 0x3ff }, { 5, 0x1ff, 0x1fffff },
			{ 6, 0x1ff, 0x1fffff }, { 6, 0x1ff, 0x301fffff },
			{ 6, 0x11, 0x1fffff }, { 6, 0x1ff, 0x3ff },
			{ 6, 0x1ff, 0x1ffbff }, { 7, 0x1ff, 0x1fffff } }) do
		local conn = mt.connect(SOCKET, 40, 0.05)
		local problem = negotiate(conn, case[1], case[2], case[3])
		local name = string.format("version %d, actions %x, steps %x",
			case[1], case[2], case[3])
		if problem ~= nil then
			fail(name .. ": " .. problem)
		end
		if mt.test_option(conn, SMFIP_NOHDRS) or
				mt.test_option(conn, SMFIP_NOBODY) then
			fail(name .. ": headers or body not asked for")
		end
		mt.mailfrom(conn, "<anna@example.net>")
		mt.rcptto(conn, "<support@example.com>")
		if case[3] & SMFIP_NODATA ~= 0 then
			mt.data(conn)
		end
		header(conn, "From", "anna@example.net")
		header(conn, "X-Tact-Tier", "vip")
		if not mt.test_option(conn, SMFIP_NOEOH) then
			mt.eoh(conn)
			reply_is(conn, SMFIR_CONTINUE, name .. ": EOH")
		end
		body(conn)
		if mt.eom(conn) ~= nil then
			fail(name .. ": no answer to the end of message")
		end
		reply_is(conn, SMFIR_CONTINUE, name)
		want_deleted(conn, "X-Tact-Tier")
		want_added(conn, "X-Tact-Status")
		mt.disconnect(conn)
	end
end)
