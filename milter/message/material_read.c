/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is cut is cut between characters. A mark counts that stands in the text
 * and not in the quote: whoever writes to us may put one there, and must not
 * stop the answer by it. Where the splitter found a signature it counts too,
 * for drafts are edited in many ways.
 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "gmime_auto.h"
#include "message/address.h"
#include "message/identity.h"
#include "message/material.h"
#include "message/thread.h"

static char *
cut(const char *text, size_t max, unsigned *flags)
{
	size_t size = strlen(text);

	if (size <= max)
		return g_strndup(text, size);
	*flags |= MATERIAL_CUT;
	return g_strndup(text, text_cut(text, size, max));
}

/* Without tabs and line ends. */
static char *
line(const char *text)
{
	char *copy = text_sanitise(text, strlen(text), MATERIAL_LINE_MAX, NULL);

	return g_strstrip(g_strdelimit(copy, "\n\t", ' '));
}

static const char *
only_field(const Headers *headers, const char *name)
{
	const char *value = headers_field(headers, name, 0);

	return headers_field(headers, name, 1) == NULL ? value : NULL;
}

/* ------------------------------------------------------------------- date */

static void
read_date(const Headers *headers, Material *m)
{
	const char *value = headers_field(headers, "Date", 0);
	g_autoptr(GDateTime) date = NULL;

	m->date_text = line(value != NULL ? value : "");
	if (m->date_text[0] != '\0')
		date = g_mime_utils_header_decode_date(m->date_text);
	m->date = date != NULL ? MAX(g_date_time_to_unix(date), 0) : 0;
}

/* ----------------------------------------------------------------- people */

static void
read_people(const Settings *settings, const Message *message, Material *m)
{
	const Headers *headers = message_headers(message);
	const char *from = message_from(message);
	const char *reply = only_field(headers, "Reply-To");
	g_autofree char *address = address_from_header(reply, NULL);
	g_autofree char *writer = from ? identity_of(settings, from) : NULL;
	g_autofree char *other = NULL;

	m->from = g_strdup(from != NULL ? from : "");
	m->from_name = line(message_from_name(message));
	m->reply_to = g_strdup(address != NULL ? address : "");
	if (headers_field(headers, "Reply-To", 0) == NULL)
		return;
	other = address != NULL ? identity_of(settings, address) : NULL;
	if (writer == NULL || g_strcmp0(writer, other) != 0)
		m->flags |= MATERIAL_REPLY_TO_DIFFERS;
}

static bool
is_mailbox(const Settings *settings, InternetAddress *item)
{
	InternetAddressMailbox *mailbox;
	const char *address;

	if (!INTERNET_ADDRESS_IS_MAILBOX(item))
		return false;
	mailbox = INTERNET_ADDRESS_MAILBOX(item);
	address = internet_address_mailbox_get_addr(mailbox);
	if (address != NULL && !g_str_is_ascii(address))
		address = internet_address_mailbox_get_idn_addr(mailbox);
	return address != NULL && settings_mailbox(settings, address) != NULL;
}

/* Members of a group count, those of a group within one do not. */
static bool
names_mailbox(const Settings *settings, InternetAddressList *list)
{
	for (int i = 0; i < internet_address_list_length(list); i++) {
		InternetAddress *item =
			internet_address_list_get_address(list, i);
		InternetAddressList *members = NULL;

		if (INTERNET_ADDRESS_IS_GROUP(item))
			members = internet_address_group_get_members(
				INTERNET_ADDRESS_GROUP(item));
		for (int j = 0; members != NULL &&
		                j < internet_address_list_length(members);
		     j++)
			if (is_mailbox(settings,
			               internet_address_list_get_address(
					       members, j)))
				return true;
		if (is_mailbox(settings, item))
			return true;
	}
	return false;
}

static bool
field_names_mailbox(const Settings *settings, const char *value)
{
	g_autofree char *address = address_from_header(value, NULL);
	g_autoptr(InternetAddressList) list = NULL;

	/* Nearly always it is one. */
	if (address != NULL)
		return settings_mailbox(settings, address) != NULL;
	list = internet_address_list_parse(NULL, value);
	return list != NULL && names_mailbox(settings, list);
}

static bool
is_addressed(const Settings *settings, const Headers *headers)
{
	static const char *const names[] = { "To", "Cc", "Resent-To",
		                             "Resent-Cc" };
	const char *value;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		for (size_t n = 0;
		     (value = headers_field(headers, names[i], n)) != NULL; n++)
			if (field_names_mailbox(settings, value))
				return true;
	return false;
}

/* -------------------------------------------------------------------- ids */

static bool
has_id(const GPtrArray *ids, const char *id)
{
	for (unsigned i = 0; i < ids->len; i++)
		if (strcmp(ids->pdata[i], id) == 0)
			return true;
	return false;
}

static void
add_id(GPtrArray *ids, char *id)
{
	if (id == NULL || has_id(ids, id)) {
		g_free(id);
		return;
	}
	/* The root stays, the second oldest goes. */
	if (ids->len == LIMIT_REFERENCES)
		g_ptr_array_remove_index(ids, 1);
	g_ptr_array_add(ids, id);
}

static void
add_ids(GPtrArray *ids, const char *value)
{
	/* Values are cut at LIMIT_HEADER_VALUE, so are these turns. */
	while (value != NULL && *value != '\0') {
		const char *end = strchr(value, '>');

		add_id(ids, thread_message_id(value));
		value = end != NULL ? end + 1 : NULL;
	}
}

static void
read_ids(const Message *message, Material *m)
{
	const Headers *headers = message_headers(message);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	const char *own = message_id(message);

	add_ids(ids, headers_field(headers, "References", 0));
	add_ids(ids, headers_field(headers, "In-Reply-To", 0));
	g_ptr_array_add(ids, NULL);
	m->references = (char **)g_ptr_array_steal(ids, NULL);
	m->message_id = g_strdup(own != NULL ? own : "");
}

/* ------------------------------------------------------------------- text */

static unsigned
count_marks(const char *text)
{
	unsigned n = 0;

	for (; (text = strstr(text, MATERIAL_CHECK)) != NULL; n++)
		text += strlen(MATERIAL_CHECK);
	return n;
}

static bool
has_mark(const Message *message)
{
	return strstr(message_subject(message), MATERIAL_CHECK) != NULL ||
	       count_marks(message_text(message)) >
	               count_marks(message_quoted(message));
}

/* Runs of letters and digits, as far as `enough`. */
static unsigned
count_words(const char *text, unsigned enough)
{
	bool within = false;
	unsigned n = 0;

	for (; *text != '\0' && n < enough; text = g_utf8_next_char(text)) {
		bool letter =
			(*text & 0x80) == 0
				? g_ascii_isalnum(*text)
				: g_unichar_isalnum(g_utf8_get_char(text));

		n += letter && !within;
		within = letter;
	}
	return n;
}

static void
read_text(const Settings *settings, const Message *message, Material *m)
{
	m->new_text =
		cut(message_new_text(message), MATERIAL_TEXT_MAX, &m->flags);
	m->body_text = cut(message_text(message), MATERIAL_TEXT_MAX, &m->flags);
	m->signature = cut(message_signature(message), MATERIAL_SIGNATURE_MAX,
	                   &m->flags);
	m->words = count_words(m->new_text,
	                       MAX((unsigned)settings->drafter_words_min, 1u));
	if (has_mark(message))
		m->flags |= MATERIAL_CHECK_MARK;
	if ((message_flags(message) & MESSAGE_TRUNCATED) != 0)
		m->flags |= MATERIAL_CUT;
	if ((message_flags(message) & MESSAGE_HTML) != 0)
		m->flags |= MATERIAL_HTML;
}

Material *
material_of(const Settings *settings, const Message *message)
{
	Material *m = g_new0(Material, 1);

	m->subject = line(message_subject(message));
	read_date(message_headers(message), m);
	read_people(settings, message, m);
	read_ids(message, m);
	read_text(settings, message, m);
	if (is_addressed(settings, message_headers(message)))
		m->flags |= MATERIAL_ADDRESSED;
	if (message_automated(message) == AUTOMATED_SPAM)
		m->flags |= MATERIAL_SPAM;
	return m;
}
