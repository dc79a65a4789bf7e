/* SPDX-License-Identifier: Apache-2.0 */
/* A stranger's text has as many words and links as it likes. */
#include <glib.h>

#include "links.h"

#define TEXT_BYTES 524288

static void
count(const Link *link, void *data)
{
	(void)link;
	(*(unsigned *)data)++;
}

static unsigned
links_in(const char *piece)
{
	g_autoptr(GString) text = g_string_sized_new(TEXT_BYTES + 64);
	gint64 start, took;
	unsigned n = 0;

	while (text->len < TEXT_BYTES)
		g_string_append(text, piece);
	start = g_get_monotonic_time();
	links_each(text->str, count, &n);
	took = g_get_monotonic_time() - start;
	g_test_message("%s: %d us, %u links", piece, (int)took, n);
	g_assert_cmpint(took, <, 2000000);
	return n;
}

/* The time per byte does not grow with the text. */
static void
test_linear(void)
{
	g_assert_cmpuint(links_in("a "), ==, 0);
	g_assert_cmpuint(links_in("a.example "), >, TEXT_BYTES / 16);
	g_assert_cmpuint(links_in("a@b.example "), >, TEXT_BYTES / 16);
	g_assert_cmpuint(links_in("http://a "), >, TEXT_BYTES / 16);
}

static void
note(const Link *link, void *data)
{
	g_string_append_printf(data, "%s ", link->host);
}

/* A name is a host by its last part as a whole, also where that begins another
 * one of the list: .de .dev, .co .com, .in .info, .local .localhost. */
static void
test_hosts(void)
{
	static const struct {
		const char *text, *hosts;
	} rows[] = {
		{ "Melden Sie sich bei konto-pruefung.de an.",
		  "konto-pruefung.de " },
		{ "„evil.com“ »b.com« “c.com” ‘d.com’ e.com… f.com–so",
		  "evil.com b.com c.com d.com e.com f.com " },
		{ "see t.co, a.in/x or nas.local", "t.co a.in nas.local " },
		{ "a.dev b.com c.info d.localhost",
		  "a.dev b.com c.info d.localhost " },
		{ "a.d b.c c.inf x.comm e.loca f.1", "" },
		{ "a.com,b.de;c.net d.org:e.io",
		  "a.com b.de c.net d.org:e.io " },
		{ "me@a.com,b.de x.org;me@a.com/c.net",
		  "a.com b.de x.org a.com c.net " },
		{ "a.com/x,b.de a.b.com", "a.com a.b.com " },
		{ "a.xn--p1ai A.DE", "a.xn--p1ai a.de " },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) hosts = g_string_new(NULL);

		links_each(rows[i].text, note, hosts);
		g_assert_cmpstr(hosts->str, ==, rows[i].hosts);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/links/linear", test_linear);
	g_test_add_func("/links/hosts", test_hosts);
	return g_test_run();
}
