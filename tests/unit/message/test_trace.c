/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "message/message.h"
#include "message/trace.h"

static Settings *settings;

static Trace
read_mail(const char *mail)
{
	Trace trace;

	trace_read(settings, mail, strlen(mail), &trace);
	g_assert_true(trace_is_valid(&trace));
	return trace;
}

static bool
hashes_equal(const TraceHash *a, const TraceHash *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static const struct row {
	const char *name, *mail, *from;
	unsigned references;
	bool has_id, reply_to_differs;
} rows[] = {
	{ "/trace/plain",
	  "From: Anna <Anna@Example.net>\nMessage-ID: <1@x>\n\nhi\n",
	  "anna@example.net", 0, true, false },
	{ "/trace/no-id", "From: a@b.example\n\nhi\n", "a@b.example", 0, false,
	  false },
	{ "/trace/two-writers", "From: a@b.example, c@d.example\n\nhi\n", "", 0,
	  false, false },
	{ "/trace/two-fields", "From: a@b.example\nFrom: a@b.example\n\nhi\n",
	  "", 0, false, false },
	{ "/trace/references",
	  "From: a@b.example\nReferences: <1@x> <2@x>\n <3@x>\n"
	  "In-Reply-To: <3@x>\nMessage-ID: <4@x>\n\nhi\n",
	  "a@b.example", 3, true, false },
	{ "/trace/odd-references",
	  "From: a@b.example\nReferences: junk <> <a b> <1@x\n"
	  "In-Reply-To: your mail of <2@x>\n\nhi\n",
	  "a@b.example", 1, false, false },
	{ "/trace/reply-to-same",
	  "From: a@b.example\nReply-To: A <A@b.EXAMPLE>\n\nhi\n", "a@b.example",
	  0, false, false },
	{ "/trace/reply-to-other",
	  "From: a@b.example\nReply-To: c@d.example\n\nhi\n", "a@b.example", 0,
	  false, true },
	{ "/trace/reply-to-two",
	  "From: a@b.example\nReply-To: a@b.example, c@d.example\n\nhi\n",
	  "a@b.example", 0, false, true },
	{ "/trace/header-alone", "From: a@b.example\nMessage-ID: <1@x>\n",
	  "a@b.example", 0, true, false },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	Trace trace = read_mail(row->mail);

	g_assert_cmpstr(trace.from, ==, row->from);
	g_assert_cmpuint(trace.n_references, ==, row->references);
	g_assert_cmpuint(trace.has_id, ==, row->has_id);
	g_assert_cmpuint(trace.reply_to_differs, ==, row->reply_to_differs);
}

/* What is an id of one mail is a reference of the next. */
static void
test_same_hash(void)
{
	Trace first = read_mail("From: a@b.example\nMessage-ID: <1@x>\n\na\n");
	Trace next = read_mail("From: c@d.example\nIn-Reply-To: <1@x>\n\nb\n");
	Trace other = read_mail("From: a@b.example\nMessage-ID: <2@x>\n\na\n");

	g_assert_true(hashes_equal(&first.id, &next.reference[0]));
	g_assert_false(hashes_equal(&first.id, &other.id));
}

/* Without an id it is Date, From and body that name a mail. */
static void
test_content(void)
{
	Trace a = read_mail("Received: one\nFrom: a@b.example\nDate: x\n\na\n");
	Trace again =
		read_mail("Received: two\nFrom: a@b.example\nDate: x\n\na\n");
	Trace date = read_mail("From: a@b.example\nDate: y\n\na\n");
	Trace body = read_mail("From: a@b.example\nDate: x\n\nb\n");
	Trace from = read_mail("From: c@d.example\nDate: x\n\na\n");

	g_assert_true(hashes_equal(&a.content, &again.content));
	g_assert_false(hashes_equal(&a.content, &date.content));
	g_assert_false(hashes_equal(&a.content, &body.content));
	g_assert_false(hashes_equal(&a.content, &from.content));
}

/* Of too many the root and the newest are kept. */
static void
test_many(void)
{
	g_autoptr(GString) mail =
		g_string_new("From: a@b.example\nReferences:");
	Trace trace, root, newest;

	for (unsigned i = 0; i < 100; i++)
		g_string_append_printf(mail, "\n <%u@x>", i);
	g_string_append(mail, "\n\nhi\n");
	trace = read_mail(mail->str);
	root = read_mail("From: a@b.example\nMessage-ID: <0@x>\n\na\n");
	newest = read_mail("From: a@b.example\nMessage-ID: <99@x>\n\na\n");
	g_assert_cmpuint(trace.n_references, ==, LIMIT_REFERENCES);
	g_assert_true(hashes_equal(&trace.reference[0], &root.id));
	g_assert_true(hashes_equal(&trace.reference[LIMIT_REFERENCES - 1],
	                           &newest.id));
}

static void
test_invalid(void)
{
	Trace trace = read_mail("From: a@b.example\n\nhi\n");
	static const char *const writers[] = { "nobody", "@b", "a@", "a\n@b" };

	trace.n_references = LIMIT_REFERENCES + 1;
	g_assert_false(trace_is_valid(&trace));
	trace.n_references = 0;
	trace.has_id = 2;
	g_assert_false(trace_is_valid(&trace));
	trace.has_id = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
		g_strlcpy(trace.from, writers[i], sizeof(trace.from));
		g_assert_false(trace_is_valid(&trace));
	}
	memset(trace.from, 'a', sizeof(trace.from));
	g_assert_false(trace_is_valid(&trace));
}

static void
test_text(void)
{
	TraceHash hash = { { 0x00, 0x1f, 0xff } };
	char text[TRACE_TEXT_SIZE];

	trace_text(&hash, text);
	g_assert_cmpstr(text, ==, "001fff00000000000000000000000000");
}

/* An out-of-office reply of our own answers nobody, in whatever letters. */
static void
test_automated(void)
{
	static const struct {
		const char *mail;
		bool automated;
	} mails[] = {
		{ "Subject: Automatisk svar: Pumpe\n\nhi\n", true },
		{ "Subject: =?iso-8859-1?Q?Automatisk_svar=3A_R=F8r?=\n\nhi\n",
		  true },
		{ "Subject: =?utf-8?B?QXV0b21hdGlzayBzdmFyOiA=?=\n"
		  " =?utf-8?B?UsO4cg==?=\n\nhi\n",
		  true },
		{ "Subject: SV: =?iso-8859-1?Q?R=F8r?=\n\nhi\n", false },
		{ "\nhi\n", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(mails); i++)
		g_assert_cmpint(read_mail(mails[i].mail).automated, ==,
		                mails[i].automated);
}

int
main(int argc, char **argv)
{
	message_init();
	settings = settings_new_default();
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_row);
	g_test_add_func("/trace/same-hash", test_same_hash);
	g_test_add_func("/trace/content", test_content);
	g_test_add_func("/trace/many", test_many);
	g_test_add_func("/trace/automated", test_automated);
	g_test_add_func("/trace/invalid", test_invalid);
	g_test_add_func("/trace/text", test_text);
	return g_test_run();
}
