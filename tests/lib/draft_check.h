/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft_check - what every draft must be, whatever it was made of.
 *
 * A reader of its own, so that what wrote the draft does not vouch for it: the
 * raw lines first, then the fields, then what a mail parser makes of them. In
 * a header, since fuzz targets link no test library.
 *
 * Owns:    the texts returned are the caller's.
 * Fails:   NULL means that nothing is wrong; else a text says what is.
 * Threads: any, after message_init().
 */
#ifndef TESTS_DRAFT_CHECK_H
#define TESTS_DRAFT_CHECK_H

#include <gmime/gmime.h>
#include <string.h>

#include "message/address.h"
#include "message/headers.h"
#include "message/thread.h"
#include "message/words.h"

typedef struct DraftWanted {
	const char *from, *to;
	const char *message_id; /* without <>; NULL: any */
	gboolean stored;        /* lines may end with \n, and delivery may have
	                         * put fields on top */
} DraftWanted;

/* In the order that they must have. */
static const char *const draft_fields[] = {
	"Date",         "From",
	"To",           "Subject",
	"Message-ID",   "In-Reply-To",
	"References",   "MIME-Version",
	"Content-Type", "Content-Transfer-Encoding",
};

static inline char *
draft_check_line(const char *line, size_t size)
{
	if (size > 998)
		return g_strdup_printf("a line of %zu octets", size);
	for (size_t i = 0; i < size; i++)
		if ((line[i] < ' ' && line[i] != '\t') || line[i] > '~')
			return g_strdup_printf("octet 0x%02x in: %.*s",
			                       (guchar)line[i],
			                       (int)MIN(size, 60), line);
	return NULL;
}

static inline char *
draft_check_lines(const DraftWanted *wanted, const char *mail, size_t size)
{
	size_t at = 0;

	while (at < size) {
		const char *end = memchr(mail + at, '\n', size - at);
		char *wrong;
		size_t n;

		if (end == NULL)
			return g_strdup("the last line does not end");
		n = (size_t)(end - mail) - at;
		if (n > 0 && end[-1] == '\r')
			n--;
		else if (!wanted->stored)
			return g_strdup("a line ends without CR");
		wrong = draft_check_line(mail + at, n);
		if (wrong != NULL)
			return wrong;
		at = (size_t)(end - mail) + 1;
	}
	return NULL;
}

/* Each field once, in order, and no other. */
static inline char *
draft_check_fields(const DraftWanted *wanted, const Headers *headers)
{
	size_t next = 0;

	for (size_t i = 0; i < headers_count(headers); i++) {
		const char *name = headers_name(headers, i);
		size_t was = next;

		while (next < G_N_ELEMENTS(draft_fields) &&
		       strcmp(draft_fields[next], name) != 0)
			next++;
		if (next < G_N_ELEMENTS(draft_fields)) {
			next++;
			continue;
		}
		if (was > 0 || !wanted->stored)
			return g_strdup_printf("field %s", name);
		next = 0;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(draft_fields); i++)
		if (i != 5 && i != 6 &&
		    headers_field(headers, draft_fields[i], 0) == NULL)
			return g_strdup_printf("no field %s", draft_fields[i]);
	return NULL;
}

static inline char *
draft_check_address(const Headers *headers, const char *name,
                    const char *wanted)
{
	const char *value = headers_field(headers, name, 0);
	g_autofree char *found = address_from_header(value, NULL);
	InternetAddressList *list = internet_address_list_parse(NULL, value);
	int n = list == NULL ? 0 : internet_address_list_length(list);

	g_clear_object(&list);
	/* GMime has none for "a..b@c", which is not to be but is. */
	if (n > 1)
		return g_strdup_printf("%s has %d addresses", name, n);
	if (g_strcmp0(found, wanted) != 0)
		return g_strdup_printf("%s is %s, wanted %s", name, found,
		                       wanted);
	return NULL;
}

/* In-Reply-To is one id; it is the last of References, of which there are at
 * most 20, none twice. */
static inline char *
draft_check_thread(const Headers *headers)
{
	const char *parent = headers_field(headers, "In-Reply-To", 0);
	const char *references = headers_field(headers, "References", 0);
	g_auto(GStrv) ids = NULL;
	guint n;

	if (parent == NULL && references == NULL)
		return NULL;
	if (parent == NULL || references == NULL)
		return g_strdup("In-Reply-To and References go together");
	ids = g_strsplit(references, " ", -1);
	n = g_strv_length(ids);
	if (n > 20 || strcmp(ids[n - 1], parent) != 0)
		return g_strdup_printf("%u References, the last %s", n,
		                       ids[n - 1]);
	for (guint i = 0; i < n; i++) {
		g_autofree char *id = thread_message_id(ids[i]);

		if (id == NULL || strlen(id) + 2 != strlen(ids[i]) ||
		    g_strv_contains((const char *const *)ids + i + 1, ids[i]))
			return g_strdup_printf("Reference %s", ids[i]);
	}
	return NULL;
}

/* Encoded words are whole and of at most 75 octets; decoded it is one line
 * with one reply mark. */
static inline char *
draft_check_subject(const Headers *headers)
{
	const char *value = headers_field(headers, "Subject", 0);
	g_autofree char *decoded = words_decode(value);
	g_autofree char *bare = thread_bare_subject(decoded);
	g_auto(GStrv) words = g_strsplit(value, " ", -1);
	const char *rest = strchr(decoded, ':');

	for (char **word = words; *word != NULL; word++)
		if (g_str_has_prefix(*word, "=?") &&
		    (strlen(*word) > 75 || !g_str_has_suffix(*word, "?=")))
			return g_strdup_printf("word %s", *word);
	if (!g_utf8_validate(decoded, -1, NULL) ||
	    strpbrk(decoded, "\r\n") != NULL)
		return g_strdup_printf("Subject %s", value);
	if (rest == NULL || !thread_subject_is_reply(decoded) ||
	    strcmp(bare, rest[1] == ' ' ? rest + 2 : rest + 1) != 0)
		return g_strdup_printf("Subject not one mark: %s", decoded);
	return NULL;
}

static inline char *
draft_check_rest(const DraftWanted *wanted, const Headers *headers)
{
	const char *type = headers_field(headers, "Content-Type", 0);
	const char *encoding =
		headers_field(headers, "Content-Transfer-Encoding", 0);
	const char *id = headers_field(headers, "Message-ID", 0);
	g_autofree char *bare = thread_message_id(id);
	g_autoptr(GDateTime) date = g_mime_utils_header_decode_date(
		headers_field(headers, "Date", 0));

	if (strcmp(type, "text/plain; charset=utf-8; format=flowed") != 0)
		return g_strdup_printf("Content-Type %s", type);
	if (strcmp(encoding, "7bit") != 0 &&
	    strcmp(encoding, "quoted-printable") != 0)
		return g_strdup_printf("encoding %s", encoding);
	if (bare == NULL || (wanted->message_id != NULL &&
	                     strcmp(bare, wanted->message_id) != 0))
		return g_strdup_printf("Message-ID %s", id);
	return date == NULL ? g_strdup("Date cannot be read") : NULL;
}

static inline char *
draft_check(const DraftWanted *wanted, const char *mail, size_t size)
{
	g_autoptr(Headers) headers = headers_parse(mail, size, NULL);
	char *wrong = headers == NULL ? g_strdup("too much of a header") : NULL;

	if (wrong == NULL)
		wrong = draft_check_lines(wanted, mail, size);
	if (wrong == NULL)
		wrong = draft_check_fields(wanted, headers);
	if (wrong == NULL)
		wrong = draft_check_address(headers, "From", wanted->from);
	if (wrong == NULL)
		wrong = draft_check_address(headers, "To", wanted->to);
	if (wrong == NULL)
		wrong = draft_check_thread(headers);
	if (wrong == NULL)
		wrong = draft_check_subject(headers);
	if (wrong == NULL)
		wrong = draft_check_rest(wanted, headers);
	return wrong;
}

#endif
