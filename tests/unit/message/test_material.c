/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "message/material.h"

static Settings *settings;

static Material *
read_mail(const char *mail)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(mail, strlen(mail), NULL, &error);

	g_assert_no_error(error);
	return material_of(settings, message);
}

static Material *
cross(const Material *material)
{
	g_autoptr(GBytes) bytes = material_encode(material);
	Material *copy;

	g_assert_cmpuint(g_bytes_get_size(bytes), <=, MATERIAL_BYTES_MAX);
	copy = material_decode(g_bytes_get_data(bytes, NULL),
	                       g_bytes_get_size(bytes));
	g_assert_nonnull(copy);
	return copy;
}

static void
assert_same(const Material *a, const Material *b)
{
	g_assert_cmpuint(a->flags, ==, b->flags);
	g_assert_cmpuint(a->words, ==, b->words);
	g_assert_cmpint(a->date, ==, b->date);
	g_assert_cmpstr(a->date_text, ==, b->date_text);
	g_assert_cmpstr(a->subject, ==, b->subject);
	g_assert_cmpstr(a->from, ==, b->from);
	g_assert_cmpstr(a->from_name, ==, b->from_name);
	g_assert_cmpstr(a->reply_to, ==, b->reply_to);
	g_assert_cmpstr(a->message_id, ==, b->message_id);
	g_assert_true(g_strv_equal((const char *const *)a->references,
	                           (const char *const *)b->references));
	g_assert_cmpstr(a->new_text, ==, b->new_text);
	g_assert_cmpstr(a->body_text, ==, b->body_text);
	g_assert_cmpstr(a->signature, ==, b->signature);
}

static void
test_whole(void)
{
	g_autoptr(Material) m = read_mail(
		"From: =?utf-8?q?S=C3=B8ren_Holm?= <Soren@Kunde.Example>\n"
		"To: \"Support, the\" <support+tag@firma.example>\n"
		"Reply-To: <soren@kunde.example>\n"
		"Subject: =?utf-8?q?Sp=C3=B8rgsm=C3=A5l?=\n\tto\n"
		"Date: Sun, 22 Nov 2026 06:00:00 +0100\n"
		"Message-ID: <1@kunde.example>\n"
		"References: <r@x> <s@x>\nIn-Reply-To: <s@x>\n"
		"Content-Type: text/plain; charset=utf-8\n\n"
		"Hej, min ordre 4711 mangler.\n\n"
		"-- \nS\xc3\xb8ren\n+45 12345678\n\n"
		"Den 1. nov. 2026 kl. 10.00 skrev Support:\n> Hej igen\n");
	g_autoptr(Material) copy = cross(m);

	assert_same(m, copy);
	g_assert_cmpstr(m->subject, ==, "Sp\xc3\xb8rgsm\xc3\xa5l to");
	g_assert_cmpstr(m->from, ==, "Soren@kunde.example");
	g_assert_cmpstr(m->from_name, ==, "S\xc3\xb8ren Holm");
	g_assert_cmpstr(m->reply_to, ==, "soren@kunde.example");
	g_assert_cmpstr(m->message_id, ==, "1@kunde.example");
	g_assert_cmpstr(m->references[0], ==, "r@x");
	g_assert_cmpuint(g_strv_length(m->references), ==, 2);
	g_assert_cmpint(m->date, ==, 1795323600);
	g_assert_cmpstr(m->date_text, ==, "Sun, 22 Nov 2026 06:00:00 +0100");
	g_assert_cmpuint(m->words, ==, 3); /* of five */
	g_assert_nonnull(strstr(m->signature, "12345678"));
	g_assert_nonnull(strstr(m->body_text, "Hej igen"));
	g_assert_null(strstr(m->new_text, "Hej igen"));
	g_assert_cmpuint(m->flags, ==, MATERIAL_ADDRESSED);
}

static const struct row {
	const char *name, *mail;
	unsigned flags;
} rows[] = {
	{ "/material/flags/none", "From: a@b.example\n\nhi\n", 0 },
	{ "/material/flags/alias",
	  "From: a@b.example\nTo: Hjaelp@Firma.example\n\nhi\n",
	  MATERIAL_ADDRESSED },
	{ "/material/flags/cc",
	  "From: a@b.example\nTo: x@y.example\n"
	  "Cc: c@d.example, support@firma.example\n\nhi\n",
	  MATERIAL_ADDRESSED },
	{ "/material/flags/group",
	  "From: a@b.example\nTo: us: <support@firma.example>;\n\nhi\n",
	  MATERIAL_ADDRESSED },
	{ "/material/flags/resent",
	  "From: a@b.example\nTo: x@y.example\n"
	  "Resent-To: support@firma.example\n\nhi\n",
	  MATERIAL_ADDRESSED },
	{ "/material/flags/name-is-no-address",
	  "From: a@b.example\nTo: \"support@firma.example\" <x@y.example>"
	  "\n\nhi\n",
	  0 },
	{ "/material/flags/spam", "From: a@b.example\nX-Spam-Flag: YES\n\nhi\n",
	  MATERIAL_SPAM },
	{ "/material/flags/reply-to-other",
	  "From: a@b.example\nReply-To: c@d.example\n\nhi\n",
	  MATERIAL_REPLY_TO_DIFFERS },
	{ "/material/flags/reply-to-case",
	  "From: a@b.example\nReply-To: A@B.example\n\nhi\n", 0 },
	{ "/material/flags/reply-to-two",
	  "From: a@b.example\nReply-To: a@b.example, c@d.example\n\nhi\n",
	  MATERIAL_REPLY_TO_DIFFERS },
	{ "/material/flags/check",
	  "From: a@b.example\n\nIt costs [CHECK: 12 kr.] today.\n",
	  MATERIAL_CHECK_MARK },
	{ "/material/flags/check-subject",
	  "From: a@b.example\nSubject: [CHECK: it]\n\nhi\n",
	  MATERIAL_CHECK_MARK },
	{ "/material/flags/check-signature",
	  "From: a@b.example\n\nhi\n\n-- \n[CHECK: name]\n",
	  MATERIAL_CHECK_MARK },
	{ "/material/flags/check-quoted",
	  "From: a@b.example\n\nNo.\n\n> It costs [CHECK: 12 kr.] today.\n",
	  0 },
	{ "/material/flags/check-html",
	  "From: a@b.example\nContent-Type: text/html\n\n"
	  "<p>It costs <b>[CHECK:</b> 12 kr.]</p>\n",
	  MATERIAL_CHECK_MARK | MATERIAL_HTML },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(Material) m = read_mail(row->mail);
	g_autoptr(Material) copy = cross(m);

	g_assert_cmpuint(m->flags, ==, row->flags);
	assert_same(m, copy);
}

/* However much there is, it crosses, cut where it is too much. */
static void
test_bounds(void)
{
	g_autoptr(GString) mail = g_string_new("From: a@b.example\nSubject: ");
	g_autoptr(Material) m = NULL;
	g_autoptr(Material) copy = NULL;

	for (int i = 0; i < 1500; i++)
		g_string_append(mail, "\xc3\xa6");
	g_string_append(mail, "\nReferences:");
	for (int i = 0; i < 200; i++)
		g_string_append_printf(mail, " <%d@x.example>", i);
	g_string_append(mail, "\nContent-Type: text/plain; charset=utf-8\n\n");
	for (int i = 0; i < 20000; i++)
		g_string_append(mail, "\xc3\xa6\xc3\xb8 ");
	m = read_mail(mail->str);
	copy = cross(m);
	assert_same(m, copy);
	g_assert_cmpuint(strlen(m->subject), <=, MATERIAL_LINE_MAX);
	g_assert_cmpuint(g_strv_length(m->references), ==, LIMIT_REFERENCES);
	g_assert_cmpstr(m->references[0], ==, "0@x.example");
	g_assert_cmpstr(m->references[LIMIT_REFERENCES - 1], ==,
	                "199@x.example");
	g_assert_cmpuint(strlen(m->new_text), <=, MATERIAL_TEXT_MAX);
	g_assert_cmpuint(strlen(m->new_text), >, MATERIAL_TEXT_MAX - 3);
	g_assert_true(g_utf8_validate(m->new_text, -1, NULL));
	g_assert_cmpuint(m->flags & MATERIAL_CUT, !=, 0);
}

/* What nobody of ours would encode is not decoded. */
static void
test_hostile(void)
{
	static const char *const subjects[] = { "a\r\nBcc: x@y.example",
		                                "a\x01", "\xc2\x85", "a\xc3" };

	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		g_autoptr(Material) m = read_mail("From: a@b.example\n\nhi\n");
		g_autoptr(GBytes) bytes = NULL;

		g_free(m->subject);
		m->subject = g_strdup(subjects[i]);
		bytes = material_encode(m);
		g_assert_null(material_decode(g_bytes_get_data(bytes, NULL),
		                              g_bytes_get_size(bytes)));
	}
}

static void
test_torn(void)
{
	g_autoptr(Material) m = read_mail("From: a@b.example\n\nhi\n");
	g_autoptr(GBytes) bytes = material_encode(m);
	const uint8_t *data = g_bytes_get_data(bytes, NULL);
	size_t size = g_bytes_get_size(bytes);
	g_autofree uint8_t *huge = g_malloc0(MATERIAL_BYTES_MAX + 1);

	for (size_t n = 0; n < size; n++)
		g_assert_null(material_decode(data, n));
	/* With one string more. */
	memcpy(huge, data, size);
	g_assert_null(material_decode(huge, size + 1));
	memset(huge, 0, size);
	g_assert_null(material_decode(huge, MATERIAL_BYTES_MAX + 1));
	g_assert_null(material_decode(huge, MATERIAL_BYTES_MAX));
}

int
main(int argc, char **argv)
{
	static const char conf[] = "[mailbox support@firma.example]\n"
				   "aliases = hjaelp@firma.example\n";
	int failed;

	g_test_init(&argc, &argv, NULL);
	message_init();
	settings = settings_parse("conf", conf, strlen(conf), NULL);
	g_assert_nonnull(settings);
	g_test_add_func("/material/whole", test_whole);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_row);
	g_test_add_func("/material/bounds", test_bounds);
	g_test_add_func("/material/hostile", test_hostile);
	g_test_add_func("/material/torn", test_torn);
	failed = g_test_run();
	settings_free(settings);
	return failed;
}
