/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/beside - small files that lie beside the database and outlive it.
 *
 * What must not come back with a restored backup, and what tells that one was
 * put back, cannot be in the database. PATH.SUFFIX, mode 0600, with the
 * database's owner even when root writes it.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   STORE_ERROR_UNSAFE for a file that others can read, STORE_ERROR_IO.
 * Threads: any; writers of one file take beside_lock() first.
 */
#ifndef STORE_BESIDE_H
#define STORE_BESIDE_H

#include "db_private.h"

#define BESIDE_BYTES_MAX (256 << 20)

char *beside_path(const Store *store, const char *suffix);
bool beside_exists(const Store *store, const char *suffix);

/* "" when there is no such file. */
char *beside_read(const Store *store, const char *suffix,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* All of it anew, at once, durably. */
bool beside_write(const Store *store, const char *suffix, const char *text,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* At its end, durably; makes it. */
bool beside_append(const Store *store, const char *suffix, const char *text,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Overwritten with zeros, then gone. */
bool beside_remove(const Store *store, const char *suffix,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Other processes wait until it is closed; -1 on failure. */
int beside_lock(const Store *store, GError **error);
/* Without waiting: STORE_ERROR_BUSY when another has it. */
int beside_try_lock(const Store *store, GError **error);
void beside_unlock(int lock);

#endif
