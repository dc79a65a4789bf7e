/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Our own reader, not GMime's: an address decides who somebody is, so whatever
 * two parsers could read differently must be refused, not repaired ("no
 * address" is a safe answer). Refused are therefore groups, routes in From,
 * blanks and comments within an address, text after the angle bracket, and
 * control, format or bidi characters. Accepted, because they are everywhere
 * and can be read one way only: unquoted dots, commas and at signs in display
 * names, and local parts with dots where RFC 5322 has none.
 *
 * The local part is kept as written but for quotes that it does not need: RFC
 * 5321 2.4 leaves its meaning to the receiving host, and folding it could
 * merge two customers.
 */
#include "message/address.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "comment.h"
#include "domain.h"
#include "message/words.h"

#define NAME_BYTES_MAX 200

/* What a walk over the value at top level found: outside of quoted strings
 * and comments. */
typedef struct Outline {
	const char *angle;   /* the first < */
	const char *close;   /* the first > after it */
	const char *comment; /* the last comment, after its ( */
	const char *comment_end;
	bool several; /* a comma after an address: there are several */
	bool broken;  /* unclosed, or a group */
} Outline;

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
has_controls(const char *text)
{
	for (; *text != '\0'; text++)
		if (g_ascii_iscntrl(*text) && *text != '\t')
			return true;
	return false;
}

static bool
is_atext(char c)
{
	return g_ascii_isalnum(c) || (c & 0x80) != 0 ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

/* Past the quoted string that starts at `p`; NULL when it does not end. */
static const char *
skip_quoted(const char *p)
{
	for (p++; *p != '\0'; p++) {
		if (*p == '"')
			return p + 1;
		if (*p == '\\' && *++p == '\0')
			break;
	}
	return NULL;
}

static const char *
skip_part(const char *p, Outline *outline)
{
	const char *end;

	if (*p == '"')
		return skip_quoted(p);
	if (*p != '(')
		return p + 1;
	end = comment_skip(p);
	if (end != NULL) {
		outline->comment = p + 1;
		outline->comment_end = end - 1;
	}
	return end;
}

static void
note_bracket(Outline *outline, const char *p)
{
	if (*p == '<' && outline->angle == NULL)
		outline->angle = p;
	else if (*p == '>' && outline->angle != NULL && outline->close == NULL)
		outline->close = p;
	else
		outline->broken = true;
}

static void
note_special(Outline *outline, const char *p, bool *at)
{
	if (*p == '<' || *p == '>')
		note_bracket(outline, p);
	else if (*p == ';' || *p == ':')
		outline->broken = true;
	else if (*p == '@' && outline->angle == NULL)
		*at = true;
	else if (*p == ',' && (outline->angle != NULL || *at))
		outline->several = true;
}

static Outline
outline_of(const char *value)
{
	Outline outline = { NULL, NULL, NULL, NULL, false, false };
	const char *p = value;
	bool at = false;

	while (*p != '\0') {
		note_special(&outline, p, &at);
		p = skip_part(p, &outline);
		if (p == NULL) {
			outline.broken = true;
			return outline;
		}
	}
	if (outline.angle != NULL && outline.close == NULL)
		outline.broken = true;
	return outline;
}

static const char *
skip_blanks(const char *p)
{
	while (is_blank(*p))
		p++;
	return p;
}

/* Past blanks and comments; the text is known to close its comments. */
static const char *
skip_cfws(const char *p)
{
	for (;;) {
		if (is_blank(*p))
			p++;
		else if (*p == '(')
			p = comment_skip(p);
		else
			return p;
	}
}

/* Appends the content of the quoted string without quotes and backslashes. */
static void
append_unquoted(GString *out, const char *p)
{
	for (p++; *p != '"' && *p != '\0'; p++) {
		if (*p == '\\')
			p++;
		g_string_append_c(out, *p);
	}
}

static bool
needs_quotes(const char *local)
{
	size_t n = strlen(local);

	if (n == 0 || local[0] == '.' || local[n - 1] == '.' ||
	    strstr(local, "..") != NULL)
		return true;
	for (size_t i = 0; i < n; i++)
		if (!is_atext(local[i]))
			return true;
	return false;
}

char *
address_quoted(const char *local)
{
	GString *out = g_string_new("\"");

	for (const char *p = local; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *p);
	}
	g_string_append_c(out, '"');
	return g_string_free(out, FALSE);
}

/* The local part at `*p`, canonical; NULL if there is none. */
static char *
read_local(const char **p)
{
	g_autoptr(GString) raw = g_string_new(NULL);
	g_autofree char *composed = NULL;
	bool is_quoted = **p == '"';

	if (is_quoted) {
		const char *end = skip_quoted(*p);

		if (end == NULL)
			return NULL;
		append_unquoted(raw, *p);
		*p = end;
	} else {
		while (is_atext(**p))
			g_string_append_c(raw, *(*p)++);
	}
	if ((raw->len == 0 && !is_quoted) || !domain_is_visible(raw->str))
		return NULL;
	composed = g_str_is_ascii(raw->str)
	                   ? g_strdup(raw->str)
	                   : g_utf8_normalize(raw->str, -1, G_NORMALIZE_NFC);
	if (is_quoted && needs_quotes(composed))
		return address_quoted(composed);
	return g_steal_pointer(&composed);
}

static char *
read_literal(const char **p)
{
	size_t n = strspn(*p + 1, "0123456789abcdefABCDEF:.IPvipv");
	char *literal;

	if (n == 0 || (*p)[n + 1] != ']')
		return NULL;
	literal = g_ascii_strdown(*p, (gssize)(n + 2));
	*p += n + 2;
	return literal;
}

static char *
read_domain(const char **p)
{
	g_autofree char *raw = NULL;
	const char *start = *p;

	if (*start == '[')
		return read_literal(p);
	while (g_ascii_isalnum(**p) || (**p & 0x80) != 0 || **p == '-' ||
	       **p == '_' || **p == '.')
		(*p)++;
	raw = g_strndup(start, (gsize)(*p - start));
	return domain_canonical(raw);
}

/* The address at `*p`, canonical, `*p` left after it; NULL if none. */
static char *
read_address(const char **p)
{
	g_autofree char *local = read_local(p);
	g_autofree char *domain = NULL;
	g_autofree char *address = NULL;

	if (local == NULL || **p != '@')
		return NULL;
	(*p)++;
	domain = read_domain(p);
	if (domain == NULL)
		return NULL;
	address = g_strconcat(local, "@", domain, NULL);
	if (strlen(address) > LIMIT_ADDRESS_BYTES)
		return NULL;
	return g_steal_pointer(&address);
}

/* Nothing but the closing bracket, blanks and comments follows; no comment
 * that touches the domain (CVE-2020-12272: "example.net(.example.com)"). */
static bool
ends_well(const char *p, const Outline *outline)
{
	if (*p == '(')
		return false;
	if (outline->angle != NULL) {
		p = skip_blanks(p);
		if (p++ != outline->close)
			return false;
	}
	return *skip_cfws(p) == '\0';
}

/* The words of a phrase, quotes and backslashes off, comments left out. */
static char *
phrase_text(const char *start, const char *end)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = start; p < end;) {
		if (*p == '(') {
			p = comment_skip(p);
		} else if (*p == '"') {
			append_unquoted(out, p);
			p = skip_quoted(p);
		} else {
			g_string_append_c(out, *p++);
		}
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Encoded words decoded, unsafe characters gone, one line, bounded. */
static char *
clean_name(const char *raw)
{
	g_autofree char *decoded = words_decode(raw);
	char *name =
		text_sanitise(decoded, strlen(decoded), NAME_BYTES_MAX, NULL);

	g_strdelimit(name, "\n\t", ' ');
	return g_strstrip(name);
}

static char *
display_name(const char *value, const Outline *outline)
{
	g_autofree char *raw = NULL;

	if (outline->angle != NULL)
		raw = phrase_text(value, outline->angle);
	else if (outline->comment != NULL)
		raw = g_strndup(outline->comment, (gsize)(outline->comment_end -
		                                          outline->comment));
	return clean_name(raw != NULL ? raw : "");
}

char *
address_from_header(const char *value, char **ret_name)
{
	Outline outline;
	g_autofree char *address = NULL;
	const char *p;

	if (value == NULL || strlen(value) > (size_t)LIMIT_HEADER_VALUE ||
	    has_controls(value))
		return NULL;
	outline = outline_of(value);
	if (outline.broken || outline.several)
		return NULL;
	if (outline.angle != NULL)
		p = skip_blanks(outline.angle + 1);
	else
		p = skip_cfws(value);
	address = read_address(&p);
	if (address == NULL || !ends_well(p, &outline))
		return NULL;
	if (ret_name != NULL)
		*ret_name = display_name(value, &outline);
	return g_steal_pointer(&address);
}

/* Past "@a,@b:" of an obsolete source route. */
static const char *
skip_route(const char *p)
{
	size_t n;

	if (*p != '@')
		return p;
	n = strcspn(p, ":");
	return p[n] == ':' ? p + n + 1 : p;
}

char *
address_from_envelope(const char *path)
{
	g_autofree char *bare = NULL;
	g_autofree char *address = NULL;
	const char *p;
	size_t n;

	if (path == NULL || strlen(path) > (size_t)LIMIT_HEADER_VALUE)
		return NULL;
	bare = g_strstrip(g_strdup(path));
	n = strlen(bare);
	p = bare;
	if (n >= 2 && bare[0] == '<' && bare[n - 1] == '>') {
		bare[n - 1] = '\0';
		p++;
	}
	p = skip_route(p);
	address = read_address(&p);
	if (address == NULL || *p != '\0')
		return NULL;
	return g_steal_pointer(&address);
}

const char *
address_domain(const char *canonical)
{
	const char *at = strrchr(canonical, '@');

	return at != NULL ? at + 1 : "";
}
