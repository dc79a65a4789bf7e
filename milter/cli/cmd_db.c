/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an administrator does to the database as a whole. Each word is one
 * function that fills a JSON object; text is made of that.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "context.h"
#include "db_print.h"
#include "print.h"
#include "progress.h"
#include "site.h"
#include "store/drafts.h"
#include "store/erasure.h"
#include "store/upkeep.h"

typedef struct Job {
	const Options *options;
	const Settings *settings;
	json_t *value; /* what is printed */
	bool found;    /* something is wrong */
} Job;

static void
show(int64_t done, int64_t all, void *progress)
{
	(void)all;
	progress_show(progress, done);
}

/* A database that cannot even be opened is a finding too. */
static bool
open_to_check(const Job *job, Store **ret_store, GPtrArray *faults,
              GError **error)
{
	g_autoptr(GError) failure = NULL;
	Store *store = site_open_store(job->settings, STORE_ADMIN, SITE_READ,
	                               &failure);

	*ret_store = store;
	if (store != NULL)
		return true;
	if (g_error_matches(failure, STORE_ERROR, STORE_ERROR_CORRUPT) ||
	    g_error_matches(failure, STORE_ERROR, STORE_ERROR_UNSAFE)) {
		g_ptr_array_add(faults, g_strdup(failure->message));
		return true;
	}
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

/* Without the keys nobody in it is known: that is a finding as well. */
static bool
check_all(const Job *job, GPtrArray *faults, GError **error)
{
	Progress progress = progress_begin("steps");
	const UpkeepWatch watch = { show, &progress };
	g_autoptr(GError) unloaded = NULL;
	g_autoptr(Keys) keys = site_load_keys(job->settings, &unloaded);
	g_autoptr(Store) store = NULL;
	bool good;

	if (keys == NULL)
		g_ptr_array_add(faults, g_strdup(unloaded->message));
	good = open_to_check(job, &store, faults, error) &&
	       (store == NULL ||
	        upkeep_check(store, keys, &watch, faults, error));
	progress_end(&progress);
	return good;
}

static bool
run_check(Job *job, GError **error)
{
	g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
	json_t *list = json_array();

	if (!check_all(job, faults, error)) {
		json_decref(list);
		return false;
	}
	for (guint i = 0; i < faults->len; i++)
		json_array_append_new(list, json_string(faults->pdata[i]));
	job->found = faults->len > 0;
	print_set_bool(job->value, "ok", !job->found);
	json_object_set_new(job->value, "faults", list);
	return true;
}

static bool
record(const Site *site, AuditEvent event, int64_t n, GError **error)
{
	const AuditEntry entry = { .event = event, .n = n };

	return audit_record(site->store, site->keys, &entry, error);
}

/* As a terminal and JSON take it. */
static void
tell_file(Job *job, const char *path)
{
	g_autofree char *name = print_name(path);

	print_set_string(job->value, "backup", name);
}

static bool
run_backup(Job *job, GError **error)
{
	const char *path = job->options->arguments[1];
	Progress progress = progress_begin("pages");
	const UpkeepWatch watch = { show, &progress };
	g_auto(Site) site = { 0 };
	bool good;

	if (!site_open_with(&site, job->settings, SITE_WRITE, error))
		return false;
	good = upkeep_backup(site.store, path, &watch, error);
	progress_end(&progress);
	tell_file(job, path);
	return good && record(&site, AUDIT_BACKUP, 0, error);
}

/* What was delivered since the backup must not be delivered again, and a
 * drafter looks for what it left under way only when it starts. */
static bool
mark_drafts(Store *store, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	int64_t n;

	return txn != NULL &&
	       drafts_restored(store, clock_wall() / G_USEC_PER_SEC, &n,
	                       error) &&
	       store_commit(txn, error);
}

/* What was decided since the backup (erasures, objections) is done again. */
static bool
after_restore(Job *job, const Keys *keys, GError **error)
{
	g_autoptr(Store) store =
		site_open_store(job->settings, STORE_ADMIN, SITE_WRITE, error);
	ErasureResult again = { 0 };
	int64_t old = 0;

	if (store == NULL || !mark_drafts(store, error) ||
	    !audit_restored(store, keys, NULL, error) ||
	    !erasures_reapply(store, keys, NULL, &again, error) ||
	    !upkeep_count_old(store, keys, &old, error))
		return false;
	print_set_integer(job->value, "erased_again", again.rows);
	print_set_integer(job->value, "pending", again.pending);
	print_set_integer(job->value, "old_names", old);
	return true;
}

static bool
run_restore(Job *job, GError **error)
{
	const char *path = job->options->arguments[1];
	const StoreOptions options = {
		.path = job->settings->store_path,
		.role = STORE_ADMIN,
		.busy_ms = (int)job->settings->store_time_max,
	};
	g_autoptr(Keys) keys = site_load_keys(job->settings, error);

	if (keys == NULL || !upkeep_restore(&options, keys, path, error))
		return false;
	tell_file(job, path);
	return after_restore(job, keys, error);
}

static bool
run_stats(Job *job, GError **error)
{
	g_autoptr(Store) store =
		site_open_store(job->settings, STORE_ADMIN, SITE_READ, error);
	json_t *tables;
	UpkeepStats stats;

	if (store == NULL || !upkeep_stats(store, &stats, error))
		return false;
	tables = json_object();
	for (guint i = 0; i < stats.tables->len; i++) {
		const UpkeepTable *table =
			&g_array_index(stats.tables, UpkeepTable, i);

		print_set_integer(tables, table->name, table->rows);
	}
	print_set_integer(job->value, "database_schema", stats.schema);
	print_set_integer(job->value, "bytes", stats.bytes);
	print_set_integer(job->value, "free_bytes", stats.free_bytes);
	json_object_set_new(job->value, "rows", tables);
	upkeep_stats_clear(&stats);
	return true;
}

static bool
finish_rotation(Job *job, const Site *site, const char *directory,
                GError **error)
{
	Progress progress = progress_begin("names");
	const UpkeepWatch watch = { show, &progress };
	int64_t rows = 0;
	bool good = upkeep_erase_old(site->store, site->keys, &watch, &rows,
	                             error) &&
	            keys_forget_old(directory, error);

	progress_end(&progress);
	print_set_integer(job->value, "rows_erased", rows);
	return good && record(site, AUDIT_ROTATE, keys_id(site->keys), error);
}

/* Of the keys as they are now. */
static bool
rotation_state(Job *job, Store *store, GError **error)
{
	g_autoptr(Keys) keys = site_load_keys(job->settings, error);
	int64_t old = 0;

	if (keys == NULL || !site_note_keys(store, keys, error) ||
	    !upkeep_count_old(store, keys, &old, error))
		return false;
	print_set_integer(job->value, "key", keys_id(keys));
	print_set_integer(job->value, "old_key", keys_old_id(keys));
	print_set_integer(job->value, "old_names", old);
	return true;
}

static bool
run_rotate(Job *job, GError **error)
{
	g_autofree char *directory = site_key_directory(job->settings);
	g_auto(Site) site = { 0 };
	bool good;

	if (!site_open_with(&site, job->settings, SITE_WRITE, error))
		return false;
	if (job->options->finish)
		good = finish_rotation(job, &site, directory, error);
	else
		good = keys_rotate(directory, error) &&
		       record(&site, AUDIT_ROTATE, 0, error);
	return good && rotation_state(job, site.store, error);
}

typedef struct Word {
	const char *word;
	bool file; /* it takes one */
	bool (*run)(Job *job, GError **error);
	PrintText *text;
} Word;

static const Word words[] = {
	{ "check", false, run_check, db_print_check },
	{ "backup", true, run_backup, db_print_backup },
	{ "restore", true, run_restore, db_print_restore },
	{ "stats", false, run_stats, db_print_stats },
	{ "rotate-key", false, run_rotate, db_print_rotation },
};

static const Word *
find_word(const Options *options)
{
	const Word *word = words;

	while (strcmp(word->word, options->arguments[0]) != 0)
		word++;
	if (word->file == (options->n_arguments == 2))
		return word;
	print_error(word->file ? "db: %s: say which FILE"
	                       : "db: %s takes no FILE",
	            word->word);
	return NULL;
}

static int
run(const Word *word, const Options *options, const Settings *settings)
{
	g_autoptr(GError) error = NULL;
	Job job = { options, settings, json_object(), false };

	print_set_integer(job.value, "schema", 1);
	print_set_string(job.value, "database", settings->store_path);
	if (!word->run(&job, &error)) {
		json_decref(job.value);
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, job.value, word->text);
	return job.found ? CLI_FOUND : CLI_FINE;
}

int
cmd_db(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = NULL;
	const Word *word = find_word(options);

	if (word == NULL)
		return CLI_USAGE;
	settings = context_settings(options, &error);
	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	return run(word, options, settings);
}
