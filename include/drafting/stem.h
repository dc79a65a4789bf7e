/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/stem - words cut to their stems, to find articles by them.
 *
 * Snowball's algorithms (libstemmer) for da sv nb nn de en fi fr es nl it; nn
 * has that of nb. Other languages keep their words whole. Words are folded to
 * lower case first; a text and a query that go the same way match. Words that
 * every text has ("and", "hello") are left out.
 *
 * Owns:    a Stemmer and what is returned are the caller's.
 * Fails:   never; words of more than STEM_WORD_BYTES are left out.
 * Threads: one a Stemmer.
 */
#ifndef DRAFTING_STEM_H
#define DRAFTING_STEM_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"

#define STEM_WORD_BYTES 64
/* Changes when the same words make other stems: what was indexed is stale. */
#define STEM_VERSION "1"

typedef struct Stemmer Stemmer;

Stemmer *stemmer_new(Language language);
void stemmer_free(Stemmer *stemmer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Stemmer, stemmer_free)

/* The stems of the first `max` words of valid UTF-8 `text`, in its order, with
 * one space between: what an index is built from. */
char *stem_text(Stemmer *stemmer, const char *text, size_t max);
/* The same, each stem once: what an index is asked for. NULL-terminated. */
char **stem_words(Stemmer *stemmer, const char *text, size_t max);

/* A word as it stands in a text, one after the other. */
typedef struct StemWord {
	const char *stem;
	const char *low;         /* the word in lower case */
	const char *start, *end; /* of the text; */
	bool stop;               /* a word that every text has */
} StemWord;

typedef void StemVisit(const StemWord *word, void *data);
/* All of the first `max` words, those that every text has too; their stems are
 * what stem_text() would make of them. */
void stem_each(Stemmer *stemmer, const char *text, size_t max, StemVisit *visit,
               void *data);

#endif
