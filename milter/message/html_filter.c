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

/* Of one tag; what has more keeps its name only. */
#define ATTRIBUTES_MAX 32
#define TAG_MAX 4096

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
is_raw_element(const char *name, size_t size)
{
	for (size_t i = 0; i < G_N_ELEMENTS(raw_elements); i++)
		if (strlen(raw_elements[i]) == size &&
		    g_ascii_strncasecmp(raw_elements[i], name, size) == 0)
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

/* The ">" that ends the tag; `ret_attributes` is an upper bound. */
static const char *
tag_end(const char *at, const char *end, unsigned *ret_attributes)
{
	unsigned attributes = 0;

	while (at < end && *at != '>') {
		char c = *at++;

		if (c == '=' || g_ascii_isspace(c))
			attributes += g_ascii_isspace(c) == 0 ||
			              (at < end && !g_ascii_isspace(*at));
		if (c == '=')
			while (at < end && g_ascii_isspace(*at))
				at++;
		if (c == '=' && at < end && (*at == '"' || *at == '\'')) {
			at = memchr(at + 1, *at, (size_t)(end - at - 1));
			if (at == NULL)
				return NULL;
			at++;
		}
	}
	*ret_attributes = attributes;
	return at < end ? at : NULL;
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

/* At "<" or "</" with a letter behind. */
static void
take_tag(Filter *filter)
{
	const char *tag = filter->at;
	const char *name = tag + (tag[1] == '/' ? 2 : 1);
	size_t size = name_size(name, filter->end);
	unsigned attributes = 0;
	const char *close = tag_end(name + size, filter->end, &attributes);

	filter->tokens++;
	if (close == NULL) {
		filter->at = filter->end;
		return;
	}
	filter->at = close + 1;
	if (is_raw_element(name, size)) {
		if (tag[1] != '/')
			skip_raw(filter, name, size);
		return;
	}
	if (memchr(name, ':', size) != NULL || size > TAG_MAX)
		return;
	if (tag[1] == '/' || close - tag > TAG_MAX ||
	    attributes > 2 * ATTRIBUTES_MAX) {
		append_clean(filter->out, tag, (size_t)(name - tag) + size);
		g_string_append_c(filter->out, '>');
		return;
	}
	append_clean(filter->out, tag, (size_t)(close + 1 - tag));
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
		if (++filter->tokens > LIMIT_HTML_TOKENS) {
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
