/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lowest idle slot is taken first, so that a quiet filter keeps one warm
 * analyser rather than several cold ones. The condition variable waits on the
 * monotonic clock: a set wall clock must not lengthen a deadline.
 */
#include "pool.h"

#include <glib.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

typedef struct PoolSlot {
	Channel channel;
	bool idle;
} PoolSlot;

struct Pool {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	PoolSlot slot[POOL_SLOTS];
};

Pool *
pool_new(void)
{
	Pool *pool = g_new0(Pool, 1);
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&pool->freed, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

void
pool_free(Pool *pool)
{
	if (pool == NULL)
		return;
	for (unsigned i = 0; i < POOL_SLOTS; i++)
		if (pool->slot[i].idle)
			close(pool->slot[i].channel.socket);
	pthread_cond_destroy(&pool->freed);
	pthread_mutex_destroy(&pool->lock);
	g_free(pool);
}

/* An analyser may have been replaced while a thread still held the channel of
 * the one before: the newer of the two stays. */
static void
put_idle(Pool *pool, const Channel *channel)
{
	PoolSlot *slot = &pool->slot[channel->slot % POOL_SLOTS];
	bool newer = !slot->idle || channel->serial >= slot->channel.serial;
	int unused = -1;

	if (slot->idle)
		unused = newer ? slot->channel.socket : channel->socket;
	if (newer) {
		slot->channel = *channel;
		slot->idle = true;
	}
	if (unused >= 0)
		close(unused);
}

void
pool_give(Pool *pool, const Channel *channel)
{
	pthread_mutex_lock(&pool->lock);
	put_idle(pool, channel);
	pthread_cond_signal(&pool->freed);
	pthread_mutex_unlock(&pool->lock);
}

static PoolSlot *
find_idle(Pool *pool)
{
	for (unsigned i = 0; i < POOL_SLOTS; i++)
		if (pool->slot[i].idle)
			return &pool->slot[i];
	return NULL;
}

static struct timespec
deadline_timespec(Deadline deadline)
{
	return (struct timespec){ .tv_sec = deadline.at / 1000000,
		                  .tv_nsec = deadline.at % 1000000 * 1000 };
}

bool
pool_take(Pool *pool, Deadline deadline, Channel *ret_channel)
{
	struct timespec until = deadline_timespec(deadline);
	PoolSlot *slot;
	int failed = 0;

	pthread_mutex_lock(&pool->lock);
	while ((slot = find_idle(pool)) == NULL && failed == 0)
		failed = pthread_cond_timedwait(&pool->freed, &pool->lock,
		                                &until);
	if (slot != NULL) {
		slot->idle = false;
		*ret_channel = slot->channel;
	}
	pthread_mutex_unlock(&pool->lock);
	return slot != NULL;
}
