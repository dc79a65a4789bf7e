/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tests/lib/personal - mails with personal data made by chance, and where.
 *
 * Check digits are computed here, not taken from the code under test.
 *
 * Owns:    the text is the caller's (g_string_free).
 * Fails:   never; the same seed gives the same mails.
 */
#ifndef TESTS_PERSONAL_H
#define TESTS_PERSONAL_H

#include <glib.h>

#include "analysis/redact.h"

#define PERSONAL_VALUES_MAX 4

typedef struct Personal {
	GString *text;
	RedactSpan value[PERSONAL_VALUES_MAX];
	size_t n;
} Personal;

/* One mail: some sentences with numbers that are nobody's, and one to three
 * values. Those of a kind come equally often. */
void personal_make(GRand *rand, Personal *ret_mail);

#endif
