/* SPDX-License-Identifier: Apache-2.0 */
/* What of an approved answer is kept, and above all what is not. */
#include "drafting/precedent.h"

#include <glib.h>
#include <string.h>

static Precedent *
make(const char *answer)
{
	const PrecedentInput input = {
		.language = LANGUAGE_DA,
		.request = "support",
		.subject = "Printeren blinker",
		.mail = "Min printer blinker rødt, ordre 4711882. Mvh Bo Krog, "
			"tlf. 20 30 40 50",
		.answer = answer,
		.signature = "Nordlys Support\nPia Dam",
		.names = { "Bo Krog", "Pia Dam", NULL },
	};

	return precedent_make(&input);
}

static const struct {
	const char *name, *answer, *kept; /* NULL: it is no example */
} rows[] = {
	{ "whole", "Hej Bo\n\nHold knappen inde i ti sekunder.\n\nMvh\nPia\n",
	  "Hold knappen inde i ti sekunder." },
	{ "neither", "Hold knappen inde i ti sekunder.",
	  "Hold knappen inde i ti sekunder." },
	{ "signature",
	  "Hold knappen inde i ti sekunder.\n\nNordlys Support\nPia Dam\n",
	  "Hold knappen inde i ti sekunder." },
	{ "name", "Tak, Bo. Vi har noteret det på din sag hos os.",
	  "Tak, (name). Vi har noteret det på din sag hos os." },
	{ "phone", "Vi ringer til dig på 20 30 40 50 i dag.",
	  "Vi ringer til dig på (phone) i dag." },
	{ "mail", "Vi har skrevet til bo@krog.example i dag.",
	  "Vi har skrevet til (email) i dag." },
	{ "card", "Kortet 4111 1111 1111 1111 er ikke belastet.",
	  "Kortet (card) er ikke belastet." },
	{ "order", "Ordre A-4711882 er sendt 12.03.2026 med 3 dele.",
	  "Ordre A-####### er sendt ##.##.#### med 3 dele." },
	{ "grouped", "Ordre 400 182 koster 12 500 kr i alt, 3 dele.",
	  "Ordre ### ### koster ## ### kr i alt, 3 dele." },
	{ "placeholder", "Skriv <PHONE_1> og <FOO_2> i feltet på siden.",
	  "Skriv (text) og (foo) i feltet på siden." },
	{ "short", "Hej Bo\n\nJa.\n\nMvh Pia", NULL },
	{ "nothing", "", NULL },
};

static void
test_kept(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autoptr(Precedent) precedent = make(rows[i].answer);

	if (rows[i].kept == NULL) {
		g_assert_null(precedent);
		return;
	}
	g_assert_nonnull(precedent);
	g_assert_cmpstr(precedent->answer, ==, rows[i].kept);
}

/* Stems alone, without the writer's name and any number. */
static void
test_words(void)
{
	g_autoptr(Precedent) precedent =
		make("Hold knappen inde i ti sekunder.");
	g_auto(GStrv) words = g_strsplit(precedent->words, " ", -1);
	const char *const *all = (const char *const *)words;

	g_assert_true(g_strv_contains(all, "print"));
	g_assert_true(g_strv_contains(all, "blink"));
	g_assert_false(g_strv_contains(all, "krog"));
	g_assert_null(strpbrk(precedent->words, "0123456789"));
}

static void
test_bounded(void)
{
	g_autofree char *line = g_strnfill(20000, 'x');
	g_autoptr(Precedent) precedent = make(line);

	g_assert_cmpuint(strlen(precedent->answer), <=, PRECEDENT_ANSWER_MAX);
}

static void
test_bytes(void)
{
	g_autoptr(Precedent) made = make("Hold knappen inde i ti sekunder.");
	g_autoptr(GBytes) bytes = precedent_encode(made);
	gsize size;
	const char *at = g_bytes_get_data(bytes, &size);
	g_autoptr(Precedent) back = precedent_decode(at, size);
	g_autofree char *bad = g_memdup2(at, size);

	g_assert_cmpstr(back->answer, ==, made->answer);
	g_assert_cmpstr(back->words, ==, made->words);
	g_assert_cmpstr(back->request, ==, "support");
	for (gsize n = 0; n < size; n++)
		g_assert_null(precedent_decode(at, n));
	bad[0] ^= 2; /* the version */
	g_assert_null(precedent_decode(bad, size));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strdup_printf("/precedent/kept/%s", rows[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_kept);
	}
	g_test_add_func("/precedent/words", test_words);
	g_test_add_func("/precedent/bounded", test_bounded);
	g_test_add_func("/precedent/bytes", test_bytes);
	return g_test_run();
}
