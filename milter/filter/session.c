/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Mail is part of the Session and its buffer is used again, so that a mail
 * of usual size allocates nothing: libmilter's threads would each keep an
 * arena of what they freed. A large buffer is given back.
 */
#include "session.h"

#include <string.h>

#include "collect.h"
#include "store/objection.h"

/* Buffers up to this size stay with the session. */
#define BUFFER_KEPT ((size_t)64 * 1024)

Session *
session_new(Filter *filter)
{
	Session *session = g_new0(Session, 1);

	session->buffer.max =
		(size_t)filter->snapshot->settings->analysis_bytes_max;
	session->keeps = filter->keeper >= 0;
	atomic_fetch_add(&filter->score->sessions, 1);
	return session;
}

void
session_free(Filter *filter, Session *session)
{
	if (session == NULL)
		return;
	mail_end(session);
	buffer_clear(&session->buffer);
	g_free(session);
	atomic_fetch_sub(&filter->score->sessions, 1);
}

/* The address in a path of SMTP, <a@b>; false when it is too long. */
static bool
copy_path(char *to, size_t size, const char *path)
{
	size_t length = strlen(path);

	if (length >= 2 && path[0] == '<' && path[length - 1] == '>') {
		path++;
		length -= 2;
	}
	if (length >= size)
		return false;
	memcpy(to, path, length);
	to[length] = '\0';
	return true;
}

void
mail_begin(Filter *filter, Session *session, const char *sender, bool known)
{
	Mail *mail = &session->mail;
	const Settings *settings = filter->snapshot->settings;

	mail_end(session);
	mail->begun = true;
	score_count(filter->score, COUNTER_mails);
	mail->sender_known =
		copy_path(mail->sender, sizeof(mail->sender), sender);
	if (mail->sender_known && mail->sender[0] != '\0') {
		mail->from = settings_mailbox(settings, mail->sender);
		route_sender(&mail->envelope, mail->from);
	}
	mail->envelope.inside = known || session->inside;
}

void
mail_end(Session *session)
{
	Buffer *buffer = &session->buffer;

	forged_free(session->mail.forged);
	memset(&session->mail, 0, sizeof(session->mail));
	if (buffer->capacity > BUFFER_KEPT)
		buffer_clear(buffer);
	buffer->size = 0;
	buffer->full = false;
}

/* The first that it is to; one that has drafts before others. */
static void
note_mailbox(Mail *mail, const Mailbox *mailbox)
{
	RouteEnvelope *envelope = &mail->envelope;
	bool to_ours = envelope->to_tagged || envelope->to_shadowed;
	RouteEnvelope one = { 0 };

	route_recipient(envelope, mailbox);
	route_recipient(&one, mailbox);
	if (!one.to_tagged && !one.to_shadowed)
		return;
	if (!to_ours || (mailbox->mailbox_mode == MAILBOX_MODE_DRAFT &&
	                 !mail_has_drafts(mail)))
		mail->mailbox = mailbox;
}

void
mail_recipient(const Filter *filter, Session *session, const char *recipient)
{
	Mail *mail = &session->mail;
	const Settings *settings = filter->snapshot->settings;
	const Mailbox *mailbox = settings_mailbox(settings, recipient);

	mail->recipients++;
	note_mailbox(mail, mailbox);
	if (filter->keeper >= 0 && mailbox != NULL &&
	    strchr(recipient, '+') != NULL &&
	    objection_is_asked(settings, recipient))
		copy_path(mail->objection, sizeof(mail->objection), recipient);
}

bool
mail_has_drafts(const Mail *mail)
{
	return mail->mailbox != NULL &&
	       mail->mailbox->mailbox_mode == MAILBOX_MODE_DRAFT;
}

Route
mail_route(Session *session)
{
	Mail *mail = &session->mail;

	/* Where nothing can be changed, nothing needs to be known. */
	if (mail->routed)
		return mail->route;
	mail->route =
		session->can_edit ? route_of(&mail->envelope) : ROUTE_PASS;
	if (mail->route == ROUTE_OUTBOUND)
		mail->mailbox = mail->from;
	mail->routed = true;
	return mail->route;
}
