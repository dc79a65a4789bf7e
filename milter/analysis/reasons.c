/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A finding that a model told is explained by the parts of the model that spoke
 * for or against it, those of little weight as one; others by their cues.
 * Either way the weights add up to what the finding was decided by.
 */
#include <math.h>
#include <string.h>

#include "report.h"
#include "rules_private.h"

/* Parts that are shown one by one, of one finding. */
#define PARTS_MAX 10

typedef struct Reasoning {
	const Rules *rules;
	const Features *features;
	const FeatureText *text;
	GArray *reasons;
	uint8_t finding, value; /* of the model's part */
} Reasoning;

static char *
words_between(const Reasoning *reasoning, unsigned field, uint32_t start,
              uint32_t end)
{
	const char *texts[FIELD_N] = { reasoning->text->subject,
		                       reasoning->text->text,
		                       reasoning->text->signature };
	const char *text = texts[field];

	if (text == NULL || end <= start)
		return g_strdup("");
	return g_strndup(text + start, end - start);
}

static char *
words_of(const Reasoning *reasoning, const FeatureHit *hit)
{
	return words_between(reasoning, hit->field, hit->start, hit->end);
}

static bool
is_modelled(const Rules *rules, unsigned finding)
{
	return rules->model != NULL && model_knows(rules->model, finding);
}

static void
add_reason(const HeadVote *vote, void *data)
{
	Reasoning *reasoning = data;
	const FeatureHit *hit = &reasoning->features->hits[vote->hit];
	const Cue *cue = rules_cue(reasoning->rules, hit->cue);
	ExamineReason reason = {
		.finding = vote->finding,
		.value = vote->value,
		.cue = cue->label,
		.group = cue->ast->group ? cue->ast->group : "",
		.weight = vote->weight,
	};

	if (is_modelled(reasoning->rules, vote->finding))
		return;
	reason.words = words_of(reasoning, hit);
	g_array_append_val(reasoning->reasons, reason);
}

static int
stronger(const void *a, const void *b)
{
	double x = fabs(((const ExamineReason *)a)->weight);
	double y = fabs(((const ExamineReason *)b)->weight);

	return (x < y) - (x > y);
}

/* ------------------------------------------------------------- of the model */

static void
name_gram(const Reasoning *reasoning, const Gram *gram, ExamineReason *reason)
{
	static const char *const kinds[GRAM_KINDS] = {
		[GRAM_WORD] = "model/word",
		[GRAM_PAIR] = "model/pair",
		[GRAM_PART] = "model/part-of-word",
		[GRAM_SIGNATURE] = "model/signature",
	};
	const Cue *cue;

	reason->cue = kinds[gram->kind];
	if (gram->kind != GRAM_CUE)
		return;
	cue = rules_cue(reasoning->rules,
	                reasoning->features->hits[gram->hit].cue);
	reason->cue = cue->label;
	if (cue->ast->group != NULL)
		reason->group = cue->ast->group;
}

static void
add_part(const ModelPart *part, void *data)
{
	Reasoning *reasoning = data;
	const Gram *gram = part->gram;
	ExamineReason reason = { .finding = reasoning->finding,
		                 .value = reasoning->value,
		                 .cue = part->name,
		                 .group = "",
		                 .weight = part->weight };

	if (gram != NULL) {
		name_gram(reasoning, gram, &reason);
		reason.words = words_between(reasoning, gram->field,
		                             gram->start, gram->end);
	} else {
		reason.words = g_strdup("");
	}
	g_array_append_val(reasoning->reasons, reason);
}

/* What is past the strongest becomes one. */
static void
sum_up(Reasoning *reasoning, GArray *all)
{
	GArray *parts = reasoning->reasons;
	ExamineReason rest = { .finding = reasoning->finding,
		               .value = reasoning->value,
		               .cue = "model/rest",
		               .group = "" };

	g_array_sort(parts, stronger);
	for (unsigned i = 0; i < parts->len; i++) {
		ExamineReason *part = &g_array_index(parts, ExamineReason, i);

		if (i < PARTS_MAX) {
			g_array_append_val(all, *part);
			continue;
		}
		rest.weight += part->weight;
		g_free(part->words);
	}
	if (parts->len > PARTS_MAX) {
		rest.words = g_strdup("");
		g_array_append_val(all, rest);
	}
	g_array_set_size(parts, 0);
}

static void
explain_model(Reasoning *reasoning, const Findings *findings, GArray *all)
{
	const Rules *rules = reasoning->rules;
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(rules, reasoning->features, &sums);
	reasoning->reasons = g_array_new(FALSE, FALSE, sizeof(ExamineReason));
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		if (!is_modelled(rules, f))
			continue;
		reasoning->finding = (uint8_t)f;
		reasoning->value = findings->finding[f].value;
		model_explain(rules->model, reasoning->features, &sums,
		              (ModelPoint){ f, reasoning->value }, add_part,
		              reasoning);
		sum_up(reasoning, all);
	}
	g_array_unref(reasoning->reasons);
	reasoning->reasons = all;
}

/* ------------------------------------------------------------------- alerts */

static void
add_alerts(const Reasoning *reasoning, GArray *alerts)
{
	for (unsigned i = 0; i < reasoning->features->n_hits; i++) {
		const FeatureHit *hit = &reasoning->features->hits[i];
		const Cue *cue = rules_cue(reasoning->rules, hit->cue);
		ExamineAlert alert = { .escalation = cue->escalate,
			               .cue = cue->label };

		if (cue->escalate == NO_INDEX || hit->negated)
			continue;
		alert.words = words_of(reasoning, hit);
		g_array_append_val(alerts, alert);
	}
}

void
report_reason(Report *report, const Rules *rules, const Features *features,
              const FeatureText *text)
{
	Reasoning reasoning = { .rules = rules,
		                .features = features,
		                .text = text,
		                .reasons = report->reasons };

	heads_each_vote(rules, features, add_reason, &reasoning);
	if (rules->model != NULL)
		explain_model(&reasoning, &report->findings, report->reasons);
	g_array_sort(report->reasons, stronger);
	add_alerts(&reasoning, report->alerts);
}
