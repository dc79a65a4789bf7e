-- SPDX-License-Identifier: Apache-2.0
-- What every scenario needs. miltertest stops at an error with no word about
-- it, so each scenario is a function given to scenario(), which says what
-- failed. SOCKET comes from run.sh.

ALL_ACTIONS = 0x1ff
ALL_STEPS = 0x1fffff

function fail(text)
	error(text, 2)
end

local function must(what, problem)
	if problem ~= nil then
		error(what .. ": " .. problem, 3)
	end
end

-- miltertest 2.11 takes the steps before the actions, unlike its manual.
function negotiate(conn, version, actions, steps)
	return mt.negotiate(conn, version, steps, actions)
end

-- Who brings the mail: a name and an address, "unspec" for none.
function client(conn, name, address)
	must("connect", mt.conninfo(conn, name, address))
end

STRANGER = { "mail.example.net", "192.0.2.1" }
LOCAL = { "localhost", "127.0.0.1" }

-- A connection for a client: a stranger's, if none is given.
function open(from)
	local conn = connect()
	from = from or STRANGER
	client(conn, from[1], from[2])
	return conn
end

function connect(version, actions, steps)
	local conn = mt.connect(SOCKET, 40, 0.05)
	if conn == nil then
		fail("cannot connect to " .. SOCKET)
	end
	must("negotiate", negotiate(conn, version or 6,
		actions or ALL_ACTIONS, steps or ALL_STEPS))
	return conn
end

-- What the MTA says of one who has logged in. HELO forgets it; without one
-- miltertest makes one of its own later.
function login(conn, name)
	must("helo", mt.helo(conn, "client.example"))
	must("macro", mt.macro(conn, SMFIC_MAIL, "{auth_authen}", name,
		"{auth_type}", "PLAIN"))
end

function reply_is(conn, wanted, what)
	local got = mt.getreply(conn)
	if got ~= wanted then
		error((what or "reply") .. ": expected '" ..
			string.char(wanted) .. "', got '" ..
			string.char(got) .. "'", 2)
	end
end

function envelope(conn, sender, recipients)
	must("mail", mt.mailfrom(conn, sender))
	for _, recipient in ipairs(recipients) do
		must("rcpt", mt.rcptto(conn, recipient))
	end
end

function data(conn, wanted)
	must("data", mt.data(conn))
	reply_is(conn, wanted or SMFIR_CONTINUE, "DATA")
end

function header(conn, name, value)
	must("header " .. name, mt.header(conn, name, value))
end

-- A plain mail of a customer.
function usual_headers(conn)
	header(conn, "From", "Anna Berg <anna@example.net>")
	header(conn, "To", "support@example.com")
	header(conn, "Subject", "Printer")
	header(conn, "Date", "Mon, 2 Jan 2023 10:00:00 +0000")
	header(conn, "Message-ID", "<1@example.net>")
end

USUAL_BODY = "Hello,\r\n\r\nthe printer has stopped working again and I " ..
	"am really annoyed.\r\nPlease help me today.\r\n\r\nAnna\r\n"

function body(conn, text)
	must("body", mt.bodystring(conn, text or USUAL_BODY))
end

function eom(conn, wanted)
	must("eom", mt.eom(conn))
	reply_is(conn, wanted or SMFIR_CONTINUE, "end of message")
end

function added(conn, name, value)
	if value ~= nil then
		return mt.eom_check(conn, MT_HDRADD, name, value)
	elseif name ~= nil then
		return mt.eom_check(conn, MT_HDRADD, name)
	end
	return mt.eom_check(conn, MT_HDRADD)
end

function want_added(conn, name, value)
	if not added(conn, name, value) then
		error("not added: " .. name .. " " .. (value or "") ..
			" (it is " .. tostring(mt.getheader(conn, name, 0)) ..
			")", 2)
	end
end

function want_nothing_added(conn)
	if added(conn) or mt.eom_check(conn, MT_HDRINSERT) then
		error("a header was added", 2)
	end
end

function want_deleted(conn, name)
	if not mt.eom_check(conn, MT_HDRDELETE, name) then
		error("not deleted: " .. name, 2)
	end
end

function want_nothing_deleted(conn)
	if mt.eom_check(conn, MT_HDRDELETE) then
		error("a header was deleted", 2)
	end
end

-- Nothing but headers may ever be touched.
function want_nothing_else(conn)
	for _, op in ipairs({ MT_BODYCHANGE, MT_QUARANTINE }) do
		if mt.eom_check(conn, op) then
			error("something else than a header was changed", 2)
		end
	end
end

-- A whole usual mail on an open connection; ends after the answer.
function usual_mail(conn)
	envelope(conn, "<anna@example.net>", { "<support@example.com>" })
	data(conn)
	usual_headers(conn)
	body(conn)
	eom(conn)
	want_added(conn, "X-Tact-Status", "scored")
	want_nothing_else(conn)
end

function scenario(run)
	local good, problem = pcall(run)
	if not good then
		mt.echo("# " .. tostring(problem))
		os.exit(1)
	end
end
