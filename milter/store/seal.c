/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the box, before the text: a version and a hash of what it is and
 * whose. The box itself proves only that nobody has changed it.
 *
 *     public key of the moment | nonce | box of: version | label | text
 *
 * crypto_box_seal makes a key pair for each text, which takes longer than to
 * keep a mail. Here one pair serves for a minute: its secret half is forgotten
 * at once, and what it and drafter.pub make together with the minute. So who
 * breaks into a running keeper may read what it closed in that minute, which
 * was in its memory anyway.
 */
#include "store/seal.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "db_private.h"
#include "key_file_private.h"

#define VERSION 1
#define LABEL_BYTES 32
#define HEAD_BYTES (1 + LABEL_BYTES)

/* How long a key of the moment serves, and for how many texts. */
#define MOMENT_US INT64_C(60000000)
#define MOMENT_TEXTS 1000

/* Before the text's own bytes. */
#define OPEN_BYTES (KEY_BYTES + crypto_box_NONCEBYTES)

G_STATIC_ASSERT(SEAL_BYTES == OPEN_BYTES + crypto_box_MACBYTES + HEAD_BYTES);
G_STATIC_ASSERT(crypto_box_BEFORENMBYTES == KEY_BYTES);
G_STATIC_ASSERT(crypto_box_PUBLICKEYBYTES == KEY_BYTES);
G_STATIC_ASSERT(crypto_box_SECRETKEYBYTES == KEY_BYTES);

/* In secret memory. */
typedef struct Moment {
	GMutex lock;
	uint8_t public[KEY_BYTES]; /* its own */
	uint8_t shared[KEY_BYTES]; /* with the drafter */
	unsigned left;             /* texts that it may still serve for */
	int64_t until;
	pid_t owner; /* a fork's counter would count the same numbers */
} Moment;

struct SealPublic {
	uint8_t key[KEY_BYTES];
	Moment *moment;
};

/* In secret memory. */
struct SealSecret {
	uint8_t secret[KEY_BYTES];
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
	Moment *moment =
		secret != NULL ? secret_new(sizeof(*moment), error) : NULL;
	SealPublic *public;

	if (moment == NULL)
		return NULL;
	memset(moment, 0, sizeof(*moment));
	g_mutex_init(&moment->lock);
	public = g_new(SealPublic, 1);
	memcpy(public->key, file->key, KEY_BYTES);
	public->moment = moment;
	return public;
}

void
seal_public_free(SealPublic *public)
{
	if (public == NULL)
		return;
	g_mutex_clear(&public->moment->lock);
	secret_free(public->moment);
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

/* Under its lock. */
static void
renew(Moment *moment, const uint8_t *key)
{
	uint8_t secret[KEY_BYTES];
	int64_t now = clock_monotonic();
	int fault;

	if (moment->left > 0 && now < moment->until &&
	    moment->owner == getpid())
		return;
	crypto_box_keypair(moment->public, secret);
	fault = crypto_box_beforenm(moment->shared, key, secret);
	sodium_memzero(secret, sizeof(secret));
	/* Of a public key that is no point of the curve; ours was computed. */
	g_assert(fault == 0);
	moment->left = MOMENT_TEXTS;
	moment->until = now + MOMENT_US;
	moment->owner = getpid();
}

static void
close_box(const SealPublic *public, const Opened *plain, uint8_t *ret_sealed)
{
	Moment *moment = public->moment;
	uint8_t *nonce = ret_sealed + KEY_BYTES;

	g_mutex_lock(&moment->lock);
	renew(moment, public->key);
	moment->left--;
	/* Never the same for one key of the moment. */
	memset(nonce, 0, crypto_box_NONCEBYTES);
	memcpy(nonce, &moment->left, sizeof(moment->left));
	memcpy(ret_sealed, moment->public, KEY_BYTES);
	crypto_box_easy_afternm(ret_sealed + OPEN_BYTES, plain->bytes,
	                        plain->size, nonce, moment->shared);
	g_mutex_unlock(&moment->lock);
}

GBytes *
seal_close(const SealPublic *public, SealKind kind, const char *id,
           const void *bytes, size_t size)
{
	Opened *plain;
	uint8_t *sealed;

	if (size > SEAL_BYTES_MAX)
		return NULL;
	plain = opened_new(HEAD_BYTES + size);
	sealed = g_malloc(SEAL_BYTES + size);
	plain->bytes[0] = VERSION;
	make_label(kind, id, plain->bytes + 1);
	if (size > 0)
		memcpy(plain->bytes + HEAD_BYTES, bytes, size);
	close_box(public, plain, sealed);
	opened_free(plain);
	return g_bytes_new_take(sealed, SEAL_BYTES + size);
}

static bool
open_box(const SealSecret *secret, const uint8_t *sealed, Opened *plain)
{
	return crypto_box_open_easy(plain->bytes, sealed + OPEN_BYTES,
	                            plain->size + crypto_box_MACBYTES,
	                            sealed + KEY_BYTES, sealed,
	                            secret->secret) == 0;
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
	plain = opened_new(size - OPEN_BYTES - crypto_box_MACBYTES);
	if (open_box(secret, sealed, plain) && is_for(plain, kind, id))
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
