/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near - texts that are nearly the same.
 *
 * Compares sets of three words in a row (shingles: Broder 1997), without case
 * and punctuation: how much of both is common (Jaccard), and how much of the
 * shorter stands in the longer. Exact, by an inverted index; meant for some
 * ten thousand texts of mail, where no three words stand in most of them.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

typedef struct NearPair {
	unsigned a, b; /* indexes of texts, a < b */
	unsigned shared;
	double jaccard; /* 1: the same words in the same order, or nearly */
	double contained;
} NearPair;

typedef void NearVisit(const NearPair *pair, void *data);

/* Every pair of valid UTF-8 texts that shares a shingle, in order of a, b. */
void near_each(const char *const *texts, unsigned n, NearVisit *visit,
               void *data);
/* The words in lower case, one space between: equal when nothing but case and
 * punctuation differs. */
char *near_words(const char *text);

#endif
