/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the box, before the text: a version and a hash of what it is and
 * whose. The box itself proves only that nobody has changed it.
 */
#include "store/seal.h"

#include <sodium.h>
#include <string.h>

#include "db_private.h"
#include "key_file_private.h"

#define VERSION 1
#define LABEL_BYTES 32
#define HEAD_BYTES (1 + LABEL_BYTES)

G_STATIC_ASSERT(SEAL_BYTES == HEAD_BYTES + crypto_box_SEALBYTES);
G_STATIC_ASSERT(crypto_box_PUBLICKEYBYTES == KEY_BYTES);
G_STATIC_ASSERT(crypto_box_SECRETKEYBYTES == KEY_BYTES);

struct SealPublic {
	uint8_t key[KEY_BYTES];
};

/* In secret memory. */
struct SealSecret {
	uint8_t secret[KEY_BYTES];
	uint8_t public[KEY_BYTES];
};

static KeyFile *
read_key(const char *directory, const char *base, const char *name,
         GError **error)
{
	g_autofree char *path = g_build_filename(directory, base, NULL);
	g_autoptr(Secret) secret = key_file_new(error);
	KeyFile *file = secret;

	if (secret == NULL)
		return NULL;
	if (!key_file_read(path, name, file, error)) {
		g_prefix_error(error, "keys (made by tact init): ");
		return NULL;
	}
	return g_steal_pointer(&secret);
}

SealPublic *
seal_public_load(const char *directory, GError **error)
{
	g_autoptr(Secret) secret =
		read_key(directory, "drafter.pub", "drafter-public", error);
	const KeyFile *file = secret;
	SealPublic *public;

	if (secret == NULL)
		return NULL;
	public = g_new(SealPublic, 1);
	memcpy(public->key, file->key, KEY_BYTES);
	return public;
}

void
seal_public_free(SealPublic *public)
{
	g_free(public);
}

SealSecret *
seal_secret_load(const char *directory, GError **error)
{
	g_autoptr(Secret) file_secret =
		read_key(directory, "drafter.key", "drafter", error);
	const KeyFile *file = file_secret;
	SealSecret *secret;

	if (file_secret == NULL)
		return NULL;
	secret = secret_new(sizeof(SealSecret), error);
	if (secret == NULL)
		return NULL;
	memcpy(secret->secret, file->key, KEY_BYTES);
	crypto_scalarmult_base(secret->public, secret->secret);
	sodium_mprotect_readonly(secret);
	return secret;
}

void
seal_secret_free(SealSecret *secret)
{
	sodium_free(secret);
}

/* "2 abcd...": of which kind, and for whom. */
static void
make_label(SealKind kind, const char *id, uint8_t ret_label[LABEL_BYTES])
{
	g_autofree char *text = g_strdup_printf("%d %s", (int)kind, id);

	crypto_generichash(ret_label, LABEL_BYTES, (const uint8_t *)text,
	                   strlen(text), NULL, 0);
}

/* A text in memory is gone with its last reader. */
typedef struct Opened {
	size_t size;
	uint8_t bytes[];
} Opened;

static Opened *
opened_new(size_t size)
{
	Opened *opened = g_malloc(sizeof(Opened) + size);

	opened->size = size;
	return opened;
}

static void
opened_free(gpointer data)
{
	Opened *opened = data;

	sodium_memzero(opened->bytes, opened->size);
	g_free(opened);
}

GBytes *
seal_close(const SealPublic *public, SealKind kind, const char *id,
           const void *bytes, size_t size)
{
	Opened *plain;
	uint8_t *sealed;
	int fault;

	if (size > SEAL_BYTES_MAX)
		return NULL;
	plain = opened_new(HEAD_BYTES + size);
	sealed = g_malloc(SEAL_BYTES + size);
	plain->bytes[0] = VERSION;
	make_label(kind, id, plain->bytes + 1);
	if (size > 0)
		memcpy(plain->bytes + HEAD_BYTES, bytes, size);
	fault = crypto_box_seal(sealed, plain->bytes, plain->size, public->key);
	opened_free(plain);
	/* Of a public key that is no point of the curve; ours was computed. */
	g_assert(fault == 0);
	return g_bytes_new_take(sealed, SEAL_BYTES + size);
}

static bool
is_for(const Opened *plain, SealKind kind, const char *id)
{
	uint8_t label[LABEL_BYTES];

	make_label(kind, id, label);
	return plain->bytes[0] == VERSION &&
	       sodium_memcmp(plain->bytes + 1, label, LABEL_BYTES) == 0;
}

GBytes *
seal_open(const SealSecret *secret, SealKind kind, const char *id,
          const void *sealed, size_t size, GError **error)
{
	Opened *plain;

	if (size < SEAL_BYTES || size > SEAL_BYTES + SEAL_BYTES_MAX) {
		store_refuse(error, STORE_ERROR_CORRUPT,
		             "%s: a sealed text of %zu bytes", id, size);
		return NULL;
	}
	plain = opened_new(size - crypto_box_SEALBYTES);
	if (crypto_box_seal_open(plain->bytes, sealed, size, secret->public,
	                         secret->secret) == 0 &&
	    is_for(plain, kind, id))
		return g_bytes_new_with_free_func(plain->bytes + HEAD_BYTES,
		                                  plain->size - HEAD_BYTES,
		                                  opened_free, plain);
	opened_free(plain);
	store_refuse(error, STORE_ERROR_CORRUPT,
	             "%s: a sealed text is not this draft's, or cannot be "
	             "opened with drafter.key",
	             id);
	return NULL;
}
