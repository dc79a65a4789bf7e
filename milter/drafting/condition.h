/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/condition - when a module fits: terms, and the facts of a mail.
 *
 * Owns:    Terms are the caller's; Facts borrow their strings.
 * Fails:   reading tells the Source's Troubles.
 * Threads: any.
 */
#ifndef DRAFTING_CONDITION_H
#define DRAFTING_CONDITION_H

#include <glib.h>
#include <stdbool.h>

#include "analysis/rules.h"
#include "source.h"

#define FACTS_MAX (LIMIT_FINDINGS + 32)

/* What is known of a mail. A finding that abstained is UNKNOWN. A key may have
 * several values. */
#define UNKNOWN "unknown"

typedef struct Fact {
	const char *key, *value;
} Fact;

typedef struct Facts {
	Fact fact[FACTS_MAX];
	unsigned n;
} Facts;

void facts_add(Facts *facts, const char *key, const char *value);
/* The first that was added; UNKNOWN for what was not. */
const char *facts_value(const Facts *facts, const char *key);

/* "key=a|b" or "key!=a" */
typedef struct Term {
	char *key;
	bool unless;
	char **values;
} Term;

GArray *terms_new(void); /* of Term; frees them */
/* Adds what is in `words`; values are checked against our own keys and those
 * of `rules`, which may be NULL. False: told. */
bool terms_read(GArray *terms, const char *words, const Rules *rules,
                const Source *source);
bool terms_hold(const GArray *terms, const Facts *facts);
/* The term of that key, or NULL. */
const Term *terms_find(const GArray *terms, const char *key);
/* Whether both say the same in the same order. */
bool terms_same(const GArray *a, const GArray *b);
/* True when a term asks for that very value. */
bool terms_want(const GArray *terms, const char *key, const char *value);

#endif
