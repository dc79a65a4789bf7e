/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two commits: that the answer was claimed, which counts the tries, and all
 * that it tells. Between them is reading and comparing, without a lock.
 */
#include "outcome.h"

#include "base/log.h"
#include "examples.h"
#include "faults.h"
#include "lesson.h"
#include "outcome_facts.h"
#include "outcome_match.h"

/* One that killed as many drafters is not read any more. */
#define TRIES_MAX 5

static bool
claim(const Office *office, SentTask *ret_task, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	return txn != NULL &&
	       sent_claim(office->store, office_now(), ret_task, error) &&
	       store_commit(txn, error);
}

static Material *
open_material(const Office *office, const SentTask *task)
{
	return task->attempts > TRIES_MAX
	               ? NULL
	               : office_material(office, SEAL_SENT, task->public_id,
	                                 task->material);
}

/* `ret_moved`: the draft's state still allows what was found. */
static bool
close_draft(const Office *office, const SentTask *task, const Match *match,
            bool *ret_moved, GError **error)
{
	const DraftEnd end = { .fate = match->fate,
		               .distance = match->distance,
		               .at = task->at };
	DraftMove move = DRAFT_MOVED;
	bool good =
		match->close == 0 ||
		drafts_close(office->store, match->close, &end, &move, error);

	*ret_moved = move == DRAFT_MOVED;
	return good;
}

static void
tell(const SentTask *task, const Outcome *outcome)
{
	log_info(NULL, EVENT("answer_compared"), STR("id", task->public_id),
	         STR("fate", draft_fate_name((DraftFate)outcome->draft)),
	         INT("distance", outcome->distance),
	         INT("response", outcome->response));
}

static bool
write_all(const Office *office, const SentTask *task, const Material *sent,
          const Match *match, const Outcome *outcome, GError **error)
{
	Store *store = office->store;
	bool done, moved;
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL || !sent_done(store, task, &done, error))
		return false;
	if (!done) /* erased meanwhile: it tells nothing */
		return true;
	if (!close_draft(office, task, match, &moved, error))
		return false;
	if (!moved) /* read it all again */
		return true;
	if (!outcomes_put(store, outcome, error) ||
	    !lesson_learn(office, task, match, sent, error) ||
	    !examples_keep(office, task, match, sent, error))
		return false;
	faults_point("compared");
	if (!store_commit(txn, error))
		return false;
	faults_point("settled");
	tell(task, outcome);
	return true;
}

static bool
work_on(const Office *office, const SentTask *task, GError **error)
{
	g_autoptr(Material) sent = open_material(office, task);
	g_auto(Match) match = { .distance = -1 };
	Outcome outcome;

	if (!facts_read(office, task, &outcome, error) ||
	    !match_find(office, task, sent, outcome.asked_at, &match, error))
		return false;
	outcome.draft = (int)match.fate;
	outcome.distance = match.distance;
	if (match.fate != FATE_NONE) {
		outcome.engine = match.engine;
		outcome.language = match.language;
	}
	return write_all(office, task, sent, &match, &outcome, error);
}

bool
outcome_step(const Office *office, bool *ret_any, GError **error)
{
	g_auto(SentTask) task = { .id = 0 };
	int64_t due;

	*ret_any = false;
	if (!sent_next_due(office->store, &due, error))
		return false;
	if (due == 0 || due > office_now())
		return true;
	if (!claim(office, &task, error))
		return false;
	*ret_any = task.id != 0;
	return !*ret_any || work_on(office, &task, error);
}

bool
outcome_settle(const Office *office, GError **error)
{
	int64_t n = 0;

	do {
		g_autoptr(StoreTxn) txn = store_begin(office->store, error);

		if (txn == NULL ||
		    !outcomes_settle(office->store, office_now(), &n, error) ||
		    !store_commit(txn, error))
			return false;
	} while (n > 0);
	return true;
}
