/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/keys - the site's secrets, and pseudonyms made with them.
 *
 * A pseudonym is the first 16 bytes of HMAC-SHA-256 (RFC 2104) over
 * "tact/v1/<label>", a NUL byte and the text. Without the key it can neither be
 * turned back nor guessed by trying addresses; labels keep the kinds apart.
 *
 * There are two keys. customer.key can be changed (tact db rotate-key) and
 * makes what finds a person or a mail. audit.key stays: it makes what must be
 * the same for ever, the audit trail's subjects and the orders' ids, which
 * would count twice if they changed.
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
	PSEUDONYM_EMAIL,   /* a canonical address */
	PSEUDONYM_NUMBER,  /* a customer number of an import */
	PSEUDONYM_DOMAIN,  /* a company's mail domain */
	PSEUDONYM_MAIL,    /* a Message-ID or another key of a mail */
	PSEUDONYM_ORDER,   /* an order's id; by the audit key */
	PSEUDONYM_AUDIT,   /* of a customer in the audit trail; the same */
	PSEUDONYM_EXAMPLE, /* a mail that taught, and its seal; the same */
	PSEUDONYM_DATUM,   /* a number or address in a mail's text */
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
/* Of the one before the rotation; 0 when there is none. */
int64_t keys_old_id(const Keys *keys);
Pseudonym keys_pseudonym(const Keys *keys, PseudonymKind kind,
                         const char *text);
/* With the key before the rotation; false when there is none, and of kinds
 * that the audit key makes. */
bool keys_old_pseudonym(const Keys *keys, PseudonymKind kind, const char *text,
                        Pseudonym *ret_pseudonym);

/* Moves customer.key to customer.key.old and makes a new one, its number one
 * higher; STORE_ERROR_BUSY while an old one is there. */
bool keys_rotate(const char *directory,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the rotation: customer.key.old is overwritten and removed. */
bool keys_forget_old(const char *directory,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* HMAC-SHA-256 itself (RFC 2104, RFC 4231), that pseudonyms are cut from. */
#define KEYS_MAC_BYTES 32
void keys_mac(const uint8_t *key, size_t key_size, const void *bytes,
              size_t size, uint8_t ret_mac[KEYS_MAC_BYTES]);

#endif
