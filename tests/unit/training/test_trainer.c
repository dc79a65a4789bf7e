/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/examine.h"
#include "analysis/model.h"
#include "base/error.h"
#include "rules_fixture.h"
#include "toy_corpus.h"
#include "training/trainer.h"

#define ROWS 1024

static Rules *
the_rules(void)
{
	g_autoptr(GError) error = NULL;
	Rules *rules = fixture_rules(TOY_RULES, NULL, &error);

	g_assert_no_error(error);
	return rules;
}

static Trainer *
trainer_of(const Rules *rules, const Corpus *corpus, unsigned use)
{
	Trainer *trainer = trainer_new(rules);

	for (unsigned i = 0; i < corpus_size(corpus); i++)
		trainer_add(trainer, corpus_sample(corpus, i), use);
	return trainer;
}

/* A model of the corpus. */
static GBytes *
trained(const Rules *rules, const Corpus *corpus, unsigned use)
{
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus, use);
	g_autoptr(GError) error = NULL;
	GBytes *bytes = trainer_train(trainer, ROWS, 1, &error);

	g_assert_no_error(error);
	return bytes;
}

static Model *
parsed(GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	Model *model = model_parse("trained", bytes, &error);

	g_assert_no_error(error);
	return model;
}

static unsigned
count_right(const Rules *rules, const Corpus *corpus)
{
	unsigned right = 0;

	for (unsigned i = 0; i < corpus_size(corpus); i++) {
		const Sample *sample = corpus_sample(corpus, i);
		FeatureText text = { .subject = sample->subject,
			             .text = sample->text,
			             .signature = sample->signature };
		Findings findings;

		examine_findings(rules, &text, LANGUAGE_EN, &findings, NULL);
		right +=
			findings.finding[0].value == (unsigned)sample->label[0];
	}
	return right;
}

/* Words that no rule knows are learned, and told of texts never seen. */
static void
test_learns(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 120);
	g_autoptr(Corpus) fresh = toy_corpus(rules, 2, 90);
	g_autoptr(GBytes) bytes = trained(rules, corpus, 0);
	Model *model = parsed(bytes);

	g_assert_cmpuint(count_right(rules, fresh), <, 45);
	rules_set_model(rules, model);
	g_assert_true(model_knows(model, 0));
	/* nothing is labelled with it */
	g_assert_false(model_knows(model, 1));
	g_assert_cmpuint(count_right(rules, fresh), >=, 88);
}

/* Texts of two of the three values: liblinear keeps one row for both. */
static void
test_two_values(void)
{
	for (unsigned first = 0; first < 2; first++) {
		g_autoptr(Rules) rules = the_rules();
		g_autoptr(Corpus) corpus = corpus_new();
		g_autoptr(GRand) dice = g_rand_new_with_seed(6);
		g_autoptr(GBytes) bytes = NULL;

		for (unsigned i = 0; i < 60; i++) {
			g_autofree char *noise = toy_noise(dice, 6);
			bool good = i % 2 == first;
			g_autofree char *text = g_strconcat(
				noise, good ? "kitten" : "hammer", NULL);

			toy_add(corpus, rules, i, text,
			        good ? "positive" : "negative");
		}
		bytes = trained(rules, corpus, 0);
		rules_set_model(rules, parsed(bytes));
		g_assert_cmpuint(count_right(rules, corpus), >=, 59);
	}
}

static void
test_deterministic(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 120);
	g_autoptr(Corpus) other = toy_corpus(rules, 7, 120);
	g_autoptr(GBytes) one = trained(rules, corpus, 0);
	g_autoptr(GBytes) two = trained(rules, corpus, 0);
	g_autoptr(GBytes) three = trained(rules, other, 0);

	g_assert_true(g_bytes_equal(one, two));
	g_assert_false(g_bytes_equal(one, three));
}

/* The same trainer, asked twice, and after a cross-validation. */
static void
test_again(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 120);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus, 0);
	g_autoptr(GBytes) one = trained(rules, corpus, 0);
	g_autoptr(GBytes) two = NULL;
	Evaluation *evaluations[LIMIT_FINDINGS];

	trainer_cross_validate(trainer, 4, 1, evaluations);
	two = trainer_train(trainer, ROWS, 1, NULL);
	g_assert_true(g_bytes_equal(one, two));
	evaluation_free(evaluations[0]);
}

static void
assert_too_few(const Rules *rules, const Corpus *corpus)
{
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus, 0);
	g_autoptr(GError) error = NULL;
	Evaluation *evaluations[LIMIT_FINDINGS];

	g_assert_null(trainer_train(trainer, ROWS, 1, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, "too few labelled texts"));
	trainer_cross_validate(trainer, 3, 1, evaluations);
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++)
		g_assert_null(evaluations[f]);
}

static void
test_too_few(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) nothing = corpus_new();
	g_autoptr(Corpus) few = toy_corpus(rules, 1, 12);
	g_autoptr(Corpus) alike = corpus_new();

	for (unsigned i = 0; i < 60; i++)
		toy_add(alike, rules, i, "so it is", "neutral");
	assert_too_few(rules, nothing);
	assert_too_few(rules, few);
	assert_too_few(rules, alike);
}

/* ---------------------------------------------------------- cross-validation
 */

static void
test_cross_validate(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 120);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus, 0);
	g_autoptr(Evaluation) evaluation = NULL;
	Evaluation *evaluations[LIMIT_FINDINGS];
	EvaluationFigures figures;

	trainer_cross_validate(trainer, 5, 1, evaluations);
	evaluation = evaluations[0];
	g_assert_nonnull(evaluation);
	g_assert_null(evaluations[1]);
	g_assert_cmpstr(evaluation_finding(evaluation), ==, "sentiment");
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	g_assert_cmpuint(figures.n, ==, 120);
	g_assert_cmpfloat(figures.accuracy.value, >, 0.95);
	g_assert_cmpfloat(figures.calibration_error, <, 0.2);
	g_assert_cmpfloat(figures.abstained, ==, 0);
}

/* Labels that nothing in the text tells are not told: a text that is judged
 * has no part in what judges it. */
static void
test_no_leak(void)
{
	static const char *const values[] = { "negative", "positive" };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(Trainer) trainer = NULL;
	g_autoptr(Evaluation) evaluation = NULL;
	g_autoptr(GRand) dice = g_rand_new_with_seed(3);
	Evaluation *evaluations[LIMIT_FINDINGS];
	EvaluationFigures figures;

	for (unsigned i = 0; i < 200; i++) {
		g_autofree char *text = toy_noise(dice, 12);

		toy_add(corpus, rules, i, text,
		        values[g_rand_boolean(dice) ? 1 : 0]);
	}
	trainer = trainer_of(rules, corpus, 0);
	trainer_cross_validate(trainer, 5, 1, evaluations);
	evaluation = evaluations[0];
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	g_test_message("%.3f", figures.accuracy.value);
	g_assert_cmpfloat(figures.accuracy.value, <, 0.65);
	/* and it knows that it does not know */
	g_assert_cmpfloat(figures.confidence[CONFIDENCE_HIGH].coverage, <,
	                  0.15);
}

/* Texts that are `only` trained on are never judged; yet they teach. */
static void
test_only(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) few = toy_corpus(rules, 1, 24);
	g_autoptr(Corpus) more = toy_corpus(rules, 2, 90);
	g_autoptr(Trainer) poor = trainer_of(rules, few, 0);
	g_autoptr(Trainer) rich = trainer_of(rules, few, 0);
	g_autoptr(Evaluation) evaluation = NULL;
	Evaluation *evaluations[LIMIT_FINDINGS];
	EvaluationFigures figures;

	trainer_cross_validate(poor, 2, 1, evaluations);
	g_assert_null(evaluations[0]);
	for (unsigned i = 0; i < corpus_size(more); i++)
		trainer_add(rich, corpus_sample(more, i), TRAINER_ONLY);
	trainer_cross_validate(rich, 2, 1, evaluations);
	evaluation = evaluations[0];
	g_assert_nonnull(evaluation);
	evaluation_figures(evaluation, LANGUAGE_N, &figures);
	g_assert_cmpuint(figures.n, ==, 24);
	g_assert_cmpfloat(figures.accuracy.value, >, 0.9);
}

typedef struct Steps {
	unsigned calls, last, all;
} Steps;

static void
count_step(unsigned done, unsigned all, void *data)
{
	Steps *steps = data;

	g_assert_cmpuint(done, ==, steps->last + 1);
	steps->last = done;
	steps->all = all;
	steps->calls++;
}

static void
test_progress(void)
{
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = toy_corpus(rules, 1, 60);
	g_autoptr(Trainer) trainer = trainer_of(rules, corpus, 0);
	Evaluation *evaluations[LIMIT_FINDINGS];
	Steps steps = { 0 };

	trainer_on_progress(trainer, count_step, &steps);
	trainer_cross_validate(trainer, 3, 1, evaluations);
	g_assert_cmpuint(steps.calls, ==, 6); /* of two findings */
	g_assert_cmpuint(steps.all, ==, 6);
	evaluation_free(evaluations[0]);
}

/* -------------------------------------------------------------- seen texts */

static void
find_rules(const ModelPart *part, void *data)
{
	if (g_strcmp0(part->name, "model/rules") == 0)
		*(double *)data = part->weight;
}

/* What a model that was trained with `use` makes of what the rules say. */
static double
trust(Rules *rules, const Corpus *corpus, unsigned use)
{
	FeatureText text = { .text = "It is fine.", .grams = true };
	g_autoptr(Features) features = features_read(rules, LANGUAGE_EN, &text);
	g_autoptr(GBytes) bytes = trained(rules, corpus, use);
	g_autoptr(Model) model = parsed(bytes);
	double weight = -1;
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(rules, features, &sums);
	model_bind(model, rules);
	model_explain(model, features, &sums, (ModelPoint){ 0, 2 }, find_rules,
	              &weight);
	return weight;
}

static void
test_seen(void)
{
	static const char *const values[] = { "negative", "neutral",
		                              "positive" };
	g_autoptr(Rules) rules = the_rules();
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GRand) dice = g_rand_new_with_seed(4);
	double seen, unseen;

	for (unsigned i = 0; i < 120; i++) {
		g_autofree char *noise = toy_noise(dice, 8);
		g_autofree char *text =
			g_strconcat(noise, i % 3 == 2 ? "fine" : "", NULL);

		toy_add(corpus, rules, i, text, values[i % 3]);
	}
	unseen = trust(rules, corpus, 0);
	seen = trust(rules, corpus, TRAINER_SEEN);
	g_test_message("seen %.3f, unseen %.3f", seen, unseen);
	g_assert_cmpfloat(unseen, >, 0.2);
	g_assert_cmpfloat_with_epsilon(seen, 0, 1e-9);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trainer/learns", test_learns);
	g_test_add_func("/trainer/two-values", test_two_values);
	g_test_add_func("/trainer/deterministic", test_deterministic);
	g_test_add_func("/trainer/again", test_again);
	g_test_add_func("/trainer/too-few", test_too_few);
	g_test_add_func("/trainer/cross-validate", test_cross_validate);
	g_test_add_func("/trainer/no-leak", test_no_leak);
	g_test_add_func("/trainer/only", test_only);
	g_test_add_func("/trainer/progress", test_progress);
	g_test_add_func("/trainer/seen", test_seen);
	return g_test_run();
}
