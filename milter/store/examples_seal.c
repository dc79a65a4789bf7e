/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A nonce of 24 random bytes, then what crypto_secretbox_easy() makes. The key
 * is two pseudonyms, of 16 bytes each, of texts that are no mail's: Keys gives
 * out nothing else of what it holds.
 */
#include <sodium.h>
#include <string.h>

#include "examples_private.h"

G_STATIC_ASSERT(crypto_secretbox_KEYBYTES == 2 * PSEUDONYM_BYTES);
G_STATIC_ASSERT(EXAMPLE_SEAL_BYTES ==
                crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES);

static void
make_key(const Keys *keys, uint8_t ret_key[crypto_secretbox_KEYBYTES])
{
	Pseudonym one = keys_pseudonym(keys, PSEUDONYM_EXAMPLE, "seal 1");
	Pseudonym two = keys_pseudonym(keys, PSEUDONYM_EXAMPLE, "seal 2");

	memcpy(ret_key, one.bytes, PSEUDONYM_BYTES);
	memcpy(ret_key + PSEUDONYM_BYTES, two.bytes, PSEUDONYM_BYTES);
	sodium_memzero(&one, sizeof(one));
	sodium_memzero(&two, sizeof(two));
}

GBytes *
example_seal(const Keys *keys, const void *bytes, size_t size)
{
	uint8_t key[crypto_secretbox_KEYBYTES];
	uint8_t *sealed = g_malloc(EXAMPLE_SEAL_BYTES + size);

	make_key(keys, key);
	randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, bytes, size,
	                      sealed, key);
	sodium_memzero(key, sizeof(key));
	return g_bytes_new_take(sealed, EXAMPLE_SEAL_BYTES + size);
}

GBytes *
example_open(const Keys *keys, const void *sealed, size_t size)
{
	uint8_t key[crypto_secretbox_KEYBYTES];
	const uint8_t *nonce = sealed;
	g_autofree uint8_t *bytes = NULL;
	int fault;

	if (size < EXAMPLE_SEAL_BYTES)
		return NULL;
	make_key(keys, key);
	bytes = g_malloc(size - EXAMPLE_SEAL_BYTES + 1);
	fault = crypto_secretbox_open_easy(
		bytes, nonce + crypto_secretbox_NONCEBYTES,
		size - crypto_secretbox_NONCEBYTES, nonce, key);
	sodium_memzero(key, sizeof(key));
	if (fault != 0)
		return NULL;
	return g_bytes_new_take(g_steal_pointer(&bytes),
	                        size - EXAMPLE_SEAL_BYTES);
}
