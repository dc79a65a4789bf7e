/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY: what others could read is refused, with the command that mends
 * it, and whatever the umask, what we make is 0600.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file_private.h"
#include "store_fixture.h"

typedef struct ModeRow {
	const char *name;
	unsigned mode;
	bool good;
} ModeRow;

static const ModeRow file_modes[] = {
	{ "0600", 0600, true },
	{ "0400", 0400, true },
	{ "0700", 0700, true },
	{ "0640", 0640, false },
	{ "group may write", 0620, false },
	{ "0604", 0604, false },
	{ "0666", 0666, false },
	{ "others may run it", 0601, false },
};

static Store *
open_again(const StoreFixture *fixture, GError **error)
{
	const StoreOptions options = { .path = fixture->path,
		                       .role = STORE_ADMIN };

	return store_open(&options, error);
}

static void
test_modes_of_file(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);

	g_clear_pointer(&fixture->store, store_close);
	for (size_t i = 0; i < G_N_ELEMENTS(file_modes); i++) {
		const ModeRow *row = &file_modes[i];
		g_autoptr(GError) error = NULL;
		g_autoptr(Store) store = NULL;

		g_test_message("%s", row->name);
		g_chmod(fixture->path, (int)row->mode);
		g_assert_cmpint(
			file_check_private(fixture->path, FILE_KIND_FILE, NULL),
			==, row->good);
		if (row->good)
			continue;
		store = open_again(fixture, &error);
		g_assert_null(store);
		g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
		g_assert_nonnull(strstr(error->message, "chmod 0600"));
	}
}

static void
test_modes_of_directory(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&fixture->store, store_close);
	g_chmod(fixture->directory, 0750);
	g_assert_null(open_again(fixture, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
	g_assert_nonnull(strstr(error->message, "chmod 0700"));
	g_chmod(fixture->directory, 0700);
}

static void
test_modes_of_keys(void)
{
	static const char *const names[] = { "", "customer.key", "audit.key" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(StoreFixture) fixture =
			store_fixture_new(STORE_ADMIN);
		g_autofree char *path =
			g_build_filename(fixture->keys_path, names[i], NULL);
		g_autoptr(GError) error = NULL;

		g_chmod(path, 0740);
		g_assert_null(keys_load(fixture->keys_path, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
		g_chmod(path, 0700);
	}
}

static void
test_links(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *link =
		g_build_filename(fixture->directory, "link.db", NULL);
	const StoreOptions options = { .path = link, .role = STORE_ADMIN };
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(symlink(fixture->path, link), ==, 0);
	g_assert_null(store_open(&options, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_UNSAFE);
}

/* The database, its journal and the keys, made under the worst of umasks. */
static void
test_umask(void)
{
	mode_t before = umask(0);
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *journal = g_strconcat(fixture->path, "-journal", NULL);
	g_autofree char *key =
		g_build_filename(fixture->keys_path, "customer.key", NULL);
	const char *const paths[] = { fixture->path, journal, key };

	umask(before);
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		struct stat st;

		g_assert_cmpint(stat(paths[i], &st), ==, 0);
		g_assert_cmpint(st.st_mode & 07777, ==, 0600);
	}
}

/* Another user's file is not ours to use, whatever its mode. */
static void
test_owner(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	int status = 0;
	pid_t pid;

	if (geteuid() != 0) {
		g_test_skip("only root can become somebody else");
		return;
	}
	g_clear_pointer(&fixture->store, store_close);
	g_assert_cmpint(chown(fixture->directory, 65534, 65534), ==, 0);
	pid = fork();
	if (pid == 0) {
		bool refused =
			setuid(65534) == 0 &&
			!file_check_place(fixture->path, &error) &&
			g_error_matches(error, STORE_ERROR, STORE_ERROR_UNSAFE);

		_exit(refused ? 0 : 1);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_cmpint(status, ==, 0);
}

/* Nothing that was written stays in the bytes of the file that is erased. */
static void
test_erase(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new_empty();
	g_autofree char *other =
		g_build_filename(fixture->directory, "other", NULL);
	g_autofree char *left = NULL;
	gsize size;

	g_assert_true(file_write_new(fixture->path, "secret", 6, NULL));
	g_assert_false(file_write_new(fixture->path, "again", 5, NULL));
	g_assert_cmpint(link(fixture->path, other), ==, 0);
	g_assert_true(file_erase(fixture->path, NULL));
	g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
	g_assert_true(g_file_get_contents(other, &left, &size, NULL));
	g_assert_cmpmem(left, size, "\0\0\0\0\0\0", 6);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/file/modes-of-file", test_modes_of_file);
	g_test_add_func("/file/modes-of-directory", test_modes_of_directory);
	g_test_add_func("/file/modes-of-keys", test_modes_of_keys);
	g_test_add_func("/file/links", test_links);
	g_test_add_func("/file/umask", test_umask);
	g_test_add_func("/file/owner", test_owner);
	g_test_add_func("/file/erase", test_erase);
	return g_test_run();
}
