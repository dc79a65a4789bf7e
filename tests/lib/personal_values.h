/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tests/lib/personal_values - numbers, addresses and secrets by chance, each
 * with the check digits of its kind.
 *
 * Owns:    nothing; what is made is appended.
 * Fails:   never.
 */
#ifndef TESTS_PERSONAL_VALUES_H
#define TESTS_PERSONAL_VALUES_H

#include <glib.h>

typedef void PersonalMake(GRand *rand, GString *to);

PersonalMake personal_card, personal_cpr, personal_fodselsnummer,
	personal_personnummer, personal_hetu, personal_steuer_id, personal_iban,
	personal_cvr, personal_orgnr, personal_phone, personal_email,
	personal_secret, personal_password, personal_url_secret;

/* From `from` to `to`. */
unsigned personal_draw(GRand *rand, unsigned from, unsigned to);
void personal_digits(GRand *rand, char *to, unsigned n);
#define PERSONAL_PICK(rand, list)                                              \
	(list)[personal_draw((rand), 0, G_N_ELEMENTS(list) - 1)]

#endif
