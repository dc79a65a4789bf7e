/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/person - what a writer may be called in a greeting.
 *
 * The display name of From and the signature are a stranger's text: a name is
 * a few words of letters, and anything else is no name. Better none than a
 * company's, a role's, or one that carries a line, a link or an address.
 *
 * Owns:    strings of a Person are the caller's: person_clear().
 * Fails:   never; all strings are NULL when no name can be told.
 * Threads: any.
 */
#ifndef DRAFTING_PERSON_H
#define DRAFTING_PERSON_H

#include <glib.h>

typedef enum PersonName {
	PERSON_NONE,
	PERSON_FIRST, /* a first name alone */
	PERSON_FULL,  /* first name and surname */
} PersonName;

typedef struct Person {
	PersonName known;
	char *first;   /* "Anna": the first word */
	char *surname; /* "Holm", "von der Leyen" */
	char *full;    /* "Anna Krogh Holm" */
} Person;

/* Where a name may stand; any may be NULL. */
typedef struct PersonInput {
	const char *display; /* of From */
	const char *address; /* the writer's, canonical */
	const char *signature;
	const char *text; /* its last line is read where nothing else tells */
} PersonInput;

void person_read(const PersonInput *input, Person *ret_person);
void person_clear(Person *person);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Person, person_clear)

#endif
