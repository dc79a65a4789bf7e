/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/deliver (private) - a finished draft into the mailbox's Drafts.
 *
 * One Delivery a mailbox: by IMAP, LMTP, Maildir, or nowhere (queue). It holds
 * no connection between calls, reads its secret files at each call, and can be
 * kept as long as the settings live.
 *
 * A delivery is done once: whoever may have asked before (its answer was lost,
 * it was killed) says `perhaps_there`, and what is found by the Message-ID is
 * taken for delivered. Since a try may end without an answer, every try after
 * the first says so.
 *
 * Owns:    Delivery and places are the caller's; the Mailbox is borrowed
 *          and outlives it.
 * Fails:   DELIVERY_ERROR_*. Texts name host, folder and the server's reply,
 *          cut and sanitised; never a password, a token or text of a mail.
 * Threads: one.
 */
#ifndef DRAFTER_DELIVER_H
#define DRAFTER_DELIVER_H

#include <glib.h>
#include <stdbool.h>

#include "base/settings.h"

typedef enum DeliveryError {
	DELIVERY_ERROR_RETRY,   /* network, server busy, deadline: try later */
	DELIVERY_ERROR_REFUSED, /* the server said no for good: this draft has
	                         * no place there (over quota, too big) */
	DELIVERY_ERROR_SETUP,   /* login, certificate, folder, setting: somebody
	                         * must mend something; try seldom */
} DeliveryError;

#define DELIVERY_ERROR (delivery_error_quark())
GQuark delivery_error_quark(void);

typedef enum DeliveryRemoval {
	DELIVERY_REMOVED, /* it lay there untouched, and is gone */
	DELIVERY_GONE,    /* somebody sent or deleted it */
	DELIVERY_TOUCHED, /* it is not as we put it, and left alone */
	DELIVERY_UNABLE,  /* this way of delivery cannot take back */
} DeliveryRemoval;

/* How long one call may take in all, and how big a draft may be. */
#define DELIVERY_TIME_MAX 60000 /* ms */
#define DELIVERY_MAIL_MAX 1048576

typedef struct Delivery Delivery;

/* Of `mailbox`, by its settings; DELIVERY_ERROR_SETUP says what is missing. The
 * caller names the mailbox. */
Delivery *delivery_new(const Mailbox *mailbox,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void delivery_free(Delivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Delivery, delivery_free)

/* Is there what can be seen from here, without a connection? */
bool delivery_check(const Delivery *delivery,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Puts `mail` (CRLF, as reply_compose() makes it, Message-ID `message_id`
 * without <>) into Drafts, \Draft set and \Seen not. `ret_place`: one line of
 * ASCII for drafts_delivered() and delivery_remove_untouched(); "queue" when
 * the mailbox delivers nowhere.
 */
bool delivery_deliver(const Delivery *delivery, GBytes *mail,
                      const char *message_id, bool perhaps_there,
                      char **ret_place,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes back what delivery_deliver() put at `place`, only if it is still the
 * very same message, of the same size. `place` "": a delivery of which the
 * answer was lost, and which may have landed; the draft is looked for by its
 * Message-ID, and goes only if it is there once and nobody has read it. */
bool delivery_remove_untouched(const Delivery *delivery, const char *place,
                               const char *message_id,
                               DeliveryRemoval *ret_removal,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the keyword $SupportDrafted on the customer's mail, where the mailbox
 * names a folder for that. `source_id`: its Message-ID, a stranger's words; one
 * that is none is not looked for. */
bool delivery_mark_source(const Delivery *delivery, const char *source_id,
                          bool *ret_found,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "imap", "lmtp", "maildir" or "queue": for logs. */
const char *delivery_kind(const Delivery *delivery);

#endif
