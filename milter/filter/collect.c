/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MTA takes one blank after the colon away and passes line breaks within a
 * value as \n. Written back as "Name: value\r\n", the mail reads as the MTA
 * read it; a line break that no blank follows, which no MTA sends, gets one,
 * so that a value can never become a field of its own.
 */
#include "collect.h"

#include <glib.h>
#include <string.h>

#define BUFFER_FIRST ((size_t)16 * 1024)

static void
buffer_grow(Buffer *buffer, size_t needed)
{
	size_t capacity = MAX(buffer->capacity, BUFFER_FIRST);

	while (capacity < needed)
		capacity *= 2;
	buffer->capacity = MIN(capacity, MAX(buffer->max, BUFFER_FIRST));
	buffer->bytes = g_realloc(buffer->bytes, buffer->capacity);
}

void
buffer_append(Buffer *buffer, const char *bytes, size_t size)
{
	size_t room = buffer->max - buffer->size;

	if (size > room) {
		buffer->full = true;
		size = room;
	}
	if (size == 0)
		return;
	if (buffer->size + size > buffer->capacity)
		buffer_grow(buffer, buffer->size + size);
	memcpy(buffer->bytes + buffer->size, bytes, size);
	buffer->size += size;
}

void
buffer_clear(Buffer *buffer)
{
	g_free(buffer->bytes);
	buffer->bytes = NULL;
	buffer->size = 0;
	buffer->capacity = 0;
	buffer->full = false;
}

static void
append_value(Buffer *buffer, const char *value)
{
	const char *newline;

	while ((newline = strchr(value, '\n')) != NULL) {
		buffer_append(buffer, value, (size_t)(newline - value) + 1);
		value = newline + 1;
		if (*value != ' ' && *value != '\t')
			buffer_append(buffer, "\t", 1);
	}
	buffer_append(buffer, value, strlen(value));
}

static void
note_own(Mail *mail, const char *name)
{
	if (mail->forged == NULL)
		mail->forged = forged_new();
	if (!forged_note(mail->forged, name))
		mail->overflow = true;
}

bool
collect_wants_body(Session *session)
{
	Route route = mail_route(session);

	return route == ROUTE_TAG || route == ROUTE_SHADOW ||
	       (route == ROUTE_OUTBOUND && session->keeps &&
	        mail_has_drafts(&session->mail));
}

/* Of mail that goes out, what it answers stands in the header. */
static bool
wants_header(Session *session)
{
	return collect_wants_body(session) ||
	       (session->keeps && mail_route(session) == ROUTE_OUTBOUND);
}

void
collect_header(Session *session, const char *name, const char *value)
{
	Mail *mail = &session->mail;

	if (mail_route(session) == ROUTE_PASS)
		return;
	mail->size += strlen(name) + strlen(value) + 4;
	if (edits_is_own_header(name)) {
		/* The analyser sees none of them: they are not there. */
		note_own(mail, name);
		return;
	}
	if (!wants_header(session))
		return;
	buffer_append(&session->buffer, name, strlen(name));
	buffer_append(&session->buffer, ": ", 2);
	append_value(&session->buffer, value);
	buffer_append(&session->buffer, "\r\n", 2);
}

bool
collect_body(Session *session, const char *chunk, size_t size)
{
	Mail *mail = &session->mail;

	if (!collect_wants_body(session))
		return false;
	if (!mail->header_ended)
		buffer_append(&session->buffer, "\r\n", 2);
	mail->header_ended = true;
	mail->size += size;
	buffer_append(&session->buffer, chunk, size);
	return session->buffer.size < session->buffer.max;
}
