-- SPDX-License-Identifier: Apache-2.0
-- Every mail that LIST names, a path a line, from its own From to RECIPIENT. To
-- OUT goes a line for each: path, tier, draft and status of the headers added.
dofile(PRELUDE)

local function parts(path)
	local file = assert(io.open(path, "rb"))
	local all = file:read("*a")
	file:close()
	local head, text = string.match(all, "^(.-)\n\n(.*)$")
	local list = {}
	for line in string.gmatch(string.gsub(head, "\n[ \t]", " ") .. "\n", "(.-)\n") do
		local name, value = string.match(line, "^([^:]+): ?(.*)$")
		list[#list + 1] = { name, value }
	end
	return list, (string.gsub(text, "\n", "\r\n"))
end

local function one(conn, path, out)
	local list, text = parts(path)
	local sender
	for _, field in ipairs(list) do
		if field[1] == "From" then
			sender = string.match(field[2], "<([^>]*)>%s*$")
		end
	end
	envelope(conn, "<" .. sender .. ">", { "<" .. RECIPIENT .. ">" })
	data(conn)
	for _, field in ipairs(list) do
		header(conn, field[1], field[2])
	end
	body(conn, text)
	eom(conn)
	want_nothing_else(conn)
	out:write(path, " ", mt.getheader(conn, "X-Tact-Tier", 0) or "-", " ",
		mt.getheader(conn, "X-Tact-Draft", 0) or "-", " ",
		mt.getheader(conn, "X-Tact-Status", 0) or "-", "\n")
end

scenario(function()
	local out = assert(io.open(OUT, "w"))
	for path in io.lines(LIST) do
		local conn = open()
		one(conn, path, out)
		mt.disconnect(conn)
	end
	out:close()
end)
