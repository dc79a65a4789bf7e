/* SPDX-License-Identifier: Apache-2.0 */
#include "store_fixture.h"

#include <glib/gstdio.h>

#include "../../milter/store/db_private.h"

StoreFixture *
store_fixture_new_empty(void)
{
	StoreFixture *fixture = g_new0(StoreFixture, 1);

	fixture->directory = g_dir_make_tmp("tact-store-XXXXXX", NULL);
	g_assert_nonnull(fixture->directory);
	fixture->path = g_build_filename(fixture->directory, "tact.db", NULL);
	fixture->keys_path = g_build_filename(fixture->directory, "keys", NULL);
	g_assert_cmpint(g_mkdir(fixture->keys_path, 0700), ==, 0);
	return fixture;
}

Store *
store_fixture_open(const StoreFixture *fixture, StoreRole role)
{
	const StoreOptions options = { .path = fixture->path,
		                       .role = role,
		                       .busy_ms = 1000,
		                       .create = true };
	g_autoptr(GError) error = NULL;
	Store *store = store_open(&options, &error);

	g_assert_no_error(error);
	return store;
}

void
store_fixture_run(Store *store, const char *sql)
{
	g_autoptr(GError) error = NULL;

	if (!store_exec(store, sql, &error))
		g_error("%s: %s", sql, error->message);
}

void
store_fixture_quick(Store *store)
{
	store_fixture_run(store, "PRAGMA synchronous = OFF");
}

StoreFixture *
store_fixture_new(StoreRole role)
{
	StoreFixture *fixture = store_fixture_new_empty();
	g_autoptr(GError) error = NULL;

	g_assert_true(keys_create(fixture->keys_path, &error));
	g_assert_no_error(error);
	fixture->keys = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	fixture->store = store_fixture_open(fixture, role);
	return fixture;
}

static void
empty_directory(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);

		g_remove(file);
	}
}

void
store_fixture_free(StoreFixture *fixture)
{
	if (fixture == NULL)
		return;
	store_close(fixture->store);
	keys_free(fixture->keys);
	empty_directory(fixture->keys_path);
	empty_directory(fixture->directory);
	g_rmdir(fixture->directory);
	g_free(fixture->keys_path);
	g_free(fixture->path);
	g_free(fixture->directory);
	g_free(fixture);
}
