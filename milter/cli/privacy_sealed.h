/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/privacy_sealed - what is sealed, as the person it is about can read it.
 *
 * Owns:    values are the caller's; an Unsealer ends in unsealer_clear().
 * Fails:   never: what cannot be opened is given as it is kept, with why.
 * Threads: one.
 */
#ifndef CLI_PRIVACY_SEALED_H
#define CLI_PRIVACY_SEALED_H

#include <jansson.h>

#include "store/export.h"
#include "store/seal.h"

typedef struct Unsealer {
	SealSecret *secret; /* NULL: it could not be read */
	char *why;          /* then */
} Unsealer;

/* With drafter.key of that folder. */
void unsealer_init(Unsealer *unsealer, const char *directory);
void unsealer_clear(Unsealer *unsealer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Unsealer, unsealer_clear)

/* NULL: nothing in that column is sealed. */
json_t *unsealer_value(const Unsealer *unsealer, const ExportRow *row,
                       const ExportValue *value);

#endif
