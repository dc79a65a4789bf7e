/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/features.h"

#include "match.h"

static void
count_words(const Tokens *tokens, Features *features)
{
	for (unsigned i = 0; i < tokens->first[FIELD_SIGNATURE]; i++)
		features->words += (tokens->token[i].classes & TOKEN_WORD) != 0;
}

static void
read_grams(const Rules *rules, const Tokens *tokens, Features *features)
{
	grams_init(&features->grams, tokens->n, features->n_hits);
	grams_add_tokens(&features->grams, tokens);
	for (unsigned i = 0; i < features->n_hits; i++) {
		const FeatureHit *hit = &features->hits[i];
		const Cue *cue = rules_cue(rules, hit->cue);
		Gram at = { .start = hit->start,
			    .end = hit->end,
			    .hit = (uint16_t)i,
			    .field = hit->field };

		for (unsigned k = 0; k < cue->n_grams; k++)
			grams_add_cue(&features->grams, cue->gram[k],
			              hit->negated, &at);
	}
}

Features *
features_read(const Rules *rules, Language language, const FeatureText *text)
{
	g_autoptr(Tokens) tokens =
		tokens_read(text->subject, text->text, text->signature);
	Features *features = g_new0(Features, 1);

	features->language = language;
	features->limited = tokens->truncated;
	for (unsigned i = 0; text->regions != 0 && i < tokens->n; i++)
		tokens->token[i].regions |= (uint8_t)text->regions;
	structure_read(tokens, &features->structure);
	count_words(tokens, features);
	match_cues(rules, rules->packs[language], tokens, features);
	if (text->grams || rules->model != NULL)
		read_grams(rules, tokens, features);
	return features;
}

void
features_free(Features *features)
{
	if (features == NULL)
		return;
	g_free(features->hits);
	grams_clear(&features->grams);
	g_free(features);
}
