/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "analysis/examine.h"
#include "analysis/model.h"
#include "base/error.h"
#include "model_fixture.h"
#include "rules_fixture.h"

#define CLOSE 1e-4 /* floats and fixed numbers */

static Rules *
the_rules(void)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(FIXTURE_RULES, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static Features *
features_of(const Rules *rules, const char *text)
{
	FeatureText all = { .text = text, .grams = true };

	return features_read(rules, LANGUAGE_EN, &all);
}

static Model *
parse(const FixtureModel *hand, const Rules *rules)
{
	g_autoptr(GBytes) bytes =
		g_byte_array_free_to_bytes(fixture_model(hand));
	g_autoptr(GError) error = NULL;
	Model *model = model_parse("test.model", bytes, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(model_bind(model, rules), ==, 1);
	return model;
}

static HeadSums
judged(const Rules *rules, const Model *model, const Features *features)
{
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(rules, features, &sums);
	model_judge(model, features, &sums);
	return sums;
}

static void
assert_sums(const HeadSums *sums, double a, double b, double c)
{
	g_test_message("%f %f %f", sums->sum[0][0], sums->sum[0][1],
	               sums->sum[0][2]);
	g_assert_cmpfloat_with_epsilon(sums->sum[0][0], a, CLOSE);
	g_assert_cmpfloat_with_epsilon(sums->sum[0][1], b, CLOSE);
	g_assert_cmpfloat_with_epsilon(sums->sum[0][2], c, CLOSE);
}

/* The gram of that kind and those words. */
static uint64_t
key_of(const Features *features, GramKind kind, uint32_t start, uint32_t end)
{
	for (unsigned i = 0; i < features->grams.n; i++) {
		const Gram *gram = &features->grams.gram[i];

		if (gram->kind == kind && gram->start == start &&
		    gram->end == end)
			return gram->key;
	}
	g_assert_not_reached();
}

static void
test_bind(void)
{
	FixtureModel hand = { .likely = 0.5, .sure = 0.75 };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Model) model = parse(&hand, rules);
	double likely, sure;

	g_assert_true(model_knows(model, 0));
	g_assert_false(model_knows(model, 1));
	g_assert_false(model_knows(model, LIMIT_FINDINGS));
	model_confidence(model, 0, &likely, &sure);
	g_assert_cmpfloat_with_epsilon(likely, 0.5, CLOSE);
	g_assert_cmpfloat_with_epsilon(sure, 0.75, CLOSE);
}

/* The same name with other values, or those in another order, is unknown. */
static void
test_bind_not(void)
{
	static const char *const others[] = {
		"finding sentiment\n values negative neutral\n"
		" default neutral\n",
		"finding sentiment\n values positive neutral negative\n"
		" default neutral\n",
		"finding sentiment\n values negative neutral positive mixed\n"
		" default neutral\n",
		"finding feeling\n values negative neutral positive\n"
		" default neutral\n",
	};
	FixtureModel hand = { 0 };
	g_autoptr(Rules) good = the_rules();
	g_autoptr(Model) model = parse(&hand, good);

	for (unsigned i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Rules) rules = fixture_rules(others[i], NULL, &error);

		g_assert_no_error(error);
		g_assert_cmpuint(model_bind(model, rules), ==, 0);
		g_assert_false(model_knows(model, 0));
	}
}

static void
test_prior(void)
{
	FixtureModel hand = { .bias = { -1, 0.5, 0.25, 9, 9 } };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Model) model = parse(&hand, rules);
	g_autoptr(Features) features = features_of(rules, "fine late");
	HeadSums sums = judged(rules, model, features);

	assert_sums(&sums, -1, 0.5, 0.25);
	/* what it does not know is left to the rules */
	g_assert_cmpfloat_with_epsilon(sums.sum[1][0], 3, CLOSE);
}

/* "book": the word, and its last three letters. */
static void
test_words(void)
{
	FixtureModel hand = { .bias = { 1, 0, 0 } };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(rules, "book! book.");
	uint64_t word = key_of(features, GRAM_WORD, 0, 4);
	uint64_t part = key_of(features, GRAM_PART, 0, 4);
	static const int8_t word_row[] = { 127, -128, 3, 99, 99 };
	static const int8_t part_row[] = { 10, 20, -40, 99, 99 };
	g_autoptr(Model) model = NULL;
	HeadSums sums;

	g_assert_cmpuint(features->grams.seen[GRAM_WORD], ==, 4);
	g_assert_cmpuint(features->grams.seen[GRAM_PART], ==, 2);
	g_assert_cmphex(word & 62, !=, part & 62);
	for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++) {
		hand.scale[o][GRAM_WORD] = 0.25;
		hand.scale[o][GRAM_PART] = o == 2 ? 0.5 : 0.125;
	}
	fixture_place(&hand, word, 0, word_row);
	fixture_place(&hand, part, 1, part_row);
	model = parse(&hand, rules);
	sums = judged(rules, model, features);
	/* words count by 1 / sqrt(4), parts by 1 / sqrt(2) */
	assert_sums(&sums, 1 + 127 * 0.25 / 2 + 10 * 0.125 / sqrt(2),
	            -128 * 0.25 / 2 + 20 * 0.125 / sqrt(2),
	            3 * 0.25 / 2 - 40 * 0.5 / sqrt(2));
}

/* A row with another check byte is another gram's; of both rows that a gram
 * may lie in the first that is its own counts. */
static void
test_rows(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(rules, "ja");
	uint64_t key = key_of(features, GRAM_WORD, 0, 2);
	static const int8_t mine[FIXTURE_OUTPUTS] = { 1, 2, 3 },
			    other[FIXTURE_OUTPUTS] = { 50, 50, 50 };
	static const struct {
		unsigned first, second; /* 0: empty, 1: mine, 2: another's */
		double sum;
	} cases[] = {
		{ 0, 0, 0 }, { 1, 0, 1 }, { 1, 2, 1 }, { 0, 1, 1 },
		{ 2, 1, 1 }, { 2, 2, 0 }, { 2, 0, 0 }, { 0, 2, 0 },
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		const unsigned fill[] = { cases[i].first, cases[i].second };
		FixtureModel hand = { 0 };
		g_autoptr(Model) model = NULL;
		HeadSums sums;

		for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++)
			hand.scale[o][GRAM_WORD] = 1;
		for (unsigned k = 0; k < 2; k++)
			if (fill[k] != 0)
				fixture_place(&hand,
				              fill[k] == 1 ? key
				                           : key ^ 1ull << 56,
				              k, fill[k] == 1 ? mine : other);
		model = parse(&hand, rules);
		sums = judged(rules, model, features);
		assert_sums(&sums, cases[i].sum, 2 * cases[i].sum,
		            3 * cases[i].sum);
	}
}

/* More grams than 16 bits can sum at once, all of the largest weight. */
static void
test_many(void)
{
	FixtureModel hand = { 0 };
	GString *text = g_string_new("");
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = NULL;
	g_autoptr(Model) model = NULL;
	int words = 0;
	HeadSums sums;

	for (unsigned i = 0; i < 3000; i++)
		g_string_append_printf(text, "%c%c%c ", 'a' + (int)(i % 26),
		                       'a' + (int)(i / 26 % 26),
		                       'a' + (int)(i / 676));
	features = features_of(rules, text->str);
	for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++)
		hand.scale[o][GRAM_WORD] = 0.0625;
	for (unsigned i = 0; i < FIXTURE_ROWS; i++) {
		hand.table[i][0] = (unsigned char)(i % 2);
		hand.table[i][1] = 127;
		hand.table[i][2] = 0x80;
	}
	for (unsigned i = 0; i < features->grams.n; i++)
		words += features->grams.gram[i].kind == GRAM_WORD &&
		         features->grams.gram[i].key >> 57 == 0;
	model = parse(&hand, rules);
	sums = judged(rules, model, features);
	g_assert_cmpint(words, >, 10);
	assert_sums(&sums, words * 127 * 0.0625 / sqrt(3000),
	            words * -128 * 0.0625 / sqrt(3000), 0);
	g_string_free(text, TRUE);
}

/* The same where every gram is the row's: a block sums to its utmost. */
static void
test_utmost(void)
{
	static const int8_t high[FIXTURE_OUTPUTS] = { 127, -128, 127 };
	FixtureModel hand = { 0 };
	g_autoptr(Rules) rules = the_rules();
	Features features = { 0 };
	Gram grams[1000];
	g_autoptr(Model) model = NULL;
	HeadSums sums;

	memset(grams, 0, sizeof(grams));
	features.grams = (Grams){ .gram = grams, .n = G_N_ELEMENTS(grams) };
	features.grams.seen[GRAM_WORD] = 1;
	for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++)
		hand.scale[o][GRAM_WORD] = 1;
	fixture_place(&hand, 0, 0, high);
	model = parse(&hand, rules);
	sums = judged(rules, model, &features);
	g_assert_cmpfloat_with_epsilon(sums.sum[0][0], 127000, 0.1);
	g_assert_cmpfloat_with_epsilon(sums.sum[0][1], -128000, 0.1);
}

/* "fine" is 0, 0, 2 by the rules: centred -2/3, -2/3, 4/3. */
static void
test_rule_sums(void)
{
	FixtureModel hand = {
		.rules = { { 1, 0, 0 }, { 0, 0, 3 }, { 0.5, 0.5, 2 } },
	};
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Model) model = parse(&hand, rules);
	g_autoptr(Features) features = features_of(rules, "fine");
	HeadSums sums = judged(rules, model, features);
	double huge[] = { 0, 0, 90 }, centred[3];

	assert_sums(&sums, -2.0 / 3, 4, -2.0 / 3 + 8.0 / 3);
	model_centre(huge, 3, centred);
	g_assert_cmpfloat(centred[0], ==, -MODEL_RULES_MAX);
	g_assert_cmpfloat(centred[2], ==, MODEL_RULES_MAX);
}

static void
test_structure(void)
{
	FixtureModel hand = { 0 };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(rules, "ja nu ja");
	g_autoptr(Model) model = NULL;
	HeadSums sums;

	hand.structure[0][STRUCTURE_WORDS] = 2;
	hand.structure[1][STRUCTURE_N + STRUCTURE_WORDS] = 2;
	hand.structure[1][STRUCTURE_EMOJI] = 7;
	hand.structure[2][STRUCTURE_N + STRUCTURE_EMOJI] = 1.5;
	model = parse(&hand, rules);
	sums = judged(rules, model, features);
	assert_sums(&sums, 2 * log(4), 0, 1.5);
}

/* ------------------------------------------------------------------- explain
 */

typedef struct Parts {
	double sum;
	unsigned grams, named;
} Parts;

static void
add_part(const ModelPart *part, void *data)
{
	Parts *parts = data;

	parts->sum += part->weight;
	if (part->gram != NULL)
		parts->grams++;
	else
		parts->named++;
	g_assert_true((part->gram == NULL) != (part->name == NULL));
	g_assert_true(isfinite(part->weight));
}

static void
test_explain(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(
		rules, "Books are late, which is fine! Or not? 12 refunds.");
	g_autoptr(Model) model = NULL;
	HeadSums rule_sums, sums;
	double mean = 0;

	fixture_place_all(&hand, features);
	model = parse(&hand, rules);
	memset(&rule_sums, 0, sizeof(rule_sums));
	heads_add_rules(rules, features, &rule_sums);
	sums = judged(rules, model, features);
	for (unsigned v = 0; v < 3; v++)
		mean += sums.sum[0][v] / 3;
	for (unsigned v = 0; v < 3; v++) {
		Parts parts = { 0 };

		model_explain(model, features, &rule_sums, (ModelPoint){ 0, v },
		              add_part, &parts);
		g_assert_cmpfloat_with_epsilon(parts.sum, sums.sum[0][v] - mean,
		                               CLOSE);
		g_assert_cmpuint(parts.named, ==, 3);
		g_assert_cmpuint(parts.grams, >, 20);
	}
}

/* The whole path: the reasons of a report add up, however many there are, and
 * name words that stand in the text; and rules explain what they decided. */
static void
test_reasons(void)
{
	static const char text[] =
		"Books are late, which is fine! Or not? 12 refunds in a row "
		"never came, and nobody answers any of our many mails.";
	FixtureModel hand = fixture_any_model();
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(rules, text);
	FeatureText whole = { "", text, "", 0, false };
	g_autoptr(Report) report = NULL;
	double told = 0, ruled = 0, mean = 0;
	unsigned of_model = 0, of_rules = 0;
	Findings findings;
	HeadSums sums;

	fixture_place_all(&hand, features);
	rules_set_model(rules, parse(&hand, rules));
	report = examine_text(rules, &(ExamineText){ "", text, "" },
	                      LANGUAGE_EN);
	examine_findings(rules, &whole, LANGUAGE_EN, &findings, &sums);
	for (unsigned v = 0; v < 3; v++)
		mean += sums.sum[0][v] / 3;
	for (unsigned i = 0; i < report->reasons->len; i++) {
		const ExamineReason *reason =
			&g_array_index(report->reasons, ExamineReason, i);

		g_assert_nonnull(strstr(text, reason->words));
		g_assert_nonnull(reason->group);
		if (reason->finding == 0) {
			g_assert_cmpuint(reason->value, ==,
			                 findings.finding[0].value);
			told += reason->weight;
			of_model++;
		} else {
			ruled += reason->weight;
			of_rules++;
		}
	}
	g_assert_cmpuint(of_model, ==, 11); /* the last is the rest */
	g_assert_cmpfloat_with_epsilon(
		told, sums.sum[0][findings.finding[0].value] - mean, CLOSE);
	g_assert_cmpuint(of_rules, ==, 1);
	g_assert_cmpfloat_with_epsilon(ruled, 3, CLOSE);
}

/* A model's findings are told with its confidences; without it the rules'. */
static void
test_confidence(void)
{
	FixtureModel hand = { .likely = 0.2, .sure = 0.4 };
	g_autoptr(Rules) rules = the_rules();

	g_assert_cmpuint(heads_confidence(rules, 0, 0.45), ==, CONFIDENCE_LOW);
	g_assert_null(rules_model(rules));
	rules_set_model(rules, parse(&hand, rules));
	g_assert_nonnull(rules_model(rules));
	g_assert_cmpuint(heads_confidence(rules, 0, 0.1), ==, CONFIDENCE_LOW);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.25), ==,
	                 CONFIDENCE_MEDIUM);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.45), ==, CONFIDENCE_HIGH);
	g_assert_cmpuint(heads_confidence(rules, 1, 0.45), ==, CONFIDENCE_LOW);
	rules_set_model(rules, NULL);
	g_assert_cmpuint(heads_confidence(rules, 0, 0.45), ==, CONFIDENCE_LOW);
}

/* The largest numbers that a file can say: nothing is infinite or none. */
static void
test_extreme(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Features) features = features_of(rules, "fine late books");
	g_autoptr(Model) model = NULL;
	Findings findings = { 0 };
	HeadSums sums;

	for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++) {
		hand.bias[o] = o % 2 ? 32767 : -32768;
		for (unsigned i = 0; i < GRAM_KINDS; i++)
			hand.scale[o][i] = o % 2 ? -32768 : 32767;
		for (unsigned i = 0; i < 3; i++)
			hand.rules[o][i] = -32768;
		for (unsigned i = 0; i < FIXTURE_STRUCTURE; i++)
			hand.structure[o][i] = o % 2 ? -32768 : 32767;
	}
	fixture_place_all(&hand, features);
	model = parse(&hand, rules);
	sums = judged(rules, model, features);
	for (unsigned v = 0; v < 3; v++)
		g_assert_true(isfinite(sums.sum[0][v]));
	heads_decide(rules, &sums, &findings);
	g_assert_cmpuint(findings.finding[0].score, <=, 100);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/model/bind", test_bind);
	g_test_add_func("/model/bind-not", test_bind_not);
	g_test_add_func("/model/prior", test_prior);
	g_test_add_func("/model/words", test_words);
	g_test_add_func("/model/rows", test_rows);
	g_test_add_func("/model/many", test_many);
	g_test_add_func("/model/utmost", test_utmost);
	g_test_add_func("/model/rules", test_rule_sums);
	g_test_add_func("/model/structure", test_structure);
	g_test_add_func("/model/explain", test_explain);
	g_test_add_func("/model/reasons", test_reasons);
	g_test_add_func("/model/confidence", test_confidence);
	g_test_add_func("/model/extreme", test_extreme);
	return g_test_run();
}
