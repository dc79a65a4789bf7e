/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/lock (private) - one drafter to a database.
 *
 * A file beside the database, locked by the kernel: it ends with its holder,
 * however that ends. So a draft that is under way when a drafter starts is a
 * dead one's, and nothing needs a lease.
 *
 * Owns:    the descriptor is the caller's; closing it lets go.
 * Fails:   -1 with an error: another has it, or the file cannot be made.
 * Threads: any.
 */
#ifndef DRAFTER_LOCK_H
#define DRAFTER_LOCK_H

#include <glib.h>

int lock_take(const char *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
