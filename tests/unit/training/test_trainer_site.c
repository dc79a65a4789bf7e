/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a site's examples do to a model, and what they must not do.
 */
#include <glib.h>
#include <string.h>

#include "analysis/examine.h"
#include "analysis/model.h"
#include "base/error.h"
#include "rules_fixture.h"
#include "toy_corpus.h"
#include "training/trainer.h"

#define ROWS 4096

/* Customers of examples. */
typedef enum Writers {
	ONE_CUSTOMER,
	TWO_CUSTOMERS,
} Writers;

static Rules *
rules_of(const char *text)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(text, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static Trainer *
trainer_of(const Rules *rules, const Corpus *corpus)
{
	Trainer *trainer = trainer_new(rules);

	for (unsigned i = 0; i < corpus_size(corpus); i++)
		trainer_add(trainer, corpus_sample(corpus, i), 0);
	return trainer;
}

static void
teach(Trainer *trainer, const Rules *rules, const char *body, int sentiment,
      int64_t customer)
{
	FeatureText text = { .text = body, .grams = true };
	g_autoptr(Features) features = features_read(rules, LANGUAGE_EN, &text);
	g_autoptr(Example) example = example_new(rules, features);
	int8_t label[LIMIT_FINDINGS];

	memset(label, -1, sizeof(label));
	label[0] = (int8_t)sentiment;
	trainer_add_example(trainer, example, label, customer);
}

static const char *const jargon[3] = { "snork", "zeel", "brilk" };

/* Mails in words that the corpus has not. */
static char *
jargon_mail(GRand *dice, unsigned i)
{
	g_autofree char *noise = toy_noise(dice, 6);

	return g_strconcat(noise, jargon[i % 3], NULL);
}

static void
teach_jargon(Trainer *trainer, const Rules *rules, unsigned n, Writers writers)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(21);

	for (unsigned i = 0; i < n; i++) {
		g_autofree char *text = jargon_mail(dice, i);

		teach(trainer, rules, text, (int)(i % 3),
		      writers == ONE_CUSTOMER ? 7 : i / 3 % 2);
	}
}

static GBytes *
trained(Trainer *trainer)
{
	g_autoptr(GError) error = NULL;
	GBytes *bytes = trainer_train(trainer, ROWS, 1, &error);

	g_assert_no_error(error);
	return bytes;
}

/* Of thirty mails in the jargon. */
static unsigned
jargon_right(Rules *rules, GBytes *bytes)
{
	g_autoptr(GRand) dice = g_rand_new_with_seed(22);
	g_autoptr(GError) error = NULL;
	unsigned right = 0;

	rules_set_model(rules, model_parse("trained", bytes, &error));
	g_assert_no_error(error);
	for (unsigned i = 0; i < 30; i++) {
		g_autofree char *body = jargon_mail(dice, i);
		FeatureText text = { .subject = "",
			             .text = body,
			             .signature = "" };
		Findings findings;

		examine_findings(rules, &text, LANGUAGE_EN, &findings, NULL);
		right += findings.finding[0].value == i % 3;
	}
	rules_set_model(rules, NULL);
	return right;
}

static double
f1(const Evaluation *evaluation)
{
	EvaluationFigures figures;

	g_assert_nonnull(evaluation);
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	return figures.macro_f1.value;
}

static void
test_teaches(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 150);
	g_autoptr(Trainer) before = trainer_of(rules, corpus);
	g_autoptr(Trainer) after = trainer_of(rules, corpus);
	g_autoptr(GBytes) untaught = trained(before);
	g_autoptr(GBytes) taught = NULL;

	g_assert_cmpuint(jargon_right(rules, untaught), <, 20);
	teach_jargon(after, rules, 18, TWO_CUSTOMERS);
	taught = trained(after);
	g_assert_cmpuint(jargon_right(rules, taught), >=, 28);
}

/* What one customer alone writes is not learned: a name would be. */
static void
test_one_customer(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 150);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus);
	g_autoptr(GBytes) bytes = NULL;

	teach_jargon(trainer, rules, 18, ONE_CUSTOMER);
	bytes = trained(trainer);
	g_assert_cmpuint(jargon_right(rules, bytes), <, 20);
}

/* The costs and gains that are told: what the texts lose is little, what the
 * examples gain is much, and there are none where nothing was taught. */
static void
test_judged(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 150);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus);
	TrainerSite sites[LIMIT_FINDINGS];

	teach_jargon(trainer, rules, 18, TWO_CUSTOMERS);
	trainer_judge_site(trainer, 1, sites);
	g_assert_cmpuint(sites[0].examples, ==, 18);
	g_assert_cmpfloat(f1(sites[0].corpus[0]), >, 0.95);
	g_assert_cmpfloat(f1(sites[0].corpus[1]), >, 0.93);
	g_assert_cmpfloat(f1(sites[0].own[0]), <, 0.7);
	g_assert_cmpfloat(f1(sites[0].own[1]), >, f1(sites[0].own[0]));
	g_assert_cmpuint(sites[1].examples, ==, 0);
	g_assert_null(sites[1].corpus[0]);
	trainer_site_clear(&sites[0]);
}

/* Examples that say the opposite of the texts cost, and the cost is told. */
static void
test_costs(void)
{
	static const char *const words[3] = { "hammer", "window", "kitten" };
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 90);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus);
	TrainerSite sites[LIMIT_FINDINGS];

	for (unsigned i = 0; i < 200; i++)
		teach(trainer, rules, words[i % 3], (int)((i + 1) % 3), i % 5);
	trainer_judge_site(trainer, 1, sites);
	g_assert_cmpfloat(f1(sites[0].corpus[1]), <,
	                  f1(sites[0].corpus[0]) - 0.1);
	trainer_site_clear(&sites[0]);
}

/* Findings that no example is labelled with come out as they were: so the
 * model's words for them, explained, weigh the same. */
static GBytes *
two_findings(const Rules *rules, bool with_examples)
{
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 120);
	g_autoptr(GString) lines = g_string_new("");
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Trainer) trainer = NULL;
	g_autoptr(GRand) dice = g_rand_new_with_seed(8);

	for (unsigned i = 0; i < 60; i++) {
		g_autofree char *noise = toy_noise(dice, 6);

		g_string_append_printf(
			lines,
			"{\"id\": \"u%u\", \"lang\": \"en\", \"text\": \"%s%s\", "
			"\"labels\": {\"urgency\": \"%s\"}}\n",
			i, noise, i % 2 == 0 ? "tomorrow" : "whenever",
			i % 2 == 0 ? "high" : "low");
	}
	bytes = g_bytes_new(lines->str, lines->len);
	g_assert_true(corpus_parse(corpus, rules, "u.jsonl", bytes, -1, NULL));
	trainer = trainer_of(rules, corpus);
	if (with_examples)
		teach_jargon(trainer, rules, 18, TWO_CUSTOMERS);
	return trained(trainer);
}

static HeadSums
sums_of(Rules *rules, GBytes *bytes)
{
	FeatureText text = { .subject = "",
		             .text = "kemu rase tomorrow snork dilo",
		             .signature = "" };
	Findings findings;
	HeadSums sums;

	rules_set_model(rules, model_parse("trained", bytes, NULL));
	examine_findings(rules, &text, LANGUAGE_EN, &findings, &sums);
	rules_set_model(rules, NULL);
	return sums;
}

static void
test_others_stay(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(GBytes) untaught = two_findings(rules, false);
	g_autoptr(GBytes) taught = two_findings(rules, true);
	HeadSums before = sums_of(rules, untaught);
	HeadSums after = sums_of(rules, taught);

	g_assert_false(g_bytes_equal(untaught, taught));
	for (unsigned v = 0; v < 3; v++)
		g_assert_cmpfloat_with_epsilon(before.sum[1][v],
		                               after.sum[1][v], 1e-6);
	g_assert_cmpfloat(before.sum[0][0] - before.sum[0][2], <,
	                  after.sum[0][0] - after.sum[0][2] - 0.5);
}

/* The same examples give the same bytes. */
static void
test_deterministic(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(GBytes) one = two_findings(rules, true);
	g_autoptr(GBytes) two = two_findings(rules, true);

	g_assert_true(g_bytes_equal(one, two));
}

/* A finding that the texts do not know at all, a site's own trait. */
static void
test_own_finding(void)
{
	g_autoptr(Rules) rules = rules_of(TOY_RULES);
	g_autoptr(Corpus) nothing = corpus_new();
	g_autoptr(Trainer) trainer = trainer_of(rules, nothing);
	g_autoptr(GBytes) bytes = NULL;

	teach_jargon(trainer, rules, 60, TWO_CUSTOMERS);
	bytes = trained(trainer);
	g_assert_cmpuint(jargon_right(rules, bytes), >=, 28);
}

/* Forty values do not go into a model: the finding past the last place is
 * named, and not left out without a word. */
static void
test_no_room(void)
{
	static const char *const names[] = { "alpha", "beta", "gamma" };
	g_autoptr(GString) text = g_string_new("");
	g_autoptr(GString) lines = g_string_new("");
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = NULL;
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(Trainer) trainer = NULL;
	const char *const traits[] = { "alpha", "beta", "gamma", NULL };

	for (unsigned f = 0; f < 3; f++) {
		g_string_append_printf(text, "trait %s\n values", names[f]);
		for (unsigned v = 0; v < 14; v++)
			g_string_append_printf(text, " v%u", v);
		g_string_append(text, "\n default v0\n");
		for (unsigned i = 0; i < 28; i++)
			g_string_append_printf(
				lines,
				"{\"id\": \"%u-%u\", \"lang\": \"en\", \"text\": "
				"\"word%c%c\", \"labels\": {\"%s\": \"v%u\"}}\n",
				f, i, 'a' + i % 14, 'a' + i % 14, names[f],
				i % 14);
	}
	rules = rules_parse("three", text->str, text->len, traits, &error);
	g_assert_no_error(error);
	bytes = g_bytes_new(lines->str, lines->len);
	corpus_parse(corpus, rules, "x.jsonl", bytes, -1, &error);
	g_assert_no_error(error);
	trainer = trainer_of(rules, corpus);
	g_assert_null(trainer_train(trainer, ROWS, 1, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, "the finding gamma"));
	g_assert_nonnull(strstr(error->message, "analysis.traits"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trainer-site/teaches", test_teaches);
	g_test_add_func("/trainer-site/one-customer", test_one_customer);
	g_test_add_func("/trainer-site/judged", test_judged);
	g_test_add_func("/trainer-site/costs", test_costs);
	g_test_add_func("/trainer-site/others-stay", test_others_stay);
	g_test_add_func("/trainer-site/deterministic", test_deterministic);
	g_test_add_func("/trainer-site/own-finding", test_own_finding);
	g_test_add_func("/trainer-site/no-room", test_no_room);
	return g_test_run();
}
