/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reply_fixture - a reply with nothing special about it, and its reading.
 *
 * Owns:    what is returned is the caller's; an input's parts are static.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_REPLY_FIXTURE_H
#define TESTS_REPLY_FIXTURE_H

#include <glib.h>
#include <string.h>

#include "draft_check.h"
#include "message/message.h"
#include "message/reply.h"

#define MAILBOX "support@firm.example"
#define CUSTOMER "bo@kunde.example"
#define ID "tact.abc123@firm.example"

static const DraftWanted wanted = { MAILBOX, CUSTOMER, ID, FALSE };

/* A reply with nothing special about it. */
static inline ReplyInput
plain_input(void)
{
	static const char *const references[] = { "one@kunde.example", NULL };
	static GDateTime *now, *then;

	if (now == NULL) {
		now = g_date_time_new_utc(2026, 11, 4, 9, 7, 5);
		then = g_date_time_new_utc(2026, 11, 3, 14, 5, 0);
	}
	return (ReplyInput){
		.from = MAILBOX,
		.from_name = "Firm Support",
		.to = CUSTOMER,
		.to_name = "Bo Hansen",
		.language = "en",
		.subject = "The pump",
		.message_id = ID,
		.parent_id = "two@kunde.example",
		.references = references,
		.date = now,
		.mail_date = then,
		.body = "Dear Bo,\n\nIt is on its way.",
		.signature = "Firm Support\n+45 12 34 56 78",
		.quoted = "Where is my pump?\n> It left on Monday.\n",
	};
}

static inline char *
composed(const ReplyInput *input)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = reply_compose(input, &error);
	g_autofree char *wrong = NULL;
	const char *text;
	gsize size;

	g_assert_no_error(error);
	text = g_bytes_get_data(bytes, &size);
	wrong = draft_check(&wanted, text, size);
	g_assert_cmpstr(wrong, ==, NULL);
	return g_strndup(text, size);
}

static inline Message *
parsed(const char *mail)
{
	g_autoptr(GError) error = NULL;
	Message *message = message_parse(mail, strlen(mail), NULL, &error);

	g_assert_no_error(error);
	return message;
}

#endif
