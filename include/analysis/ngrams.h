/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/ngrams - text as the hashed n-grams by which its language is told.
 *
 * The same reader feeds the profile's builder (training/profile.h) and
 * language_identify(), so that both see the same features.
 *
 * Owns:    nothing; an Ngrams is plain data, some 10 KB of it.
 * Fails:   never; text beyond NGRAMS_MAX features is not read.
 * Threads: any.
 */
#ifndef ANALYSIS_NGRAMS_H
#define ANALYSIS_NGRAMS_H

#include <stddef.h>
#include <stdint.h>

#define NGRAMS_BITS 14
#define NGRAMS_BUCKETS ((size_t)1 << NGRAMS_BITS)
#define NGRAMS_MAX 2400 /* features of some 500 letters: plenty */

typedef struct Ngrams {
	unsigned words;   /* of Latin letters, technical tokens left out */
	unsigned letters; /* in those words */
	unsigned foreign; /* letters of other scripts */
	unsigned code;    /* tokens that look like a program's */
	size_t n;
	uint16_t feature[NGRAMS_MAX]; /* each below NGRAMS_BUCKETS */
} Ngrams;

/* Reads valid UTF-8. Addresses, paths, code and tokens with digits tell no
 * language and are passed over. */
void ngrams_extract(const char *text, size_t size, Ngrams *ret_ngrams);

#endif
