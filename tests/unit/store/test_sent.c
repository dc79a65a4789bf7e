/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers that wait to be compared, those kept to be found again, and personal
 * data that one conversation knows and another does not.
 */
#include <glib.h>
#include <string.h>

#include "draft_fixture.h"
#include "store/answers.h"
#include "store/datums.h"
#include "store/sent.h"

static void
insert_sent(const DraftFixture *fixture, int64_t thread, int64_t customer,
            int64_t at)
{
	g_autoptr(GBytes) material = g_bytes_new_static("sealed", 6);
	const SentMail sent = { .public_id = "abcd",
		                .mail = 40 + thread,
		                .thread = thread,
		                .mailbox = 7,
		                .customer = customer,
		                .at = at,
		                .material = material };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->base->store, &error);

	g_assert_true(sent_insert(fixture->base->store, &sent, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static void
claim_sent(const DraftFixture *fixture, int64_t now, SentTask *task)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	sent_task_clear(task);
	g_assert_true(sent_claim(fixture->drafter, now, task, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static bool
with_sent(const DraftFixture *fixture, const SentTask *task, int64_t later)
{
	bool done = true;
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	g_assert_true(
		later != 0
			? sent_later(fixture->drafter, task->id, later, &error)
			: sent_done(fixture->drafter, task, &done, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return done;
}

static void
test_sent(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(SentTask) task = { 0 };

	insert_sent(fixture, 2, 0, DRAFT_NOW + 1);
	insert_sent(fixture, 1, 0, DRAFT_NOW);
	claim_sent(fixture, DRAFT_NOW - 1, &task);
	g_assert_cmpint(task.id, ==, 0);
	claim_sent(fixture, DRAFT_NOW + 5, &task);
	g_assert_cmpint(task.thread, ==, 1);
	g_assert_cmpint(task.mail, ==, 41);
	g_assert_cmpint(task.attempts, ==, 1);
	g_assert_cmpstr(task.mailbox, ==, "support@site.example");
	g_assert_cmpstr(task.public_id, ==, "abcd");
	g_assert_cmpuint(g_bytes_get_size(task.material), ==, 6);
	/* Whoever claimed it died: the same again. */
	claim_sent(fixture, DRAFT_NOW + 5, &task);
	g_assert_cmpint(task.thread, ==, 1);
	g_assert_cmpint(task.attempts, ==, 2);
	g_assert_true(with_sent(fixture, &task, DRAFT_NOW + 60));
	claim_sent(fixture, DRAFT_NOW + 5, &task);
	g_assert_cmpint(task.thread, ==, 2);
	g_assert_true(with_sent(fixture, &task, 0));
	claim_sent(fixture, DRAFT_NOW + 5, &task);
	g_assert_cmpint(task.id, ==, 0);
	claim_sent(fixture, DRAFT_NOW + 60, &task);
	g_assert_cmpint(task.thread, ==, 1);
	g_assert_true(with_sent(fixture, &task, 0));
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM sent"), ==, 0);
}

/* Erased while the drafter reads it: it tells nothing, and the next answer,
 * which gets its number, is not taken for it. */
static void
test_sent_erased(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(SentTask) task = { 0 };

	insert_sent(fixture, 1, 0, DRAFT_NOW);
	claim_sent(fixture, DRAFT_NOW, &task);
	store_fixture_run(fixture->admin, "DELETE FROM sent");
	g_assert_false(with_sent(fixture, &task, 0));
	insert_sent(fixture, 2, 0, DRAFT_NOW);
	g_assert_cmpint(draft_ask(fixture, "SELECT id FROM sent"), ==, task.id);
	g_assert_false(with_sent(fixture, &task, 0));
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM sent"), ==, 1);
	claim_sent(fixture, DRAFT_NOW, &task);
	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, restricted)"
	                  " VALUES (1, 0, 0); UPDATE sent SET customer = 1");
	g_assert_false(with_sent(fixture, &task, 0));
	claim_sent(fixture, DRAFT_NOW, &task);
	store_fixture_run(fixture->admin, "UPDATE customer SET restricted = 1");
	g_assert_false(with_sent(fixture, &task, 0));
	store_fixture_run(fixture->admin, "UPDATE customer SET restricted = 0");
	g_assert_true(with_sent(fixture, &task, 0));
}

static void
test_sent_restricted(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(SentTask) task = { 0 };

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, restricted)"
	                  " VALUES (1, 0, 1)");
	insert_sent(fixture, 1, 1, DRAFT_NOW);
	claim_sent(fixture, DRAFT_NOW, &task);
	g_assert_cmpint(task.id, ==, 0);
	store_fixture_run(fixture->admin, "UPDATE customer SET restricted = 0");
	claim_sent(fixture, DRAFT_NOW, &task);
	g_assert_cmpint(task.customer, ==, 1);
}

/* Sent before a consent was withdrawn: nothing is learnt from it after. */
static void
test_sent_consent(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(SentTask) task = { 0 };

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, consent)"
	                  " VALUES (1, 0, 0)");
	insert_sent(fixture, 1, 1, DRAFT_NOW);
	claim_sent(fixture, DRAFT_NOW, &task);
	g_assert_cmpint(task.id, ==, 0);
	store_fixture_run(fixture->admin, "UPDATE customer SET consent = 1");
	claim_sent(fixture, DRAFT_NOW, &task);
	g_assert_cmpint(task.customer, ==, 1);
}

static void
note(const DraftFixture *fixture, int64_t thread, const char *text)
{
	const DatumPlace place = { .thread = thread, .at = DRAFT_NOW };
	const char *const texts[] = { text };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	g_assert_true(datums_note(fixture->drafter, fixture->base->keys, &place,
	                          texts, 1, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static int
foreign(const DraftFixture *fixture, int64_t thread, const char *const *texts,
        size_t n)
{
	const DatumAsk ask = { .thread = thread, .texts = texts, .n = n };
	g_autoptr(GError) error = NULL;
	int at;

	g_assert_true(datums_find_foreign(
		fixture->base->store, fixture->base->keys, &ask, &at, &error));
	g_assert_no_error(error);
	return at;
}

static void
test_datums(void)
{
	static const char *const texts[] = { "unseen", "+4512345678",
		                             "anna@x.example" };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	g_assert_cmpint(foreign(fixture, 1, texts, 3), ==, -1);
	note(fixture, 1, "+4512345678");
	note(fixture, 1, "+4512345678");
	note(fixture, 2, "anna@x.example");
	/* Its own is no secret from it; another's is. */
	g_assert_cmpint(foreign(fixture, 1, texts, 2), ==, -1);
	g_assert_cmpint(foreign(fixture, 1, texts, 3), ==, 2);
	g_assert_cmpint(foreign(fixture, 2, texts, 3), ==, 1);
	g_assert_cmpint(foreign(fixture, 3, texts, 3), ==, 1);
	/* In both it may be told in both. */
	note(fixture, 2, "+4512345678");
	g_assert_cmpint(foreign(fixture, 2, texts, 3), ==, -1);
	g_assert_cmpint(foreign(fixture, 3, texts, 2), ==, 1);
	/* And what everybody has is the site's own. */
	note(fixture, 4, "+4512345678");
	g_assert_cmpint(foreign(fixture, 3, texts, 2), ==, -1);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM datum"
	                                   " WHERE instr(hash, '4512') > 0"),
	                ==, 0);
}

static void
see_answer(const KeptAnswer *answer, void *data)
{
	gsize size;
	const char *bytes = g_bytes_get_data((GBytes *)answer->text, &size);

	g_string_append_printf(data, "%.*s ", (int)size, bytes);
}

static void
put_answer(const DraftFixture *fixture, int n, Language language,
           int64_t customer)
{
	g_autofree char *text = g_strdup_printf("%d", n);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	const KeptAnswer answer = { .public_id = "abcd",
		                    .thread = 1,
		                    .customer = customer,
		                    .mailbox = "support@site.example",
		                    .language = language,
		                    .at = DRAFT_NOW,
		                    .text = bytes };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	g_assert_true(answers_put(fixture->drafter, &answer, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static void
test_answers(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) seen = g_string_new(NULL);

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, restricted)"
	                  " VALUES (1, 0, 0), (2, 0, 1)");
	put_answer(fixture, 1, LANGUAGE_DA, 0);
	put_answer(fixture, 2, LANGUAGE_SV, 0);
	put_answer(fixture, 3, LANGUAGE_DA, 1);
	put_answer(fixture, 4, LANGUAGE_DA, 2);
	g_assert_true(answers_each(fixture->drafter, "support@site.example",
	                           LANGUAGE_DA, see_answer, seen, NULL));
	g_assert_cmpstr(seen->str, ==, "3 1 ");
}

/* The oldest of that mailbox and language goes. */
static void
test_answers_many(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	put_answer(fixture, 0, LANGUAGE_SV, 0);
	for (int i = 0; i < ANSWERS_MAX + 3; i++)
		put_answer(fixture, i, LANGUAGE_DA, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM answer"
	                                   " WHERE language = 'da'"),
	                ==, ANSWERS_MAX);
	g_assert_cmpint(draft_ask(fixture, "SELECT min(text) = x'33' FROM"
	                                   " (SELECT text FROM answer WHERE"
	                                   " language = 'da' ORDER BY id"
	                                   " LIMIT 1)"),
	                ==, 1);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM answer"
	                                   " WHERE language = 'sv'"),
	                ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sent/claim", test_sent);
	g_test_add_func("/sent/erased", test_sent_erased);
	g_test_add_func("/sent/restricted", test_sent_restricted);
	g_test_add_func("/sent/consent", test_sent_consent);
	g_test_add_func("/datums/foreign", test_datums);
	g_test_add_func("/answers/each", test_answers);
	g_test_add_func("/answers/many", test_answers_many);
	return g_test_run();
}
