/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole mail: what each reader of a Message returns. And every mail of the
 * folder TACT_DATA, whole and cut, read without a fault.
 */
#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "message/message.h"

#define OURS "mx.shop.example"

static const char answer[] =
	"Return-Path: <bo@example.com>\r\n"
	"Authentication-Results: " OURS
	"; dmarc=pass header.from=example.com\r\n"
	"Message-ID: <3@example.com>\r\n"
	"In-Reply-To: <2@shop.example>\r\n"
	"References: <1@example.com>\r\n <2@shop.example>\r\n"
	"From: =?utf-8?Q?Bo_S=C3=B8rensen?= <Bo@Example.COM>\r\n"
	"To: help@shop.example\r\n"
	"Subject: =?utf-8?Q?Re:_Ordre_=C3=A6ndret?=\r\n"
	"\tigen\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: multipart/alternative; boundary=\"b\"\r\n"
	"\r\n"
	"--b\r\n"
	"Content-Type: text/plain; charset=iso-8859-1\r\n"
	"Content-Transfer-Encoding: quoted-printable\r\n"
	"\r\n"
	"Hej, det virker stadig ikke p=E5 min maskine.\r\n"
	"\r\n"
	"-- \r\n"
	"Bo S=F8rensen\r\n"
	"\r\n"
	"On Mon, 1 Jan 2024 at 10:00, Help <help@shop.example> wrote:\r\n"
	"> Virker det nu?\r\n"
	"--b\r\n"
	"Content-Type: text/html; charset=utf-8\r\n"
	"\r\n"
	"<p>Hej\r\n"
	"--b--\r\n";

static Message *
parse(const char *mail, const MessageEnvelope *envelope)
{
	g_autoptr(GError) error = NULL;
	Message *message = message_parse(mail, strlen(mail), envelope, &error);

	g_assert_no_error(error);
	g_assert_nonnull(message);
	return message;
}

static void
test_answer(void)
{
	const MessageEnvelope envelope = { .sender = "bo@example.com",
		                           .authserv_id = OURS };
	g_autoptr(Message) message = parse(answer, &envelope);

	g_assert_cmpstr(message_subject(message), ==, "Re: Ordre ændret igen");
	g_assert_cmpstr(message_from(message), ==, "Bo@example.com");
	g_assert_cmpstr(message_from_name(message), ==, "Bo Sørensen");
	g_assert_cmpstr(message_id(message), ==, "3@example.com");
	g_assert_cmpstr(message_in_reply_to(message), ==, "2@shop.example");
	g_assert_cmpstr(message_thread_key(message), ==, "1@example.com");
	g_assert_cmpstr(message_text_type(message), ==, "text/plain");
	g_assert_cmpstr(message_text_charset(message), ==, "windows-1252");
	g_assert_cmphex(message_flags(message), ==, 0);
	g_assert_cmpint(message_automated(message), ==, AUTOMATED_NO);
	g_assert_cmpint(message_auth(message), ==, AUTH_VERIFIED);
	g_assert_true(g_str_has_prefix(
		message_new_text(message),
		"Hej, det virker stadig ikke på min maskine."));
	g_assert_null(strstr(message_new_text(message), "Virker det nu"));
	g_assert_nonnull(strstr(message_signature(message), "Bo Sørensen"));
	g_assert_nonnull(strstr(message_quoted(message), "Virker det nu"));
	g_assert_nonnull(strstr(message_text(message), "Virker det nu"));
}

static void
test_nothing(void)
{
	g_autoptr(Message) message = parse("", NULL);

	g_assert_cmpstr(message_subject(message), ==, "");
	g_assert_cmpstr(message_text(message), ==, "");
	g_assert_cmpstr(message_new_text(message), ==, "");
	g_assert_null(message_from(message));
	g_assert_cmpstr(message_from_name(message), ==, "");
	g_assert_null(message_id(message));
	g_assert_null(message_in_reply_to(message));
	g_assert_nonnull(message_thread_key(message));
	g_assert_cmpint(message_auth(message), ==, AUTH_UNVERIFIED);
}

static const struct subject_row {
	const char *value;
	const char *subject;
} subject_rows[] = {
	{ "plain", "plain" },
	{ "=?iso-8859-1?q?bl=E5?=", "blå" },
	{ "=?utf-8?B?YmzDpQ==?=", "blå" },
	{ "=?utf-8?q?a?= =?utf-8?q?b?=", "ab" },
	{ "=?utf-8?q?a?= b", "a b" },
	{ "bl\xe5", "blå" },
	{ "bl\xc3\xa5", "blå" },
	{ "=?utf-8?q?cut", "=?utf-8?q?cut" },
	{ "=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x" },
	{ "=?utf-8?q?a=E2=80=AEb?=", "ab" },
	{ "=?x-klingon?q?a?=", "a" },
	{ "=?Big5?B?p0E=?=", "你" },
	{ "=?gb2312*zh?q?=C4=E3?=", "你" },
	{ "=?iso-8859-1?q?=80?=", "€" },
	{ "=?bl\xe5", "=?blå" },
	/* base64: padding ends a word, not what follows it */
	{ "=?UTF-8?B?SGVqIG1lZA==?= =?utf-8?b?IGRpZw==?=", "Hej med dig" },
	{ "=?UTF-8?B?SGVqIG1lZA==?=\n =?UTF-8?B?IGRpZw==?=\n x",
	  "Hej med dig x" },
	{ "=?utf-8?B?w6Y=?==?utf-8?B?w7g=?=", "æø" },
	{ "=?utf-8?B?SGVqIMM=?= =?utf-8?B?pmI=?=", "Hej æb" },
	{ "=?utf-8?B?SGVq?= =?iso-8859-1?B?5g==?=", "Hejæ" },
	{ "=?utf-8?B?SGVq?= =?utf-8?Q?_du?= =?utf-8?B?IQ==?=", "Hej du!" },
	{ "=?utf-8?B?SGVqIG1lZA?= =?utf-8?B?IGRpZw?=", "Hej med dig" },
	{ "=?utf-8?B?w6Y=?=?", "æ?" },
	{ "a =?utf-8?B?"
	  "?= b",
	  "a  b" },
	{ "=?utf-8?B?SGVq?= =?utf-8?B?", "Hej =?utf-8?B?" },
};

static void
test_subjects(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subject_rows); i++) {
		g_autofree char *mail = g_strconcat(
			"Subject: ", subject_rows[i].value, "\n\nx\n", NULL);
		g_autoptr(Message) message = parse(mail, NULL);

		g_assert_cmpstr(message_subject(message), ==,
		                subject_rows[i].subject);
	}
}

static void
test_two_senders(void)
{
	g_autoptr(Message) two = parse("From: a@b.example\n"
	                               "From: c@d.example\n\nx\n",
	                               NULL);
	g_autoptr(Message) list =
		parse("From: a@b.example, c@d.example\n\nx\n", NULL);

	g_assert_null(message_from(two));
	g_assert_null(message_from(list));
}

/* An answer of a calendar, without a word of its own. */
static void
test_calendar_only(void)
{
	static const char head[] = "From: a@b.example\n"
				   "Content-Type: multipart/alternative; "
				   "boundary=b\n\n--b\n\n";
	static const char tail[] = "\n--b\nContent-Type: text/calendar; "
				   "method=REPLY\n\nBEGIN:VCALENDAR\n--b--\n";
	g_autofree char *mute = g_strconcat(head, " ", tail, NULL);
	g_autofree char *spoken = g_strconcat(head, "I can't.", tail, NULL);
	g_autoptr(Message) without = parse(mute, NULL);
	g_autoptr(Message) with = parse(spoken, NULL);

	g_assert_cmpint(message_automated(without), ==, AUTOMATED_CALENDAR);
	g_assert_cmpint(message_automated(with), ==, AUTOMATED_NO);
	g_assert_cmphex(message_flags(with), ==, MESSAGE_CALENDAR);
}

static void
test_text_max(void)
{
	g_autoptr(GString) mail = g_string_new("Subject: x\n\n");

	for (int i = 0; i < 20000; i++)
		g_string_append(mail, "blå bær\n");
	for (size_t max = 1; max < 40; max++) {
		const MessageEnvelope envelope = { .text_max = max };
		g_autoptr(Message) message = parse(mail->str, &envelope);
		const char *text = message_new_text(message);

		g_assert_cmpuint(strlen(text), <=, max);
		g_assert_true(g_utf8_validate(text, -1, NULL));
		g_assert_cmphex(message_flags(message), ==, MESSAGE_TRUNCATED);
	}
}

/* LIMIT_TEXT_DECODED at one less, at it and at one more. */
static void
test_decoded_limit(void)
{
	for (int more = -1; more <= 1; more++) {
		size_t size = (size_t)(LIMIT_TEXT_DECODED + more);
		g_autofree char *text = g_strnfill(size - 1, 'x');
		g_autofree char *mail = g_strconcat("\n", text, "\n", NULL);
		g_autoptr(Message) message = parse(mail, NULL);

		g_assert_cmpuint(strlen(message_text(message)), ==,
		                 MIN(size, LIMIT_TEXT_DECODED));
	}
}

/* A text in NFD, such as macOS writes, in NFC whatever its length. */
static void
test_normalised(void)
{
	g_autoptr(GString) mail = g_string_new("\n");
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Message) message = NULL;

	for (int i = 0; i < 5000; i++) {
		g_string_append(mail, "a\xcc\x8a"
		                      "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8");
		g_string_append(text, "å각");
	}
	g_string_append_c(text, '\n');
	message = parse(mail->str, NULL);
	g_assert_cmpstr(message_text(message), ==, text->str);
}

static void
test_limit_names(void)
{
	for (int code = 0; code < MESSAGE_ERROR_N; code++) {
		const char *name = message_limit_name(code);

		g_assert_cmpstr(name, !=, "internal");
		for (int other = 0; other < code; other++)
			g_assert_cmpstr(name, !=, message_limit_name(other));
	}
	g_assert_cmpstr(message_limit_name(-1), ==, "internal");
	g_assert_cmpstr(message_limit_name(MESSAGE_ERROR_N), ==, "internal");
}

/* --------------------------------------------------------- others' mails */

/* Any bytes give a Message of valid strings, or an error. */
static void
read_any(const char *bytes, size_t size)
{
	g_autofree char *copy = g_memdup2(bytes, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = message_parse(copy, size, NULL, &error);

	if (message == NULL) {
		g_assert_true(error->domain == MESSAGE_ERROR);
		return;
	}
	g_assert_true(g_utf8_validate(message_subject(message), -1, NULL));
	g_assert_true(g_utf8_validate(message_from_name(message), -1, NULL));
	g_assert_true(g_utf8_validate(message_text(message), -1, NULL));
	g_assert_true(g_utf8_validate(message_new_text(message), -1, NULL));
	g_assert_true(g_utf8_validate(message_quoted(message), -1, NULL));
}

static unsigned
read_folder(const char *data, const char *folder)
{
	g_autofree char *path = g_build_filename(data, folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	unsigned count = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autofree char *bytes = NULL;
		gsize size;

		if (g_str_has_suffix(name, ".json") ||
		    !g_file_get_contents(file, &bytes, &size, NULL))
			continue;
		read_any(bytes, size);
		for (gsize cut = size % 97; cut < size; cut += size / 9 + 97)
			read_any(bytes, cut);
		count++;
	}
	return count;
}

static void
test_data(void)
{
	static const char *const folders[] = {
		"mime/mail-parser/legacy",     "mime/mail-parser/rfc",
		"mime/mail-parser/thirdparty", "mime/mail-parser/malformed",
		"mime/python-email",           "ham",
	};
	const char *data = g_getenv("TACT_DATA");
	unsigned count = 0;

	if (data == NULL) {
		g_test_skip("TACT_DATA is not set");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++)
		count += read_folder(data, folders[i]);
	g_test_message("%u mails", count);
	g_assert_cmpuint(count, >, 600);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/message/answer", test_answer);
	g_test_add_func("/message/nothing", test_nothing);
	g_test_add_func("/message/subjects", test_subjects);
	g_test_add_func("/message/two-senders", test_two_senders);
	g_test_add_func("/message/calendar-only", test_calendar_only);
	g_test_add_func("/message/text-max", test_text_max);
	g_test_add_func("/message/decoded-limit", test_decoded_limit);
	g_test_add_func("/message/normalised", test_normalised);
	g_test_add_func("/message/limit-names", test_limit_names);
	g_test_add_func("/message/data", test_data);
	return g_test_run();
}
