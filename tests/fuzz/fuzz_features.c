/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A text, its grams, and what the shipped model makes of them; the first byte
 * is the language. Without a model it is features and grams alone.
 */
#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analysis/examine.h"
#include "analysis/model.h"
#include "base/text.h"
#include "rules_once.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_grams(const Features *features, const FeatureText *text)
{
	const char *texts[FIELD_N] = { text->subject, text->text,
		                       text->signature };
	const Grams *grams = &features->grams;
	unsigned seen = 0;

	for (unsigned i = 0; i < GRAM_KINDS; i++)
		seen += grams->seen[i];
	if (grams->n > LIMIT_GRAMS || grams->n > seen)
		g_error("more grams than there are");
	for (unsigned i = 0; i < grams->n; i++) {
		const Gram *gram = &grams->gram[i];

		if (gram->field >= FIELD_N || gram->kind >= GRAM_KINDS ||
		    gram->start > gram->end ||
		    gram->end > strlen(texts[gram->field]))
			g_error("a gram that stands nowhere");
		if (gram->kind == GRAM_CUE && gram->hit >= features->n_hits)
			g_error("a gram of no cue");
	}
}

static void
add_part(const ModelPart *part, void *data)
{
	*(double *)data += part->weight;
}

static void
check_model(const Rules *rules, const Features *features)
{
	const Model *model = rules_model(rules);
	HeadSums rule_sums, sums;

	memset(&rule_sums, 0, sizeof(rule_sums));
	heads_add_rules(rules, features, &rule_sums);
	sums = rule_sums;
	model_judge(model, features, &sums);
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		unsigned n = rules_n_values(rules, f), v = features->words % n;
		double told = 0, mean = 0;

		if (!model_knows(model, f))
			continue;
		for (unsigned i = 0; i < n; i++)
			mean += sums.sum[f][i] / n;
		model_explain(model, features, &rule_sums, (ModelPoint){ f, v },
		              add_part, &told);
		if (!(fabs(told - (sums.sum[f][v] - mean)) < 0.01))
			g_error("parts that do not add up");
	}
}

static void
check_report(const Rules *rules, const FeatureText *text, Language language)
{
	ExamineText whole = { text->subject, text->text, text->signature };
	g_autoptr(Report) report = examine_text(rules, &whole, language);

	for (unsigned i = 0; i < report->findings.n_findings; i++)
		if (report->findings.finding[i].score > 100 ||
		    report->findings.finding[i].value >=
		            rules_n_values(rules, i))
			g_error("impossible finding");
	for (unsigned i = 0; i < report->reasons->len; i++) {
		const ExamineReason *reason =
			&g_array_index(report->reasons, ExamineReason, i);

		if (strstr(text->text, reason->words) == NULL ||
		    !g_utf8_validate(reason->words, -1, NULL))
			g_error("words that nobody wrote");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const traits[] = { "persona", "request", NULL };
	Rules *rules = rules_once(rules_load, traits);
	g_autofree char *whole = NULL;
	g_autoptr(Features) features = NULL;
	FeatureText text = { .grams = true };
	Language language;

	if (size == 0)
		return 0;
	language = (Language)(data[0] % LANGUAGE_N);
	whole = text_sanitise((const char *)data + 1, size - 1,
	                      LIMIT_ANALYSE_TEXT, NULL);
	text.subject = text.text = text.signature = whole;
	features = features_read(rules, language, &text);
	check_grams(features, &text);
	if (rules_model(rules) != NULL)
		check_model(rules, features);
	check_report(rules, &text, language);
	return 0;
}
