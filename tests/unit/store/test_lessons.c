/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is learned is counted from what was seen: enough edits of enough
 * people, the old ones weighing less, and of who is erased nothing.
 */
#include <glib.h>
#include <math.h>

#include "draft_fixture.h"
#include "store/lessons.h"

#define MAILBOX "support@site.example"

static void
see(const DraftFixture *fixture, const char *name, int64_t customer,
    int64_t thread, double value, int64_t at)
{
	const LessonSeen seen = { .mailbox = MAILBOX,
		                  .language = LANGUAGE_DA,
		                  .name = name,
		                  .value = value,
		                  .thread = thread,
		                  .customer = customer,
		                  .at = at };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);

	g_assert_true(lessons_see(fixture->drafter, &seen, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
}

static DraftFixture *
with_customers(void)
{
	DraftFixture *fixture = draft_fixture_new();

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since) VALUES (1, 0),"
	                  " (2, 0), (3, 0), (4, 0)");
	return fixture;
}

static void
keep_last(const Lesson *lesson, void *data)
{
	Lesson *copy = data;

	*copy = *lesson;
	copy->name = g_intern_string(lesson->name);
	copy->mailbox = g_intern_string(lesson->mailbox);
}

static Lesson
only_one(const DraftFixture *fixture, int64_t now)
{
	g_autoptr(GError) error = NULL;
	Lesson lesson = { 0 };

	g_assert_true(lessons_each(fixture->admin, MAILBOX, now, keep_last,
	                           &lesson, &error));
	g_assert_no_error(error);
	return lesson;
}

/* customers[i]: who is behind the i-th edit; 0: a thread of nobody's */
static const struct row {
	const char *name;
	int customers[6];
	int n;
	bool active;
	int people;
} rows[] = {
	{ "nothing-yet", { 1 }, 1, false, 1 },
	{ "two-edits", { 1, 2 }, 2, false, 2 },
	{ "three-of-three", { 1, 2, 3 }, 3, true, 3 },
	{ "many-of-one", { 1, 1, 1, 1, 1 }, 5, false, 1 },
	{ "many-of-two", { 1, 1, 2, 1, 2 }, 5, false, 2 },
	{ "strangers-by-thread", { 0, 0, 0 }, 3, true, 3 },
	{ "a-stranger-and-two", { 0, 1, 2 }, 3, true, 3 },
};

static void
test_active(const void *data)
{
	const struct row *row = data;
	g_autoptr(DraftFixture) fixture = with_customers();
	Lesson lesson;

	for (int i = 0; i < row->n; i++)
		see(fixture, "module/greeting/a", row->customers[i], 10 + i,
		    1.0, DRAFT_NOW);
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_cmpint(lesson.edits, ==, row->n);
	g_assert_cmpint(lesson.people, ==, row->people);
	g_assert_cmpint(lesson.active, ==, row->active);
	g_assert_cmpstr(lesson.name, ==, "module/greeting/a");
	g_assert_cmpstr(lesson.mailbox, ==, MAILBOX);
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void
test_decay(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	Lesson lesson;

	/* Half the weight for the one of a half-life ago. */
	see(fixture, "length", 1, 1, 0.0, DRAFT_NOW - LESSON_HALF_LIFE);
	see(fixture, "length", 2, 2, 3.0, DRAFT_NOW);
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(near(lesson.value, 2.0));
	g_assert_true(near(lesson.weight, 1.5));
	g_assert_cmpint(lesson.newest, ==, DRAFT_NOW);
	/* Weights fall together: the value stays, what it rests on shrinks. */
	lesson = only_one(fixture, DRAFT_NOW + 2 * LESSON_HALF_LIFE);
	g_assert_true(near(lesson.value, 2.0));
	g_assert_true(near(lesson.weight, 1.5 / 4));
	/* A clock that was wrong gives no weight above one. */
	lesson = only_one(fixture, DRAFT_NOW - 10 * LESSON_HALF_LIFE);
	g_assert_true(near(lesson.weight, 2.0));
}

static void
test_subtract(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	Lesson lesson;

	see(fixture, "length", 1, 1, 4.0, DRAFT_NOW);
	see(fixture, "length", 2, 2, 1.0, DRAFT_NOW);
	see(fixture, "length", 3, 3, 1.0, DRAFT_NOW);
	g_assert_true(near(only_one(fixture, DRAFT_NOW).value, 2.0));
	/* Restricted: kept, and not used. */
	store_fixture_run(fixture->admin,
	                  "UPDATE customer SET restricted = 1 WHERE id = 1");
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(near(lesson.value, 1.0));
	g_assert_false(lesson.active);
	store_fixture_run(fixture->admin, "UPDATE customer SET restricted = 0");
	g_assert_true(only_one(fixture, DRAFT_NOW).active);
	store_fixture_run(fixture->admin,
	                  "DELETE FROM evidence WHERE customer = 1");
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(near(lesson.value, 1.0));
	g_assert_cmpint(lesson.edits, ==, 2);
	g_assert_false(lesson.active);
}

static bool
set(const DraftFixture *fixture, int64_t lesson, LessonState state)
{
	const LessonChange change = { .lesson = lesson,
		                      .state = state,
		                      .now = DRAFT_NOW };
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->admin, &error);
	bool found;

	g_assert_true(lessons_set(fixture->admin, fixture->base->keys, &change,
	                          &found, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	return found;
}

static void
test_set(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	Lesson lesson;

	see(fixture, "length", 1, 1, 2.0, DRAFT_NOW);
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(set(fixture, lesson.id, LESSON_FROZEN));
	see(fixture, "length", 2, 2, 100.0, DRAFT_NOW);
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(lesson.active);
	g_assert_cmpint(lesson.state, ==, LESSON_FROZEN);
	g_assert_true(near(lesson.value, 2.0));
	g_assert_true(set(fixture, lesson.id, LESSON_LEARNING));
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_true(near(lesson.value, 51.0));
	g_assert_false(lesson.active);
	g_assert_true(set(fixture, lesson.id, LESSON_DROPPED));
	see(fixture, "length", 3, 3, 5.0, DRAFT_NOW);
	lesson = only_one(fixture, DRAFT_NOW);
	g_assert_cmpint(lesson.state, ==, LESSON_DROPPED);
	g_assert_cmpint(lesson.edits, ==, 0);
	g_assert_false(lesson.active);
	g_assert_false(set(fixture, 4711, LESSON_FROZEN));
	g_assert_cmpint(draft_ask(fixture, "SELECT count(*) FROM audit"
	                                   " WHERE event = 'lesson'"),
	                ==, 3);
}

/* A mail's words are no name, and what is no number no value. */
static void
test_refused(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	g_autofree char *long_name = g_strnfill(LESSON_NAME_MAX + 1, 'a');
	const struct {
		const char *name;
		double value;
	} bad[] = {
		{ "", 1 },           { "Hej Anna", 1 }, { "a\nb", 1 },
		{ "gr\xc3\xbc", 1 }, { long_name, 1 },  { "a", NAN },
		{ "a", INFINITY },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		const LessonSeen seen = { .mailbox = MAILBOX,
			                  .name = bad[i].name,
			                  .value = bad[i].value };
		g_autoptr(GError) error = NULL;

		g_assert_false(lessons_see(fixture->drafter, &seen, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
	}
}

static void
count_one(const Lesson *lesson, void *data)
{
	(void)lesson;
	(*(int *)data)++;
}

/* Names, languages and mailboxes apart, in their order. */
static void
test_apart(void)
{
	g_autoptr(DraftFixture) fixture = with_customers();
	int n = 0;

	see(fixture, "b", 1, 1, 1.0, DRAFT_NOW);
	see(fixture, "a", 1, 1, 1.0, DRAFT_NOW);
	see(fixture, "a", 2, 2, 1.0, DRAFT_NOW);
	g_assert_true(lessons_each(fixture->admin, NULL, DRAFT_NOW, count_one,
	                           &n, NULL));
	g_assert_cmpint(n, ==, 2);
	g_assert_cmpstr(only_one(fixture, DRAFT_NOW).name, ==, "b");
	n = 0;
	g_assert_true(lessons_each(fixture->admin, "other@site.example",
	                           DRAFT_NOW, count_one, &n, NULL));
	g_assert_cmpint(n, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strconcat("/lessons/active/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_active);
	}
	g_test_add_func("/lessons/decay", test_decay);
	g_test_add_func("/lessons/subtract", test_subtract);
	g_test_add_func("/lessons/set", test_set);
	g_test_add_func("/lessons/refused", test_refused);
	g_test_add_func("/lessons/apart", test_apart);
	return g_test_run();
}
