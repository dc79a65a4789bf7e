/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/mail - a draft as the mail that would answer the customer, with the
 * mailbox's name, signature, time and way of quoting.
 *
 * The drafter puts it into Drafts; `tact draft` shows it, and sends it when a
 * human says so. Both make the same one.
 *
 * Owns:    what is returned is the caller's; the DraftMail is borrowed.
 * Fails:   as message/reply.h; a signature that cannot be read, with the name
 *          of its file.
 * Threads: any.
 */
#ifndef DRAFTING_MAIL_H
#define DRAFTING_MAIL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"
#include "drafting/sheet.h"
#include "message/material.h"

typedef struct DraftMail {
	const Mailbox *mailbox;
	const Material *material;
	const Sheet *sheet;
	const char *signature;  /* draft_mail_signature() */
	GTimeZone *zone;        /* draft_mail_zone() */
	const char *message_id; /* without <> */
	int64_t at;             /* its Date, unix seconds */
	unsigned warnings;      /* ReplyWarning, to be told in it */
} DraftMail;

GBytes *draft_mail_compose(const DraftMail *mail,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a reviewer must look at. `proven`: the mail proves its From. */
unsigned draft_mail_warnings(const Material *material, bool proven);

/* Of the mailbox: its file's text, else its name; "" for none. */
char *draft_mail_signature(const Mailbox *mailbox,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The mailbox's, the site's, or this host's. */
GTimeZone *draft_mail_zone(const Settings *settings, const Mailbox *mailbox);

#endif
