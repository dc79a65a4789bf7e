/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/seal - texts that the one who keeps them cannot read.
 *
 * Whoever has drafter.pub closes, whoever has drafter.key opens (libsodium's
 * crypto_box with a key of the moment). What is closed says whose it is, and is
 * opened only as that: a text that got to another's row is refused, not shown.
 *
 * Both key files are made by keys_create(); see store/keys.h.
 *
 * Owns:    a SealSecret holds locked memory; free it.
 * Fails:   loading, as keys_load(). Opening: STORE_ERROR_CORRUPT for what was
 *          changed, cut, closed for another key or as something else.
 * Threads: any, after loading; a fork closes with a key of its own.
 */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What is sealed. Their numbers are stored: never renumber. */
typedef enum SealKind {
	SEAL_MATERIAL, /* of a mail that came in, for its draft */
	SEAL_TEXT,     /* of a draft */
	SEAL_SENT,     /* Material of a mail that went out */
	SEAL_WORDS,    /* a question that no article answered */
	SEAL_ANSWER,   /* one that a human wrote, to be found again */
	SEAL_N,
} SealKind;

#define SEAL_BYTES 105        /* more than what is sealed */
#define SEAL_BYTES_MAX 262144 /* of what is sealed */

typedef struct SealPublic SealPublic;
typedef struct SealSecret SealSecret;

/* From drafter.pub of the folder of keys. */
SealPublic *seal_public_load(const char *directory,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void seal_public_free(SealPublic *public);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealPublic, seal_public_free)

/* From drafter.key; a mode that lets others read it is refused. */
SealSecret *seal_secret_load(const char *directory,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void seal_secret_free(SealSecret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealSecret, seal_secret_free)

/* `id`: the public id of the row that it is for. NULL when `size` is above
 * SEAL_BYTES_MAX, and never else. */
GBytes *seal_close(const SealPublic *public, SealKind kind, const char *id,
                   const void *bytes, size_t size);
/* The same kind and id as when it was closed. */
GBytes *seal_open(const SealSecret *secret, SealKind kind, const char *id,
                  const void *sealed, size_t size, GError **error);

#endif
