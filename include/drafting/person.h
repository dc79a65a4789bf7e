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
	char *first;   /* "Anna", "Lars Peter" */
	char *surname; /* "Holm", "von der Leyen" */
	char *full;    /* both */
} Person;

/* `display` as the mail has it, else the first line of `signature` that is a
 * name. `address` is the writer's: a name that says no more than a role in it
 * ("support") is none. Any may be NULL. */
void person_read(const char *display, const char *address,
                 const char *signature, Person *ret_person);
void person_clear(Person *person);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Person, person_clear)

#endif
