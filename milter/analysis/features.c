/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/features.h"

#include "match.h"

static void
count_words(const Tokens *tokens, Features *features)
{
	for (unsigned i = 0; i < tokens->first[FIELD_SIGNATURE]; i++)
		features->words += (tokens->token[i].classes & TOKEN_WORD) != 0;
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
	return features;
}

void
features_free(Features *features)
{
	if (features == NULL)
		return;
	g_free(features->hits);
	g_free(features);
}
