/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A draft is plain text. Markup in it is at best noise that a person would have
 * to take out, at worst an image that loads or a link that shows another text
 * than its target; header lines and MIME boundaries are what a model writes
 * that was told to forge some.
 */
#include <string.h>

#include "checks_private.h"

static const char *const schemes[] = {
	"javascript:", "vbscript:", "data:", "cid:",    "file:",  "blob:",
	"about:",      "tel:",      "sms:",  "callto:", "skype:",
};

static const char *const entities[] = {
	"&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#",
};

static const char *const headers[] = {
	"bcc:",          "cc:",
	"to:",           "from:",
	"subject:",      "reply-to:",
	"sender:",       "content-type:",
	"mime-version:", "message-id:",
	"in-reply-to:",  "references:",
	"return-path:",  "content-transfer-encoding:",
	"x-tact",        "content-disposition:",
};

/* A scheme that begins a word, with something right behind it. A digit before
 * it is no part of the word: a mark may be put around the number. */
static bool
has_scheme(const char *at, const char *text)
{
	if (at > text && g_ascii_isalpha(at[-1]))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t length = strlen(schemes[i]);

		if (g_ascii_strncasecmp(at, schemes[i], length) == 0 &&
		    !g_ascii_isspace(at[length]) && at[length] != '\0')
			return true;
	}
	return false;
}

static bool
begins_any(const char *at, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_strncasecmp(at, list[i], strlen(list[i])) == 0)
			return true;
	return false;
}

/* <a ...>, </p>, <!--, <http://...>; not "x < y", nor <3. */
static bool
is_tag(const char *at)
{
	return *at == '<' && (g_ascii_isalpha(at[1]) || at[1] == '/' ||
	                      at[1] == '!' || at[1] == '?');
}

/* The end of the [...] at `at`, within its line; NULL: it does not end. */
static const char *
bracket_end(const char *at)
{
	const char *end = strpbrk(at + 1, "]\n");

	return end != NULL && *end == ']' ? end : NULL;
}

/* ![..., [text](target), [text][reference], [reference]: target */
static bool
is_link(const char *at)
{
	const char *end;

	if (at[0] == '!' && at[1] == '[')
		return true;
	if (at[0] != '[')
		return false;
	end = bracket_end(at);
	return end != NULL && (end[1] == '(' || end[1] == '[' ||
	                       (end[1] == ':' && end[2] == ' '));
}

static const char *const fences[] = { "`", "**", "__", "~~", "=?" };

/* What is left of a terminal's colours: [31m */
static bool
is_escape(const char *at)
{
	size_t n = *at == '[' ? strspn(at + 1, "0123456789;") : 0;

	return n > 0 && at[1 + n] == 'm';
}

static bool
is_sign(const char *at, const char *text)
{
	return is_tag(at) || is_link(at) || has_scheme(at, text) ||
	       (*at == '&' &&
	        begins_any(at, entities, G_N_ELEMENTS(entities))) ||
	       begins_any(at, fences, G_N_ELEMENTS(fences)) || is_escape(at);
}

static bool
is_heading(const char *line)
{
	size_t n = strspn(line, "#");

	return n >= 1 && n <= 6 && line[n] == ' ';
}

static const char *const line_signs[] = {
	"|-", "| -", "-----BEGIN", "---\n", "begin 6", "{\"", "[\"", "[{",
};

/* "reply: |" */
static bool
is_field(const char *line)
{
	size_t n = strcspn(line, ": \n");

	return line[n] == ':' && g_str_has_prefix(line + n, ": |\n");
}

/* What only the start of a line can be. */
static bool
is_line_sign(const char *line)
{
	return is_heading(line) ||
	       begins_any(line, headers, G_N_ELEMENTS(headers)) ||
	       (line[0] == '-' && line[1] == '-' &&
	        (g_ascii_isalnum(line[2]) || line[2] == '=')) ||
	       begins_any(line, line_signs, G_N_ELEMENTS(line_signs)) ||
	       is_field(line);
}

void
checks_markup(Checking *self)
{
	const char *text = self->input->text;

	for (const char *at = text; *at != '\0'; at++) {
		bool line = at == text || at[-1] == '\n';

		if (!is_sign(at, text) && !(line && is_line_sign(at)))
			continue;
		checks_note(self, CHECK_MARKUP, at, strcspn(at, "\n"));
		return;
	}
}

/* ------------------------------------------------------------ placeholder */

static const char *const fillers[] = {
	"lorem ipsum",
	"xxx",
	"tbd",
	"____",
};

/* In Spanish a word as any other, unless it is a mark. */
static bool
is_todo(const char *at)
{
	return (strncmp(at, "TODO", 4) == 0 && !g_ascii_isalpha(at[4])) ||
	       g_ascii_strncasecmp(at, "todo:", 5) == 0;
}

/* A word of `fillers` that stands alone. */
static bool
is_filler(const char *at, const char *text)
{
	if (at > text && g_ascii_isalnum(at[-1]))
		return false;
	if (is_todo(at))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(fillers); i++) {
		size_t length = strlen(fillers[i]);

		if (g_ascii_strncasecmp(at, fillers[i], length) == 0 &&
		    !g_ascii_islower(at[length]))
			return true;
	}
	return false;
}

/* Does something to be filled in stand in the bracket at `at`? "[ name ]",
 * "[#order]", "[...]", "{{ name }}", "{% name %}". */
static bool
holds_filler(const char *at)
{
	const char *in = at + 1;

	if (*at == '{' && (*in == '{' || *in == '%'))
		in += 1 + strspn(in + 1, " ");
	else if (*at == '[')
		in += strspn(in, " #*_");
	return g_unichar_isalpha(g_utf8_get_char(in)) ||
	       (*at == '[' &&
	        (g_str_has_prefix(in, "..") || g_str_has_prefix(in, "…")));
}

/* <PHONE_1>, {name}, [Your name], but for our own marks and what the grounds
 * have in the same brackets. */
static size_t
open_bracket(const Checking *self, const char *at)
{
	static const char pairs[] = "<>{}[]";
	const char *open = *at != '\0' ? strchr(pairs, *at) : NULL;
	g_autofree char *whole = NULL;
	size_t length;

	if (open == NULL || (open - pairs) % 2 != 0 || !holds_filler(at) ||
	    g_str_has_prefix(at, CHECK_MARK))
		return 0;
	length = strcspn(at, "\n");
	for (size_t i = 1; i < length; i++) {
		if (at[i] != open[1])
			continue;
		whole = g_strndup(at, i + 1);
		return strstr(self->site->str, whole) == NULL &&
		                       strstr(self->customer->str, whole) ==
		                               NULL
		               ? i + 1
		               : 0;
	}
	return 0;
}

void
checks_placeholder(Checking *self)
{
	const char *text = self->input->text;

	for (const char *at = text; *at != '\0'; at++) {
		size_t length = open_bracket(self, at);

		if (length == 0 && is_filler(at, text))
			length = strcspn(at, "\n");
		if (length == 0)
			continue;
		checks_note(self, CHECK_PLACEHOLDER, at, length);
		return;
	}
}
