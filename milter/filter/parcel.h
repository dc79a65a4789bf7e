/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/parcel - what goes with a mail for its draft: made by the analyser,
 * carried by the filter, kept by the keeper.
 *
 * The head is for those in between: what they decide by, and hashes of the
 * personal data in the text. The bytes are an encoded Material, which none of
 * them looks into.
 *
 * Owns:    a Parcel its bytes; parcel_clear().
 * Fails:   never.
 * Threads: any.
 */
#ifndef FILTER_PARCEL_H
#define FILTER_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "message/message.h"
#include "message/trace.h"
#include "store/datums.h"

/* All zero: none. */
typedef struct ParcelHead {
	uint32_t flags; /* MaterialFlags */
	uint32_t words; /* as in Material */
	uint32_t size;  /* of the bytes that follow */
	uint32_t n_data;
	TraceHash data[DATUMS_MAX];
} ParcelHead;

typedef struct Parcel {
	ParcelHead head;
	void *bytes; /* NULL: none */
} Parcel;

void parcel_make(const Settings *settings, const Message *message,
                 Parcel *ret_parcel);
void parcel_clear(Parcel *parcel);
bool parcel_head_is_valid(const ParcelHead *head);

#endif
