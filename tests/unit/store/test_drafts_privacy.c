/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RELIABILITY rows P-1 and P-2 for drafts: no word of a mail stands in any
 * file, while a draft lives and after; who is erased leaves nothing, customer
 * or not, and what may lie in a folder of drafts is still removed there.
 */
#include <glib.h>
#include <string.h>

#include "draft_moves.h"
#include "draft_person.h"
#include "store/datums.h"
#include "store/export.h"
#include "store/knowledge.h"
#include "store/seal.h"
#include "store/sent.h"

#define NEEDLE "needle-in-the-mail-of-anna-0123456789"
#define STRANGER "anna@customer.example"

/* How often `needle` stands in any file of the folder, in any spelling. */
static int
count_in_files(const StoreFixture *base, const char *needle, size_t size)
{
	g_autoptr(GDir) dir = g_dir_open(base->directory, 0, NULL);
	const char *name;
	int n = 0;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path =
			g_build_filename(base->directory, name, NULL);
		g_autofree char *bytes = NULL;
		gsize length = 0;

		if (!g_file_get_contents(path, &bytes, &length, NULL))
			continue;
		for (gsize i = 0; i + size <= length; i++)
			n += memcmp(bytes + i, needle, size) == 0;
	}
	return n;
}

static int
needles(const StoreFixture *base)
{
	g_autofree char *upper = g_ascii_strup(NEEDLE, -1);
	g_autofree gunichar2 *wide =
		g_utf8_to_utf16(NEEDLE, -1, NULL, NULL, NULL);
	GString *hex = g_string_new(NULL);
	int n = count_in_files(base, NEEDLE, strlen(NEEDLE)) +
	        count_in_files(base, upper, strlen(upper)) +
	        count_in_files(base, (const char *)wide, 2 * strlen(NEEDLE));

	for (const char *c = NEEDLE; *c != '\0'; c++)
		g_string_append_printf(hex, "%02x", (unsigned)*c);
	n += count_in_files(base, hex->str, hex->len);
	g_string_free(hex, TRUE);
	for (size_t shift = 0; shift < 3; shift++) {
		g_autofree char *base64 =
			g_base64_encode((const guchar *)NEEDLE + shift,
		                        (strlen(NEEDLE) - shift) / 3 * 3);

		n += count_in_files(base, base64, strlen(base64));
	}
	return n;
}

static GBytes *
seal(const SealPublic *public, SealKind kind, const char *id)
{
	GString *text = g_string_new(NULL);
	GBytes *sealed;

	for (int i = 0; i < 300; i++)
		g_string_append(text, NEEDLE "\n");
	sealed = seal_close(public, kind, id, text->str, text->len);
	g_string_free(text, TRUE);
	return sealed;
}

static int64_t
enqueue_sealed(const DraftFixture *fixture, const SealPublic *public,
               int64_t thread)
{
	DraftRequest request = draft_request(fixture, thread);
	g_autofree char *id =
		g_strdup_printf("aaaaaaaaaaaaaa%02d", (int)thread);
	g_autoptr(GBytes) sealed = seal(public, SEAL_MATERIAL, id);

	request.public_id = id;
	request.material = sealed;
	return draft_enqueue(fixture, &request);
}

static void
write_sealed(const DraftFixture *fixture, const SealPublic *public, int64_t id)
{
	g_autoptr(GBytes) sealed = seal(public, SEAL_TEXT, "x");
	const DraftWritten written = { .text = sealed,
		                       .language = LANGUAGE_DA,
		                       .engine = "template",
		                       .modules = "greeting/a",
		                       .articles = "",
		                       .checks = "",
		                       .reason = "",
		                       .at = DRAFT_NOW };
	DraftBegun begun = draft_begin(fixture->drafter);
	g_autoptr(GError) error = NULL;
	DraftMove move;
	bool good = drafts_write(begun.store, id, &written, &move, &error);

	g_assert_cmpint(draft_end(&begun, good, move, error), ==, DRAFT_MOVED);
}

/* The keeper's other rows of the same conversation. */
static void
add_others(const DraftFixture *fixture, const SealPublic *public,
           int64_t thread)
{
	static const char *const texts[] = { NEEDLE };
	g_autoptr(GBytes) sent_bytes = seal(public, SEAL_SENT, "s");
	g_autoptr(GBytes) words = seal(public, SEAL_WORDS, "w");
	const SentMail sent = { .public_id = "s",
		                .mail = 1,
		                .thread = thread,
		                .mailbox = 7,
		                .at = DRAFT_NOW,
		                .material = sent_bytes };
	const KnowledgeGap gap = { .thread = thread,
		                   .request = "support",
		                   .public_id = "w",
		                   .words = words,
		                   .at = DRAFT_NOW };
	const DatumPlace place = { .thread = thread, .at = DRAFT_NOW };
	DraftBegun keeper = draft_begin(fixture->base->store);
	g_autoptr(GError) error = NULL;
	bool good = sent_insert(keeper.store, &sent, &error) &&
	            datums_note(keeper.store, fixture->base->keys, &place,
	                        texts, 1, &error);
	DraftBegun drafter;

	draft_end(&keeper, good, DRAFT_MOVED, error);
	drafter = draft_begin(fixture->drafter);
	good = knowledge_gap_put(drafter.store, &gap, &error);
	draft_end(&drafter, good, DRAFT_MOVED, error);
}

/* At each step of a life, and once it is over. */
static void
test_needles(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(SealPublic) public =
		seal_public_load(fixture->base->keys_path, NULL);
	DraftOperation o = { .fixture = fixture, .thread = 1 };

	/* The search itself finds what is not sealed. */
	store_fixture_run(fixture->admin, "CREATE TABLE plain (t TEXT);"
	                                  "INSERT INTO plain VALUES"
	                                  " ('" NEEDLE "')");
	g_assert_cmpint(needles(fixture->base), ==, 1);
	store_fixture_run(fixture->admin, "DROP TABLE plain");
	g_assert_cmpint(needles(fixture->base), ==, 0);
	o.id = enqueue_sealed(fixture, public, 1);
	add_others(fixture, public, 1);
	g_assert_cmpint(needles(fixture->base), ==, 0);
	do_claim(&o);
	write_sealed(fixture, public, o.id);
	g_assert_cmpint(needles(fixture->base), ==, 0);
	do_delivering(&o);
	do_delivered(&o);
	g_assert_cmpint(needles(fixture->base), ==, 0);
	o.argument = FATE_SENT_AS_IS;
	do_close(&o);
	g_assert_cmpint(needles(fixture->base), ==, 0);
}

/* The sealed bytes themselves are gone from the file with the draft's end. */
static void
test_texts_gone(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(SealPublic) public =
		seal_public_load(fixture->base->keys_path, NULL);
	DraftOperation o = { .fixture = fixture,
		             .thread = 1,
		             .argument = FATE_EXPIRED };
	g_auto(DraftTexts) texts = { 0 };
	const char *bytes;
	gsize size;

	o.id = enqueue_sealed(fixture, public, 1);
	enqueue_sealed(fixture, public, 2);
	g_assert_true(drafts_texts(fixture->admin, o.id, &texts, NULL));
	bytes = g_bytes_get_data(texts.material, &size);
	g_assert_cmpint(count_in_files(fixture->base, bytes + 10, 200), ==, 1);
	g_assert_cmpint(do_close(&o), ==, DRAFT_MOVED);
	for (gsize at = 0; at + 200 <= size; at += 500)
		g_assert_cmpint(count_in_files(fixture->base, bytes + at, 200),
		                ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 1);
}

/* One who is no customer is found by who wrote. */
static void
test_stranger(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(SealPublic) public =
		seal_public_load(fixture->base->keys_path, NULL);
	Pseudonym writer = drafts_writer(fixture->base->keys, STRANGER);
	int64_t other;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO thread (id, opened_at, last_in_at,"
	                  " contacts, tier) VALUES (1, 0, 0, 1, 0),"
	                  " (2, 0, 0, 1, 0);"
	                  "INSERT INTO mail (key, thread, at, direction,"
	                  " public_id, facts) VALUES (x'01', 1, 0, 0, '', x''),"
	                  " (x'02', 2, 0, 0, '', x'')");
	enqueue_sealed(fixture, public, 1);
	add_others(fixture, public, 1);
	other = enqueue_sealed(fixture, public, 2);
	store_fixture_run(fixture->admin,
	                  "UPDATE draft SET writer = x'00112233' WHERE"
	                  " thread = 2");
	g_assert_cmpint(draft_ask(fixture, DRAFT_ROWS), ==, 11);
	g_assert_cmpint(draft_erase(fixture, "nobody@customer.example").rows,
	                ==, 0);
	g_assert_cmpint(draft_erase(fixture, STRANGER).rows, ==, 7);
	g_assert_cmpint(draft_ask(fixture, DRAFT_ROWS), ==, 4);
	g_assert_cmpint(draft_state_of(fixture, other), ==, DRAFT_QUEUED);
	g_assert_cmpint(count_in_files(fixture->base,
	                               (const char *)writer.bytes,
	                               PSEUDONYM_BYTES),
	                ==, 0);
}

/* By mail: the keeper itself erases, and enqueues nothing meanwhile. */
static void
test_objection(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	const ErasureRequest request = { .kind = ERASURE_OBJECT_MAIL,
		                         .who = STRANGER,
		                         .actor = "t",
		                         .wait_ms = 5000 };
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	draft_bring(fixture, 1, DRAFT_READY);
	draft_bring(fixture, 2, DRAFT_DELIVERED);
	g_assert_true(erasure_run(fixture->base->store, fixture->base->keys,
	                          &request, &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.pending, ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"
	                                   " WHERE writer IS NOT NULL"),
	                ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM suppression"),
	                ==, 1);
}

/* However far a draft has come: those that still wait are in no index. */
static void
test_each_state(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	for (int state = 0; state < DRAFT_STATE_N; state++)
		draft_bring(fixture, state + 1, state);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(DISTINCT state) FROM"
	                                   " draft WHERE writer IS NOT NULL"),
	                ==, DRAFT_STATE_N);
	draft_erase(fixture, STRANGER);
	g_assert_cmpint(draft_ask(fixture,
	                          "SELECT count(*) FROM draft WHERE"
	                          " writer IS NOT NULL OR thread <> 0"),
	                ==, 0);
}

static bool
restrict_stranger(const DraftFixture *fixture, RestrictionChange change)
{
	g_autoptr(GError) error = NULL;
	bool changed;

	g_assert_true(restriction_change(fixture->admin, fixture->base->keys,
	                                 STRANGER, change, &changed, &error));
	g_assert_no_error(error);
	return changed;
}

static int64_t
next_due(const DraftFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	int64_t due;

	g_assert_true(drafts_next_due(fixture->drafter, &due, &error));
	g_assert_no_error(error);
	return due;
}

static int64_t
sent_due(const DraftFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	int64_t due;

	g_assert_true(sent_next_due(fixture->drafter, &due, &error));
	g_assert_no_error(error);
	return due;
}

/* Of one who is no customer: what waits goes on waiting, and on when lifted;
 * other conversations go on. */
static void
test_restriction(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	store_fixture_run(fixture->admin,
	                  "INSERT INTO thread (id, opened_at, last_in_at,"
	                  " contacts, tier) VALUES (1, 0, 0, 1, 0),"
	                  " (2, 0, 0, 1, 0);"
	                  "INSERT INTO sent (public_id, mail, thread, mailbox,"
	                  " at, next_at, material) VALUES"
	                  " ('s', 1, 1, 7, 5, 5, x'00')");
	draft_bring(fixture, 1, DRAFT_QUEUED);
	g_assert_cmpint(next_due(fixture), >, 0);
	g_assert_cmpint(sent_due(fixture), ==, 5);
	g_assert_true(restrict_stranger(fixture, RESTRICTION_SET));
	g_assert_cmpint(next_due(fixture), ==, 0);
	g_assert_cmpint(sent_due(fixture), ==, 0);
	draft_bring(fixture, 2, DRAFT_QUEUED);
	g_assert_cmpint(next_due(fixture), >, 0);
	store_fixture_run(fixture->admin,
	                  "DELETE FROM draft_text WHERE draft = 2;"
	                  "DELETE FROM draft WHERE thread = 2");
	/* None was given there: that is not what is lifted. */
	store_fixture_run(fixture->admin,
	                  "UPDATE thread SET quiet = 1 WHERE id = 2");
	g_assert_true(restrict_stranger(fixture, RESTRICTION_LIFT));
	g_assert_cmpint(next_due(fixture), >, 0);
	g_assert_cmpint(sent_due(fixture), ==, 5);
	g_assert_cmpint(draft_ask(fixture, "SELECT sum(quiet) FROM thread"), ==,
	                1);
}

/* What is kept of one who is no customer is given out too, and what is a
 * customer's only with the customer's. */
static void
test_export(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(SealPublic) public =
		seal_public_load(fixture->base->keys_path, NULL);
	g_autofree char *all = NULL, *none = NULL, *theirs = NULL;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO thread (id, opened_at, last_in_at,"
	                  " contacts, tier) VALUES (1, 0, 0, 1, 0),"
	                  " (2, 0, 0, 1, 0);"
	                  "INSERT INTO mail (key, thread, at, direction,"
	                  " public_id, facts) VALUES (x'01', 1, 0, 0, '', x''),"
	                  " (x'02', 2, 0, 0, '', x'')");
	enqueue_sealed(fixture, public, 1);
	add_others(fixture, public, 1);
	all = draft_exported(fixture, STRANGER);
	g_assert_cmpstr(all, ==,
	                "draft_text draft sent datum gap mail thread ");
	none = draft_exported(fixture, "nobody@customer.example");
	g_assert_cmpstr(none, ==, "");
	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0);"
	                  "UPDATE draft SET customer = 1");
	theirs = draft_exported(fixture, STRANGER);
	g_assert_cmpstr(theirs, ==, "");
}

/* Delivered, or perhaps: it is nobody's, and its removal is due. */
static void
test_recall(void)
{
	static const int there[] = { DRAFT_DELIVERING, DRAFT_DELIVERED,
		                     DRAFT_CLOSED_REMOVE };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(DraftTask) task = { 0 };
	DraftBegun begun;
	g_autoptr(GError) error = NULL;
	bool good;

	for (int state = 0; state <= DRAFT_CLOSED_REMOVE; state++)
		draft_bring(fixture, 10 + state, state);
	store_fixture_run(fixture->admin,
	                  "UPDATE draft SET place = 'Drafts;' || thread");
	draft_erase(fixture, STRANGER);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"), ==,
	                (int)G_N_ELEMENTS(there));
	g_assert_cmpint(draft_ask(fixture,
	                          "SELECT count(*) FROM draft WHERE state = 7"
	                          " AND thread = 0 AND mail = 0 AND customer"
	                          " IS NULL AND writer IS NULL AND facts = ''"
	                          " AND place <> ''"),
	                ==, (int)G_N_ELEMENTS(there));
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft_text"),
	                ==, 0);
	begun = draft_begin(fixture->drafter);
	good = drafts_claim(begun.store, DRAFT_NOW, &task, &error);
	draft_end(&begun, good, DRAFT_MOVED, error);
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_REMOVE);
	g_assert_cmpstr(task.place, ==, "Drafts;13");
}

/* After a restore: what the stranger had then is erased again. */
static void
test_reapply(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	draft_erase(fixture, STRANGER);
	draft_bring(fixture, 1, DRAFT_READY);
	store_fixture_run(fixture->admin, "UPDATE draft SET created_at = 1000");
	g_assert_true(erasures_reapply(fixture->admin, fixture->base->keys, "t",
	                               &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.rows, ==, 2);
	/* And one that came after the erasure is not. */
	draft_bring(fixture, 2, DRAFT_READY);
	store_fixture_run(fixture->admin,
	                  "UPDATE draft SET created_at = 4000000000");
	g_assert_true(erasures_reapply(fixture->admin, fixture->base->keys, "t",
	                               &result, &error));
	g_assert_cmpint(result.rows, ==, 0);
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM draft"), ==,
	                1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts-privacy/P-1-needles", test_needles);
	g_test_add_func("/drafts-privacy/texts-gone", test_texts_gone);
	g_test_add_func("/drafts-privacy/P-2-stranger", test_stranger);
	g_test_add_func("/drafts-privacy/P-2-each-state", test_each_state);
	g_test_add_func("/drafts-privacy/restriction", test_restriction);
	g_test_add_func("/drafts-privacy/P-4-stranger", test_export);
	g_test_add_func("/drafts-privacy/P-6-objection", test_objection);
	g_test_add_func("/drafts-privacy/recall", test_recall);
	g_test_add_func("/drafts-privacy/P-9-reapply", test_reapply);
	return g_test_run();
}
