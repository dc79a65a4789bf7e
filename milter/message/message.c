/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts a mail together from what its neighbours read: the header (headers.c)
 * decides about trust, the parts (mime.c, body.c) give the text, quote.c says
 * which of it is new.
 */
#include "message/message.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "message/address.h"
#include "message/body.h"
#include "message/charset.h"
#include "message/html.h"
#include "message/mime.h"
#include "message/quote.h"
#include "message/thread.h"
#include "message/words.h"

/* Of a subject; RFC 5322 allows 998, nobody reads more. */
#define SUBJECT_MAX 1000

struct Message {
	Headers *headers;
	Body body;
	QuoteSplit split;
	char *subject;
	char *from;
	char *from_name;
	char *id;
	char *in_reply_to;
	char *thread_key;
	unsigned flags;
	Automated automated;
	AuthVerdict auth;
};

void
message_init(void)
{
	g_mime_init();
	html_init();
	charset_init();
}

void
message_init_names(void)
{
	g_mime_init();
}

/* The text of a raw value, on one line. */
static char *
read_words(const char *value, unsigned *flags)
{
	TextNotes notes = { 0 };
	g_autofree char *decoded = words_decode(value);
	char *text =
		text_sanitise(decoded, strlen(decoded), SUBJECT_MAX, &notes);

	if (notes.invisible > 0)
		*flags |= MESSAGE_INVISIBLES;
	for (char *p = text; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	return g_strstrip(text);
}

static char *
first_id(const Headers *headers, const char *name)
{
	const char *value = headers_field(headers, name, 0);

	return value == NULL ? NULL : thread_message_id(value);
}

/* From, when there is exactly one such field with exactly one address. */
static void
read_from(Message *message)
{
	const char *value = headers_field(message->headers, "From", 0);

	if (value != NULL && headers_field(message->headers, "From", 1) == NULL)
		message->from = address_from_header(value, &message->from_name);
	if (message->from_name == NULL)
		message->from_name = g_strdup("");
}

static void
read_header(Message *message)
{
	const Headers *headers = message->headers;
	const char *subject = headers_field(headers, "Subject", 0);

	message->subject =
		read_words(subject == NULL ? "" : subject, &message->flags);
	message->id = first_id(headers, "Message-ID");
	message->in_reply_to = first_id(headers, "In-Reply-To");
	message->thread_key = thread_key(headers, message->subject);
	read_from(message);
}

static void
cut_new_text(Message *message, size_t max)
{
	char *text = message->split.new_text;
	size_t size = strlen(text);

	if (size <= max)
		return;
	text[text_cut(text, size, max)] = '\0';
	message->flags |= MESSAGE_TRUNCATED;
}

static void
read_body(Message *message, const Mime *mime, size_t text_max)
{
	body_read(mime, &message->body);
	message->flags |= message->body.flags;
	quote_split(message_text(message), &message->split);
	cut_new_text(message, text_max == 0
	                              ? LIMIT_ANALYSE_TEXT
	                              : MIN(text_max, LIMIT_ANALYSE_TEXT));
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

static void
judge(Message *message, const MessageEnvelope *envelope)
{
	AutomatedInput input = {
		.headers = message->headers,
		.subject = message->subject,
		.envelope_sender = envelope->sender,
		.from = message->from,
		.own_addresses = envelope->own_addresses,
		.calendar_only = message->flags & MESSAGE_CALENDAR &&
		                 is_blank(message->body.text),
	};

	message->automated = automated_classify(&input);
	/* Filters repeat the sender's text in what they say (authres.c). */
	if (envelope->sender == NULL || auth_text_is_plain(envelope->sender))
		message->auth = authres_verdict(
			message->headers, envelope->authserv_id, message->from);
}

Message *
message_parse(const char *bytes, size_t size, const MessageEnvelope *envelope,
              GError **error)
{
	static const MessageEnvelope nothing_known = { 0 };
	g_autoptr(Mime) mime = mime_parse(bytes, size, error);
	g_autoptr(Message) message = g_new0(Message, 1);

	if (mime == NULL)
		return NULL;
	message->headers = headers_parse(bytes, size, error);
	if (message->headers == NULL)
		return NULL;
	if (envelope == NULL)
		envelope = &nothing_known;
	read_header(message);
	read_body(message, mime, envelope->text_max);
	judge(message, envelope);
	return g_steal_pointer(&message);
}

void
message_free(Message *message)
{
	if (message == NULL)
		return;
	headers_free(message->headers);
	body_clear(&message->body);
	quote_split_clear(&message->split);
	g_free(message->subject);
	g_free(message->from);
	g_free(message->from_name);
	g_free(message->id);
	g_free(message->in_reply_to);
	g_free(message->thread_key);
	g_free(message);
}

const Headers *
message_headers(const Message *message)
{
	return message->headers;
}

const char *
message_subject(const Message *message)
{
	return message->subject;
}

const char *
message_text(const Message *message)
{
	/* what PGP encrypted is nobody's words, and names no language */
	return message->body.text + message->body.armour;
}

const char *
message_new_text(const Message *message)
{
	return message->split.new_text;
}

const char *
message_signature(const Message *message)
{
	return message->split.signature;
}

const char *
message_quoted(const Message *message)
{
	return message->split.quoted;
}

const char *
message_from(const Message *message)
{
	return message->from;
}

const char *
message_from_name(const Message *message)
{
	return message->from_name;
}

const char *
message_id(const Message *message)
{
	return message->id;
}

const char *
message_in_reply_to(const Message *message)
{
	return message->in_reply_to;
}

const char *
message_thread_key(const Message *message)
{
	return message->thread_key;
}

unsigned
message_flags(const Message *message)
{
	return message->flags;
}

Automated
message_automated(const Message *message)
{
	return message->automated;
}

AuthVerdict
message_auth(const Message *message)
{
	return message->auth;
}

const char *
message_text_type(const Message *message)
{
	return message->body.type;
}

const char *
message_text_charset(const Message *message)
{
	return message->body.charset;
}
