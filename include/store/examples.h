/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/examples - what corrected mails taught: features, never text.
 *
 * An example is one finding of one mail with the value that it should have had,
 * the mail's features (analysis/example.h) and the customer who wrote it. A
 * mail has one for each finding; a later correction replaces an earlier one.
 *
 * Features are sealed (libsodium's secretbox) with a key made of audit.key,
 * which no rotation changes: the hashes in them can be guessed by whoever has
 * them, and a database without its keys is to tell nothing.
 *
 * Examples of a customer whose data are restricted, or who agreed to tags alone
 * since, stay and are not used. When what may be used is not what the site's
 * model was made of, the model is stale; `tact train --site` makes it anew.
 *
 * Owns:    an ExampleRow is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: as the Store. Changes belong into the caller's transaction.
 */
#ifndef STORE_EXAMPLES_H
#define STORE_EXAMPLES_H

#include "store/keys.h"
#include "store/store.h"

#define EXAMPLE_SEAL_BYTES 40 /* more than what is sealed */

/* Who wrote a mail that is to teach. */
typedef enum ExampleStanding {
	EXAMPLE_AUTHOR, /* may be learned from */
	EXAMPLE_OBJECTED,
	EXAMPLE_RESTRICTED,
	EXAMPLE_NO_CONSENT, /* a level that allows no more than tags */
} ExampleStanding;

typedef struct ExampleAuthor {
	int64_t customer; /* of an EXAMPLE_AUTHOR */
	ExampleStanding standing;
} ExampleAuthor;

/* Makes a customer of one who is none yet, so that he can be erased.
 * `consent`: the site's level, for those who have none of their own. */
bool examples_find_author(Store *store, const Keys *keys, const char *identity,
                          int consent, ExampleAuthor *ret_author,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for one mail whatever its labels; `id`: its Message-ID, or what else
 * tells it from others of that writer. */
Pseudonym examples_mail(const Keys *keys, const char *identity, const char *id);

typedef struct ExampleRow {
	Pseudonym mail;
	int64_t customer;
	const char *finding, *value;
	const void *features;
	size_t size; /* 0: cannot be opened with these keys */
	int64_t at;
} ExampleRow;

typedef enum ExampleChange {
	EXAMPLE_LEARNED,
	EXAMPLE_REPLACED, /* it had another value */
	EXAMPLE_SAME,     /* and nothing was changed */
} ExampleChange;

bool examples_put(Store *store, const Keys *keys, const ExampleRow *row,
                  ExampleChange *ret_change,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All that a mail taught; `finding` not NULL: of that alone. */
bool examples_forget(Store *store, const Pseudonym *mail, const char *finding,
                     int64_t *ret_n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef bool ExamplesVisit(const ExampleRow *row, void *data);

/* Those that may be used: in one order for the same examples, those of a mail
 * together, without `at`, until `visit` returns false. */
bool examples_each(Store *store, const Keys *keys, ExamplesVisit *visit,
                   void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct ExamplesCount {
	int64_t examples, mails, customers;
} ExamplesCount;

bool examples_count(Store *store, ExamplesCount *ret_count,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct ExamplesOfValue {
	const char *finding, *value;
	int64_t examples, customers;
} ExamplesOfValue;

typedef void ExamplesValueVisit(const ExamplesOfValue *of, void *data);

bool examples_each_value(Store *store, ExamplesValueVisit *visit, void *data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Is the site's model to be made anew? */
bool examples_stale(Store *store, bool *ret_stale,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Stands for all examples that may be used now; changes when any does. */
bool examples_digest(Store *store, uint64_t *ret_digest,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A model was made of those that had this digest. In the caller's transaction.
 */
bool examples_fitted(Store *store, uint64_t digest,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
