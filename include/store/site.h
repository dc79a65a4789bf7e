/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/site - the database and the keys that tact.conf names.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   as store/store.h and store/keys.h; without store.path
 *          STORE_ERROR_IO, saying how to set it.
 * Threads: any; a Store is one thread's.
 */
#ifndef STORE_SITE_H
#define STORE_SITE_H

#include "base/settings.h"
#include "store/keys.h"
#include "store/store.h"

/* False: this site keeps nothing, and Tact only tags. */
bool site_has_store(const Settings *settings);

/* store.key_directory without a / at its end, or "keys" beside the database. */
char *site_key_directory(const Settings *settings);

typedef enum SiteAccess {
	SITE_READ,
	SITE_WRITE,
} SiteAccess;

/* Checks the keys too, if any can be read; else that is left to who needs
 * them. */
Store *site_open_store(const Settings *settings, StoreRole role,
                       SiteAccess access,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
Keys *site_load_keys(const Settings *settings,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* STORE_ERROR_UNSAFE when the database was made with other keys: with these
 * nobody in it would be known, and everybody be taken for new. */
bool site_check_keys(Store *store, const Keys *keys,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same; and writes into the database by what they are known, if it does not
 * know them yet. */
bool site_note_keys(Store *store, const Keys *keys,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
