/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From edits to lessons to the next draft, with a real store and the shipped
 * packs; and back: who is erased has taught nothing.
 */
#include <glib.h>
#include <string.h>

#include "draft_fixture.h"
#include "drafting/template.h"
#include "lesson.h"
#include "store/erasure.h"
#include "store/lessons.h"

#define MAILBOX "support@site.example"

static const char draft[] = "Hej Anne\n\nTak for din mail.\n\n"
			    "Klik på Glemt kode, så får du en mail.\n\n"
			    "Vi beklager ulejligheden.\n\nMed venlig hilsen\n";

static Sheet *
make_sheet(void)
{
	static const char *const ids[] = { "greeting/name-1", "thanks/plain-1",
		                           "article/reset", "next/sorry",
		                           "signoff/plain-1" };
	Sheet *sheet = sheet_of_text(draft, LANGUAGE_DA, NULL);
	const char *at = sheet->body;

	sheet->form = ADDRESS_INFORMAL;
	sheet->n_parts = G_N_ELEMENTS(ids);
	sheet->parts = g_new0(DraftPart, sheet->n_parts);
	for (size_t i = 0; i < sheet->n_parts; i++) {
		const char *end = strstr(at, "\n\n");
		size_t from = (size_t)(at - sheet->body);
		size_t to = end != NULL ? (size_t)(end - sheet->body)
		                        : strlen(sheet->body) - 1;

		sheet->parts[i] = (DraftPart){ g_strdup(ids[i]), from, to };
		at = sheet->body + to + 2;
	}
	return sheet;
}

/* One edit of a mail of that customer. */
static void
teach(const DraftFixture *fixture, int64_t customer, const char *sent_text,
      DraftFate fate)
{
	const Office office = { .store = fixture->drafter };
	const SentTask task = { .thread = customer,
		                .customer = customer,
		                .at = DRAFT_NOW,
		                .mailbox = (char *)MAILBOX };
	const Material sent = { .new_text = (char *)sent_text };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);
	g_auto(Match) match = { .fate = fate,
		                .language = LANGUAGE_DA,
		                .sheet = make_sheet() };
	EditSpan spans[8];
	EditInput input = { .draft = match.sheet->body,
		            .sent = sent_text,
		            .language = LANGUAGE_DA,
		            .spans = spans,
		            .n_spans = match.sheet->n_parts };

	for (size_t i = 0; i < input.n_spans; i++)
		spans[i] = (EditSpan){ match.sheet->parts[i].start,
			               match.sheet->parts[i].end };
	edit_compare(&input, &match.edit);
	g_assert_true(lesson_learn(&office, &task, &match, &sent, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static DraftFixture *
with_customers(void)
{
	DraftFixture *fixture = draft_fixture_new();

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0),"
	                  " (2, 0), (3, 0), (4, 0), (5, 0)");
	return fixture;
}

static const char edited[] = "Hejsa Anne\n\nTak for din mail.\n\n"
			     "Klik på Glemt kode, så får du en mail. Kom du "
			     "videre?\n\nMvh\n";

static void
write_lesson(const Lesson *lesson, void *data)
{
	g_string_append_printf(data, "%s %.3f %d %d %d\n", lesson->name,
	                       lesson->value, (int)lesson->edits,
	                       (int)lesson->people, lesson->active);
}

static char *
lessons_of(const DraftFixture *fixture)
{
	GString *all = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(lessons_each(fixture->admin, MAILBOX, DRAFT_NOW,
	                           write_lesson, all, &error));
	return g_string_free(all, FALSE);
}

static void
test_learn(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autofree char *all = NULL;

	teach(fixture, 1, edited, FATE_SENT_EDITED);
	all = lessons_of(fixture);
	g_assert_cmpstr(all, ==,
	                "address/informal 1.000 1 1 0\n"
	                "formality -1.000 1 1 0\n"
	                "greeting/hejsa:name 1.000 1 1 0\n"
	                "length 0.905 1 1 0\n"
	                "module/greeting/name-1 0.000 1 1 0\n"
	                "module/next/sorry 0.000 1 1 0\n"
	                "module/signoff/plain-1 0.000 1 1 0\n"
	                "module/thanks/plain-1 1.000 1 1 0\n"
	                "part/apology -1.000 1 1 0\n"
	                "part/question 1.000 1 1 0\n"
	                "part/thanks 0.000 1 1 0\n"
	                "signoff/mvh 1.000 1 1 0\n");
}

/* What was written anew, or elsewhere, says nothing of the draft. */
static void
test_others(void)
{
	static const DraftFate fates[] = { FATE_REWRITTEN, FATE_DISCARDED,
		                           FATE_OVERTAKEN, FATE_SUPERSEDED,
		                           FATE_NONE };
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autofree char *all = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(fates); i++)
		teach(fixture, 1, edited, fates[i]);
	all = lessons_of(fixture);
	g_assert_cmpstr(all, ==, "");
}

static Pack *
shipped(void)
{
	const char *const dirs[] = { RULES_DIR, NULL };
	g_autoptr(GError) error = NULL;
	Pack *pack = pack_load(dirs, NULL, &error);

	g_assert_no_error(error);
	return pack;
}

static Guide *
guide_of(const DraftFixture *fixture, const Pack *pack)
{
	return guide_read(fixture->drafter, pack, MAILBOX, LANGUAGE_DA,
	                  DRAFT_NOW);
}

static double
weigh(Guide *guide, const char *module)
{
	return guide_weigh(LANGUAGE_DA, module, guide);
}

/* Two edits change nothing, nor do ten of one customer; three do. */
static void
test_steer(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autoptr(Pack) pack = shipped();
	g_autoptr(Guide) few = NULL;
	g_autoptr(Guide) one = NULL;
	g_autoptr(Guide) guide = NULL;
	const char *const *advice;

	teach(fixture, 1, edited, FATE_SENT_EDITED);
	teach(fixture, 2, edited, FATE_SENT_EDITED);
	few = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(few, "greeting/name-1"), ==, 1);
	g_assert_null(guide_advice(few)[0]);
	for (int i = 0; i < 8; i++)
		teach(fixture, 2, edited, FATE_SENT_EDITED);
	one = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(one, "greeting/name-1"), ==, 1);
	teach(fixture, 3, edited, FATE_SENT_EDITED);
	guide = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(guide, "greeting/name-1"), ==, 0);
	/* all greet with another: taken when there is no other */
	g_assert_cmpfloat(weigh(guide, "greeting/plain-1"), ==, 0);
	g_assert_cmpfloat(weigh(guide, "thanks/plain-1"), ==, 2);
	g_assert_cmpfloat(guide_weigh(LANGUAGE_SV, "thanks/plain-1", guide), ==,
	                  1);
	g_assert_cmpint(guide_address(guide, ADDRESS_INFORMAL), ==,
	                ADDRESS_INFORMAL);
	advice = guide_advice(guide);
	g_assert_true(g_strv_contains(advice,
	                              "Greet with \"hejsa\", then the name."));
	g_assert_true(g_strv_contains(advice, "Close with \"mvh\"."));
	g_assert_true(g_strv_contains(advice, "Do not apologise."));
	g_assert_true(g_strv_contains(advice, "Ask for what is missing."));
	g_assert_true(g_strv_contains(advice, "Be a little less formal."));
}

/* A form that the pack has, too, is preferred there. */
static void
test_wanted(void)
{
	static const char sent[] = "Goddag\n\nTak for Deres mail.\n\nKlik på "
				   "Glemt kode, så får De en mail.\n\nVi "
				   "beklager ulejligheden.\n\nHilsen\n";
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autoptr(Pack) pack = shipped();
	g_autoptr(Guide) guide = NULL;
	g_autoptr(Guide) other = NULL;
	g_autoptr(Guide) fewer = NULL;

	for (int64_t customer = 1; customer <= 3; customer++)
		teach(fixture, customer, sent, FATE_SENT_EDITED);
	guide = guide_of(fixture, pack);
	g_assert_cmpstr(pack_module_text(pack, LANGUAGE_DA, "greeting/plain-2"),
	                ==, "Goddag");
	g_assert_cmpfloat(weigh(guide, "greeting/plain-2"), ==, 4);
	g_assert_cmpfloat(weigh(guide, "greeting/plain-1"), ==, 0);
	g_assert_cmpfloat(weigh(guide, "signoff/informal-2"), ==, 4);
	/* of another lesson it is all the same */
	store_fixture_run(fixture->admin,
	                  "DELETE FROM evidence WHERE lesson = (SELECT id"
	                  " FROM lesson WHERE name = 'length');"
	                  "UPDATE lesson SET state = 2 WHERE name = 'length'");
	fewer = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(fewer, "greeting/plain-1"), ==, 0);
	/* kept as it was by most: only a bias */
	for (int64_t customer = 1; customer <= 5; customer++)
		teach(fixture, customer, draft, FATE_SENT_AS_IS);
	other = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(other, "greeting/plain-2"), ==, 4);
	g_assert_cmpfloat(weigh(other, "greeting/plain-1"), ==, 1);
	/* du became De each time */
	g_assert_cmpint(guide_address(guide, ADDRESS_INFORMAL), ==,
	                ADDRESS_FORMAL);
}

/* A greeting that was frozen is used while others come and what taught it
 * goes. */
static void
test_frozen(void)
{
	static const char sent[] = "Goddag\n\nTak for din mail.\n\nKlik på "
				   "Glemt kode, så får du en mail.\n\nVi "
				   "beklager ulejligheden.\n\nHilsen\n";
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autoptr(Pack) pack = shipped();
	g_autoptr(Guide) guide = NULL;
	g_autoptr(Guide) alone = NULL;

	teach(fixture, 1, sent, FATE_SENT_EDITED);
	store_fixture_run(fixture->admin,
	                  "UPDATE lesson SET state = 1, value = 1"
	                  " WHERE name = 'greeting/goddag:alone'");
	for (int64_t customer = 2; customer <= 5; customer++)
		teach(fixture, customer, edited, FATE_SENT_EDITED);
	guide = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(guide, "greeting/plain-2"), ==, 4);
	store_fixture_run(fixture->admin, "DELETE FROM evidence");
	alone = guide_of(fixture, pack);
	g_assert_cmpfloat(weigh(alone, "greeting/plain-2"), ==, 4);
	g_assert_cmpfloat(weigh(alone, "greeting/plain-1"), ==, 1);
}

/* Makes customer 4 known by an address. */
static void
name_customer(const DraftFixture *fixture, const char *identity)
{
	Pseudonym key =
		keys_pseudonym(fixture->base->keys, PSEUDONYM_EMAIL, identity);
	GString *sql = g_string_new("INSERT INTO alias VALUES (x'");

	for (size_t i = 0; i < sizeof(key.bytes); i++)
		g_string_append_printf(sql, "%02x", key.bytes[i]);
	g_string_append(sql, "', 1, 4, 0)");
	store_fixture_run(fixture->admin, sql->str);
	g_string_free(sql, TRUE);
}

/* Equal to those never taught: what was learnt with a customer who was then
 * erased, and without him. */
static void
test_erased(void)
{
	g_autoptr(DraftFixture) with = with_customers();
	g_autoptr(DraftFixture) without = with_customers();
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	g_autofree char *never = NULL;
	const ErasureRequest request = { .who = "dorte@customer.example",
		                         .wait_ms = 1000 };
	ErasureResult result;
	g_autoptr(GError) error = NULL;

	name_customer(with, request.who);
	for (int64_t customer = 1; customer <= 3; customer++) {
		teach(with, customer, edited, FATE_SENT_EDITED);
		teach(without, customer, edited, FATE_SENT_EDITED);
	}
	teach(with, 4, "Halløj\n\nKlik på Glemt kode!\n\nVh\n",
	      FATE_SENT_EDITED);
	before = lessons_of(with);
	never = lessons_of(without);
	g_assert_cmpstr(before, !=, never);
	g_assert_true(erasure_run(with->admin, with->base->keys, &request,
	                          &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.pending, ==, 0);
	after = lessons_of(with);
	g_assert_cmpstr(after, ==, never);
}

static const struct {
	unsigned distance, kept;
	bool own_id;
	DraftFate fate;
} fates[] = {
	{ 0, 1000, false, FATE_SENT_AS_IS },
	{ MATCH_AS_IS, 1000, false, FATE_SENT_AS_IS },
	{ MATCH_AS_IS + 1, 1000, false, FATE_SENT_EDITED },
	{ MATCH_EDITED, 0, false, FATE_SENT_EDITED },
	{ MATCH_EDITED + 1, MATCH_OWN, false, FATE_REWRITTEN },
	{ MATCH_EDITED + 1, MATCH_OWN - 1, false, FATE_DISCARDED },
	{ 1000, 0, false, FATE_DISCARDED },
	{ 1000, 0, true, FATE_REWRITTEN },
};

static void
test_fates(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fates); i++) {
		const Edit edit = { .distance = fates[i].distance,
			            .kept = fates[i].kept };

		g_assert_cmpint(match_fate(&edit, fates[i].own_id), ==,
		                fates[i].fate);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lesson/learn", test_learn);
	g_test_add_func("/lesson/others", test_others);
	g_test_add_func("/lesson/steer", test_steer);
	g_test_add_func("/lesson/wanted", test_wanted);
	g_test_add_func("/lesson/frozen", test_frozen);
	g_test_add_func("/lesson/erased", test_erased);
	g_test_add_func("/lesson/fates", test_fates);
	return g_test_run();
}
