/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/deliver_private - the ways of delivery, behind deliver.h.
 *
 * Owns:    a Delivery borrows settings and mailbox; `data` is its kind's.
 * Fails:   DELIVERY_ERROR_*.
 * Threads: one.
 */
#ifndef DRAFTER_DELIVER_PRIVATE_H
#define DRAFTER_DELIVER_PRIVATE_H

#include "deliver.h"

typedef struct DeliveryTask {
	GBytes *mail; /* NULL when it is about to be removed */
	const char *message_id;
	const char *place; /* "": not known */
	bool perhaps_there;
} DeliveryTask;

typedef struct DeliveryKind {
	const char *name;
	/* Are the mailbox's settings enough? */
	bool (*check)(const Mailbox *mailbox, GError **error);
	/* delivery_check(); NULL: nothing can be seen. */
	bool (*probe)(const Mailbox *mailbox, GError **error);
	bool (*deliver)(const Mailbox *mailbox, const DeliveryTask *task,
	                char **ret_place, GError **error);
	/* NULL: cannot take back. */
	bool (*remove)(const Mailbox *mailbox, const DeliveryTask *task,
	               DeliveryRemoval *ret_removal, GError **error);
	/* NULL: cannot. */
	bool (*mark)(const Mailbox *mailbox, const char *source_id,
	             bool *ret_found, GError **error);
} DeliveryKind;

extern const DeliveryKind deliver_queue, deliver_imap, deliver_lmtp,
	deliver_maildir;

/* Logged in to the mailbox's server. */
struct Imap *deliver_imap_open(const Mailbox *mailbox, GError **error);
/* DeliveryKind.mark */
bool deliver_imap_mark(const Mailbox *mailbox, const char *source_id,
                       bool *ret_found, GError **error);

/* DELIVERY_ERROR_SETUP: setting `name` of the mailbox must be set. */
bool deliver_want(const char *name, const char *value,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
