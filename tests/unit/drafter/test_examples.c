/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Approved answers, from what was sent to the next prompt, with a real store
 * and keys: kept where the site says so, found by a like question, gone with
 * whoever asked.
 */
#include "examples.h"

#include <glib.h>
#include <string.h>

#include "draft_fixture.h"
#include "store/answers.h"
#include "store/erasure.h"

#define MAILBOX "support@site.example"

typedef struct Desk {
	DraftFixture *fixture;
	Settings *settings;
	Kit kit;
	KitMailbox box;
	SealPublic *seal;
	SealSecret *secret;
	Office office;
} Desk;

static void
open_desk(Desk *desk, bool on)
{
	g_autofree char *text =
		g_strdup_printf("[store]\npath = /nowhere/tact.db\n"
	                        "[mailbox " MAILBOX "]\nmode = draft\n%s",
	                        on ? "draft_examples = true\n" : "");
	g_autoptr(GError) error = NULL;
	const char *keys;

	*desk = (Desk){ .fixture = draft_fixture_new() };
	keys = desk->fixture->base->keys_path;
	desk->settings = settings_parse("t", text, strlen(text), &error);
	g_assert_no_error(error);
	desk->seal = seal_public_load(keys, &error);
	desk->secret = seal_secret_load(keys, &error);
	g_assert_no_error(error);
	desk->box = (KitMailbox){ .mailbox = &desk->settings->mailboxes[0],
		                  .signature = (char *)"" };
	desk->kit =
		(Kit){ .settings = desk->settings, .mailboxes = &desk->box };
	desk->office = (Office){ .kit = &desk->kit,
		                 .store = desk->fixture->drafter,
		                 .seal = desk->seal,
		                 .secret = desk->secret };
	store_fixture_run(desk->fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0),"
	                  " (2, 0), (3, 0)");
}

static void
close_desk(Desk *desk)
{
	seal_public_free(desk->seal);
	seal_secret_free(desk->secret);
	settings_free(desk->settings);
	draft_fixture_free(desk->fixture);
}

static Material
material(const char *subject, const char *text)
{
	return (Material){ .subject = (char *)subject,
		           .from = (char *)"bo@kunde.example",
		           .from_name = (char *)"Bo Krog",
		           .new_text = (char *)text,
		           .signature = (char *)"" };
}

static const char question[] = "Min printer blinker rødt og vil ikke starte.";
static const char reply[] =
	"Hej Bo\n\nHold knappen inde i ti sekunder, så starter printeren.\n"
	"Ring 20 30 40 50, Bo.\n\nMed venlig hilsen\nPia Dam\n";

typedef struct Case {
	const char *name;
	DraftFate fate;
	int distance;
	bool holding, marked, off;
	int kept;
} Case;

static const Case cases[] = {
	{ "as-is", FATE_SENT_AS_IS, 10, false, false, false, 1 },
	{ "edited", FATE_SENT_EDITED, 300, false, false, false, 1 },
	{ "much", FATE_SENT_EDITED, 301, false, false, false, 0 },
	{ "rewritten", FATE_REWRITTEN, 100, false, false, false, 0 },
	{ "discarded", FATE_DISCARDED, 900, false, false, false, 0 },
	{ "holding", FATE_SENT_AS_IS, 0, true, false, false, 0 },
	{ "open", FATE_SENT_AS_IS, 0, false, true, false, 0 },
	{ "off", FATE_SENT_AS_IS, 0, false, false, true, 0 },
};

static void
keep(const Desk *desk, const Case *one, int64_t customer)
{
	const SentTask task = { .thread = customer,
		                .customer = customer,
		                .at = DRAFT_NOW,
		                .mailbox = (char *)MAILBOX };
	Material mail = material("Printer", question);
	Material sent = material("Re: Printer", reply);
	g_autoptr(Sheet) sheet = sheet_of_text(reply, LANGUAGE_DA, NULL);
	const Match match = { .fate = one->fate,
		              .distance = one->distance,
		              .language = LANGUAGE_DA,
		              .request = (char *)"support",
		              .sheet = sheet,
		              .mail = &mail };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(desk->fixture->drafter, &error);

	sheet->holding = one->holding;
	sent.from_name = (char *)"Pia Dam";
	sent.flags = one->marked ? MATERIAL_CHECK_MARK : 0;
	g_assert_true(
		examples_keep(&desk->office, &task, &match, &sent, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static GPtrArray *
find(const Desk *desk, Language language, const char *text)
{
	const DraftTask task = { .language = language,
		                 .facts = (char *)"",
		                 .mailbox = (char *)MAILBOX };
	const Material mail = material("Hjælp", text);

	return examples_find(&desk->office, &task, &mail);
}

static int
count(const Desk *desk)
{
	return (int)draft_ask(desk->fixture, "SELECT count(*) FROM answer");
}

static void
test_keep(gconstpointer data)
{
	const Case *one = data;
	Desk desk;

	open_desk(&desk, !one->off);
	keep(&desk, one, 1);
	g_assert_cmpint(count(&desk), ==, one->kept);
	close_desk(&desk);
}

/* Redacted, and unreadable for who has the file alone. */
static void
test_find(void)
{
	static const char asked[] = "Hvorfor blinker min printer rødt?";
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(GPtrArray) other = NULL;
	g_autoptr(GPtrArray) swedish = NULL;
	Desk desk;

	open_desk(&desk, true);
	for (int64_t customer = 1; customer <= 3; customer++)
		keep(&desk, &cases[0], customer);
	found = find(&desk, LANGUAGE_DA, asked);
	g_assert_cmpuint(found->len, ==, 1); /* the same text thrice */
	g_assert_cmpstr(found->pdata[0], ==,
	                "Hold knappen inde i ti sekunder, så starter printeren."
	                "\nRing (phone), (name).");
	other = find(&desk, LANGUAGE_DA, "Hvornår kommer min pakke med tøj?");
	g_assert_cmpuint(other->len, ==, 0);
	swedish = find(&desk, LANGUAGE_SV, asked);
	g_assert_cmpuint(swedish->len, ==, 0);
	g_assert_cmpint(draft_ask(desk.fixture,
	                          "SELECT count(*) FROM answer WHERE"
	                          " instr(text, CAST('knappen' AS BLOB)) > 0"),
	                ==, 0);
	close_desk(&desk);
}

/* Who withdraws, or is restricted, is no example any more. */
static void
test_withdrawn(void)
{
	static const char *const changes[] = {
		"UPDATE customer SET restricted = 1",
		"UPDATE customer SET consent = 1",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autoptr(GPtrArray) found = NULL;
		Desk desk;

		open_desk(&desk, true);
		keep(&desk, &cases[0], 1);
		store_fixture_run(desk.fixture->admin, changes[i]);
		found = find(&desk, LANGUAGE_DA, question);
		g_assert_cmpuint(found->len, ==, 0);
		keep(&desk, &cases[0], 2); /* and nothing more is kept */
		g_assert_cmpint(count(&desk), ==, 1);
		close_desk(&desk);
	}
}

static void
test_dropped(void)
{
	g_autoptr(GError) error = NULL;
	StoreTxn *txn;
	bool there = true;
	Desk desk;

	open_desk(&desk, true);
	keep(&desk, &cases[0], 1);
	txn = store_begin(desk.fixture->admin, &error);
	g_assert_true(answers_drop(desk.fixture->admin,
	                           desk.fixture->base->keys, 99, &there,
	                           &error));
	g_assert_false(there);
	g_assert_true(answers_drop(desk.fixture->admin,
	                           desk.fixture->base->keys, 1, &there,
	                           &error));
	g_assert_true(there);
	g_assert_true(store_commit(txn, &error));
	g_assert_cmpint(count(&desk), ==, 0);
	g_assert_cmpint(draft_ask(desk.fixture, "SELECT count(*) FROM audit"
	                                        " WHERE event = 'lesson'"),
	                ==, 1);
	store_end(txn);
	close_desk(&desk);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path =
			g_strdup_printf("/examples/keep/%s", cases[i].name);

		g_test_add_data_func(path, &cases[i], test_keep);
	}
	g_test_add_func("/examples/find", test_find);
	g_test_add_func("/examples/withdrawn", test_withdrawn);
	g_test_add_func("/examples/dropped", test_dropped);
	return g_test_run();
}
