-- SPDX-License-Identifier: Apache-2.0
-- The MTA may give up a mail in any state; the next one on the connection is
-- served as if there had been none.
dofile(PRELUDE)
scenario(function()
	local states = {
		function() end,
		function(c) mt.mailfrom(c, "<anna@example.net>") end,
		function(c) mt.rcptto(c, "<support@example.com>") end,
		function(c) mt.data(c) end,
		function(c) mt.header(c, "X-Tact-Tier", "vip") end,
		function(c) mt.bodystring(c, USUAL_BODY) end,
		function(c) mt.bodystring(c, string.rep("x", 60000)) end,
	}
	local conn = open()
	for last = 1, #states do
		for i = 1, last do
			states[i](conn)
		end
		mt.abort(conn)
		usual_mail(conn)
		want_nothing_deleted(conn)
		-- and a connection that just goes away there
		local lost = open()
		for i = 1, last do
			states[i](lost)
		end
		mt.disconnect(lost, false)
	end
	mt.disconnect(conn)
end)
