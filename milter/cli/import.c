/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file is looked through before the store is touched; then chunk by chunk
 * into it. How far it has come is written with each chunk, under the hash of
 * what the file says: another run of the same file goes on there, and one that
 * was finished is not read again.
 *
 * While tact-milter uses the store, chunks are small and there are gaps between
 * them, so that no mail waits in vain for the write lock. A file of millions is
 * the first one of a site and is written in large chunks all the same.
 */
#include "import.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "context.h"
#include "import_progress.h"
#include "import_report.h"
#include "message/message.h"
#include "print.h"
#include "site.h"
#include "store/audit.h"
#include "store/load.h"
#include "store/query.h"
#include "store/site.h"

#define BUSY_MS 60000
#define CACHE_KIB 262144
#define POLITE_RECORDS_MAX 1000000
#define POLITE_ROWS 20000
#define POLITE_GAP 150000 /* longer than SQLite sleeps between two tries */
#define PROGRESS_ROWS 4096

struct Import {
	Settings *settings;
	OrdersPlan *plan;
	Domains *domains;
	Keys *keys;   /* NULL in a dry run */
	Store *store; /* the same */
	bool dry, again;
};

/* What one file needs while it is imported. */
typedef struct Job {
	Import *import;
	ImportReport report;
	Orders *orders;
	Load *load;
	LoadCounts counts;
	LoadMark mark;
	LoadMark before; /* of an earlier run */
	uint8_t hash[32];
	ImportProgress progress;
	bool polite;
	GError *error;
} Job;

static bool
set_mapping(OrdersPlan *plan, const char *list, GError **error)
{
	g_auto(GStrv) items = g_strsplit_set(list, ",;", -1);

	for (char **item = items; *item != NULL; item++)
		if (*g_strstrip(*item) != '\0' &&
		    !orders_plan_set(plan, *item, error))
			return false;
	return true;
}

OrdersPlan *
import_plan(const Settings *settings, GError **error)
{
	g_autoptr(OrdersPlan) plan = orders_plan_new(
		settings->import_currency,
		(const char *const *)settings->import_rates, error);

	if (plan == NULL) {
		settings_blame(settings, NULL, "import", error);
		return NULL;
	}
	for (char **item = settings->import_mapping; *item != NULL; item++)
		if (!orders_plan_set(plan, *item, error)) {
			g_prefix_error(error, "mapping: ");
			settings_blame(settings, NULL, "import", error);
			return NULL;
		}
	orders_plan_settle(plan);
	return g_steal_pointer(&plan);
}

static bool
make_plan(Import *import, const Options *options, GError **error)
{
	import->plan = import_plan(import->settings, error);
	if (import->plan == NULL)
		return false;
	return options->mapping == NULL ||
	       set_mapping(import->plan, options->mapping, error);
}

static bool
load_domains(Import *import, const Options *options, GError **error)
{
	g_auto(GStrv) dirs = NULL;

	if (import->settings->import_domains == IMPORT_DOMAINS_OFF)
		return true;
	dirs = context_rule_dirs(options, import->settings);
	import->domains = domains_load((const char *const *)dirs, error);
	if (import->domains == NULL)
		g_prefix_error(
			error,
			"[import] domains, unless it is off, needs a list: ");
	return import->domains != NULL;
}

static bool
open_store(Import *import, GError **error)
{
	const StoreOptions options = { .path = import->settings->store_path,
		                       .role = STORE_ADMIN,
		                       .busy_ms = BUSY_MS,
		                       .cache_kib = CACHE_KIB };

	import->keys = site_load_keys(import->settings, error);
	if (import->keys == NULL)
		return false;
	import->store = store_open(&options, error);
	return import->store != NULL &&
	       site_check_keys(import->store, import->keys, error);
}

Import *
import_open(const Options *options, GError **error)
{
	g_autoptr(Import) import = g_new0(Import, 1);

	message_init();
	import->dry = options->dry_run;
	import->again = options->again;
	import->settings = context_settings(options, error);
	if (import->settings == NULL || !make_plan(import, options, error) ||
	    !load_domains(import, options, error) ||
	    (!import->dry && !open_store(import, error)))
		return NULL;
	return g_steal_pointer(&import);
}

void
import_close(Import *import)
{
	if (import == NULL)
		return;
	store_close(import->store);
	keys_free(import->keys);
	domains_free(import->domains);
	orders_plan_free(import->plan);
	settings_free(import->settings);
	g_free(import);
}

static gssize
read_at(void *data, char *buffer, size_t size, uint64_t offset)
{
	int fd = *(int *)data;
	ssize_t n;

	do
		n = pread(fd, buffer, size, (off_t)offset);
	while (n < 0 && errno == EINTR);
	return n;
}

static void
on_bytes(void *data, uint64_t bytes)
{
	Job *job = data;

	import_progress_show(&job->progress, (gint64)bytes);
}

static void
on_wide(void *data, uint64_t line)
{
	Job *job = data;
	OrdersFault fault =
		*orders_reject(job->orders, ORDERS_COLUMN_N, "customer-wide");

	fault.line = line;
	report_fault(&job->report, &fault);
}

static ImportResult
fail(Job *job, ImportResult result)
{
	report_failure(&job->report,
	               job->error ? job->error->message : "failed");
	g_clear_error(&job->error);
	return result;
}

/* The file's own fault is one that comes again with the same file. */
static ImportResult
open_failed(Job *job)
{
	bool own =
		g_error_matches(job->error, ORDERS_ERROR, ORDERS_ERROR_FILE) ||
		g_error_matches(job->error, ORDERS_ERROR, ORDERS_ERROR_MAPPING);

	return fail(job, own ? IMPORT_REFUSED : IMPORT_FAILED);
}

static bool
flush(Job *job, bool done)
{
	job->mark.offset = (int64_t)orders_bytes(job->orders);
	job->mark.records = (int64_t)orders_records(job->orders);
	job->mark.orders = job->before.orders;
	job->mark.rejected = job->before.rejected + job->report.n_rejected;
	job->mark.done = done;
	if (!load_flush(job->load, &job->mark, &job->counts, &job->error))
		return false;
	if (job->polite && !done)
		g_usleep(POLITE_GAP);
	return true;
}

/* A line; false when nothing can go on. */
static bool
take_row(Job *job, const OrdersRow *row)
{
	OrdersColumn column = ORDERS_COLUMN_N;
	const char *code = NULL;

	switch (load_add(job->load, row, &column, &code, &job->error)) {
	case LOAD_TAKEN:
		return true;
	case LOAD_FULL:
		return flush(job, false);
	case LOAD_SUPPRESSED:
		job->report.n_suppressed++;
		return true;
	case LOAD_REJECTED:
		report_fault(&job->report,
		             orders_reject(job->orders, column, code));
		return true;
	case LOAD_FAILED:
		break;
	}
	return false;
}

static bool
take_rows(Job *job)
{
	const OrdersFault *fault = NULL;
	const OrdersRow *row = NULL;

	for (;;) {
		uint64_t n = orders_records(job->orders);

		if (n % PROGRESS_ROWS == 0)
			import_progress_show(&job->progress, (gint64)n);
		switch (orders_next(job->orders, &row, &fault, &job->error)) {
		case ORDERS_ROW:
			if (!take_row(job, row))
				return false;
			break;
		case ORDERS_REJECTED:
			report_fault(&job->report, fault);
			break;
		case ORDERS_END:
			return flush(job, true);
		case ORDERS_FAILED:
			return false;
		}
	}
}

static bool
find_mark(Job *job)
{
	Import *import = job->import;

	if (!import->dry && !load_mark_find(import->store, job->mark.hash,
	                                    &job->before, &job->error))
		return false;
	/* From its beginning; what was taken of it stays taken. */
	if (import->again)
		job->before = (LoadMark){ .orders = job->before.orders };
	return true;
}

static void
be_polite(Job *job, LoadOptions *options)
{
	const char *status = job->import->settings->milter_status_file;

	job->polite =
		orders_summary(job->orders)->records <= POLITE_RECORDS_MAX &&
		g_file_test(status, G_FILE_TEST_EXISTS);
	if (job->polite)
		options->rows_max = POLITE_ROWS;
}

static bool
make_load(Job *job)
{
	Import *import = job->import;
	LoadOptions options = { .settings = import->settings,
		                .public_domains = import->domains,
		                .on_wide = on_wide,
		                .wide_data = job };

	be_polite(job, &options);
	job->load =
		load_new(import->store, import->keys, &options, &job->error);
	return job->load != NULL;
}

static bool
note_import(Job *job)
{
	const AuditEntry entry = { .event = AUDIT_IMPORT,
		                   .n = job->counts.orders };

	return job->import->dry ||
	       audit_record(job->import->store, job->import->keys, &entry,
	                    &job->error);
}

static ImportResult
take_all(Job *job)
{
	const OrdersSummary *summary = orders_summary(job->orders);
	bool good;

	if (job->before.done) {
		report_line(&job->report, " was imported before: nothing to do "
		                          "(--again reads it again)");
		print_set_bool(job->report.value, "imported_before", true);
		return IMPORT_FINE;
	}
	if (job->before.records > 0)
		report_line(
			&job->report, " goes on behind %" G_GINT64_FORMAT " %s",
			job->before.records,
			text_noun(job->before.records, "record", "records"));
	job->progress =
		import_progress_begin("importing", "lines", job->before.records,
	                              (gint64)summary->records);
	good = make_load(job) &&
	       orders_skip(job->orders, (uint64_t)job->before.records,
	                   &job->error) &&
	       take_rows(job) && note_import(job);
	import_progress_end(&job->progress);
	if (!good)
		return fail(job, IMPORT_FAILED);
	report_counts(&job->report,
	              (int64_t)orders_records(job->orders) -
	                      job->before.records,
	              &job->counts);
	return job->report.n_rejected > 0 ? IMPORT_REJECTED : IMPORT_FINE;
}

/* With another key all aliases must be named anew: another import. */
static void
hash_mark(Job *job, const OrdersSummary *summary)
{
	uint64_t id =
		job->import->keys ? (uint64_t)keys_id(job->import->keys) : 0;

	memcpy(job->hash, summary->hash, sizeof(job->hash));
	for (size_t i = 0; i < sizeof(id); i++)
		job->hash[i] ^= (uint8_t)(id >> 8 * i);
	job->mark.hash = job->hash;
}

static ImportResult
import_fd(Job *job, int fd, gint64 size)
{
	const OrdersSource source = { read_at, &fd };
	const OrdersSummary *summary;

	job->progress = import_progress_begin("looking through", NULL, 0, size);
	job->orders = orders_open(&source, job->import->plan, on_bytes, job,
	                          &job->error);
	import_progress_end(&job->progress);
	if (job->orders == NULL)
		return open_failed(job);
	summary = orders_summary(job->orders);
	report_summary(&job->report, summary);
	hash_mark(job, summary);
	job->mark.size = (int64_t)summary->bytes;
	if (!find_mark(job))
		return fail(job, IMPORT_FAILED);
	return take_all(job);
}

/* What stands for an open descriptor, or -1 after an error. */
typedef int OpenSource(const char *path, const char *sql, GError **error);

typedef struct From {
	OpenSource *open;
	const char *path;
	const char *sql;
} From;

static ImportResult
import_from(Import *import, const From *from, ImportSay *say, void *data,
            json_t **ret_report)
{
	g_autofree char *name = print_name(from->path);
	g_autofree char *base = g_path_get_basename(name);
	Job job = { .import = import };
	ImportResult result;
	struct stat st;
	int fd = -1;

	job.mark.name = base;
	report_begin(&job.report, name, import->dry, say, data);
	if (import->dry || site_renew_keys(import->store, import->settings,
	                                   &import->keys, &job.error))
		fd = from->open(from->path, from->sql, &job.error);
	if (fd < 0 || fstat(fd, &st) != 0)
		result = fail(&job, IMPORT_FAILED);
	else
		result = import_fd(&job, fd, st.st_size);
	report_end(&job.report, ret_report);
	load_free(job.load);
	orders_free(job.orders);
	if (fd >= 0)
		close(fd);
	return result;
}

static int
open_plain(const char *path, const char *sql, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;

	(void)sql;
	if (fd < 0) {
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_IO,
		            "the user %s cannot open it: %s", g_get_user_name(),
		            g_strerror(errno));
		return -1;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_IO,
	            "no plain file; a pipe cannot be read twice: write it to "
	            "a file first");
	close(fd);
	return -1;
}

/* A file without a name: it is gone whatever ends this process. */
static int
open_query(const char *path, const char *sql, GError **error)
{
	int fd = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0) {
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_IO,
		            "%s: no room for the rows: %s; set TMPDIR",
		            g_get_tmp_dir(), g_strerror(errno));
		return -1;
	}
	if (query_export(path, sql, fd, error))
		return fd;
	close(fd);
	return -1;
}

ImportResult
import_file(Import *import, const char *path, ImportSay *say, void *data,
            json_t **ret_report)
{
	const From from = { open_plain, path, NULL };

	return import_from(import, &from, say, data, ret_report);
}

ImportResult
import_query(Import *import, const char *path, const char *sql, ImportSay *say,
             void *data, json_t **ret_report)
{
	const From from = { open_query, path, sql };

	return import_from(import, &from, say, data, ret_report);
}
