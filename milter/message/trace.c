/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids are hashed as they stand between their brackets. Only the first field of
 * a name counts, as for clients; a mail that brings two has what it gets.
 *
 * Not the whole mail names one without a Message-ID: each hop adds to the
 * header, and a mail that is delivered again must be the same mail.
 */
#include "message/trace.h"

#include <glib.h>
#include <string.h>

#include "message/automated.h"
#include "message/identity.h"
#include "message/thread.h"
#include "message/words.h"

static TraceHash
hash_end(GChecksum *checksum)
{
	uint8_t digest[32];
	gsize size = sizeof(digest);
	TraceHash hash;

	g_checksum_get_digest(checksum, digest, &size);
	g_checksum_free(checksum);
	memcpy(hash.bytes, digest, sizeof(hash.bytes));
	return hash;
}

static TraceHash
hash_of(const char *text)
{
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);

	g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
	return hash_end(checksum);
}

/* Who is meant by the one address in the one field of that name. */
static char *
field_identity(const Settings *settings, const Headers *headers,
               const char *name)
{
	const char *value = headers_field(headers, name, 0);

	if (value == NULL || headers_field(headers, name, 1) != NULL)
		return NULL;
	return identity_of(settings, value);
}

static void
read_writer(const Settings *settings, const Headers *headers, Trace *trace)
{
	g_autofree char *from = field_identity(settings, headers, "From");
	g_autofree char *reply = field_identity(settings, headers, "Reply-To");

	if (from != NULL && strlen(from) < sizeof(trace->from))
		memcpy(trace->from, from, strlen(from) + 1);
	if (headers_field(headers, "Reply-To", 0) != NULL)
		trace->reply_to_differs = g_strcmp0(from, reply) != 0;
}

/* For mail of our own, which nobody judges: an out-of-office reply is no
 * answer. Helpdesks write list and suppressing fields into what people wrote.
 */
static bool
is_automated(const Headers *headers)
{
	const char *value = headers_field(headers, "Subject", 0);
	g_autofree char *subject = words_decode(value != NULL ? value : "");
	AutomatedInput input = {
		.headers = headers,
		.subject = subject,
	};

	switch (automated_classify(&input)) {
	case AUTOMATED_AUTO_SUBMITTED:
	case AUTOMATED_PRECEDENCE:
	case AUTOMATED_REPORT:
	case AUTOMATED_OUT_OF_OFFICE:
		return true;
	default:
		return false;
	}
}

static void
add_reference(Trace *trace, const char *id)
{
	TraceHash hash = hash_of(id);

	for (unsigned i = 0; i < trace->n_references; i++)
		if (memcmp(&trace->reference[i], &hash, sizeof(hash)) == 0)
			return;
	if (trace->n_references == LIMIT_REFERENCES) {
		/* The root stays, the second oldest goes. */
		memmove(&trace->reference[1], &trace->reference[2],
		        (LIMIT_REFERENCES - 2) * sizeof(hash));
		trace->n_references--;
	}
	trace->reference[trace->n_references++] = hash;
}

static void
read_ids(const char *value, Trace *trace)
{
	const char *end;

	/* Values are cut at LIMIT_HEADER_VALUE, so are these turns. */
	for (; value != NULL && *value != '\0'; value = end + 1) {
		g_autofree char *id = thread_message_id(value);

		if (id != NULL)
			add_reference(trace, id);
		end = strchr(value, '>');
		if (end == NULL)
			return;
	}
}

static void
read_references(const Headers *headers, Trace *trace)
{
	const char *id = headers_field(headers, "Message-ID", 0);
	g_autofree char *own = id != NULL ? thread_message_id(id) : NULL;

	if (own != NULL) {
		trace->has_id = 1;
		trace->id = hash_of(own);
	}
	read_ids(headers_field(headers, "References", 0), trace);
	read_ids(headers_field(headers, "In-Reply-To", 0), trace);
}

static void
add_field(GChecksum *checksum, const Headers *headers, const char *name)
{
	const char *value = headers_field(headers, name, 0);

	if (value != NULL)
		g_checksum_update(checksum, (const guchar *)value,
		                  (gssize)strlen(value));
	g_checksum_update(checksum, (const guchar *)"\n", 1);
}

static TraceHash
hash_content(const Headers *headers, const char *bytes, size_t size)
{
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	size_t body = MIN(headers_body_offset(headers), size);

	add_field(checksum, headers, "Date");
	add_field(checksum, headers, "From");
	g_checksum_update(checksum, (const guchar *)bytes + body,
	                  (gssize)(size - body));
	return hash_end(checksum);
}

void
trace_of(const Settings *settings, const Headers *headers, const char *bytes,
         size_t size, Trace *ret_trace)
{
	memset(ret_trace, 0, sizeof(*ret_trace));
	read_writer(settings, headers, ret_trace);
	ret_trace->automated = is_automated(headers);
	read_references(headers, ret_trace);
	if (!ret_trace->has_id)
		ret_trace->content = hash_content(headers, bytes, size);
}

void
trace_read(const Settings *settings, const char *bytes, size_t size,
           Trace *ret_trace)
{
	g_autoptr(Headers) headers = headers_parse(bytes, size, NULL);

	if (headers != NULL)
		trace_of(settings, headers, bytes, size, ret_trace);
	else
		memset(ret_trace, 0, sizeof(*ret_trace));
}

static bool
writer_is_valid(const char *from)
{
	const char *end = memchr(from, '\0', LIMIT_ADDRESS_BYTES + 1);
	const char *at;

	if (end == NULL)
		return false;
	for (const char *p = from; p < end; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return false;
	at = strrchr(from, '@');
	return end == from || (at != NULL && at > from && at[1] != '\0');
}

bool
trace_is_valid(const Trace *trace)
{
	return trace->has_id <= 1 && trace->reply_to_differs <= 1 &&
	       trace->automated <= 1 &&
	       trace->n_references <= LIMIT_REFERENCES &&
	       writer_is_valid(trace->from);
}

void
trace_text(const TraceHash *hash, char *ret_text)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < TRACE_HASH_BYTES; i++) {
		*ret_text++ = digits[hash->bytes[i] >> 4];
		*ret_text++ = digits[hash->bytes[i] & 15];
	}
	*ret_text = '\0';
}
