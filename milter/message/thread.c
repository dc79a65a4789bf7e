/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 5322 3.6.4: References lists the oldest first, so its first id is the
 * root. Ids are compared as they stand; clients that break References
 * (Exchange with In-Reply-To alone) still share the parent's id.
 *
 * Marks are those that Outlook, Gmail, Apple Mail and Notes write in our
 * languages. One-letter marks (R, I) count only directly before a colon.
 */
#include "message/thread.h"

#include <string.h>

#define ID_BYTES_MAX 250
#define MARKS_MAX 50

typedef struct Mark {
	const char *text; /* lower case */
	bool reply;
} Mark;

static const Mark marks[] = {
	{ "re", true },      { "sv", true },       { "vs", true },
	{ "aw", true },      { "antw", true },     { "antwoord", true },
	{ "antwort", true }, { "odp", true },      { "r", true },
	{ "ris", true },     { "rif", true },      { "rép", true },
	{ "rep", true },     { "réf", true },      { "res", true },
	{ "svar", true },    { "vast", true },     { "fw", false },
	{ "fwd", false },    { "wg", false },      { "vb", false },
	{ "vl", false },     { "vl", false },      { "tr", false },
	{ "i", false },      { "rv", false },      { "doorst", false },
	{ "pd", false },     { "vidb", false },    { "videresend", false },
	{ "enc", false },    { "inoltra", false }, { "lähetetty", false },
};

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\n')
		p++;
	return p;
}

/* Past "[2]", "(2)" or "^2" after a mark. */
static const char *
skip_count(const char *p)
{
	char close = *p == '[' ? ']' : *p == '(' ? ')' : '\0';
	const char *digits = p + 1;
	size_t n;

	if (close == '\0' && *p != '^')
		return p;
	n = strspn(digits, "0123456789");
	if (n == 0 || n > 4)
		return p;
	if (close == '\0')
		return digits + n;
	return digits[n] == close ? digits + n + 1 : p;
}

/* Past the colon, ASCII or full width, that must end a mark; else NULL. */
static const char *
skip_colon(const char *p)
{
	static const char wide[] = "\xef\xbc\x9a";

	if (*p == ' ') /* French: "TR :" */
		p++;
	if (*p == ':')
		return p + 1;
	return g_str_has_prefix(p, wide) ? p + strlen(wide) : NULL;
}

static const char *
skip_one_mark(const char *p, const Mark *mark)
{
	size_t n = strlen(mark->text);
	g_autofree char *start = NULL;
	g_autofree char *lower = NULL;

	if (g_ascii_tolower(*p) != *mark->text) /* each begins in ASCII */
		return NULL;
	start = g_strndup(p, n);
	if (!g_utf8_validate(start, -1, NULL))
		return NULL;
	lower = g_utf8_strdown(start, -1);
	if (strcmp(lower, mark->text) != 0)
		return NULL;
	return skip_colon(skip_count(p + n));
}

/* Past one mark at `p`; NULL if there is none. */
static const char *
skip_mark(const char *p, bool *ret_reply)
{
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *next = skip_one_mark(p, &marks[i]);

		if (next != NULL) {
			*ret_reply = marks[i].reply;
			return next;
		}
	}
	return NULL;
}

/* Past "[list] " when a mark follows it, or it stands at the very start. */
static const char *
skip_tag(const char *p)
{
	const char *end;

	if (*p != '[')
		return p;
	end = strchr(p, ']');
	if (end == NULL || end - p > 60)
		return p;
	return skip_blanks(end + 1);
}

static const char *
skip_marks(const char *subject)
{
	const char *p = skip_blanks(subject);

	for (size_t i = 0; i < MARKS_MAX; i++) {
		bool reply;
		const char *next = skip_mark(p, &reply);

		if (next == NULL)
			next = skip_mark(skip_tag(p), &reply);
		if (next == NULL)
			break;
		p = skip_blanks(next);
	}
	return p;
}

bool
thread_subject_is_reply(const char *subject)
{
	bool reply = false;

	if (subject == NULL)
		return false;
	return skip_mark(skip_blanks(subject), &reply) != NULL && reply;
}

char *
thread_bare_subject(const char *subject)
{
	const char *p = skip_marks(subject != NULL ? subject : "");
	g_autoptr(GString) bare = g_string_new(NULL);

	for (; *p != '\0'; p++) {
		if (!g_ascii_isspace(*p))
			g_string_append_c(bare, *p);
		else if (bare->len > 0 && bare->str[bare->len - 1] != ' ')
			g_string_append_c(bare, ' ');
	}
	if (bare->len > 0 && bare->str[bare->len - 1] == ' ')
		g_string_truncate(bare, bare->len - 1);
	return g_string_free(g_steal_pointer(&bare), FALSE);
}

char *
thread_message_id(const char *value)
{
	const char *start = value != NULL ? strchr(value, '<') : NULL;
	const char *end = start != NULL ? strchr(start, '>') : NULL;
	const char *p;

	if (end == NULL || end == start + 1 || end - start > ID_BYTES_MAX)
		return NULL;
	for (p = start + 1; p < end; p++)
		if (*p <= ' ' || *p > '~' || *p == '<')
			return NULL;
	return g_strndup(start + 1, (gsize)(end - start - 1));
}

static char *
ancestor(const Headers *headers)
{
	static const char *const names[] = { "References", "In-Reply-To" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = headers_field(headers, names[i], 0);
		char *id = thread_message_id(value);

		if (id != NULL)
			return id;
	}
	return NULL;
}

char *
thread_key(const Headers *headers, const char *subject)
{
	g_autofree char *bare = NULL;
	g_autofree char *folded = NULL;
	char *id = ancestor(headers);

	if (id == NULL && !thread_subject_is_reply(subject))
		id = thread_message_id(headers_field(headers, "Message-ID", 0));
	if (id != NULL)
		return id;
	bare = thread_bare_subject(subject);
	folded = g_utf8_casefold(bare, -1);
	return g_strconcat("subject:", folded, NULL);
}
