/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key file is one line: what it is, its number, 256 random bits in hex.
 *
 *     tact/v1 customer 1 00112233...
 *
 * Read whole and compared to the byte, so that a file that was cut, edited or
 * mixed up is refused: a wrong key would not fail, it would silently know
 * nobody. For the same reason no key is made but by keys_create().
 *
 * HMAC begins with two blocks that depend on the key alone, and ours with a
 * label: that much is computed once a kind, and copied for each pseudonym.
 */
#include "store/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db_private.h"
#include "file_private.h"

#define KEY_BYTES 32
#define HEX_BYTES (2 * KEY_BYTES)
#define LINE_MAX_BYTES 128
#define NUMBER_MAX 1000000

G_STATIC_ASSERT(KEYS_MAC_BYTES == crypto_auth_hmacsha256_BYTES);
G_STATIC_ASSERT(PSEUDONYM_BYTES <= KEYS_MAC_BYTES);
G_STATIC_ASSERT(crypto_box_PUBLICKEYBYTES == KEY_BYTES);
G_STATIC_ASSERT(crypto_box_SECRETKEYBYTES == KEY_BYTES);

typedef crypto_auth_hmacsha256_state MacState;

typedef struct KeyFile {
	int64_t id;
	uint8_t key[KEY_BYTES];
} KeyFile;

/* All of it in one piece of secret memory. */
struct Keys {
	int64_t id;
	bool has_old;
	MacState now[PSEUDONYM_N];
	MacState old[PSEUDONYM_N];
};

static const char *const labels[PSEUDONYM_N] = {
	[PSEUDONYM_EMAIL] = "email",   [PSEUDONYM_NUMBER] = "number",
	[PSEUDONYM_DOMAIN] = "domain", [PSEUDONYM_MAIL] = "mail",
	[PSEUDONYM_ORDER] = "order",   [PSEUDONYM_AUDIT] = "audit",
};

static bool
is_lasting(PseudonymKind kind)
{
	return kind == PSEUDONYM_ORDER || kind == PSEUDONYM_AUDIT;
}

static bool
sodium_is_ready(GError **error)
{
	return sodium_init() >= 0 ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "libsodium cannot be initialised");
}

static void *
secret_new(size_t size, GError **error)
{
	void *secret = sodium_is_ready(error) ? sodium_malloc(size) : NULL;

	if (secret == NULL && (error == NULL || *error == NULL))
		store_refuse(error, STORE_ERROR_IO, "no memory for a key: %s",
		             g_strerror(errno));
	return secret;
}

static void
secret_free(void *secret)
{
	sodium_free(secret);
}
typedef void Secret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)

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

/* The bytes of the file, at most `size` of them; -1 when it cannot be read. */
static ssize_t
read_file(const char *path, char *bytes, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	size_t got = 0;
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	while (got < size) {
		n = read(fd, bytes + got, size - got);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0)
			got += (size_t)n;
	}
	close(fd);
	return n < 0 ? -1 : (ssize_t)got;
}

/* How many bytes of `line` hold the key called `name` and numbered `id`. */
static size_t
format_line(char *line, const char *name, const KeyFile *file)
{
	char hex[HEX_BYTES + 1];
	int n;

	sodium_bin2hex(hex, sizeof(hex), file->key, KEY_BYTES);
	n = g_snprintf(line, LINE_MAX_BYTES, "tact/v1 %s %d %s\n", name,
	               (int)file->id, hex);
	sodium_memzero(hex, sizeof(hex));
	return (size_t)n;
}

/* Its number and bytes, if the line is what would be written of them. */
static bool
parse_line(const char *line, size_t size, const char *name, KeyFile *file)
{
	char again[LINE_MAX_BYTES];
	g_autofree char *head = g_strdup_printf("tact/v1 %s ", name);
	size_t n = strlen(head), hex_size = 0;
	char *end = NULL;
	bool same;

	if (size <= n || memcmp(line, head, n) != 0)
		return false;
	file->id = g_ascii_strtoll(line + n, &end, 10);
	if (file->id < 1 || file->id > NUMBER_MAX || *end != ' ' ||
	    size - (size_t)(end - line) < HEX_BYTES + 1)
		return false;
	if (sodium_hex2bin(file->key, KEY_BYTES, end + 1, HEX_BYTES, NULL,
	                   &hex_size, NULL) != 0 ||
	    hex_size != KEY_BYTES)
		return false;
	same = format_line(again, name, file) == size &&
	       memcmp(again, line, size) == 0;
	sodium_memzero(again, sizeof(again));
	return same;
}

static bool
read_key(const char *path, const char *name, KeyFile *file, GError **error)
{
	g_autoptr(Secret) line = secret_new(LINE_MAX_BYTES, error);
	ssize_t size;

	if (line == NULL || !file_check_private(path, FILE_KIND_FILE, error))
		return false;
	memset(line, 0, LINE_MAX_BYTES);
	size = read_file(path, line, LINE_MAX_BYTES - 1);
	if (size < 0)
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: cannot be read: %s", path,
		                    g_strerror(errno));
	return parse_line(line, (size_t)size, name, file) ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "%s: is not a %s key of Tact, or was cut or "
	                    "changed; put back the right one",
	                    path, name);
}

static KeyFile *
key_file_new(GError **error)
{
	return secret_new(sizeof(KeyFile), error);
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
	if (!read_key(path, "customer", file, error))
		return false;
	keys->has_old = file->id != keys->id;
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
	    !read_key(audit, "audit", file, error))
		return false;
	prepare_states(keys->now, file, true);
	if (!read_key(customer, "customer", file, error))
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
	keys->has_old = false;
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
	if (!keys->has_old || is_lasting(kind))
		return false;
	*ret_pseudonym = finish(&keys->old[kind], text);
	return true;
}

static bool
write_key(const char *path, const char *name, const KeyFile *file,
          GError **error)
{
	g_autoptr(Secret) line = secret_new(LINE_MAX_BYTES, error);

	return line != NULL &&
	       file_write_new(path, line, format_line(line, name, file), error);
}

/* A random key in DIRECTORY/NAME.key, unless one is there. */
static bool
make_random(const char *directory, const char *name, GError **error)
{
	g_autofree char *base = g_strconcat(name, ".key", NULL);
	g_autofree char *path = g_build_filename(directory, base, NULL);
	g_autoptr(Secret) secret = key_file_new(error);
	KeyFile *file = secret;

	if (secret == NULL)
		return false;
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return read_key(path, name, file, error);
	file->id = 1;
	randombytes_buf(file->key, KEY_BYTES);
	return write_key(path, name, file, error);
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

	if (secret == NULL || !make_random(directory, "drafter", error) ||
	    !read_key(path, "drafter", file, error))
		return false;
	if (g_file_test(public_path, G_FILE_TEST_EXISTS))
		return true;
	public.id = file->id;
	crypto_scalarmult_base(public.key, file->key);
	return write_key(public_path, "drafter-public", &public, error);
}

bool
keys_create(const char *directory, GError **error)
{
	return sodium_is_ready(error) &&
	       file_check_private(directory, FILE_KIND_DIRECTORY, error) &&
	       make_random(directory, "customer", error) &&
	       make_random(directory, "audit", error) &&
	       make_pair(directory, error);
}
