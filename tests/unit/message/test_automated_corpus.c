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

#include "mail_parts.h"
#include "message/message.h"

static const char *const own[] = { "support@firm.example", "help@firm.example",
	                           NULL };

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

/* One mail of a machine: found out, and for the reason given. */
static void
check_machine(const char *part, void *unused)
{
	g_auto(GStrv) fields = part_fields(part);
	Automated found = classify(part_body(part), part_sender(fields[1]));

	(void)unused;
	if (strcmp(automated_name(found), fields[2]) != 0) {
		g_test_message("%s: '%s', not '%s'", fields[0],
		               automated_name(found), fields[2]);
		g_test_fail();
	}
}

static void
test_machines(void)
{
	unsigned n = parts_each_machine(check_machine, NULL);

	g_test_message("%u mails of machines", n);
	g_assert_cmpuint(n, >=, 400);
}

static bool
is_suppressed(const char *client, const char *text)
{
	g_autofree char *mail = part_mail(client, text);
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
	g_auto(GStrv) clients = parts_of(PARTS_CORPUS "genuine", "clients");
	g_auto(GStrv) texts = parts_of(PARTS_CORPUS "genuine", "texts");
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
