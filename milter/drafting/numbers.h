/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/numbers (private) - the numbers of a text, in forms that compare.
 *
 * "1.234,50 kr.", "1 234.5" and "kr 1,234.50" are one amount; "12. marts 2026"
 * and "2026-03-12" one day; "+45 12 34 56 78" and "12345678" one telephone. A
 * number has several forms where its writing leaves that open: 1.234 is a
 * thousand and some, or one and some.
 *
 * Forms: digits with a decimal point, "1234.5"; a day, "2026-03-12" or
 * "--03-12"; a time, "T14:30"; a telephone, its digits without 00 or 0 in
 * front; an order number or an IBAN, its letters and digits, "ORD12345".
 *
 * Owns:    a Number is borrowed for the visit.
 * Fails:   never; valid UTF-8 is wanted.
 * Threads: any.
 */
#ifndef DRAFTING_NUMBERS_H
#define DRAFTING_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_FORMS 8
#define NUMBER_FORM_BYTES 48

typedef struct NumberForms {
	char form[NUMBER_FORMS][NUMBER_FORM_BYTES];
	unsigned n;
} NumberForms;

typedef struct Number {
	size_t start, end; /* bytes of the text, with its currency */
	NumberForms forms; /* any of them is what it may mean */
	/* What else a text that holds it supports: its parts. Not what it
	 * means. */
	NumberForms parts;
	char currency[4]; /* "kr", "eur", "pct", ...; "" for none */
	bool marker;      /* the 1. of a list */
	bool loose;       /* perhaps its parts are numbers of their own */
} Number;

typedef void NumberVisit(const Number *number, void *data);

void numbers_each(const char *text, NumberVisit *visit, void *data);

/* ---- of numbers.c for its neighbours ---- */

void forms_add(NumberForms *forms, const char *form);
/* The same, of `length` bytes; what is too long is left out. */
void forms_add_bytes(NumberForms *forms, const char *form, size_t length);

/* The bytes of one space between digits at `at`: ' ', U+00A0, U+2009, U+202F;
 * 0 for anything else. */
size_t numbers_space(const char *at);

/* What a token of digits and separators may mean. false: nothing known. */
bool numbers_value(const char *token, size_t length, NumberForms *forms);
/* "12.03.2026", "2026-03-12", "12/3"; false: no day. */
bool numbers_day(const char *token, size_t length, NumberForms *forms);
/* "12. marts 2026", "March 12th", "12/3 2026": the bytes taken, 0 for none. */
size_t numbers_day_in_words(const char *at, NumberForms *forms);
/* The currency that ends before `start` or begins at `end` of `text`; moves
 * `number`'s bounds over it. */
void numbers_currency(const char *text, Number *number);
/* Digits in groups: "1 234,50", "+45 12 34 56 78"; letters too: an IBAN. The
 * bytes taken, 0 for none. */
size_t numbers_groups(const char *at, Number *number);

#endif
