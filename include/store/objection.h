/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/objection - a customer objects by mail: support+objection@...
 *
 * Any mail to a mailbox's address with one of the tags of
 * privacy.objection_tags counts, whatever its text, if its sender is proven
 * (DMARC or aligned DKIM); anyone could end another's profile otherwise.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: as the Store; objection_is_asked() any.
 */
#ifndef STORE_OBJECTION_H
#define STORE_OBJECTION_H

#include "base/settings.h"
#include "store/keys.h"
#include "store/store.h"

typedef struct ObjectionMail {
	const char *recipient; /* of the envelope, with or without <> */
	const char *identity;  /* identity_of() its From; NULL: unknown */
	bool authenticated;    /* the From is proven */
} ObjectionMail;

typedef enum ObjectionResult {
	OBJECTION_NOT_ASKED, /* a mail like any other */
	OBJECTION_REFUSED,   /* asked for, but nobody knows by whom */
	OBJECTION_DONE,      /* nothing is kept any more */
	OBJECTION_PENDING,   /* written down; erasure_finish() will do it */
} ObjectionResult;

/* Is it to a mailbox's address with a tag that means an objection? */
bool objection_is_asked(const Settings *settings, const char *recipient);

/* Outside a transaction. It takes what time it needs to try once. */
bool store_object_by_mail(Store *store, const Keys *keys,
                          const Settings *settings, const ObjectionMail *mail,
                          ObjectionResult *ret_result,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
