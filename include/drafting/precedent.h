/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/precedent - an answer that a human approved, made fit to be shown
 * to a model that answers somebody else.
 *
 * Greeting, closing and what stands below it are cut off, with the names in
 * them. All kinds of personal data are replaced, whatever the site says of its
 * own model, by words that nothing is ever put back for: "(phone)". Of numbers
 * of four digits and more none is left, so that neither an order nor a price is
 * told to another customer. Other people's names in the text are best effort:
 * those that the mail, its sender and the answer's sender are known by.
 *
 * Of the question nothing is kept but the stems of its words.
 *
 * Owns:    a Precedent is the caller's: precedent_free().
 * Fails:   precedent_make(): NULL for what is no example; precedent_decode():
 *          NULL for what precedent_encode() never made.
 * Threads: any.
 */
#ifndef DRAFTING_PRECEDENT_H
#define DRAFTING_PRECEDENT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"

#define PRECEDENT_ANSWER_MIN 24   /* bytes; less tells nothing */
#define PRECEDENT_ANSWER_MAX 2000 /* bytes; a longer one is cut */
#define PRECEDENT_WORDS 120       /* stems of the question */
#define PRECEDENT_WORDS_MAX 8192  /* bytes of them */
#define PRECEDENT_REQUEST_MAX 40
#define PRECEDENT_NAMES 6

typedef struct Precedent {
	char *request; /* "billing"; "" when it was not told */
	char *words;   /* stems, with a space between */
	char *answer;
} Precedent;

typedef struct PrecedentInput {
	Language language;
	const char *request;
	const char *subject, *mail;         /* what was asked */
	const char *answer;                 /* without quotes */
	const char *signature;              /* of the mailbox; NULL: none */
	const char *names[PRECEDENT_NAMES]; /* people's; any may be NULL */
} PrecedentInput;

Precedent *precedent_make(const PrecedentInput *input);
void precedent_free(Precedent *precedent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Precedent, precedent_free)

/* Stems of a question, as those of a Precedent. NULL-terminated. */
char **precedent_words(Language language, const char *subject,
                       const char *mail);

GBytes *precedent_encode(const Precedent *precedent);
Precedent *precedent_decode(const void *bytes, size_t size);

#endif
