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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/links/linear", test_linear);
	return g_test_run();
}
