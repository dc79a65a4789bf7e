/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY R-4 for drafts: the power goes at a change of the disk. Then
 * every move that was acknowledged has happened, at most the one under way
 * besides, and of the texts of drafts that ended not a byte is left.
 *
 * TACT_POINTS=1000 for as many cuts, spread over all changes (make soak).
 */
#include <stdio.h>
#include <string.h>

#include "../../../milter/store/db_private.h"
#include "fault_rig.h"
#include "store/drafts.h"

#define DRAFTS 8
#define STEPS 7 /* of a draft */
#define MOVES (DRAFTS * STEPS)
#define POINTS 40
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

static Store *
open_all(const FaultRig *rig)
{
	const StoreOptions options = { .path = rig->fixture->path,
		                       .role = STORE_ANY,
		                       .create = true,
		                       .cache_kib = rig->cache_kib,
		                       .vfs = FAULT_VFS };

	return store_open(&options, NULL);
}

/* Runs until the power goes or all is done: how many were acknowledged. */
static int
run_from(const FaultRig *rig, int from)
{
	g_autoptr(Store) store = open_all(rig);
	int n = from;

	while (store != NULL && n < MOVES && run_move(store, n))
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

static void
check_all(const FaultRig *rig, Store *store, int moves)
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

static unsigned
changes_in_all(int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	unsigned n;

	g_assert_cmpint(run_from(&rig, 0), ==, MOVES);
	n = fault_vfs_changes(rig.vfs);
	fault_rig_clear(&rig);
	return n;
}

/* True when the cut came while the move under way was already committed. */
static bool
cut_at(unsigned at, uint32_t seed, int cache_kib)
{
	FaultRig rig = fault_rig_new(cache_kib);
	Store *store;
	int acknowledged, last;

	fault_vfs_cut_at(rig.vfs, at);
	acknowledged = run_from(&rig, 0);
	g_assert_true(fault_vfs_is_cut(rig.vfs));
	fault_vfs_restart(rig.vfs, seed);
	store = open_all(&rig);
	g_assert_nonnull(store);
	last = workload_last(store);
	g_assert_cmpint(last, >=, acknowledged);
	g_assert_cmpint(last, <=, acknowledged + 1);
	check_all(&rig, store, last);
	store_close(store);
	g_assert_cmpint(run_from(&rig, last), ==, MOVES);
	fault_rig_clear(&rig);
	return last > acknowledged;
}

static void
test_cuts(void)
{
	static const int caches[] = { 2048, 16 };
	unsigned points = fault_rig_wanted("TACT_POINTS", POINTS), ahead = 0;
	unsigned n[G_N_ELEMENTS(caches)];

	for (size_t c = 0; c < G_N_ELEMENTS(caches); c++)
		n[c] = changes_in_all(caches[c]);
	for (unsigned p = 0; p < points; p++) {
		size_t c = p % G_N_ELEMENTS(caches);
		unsigned at = 1 + (unsigned)((uint64_t)p * n[c] / points);

		ahead += cut_at(at, p, caches[c]);
	}
	printf("# %u power cuts in %u and %u changes; %u found the move under "
	       "way already made\n",
	       points, n[0], n[1], ahead);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts-power/R-4-cuts", test_cuts);
	return g_test_run();
}
