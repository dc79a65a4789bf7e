/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole mails through message_parse(). tests/corpus/automated/ holds what
 * machines write, one mail after "=== NAME, envelope sender, reason" (by tabs;
 * envelope sender "-" is not known). tests/corpus/genuine/ holds texts of
 * customers and headers of their mail programs; every text is sent by every
 * program. All written for this test, after the formats of the programs named.
 */
#include <glib.h>
#include <string.h>

#include "message/message.h"

#define CORPUS "tests/corpus/"
#define SEPARATOR "=== "

static const char *const own[] = { "support@firm.example", "help@firm.example",
	                           NULL };

/* The parts of a file behind its separators, each with the separator's line
 * as its first; the caller's. */
static char **
parts_of(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(g_str_has_prefix(text, SEPARATOR));
	return g_strsplit(text + strlen(SEPARATOR), "\n" SEPARATOR, -1);
}

static Automated
classify(const char *mail, const char *sender)
{
	MessageEnvelope envelope = { .sender = sender, .own_addresses = own };
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(mail, strlen(mail), &envelope, &error);

	g_assert_no_error(error);
	return message_automated(message);
}

static const char *
envelope_sender(const char *field)
{
	if (strcmp(field, "-") == 0)
		return NULL;
	return strcmp(field, "<>") == 0 ? "" : field;
}

/* One mail of a machine: found out, and for the reason given. */
static void
check_machine(const char *part)
{
	const char *mail = strchr(part, '\n') + 1;
	g_autofree char *line = g_strndup(part, (gsize)(mail - part - 1));
	g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
	Automated found;

	g_assert_cmpuint(g_strv_length(fields), ==, 3);
	found = classify(mail, envelope_sender(fields[1]));
	if (strcmp(automated_name(found), fields[2]) != 0) {
		g_test_message("%s: '%s', not '%s'", fields[0],
		               automated_name(found), fields[2]);
		g_test_fail();
	}
}

static void
test_machines(void)
{
	g_autoptr(GDir) dir = g_dir_open(CORPUS "automated", 0, NULL);
	const char *name;
	unsigned n = 0;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_auto(GStrv) parts = NULL;

		if (!g_str_has_suffix(name, ".mails"))
			continue;
		parts = parts_of(CORPUS "automated", name);
		for (size_t i = 0; parts[i] != NULL; i++, n++)
			check_machine(parts[i]);
	}
	g_test_message("%u mails of machines", n);
	g_assert_cmpuint(n, >=, 400);
}

/* A client's header lines before a customer's subject and text; the first line
 * of each part is its name. */
static char *
mail_of(const char *client, const char *text)
{
	return g_strconcat(strchr(client, '\n') + 1, "\n",
	                   strchr(text, '\n') + 1, "\n", NULL);
}

static bool
is_suppressed(const char *client, const char *text)
{
	g_autofree char *mail = mail_of(client, text);
	Automated found = classify(mail, "bo@customer.example");

	if (found == AUTOMATED_NO)
		return false;
	g_test_message("%.*s with %.*s: %s", (int)strcspn(text, "\n"), text,
	               (int)strcspn(client, "\n"), client,
	               automated_name(found));
	return true;
}

static void
test_customers(void)
{
	g_auto(GStrv) clients = parts_of(CORPUS "genuine", "clients");
	g_auto(GStrv) texts = parts_of(CORPUS "genuine", "texts");
	unsigned n = 0;
	unsigned wrong = 0;

	for (size_t c = 0; clients[c] != NULL; c++)
		for (size_t t = 0; texts[t] != NULL; t++, n++)
			wrong += is_suppressed(clients[c], texts[t]);
	g_test_message("%u of %u mails of customers suppressed", wrong, n);
	g_assert_cmpuint(n, >=, 500);
	g_assert_cmpuint(wrong * 100, <=, n);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/automated-corpus/machines", test_machines);
	g_test_add_func("/automated-corpus/customers", test_customers);
	return g_test_run();
}
