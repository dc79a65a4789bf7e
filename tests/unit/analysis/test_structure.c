/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/structure.h"

static const struct row {
	const char *number, *text;
	double value;
} rows[] = {
	{ "words", "", 0 },
	{ "words", "en to tre. fire", 4 },
	{ "words", "en - to 🙂 !!", 2 },
	{ "sentences", "En. To. Tre!", 3 },
	{ "sentences", "!!", 0 },
	{ "paragraphs", "En.\n\nTo.\nTre.\n\n\nFire.", 3 },
	{ "lines", "En.\n\nTo.\nTre.\n", 3 },
	{ "mean-sentence-words", "En to tre. Fire fem seks syv otte.", 4 },
	{ "mean-word-letters", "abc abcde", 4 },
	{ "long-words", "kort ordlisteudgaverne kort kort", 25 },
	{ "questions", "Hvad? Hvem?? Nu.", 2 },
	{ "question-runs", "Hvad? Hvem??", 1 },
	{ "exclamations", "Ja! Nej!! Nu!", 3 },
	{ "exclamation-runs", "Ja! Nej!! Nu!!!", 2 },
	{ "caps-words", "DET ER NU NOK", 2 },
	{ "caps-share", "DET virker NOK her", 50 },
	{ "emoji", "🙂 🙂 a", 2 },
	{ "emoticons", "a :) b :-(", 2 },
	{ "numbers", "3 og 12.03.2026 og 14:30", 3 },
	{ "codes", "E-4711 og RTU40", 2 },
	{ "versions", "v2 og 1.2.3", 2 },
	{ "urls", "se www.a.dk og https://b.dk", 2 },
	{ "lowercase-starts", "en. To. tre. Fire.", 50 },
	{ "lowercase-starts", "En. To.", 0 },
	{ "i-lowercase", "i think i am. I am", 2 },
	{ "commas-per-sentence", "en, to, tre. fire.", 1 },
	{ "digits-share", "12345abcde", 50 },
	{ "has-greeting", "Hej Bo\nDen virker ikke.", 1 },
	{ "has-greeting", "Den virker ikke.", 0 },
	{ "has-closing", "Den virker ikke.\nMvh Bo", 1 },
	{ "has-closing", "Den virker bare ikke.", 0 },
	{ "has-signature", "Den virker.", 1 },
	{ "apostrophe-words", "don't, it's, SLA'en", 3 },
	{ "no-final-stop", "Den virker ikke", 1 },
	{ "no-final-stop", "Den virker ikke 🙂", 1 },
	{ "no-final-stop", "Den virker ikke.", 0 },
	{ "no-final-stop", "Den virker ikke.\nMvh Bo", 0 },
	{ "quotes", "\"citat\"\n> før\n    kode\nnu;\ntekst", 4 },
	{ "bullet-lines", "- en\n* to\n1. tre\n12) fire\n• fem\ntekst", 5 },
	{ "bullet-lines", "-1 grad\n2026. året", 0 },
	{ "subject-words", "x", 3 },
	{ "subject-caps", "x", 1 },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(Tokens) tokens =
		tokens_read("FEJL ER IGEN", row->text, "Bo Ek, Chef");
	StructureNumber number = structure_from_name(row->number);
	Structure structure;

	g_assert_cmpuint(number, <, STRUCTURE_N);
	structure_read(tokens, &structure);
	g_test_message("%s of '%s'", row->number, row->text);
	g_assert_cmpfloat_with_epsilon((double)structure.number[number],
	                               row->value, 0.01);
}

static void
test_names(void)
{
	for (unsigned i = 0; i < STRUCTURE_N; i++)
		g_assert_cmpuint(
			structure_from_name(structure_name((StructureNumber)i)),
			==, i);
	g_assert_cmpuint(structure_from_name("length"), ==, STRUCTURE_N);
}

/* Every number has a row, so that a new one is not forgotten here. */
static void
test_all_tried(void)
{
	for (unsigned i = 0; i < STRUCTURE_N; i++) {
		bool tried = false;

		for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
			tried |=
				strcmp(rows[k].number,
			               structure_name((StructureNumber)i)) == 0;
		g_test_message("%s", structure_name((StructureNumber)i));
		g_assert_true(tried);
	}
}

static void
test_subject(void)
{
	static const struct {
		const char *subject;
		double caps;
	} subjects[] = { { "FEJL IGEN", 1 },
		         { "Fejl IGEN", 0 },
		         { "", 0 },
		         { "SV: A", 0 } };

	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		g_autoptr(Tokens) tokens =
			tokens_read(subjects[i].subject, "x", NULL);
		Structure structure;

		structure_read(tokens, &structure);
		g_assert_cmpfloat(
			(double)structure.number[STRUCTURE_SUBJECT_CAPS], ==,
			subjects[i].caps);
	}
}

/* A name alone is no signature: it tells nothing of the sender's role. */
static void
test_signature(void)
{
	static const struct {
		const char *signature;
		double has;
	} signatures[] = { { "", 0 }, { "Bo Ek", 0 }, { "Bo Ek\nSmith", 1 } };

	for (size_t i = 0; i < G_N_ELEMENTS(signatures); i++) {
		g_autoptr(Tokens) tokens =
			tokens_read("", "x", signatures[i].signature);
		Structure structure;

		structure_read(tokens, &structure);
		g_assert_cmpfloat(
			(double)structure.number[STRUCTURE_HAS_SIGNATURE], ==,
			signatures[i].has);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strdup_printf("/structure/%s/%zu", rows[i].number, i);
		g_test_add_data_func(path, &rows[i], test_row);
	}
	g_test_add_func("/structure/names", test_names);
	g_test_add_func("/structure/all-tried", test_all_tried);
	g_test_add_func("/structure/subject", test_subject);
	g_test_add_func("/structure/signature", test_signature);
	return g_test_run();
}
