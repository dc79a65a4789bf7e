/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/person_name - the words of what may be a name.
 *
 * Owns:    Words are freed by words_clear().
 * Fails:   false: it is no name.
 * Threads: any.
 */
#ifndef DRAFTING_PERSON_NAME_H
#define DRAFTING_PERSON_NAME_H

#include <stdbool.h>

#include "drafting/person.h"
#include "person_words.h"

#define PERSON_WORDS_MAX 6

typedef struct Words {
	char *word[PERSON_WORDS_MAX];
	unsigned n;
} Words;

void words_clear(Words *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)

/* Adds the words of `text`. False: too many. */
bool words_split(const char *text, Words *words);
/* Whether a word is of that kind, however it is written. */
bool word_is(PersonWord kind, const char *word);

/* Whether it is a first name that many people have. */
bool word_is_given(const char *word);

/* What is known of the writer beside the text that is read. */
typedef struct Writer {
	char *local; /* of the address, in lower case; "" */
} Writer;

/* The person whose name `text` is: one line without quotes, company and comma.
 */
bool person_name_read(const char *text, const Writer *writer,
                      Person *ret_person);

#endif
