/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labelled texts by the dozen: noise with one word that tells the label.
 */
#ifndef TESTS_TOY_CORPUS_H
#define TESTS_TOY_CORPUS_H

#include <glib.h>
#include <string.h>

#include "training/corpus.h"

#define TOY_RULES                                                              \
	"finding sentiment\n values negative neutral positive\n"               \
	" default neutral\n margin 0\n"                                        \
	"finding urgency\n values high normal low\n default normal\n"          \
	"language en\n"                                                        \
	"cue fine\n sentiment positive 2\n phrase fine\n"                      \
	" match fine\n no-match x\n"

/* `n` words of a hundred, each with a blank after it. */
static inline char *
toy_noise(GRand *dice, unsigned n)
{
	static const char *const syllables[] = { "ba", "ke", "di", "lo", "mu",
		                                 "ra", "se", "ti", "vo", "nu" };
	GString *text = g_string_new("");

	for (unsigned i = 0; i < n; i++) {
		g_string_append(text, syllables[g_rand_int_range(dice, 0, 10)]);
		g_string_append(text, syllables[g_rand_int_range(dice, 0, 10)]);
		g_string_append_c(text, ' ');
	}
	return g_string_free(text, FALSE);
}

static inline void
toy_add(Corpus *corpus, const Rules *rules, unsigned i, const char *text,
        const char *value)
{
	g_autofree char *line = g_strdup_printf(
		"{\"id\": \"%u\", \"lang\": \"en\", \"text\": \"%s\", "
		"\"labels\": {\"sentiment\": \"%s\"}}\n",
		i, text, value);
	g_autofree char *name = g_strdup_printf("toy-%u.jsonl", i);
	g_autoptr(GBytes) bytes = g_bytes_new(line, strlen(line));
	g_autoptr(GError) error = NULL;
	bool good = corpus_parse(corpus, rules, name, bytes, -1, &error);

	g_assert_no_error(error);
	g_assert_true(good);
}

/* Each label has two words of its own that no rule knows. */
static inline Corpus *
toy_corpus(const Rules *rules, unsigned seed, unsigned n)
{
	static const char *const values[] = { "negative", "neutral",
		                              "positive" };
	static const char *const words[3][2] = { { "hammer", "thunder" },
		                                 { "cupboard", "window" },
		                                 { "kitten", "blossom" } };
	g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
	Corpus *corpus = corpus_new();

	for (unsigned i = 0; i < n; i++) {
		g_autofree char *noise = toy_noise(dice, 8);
		g_autofree char *text = g_strconcat(
			noise, words[i % 3][g_rand_int_range(dice, 0, 2)],
			NULL);

		toy_add(corpus, rules, i, text, values[i % 3]);
	}
	return corpus;
}

#endif
