/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/datum.h"

#define ROOM 8

static Settings *settings;

/* What both texts hold, and how many the first does. */
static const struct row {
	const char *name, *text, *other;
	size_t n, common;
} rows[] = {
	{ "/datum/none", "Hello, my printer 4711 fails since 2019.", "", 0, 0 },
	{ "/datum/phone", "Call +45 28 11 42 91 please", "tlf. 28114291", 1,
	  1 },
	{ "/datum/phone-other", "Call +45 28 11 42 91", "Call +45 28 11 42 92",
	  1, 0 },
	{ "/datum/email", "write to Anna@Kunde.example",
	  "anna@kunde.example is mine", 1, 1 },
	{ "/datum/own", "write to support@firma.example or help@firma.example",
	  "", 0, 0 },
	{ "/datum/card", "4111 1111 1111 1111", "it is 4111-1111-1111-1111", 1,
	  1 },
	{ "/datum/iban", "DK50 0040 0440 1162 43", "dk5000400440116243", 1, 1 },
	{ "/datum/twice", "28114291\nor +45 28114291\nor 28 11 42 91", "", 1,
	  0 },
	{ "/datum/word-before", "My phone number:\n28 11 42 91\n",
	  "tel 28114291", 1, 1 },
	{ "/datum/three",
	  "a@b.example\n\nnothing here\n\nDK50 0040 0440 1162 43\nnothing\n"
	  "x\n+45 28 11 42 91",
	  "a@b.example", 3, 1 },
};

static size_t
count_common(const TraceHash *a, size_t n, const TraceHash *b, size_t m)
{
	size_t common = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			common += memcmp(&a[i], &b[j], sizeof(*a)) == 0;
	return common;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	TraceHash a[ROOM], b[ROOM];
	size_t n = datum_find(settings, row->text, a, ROOM);
	size_t m = datum_find(settings, row->other, b, ROOM);

	g_assert_cmpuint(n, ==, row->n);
	g_assert_cmpuint(count_common(a, n, b, m), ==, row->common);
}

static void
test_room(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	TraceHash hashes[ROOM + 1];

	memset(hashes, 0, sizeof(hashes));
	for (int i = 0; i < 100; i++)
		g_string_append_printf(text, "a%d@b.example and\n", i);
	g_assert_cmpuint(datum_find(settings, text->str, hashes, ROOM), ==,
	                 ROOM);
	for (size_t i = 0; i < sizeof(hashes[ROOM]); i++)
		g_assert_cmpuint(hashes[ROOM].bytes[i], ==, 0);
}

int
main(int argc, char **argv)
{
	static const char conf[] = "[mailbox support@firma.example]\n";
	int failed;

	g_test_init(&argc, &argv, NULL);
	settings = settings_parse("conf", conf, strlen(conf), NULL);
	g_assert_nonnull(settings);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_row);
	g_test_add_func("/datum/room", test_room);
	failed = g_test_run();
	settings_free(settings);
	return failed;
}
