/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Synchronising literals only: LITERAL+ would save a round trip and cost the
 * chance to be told "over quota" before the mail is sent.
 */
#include "imap.h"

#include <string.h>

#include "deliver.h"
#include "faults.h"

#define LINES_MAX 50000  /* of one answer */
#define LITERAL_MAX 4096 /* that we read: a folder's name */

struct Imap {
	Wire *wire;
	unsigned n; /* commands given */
	char tag[16];
	char *answer;
	ImapStatus status;
	char *capabilities; /* the server's line */
};

/* Codes (RFC 5530) of a NO that waiting does not mend. Without one of them it
 * is taken for a passing trouble. */
static const struct code {
	const char *name;
	DeliveryError error;
} codes[] = {
	{ "OVERQUOTA", DELIVERY_ERROR_SETUP },
	{ "NOPERM", DELIVERY_ERROR_SETUP },
	{ "TRYCREATE", DELIVERY_ERROR_SETUP },
	{ "NONEXISTENT", DELIVERY_ERROR_SETUP },
	{ "CANNOT", DELIVERY_ERROR_SETUP },
	{ "AUTHORIZATIONFAILED", DELIVERY_ERROR_SETUP },
	{ "AUTHENTICATIONFAILED", DELIVERY_ERROR_SETUP },
	{ "PRIVACYREQUIRED", DELIVERY_ERROR_SETUP },
	{ "CONTACTADMIN", DELIVERY_ERROR_SETUP },
	{ "READ-ONLY", DELIVERY_ERROR_SETUP },
	{ "LIMIT", DELIVERY_ERROR_REFUSED },
	{ "TOOBIG", DELIVERY_ERROR_REFUSED },
	{ "BADCHARSET", DELIVERY_ERROR_REFUSED },
};

static DeliveryError
kind_of_refusal(const Imap *imap)
{
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (imap_reply_code(imap->answer, codes[i].name, NULL, 0))
			return codes[i].error;
	return imap->status == IMAP_BAD ? DELIVERY_ERROR_REFUSED
	                                : DELIVERY_ERROR_RETRY;
}

/* Never the command: it may name what is not for a log. */
static bool
refused(const Imap *imap, const char *command, GError **error)
{
	g_autofree char *verb = g_strndup(command, strcspn(command, " "));
	g_autofree char *code = wire_code(imap->answer);

	g_set_error(error, DELIVERY_ERROR, kind_of_refusal(imap),
	            "the server answers %s with %s", verb, code);
	return false;
}

/* ---------------------------------------------------------------- lines */

static void
append_quoted(GString *out, const char *bytes, size_t size)
{
	g_string_append_c(out, '"');
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '"' || bytes[i] == '\\')
			g_string_append_c(out, '\\');
		if (!g_ascii_iscntrl(bytes[i]))
			g_string_append_c(out, bytes[i]);
	}
	g_string_append_c(out, '"');
}

char *
imap_quote(const char *text)
{
	GString *out = g_string_new(NULL);

	append_quoted(out, text, strlen(text));
	return g_string_free(out, FALSE);
}

/* Puts the literal that the line ends with into the line, and what follows
 * it. */
static bool
take_literal(Imap *imap, GString *line, size_t size, GError **error)
{
	g_autoptr(GString) literal = g_string_new(NULL);
	g_autofree char *rest = NULL;

	if (size > LITERAL_MAX || line->len > WIRE_LINE_MAX) {
		g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY,
		                    "the server's literal is too long");
		return false;
	}
	if (!wire_read(imap->wire, size, literal, error))
		return false;
	rest = wire_read_line(imap->wire, error);
	if (rest == NULL)
		return false;
	g_string_truncate(line, (gsize)(strrchr(line->str, '{') - line->str));
	append_quoted(line, literal->str, literal->len);
	g_string_append(line, rest);
	return true;
}

static char *
read_whole_line(Imap *imap, GError **error)
{
	g_autofree char *start = wire_read_line(imap->wire, error);
	g_autoptr(GString) line = NULL;
	size_t size;

	if (start == NULL)
		return NULL;
	line = g_string_new(start);
	while (line->str[0] == '*' && imap_reply_literal(line->str, &size))
		if (!take_literal(imap, line, size, error))
			return NULL;
	return g_string_free(g_steal_pointer(&line), FALSE);
}

static bool
hung_up(const char *line, const char *why, GError **error)
{
	g_autofree char *code = wire_code(line);

	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY, "%s: %s", why,
	            code);
	return false;
}

/* Until the answer to our command, or the wish for its literal. */
static bool
read_answer(Imap *imap, ImapVisit *visit, void *data, GError **error)
{
	for (size_t i = 0; i < LINES_MAX; i++) {
		g_autofree char *line = read_whole_line(imap, error);

		if (line == NULL)
			return false;
		imap->status = imap_reply_status(line, imap->tag);
		if (imap->status == IMAP_BYE)
			return hung_up(line, "the server hangs up", error);
		if (imap->status == IMAP_GARBAGE)
			return hung_up(line, "this is no IMAP", error);
		if (imap->status == IMAP_DATA) {
			if (visit != NULL)
				visit(line, data);
			continue;
		}
		g_free(imap->answer);
		imap->answer = g_steal_pointer(&line);
		return true;
	}
	return hung_up("", "the server's answer does not end", error);
}

/* ------------------------------------------------------------- commands */

static bool
say(Imap *imap, const char *command, const char *end, GError **error)
{
	g_autofree char *line = NULL;

	g_snprintf(imap->tag, sizeof(imap->tag), "t%u", ++imap->n);
	line = g_strdup_printf("%s %s%s\r\n", imap->tag, command, end);
	return wire_write(imap->wire, line, strlen(line), error);
}

bool
imap_do(Imap *imap, const char *command, ImapVisit *visit, void *data,
        GError **error)
{
	if (!say(imap, command, "", error) ||
	    !read_answer(imap, visit, data, error))
		return false;
	if (imap->status == IMAP_CONTINUE)
		return hung_up(imap->answer, "this is no IMAP", error);
	return imap->status == IMAP_OK || refused(imap, command, error);
}

bool
imap_do_literal(Imap *imap, const char *command, GBytes *literal,
                GError **error)
{
	gsize size;
	const char *bytes = g_bytes_get_data(literal, &size);
	g_autofree char *announced = g_strdup_printf(" {%zu}", size);

	if (!say(imap, command, announced, error) ||
	    !read_answer(imap, NULL, NULL, error))
		return false;
	if (imap->status != IMAP_CONTINUE)
		return refused(imap, command, error);
	if (!wire_write(imap->wire, bytes, size, error) ||
	    !wire_write(imap->wire, "\r\n", 2, error))
		return false;
	faults_point("appended");
	if (!read_answer(imap, NULL, NULL, error))
		return false;
	return imap->status == IMAP_OK || refused(imap, command, error);
}

const char *
imap_answer(const Imap *imap)
{
	return imap->answer;
}

bool
imap_was_refused(const Imap *imap)
{
	return imap->status == IMAP_NO || imap->status == IMAP_BAD;
}

static void
note_capabilities(const char *line, void *data)
{
	Imap *imap = data;

	if (!imap_reply_has_capability(line, "IMAP4rev1") &&
	    !imap_reply_has_capability(line, "IMAP4rev2"))
		return;
	g_free(imap->capabilities);
	imap->capabilities = g_strdup(line);
}

bool
imap_has_capability(const Imap *imap, const char *name)
{
	return imap->capabilities != NULL &&
	       imap_reply_has_capability(imap->capabilities, name);
}

Imap *
imap_open(const WireTarget *target, Deadline deadline, GError **error)
{
	g_autoptr(Imap) imap = g_new0(Imap, 1);

	imap->wire = wire_open(target, deadline, error);
	if (imap->wire == NULL ||
	    !imap_do(imap, "CAPABILITY", note_capabilities, imap, error))
		return NULL;
	return g_steal_pointer(&imap);
}

void
imap_free(Imap *imap)
{
	if (imap == NULL)
		return;
	if (imap->wire != NULL)
		wire_say_goodbye(imap->wire, "t0 LOGOUT\r\n");
	wire_free(imap->wire);
	g_free(imap->answer);
	g_free(imap->capabilities);
	g_free(imap);
}
