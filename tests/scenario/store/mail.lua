-- SPDX-License-Identifier: Apache-2.0
-- One mail as store.sh tells: FROM, HELO, ID, REFS, AUTH, RECIPIENT; and what is to
-- come of it: WANT, a list of Name=value (or Name alone), and LACK, of names.
dofile(PRELUDE)

local function each(list, what)
	for item in string.gmatch(list, "[^;]+") do
		what(item)
	end
end

scenario(function()
	local conn = open(OUT ~= "" and LOCAL or STRANGER)
	if HELO ~= "" then
		mt.helo(conn, HELO)
	end
	local sender = string.match(FROM, "<(.*)>") or FROM
	envelope(conn, "<" .. sender .. ">", { "<" .. RECIPIENT .. ">" })
	data(conn)
	if AUTH ~= "" then
		header(conn, "Authentication-Results", "mx.test; " .. AUTH)
	end
	header(conn, "From", FROM)
	header(conn, "To", RECIPIENT)
	header(conn, "Subject", "Printer")
	header(conn, "Date", "Mon, 2 Jan 2023 10:00:00 +0000")
	header(conn, "Message-ID", "<" .. ID .. ">")
	if REFS ~= "" then
		header(conn, "References", REFS)
	end
	if EXTRA ~= "" then
		local name, value = string.match(EXTRA, "([^:]+): (.*)")
		header(conn, name, value)
	end
	if OUT == "" then
		body(conn)
	else
		body(conn)
		reply_is(conn, SMFIR_SKIP, "body")
	end
	eom(conn)
	each(WANT, function(item)
		local name, value = string.match(item, "([^=]+)=(.*)")
		want_added(conn, "X-Tact-" .. (name or item), value)
	end)
	each(LACK, function(name)
		if added(conn, "X-Tact-" .. name) then
			fail("added all the same: " .. name)
		end
	end)
	want_nothing_else(conn)
	mt.disconnect(conn)
end)
