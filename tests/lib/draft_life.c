/* SPDX-License-Identifier: Apache-2.0 */
#include "draft_life.h"

#include <stdio.h>
#include <string.h>

#include "../../milter/store/db_private.h"
#include "store/drafts.h"

#define DRAFTS DRAFT_LIFE_DRAFTS
#define STEPS DRAFT_LIFE_STEPS
#define NOW INT64_C(1800000000)
#define MARKS 40 /* in a text: some pages */

/* After each step of a draft's life; 0: it is not there yet. */
static const struct step {
	DraftState state;
	bool due, material, text;
} lives[1 + STEPS] = {
	{ DRAFT_STATE_N, false, false, false },
	{ DRAFT_QUEUED, true, true, false },
	{ DRAFT_WORKING, false, true, false },
	{ DRAFT_DRAFTED, true, true, true },
	{ DRAFT_DELIVERING, false, true, true },
	{ DRAFT_DELIVERED, false, true, true },
	{ DRAFT_CLOSED, true, false, false },
	{ DRAFT_CLOSED, false, false, false },
};

/* Which draft the n-th move is of, and which step of it: the first four of one,
 * then what is left of the one before. */
static void
find_move(int n, int *ret_draft, int *ret_step)
{
	int at = 0;

	for (int d = 0; d <= DRAFTS; d++) {
		for (int s = 0; d < DRAFTS && s < 4; s++, at++) {
			*ret_draft = d;
			*ret_step = s;
			if (at == n)
				return;
		}
		for (int s = 4; d > 0 && s < STEPS; s++, at++) {
			*ret_draft = d - 1;
			*ret_step = s;
			if (at == n)
				return;
		}
	}
	g_assert_not_reached();
}

static GBytes *
text_of(const char *kind, int draft)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < MARKS; i++)
		g_string_append_printf(text, "%s-of-draft-%06d;", kind, draft);
	return g_string_free_to_bytes(text);
}

static bool
enqueue(Store *store, int draft, GError **error)
{
	g_autofree char *id = g_strdup_printf("draft%011d", draft);
	g_autoptr(GBytes) material = text_of("material", draft);
	const DraftRequest request = { .public_id = id,
		                       .mail = draft + 1,
		                       .thread = draft + 1,
		                       .mailbox = 1,
		                       .at = NOW,
		                       .language = LANGUAGE_DA,
		                       .facts = "",
		                       .material = material };
	DraftEnqueued enqueued;

	return drafts_enqueue(store, &request, &enqueued, error);
}

static bool
claim(Store *store, int draft, GError **error)
{
	g_auto(DraftTask) task = { 0 };

	if (!drafts_claim(store, NOW, &task, error))
		return false;
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_COMPOSE);
	g_assert_cmpint(task.thread, ==, draft + 1);
	return true;
}

static bool
write_it(Store *store, int draft, DraftMove *ret_move, GError **error)
{
	g_autoptr(GBytes) text = text_of("text", draft);
	const DraftWritten written = { .text = text,
		                       .engine = "template",
		                       .modules = "",
		                       .articles = "",
		                       .checks = "",
		                       .reason = "",
		                       .at = NOW };

	return drafts_write(store, draft + 1, &written, ret_move, error);
}

static bool
move(Store *store, int draft, int step, GError **error)
{
	const DraftEnd end = { .fate = FATE_SENT_AS_IS, .at = NOW };
	DraftMove moved = DRAFT_MOVED;
	bool good = false;

	switch (step) {
	case 0:
		return enqueue(store, draft, error);
	case 1:
		return claim(store, draft, error);
	case 2:
		good = write_it(store, draft, &moved, error);
		break;
	case 3:
		good = drafts_delivering(store, draft + 1, &moved, error);
		break;
	case 4:
		good = drafts_delivered(store, draft + 1, "here", NOW, &moved,
		                        error);
		break;
	case 5:
		good = drafts_close(store, draft + 1, &end, &moved, error);
		break;
	default:
		good = drafts_removed(store, draft + 1, &moved, error);
		break;
	}
	g_assert_true(!good || moved == DRAFT_MOVED);
	return good;
}

/* The n-th move and its number, in one transaction. */
static bool
run_move(Store *store, int n)
{
	g_autofree char *count = g_strdup_printf(
		"INSERT INTO meta VALUES ('workload', '%d') ON CONFLICT"
		" DO UPDATE SET value = excluded.value",
		n + 1);
	g_autoptr(StoreTxn) txn = store_begin(store, NULL);
	int draft, step;

	find_move(n, &draft, &step);
	return txn != NULL && move(store, draft, step, NULL) &&
	       store_exec(store, count, NULL) && store_commit(txn, NULL);
}

Store *
draft_life_open(const FaultRig *rig)
{
	const StoreOptions options = { .path = rig->fixture->path,
		                       .role = STORE_ANY,
		                       .create = true,
		                       .cache_kib = rig->cache_kib,
		                       .vfs = FAULT_VFS };

	return store_open(&options, NULL);
}

int
draft_life_run(const FaultRig *rig, int from)
{
	g_autoptr(Store) store = draft_life_open(rig);
	int n = from;

	while (store != NULL && n < DRAFT_LIFE_MOVES && run_move(store, n))
		n++;
	return n;
}

static int64_t
ask(Store *store, const char *format, int draft)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT coalesce((SELECT %s FROM draft d LEFT JOIN draft_text t"
		" ON t.draft = d.id WHERE d.id = %d), %d)",
		format, draft + 1, DRAFT_STATE_N);
	g_autoptr(GError) error = NULL;
	int64_t value;

	if (!store_read_int(store, sql, &value, &error))
		g_error("%s: %s", sql, error->message);
	return value;
}

static void
check_draft(Store *store, int draft, const struct step *wanted)
{
	g_assert_cmpint(ask(store, "state", draft), ==, wanted->state);
	if (wanted->state == DRAFT_STATE_N)
		return;
	g_assert_cmpint(ask(store, "next_at IS NOT NULL", draft), ==,
	                wanted->due);
	g_assert_cmpint(ask(store, "material IS NOT NULL", draft), ==,
	                wanted->material);
	g_assert_cmpint(ask(store, "text IS NOT NULL", draft), ==,
	                wanted->text);
}

/* Where each draft is after so many moves. */
static void
steps_after(int moves, int steps[DRAFTS])
{
	memset(steps, 0, DRAFTS * sizeof(steps[0]));
	for (int n = 0; n < moves; n++) {
		int draft, step;

		find_move(n, &draft, &step);
		steps[draft] = step + 1;
	}
}

static void
check_bytes(const FaultRig *rig, const char *kind, int draft, bool wanted)
{
	g_autofree char *mark =
		g_strdup_printf("%s-of-draft-%06d;", kind, draft);

	g_assert_cmpint(
		fault_disk_holds(fault_vfs_disk(rig->vfs), mark, strlen(mark)),
		==, wanted);
}

void
draft_life_check(const FaultRig *rig, Store *store, int moves)
{
	int64_t faults;
	int steps[DRAFTS];

	steps_after(moves, steps);
	for (int d = 0; d < DRAFTS; d++) {
		const struct step *wanted = &lives[steps[d]];

		check_draft(store, d, wanted);
		check_bytes(rig, "material", d, wanted->material);
		check_bytes(rig, "text", d, wanted->text);
	}
	g_assert_true(store_read_int(store,
	                             "SELECT count(*) FROM"
	                             " pragma_integrity_check WHERE"
	                             " integrity_check <> 'ok'",
	                             &faults, NULL));
	g_assert_cmpint(faults, ==, 0);
}
