/* SPDX-License-Identifier: Apache-2.0 */
#include "store/site.h"

#include <string.h>

#include "db_private.h"

bool
site_has_store(const Settings *settings)
{
	return settings->store_path[0] != '\0';
}

char *
site_key_directory(const Settings *settings)
{
	const char *set = settings->store_key_directory;
	g_autofree char *directory = NULL;
	size_t n = strlen(set);

	/* What stands before a last / is a folder's parent, not the folder. */
	while (n > 1 && set[n - 1] == '/')
		n--;
	if (n > 0)
		return g_strndup(set, n);
	directory = g_path_get_dirname(settings->store_path);
	return g_build_filename(directory, "keys", NULL);
}

static bool
needs_store(const Settings *settings, GError **error)
{
	return site_has_store(settings) ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "%s: [store] path is not set, so nothing is kept",
	                    settings->file ? settings->file : SETTINGS_FILE);
}

/* How a key is told in the database: by a pseudonym of nobody. */
typedef struct KeyMark {
	char *name;
	char *value;
} KeyMark;

static void
key_mark_clear(KeyMark *mark)
{
	g_free(mark->name);
	g_free(mark->value);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KeyMark, key_mark_clear)

static KeyMark
mark_of(const Keys *keys, PseudonymKind kind)
{
	Pseudonym of = keys_pseudonym(keys, kind, "tact key");
	GString *value = g_string_new(NULL);

	for (size_t i = 0; i < sizeof(of.bytes); i++)
		g_string_append_printf(value, "%02x", of.bytes[i]);
	return (KeyMark){
		kind == PSEUDONYM_AUDIT ? g_strdup("key audit")
					: g_strdup_printf("key customer %d",
		                                          (int)keys_id(keys)),
		g_string_free(value, FALSE),
	};
}

/* True too when nothing is known of the key; `ret_known` tells. */
static bool
mark_fits(Store *store, const KeyMark *mark, bool *ret_known, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_meta_read);
	StepResult result;

	statement_bind_text(find, 1, mark->name);
	result = statement_step(find, error);
	if (result == STEP_FAILED)
		return false;
	*ret_known = result == STEP_ROW;
	return !*ret_known ||
	       strcmp(statement_text(find, 0), mark->value) == 0 ||
	       store_refuse(error, STORE_ERROR_UNSAFE,
	                    "%s: was made with another %s.key than the one in "
	                    "use; put back the right one",
	                    store->path,
	                    strcmp(mark->name, "key audit") == 0 ? "audit"
	                                                         : "customer");
}

static const PseudonymKind marked[] = { PSEUDONYM_AUDIT, PSEUDONYM_NUMBER };

bool
site_check_keys(Store *store, const Keys *keys, GError **error)
{
	bool known;

	for (size_t i = 0; i < G_N_ELEMENTS(marked); i++) {
		g_auto(KeyMark) mark = mark_of(keys, marked[i]);

		if (!mark_fits(store, &mark, &known, error))
			return false;
	}
	return true;
}

static bool
note_mark(Store *store, const KeyMark *mark, GError **error)
{
	g_autoptr(Statement) put = NULL;
	bool known = false;

	if (!mark_fits(store, mark, &known, error))
		return false;
	if (known)
		return true;
	put = store_statement(store, SQL_meta_put);
	statement_bind_text(put, 1, mark->name);
	statement_bind_text(put, 2, mark->value);
	return statement_run(put, error);
}

bool
site_note_keys(Store *store, const Keys *keys, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(marked); i++) {
		g_auto(KeyMark) mark = mark_of(keys, marked[i]);

		if (!note_mark(store, &mark, error))
			return false;
	}
	return store_commit(txn, error);
}

Store *
site_open_store(const Settings *settings, StoreRole role, SiteAccess access,
                GError **error)
{
	const StoreOptions options = {
		.path = settings->store_path,
		.role = role,
		.busy_ms = (int)settings->store_time_max,
		.read_only = access == SITE_READ,
	};
	g_autoptr(Store) store = NULL;
	g_autoptr(Keys) keys = NULL;

	if (!needs_store(settings, error))
		return NULL;
	store = store_open(&options, error);
	keys = store != NULL ? site_load_keys(settings, NULL) : NULL;
	if (keys != NULL && !site_check_keys(store, keys, error))
		return NULL;
	return g_steal_pointer(&store);
}

Keys *
site_load_keys(const Settings *settings, GError **error)
{
	g_autofree char *directory = NULL;

	if (!needs_store(settings, error))
		return NULL;
	directory = site_key_directory(settings);
	return keys_load(directory, error);
}
