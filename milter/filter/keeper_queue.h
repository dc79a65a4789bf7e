/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper_queue - what the keeper has received and not yet written.
 *
 * Owns:    its Letters; a Letter taken is the taker's.
 * Fails:   never; what finds no room is thrown away, the newest first.
 * Threads: any.
 */
#ifndef FILTER_KEEPER_QUEUE_H
#define FILTER_KEEPER_QUEUE_H

#include <glib.h>
#include <stdbool.h>

#include "base/clock.h"
#include "record.h"

/* Beyond it mail goes unrecorded; some 5 MB. */
#define KEEPER_QUEUE_MAX 2048
/* Bytes of their parcels; beyond it mail is recorded without a draft. */
#define KEEPER_PARCELS_MAX 33554432

typedef struct Letter {
	RecordRequest request;
	void *parcel;   /* bytes of request.parcel; NULL: none */
	int reply;      /* descriptor that awaits the answer; -1: none */
	unsigned tries; /* that failed for no fault of the store's */
	bool refused;   /* it is not to leave, and so not kept */
} Letter;

void letter_free(Letter *letter);
/* Sends the answer and closes the descriptor; the sender may have gone. */
void letter_answer(Letter *letter, const RecordAnswer *answer);
/* The same, when there is only this to say. */
void letter_answer_status(Letter *letter, RecordStatus status);

typedef struct KeeperQueue KeeperQueue;

KeeperQueue *keeper_queue_new(void);
void keeper_queue_free(KeeperQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeeperQueue, keeper_queue_free)

/* False, and freed, when there is no room. */
bool keeper_queue_put(KeeperQueue *queue, Letter *letter);
/* Back to the front, in their order; empties the array. */
void keeper_queue_put_back(KeeperQueue *queue, GPtrArray *letters);
/* Takes at most `max`, waiting for the first of them until the deadline. False
 * when there will never be another. */
bool keeper_queue_take(KeeperQueue *queue, unsigned max, Deadline until,
                       GPtrArray *letters);
/* No more will come. */
void keeper_queue_close(KeeperQueue *queue);
bool keeper_queue_is_closed(KeeperQueue *queue);

#endif
