/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is sealed is opened by the right key, as what it was closed as, and by
 * nothing else; and of its words nothing is left in it.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/seal.h"
#include "store_fixture.h"

#define ID "abcdefghijklmnop"
#define KEY_AND_NONCE 56 /* what a sealed text begins with */

typedef struct Pair {
	SealPublic *public;
	SealSecret *secret;
} Pair;

static Pair
load(const StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	Pair pair;

	pair.public = seal_public_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	pair.secret = seal_secret_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	return pair;
}

static void
clear(Pair *pair)
{
	seal_public_free(pair->public);
	seal_secret_free(pair->secret);
}

static GBytes *
open_bytes(const Pair *pair, SealKind kind, const char *id,
           const GBytes *sealed, GError **error)
{
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)sealed, &size);

	return seal_open(pair->secret, kind, id, bytes, size, error);
}

static void
test_round_trip(void)
{
	static const size_t sizes[] = { 0, 1, 33, 4096, SEAL_BYTES_MAX };
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	Pair pair = load(fixture);

	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autofree char *text = g_strnfill(sizes[i], 'x');
		g_autoptr(GBytes) plain = g_bytes_new(text, sizes[i]);
		g_autoptr(GBytes) sealed =
			seal_close(pair.public, SEAL_TEXT, ID, text, sizes[i]);
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) again = NULL;

		g_assert_cmpuint(g_bytes_get_size(sealed), ==,
		                 sizes[i] + SEAL_BYTES);
		again = open_bytes(&pair, SEAL_TEXT, ID, sealed, &error);
		g_assert_no_error(error);
		g_assert_true(g_bytes_equal(plain, again));
	}
	g_assert_null(
		seal_close(pair.public, SEAL_TEXT, ID, "", SEAL_BYTES_MAX + 1));
	clear(&pair);
}

static void
refuses(const Pair *pair, SealKind kind, const char *id, const GBytes *sealed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) opened = open_bytes(pair, kind, id, sealed, &error);

	g_assert_null(opened);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_CORRUPT);
	g_assert_null(strstr(error->message, "secret words"));
}

/* Another's, another kind, another site's key. */
static void
test_not_for_you(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	g_autoptr(StoreFixture) other = store_fixture_new(STORE_KEEPER);
	Pair pair = load(fixture), foreign = load(other);
	g_autoptr(GBytes) sealed =
		seal_close(pair.public, SEAL_TEXT, ID, "secret words", 12);

	refuses(&pair, SEAL_TEXT, "abcdefghijklmnoq", sealed);
	refuses(&pair, SEAL_TEXT, "", sealed);
	for (int kind = 0; kind < SEAL_N; kind++)
		if (kind != SEAL_TEXT)
			refuses(&pair, (SealKind)kind, ID, sealed);
	refuses(&foreign, SEAL_TEXT, ID, sealed);
	clear(&pair);
	clear(&foreign);
}

/* Each byte changed, and each length cut. */
static void
test_tampered(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	Pair pair = load(fixture);
	g_autoptr(GBytes) sealed =
		seal_close(pair.public, SEAL_TEXT, ID, "secret words", 12);
	gsize size;
	const uint8_t *bytes = g_bytes_get_data(sealed, &size);

	for (gsize i = 0; i < size; i++) {
		g_autofree uint8_t *copy = g_memdup2(bytes, size);
		g_autoptr(GBytes) cut = g_bytes_new(bytes, i);
		g_autoptr(GBytes) changed = NULL;

		copy[i] ^= 1;
		changed = g_bytes_new(copy, size);
		refuses(&pair, SEAL_TEXT, ID, changed);
		refuses(&pair, SEAL_TEXT, ID, cut);
	}
	clear(&pair);
}

/* Nothing of it can be read, and the same text is never the same bytes. */
static void
test_unreadable(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	Pair pair = load(fixture);
	g_autoptr(GBytes) one =
		seal_close(pair.public, SEAL_TEXT, ID, "secret words", 12);
	g_autoptr(GBytes) two =
		seal_close(pair.public, SEAL_TEXT, ID, "secret words", 12);
	gsize size;
	const char *bytes = g_bytes_get_data(one, &size);

	g_assert_false(g_bytes_equal(one, two));
	for (gsize i = 0; i + 6 <= size; i++) {
		g_assert_true(memcmp(bytes + i, "secret", 6) != 0);
		g_assert_true(memcmp(bytes + i, "words", 5) != 0);
	}
	clear(&pair);
}

/* After a fork the two would count the same nonces of one key. */
static void
test_fork(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	Pair pair = load(fixture);
	g_autoptr(GBytes) first = seal_close(pair.public, SEAL_TEXT, ID, "", 0);
	g_autoptr(GBytes) ours = NULL;
	uint8_t theirs[SEAL_BYTES] = { 0 };
	int fds[2], status;
	pid_t pid;

	g_assert_nonnull(first);
	g_assert_cmpint(pipe(fds), ==, 0);
	pid = fork();
	if (pid == 0) {
		GBytes *sealed = seal_close(pair.public, SEAL_TEXT, ID, "", 0);
		const void *bytes = g_bytes_get_data(sealed, NULL);

		_exit(write(fds[1], bytes, SEAL_BYTES) != SEAL_BYTES);
	}
	g_assert_cmpint(read(fds[0], theirs, SEAL_BYTES), ==, SEAL_BYTES);
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
	ours = seal_close(pair.public, SEAL_TEXT, ID, "", 0);
	g_assert_true(memcmp(g_bytes_get_data(ours, NULL), theirs,
	                     KEY_AND_NONCE) != 0);
	close(fds[0]);
	close(fds[1]);
	clear(&pair);
}

/* Missing, readable by others, or not a key: refused, with the file's name. */
static void
test_keys(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	g_autofree char *path =
		g_build_filename(fixture->keys_path, "drafter.key", NULL);
	g_autofree char *public_path =
		g_build_filename(fixture->keys_path, "drafter.pub", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_chmod(path, 0644), ==, 0);
	g_assert_null(seal_secret_load(fixture->keys_path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
	g_assert_nonnull(strstr(error->message, "drafter.key"));
	g_clear_error(&error);
	g_remove(path);
	g_assert_null(seal_secret_load(fixture->keys_path, &error));
	g_assert_nonnull(strstr(error->message, "drafter.key"));
	g_clear_error(&error);
	g_assert_true(g_file_set_contents(public_path, "junk\n", -1, NULL));
	g_assert_cmpint(g_chmod(public_path, 0600), ==, 0);
	g_assert_null(seal_public_load(fixture->keys_path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/seal/round-trip", test_round_trip);
	g_test_add_func("/seal/not-for-you", test_not_for_you);
	g_test_add_func("/seal/tampered", test_tampered);
	g_test_add_func("/seal/unreadable", test_unreadable);
	g_test_add_func("/seal/fork", test_fork);
	g_test_add_func("/seal/keys", test_keys);
	return g_test_run();
}
