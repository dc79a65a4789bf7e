/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-check - drafts as files: made of a mail, or read and judged.
 *
 *   draft-check make MAILBOX LANGUAGE MESSAGE-ID <MAIL >DRAFT
 *   draft-check check MAILBOX CUSTOMER FILE...     as a server has stored them
 *
 * The first writes a plain reply to the mail; the second says what is wrong
 * with each, and ends with 1 if anything is.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "draft_check.h"
#include "message/message.h"
#include "message/reply.h"

static GString *
read_input(void)
{
	GString *text = g_string_new(NULL);
	char chunk[8192];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) > 0)
		g_string_append_len(text, chunk, n);
	return text;
}

static GBytes *
reply_to(const Message *mail, char **argv, GError **error)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	const char *const references[] = { message_in_reply_to(mail), NULL };
	const ReplyInput input = {
		.from = argv[2],
		.to = message_from(mail) != NULL ? message_from(mail) : "",
		.to_name = message_from_name(mail),
		.language = argv[3],
		.subject = message_subject(mail),
		.message_id = argv[4],
		.parent_id = message_id(mail),
		.references = references,
		.date = now,
		.mail_date = now,
		.body = "Kære kunde,\n\nTak for din mail. Vi ser på det.\n\n"
			"Med venlig hilsen",
		.signature = "Support",
		.quoted = message_text(mail),
		.prefix = REPLY_PREFIX_LOCALISED,
		.warnings = REPLY_WARN_UNPROVEN,
	};

	return reply_compose(&input, error);
}

static int
make(char **argv)
{
	g_autoptr(GString) text = read_input();
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) mail =
		message_parse(text->str, text->len, NULL, &error);
	g_autoptr(GBytes) reply = NULL;
	gsize size;
	const char *bytes;

	if (mail != NULL)
		reply = reply_to(mail, argv, &error);
	if (reply == NULL) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	bytes = g_bytes_get_data(reply, &size);
	return fwrite(bytes, 1, size, stdout) == size ? 0 : 1;
}

static bool
check(const char *mailbox, const char *customer, const char *path)
{
	const DraftWanted wanted = { mailbox, customer, NULL, TRUE };
	g_autofree char *text = NULL;
	g_autofree char *wrong = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, NULL))
		wrong = g_strdup("cannot be read");
	else
		wrong = draft_check(&wanted, text, size);
	if (wrong != NULL)
		printf("%s: %s\n", path, wrong);
	return wrong == NULL;
}

int
main(int argc, char **argv)
{
	bool good = true;

	message_init();
	if (argc == 5 && strcmp(argv[1], "make") == 0)
		return make(argv);
	if (argc < 5 || strcmp(argv[1], "check") != 0) {
		fputs("usage: draft-check make MAILBOX LANGUAGE MESSAGE-ID | "
		      "check MAILBOX CUSTOMER FILE...\n",
		      stderr);
		return 2;
	}
	for (int i = 4; i < argc; i++)
		good &= check(argv[2], argv[3], argv[i]);
	return good ? 0 : 1;
}
