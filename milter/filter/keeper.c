/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two threads. One takes requests off the socket at once, so that a filter
 * never waits to be heard; the other takes all that has gathered while it wrote
 * the last group, and writes it as the next: the busier, the larger a group,
 * and the cheaper a mail.
 *
 * While the store cannot be written, requests are answered at once and kept, as
 * many as there is room for, until it can be again.
 */
#include "keeper.h"

#include <pthread.h>
#include <unistd.h>

#include "base/log.h"
#include "keeper_file.h"
#include "keeper_group.h"
#include "keeper_queue.h"
#include "landlock.h"
#include "passing.h"
#include "store/erasure.h"
#include "store/site.h"

#define IDLE_MS 1000 /* how often the file is looked at with nothing to do */
#define GATHER_MAX_US INT64_C(2000)
#define RETRY_US 1000000 /* while it cannot be written */
/* A group that fails so often although the store can be written goes in
 * pieces; a mail that does, not at all. */
#define TRIES_MAX 3

typedef struct Keeper {
	const Snapshot *snapshot;
	Scoreboard *board;
	int socket;
	KeeperQueue *queue;
	KeeperFile file;
	KeeperGuard *guard;
	_Atomic bool down;
	unsigned last;      /* letters of the last group */
	int64_t last_us;    /* it took, waiting not counted */
	unsigned group_max; /* 1 after a group that could not be written */
} Keeper;

bool
keeper_check(const Settings *settings, GError **error)
{
	g_autofree char *folder = NULL;
	g_autoptr(SealPublic) seal = NULL;
	g_autoptr(Keys) keys = NULL;

	if (!site_has_store(settings))
		return true;
	keys = site_load_keys(settings, error);
	if (keys == NULL || !settings_have_drafts(settings))
		return keys != NULL;
	folder = site_key_directory(settings);
	seal = seal_public_load(folder, error);
	return seal != NULL;
}

/* -------------------------------------------------------------- receiving */

/* What a filter sends: a request, and the bytes of its parcel. */
typedef struct Datagram {
	RecordRequest request;
	char parcel[MATERIAL_BYTES_MAX];
} Datagram;

static bool
is_valid(const Snapshot *snapshot, const Datagram *datagram, size_t size)
{
	const RecordRequest *request = &datagram->request;

	return size >= sizeof(*request) &&
	       record_request_is_valid(request, snapshot->settings,
	                               snapshot->rules) &&
	       size == sizeof(*request) + request->parcel.size;
}

static void
receive(Keeper *keeper, const Datagram *datagram, size_t size, int reply)
{
	const RecordRequest *request = &datagram->request;
	Letter *letter;

	if (!is_valid(keeper->snapshot, datagram, size)) {
		log_error(NULL, EVENT("internal"),
		          STR("what", "a filter's request is not valid"));
		if (reply >= 0)
			close(reply);
		return;
	}
	letter = g_new0(Letter, 1);
	letter->request = *request;
	if (request->parcel.size > 0)
		letter->parcel =
			g_memdup2(datagram->parcel, request->parcel.size);
	letter->reply = reply;
	if (atomic_load(&keeper->down))
		letter_answer_status(letter, RECORD_UNAVAILABLE);
	(void)keeper_queue_put(keeper->queue, letter);
}

static void *
receiver(void *data)
{
	Keeper *keeper = data;
	g_autofree Datagram *datagram = g_new0(Datagram, 1);
	PassingResult result;
	size_t size;
	int reply;

	do {
		result = passing_receive_some(keeper->socket, datagram,
		                              sizeof(*datagram), &size, &reply);
		if (result == PASSING_DONE)
			receive(keeper, datagram, size, reply);
	} while (result != PASSING_GONE);
	keeper_queue_close(keeper->queue);
	return NULL;
}

/* ---------------------------------------------------------------- writing */

/* A mail that can never be written must not keep others from it. */
static void
count_tries(GPtrArray *letters)
{
	for (unsigned i = 0; i < letters->len; i++) {
		Letter *letter = letters->pdata[i];

		if (++letter->tries >= TRIES_MAX && letters->len == 1)
			g_ptr_array_remove_index(letters, i);
	}
}

/* Faults that the store is not to blame for, and the group may be. */
static bool
is_blameless(HealthCause cause)
{
	return cause == HEALTH_IO;
}

static void
fail(Keeper *keeper, GPtrArray *letters, const GError *error, bool wrote)
{
	HealthCause cause = health_cause_of(error);

	atomic_store(&keeper->down, true);
	health_failed(&keeper->board->health, cause, error->message);
	for (unsigned i = 0; i < letters->len; i++)
		letter_answer_status(letters->pdata[i], RECORD_UNAVAILABLE);
	if (wrote && is_blameless(cause)) {
		keeper->group_max = 1;
		count_tries(letters);
	}
	keeper_queue_put_back(keeper->queue, letters);
	keeper_file_close(&keeper->file);
	/* The next keeper can; what waits here was answered, and is lost. */
	if (landlock_is_stale(keeper->snapshot->settings))
		_exit(1);
}

static void
succeed(Keeper *keeper, const GPtrArray *letters)
{
	ScoreSlot *past = &keeper->board->past;

	atomic_store(&keeper->down, false);
	health_recovered(&keeper->board->health);
	keeper->group_max =
		(unsigned)keeper->snapshot->settings->store_group_max;
	if (letters->len > 0)
		score_count(past, COUNTER_store_groups);
}

/* What tact privacy could not end because of a reader in its way. */
static void
end_erasures(const KeeperFile *file)
{
	ErasureResult result;
	bool ended = erasure_finish(file->store, file->keys, 0, &result, NULL);

	(void)ended; /* else with the next group, or in a second */
}

static bool
write_letters(Keeper *keeper, GPtrArray *letters, GError **error)
{
	const KeeperSite site = { .store = keeper->file.store,
		                  .snapshot = keeper->snapshot,
		                  .keys = keeper->file.keys,
		                  .seal = keeper->file.seal };

	return letters->len == 0 ||
	       keeper_group_write(&site, keeper->guard, letters, error);
}

static bool
write_group(Keeper *keeper, GPtrArray *letters)
{
	g_autoptr(GError) error = NULL;
	int64_t start = clock_monotonic();
	bool ready = keeper_file_ready(&keeper->file, &error);

	if (ready && write_letters(keeper, letters, &error)) {
		keeper->last_us = clock_monotonic() - start;
		succeed(keeper, letters);
		end_erasures(&keeper->file);
		return true;
	}
	fail(keeper, letters, error, ready);
	return false;
}

/* Those whom the last group answered are about to send their next mail: a
 * moment's wait makes one commit of two. Who is alone does not wait, and nobody
 * longer than is little beside a commit: the slower the disk, the more that
 * saves. */
static void
gather(Keeper *keeper, GPtrArray *letters)
{
	unsigned expected = MIN(2 * keeper->last, keeper->group_max);
	int64_t wait = MIN(keeper->last_us / 4, GATHER_MAX_US);
	Deadline until = { .at = clock_monotonic() + wait };

	while (keeper->last > 1 && letters->len > 0 &&
	       letters->len < expected && !deadline_passed(until) &&
	       keeper_queue_take(keeper->queue, keeper->group_max, until,
	                         letters))
		;
	keeper->last = letters->len;
}

static bool
take_group(Keeper *keeper, GPtrArray *letters)
{
	bool more;

	/* What waits is not tried without a break. */
	if (atomic_load(&keeper->down))
		g_usleep(RETRY_US);
	more = keeper_queue_take(keeper->queue, keeper->group_max,
	                         deadline_in(IDLE_MS), letters);
	gather(keeper, letters);
	return more;
}

static void
write_all(Keeper *keeper)
{
	g_autoptr(GPtrArray) letters =
		g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);

	while (take_group(keeper, letters)) {
		if (!write_group(keeper, letters) &&
		    keeper_queue_is_closed(keeper->queue))
			break;
		g_ptr_array_set_size(letters, 0);
	}
}

_Noreturn void
keeper_run(const Snapshot *snapshot, Scoreboard *board, int socket)
{
	Keeper keeper = { .snapshot = snapshot,
		          .board = board,
		          .socket = socket,
		          .queue = keeper_queue_new(),
		          .file = { .settings = snapshot->settings },
		          .guard = keeper_guard_new(),
		          .group_max = 1 };
	pthread_t thread;

	if (pthread_create(&thread, NULL, receiver, &keeper) != 0)
		_exit(1);
	write_all(&keeper);
	pthread_join(thread, NULL);
	keeper_file_close(&keeper.file);
	_exit(0);
}
