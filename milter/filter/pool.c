/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lowest idle slot is taken first, so that a quiet filter keeps one warm
 * analyser rather than several cold ones. Who waits longest is served first: a
 * channel that comes back goes to that thread, not to one that comes by just
 * then, else some mails wait many times as long as others. Condition variables
 * wait on the monotonic clock: a set wall clock must not lengthen a deadline.
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

/* A thread in pool_take(). */
typedef struct Waiter {
	pthread_cond_t came;
	Channel channel;
	bool served; /* has the channel */
} Waiter;

struct Pool {
	pthread_mutex_t lock;
	GQueue waiters; /* Waiter, the first came first */
	PoolSlot slot[POOL_SLOTS];
};

Pool *
pool_new(void)
{
	Pool *pool = g_new0(Pool, 1);

	g_queue_init(&pool->waiters);
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

static bool
take_idle(Pool *pool, Channel *ret_channel)
{
	for (unsigned i = 0; i < POOL_SLOTS; i++)
		if (pool->slot[i].idle) {
			pool->slot[i].idle = false;
			*ret_channel = pool->slot[i].channel;
			return true;
		}
	return false;
}

void
pool_give(Pool *pool, const Channel *channel)
{
	Waiter *first;

	pthread_mutex_lock(&pool->lock);
	put_idle(pool, channel);
	first = g_queue_peek_head(&pool->waiters);
	if (first != NULL && take_idle(pool, &first->channel)) {
		first->served = true;
		g_queue_pop_head(&pool->waiters);
		pthread_cond_signal(&first->came);
	}
	pthread_mutex_unlock(&pool->lock);
}

static struct timespec
deadline_timespec(Deadline deadline)
{
	return (struct timespec){ .tv_sec = deadline.at / 1000000,
		                  .tv_nsec = deadline.at % 1000000 * 1000 };
}

/* Called and left with the lock held. */
static bool
wait_in_line(Pool *pool, Deadline deadline, Channel *ret_channel)
{
	struct timespec until = deadline_timespec(deadline);
	pthread_condattr_t attributes;
	Waiter waiter = { .served = false };
	int failed = 0;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&waiter.came, &attributes);
	pthread_condattr_destroy(&attributes);
	g_queue_push_tail(&pool->waiters, &waiter);
	while (!waiter.served && failed == 0)
		failed = pthread_cond_timedwait(&waiter.came, &pool->lock,
		                                &until);
	if (!waiter.served)
		g_queue_remove(&pool->waiters, &waiter);
	pthread_cond_destroy(&waiter.came);
	*ret_channel = waiter.channel;
	return waiter.served;
}

bool
pool_take(Pool *pool, Deadline deadline, Channel *ret_channel)
{
	bool taken;

	pthread_mutex_lock(&pool->lock);
	taken = take_idle(pool, ret_channel) ||
	        wait_in_line(pool, deadline, ret_channel);
	pthread_mutex_unlock(&pool->lock);
	return taken;
}
