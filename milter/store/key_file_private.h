/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/key_file_private - one key in one file, and memory fit for keys.
 *
 * Owns:    what *_new() returns is freed with secret_free().
 * Fails:   STORE_ERROR_UNSAFE, STORE_ERROR_IO; see store/keys.h.
 * Threads: any.
 */
#ifndef STORE_KEY_FILE_PRIVATE_H
#define STORE_KEY_FILE_PRIVATE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define KEY_BYTES 32

typedef struct KeyFile {
	int64_t id; /* from 1 */
	uint8_t key[KEY_BYTES];
} KeyFile;

/* Locked against swapping, zeroed when freed. */
typedef void Secret;
bool secret_is_ready(GError **error) G_GNUC_WARN_UNUSED_RESULT;
void *secret_new(size_t size, GError **error);
void secret_free(void *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)

/* In secret memory. */
KeyFile *key_file_new(GError **error);
/* `name`: what the file must say that it is. */
bool key_file_read(const char *path, const char *name, KeyFile *file,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Never replaces a file. */
bool key_file_write(const char *path, const char *name, const KeyFile *file,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, of a random key. */
bool key_file_make(const char *path, const char *name, int64_t id,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
