/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In short transactions: some thousand customers or a thousand mails at a time,
 * so that mail waits for none of them. Tables without an index on age are gone
 * through by customer, a range a transaction; one that changes nothing costs no
 * write.
 */
#include "store/retention.h"

#include "retention_private.h"
#include "scrub.h"
#include "store/audit.h"

#define RANGE 20000 /* rows at a time, by their numbers */
#define PAUSE_US 100000

typedef struct Age {
	const char *setting;
	size_t offset; /* in Settings */
} Age;

static const Age ages[RETENTION_N] = {
	[RETENTION_PROFILE] = { "privacy.profile_max_age",
	                        G_STRUCT_OFFSET(Settings,
	                                        privacy_profile_max_age) },
	[RETENTION_MAIL] = { "privacy.mail_max_age",
	                     G_STRUCT_OFFSET(Settings, privacy_mail_max_age) },
	[RETENTION_ORDER] = { "privacy.order_max_age",
	                      G_STRUCT_OFFSET(Settings,
	                                      privacy_order_max_age) },
	[RETENTION_EXAMPLE] = { "privacy.example_max_age",
	                        G_STRUCT_OFFSET(Settings,
	                                        privacy_example_max_age) },
	[RETENTION_TEXT] = { "privacy.draft_text_max_age",
	                     G_STRUCT_OFFSET(Settings,
	                                     privacy_draft_text_max_age) },
};

const char *
retention_setting(RetentionClass class)
{
	return ages[class].setting;
}

const char *
retention_rule(RetentionClass class)
{
	if (ages[class].setting != NULL)
		return "so many days";
	return class == RETENTION_OVERRIDE
	               ? "until the day that was set with it"
	               : "with the last that is kept of the customer";
}

int64_t
retention_seconds(const Settings *settings, RetentionClass class)
{
	if (ages[class].setting == NULL)
		return 0;
	return G_STRUCT_MEMBER(int64_t, settings, ages[class].offset) / 1000;
}

int64_t
retention_due(const Settings *settings, RetentionClass class, int64_t from)
{
	if (from == 0 || class == RETENTION_CUSTOMER)
		return 0;
	return from + retention_seconds(settings, class);
}

static bool
run_step(const Purge *purge, const PurgeStep *step, int64_t from,
         int64_t cutoff, int64_t *ret_n, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(purge->store, error);
	g_autoptr(Statement) delete = NULL;

	if (txn == NULL)
		return false;
	delete = store_statement(purge->store, step->sql);
	statement_bind_int(delete, 1, from);
	statement_bind_int(delete, 2, from + RANGE);
	statement_bind_int(delete, 3, cutoff);
	if (!statement_run(delete, error))
		return false;
	*ret_n = store_changes(purge->store);
	return store_commit(txn, error);
}

/* Again, while another holds a lock and time is left. */
static bool
insist_step(const Purge *purge, const PurgeStep *step, int64_t from,
            int64_t cutoff, int64_t *ret_n, GError **error)
{
	for (;;) {
		g_autoptr(GError) failure = NULL;

		if (run_step(purge, step, from, cutoff, ret_n, &failure))
			return true;
		if (!g_error_matches(failure, STORE_ERROR, STORE_ERROR_BUSY) ||
		    deadline_passed(purge->deadline)) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		g_usleep(PAUSE_US);
	}
}

int64_t
purge_cutoff_of(const Purge *purge, RetentionClass class)
{
	return purge->now - retention_seconds(purge->settings, class);
}

bool
purge_read_last(const Purge *purge, SqlId sql, int64_t *ret_last,
                GError **error)
{
	g_autoptr(Statement) read = store_statement(purge->store, sql);
	StepResult step = statement_step(read, error);

	*ret_last = step == STEP_ROW ? statement_int(read, 0) : 0;
	return step == STEP_ROW;
}

bool
purge_range(const Purge *purge, const PurgeStep *step, int64_t last,
            int64_t cutoff, GError **error)
{
	for (int64_t from = 0; from < last; from += RANGE) {
		int64_t n = 0;

		if (!insist_step(purge, step, from, cutoff, &n, error))
			return false;
		purge->result->rows[step->class] += n;
	}
	return true;
}

bool
purge_all(const Purge *purge, const PurgeStep *step, int64_t cutoff,
          int64_t *sum, GError **error)
{
	int64_t n = 1;

	while (n > 0) {
		if (!insist_step(purge, step, 0, cutoff, &n, error))
			return false;
		*sum += n;
	}
	return true;
}

static bool
purge_mails(const Purge *purge, GError **error)
{
	static const PurgeStep mails = { SQL_purge_mail, RETENTION_MAIL };
	static const PurgeStep refs = { SQL_purge_thread_ref, RETENTION_MAIL };
	static const PurgeStep threads = { SQL_purge_thread, RETENTION_MAIL };
	static const PurgeStep orphans = { SQL_purge_orphan_ref,
		                           RETENTION_MAIL };
	int64_t *sum = &purge->result->rows[RETENTION_MAIL];
	int64_t cutoff = purge_cutoff_of(purge, RETENTION_MAIL), last;

	return purge_read_last(purge, SQL_purge_last_thread, &last, error) &&
	       purge_all(purge, &mails, cutoff, sum, error) &&
	       purge_range(purge, &threads, last, cutoff, error) &&
	       purge_all(purge, &refs, cutoff, sum, error) &&
	       purge_range(purge, &orphans, last, cutoff, error);
}

static bool
mark_refit(Store *store, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	g_autoptr(Statement) mark = NULL;

	if (txn == NULL)
		return false;
	mark = store_statement(store, SQL_erase_refit);
	return statement_run(mark, error) && store_commit(txn, error);
}

static bool
purge_examples(const Purge *purge, GError **error)
{
	static const PurgeStep examples = { SQL_purge_example,
		                            RETENTION_EXAMPLE };
	int64_t *sum = &purge->result->rows[RETENTION_EXAMPLE];

	return purge_all(purge, &examples,
	                 purge_cutoff_of(purge, RETENTION_EXAMPLE), sum,
	                 error) &&
	       (*sum == 0 || mark_refit(purge->store, error));
}

static bool
list_empty(const Purge *purge, int64_t from, GArray *ids, GError **error)
{
	g_autoptr(Statement) list =
		store_statement(purge->store, SQL_purge_empty);
	StepResult step;

	statement_bind_int(list, 1, from);
	statement_bind_int(list, 2, from + RANGE);
	statement_bind_int(list, 3, purge_cutoff_of(purge, RETENTION_PROFILE));
	while ((step = statement_step(list, error)) == STEP_ROW) {
		int64_t id = statement_int(list, 0);

		g_array_append_val(ids, id);
	}
	return step == STEP_DONE;
}

/* Up to a thousand of whom nothing is left but names and numbers. */
static bool
purge_empty(const Purge *purge, int64_t from, int64_t *ret_n, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(purge->store, error);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	ErasureResult result = { 0 };

	if (txn == NULL || !list_empty(purge, from, ids, error))
		return false;
	for (guint i = 0; i < ids->len; i++)
		if (!erase_customer(purge->store,
		                    g_array_index(ids, int64_t, i), &result,
		                    error))
			return false;
	*ret_n = result.rows;
	return store_commit(txn, error);
}

static bool
purge_empties(const Purge *purge, int64_t last, GError **error)
{
	for (int64_t from = 0; from < last; from += RANGE) {
		int64_t n = 1;

		while (n > 0) {
			if (!purge_empty(purge, from, &n, error))
				return false;
			purge->result->rows[RETENTION_CUSTOMER] += n;
		}
	}
	return true;
}

/* In this order: a customer goes when nothing else is left. */
static bool
purge_customers(const Purge *purge, GError **error)
{
	static const PurgeStep profiles = { SQL_purge_profile,
		                            RETENTION_PROFILE };
	static const PurgeStep orders = { SQL_purge_orders, RETENTION_ORDER };
	static const PurgeStep worths = { SQL_purge_worth, RETENTION_ORDER };
	static const PurgeStep overrides = { SQL_purge_override,
		                             RETENTION_OVERRIDE };
	int64_t old = purge_cutoff_of(purge, RETENTION_ORDER), last;
	int64_t *sum = &purge->result->rows[RETENTION_OVERRIDE];

	return purge_read_last(purge, SQL_purge_last_customer, &last, error) &&
	       purge_range(purge, &profiles, last,
	                   purge_cutoff_of(purge, RETENTION_PROFILE), error) &&
	       purge_range(purge, &orders, last, old, error) &&
	       (purge->result->rows[RETENTION_ORDER] == 0 ||
	        purge_range(purge, &worths, last, old, error)) &&
	       purge_all(purge, &overrides, purge->now, sum, error) &&
	       purge_empties(purge, last, error);
}

static bool
purge_trail(const Purge *purge, const Keys *keys, int64_t before,
            GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(purge->store, error);
	int64_t n = 0;

	if (txn == NULL ||
	    !audit_purge(purge->store, keys, before + 1, &n, error) ||
	    !store_commit(txn, error))
		return false;
	purge->result->log += n;
	return true;
}

static bool
purge_log(const Purge *purge, const Keys *keys, GError **error)
{
	static const PurgeStep imports = { SQL_purge_import,
		                           RETENTION_CUSTOMER };
	static const PurgeStep days = { SQL_purge_trust_day,
		                        RETENTION_CUSTOMER };
	int64_t before =
		purge->now - purge->settings->privacy_audit_max_age / 1000;
	int64_t *sum = &purge->result->log;

	return purge_trail(purge, keys, before, error) &&
	       purge_all(purge, &imports, before, sum, error) &&
	       purge_all(purge, &days, before, sum, error) &&
	       purge_facts(purge, before, error);
}

static int64_t
rows_in_all(const RetentionResult *result)
{
	int64_t n = 0;

	for (int i = 0; i < RETENTION_N; i++)
		n += result->rows[i];
	return n;
}

/* Of pages that another program wrote. A reader in the way: the next time. */
static bool
scrub(const Purge *purge, GError **error)
{
	g_autoptr(GError) failure = NULL;

	if (scrub_gaps(purge->store, &purge->result->pages, &failure) ||
	    g_error_matches(failure, STORE_ERROR, STORE_ERROR_BUSY))
		return true;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

static bool
finish(const Purge *purge, const Keys *keys, int64_t wait_ms, GError **error)
{
	RetentionResult *result = purge->result;
	AuditEntry entry = { .event = AUDIT_PURGE, .n = rows_in_all(result) };
	ErasureResult erasure;

	if (entry.n > 0 && !audit_record(purge->store, keys, &entry, error))
		return false;
	if (!erasure_finish(purge->store, keys, MAX(wait_ms, 1), &erasure,
	                    error))
		return false;
	result->pending = erasure.pending;
	return entry.n + result->log == 0 || scrub(purge, error);
}

bool
retention_run(Store *store, const Keys *keys, const Settings *settings,
              int64_t wait_ms, RetentionResult *ret_result, GError **error)
{
	RetentionResult result = { 0 };
	const Purge purge = { .store = store,
		              .settings = settings,
		              .now = clock_wall() / G_USEC_PER_SEC,
		              .deadline = deadline_in(wait_ms),
		              .result = &result };
	int64_t backups = purge.now - settings->privacy_backup_max_age / 1000;
	bool good = purge_drafts(&purge, error) && purge_mails(&purge, error) &&
	            purge_examples(&purge, error) &&
	            purge_customers(&purge, error) &&
	            purge_log(&purge, keys, error) &&
	            erasures_forget(store, backups, &result.decisions, error) &&
	            finish(&purge, keys, wait_ms, error);

	*ret_result = result;
	return good;
}
