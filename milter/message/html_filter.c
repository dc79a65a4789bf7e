/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libxml2's HTML parser is sound but not linear: attributes of one tag are
 * compared pairwise, every misplaced tag or entity costs a formatted message.
 * This pass, which is linear (each byte is looked at a fixed number of times:
 * a search that fails ends the document), bounds what it can be given. It is
 * not a parser: it need not be right about hostile HTML, only short.
 */
#include "html_filter.h"

#include <string.h>

#include "base/limits.h"

/* Kept of one tag; and the longest attribute kept. */
#define ATTRIBUTES_MAX 8
#define ATTRIBUTE_MAX 4096
#define ELEMENT_NAME_MAX 32
/* What an entity counts: looking one up costs as much as several tags. */
#define ENTITY_TOKENS 8

typedef struct Filter {
	const char *at;
	const char *end;
	GString *out;
	unsigned tokens;
} Filter;

/* Elements whose content is no text of the mail, tags in it no tags. */
static const char *const raw_elements[] = {
	"script", "style", "title", "iframe", "noembed", "noframes", "xml",
};

/* Attributes that mean something to html_element.c. */
static const char *const attributes[] = {
	"style", "class",   "id",         "hidden",
	"color", "bgcolor", "background", "type",
};

static size_t
left(const Filter *filter)
{
	return (size_t)(filter->end - filter->at);
}

static bool
starts_with(const Filter *filter, const char *prefix)
{
	size_t n = strlen(prefix);

	return left(filter) >= n &&
	       g_ascii_strncasecmp(filter->at, prefix, n) == 0;
}

/* Moves past the next `what`, or to the end. */
static void
skip_past(Filter *filter, const char *what)
{
	const char *found =
		memmem(filter->at, left(filter), what, strlen(what));

	filter->at = found == NULL ? filter->end : found + strlen(what);
}

/* At "<!--": `-->`, and as the standard has it, `<!-->` is a whole comment. */
static void
skip_comment(Filter *filter)
{
	filter->at += 2;
	skip_past(filter, "-->");
}

static bool
is_name_char(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == ':' ||
	       c == '.';
}

static size_t
name_size(const char *name, const char *end)
{
	size_t n = 0;

	while (name + n < end && is_name_char(name[n]))
		n++;
	return n;
}

static bool
is_among(const char *const *names, size_t n, const char *name, size_t size)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_tolower(*name) == *names[i] &&
		    strlen(names[i]) == size &&
		    g_ascii_strncasecmp(names[i], name, size) == 0)
			return true;
	return false;
}

/* Past the end tag of the raw element `name`. */
static void
skip_raw(Filter *filter, const char *name, size_t size)
{
	while (filter->at < filter->end) {
		skip_past(filter, "</");
		if (left(filter) >= size &&
		    g_ascii_strncasecmp(filter->at, name, size) == 0)
			break;
	}
	skip_past(filter, ">");
}

static void
append_clean(GString *out, const char *text, size_t size)
{
	gsize start = out->len;

	g_string_append_len(out, text, (gssize)size);
	if (memchr(text, '\0', size) == NULL)
		return;
	for (gsize i = start; i < out->len; i++)
		if (out->str[i] == '\0')
			out->str[i] = ' ';
}

static const char *
skip_blanks(const char *at, const char *end)
{
	while (at < end && g_ascii_isspace(*at))
		at++;
	return at;
}

/* Past the value at `at`; NULL when its quote never ends. */
static const char *
value_end(const char *at, const char *end)
{
	const char *quote;

	if (at == end || (*at != '"' && *at != '\'')) {
		while (at < end && *at != '>' && !g_ascii_isspace(*at))
			at++;
		return at;
	}
	quote = memchr(at + 1, *at, (size_t)(end - at - 1));
	return quote == NULL ? NULL : quote + 1;
}

/* Past the attribute at `at`, which is not blank and not ">". */
static const char *
attribute_end(const char *at, const char *end, size_t *ret_name_size)
{
	const char *name = at++;
	const char *after;

	while (at < end && *at != '>' && *at != '=' && *at != '/' &&
	       !g_ascii_isspace(*at))
		at++;
	*ret_name_size = (size_t)(at - name);
	after = skip_blanks(at, end);
	if (after < end && *after == '=')
		return value_end(skip_blanks(after + 1, end), end);
	return at;
}

/* The attributes of a tag, those of note to `out` unless that is NULL. Past
 * its ">"; NULL when it has none. */
static const char *
take_attributes(const char *at, const char *end, GString *out)
{
	unsigned kept = 0;

	while ((at = skip_blanks(at, end)) < end && *at != '>') {
		const char *name = at;
		size_t name_size;

		at = attribute_end(at, end, &name_size);
		if (at == NULL)
			return NULL;
		if (out == NULL || kept == ATTRIBUTES_MAX ||
		    at - name > ATTRIBUTE_MAX ||
		    !is_among(attributes, G_N_ELEMENTS(attributes), name,
		              name_size))
			continue;
		kept++;
		g_string_append_c(out, ' ');
		append_clean(out, name, (size_t)(at - name));
	}
	return at < end ? at + 1 : NULL;
}

/* At "<" or "</" with a letter behind. */
static void
take_tag(Filter *filter)
{
	const char *tag = filter->at;
	const char *name = tag + (tag[1] == '/' ? 2 : 1);
	size_t size = name_size(name, filter->end);
	bool raw =
		is_among(raw_elements, G_N_ELEMENTS(raw_elements), name, size);
	bool keep = !raw && size <= ELEMENT_NAME_MAX &&
	            memchr(name, ':', size) == NULL;
	gsize start = filter->out->len;

	filter->tokens++;
	if (keep)
		append_clean(filter->out, tag, (size_t)(name - tag) + size);
	filter->at =
		take_attributes(name + size, filter->end,
	                        keep && tag[1] != '/' ? filter->out : NULL);
	if (filter->at == NULL) {
		filter->at = filter->end;
		g_string_truncate(filter->out, start);
		return;
	}
	if (keep)
		g_string_append_c(filter->out, '>');
	else if (raw && tag[1] != '/')
		skip_raw(filter, name, size);
}

/* At "<". */
static void
take_markup(Filter *filter)
{
	const char *next = filter->at + 1;

	if (next < filter->end && *next == '/')
		next++;
	if (next < filter->end && g_ascii_isalpha(*next)) {
		take_tag(filter);
	} else if (starts_with(filter, "<!--")) {
		filter->tokens++;
		skip_comment(filter);
	} else if (starts_with(filter, "<!") || starts_with(filter, "<?") ||
	           starts_with(filter, "</")) {
		filter->tokens++;
		skip_past(filter, ">");
	} else {
		filter->tokens++;
		g_string_append(filter->out, "&lt;");
		filter->at++;
	}
}

/* Text up to the next "<", its "&" counted. */
static void
take_text(Filter *filter)
{
	const char *text = filter->at;
	const char *stop = memchr(text, '<', left(filter));
	size_t size = stop == NULL ? left(filter) : (size_t)(stop - text);
	const char *p = text;
	const char *end = text + size;

	while (p < end && (p = memchr(p, '&', (size_t)(end - p))) != NULL) {
		p++;
		filter->tokens += ENTITY_TOKENS;
		if (filter->tokens > LIMIT_HTML_TOKENS) {
			end = p - 1;
			break;
		}
	}
	append_clean(filter->out, text, (size_t)(end - text));
	filter->at = end;
}

GString *
html_filter(const char *html, size_t size, bool *ret_truncated)
{
	Filter filter = {
		.at = html,
		.end = html + size,
		.out = g_string_sized_new(size + 16),
	};

	while (filter.at < filter.end && filter.tokens <= LIMIT_HTML_TOKENS) {
		if (*filter.at == '<')
			take_markup(&filter);
		else
			take_text(&filter);
	}
	*ret_truncated = filter.at < filter.end;
	return filter.out;
}
