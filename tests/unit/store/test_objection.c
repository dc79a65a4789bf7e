/* SPDX-License-Identifier: Apache-2.0 */
/* An objection by mail: whose, to what address, and what is left. */
#include <glib.h>
#include <string.h>

#include "message/message.h"
#include "people.h"
#include "store/audit.h"
#include "store/objection.h"
#include "store/suppression.h"

static Settings *
settings_with(const char *privacy)
{
	g_autofree char *text =
		g_strconcat("[mailbox support@firm.example]\n"
	                    "aliases = kundeservice@firm.example\n[privacy]\n",
	                    privacy, "\n", NULL);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_parse("test", text, strlen(text), &error);

	g_assert_no_error(error);
	return settings;
}

static const struct row {
	const char *name;
	const char *recipient;
	const char *tags; /* NULL: the default */
	bool asked;
} rows[] = {
	{ "/objection/english", "support+objection@firm.example", NULL, true },
	{ "/objection/danish", "<support+indsigelse@firm.example>", NULL,
	  true },
	{ "/objection/case", "Support+OBJECTION@FIRM.example", NULL, true },
	{ "/objection/alias", "kundeservice+invandning@firm.example", NULL,
	  true },
	{ "/objection/no-tag", "support@firm.example", NULL, false },
	{ "/objection/other-tag", "support+order@firm.example", NULL, false },
	{ "/objection/more-in-tag", "support+objection1@firm.example", NULL,
	  false },
	{ "/objection/two-tags", "support+a+objection@firm.example", NULL,
	  false },
	{ "/objection/other-mailbox", "sales+objection@firm.example", NULL,
	  false },
	{ "/objection/other-domain", "support+objection@other.example", NULL,
	  false },
	{ "/objection/only-a-tag", "+objection@firm.example", NULL, false },
	{ "/objection/null-path", "<>", NULL, false },
	{ "/objection/own-tag", "support+stop@firm.example", "stop;halt",
	  true },
	{ "/objection/not-own-tag", "support+objection@firm.example", "stop",
	  false },
	{ "/objection/switched-off", "support+objection@firm.example", "",
	  false },
};

static void
test_asked(const void *data)
{
	const struct row *row = data;
	g_autofree char *tags =
		row->tags ? g_strconcat("objection_tags = ", row->tags, NULL)
			  : g_strdup("");
	g_autoptr(Settings) settings = settings_with(tags);

	g_assert_true(objection_is_asked(settings, row->recipient) ==
	              row->asked);
}

static ObjectionResult
object(const StoreFixture *fixture, const char *identity, bool authenticated,
       const char *recipient)
{
	g_autoptr(Settings) settings = settings_with("");
	const ObjectionMail mail = { recipient, identity, authenticated };
	g_autoptr(GError) error = NULL;
	ObjectionResult result;

	g_assert_true(store_object_by_mail(fixture->store, fixture->keys,
	                                   settings, &mail, &result, &error));
	g_assert_no_error(error);
	return result;
}

#define TO "support+objection@firm.example"
#define PERSON "person-7@customer.example"

static SuppressionKind
suppressed(const StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	SuppressionKind kind;

	g_assert_true(suppression_find(fixture->store, fixture->keys, PERSON,
	                               &kind, &error));
	return kind;
}

static bool
last_event(const AuditRow *row, void *data)
{
	char *event = data;

	g_strlcpy(event, row->event, 32);
	return true;
}

/* Only a proven writer ends a profile. */
static void
test_by_mail(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	g_autoptr(People) people = people_new(fixture, 20, 1000000);
	g_autoptr(GError) error = NULL;
	char event[32] = "";

	g_assert_cmpint(object(fixture, PERSON, true, "support@firm.example"),
	                ==, OBJECTION_NOT_ASKED);
	g_assert_cmpint(object(fixture, PERSON, false, TO), ==,
	                OBJECTION_REFUSED);
	g_assert_cmpint(object(fixture, NULL, true, TO), ==, OBJECTION_REFUSED);
	g_assert_cmpint(suppressed(fixture), ==, SUPPRESSION_NONE);
	g_assert_cmpint(people_ask(people->db, "SELECT count(*) FROM customer"),
	                ==, 20);
	g_assert_cmpint(object(fixture, PERSON, true, TO), ==, OBJECTION_DONE);
	g_assert_cmpint(suppressed(fixture), ==, SUPPRESSION_OBJECTION);
	g_assert_cmpint(people_ask(people->db, "SELECT count(*) FROM customer"),
	                ==, 19);
	g_assert_true(audit_each(fixture->store, 1, last_event, event, &error));
	g_assert_cmpstr(event, ==, "object-mail");
}

/* A reader in the way: it is on the list, and the mail need not wait. */
static void
test_pending(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	g_autoptr(People) people = people_new(fixture, 20, 1000000);

	people_run(people->db, "BEGIN; SELECT count(*) FROM alias");
	g_assert_cmpint(object(fixture, PERSON, true, TO), ==,
	                OBJECTION_PENDING);
	people_run(people->db, "COMMIT");
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_asked);
	g_test_add_func("/objection/by-mail", test_by_mail);
	g_test_add_func("/objection/pending", test_pending);
	return g_test_run();
}
