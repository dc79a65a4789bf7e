/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labelled texts, judged by the function that the filter calls.
 */
#include <string.h>

#include "analysis/heads.h"
#include "context.h"
#include "evaluate_value.h"
#include "labelled.h"
#include "print.h"
#include "progress.h"
#include "training/corpus.h"

#define FINDING_ALL (-1)
#define SLOT_LANGUAGE LIMIT_FINDINGS /* after those of the Rules */

typedef struct Evaluating {
	const Rules *rules;
	int finding; /* of the Rules, FINDING_ALL or CORPUS_LANGUAGE */
	bool identify;
	Corpus *corpus;
	Evaluation *slot[SLOT_LANGUAGE + 1]; /* NULL: nothing labelled */
} Evaluating;

static void
evaluating_clear(Evaluating *evaluating)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(evaluating->slot); i++)
		evaluation_free(evaluating->slot[i]);
	corpus_free(evaluating->corpus);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Evaluating, evaluating_clear)

static bool
choose_finding(Evaluating *evaluating, const char *name)
{
	int finding = labelled_finding(evaluating->rules, name);

	if (finding < 0 && strcmp(name, "language") == 0)
		finding = CORPUS_LANGUAGE;
	if (finding == -1 && strcmp(name, "all") != 0) {
		labelled_no_finding(evaluating->rules, name,
		                    ", and there are language and all");
		return false;
	}
	evaluating->finding = finding;
	return true;
}

/* The evaluation of a finding, made when its first label is met. */
static Evaluation *
slot_of(Evaluating *evaluating, unsigned slot)
{
	const Rules *rules = evaluating->rules;
	const char *values[LIMIT_FINDING_VALUES];
	const char *name = "language";
	unsigned n = LANGUAGE_N;

	if (evaluating->slot[slot] != NULL)
		return evaluating->slot[slot];
	if (slot != SLOT_LANGUAGE) {
		name = rules_finding_name(rules, slot);
		n = rules_n_values(rules, slot);
	}
	for (unsigned v = 0; v < n; v++)
		values[v] = slot == SLOT_LANGUAGE
		                    ? language_code((Language)v)
		                    : rules_value_name(rules, slot, v);
	evaluating->slot[slot] = evaluation_new(name, values, n);
	return evaluating->slot[slot];
}

G_STATIC_ASSERT((int)LANGUAGE_N <= LIMIT_FINDING_VALUES);

static bool
is_asked(const Evaluating *evaluating, const Sample *sample, unsigned f)
{
	return sample->label[f] >= 0 && (evaluating->finding == FINDING_ALL ||
	                                 evaluating->finding == (int)f);
}

static bool
is_any_asked(const Evaluating *evaluating, const Sample *sample)
{
	for (unsigned f = 0; f < rules_n_findings(evaluating->rules); f++)
		if (is_asked(evaluating, sample, f))
			return true;
	return false;
}

static void
judge_findings(Evaluating *evaluating, const Sample *sample)
{
	const Rules *rules = evaluating->rules;
	FeatureText text = { .subject = sample->subject,
		             .text = sample->text,
		             .signature = sample->signature };
	Language told = evaluating->identify ? LANGUAGE_UND : sample->language;
	Findings findings;
	HeadSums sums;

	examine_findings(rules, &text, told, &findings, &sums);
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		const Finding *finding = &findings.finding[f];
		double p[LIMIT_FINDING_VALUES];
		Verdict verdict = { .value = finding->value,
			            .confidence = finding->confidence };

		if (!is_asked(evaluating, sample, f))
			continue;
		heads_probabilities(rules, &sums, f, p);
		verdict.truth = (unsigned)sample->label[f];
		verdict.p = p[finding->value];
		verdict.abstained = findings.status != FINDINGS_SCORED ||
		                    finding->abstained;
		verdict.language = sample->language != LANGUAGE_UND
		                           ? sample->language
		                           : findings.language;
		evaluation_add(slot_of(evaluating, f), &verdict);
	}
}

/* Language identification itself; `und` is told by saying nothing. */
static void
judge_language(Evaluating *evaluating, const Sample *sample)
{
	ExamineText text = { sample->subject, sample->text, sample->signature };
	unsigned score;
	Language told = examine_language(evaluating->rules, &text, &score);
	double p = score / 100.0;
	Verdict verdict = { .truth = sample->language,
		            .value = told,
		            .p = p,
		            .confidence = confidence_of(p, CONFIDENCE_LIKELY,
		                                        CONFIDENCE_SURE),
		            .abstained = told == LANGUAGE_UND,
		            .language = sample->language };

	evaluation_add(slot_of(evaluating, SLOT_LANGUAGE), &verdict);
}

static void
judge_all(Evaluating *evaluating)
{
	unsigned n = corpus_size(evaluating->corpus);
	Progress progress = progress_begin("texts");

	for (unsigned i = 0; i < n; i++) {
		const Sample *sample = corpus_sample(evaluating->corpus, i);

		if (evaluating->finding != CORPUS_LANGUAGE) {
			if (is_any_asked(evaluating, sample))
				judge_findings(evaluating, sample);
		} else if (sample->language != LANGUAGE_UND) {
			judge_language(evaluating, sample);
		}
		progress_show(&progress, i + 1);
	}
	progress_end(&progress);
}

/* NULL when nothing was labelled. */
static json_t *
whole_value(const Evaluating *evaluating)
{
	json_t *value = json_object(), *findings = json_object();

	print_set_integer(value, "schema", 1);
	print_set_integer(value, "texts", corpus_size(evaluating->corpus));
	print_set_integer(value, "skipped", corpus_skipped(evaluating->corpus));
	for (unsigned i = 0; i < G_N_ELEMENTS(evaluating->slot); i++) {
		const Evaluation *of = evaluating->slot[i];

		if (of != NULL)
			json_object_set_new(findings, evaluation_finding(of),
			                    evaluate_value(of));
	}
	json_object_set_new(value, "findings", findings);
	return value;
}

static int
report(const Evaluating *evaluating, const Options *options)
{
	json_t *value = whole_value(evaluating);
	bool any = json_object_size(json_object_get(value, "findings")) > 0;

	if (!any) {
		json_decref(value);
		print_error("no text is labelled for %s; tact(1) says how "
		            "labels are written",
		            options->arguments[0]);
		return CLI_FOUND;
	}
	print_value(options->json, value,
	            evaluating->finding == FINDING_ALL ? evaluate_print_rows
	                                               : evaluate_print_whole);
	return CLI_FINE;
}

int
cmd_evaluate(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open(options, &error);
	g_auto(Evaluating) evaluating = { .identify = options->identify };
	int status;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	evaluating.rules = context->rules;
	evaluating.corpus = corpus_new();
	if (!choose_finding(&evaluating, options->arguments[0]))
		return CLI_USAGE;
	if (evaluating.finding == FINDING_ALL && options->labels[0] != NULL) {
		print_error("--label goes with one finding, not all");
		return CLI_USAGE;
	}
	status = labelled_read(evaluating.corpus, context->rules,
	                       evaluating.finding, options,
	                       options->arguments + 1);
	if (status != CLI_FINE)
		return status;
	judge_all(&evaluating);
	return report(&evaluating, options);
}
