/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every cue carries what it must and must not match; here they are tried. A
 * cue for a place that a short example cannot have (a greeting, a signature)
 * is tried as if the example stood there.
 */
#include <string.h>

#include "analysis/features.h"
#include "rules_private.h"

typedef struct Checking {
	const Rules *rules;
	RulesExampleFailed *failed;
	void *data;
	unsigned n;
} Checking;

/* \n in an example is a line break. */
static char *
unescape(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\\n", 0);

	return g_strjoinv("\n", lines);
}

/* Every region that the cue wants, where a single line stands for all; lines
 * tell by themselves which is the greeting. */
static FeatureText
stage(const Cue *cue, const char *text)
{
	FeatureText staged = { .text = text };
	unsigned parts = REGION_GREETING | REGION_CLOSING | REGION_OPENING;

	if (cue->where & REGION_TEXT)
		return staged;
	if ((cue->where & parts) == 0) {
		staged.text = NULL;
		if (cue->where & REGION_SUBJECT)
			staged.subject = text;
		else
			staged.signature = text;
		return staged;
	}
	if (strchr(text, '\n') == NULL)
		staged.regions = cue->where & (parts | REGION_SIGNATURE);
	return staged;
}

static void
check_example(Checking *checking, uint32_t which, const AstText *example)
{
	const Cue *cue = rules_cue(checking->rules, which);
	g_autofree char *text = unescape(example->text);
	FeatureText staged = stage(cue, text);
	g_autoptr(Features) features = features_read(
		checking->rules, (Language)cue->language, &staged);
	bool fired = false, negated = false;
	g_autofree char *message = NULL;

	for (unsigned i = 0; i < features->n_hits; i++) {
		if (features->hits[i].cue != which)
			continue;
		if (features->hits[i].negated)
			negated = true;
		else
			fired = true;
	}
	checking->n++;
	if (fired == example->match)
		return;
	message = g_strdup_printf(
		"cue %s %s: %s", cue->label,
		fired     ? "matches what it must not match"
		: negated ? "is negated in what it must match (negated keep?)"
			  : "does not match what it must match",
		example->text);
	checking->failed(example->place.file, example->place.line, message,
	                 checking->data);
}

unsigned
rules_check_examples(const Rules *rules, RulesExampleFailed *failed, void *data)
{
	Checking checking = { .rules = rules, .failed = failed, .data = data };

	for (uint32_t i = 0; i < rules->cues->len; i++) {
		const Cue *cue = rules_cue(rules, i);

		if (cue->n_votes == 0 && cue->escalate == NO_INDEX)
			continue; /* of a trait that is not in use */
		for (unsigned k = 0; k < cue->ast->examples->len; k++)
			check_example(
				&checking, i,
				&g_array_index(cue->ast->examples, AstText, k));
	}
	return checking.n;
}
