/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The header is written field by field rather than by GMime's message writer:
 * that one folds and encodes what it is given by rules of its own, and hangs on
 * some boundaries (gmime issue 165). GMime formats the date and encodes the
 * body. What is checked (addresses, ids) cannot hold a line end; what is text
 * is encoded or put on one line by header_write.
 */
#include "message/reply.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/text.h"
#include "flowed_write.h"
#include "header_write.h"
#include "message/address.h"
#include "message/material.h"
#include "message/message.h"
#include "message/thread.h"
#include "reply_words.h"

#define REFERENCES_READ_MAX 100
#define DISPLAY_MAX 100
/* 7bit lines of this length are still well below SMTP's 998 octets. */
#define LINE_MAX_BYTES 900

static bool
check_address(const char *what, const char *address, GError **error)
{
	g_autofree char *read = address_from_header(address, NULL);

	if (read != NULL && text_is_printable_ascii(address) &&
	    strcmp(read, address) == 0)
		return true;
	g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_SYNTAX,
	            "%s is not an address that a header can hold", what);
	return false;
}

/* Without <>; NULL when it is not exactly one. */
static char *
read_id(const char *id)
{
	g_autofree char *bracketed = NULL;
	g_autofree char *read = NULL;

	if (id == NULL || *id == '\0')
		return NULL;
	bracketed = *id == '<' ? g_strdup(id) : g_strdup_printf("<%s>", id);
	read = thread_message_id(bracketed);
	if (read == NULL || strlen(read) + 2 != strlen(bracketed))
		return NULL;
	return g_steal_pointer(&read);
}

static bool
check_input(const ReplyInput *input, GError **error)
{
	g_autofree char *id = read_id(input->message_id);

	if (!check_address("the mailbox's address", input->from, error) ||
	    !check_address("the customer's address", input->to, error))
		return false;
	if (id != NULL && strcmp(id, input->message_id) == 0)
		return true;
	g_set_error_literal(error, MESSAGE_ERROR, MESSAGE_ERROR_SYNTAX,
	                    "the reply's Message-ID cannot stand in a header");
	return false;
}

/* ------------------------------------------------------------- header */

char *
reply_message_id(const char *public_id, const char *mailbox)
{
	return g_strdup_printf("tact.%s@%s", public_id,
	                       address_domain(mailbox));
}

/* Blanks that stood within a mark are one only after a first look. */
static char *
bare_subject(const char *subject)
{
	g_autofree char *bare = thread_bare_subject(subject);
	g_autofree char *barer = thread_bare_subject(bare);

	while (strcmp(bare, barer) != 0) {
		g_free(bare);
		bare = g_steal_pointer(&barer);
		barer = thread_bare_subject(bare);
	}
	return g_steal_pointer(&bare);
}

/* A mark of ours in a stranger's subject would keep every answer to it from
 * being sent. */
static void
defuse_marks(char *text)
{
	while ((text = strstr(text, MATERIAL_CHECK)) != NULL)
		*text = '(';
}

char *
reply_subject(const char *subject, const char *language, ReplyPrefix prefix)
{
	const char *text = subject != NULL ? subject : "";
	g_autofree char *safe =
		text_sanitise(text, strlen(text), REPLY_SUBJECT_MAX, NULL);
	g_autofree char *bare = bare_subject(safe);
	const char *mark = prefix == REPLY_PREFIX_LOCALISED
	                           ? reply_words_mark(language)
	                           : "Re";

	defuse_marks(bare);
	return g_strdup_printf("%s: %s", mark, bare);
}

static bool
holds(const GPtrArray *ids, const char *id)
{
	for (guint i = 0; i < ids->len; i++)
		if (strcmp(ids->pdata[i], id) == 0)
			return true;
	return false;
}

/* Each once, and not the parent. */
static GPtrArray *
read_references(const char *const *references, const char *parent)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; references != NULL && references[i] != NULL &&
	                   i < REFERENCES_READ_MAX;
	     i++) {
		g_autofree char *id = read_id(references[i]);

		if (id != NULL && strcmp(id, parent) != 0 && !holds(ids, id))
			g_ptr_array_add(ids, g_steal_pointer(&id));
	}
	return ids;
}

/* RFC 5322 3.6.4: those of the mail, then the mail itself. Of too many the
 * first stays, which names the thread, and the newest (RFC 5537 3.4.4). */
static void
write_thread(GString *out, const ReplyInput *input)
{
	g_autofree char *parent = read_id(input->parent_id);
	g_autoptr(GPtrArray) ids = NULL;

	if (parent == NULL)
		return;
	ids = read_references(input->references, parent);
	header_write_ids(out, "In-Reply-To", (const char *const *)&parent, 1);
	g_ptr_array_add(ids, g_steal_pointer(&parent));
	if (ids->len > REPLY_REFERENCES_MAX)
		g_ptr_array_remove_range(ids, 1,
		                         ids->len - REPLY_REFERENCES_MAX);
	header_write_ids(out, "References", (const char *const *)ids->pdata,
	                 ids->len);
}

/* NULL for none, and for one that could be taken for another address. */
static char *
display_name(const char *name)
{
	if (name == NULL || strchr(name, '@') != NULL)
		return NULL;
	return text_sanitise(name, strlen(name), DISPLAY_MAX, NULL);
}

static void
write_header(GString *out, const ReplyInput *input)
{
	g_autofree char *date = g_mime_utils_header_format_date(input->date);
	g_autofree char *from_name = display_name(input->from_name);
	g_autofree char *to_name = display_name(input->to_name);
	g_autofree char *subject =
		reply_subject(input->subject, input->language, input->prefix);

	header_write_text(out, "Date", date);
	header_write_address(out, "From", from_name, input->from);
	header_write_address(out, "To", to_name, input->to);
	header_write_text(out, "Subject", subject);
	header_write_ids(out, "Message-ID", &input->message_id, 1);
	write_thread(out, input);
	g_string_append(out, "MIME-Version: 1.0\n"
	                     "Content-Type: text/plain; charset=utf-8; "
	                     "format=flowed\n");
}

/* --------------------------------------------------------------- body */

/* Without empty lines before and after. */
static char *
trimmed(const char *text)
{
	const char *given = text != NULL ? text : "";
	g_autofree char *safe =
		text_sanitise(given, strlen(given), REPLY_TEXT_MAX, NULL);
	const char *start = safe;

	for (const char *p = safe; *p == '\n' || *p == ' ' || *p == '\t'; p++)
		if (*p == '\n')
			start = p + 1;
	return g_strchomp(g_strdup(start));
}

/* A part of the body, set off from what stands before it. */
static void
separate(GString *out)
{
	if (out->len > 0)
		g_string_append_c(out, '\n');
}

static void
write_quote(GString *out, const ReplyInput *input)
{
	g_autofree char *quoted = trimmed(input->quoted);
	g_autofree char *attribution = NULL;

	if (input->quote == REPLY_QUOTE_NONE || *quoted == '\0')
		return;
	attribution = reply_words_attribution(input->language, input->mail_date,
	                                      input->to_name, input->to);
	separate(out);
	flowed_wrap(out, attribution);
	flowed_quote(out, quoted);
}

static void
write_own(GString *out, const ReplyInput *input)
{
	g_autofree char *body = trimmed(input->body);
	g_autofree char *signature = trimmed(input->signature);
	const char *lines = signature;

	separate(out);
	flowed_wrap(out, body);
	if (g_str_has_prefix(lines, "-- \n"))
		lines += strlen("-- \n");
	if (*lines == '\0')
		return;
	g_string_append(out, "\n-- \n");
	flowed_wrap(out, lines);
}

static char *
flowed_body(const ReplyInput *input)
{
	GString *out = g_string_new(NULL);
	g_autofree char *warnings = reply_warning_text(
		input->warnings, input->language, input->reply_to);

	flowed_wrap(out, warnings);
	if (input->quote == REPLY_QUOTE_BOTTOM)
		write_quote(out, input);
	write_own(out, input);
	if (input->quote == REPLY_QUOTE_TOP)
		write_quote(out, input);
	return g_string_free(out, FALSE);
}

static bool
is_7bit(const char *text)
{
	size_t line = 0;

	for (; *text != '\0'; text++) {
		line = *text == '\n' ? 0 : line + 1;
		if ((*text & 0x80) != 0 || line > LINE_MAX_BYTES)
			return false;
	}
	return true;
}

static void
write_quoted_printable(GString *out, const char *text)
{
	GMimeEncoding state;
	size_t size = strlen(text);
	g_autofree char *encoded = NULL;

	g_mime_encoding_init_encode(&state,
	                            GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	encoded = g_malloc(g_mime_encoding_outlen(&state, size) + 1);
	size = g_mime_encoding_flush(&state, text, size, encoded);
	g_string_append_len(out, encoded, (gssize)size);
}

static void
write_body(GString *out, const char *text)
{
	bool plain = is_7bit(text);

	g_string_append_printf(out, "Content-Transfer-Encoding: %s\n\n",
	                       plain ? "7bit" : "quoted-printable");
	if (plain)
		g_string_append(out, text);
	else
		write_quoted_printable(out, text);
}

GBytes *
reply_compose(const ReplyInput *input, GError **error)
{
	g_autoptr(GString) out = NULL;
	g_autofree char *body = NULL;

	if (!check_input(input, error))
		return NULL;
	out = g_string_new(NULL);
	body = flowed_body(input);
	write_header(out, input);
	write_body(out, body);
	g_string_replace(out, "\n", "\r\n", 0);
	return g_string_free_to_bytes(g_steal_pointer(&out));
}
