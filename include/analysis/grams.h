/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/grams - what a model looks up: the words of a text, pairs of them,
 * their beginnings and ends, the words of the signature, and the cues that
 * fired. Each counts once, however often it stands there.
 *
 * A key is a hash, the same on every machine and in every version of the file
 * format (analysis/model_file.h), for models are made of them.
 *
 * Owns:    a Grams is the caller's; clear it with grams_clear().
 * Fails:   never; past LIMIT_GRAMS nothing more is added.
 * Threads: any, one Grams a thread.
 */
#ifndef ANALYSIS_GRAMS_H
#define ANALYSIS_GRAMS_H

#include <stdint.h>

#include "analysis/tokens.h"

typedef enum GramKind {
	GRAM_WORD,      /* of subject and text */
	GRAM_PAIR,      /* two words or marks, one after the other */
	GRAM_PART,      /* the first four, five, six letters; the last three */
	GRAM_SIGNATURE, /* a word of the signature */
	GRAM_CUE,       /* a cue, and its group, negated or not */
	GRAM_KINDS,
} GramKind;

typedef struct Gram {
	uint64_t key;
	uint32_t start, end; /* bytes in the text of `field`, where it first
	                      * stands */
	uint16_t hit;        /* of GRAM_CUE: index in Features.hits */
	uint8_t field;       /* TokenField */
	uint8_t kind;        /* GramKind */
} Gram;

typedef struct Grams {
	Gram *gram;
	unsigned n;
	unsigned seen[GRAM_KINDS]; /* how many stood there, with repeats */
	/* private */
	uint32_t *slots; /* index + 1 into gram, by key */
	unsigned mask;
} Grams;

void grams_init(Grams *grams, unsigned n_tokens, unsigned n_hits);
void grams_clear(Grams *grams);

/* All but the cues. */
void grams_add_tokens(Grams *grams, const Tokens *tokens);
/* A cue or group: once for its name, then for each time it fired; `at` says
 * where. */
uint32_t grams_cue(const char *name);
void grams_add_cue(Grams *grams, uint32_t cue, bool negated, const Gram *at);

#endif
