/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_file - the keeper's store and keys, held as long as the files
 * are those that were opened.
 *
 * Owns:    the Store, the Keys and the drafter's public key.
 * Fails:   as store/store.h and store/keys.h; to be tried again.
 * Threads: one.
 */
#ifndef FILTER_KEEPER_FILE_H
#define FILTER_KEEPER_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/settings.h"
#include "store/keys.h"
#include "store/seal.h"
#include "store/store.h"

typedef struct KeeperFile {
	const Settings *settings;
	Store *store; /* NULL: not open */
	Keys *keys;
	SealPublic *seal; /* NULL: none has */
	struct stat seen; /* of the file that was opened */
} KeeperFile;

/* Opens what is not open; closes and opens again what was replaced. */
bool keeper_file_ready(KeeperFile *file,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void keeper_file_close(KeeperFile *file);

#endif
