/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Drafts end before they are purged: one that may lie in a folder of drafts
 * must be removed there first, and only its row tells where it is. An outcome
 * outlives the mails that it was read off, as nobody's.
 */
#include "retention_private.h"
#include "store/drafts.h"

#define DAY INT64_C(86400)

static bool
expire_some(const Purge *purge, int64_t cutoff, int64_t *ret_n, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(purge->store, error);

	return txn != NULL &&
	       drafts_expire(purge->store, cutoff, purge->now, ret_n, error) &&
	       store_commit(txn, error);
}

static bool
expire(const Purge *purge, int64_t cutoff, GError **error)
{
	int64_t n = 1;

	while (n > 0) {
		if (!expire_some(purge, cutoff, &n, error))
			return false;
		purge->result->rows[RETENTION_TEXT] += n;
	}
	return true;
}

static bool
purge_texts(const Purge *purge, GError **error)
{
	static const PurgeStep sent = { SQL_purge_sent, RETENTION_TEXT };
	static const PurgeStep gaps = { SQL_purge_gap, RETENTION_TEXT };
	int64_t cutoff = purge_cutoff_of(purge, RETENTION_TEXT);
	int64_t *sum = &purge->result->rows[RETENTION_TEXT];

	return expire(purge, cutoff, error) &&
	       purge_all(purge, &sent, cutoff, sum, error) &&
	       purge_all(purge, &gaps, cutoff, sum, error);
}

/* Of a draft that ended, quotas ask no more. */
static bool
purge_writers(const Purge *purge, GError **error)
{
	static const PurgeStep writers = { SQL_purge_draft_writer,
		                           RETENTION_TEXT };
	int64_t n = 0;

	return purge_all(purge, &writers, purge->now - DAY, &n, error);
}

static bool
purge_rows(const Purge *purge, const PurgeStep *step, SqlId last_of,
           GError **error)
{
	int64_t last;

	return purge_read_last(purge, last_of, &last, error) &&
	       purge_range(purge, step, last,
	                   purge_cutoff_of(purge, step->class), error);
}

bool
purge_drafts(const Purge *purge, GError **error)
{
	static const PurgeStep texts = { SQL_purge_draft_text, RETENTION_TEXT };
	static const PurgeStep drafts = { SQL_purge_draft, RETENTION_MAIL };
	static const PurgeStep datums = { SQL_purge_datum, RETENTION_MAIL };
	static const PurgeStep outcomes = { SQL_purge_outcome_link,
		                            RETENTION_MAIL };
	static const PurgeStep evidence = { SQL_purge_evidence,
		                            RETENTION_EXAMPLE };
	static const PurgeStep answers = { SQL_purge_answer,
		                           RETENTION_EXAMPLE };

	return purge_texts(purge, error) && purge_writers(purge, error) &&
	       purge_rows(purge, &texts, SQL_purge_last_draft, error) &&
	       purge_rows(purge, &drafts, SQL_purge_last_draft, error) &&
	       purge_rows(purge, &datums, SQL_purge_last_datum, error) &&
	       purge_rows(purge, &outcomes, SQL_purge_last_outcome, error) &&
	       purge_rows(purge, &evidence, SQL_purge_last_evidence, error) &&
	       purge_rows(purge, &answers, SQL_purge_last_answer, error);
}

bool
purge_facts(const Purge *purge, int64_t before, GError **error)
{
	static const PurgeStep outcomes = { SQL_purge_outcome,
		                            RETENTION_CUSTOMER };
	static const PurgeStep days = { SQL_purge_budget, RETENTION_CUSTOMER };
	int64_t *sum = &purge->result->log;

	return purge_all(purge, &outcomes, before, sum, error) &&
	       purge_all(purge, &days, before, sum, error);
}
