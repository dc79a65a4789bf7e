/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/office (private) - what every step of the work needs.
 *
 * Owns:    nothing: a Worker does. What is opened is the caller's.
 * Fails:   never but by NULL.
 * Threads: one.
 */
#ifndef DRAFTER_OFFICE_H
#define DRAFTER_OFFICE_H

#include <stdint.h>

#include "drafting/sheet.h"
#include "kit.h"
#include "message/material.h"
#include "store/drafts.h"
#include "store/seal.h"
#include "store/store.h"

#define SEARCH_ARTICLES_MAX 3 /* that one draft may rest on */

typedef struct Office {
	const Kit *kit;
	Store *store;
	const SealPublic *seal;
	const SealSecret *secret;
} Office;

/* Unix seconds. */
int64_t office_now(void);

/* What was closed for `id`, opened; NULL: there is none, or it cannot be. */
Material *office_material(const Office *office, SealKind kind, const char *id,
                          GBytes *sealed);
Sheet *office_sheet(const Office *office, const char *id, GBytes *sealed);

/* What a mail asks for, by its row's facts, as far as that was told; "" else.
 */
const char *office_request(const Office *office, const char *facts);

#endif
