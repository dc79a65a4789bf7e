-- SPDX-License-Identifier: Apache-2.0
-- No header, no body; a header alone; a body alone.
dofile(PRELUDE)
scenario(function()
	for case = 0, 3 do
		local conn = open()
		envelope(conn, "<anna@example.net>",
			{ "<support@example.com>" })
		data(conn)
		if case & 1 ~= 0 then
			usual_headers(conn)
		end
		if case & 2 ~= 0 then
			body(conn)
		end
		eom(conn)
		want_added(conn, "X-Tact-Status")
		mt.disconnect(conn)
	end
end)
