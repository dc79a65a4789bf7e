/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/keys - the site's secrets, and pseudonyms made with them.
 *
 * A pseudonym is the first 16 bytes of HMAC-SHA-256 (RFC 2104) over
 * "tact/v1/<label>", a NUL byte and the text. Without the key it can neither be
 * turned back nor guessed by trying addresses; labels keep the kinds apart.
 *
 * Owns:    Keys hold secret memory (locked, zeroed); free them.
 * Fails:   STORE_ERROR_UNSAFE for a file that others can read, STORE_ERROR_IO
 *          for one that is missing, short or long. Never makes a key silently.
 * Threads: any, after keys_load().
 */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PSEUDONYM_BYTES 16

/* What the pseudonym stands for; the label is the name in lower case. */
typedef enum PseudonymKind {
	PSEUDONYM_EMAIL,  /* a canonical address */
	PSEUDONYM_NUMBER, /* a customer number of an import */
	PSEUDONYM_DOMAIN, /* a company's mail domain */
	PSEUDONYM_MAIL,   /* a Message-ID or another key of a mail */
	PSEUDONYM_ORDER,  /* an order's id */
	PSEUDONYM_AUDIT,  /* of a customer in the audit trail; own key */
	PSEUDONYM_N,
} PseudonymKind;

typedef struct Pseudonym {
	uint8_t bytes[PSEUDONYM_BYTES];
} Pseudonym;

typedef struct Keys Keys;

/* From `directory`: customer.key, audit.key; customer.key.old too while a
 * rotation is under way. */
Keys *keys_load(const char *directory,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void keys_free(Keys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keys, keys_free)

/* Makes those that are missing, 0600, the drafter's key pair too; never
 * overwrites one. */
bool keys_create(const char *directory,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Number of the key in use: it is kept beside each pseudonym. */
int64_t keys_id(const Keys *keys);
Pseudonym keys_pseudonym(const Keys *keys, PseudonymKind kind,
                         const char *text);
/* With the key before the rotation; false when there is none. */
bool keys_old_pseudonym(const Keys *keys, PseudonymKind kind, const char *text,
                        Pseudonym *ret_pseudonym);

#endif
