/* SPDX-License-Identifier: Apache-2.0 */
#include "keeper_queue.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct KeeperQueue {
	pthread_mutex_t lock;
	pthread_cond_t came;
	GQueue letters;
	size_t bytes; /* of their parcels */
	bool closed;
};

void
letter_free(Letter *letter)
{
	if (letter == NULL)
		return;
	if (letter->reply >= 0)
		close(letter->reply);
	g_free(letter->parcel);
	g_free(letter);
}

void
letter_answer(Letter *letter, const RecordAnswer *answer)
{
	if (letter->reply < 0)
		return;
	(void)send(letter->reply, answer, sizeof(*answer),
	           MSG_NOSIGNAL | MSG_DONTWAIT);
	close(letter->reply);
	letter->reply = -1;
}

void
letter_answer_status(Letter *letter, RecordStatus status)
{
	RecordAnswer answer;

	if (letter->reply < 0)
		return;
	record_answer_init(&answer, status, NULL);
	letter_answer(letter, &answer);
}

static size_t
parcel_size(const Letter *letter)
{
	return letter->parcel != NULL ? letter->request.parcel.size : 0;
}

static void
drop_parcel(Letter *letter)
{
	g_clear_pointer(&letter->parcel, g_free);
	letter->request.parcel.size = 0;
}

static void
push(KeeperQueue *queue, Letter *letter, bool head)
{
	if (queue->bytes + parcel_size(letter) > KEEPER_PARCELS_MAX)
		drop_parcel(letter);
	queue->bytes += parcel_size(letter);
	if (head)
		g_queue_push_head(&queue->letters, letter);
	else
		g_queue_push_tail(&queue->letters, letter);
}

static Letter *
pop(KeeperQueue *queue, bool head)
{
	Letter *letter = head ? g_queue_pop_head(&queue->letters)
	                      : g_queue_pop_tail(&queue->letters);

	queue->bytes -= parcel_size(letter);
	return letter;
}

KeeperQueue *
keeper_queue_new(void)
{
	KeeperQueue *queue = g_new0(KeeperQueue, 1);
	pthread_condattr_t attributes;

	pthread_mutex_init(&queue->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&queue->came, &attributes);
	pthread_condattr_destroy(&attributes);
	g_queue_init(&queue->letters);
	return queue;
}

void
keeper_queue_free(KeeperQueue *queue)
{
	if (queue == NULL)
		return;
	g_queue_clear_full(&queue->letters, (GDestroyNotify)letter_free);
	pthread_cond_destroy(&queue->came);
	pthread_mutex_destroy(&queue->lock);
	g_free(queue);
}

bool
keeper_queue_put(KeeperQueue *queue, Letter *letter)
{
	bool room;

	pthread_mutex_lock(&queue->lock);
	room = queue->letters.length < KEEPER_QUEUE_MAX;
	if (room)
		push(queue, letter, false);
	pthread_cond_signal(&queue->came);
	pthread_mutex_unlock(&queue->lock);
	if (!room)
		letter_free(letter);
	return room;
}

void
keeper_queue_put_back(KeeperQueue *queue, GPtrArray *letters)
{
	pthread_mutex_lock(&queue->lock);
	while (letters->len > 0)
		push(queue, g_ptr_array_steal_index(letters, letters->len - 1),
		     true);
	while (queue->letters.length > KEEPER_QUEUE_MAX)
		letter_free(pop(queue, false));
	pthread_mutex_unlock(&queue->lock);
}

bool
keeper_queue_take(KeeperQueue *queue, unsigned max, Deadline until,
                  GPtrArray *letters)
{
	struct timespec time = { .tv_sec = until.at / 1000000,
		                 .tv_nsec = until.at % 1000000 * 1000 };
	int failed = 0;
	bool over;

	pthread_mutex_lock(&queue->lock);
	while (queue->letters.length == 0 && !queue->closed && failed == 0)
		failed = pthread_cond_timedwait(&queue->came, &queue->lock,
		                                &time);
	over = queue->closed && queue->letters.length == 0;
	while (queue->letters.length > 0 && letters->len < max)
		g_ptr_array_add(letters, pop(queue, true));
	pthread_mutex_unlock(&queue->lock);
	return !over;
}

void
keeper_queue_close(KeeperQueue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->closed = true;
	pthread_cond_signal(&queue->came);
	pthread_mutex_unlock(&queue->lock);
}

bool
keeper_queue_is_closed(KeeperQueue *queue)
{
	bool closed;

	pthread_mutex_lock(&queue->lock);
	closed = queue->closed;
	pthread_mutex_unlock(&queue->lock);
	return closed;
}
