/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words are cut at white space and at brackets and quotes; what a sentence may
 * put around a link is taken off. A name with dots is a host when its last part
 * is a top-level domain that people see: of several hundred the common ones,
 * those of our languages' countries, and those that abuse is known for.
 */
#include "links.h"

#include <glib.h>
#include <string.h>

static const char tlds[] =
	" com net org info biz edu gov int io ai app dev co me tv cc eu uk de "
	"at ch li dk se no fi is nl be lu fr es pt it pl cz sk hu ro bg gr ie "
	"ee lv lt gl fo us ca au nz in cn jp kr ru su ua by tr br mx za ws to "
	"ly gg sh so st im ms la ml tk ga cf gq pw xyz top online site shop "
	"store link click live club vip icu work world today news blog cloud "
	"digital email help support center agency group company ltd tech "
	"network systems solutions services website space fun pro mobi name "
	"asia nu zip mov page win bid loan men date review stream download "
	"party trade rest cam bar buzz monster quest cyou sbs cfd onion test "
	"example invalid localhost local ";

static const char edges[] = ".,;:!?*_'~-";

typedef struct Search {
	const char *text;
	LinkVisit *visit;
	void *data;
} Search;

/* The bytes of what stands at `at`; 0 for what no link has in it: quotes and
 * dots and dashes of typography are no more of one than those of ASCII. */
static size_t
word_bytes(const char *at)
{
	gunichar c;

	if ((guchar)*at < 0x80)
		return *at != '\0' &&
		       strchr(" \t\n\r<>\"`(){}[]|\\^", *at) == NULL;
	c = g_utf8_get_char_validated(at, -1);
	if (c > 0x10ffff)
		return 1;
	switch (g_unichar_type(c)) {
	case G_UNICODE_SPACE_SEPARATOR:
	case G_UNICODE_INITIAL_PUNCTUATION:
	case G_UNICODE_FINAL_PUNCTUATION:
	case G_UNICODE_OPEN_PUNCTUATION:
	case G_UNICODE_CLOSE_PUNCTUATION:
	case G_UNICODE_DASH_PUNCTUATION:
	case G_UNICODE_OTHER_PUNCTUATION:
		return 0;
	default:
		return (size_t)(g_utf8_next_char(at) - at);
	}
}

/* Where one of `bytes` stands from `at` on; `end` where none does. */
static size_t
find_any(const char *text, size_t at, size_t end, const char *bytes)
{
	while (at < end && strchr(bytes, text[at]) == NULL)
		at++;
	return MIN(at, end);
}

/* The bytes that may stand in a host's name, of it and ports and users, of at
 * most `max`. */
static size_t
host_length(const char *at, size_t max)
{
	size_t n = 0;

	while (n < max &&
	       (g_ascii_isalnum(at[n]) || at[n] == '-' || at[n] == '.' ||
	        at[n] == '_' || (guchar)at[n] >= 0x80))
		n++;
	while (n > 0 && strchr(edges, at[n - 1]) != NULL)
		n--;
	return n;
}

/* "example.com": does it end in a domain, with something before it? */
static bool
has_domain(const char *host, size_t length)
{
	const char *dot = g_strrstr_len(host, (gssize)length, ".");
	g_autofree char *last = NULL;
	g_autofree char *listed = NULL;

	if (dot == NULL || dot == host)
		return false;
	last = g_ascii_strdown(dot + 1,
	                       (gssize)(length - (size_t)(dot - host) - 1));
	if (g_str_has_prefix(last, "xn--"))
		return true;
	/* Whole: "de" is no "dev". */
	listed = g_strconcat(" ", last, " ", NULL);
	return strstr(tlds, listed) != NULL;
}

/* Hands over a URL whose host begins at `host`. */
static void
visit_url(const Search *search, size_t start, size_t host, size_t end,
          bool disguised)
{
	const char *text = search->text;
	size_t slash = find_any(text, host, end, "/?#");
	g_autofree char *name = NULL;
	g_autofree char *form = NULL;
	const char *shown;

	name = g_ascii_strdown(text + host, (gssize)(slash - host));
	shown = g_str_has_prefix(name, "www.") ? name + strlen("www.") : name;
	form = g_strdup_printf("%s%.*s", shown, (int)(end - slash),
	                       text + slash);
	if (g_str_has_suffix(form, "/"))
		form[strlen(form) - 1] = '\0';
	search->visit(
		&(Link){ .start = start,
	                 .end = end,
	                 .disguised = disguised || strpbrk(name, "@%") != NULL,
	                 .form = form,
	                 .host = shown },
		search->data);
}

/* SCHEME://... anywhere in the word. */
static bool
take_scheme(const Search *search, size_t start, size_t end)
{
	const char *text = search->text;
	const char *mark =
		g_strstr_len(text + start, (gssize)(end - start), "://");
	size_t scheme, host;
	bool web;

	if (mark == NULL)
		return false;
	host = (size_t)(mark - text) + 3;
	for (scheme = host - 3; scheme > start; scheme--)
		if (!g_ascii_isalnum(text[scheme - 1]))
			break;
	web = g_ascii_strncasecmp(text + scheme, "http", 4) == 0;
	visit_url(search, scheme, host, end, !web);
	return true;
}

/* The start of what may stand before the @ of an address. */
static size_t
local_start(const char *text, size_t start, size_t at)
{
	while (at > start && (g_ascii_isalnum(text[at - 1]) ||
	                      strchr("._%+-'=&!#$*?^~", text[at - 1]) ||
	                      (guchar)text[at - 1] >= 0x80))
		at--;
	return at;
}

/* Hosts without a scheme, also behind "see:" or "this,", and each of several
 * that no blank parts. */
static void
take_hosts(const Search *search, size_t start, size_t end)
{
	const char *text = search->text;

	while (start < end) {
		size_t piece = find_any(text, start, end, ",;=:");
		size_t skip = strspn(text + start, "./*_'~-");
		size_t host = start + skip;
		size_t length;

		length =
			host < piece ? host_length(text + host, end - host) : 0;
		if (length > 0 && has_domain(text + host, length)) {
			bool path = strchr("/?#:", text[host + length]) &&
			            host + length < end;

			visit_url(search, host, host,
			          path ? end : host + length, false);
			start = path ? end : host + length;
			continue;
		}
		start = piece + 1;
	}
}

/* All local@host of the word, and the hosts between them. */
static void
take_addresses(const Search *search, size_t start, size_t end)
{
	const char *text = search->text;
	size_t past = start;

	for (size_t at = start; at < end; at++) {
		size_t local, length;
		g_autofree char *form = NULL;

		if (text[at] != '@')
			continue;
		local = local_start(text, start, at);
		length = host_length(text + at + 1, end - at - 1);
		if (local == at || length == 0)
			continue;
		take_hosts(search, past, MAX(local, past));
		past = at + 1 + length;
		form = g_ascii_strdown(text + local,
		                       (gssize)(at + 1 + length - local));
		search->visit(&(Link){ .start = local,
		                       .end = at + 1 + length,
		                       .address = true,
		                       .form = form,
		                       .host = form + (at + 1 - local) },
		              search->data);
	}
	take_hosts(search, past, end);
}

static void
take_word(const Search *search, size_t start, size_t end)
{
	const char *text = search->text;

	while (end > start && strchr(edges, text[end - 1]) != NULL)
		end--;
	if (end <= start || take_scheme(search, start, end))
		return;
	take_addresses(search, start, end);
}

void
links_each(const char *text, LinkVisit *visit, void *data)
{
	Search search = { text, visit, data };
	size_t at = 0;

	while (text[at] != '\0') {
		size_t start = at;

		for (size_t n; (n = word_bytes(text + at)) > 0;)
			at += n;
		if (at > start)
			take_word(&search, start, at);
		else
			at = (size_t)(g_utf8_next_char(text + at) - text);
	}
}
