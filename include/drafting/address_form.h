/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/address_form - du or De, du or Sie, tu or vous.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_ADDRESS_FORM_H
#define DRAFTING_ADDRESS_FORM_H

#include <stddef.h>

#include "drafting/template.h"

/* The form for a mail of that formality ("formal", ..., "unknown"), unless the
 * house has one: where du is what strangers say (da sv nb nn, and en, which has
 * but one) informal unless the mail is formal; elsewhere formal unless the mail
 * is informal. */
AddressForm address_form(Language language, const char *formality,
                         AddressForm house);

/* As the mail's own `text` addresses us: formal when it says Sie and never du,
 * whatever its tone (De or Ni, where du is the custom, unless `formality` is
 * informal: then it jests); informal when it says du and never Sie, whatever
 * its tone where du is the custom, or says there what is the plural of du (I,
 * ni, dere), but only where `formality` is unknown where politeness is. Else,
 * or without a text, ADDRESS_BY_MAIL. */
AddressForm address_form_told(Language language, const char *formality,
                              const char *text);

/* The first word of `text` that addresses somebody in the other form, or NULL;
 * its bytes into `ret_size`. Words that have another meaning, too, are let
 * pass at the beginning of a sentence. */
const char *address_clash(Language language, const char *text, AddressForm form,
                          size_t *ret_size);

#endif
