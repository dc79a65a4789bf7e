/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail as what is learned from it: what is kept, what is not, and that bytes
 * which are no such thing are not taken for it.
 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "analysis/example.h"
#include "analysis/model.h"
#include "rules_fixture.h"

#define RULES_THREE                                                            \
	"finding sentiment\n values negative neutral positive\n"               \
	" default neutral\n"                                                   \
	"finding urgency\n values high normal low\n default normal\n"          \
	"language en\n"                                                        \
	"cue fine\n sentiment positive 2\n phrase fine\n"                      \
	" match fine\n no-match x\n"
#define RULES_TWO                                                              \
	"finding sentiment\n values negative positive\n default positive\n"    \
	"finding urgency\n values high normal low\n default normal\n"

static Rules *
rules_of(const char *text)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(text, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static Features *
features_of(const Rules *rules, const char *body)
{
	FeatureText text = { .subject = "The boiler",
		             .text = body,
		             .signature = "Ann Example, plumber",
		             .grams = true };

	return features_read(rules, LANGUAGE_EN, &text);
}

static Example *
example_of(const Rules *rules, const char *body)
{
	g_autoptr(Features) features = features_of(rules, body);

	return example_new(rules, features);
}

#define BODY "It works fine, 12 days now. Zanzibar zanzibar!"

static void
test_round_trip(void)
{
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Example) example = example_of(rules, BODY);
	g_autoptr(GBytes) bytes = example_encode(example);
	g_autoptr(GBytes) again = NULL;
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);
	g_autoptr(Example) back = example_decode(data, size);

	g_assert_nonnull(back);
	again = example_encode(back);
	g_assert_true(g_bytes_equal(bytes, again));
	g_assert_cmpint(back->language, ==, LANGUAGE_EN);
	g_assert_cmpuint(size, <, 2000);
}

/* Structure, rule sums and grams are those that the model would see. */
static void
test_same_features(void)
{
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Features) features = features_of(rules, BODY);
	g_autoptr(Example) example = example_new(rules, features);
	Structure structure = example_structure(example);
	double sums[LIMIT_FINDING_VALUES];
	unsigned n = 0;

	for (unsigned i = 0; i < STRUCTURE_N; i++)
		g_assert_cmpfloat_with_epsilon(
			(double)structure.number[i],
			(double)features->structure.number[i], 1e-4);
	example_rule_sums(example, rules, 0, sums);
	g_assert_cmpfloat_with_epsilon(sums[2], 4.0 / 3, 1e-3);
	g_assert_cmpfloat_with_epsilon(sums[0], -2.0 / 3, 1e-3);
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++) {
		n += example->n[kind];
		g_assert_cmpuint(example->seen[kind], ==,
		                 features->grams.seen[kind]);
	}
	g_assert_cmpuint(n, ==, features->grams.n);
}

/* What the rules said of a finding that is another now is not used. */
static void
test_other_rules(void)
{
	g_autoptr(Rules) then = rules_of(RULES_THREE);
	g_autoptr(Rules) now = rules_of(RULES_TWO);
	g_autoptr(Example) example = example_of(then, BODY);
	double sums[LIMIT_FINDING_VALUES];

	example_rule_sums(example, now, 0, sums);
	for (unsigned v = 0; v < LIMIT_FINDING_VALUES; v++)
		g_assert_cmpfloat(sums[v], ==, 0);
	example->finding[1].sum[0] = 4096;
	example_rule_sums(example, now, 1, sums);
	g_assert_cmpfloat(sums[0], ==, 1);
}

/* No word of the mail stands in it, of four letters or more; nor is the order
 * of the words or how often one stood there to be seen. */
static void
test_no_text(void)
{
	static const char *const words[] = { "boiler", "Zanzibar", "zanz",
		                             "works",  "plumber",  "Ann " };
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Example) example = example_of(rules, BODY);
	g_autoptr(Example) turned =
		example_of(rules, "Zanzibar! Now days 12. Fine works it.");
	g_autoptr(GBytes) bytes = example_encode(example);
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);

	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
		g_assert_null(memmem(data, size, words[i], strlen(words[i])));
	g_assert_cmpuint(example->n[GRAM_WORD], ==, turned->n[GRAM_WORD] + 1);
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		for (unsigned i = 1; i < example->n[kind]; i++)
			g_assert_cmpuint(example->keys[kind][i - 1], <,
			                 example->keys[kind][i]);
}

/* Two telephone numbers are the same; so are two addresses. */
static void
test_no_numbers(void)
{
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Example) one =
		example_of(rules, "Ring 5550101 or ask ann@a.example please");
	g_autoptr(Example) two =
		example_of(rules, "Ring 5559999 or ask bob@b.example please");
	g_autoptr(GBytes) a = example_encode(one), b = example_encode(two);

	g_assert_true(g_bytes_equal(a, b));
}

/* Even a mail of a thousand different words and long ones fits. */
static void
test_bounded(void)
{
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(GString) text = g_string_new("");
	g_autoptr(Example) example = NULL, back = NULL;
	g_autoptr(GBytes) bytes = NULL;
	gsize size;
	const void *data;

	for (unsigned i = 0; i < 6000; i++)
		g_string_append_printf(text, "w%c%c%cord%c%c ", 'a' + i % 26,
		                       'a' + i / 26 % 26, 'a' + i / 676 % 26,
		                       'a' + i % 7, 'a' + i % 11);
	example = example_of(rules, text->str);
	bytes = example_encode(example);
	data = g_bytes_get_data(bytes, &size);
	g_assert_cmpuint(size, <=, EXAMPLE_BYTES_MAX);
	g_assert_cmpuint(size, >, EXAMPLE_BYTES_MAX / 2);
	back = example_decode(data, size);
	g_assert_nonnull(back);
	g_assert_cmpuint(back->n[GRAM_WORD], <, back->seen[GRAM_WORD]);
}

/* ---------------------------------------------------------------- bad bytes
 */

static void
test_cut(void)
{
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Example) example = example_of(rules, BODY);
	g_autoptr(GBytes) bytes = example_encode(example);
	gsize size;
	const unsigned char *data = g_bytes_get_data(bytes, &size);
	g_autofree unsigned char *longer = g_malloc0(size + 1);

	for (gsize n = 0; n < size; n++) {
		g_autofree unsigned char *cut = g_memdup2(data, n);

		g_assert_null(example_decode(cut, n));
	}
	memcpy(longer, data, size);
	g_assert_null(example_decode(longer, size + 1));
}

/* What comes first stands at a known place. */
enum { AT_VERSION = 3, AT_LANGUAGE = 4, AT_STRUCTURE = 8 };
#define AT_FINDINGS (AT_STRUCTURE + 1 + 4 * STRUCTURE_N)
#define AT_SUM (AT_FINDINGS + 1 + 4 + 1)
#define AT_KEYS (AT_FINDINGS + 1 + 2 * (4 + 1 + 3 * 2) + 4 + 2)

static void
test_changed(void)
{
	static const struct {
		size_t at;
		unsigned char value;
	} rows[] = {
		{ 0, 'X' },
		{ AT_VERSION, 2 },
		{ AT_LANGUAGE, 'x' },
		{ AT_LANGUAGE + 3, 'n' },
		{ AT_STRUCTURE, STRUCTURE_N - 1 },
		{ AT_FINDINGS, LIMIT_FINDINGS + 1 },
		{ AT_FINDINGS + 5, LIMIT_FINDING_VALUES + 1 },
		{ AT_SUM + 1, 0x7f },
		{ AT_SUM + 1, 0x80 },
		{ AT_KEYS + 7, 0xff }, /* larger than the next */
		{ AT_KEYS - 1, 0xff }, /* more keys than may be */
		{ AT_KEYS - 6, 1 },    /* more keys than stood there */
	};
	g_autoptr(Rules) rules = rules_of(RULES_THREE);
	g_autoptr(Example) example = example_of(rules, BODY);
	g_autoptr(GBytes) bytes = example_encode(example);
	gsize size;
	const unsigned char *data = g_bytes_get_data(bytes, &size);

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree unsigned char *bad = g_memdup2(data, size);

		g_test_message("row %u", i);
		bad[rows[i].at] = rows[i].value;
		g_assert_null(example_decode(bad, size));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/example/round-trip", test_round_trip);
	g_test_add_func("/example/same-features", test_same_features);
	g_test_add_func("/example/other-rules", test_other_rules);
	g_test_add_func("/example/no-text", test_no_text);
	g_test_add_func("/example/no-numbers", test_no_numbers);
	g_test_add_func("/example/bounded", test_bounded);
	g_test_add_func("/example/cut", test_cut);
	g_test_add_func("/example/changed", test_changed);
	return g_test_run();
}
