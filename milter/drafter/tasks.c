/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every state in which a drafter may die is one that drafts_reset() or the next
 * claim knows what to do with; the order of commit and act is the whole secret:
 *
 *     claim, commit | write the text | commit the text
 *     commit "delivering" | deliver | commit the place
 *
 * Dying before the last commit repeats the act: a text is made again, and a
 * delivery looks first for what an earlier one may have left.
 */
#include "tasks.h"

#include "backoff.h"
#include "base/log.h"
#include "faults.h"

bool
tasks_claim(const Office *office, DraftTask *ret_task, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	return txn != NULL &&
	       drafts_claim(office->store, office_now(), ret_task, error) &&
	       store_commit(txn, error);
}

bool
tasks_fail(const Office *office, const DraftTask *task, const char *reason,
           int64_t seconds, int64_t tries, GError **error)
{
	bool over = seconds < 0 || task->attempts >= tries;
	int64_t wait = seconds > 0 ? seconds
	                           : backoff_seconds(task->attempts, task->id);
	DraftMove move;
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	if (txn == NULL ||
	    !drafts_fail(office->store, task->id, reason,
	                 over ? 0 : office_now() + wait, &move, error) ||
	    !store_commit(txn, error))
		return false;
	if (over)
		log_warning(NULL, EVENT("draft_given_up"),
		            STR("id", task->public_id), STR("why", reason),
		            INT("tries", task->attempts));
	else
		log_info(NULL, EVENT("draft_postponed"),
		         STR("id", task->public_id), STR("why", reason),
		         INT("seconds", wait));
	return true;
}
