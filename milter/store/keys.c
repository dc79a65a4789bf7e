/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HMAC begins with two blocks that depend on the key alone, and ours with a
 * label: that much is computed once a kind, and copied for each pseudonym.
 *
 * A rotation is a rename and a new file. Whatever moment it is cut short at,
 * the key that the rows were made with is still there under one of the names,
 * and the next run goes on.
 */
#include "store/keys.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "db_private.h"
#include "file_private.h"
#include "key_file_private.h"

G_STATIC_ASSERT(KEYS_MAC_BYTES == crypto_auth_hmacsha256_BYTES);
G_STATIC_ASSERT(PSEUDONYM_BYTES <= KEYS_MAC_BYTES);
G_STATIC_ASSERT(crypto_box_PUBLICKEYBYTES == KEY_BYTES);
G_STATIC_ASSERT(crypto_box_SECRETKEYBYTES == KEY_BYTES);

typedef crypto_auth_hmacsha256_state MacState;

/* All of it in one piece of secret memory. */
struct Keys {
	int64_t id;
	int64_t old_id; /* 0: none */
	MacState now[PSEUDONYM_N];
	MacState old[PSEUDONYM_N];
};

static const char *const labels[PSEUDONYM_N] = {
	[PSEUDONYM_EMAIL] = "email",     [PSEUDONYM_NUMBER] = "number",
	[PSEUDONYM_DOMAIN] = "domain",   [PSEUDONYM_MAIL] = "mail",
	[PSEUDONYM_ORDER] = "order",     [PSEUDONYM_AUDIT] = "audit",
	[PSEUDONYM_EXAMPLE] = "example", [PSEUDONYM_DATUM] = "datum",
};

static bool
is_lasting(PseudonymKind kind)
{
	return kind == PSEUDONYM_ORDER || kind == PSEUDONYM_AUDIT ||
	       kind == PSEUDONYM_EXAMPLE;
}

void
keys_mac(const uint8_t *key, size_t key_size, const void *bytes, size_t size,
         uint8_t ret_mac[KEYS_MAC_BYTES])
{
	MacState state;

	crypto_auth_hmacsha256_init(&state, key, key_size);
	crypto_auth_hmacsha256_update(&state, bytes, size);
	crypto_auth_hmacsha256_final(&state, ret_mac);
	sodium_memzero(&state, sizeof(state));
}

static void
prepare_states(MacState *states, const KeyFile *file, bool lasting)
{
	for (size_t i = 0; i < PSEUDONYM_N; i++) {
		char label[32];
		int n;

		if (is_lasting((PseudonymKind)i) != lasting)
			continue;
		n = g_snprintf(label, sizeof(label), "tact/v1/%s", labels[i]);
		crypto_auth_hmacsha256_init(&states[i], file->key, KEY_BYTES);
		/* The NUL that ends the label is part of what is hashed. */
		crypto_auth_hmacsha256_update(
			&states[i], (const uint8_t *)label, (size_t)n + 1);
	}
}

/* True when there is none. One with the number of the key in use is what a
 * rotation leaves that was cut short before it made the new one. */
static bool
load_old(Keys *keys, const char *directory, KeyFile *file, GError **error)
{
	g_autofree char *path =
		g_build_filename(directory, "customer.key.old", NULL);

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	if (!key_file_read(path, "customer", file, error))
		return false;
	keys->old_id = file->id != keys->id ? file->id : 0;
	prepare_states(keys->old, file, false);
	return true;
}

static bool
load_all(Keys *keys, const char *directory, KeyFile *file, GError **error)
{
	g_autofree char *customer =
		g_build_filename(directory, "customer.key", NULL);
	g_autofree char *audit = g_build_filename(directory, "audit.key", NULL);

	if (!file_check_private(directory, FILE_KIND_DIRECTORY, error) ||
	    !key_file_read(audit, "audit", file, error))
		return false;
	prepare_states(keys->now, file, true);
	if (!key_file_read(customer, "customer", file, error))
		return false;
	keys->id = file->id;
	prepare_states(keys->now, file, false);
	return load_old(keys, directory, file, error);
}

Keys *
keys_load(const char *directory, GError **error)
{
	g_autoptr(Secret) file = key_file_new(error);
	g_autoptr(Keys) keys = NULL;

	if (file == NULL)
		return NULL;
	keys = secret_new(sizeof(Keys), error);
	if (keys == NULL)
		return NULL;
	keys->old_id = 0;
	if (!load_all(keys, directory, file, error)) {
		g_prefix_error(error, "keys (made by tact init): ");
		return NULL;
	}
	sodium_mprotect_readonly(keys);
	return g_steal_pointer(&keys);
}

void
keys_free(Keys *keys)
{
	sodium_free(keys);
}

int64_t
keys_id(const Keys *keys)
{
	return keys->id;
}

int64_t
keys_old_id(const Keys *keys)
{
	return keys->old_id;
}

static Pseudonym
finish(const MacState *prepared, const char *text)
{
	MacState state = *prepared;
	uint8_t mac[KEYS_MAC_BYTES];
	Pseudonym pseudonym;

	crypto_auth_hmacsha256_update(&state, (const uint8_t *)text,
	                              strlen(text));
	crypto_auth_hmacsha256_final(&state, mac);
	memcpy(pseudonym.bytes, mac, sizeof(pseudonym.bytes));
	sodium_memzero(&state, sizeof(state));
	return pseudonym;
}

Pseudonym
keys_pseudonym(const Keys *keys, PseudonymKind kind, const char *text)
{
	return finish(&keys->now[kind], text);
}

bool
keys_old_pseudonym(const Keys *keys, PseudonymKind kind, const char *text,
                   Pseudonym *ret_pseudonym)
{
	if (keys->old_id == 0 || is_lasting(kind))
		return false;
	*ret_pseudonym = finish(&keys->old[kind], text);
	return true;
}

/* DIRECTORY/NAME.key, made unless one is there; that must be a good one. */
static bool
make_missing(const char *directory, const char *name, GError **error)
{
	g_autofree char *base = g_strconcat(name, ".key", NULL);
	g_autofree char *path = g_build_filename(directory, base, NULL);
	g_autoptr(Secret) file = key_file_new(error);

	if (file == NULL)
		return false;
	return g_file_test(path, G_FILE_TEST_EXISTS)
	               ? key_file_read(path, name, file, error)
	               : key_file_make(path, name, 1, error);
}

/* What the drafter alone can open, and the key that closes it. The public one
 * is computed from the secret one, so a run that was cut short is mended. */
static bool
make_pair(const char *directory, GError **error)
{
	g_autofree char *public_path =
		g_build_filename(directory, "drafter.pub", NULL);
	g_autofree char *path =
		g_build_filename(directory, "drafter.key", NULL);
	g_autoptr(Secret) secret = key_file_new(error);
	KeyFile *file = secret;
	KeyFile public = { 0 };

	if (secret == NULL || !make_missing(directory, "drafter", error) ||
	    !key_file_read(path, "drafter", file, error))
		return false;
	if (g_file_test(public_path, G_FILE_TEST_EXISTS))
		return true;
	public.id = file->id;
	crypto_scalarmult_base(public.key, file->key);
	return key_file_write(public_path, "drafter-public", &public, error);
}

bool
keys_create(const char *directory, GError **error)
{
	return secret_is_ready(error) &&
	       file_check_private(directory, FILE_KIND_DIRECTORY, error) &&
	       make_missing(directory, "customer", error) &&
	       make_missing(directory, "audit", error) &&
	       make_pair(directory, error);
}

/* The old name gets the key in use, unless a run before this did so and ended
 * there. */
static bool
keep_old(const char *path, const char *old_path, const KeyFile *now,
         GError **error)
{
	g_autoptr(Secret) secret = key_file_new(error);
	const KeyFile *old = secret;

	if (secret == NULL)
		return false;
	if (!g_file_test(old_path, G_FILE_TEST_EXISTS))
		return key_file_write(old_path, "customer", now, error);
	if (!key_file_read(old_path, "customer", secret, error))
		return false;
	return old->id == now->id ||
	       store_refuse(error, STORE_ERROR_BUSY,
	                    "%s: key %d is being replaced by key %d since the "
	                    "rotation before; end that one first (%s)",
	                    path, (int)old->id, (int)now->id,
	                    "tact db rotate-key --finish");
}

static bool
replace_key(const char *directory, const char *path, int64_t id, GError **error)
{
	g_autofree char *new_path =
		g_build_filename(directory, "customer.key.new", NULL);

	g_remove(new_path); /* of a run that was cut short */
	if (!key_file_make(new_path, "customer", id, error))
		return false;
	if (g_rename(new_path, path) != 0)
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: cannot be replaced", path);
	return file_sync_directory(directory, error);
}

bool
keys_rotate(const char *directory, GError **error)
{
	g_autofree char *path =
		g_build_filename(directory, "customer.key", NULL);
	g_autofree char *old_path =
		g_build_filename(directory, "customer.key.old", NULL);
	g_autoptr(Secret) secret = key_file_new(error);
	const KeyFile *now = secret;

	return secret != NULL &&
	       file_check_private(directory, FILE_KIND_DIRECTORY, error) &&
	       key_file_read(path, "customer", secret, error) &&
	       keep_old(path, old_path, now, error) &&
	       replace_key(directory, path, now->id + 1, error);
}

bool
keys_forget_old(const char *directory, GError **error)
{
	g_autofree char *path =
		g_build_filename(directory, "customer.key.old", NULL);

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	if (!file_erase(path, error))
		return false;
	return file_sync_directory(directory, error);
}
