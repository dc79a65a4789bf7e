/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/checks_private - what the checks share: the draft, what it may rest
 * on, and where their finds go.
 */
#ifndef DRAFTING_CHECKS_PRIVATE_H
#define DRAFTING_CHECKS_PRIVATE_H

#include "drafting/checks.h"

typedef struct Checking {
	const CheckInput *input;
	CheckResult *result;
	GString *site;     /* the site's own texts, one after the other */
	GString *customer; /* the customer's words and names */
	char *site_plain;  /* as checks_plain() makes it */
} Checking;

/* Notes a find with the words it was found in; `length` bytes of them. */
void checks_note(Checking *self, Check check, const char *words, size_t length);

/* Folded to one case, every white space one blank, none at the ends: texts that
 * say the same are the same. */
char *checks_plain(const char *text, size_t length);

typedef void TextVisit(const char *text, size_t length, void *data);
/* The sentences (and lines) of a text, without white space around. */
void checks_sentences(const char *text, TextVisit *visit, void *data);

/* One for each group of checks. */
bool checks_shape(Checking *self); /* false: look no further */
void checks_repetition(Checking *self);
void checks_markup(Checking *self);
void checks_placeholder(Checking *self);
void checks_links(Checking *self);
void checks_language(Checking *self);
void checks_phrases(Checking *self);
void checks_leak(Checking *self);
void checks_people(Checking *self);
void checks_questions(Checking *self);
/* Returns the text with its marks. */
char *checks_numbers(Checking *self);

#endif
