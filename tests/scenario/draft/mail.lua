-- SPDX-License-Identifier: Apache-2.0
-- One mail as drafts.sh tells: FROM, TO, ID, REFS, AUTH, EXTRA, SUBJECT, BODY,
-- RECIPIENT, CLIENT ("local", "login" or ""); and what is to come of it: DRAFT, the value of X-Tact-Draft, ""
-- for none; or REPLY, "550", when the mail is to be refused.
dofile(PRELUDE)

local function text(value)
	return (string.gsub(value, "|", "\r\n"))
end

scenario(function()
	local conn = open(CLIENT == "local" and LOCAL or STRANGER)
	if CLIENT == "login" then
		login(conn, "kim")
	end
	local sender = string.match(FROM, "<(.*)>") or FROM
	envelope(conn, "<" .. sender .. ">", { "<" .. RECIPIENT .. ">" })
	data(conn)
	if AUTH ~= "" then
		header(conn, "Authentication-Results", "mx.test; " .. AUTH)
	end
	header(conn, "From", FROM)
	if TO ~= "" then
		header(conn, "To", TO)
	end
	header(conn, "Subject", SUBJECT)
	header(conn, "Date", "Mon, 2 Jan 2023 10:00:00 +0000")
	header(conn, "Message-ID", "<" .. ID .. ">")
	if REFS ~= "" then
		header(conn, "References", REFS)
	end
	if EXTRA ~= "" then
		local name, value = string.match(EXTRA, "([^:]+): (.*)")
		header(conn, name, value)
	end
	body(conn, text(BODY))
	if REPLY ~= "" then
		mt.eom(conn)
		reply_is(conn, SMFIR_REPLYCODE, "end of message")
		want_nothing_added(conn)
		mt.disconnect(conn)
		return
	end
	eom(conn)
	if DRAFT ~= "" then
		want_added(conn, "X-Tact-Draft", DRAFT)
	elseif added(conn, "X-Tact-Draft") then
		fail("X-Tact-Draft was added all the same")
	end
	want_nothing_else(conn)
	mt.disconnect(conn)
end)
