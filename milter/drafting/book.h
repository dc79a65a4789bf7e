/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/book (private) - the words that a language's articles are found by,
 * as numbers, and where they stand in a mail.
 *
 * In languages that join words, a part of a mail's word stands for itself too:
 * "Rechnungskopie" is found by "Rechnung" and by "Kopie", less surely.
 *
 * Owns:    a Book and a Reading are the caller's; a Reading borrows nothing.
 * Fails:   never. A text of more than BOOK_WORDS_MAX words is read so far.
 * Threads: a Book is immutable once all its words are in.
 */
#ifndef DRAFTING_BOOK_H
#define DRAFTING_BOOK_H

#include <glib.h>
#include <stdbool.h>

#include "drafting/stem.h"

#define BOOK_WORDS_MAX 3000
#define BOOK_PLACES_MAX 32 /* of one word in a mail */

typedef struct Book Book;

Book *book_new(Language language);
void book_free(Book *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Book, book_free)

/* The number of a word, by its stem, from 1 on; a new one if need be. */
unsigned book_add(Book *book, const StemWord *word);
unsigned book_size(const Book *book);

typedef struct Place {
	unsigned word, sentence;
	double strength; /* 1: the word itself; less: a part of one */
} Place;

typedef struct Sentence {
	unsigned words;
	bool asks;  /* it ends with a question mark */
	bool wants; /* it says what it wants, or asks */
	bool done;  /* it tells what was done already */
} Sentence;

typedef struct Reading {
	GHashTable *places; /* number -> GArray of Place */
	GArray *sentences;  /* of Sentence; the first is the subject */
	unsigned words;
	bool asks, wants; /* any sentence */
} Reading;

/* Both texts are valid UTF-8. */
Reading *book_read(const Book *book, const char *subject, const char *text);
void reading_free(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

#endif
