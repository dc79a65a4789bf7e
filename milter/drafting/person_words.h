/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/person_words - words that stand in names without being names.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_PERSON_WORDS_H
#define DRAFTING_PERSON_WORDS_H

#include <stdbool.h>

typedef enum PersonWord {
	PERSON_TITLE,    /* before a name: "dr", "frau" */
	PERSON_SUFFIX,   /* behind one: "jr", "phd" */
	PERSON_PARTICLE, /* within a surname: "von" */
	PERSON_CLOSING,  /* before the writer's name at the end: "mvh" */
	PERSON_NOBODY,   /* of a company, a role or a closing: "support" */
	PERSON_WORDS,
} PersonWord;

/* `word` is in lower case, without full stops. */
bool person_word_is(PersonWord kind, const char *word);

#endif
