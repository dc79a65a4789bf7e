/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A lesson has no counter: it is counted from its evidence each time it is
 * asked for. What is erased is then subtracted by not being there, and what is
 * old weighs less without anybody having gone through it.
 */
#include "store/lessons.h"

#include <math.h>
#include <string.h>

#include "db_private.h"
#include "store/audit.h"

static const char *const states[LESSON_STATE_N] = {
	[LESSON_LEARNING] = "learning",
	[LESSON_FROZEN] = "frozen",
	[LESSON_DROPPED] = "dropped",
};

const char *
lesson_state_name(LessonState state)
{
	return states[state];
}

static bool
is_name(const char *name)
{
	size_t size = strlen(name);

	return size > 0 && size <= LESSON_NAME_MAX &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789/._:-") ==
	               size;
}

static Statement *
begin_of(Store *store, SqlId sql, const LessonSeen *seen)
{
	Statement *statement = store_statement(store, sql);

	statement_bind_text(statement, 1, seen->mailbox);
	statement_bind_text(statement, 2, language_code(seen->language));
	statement_bind_text(statement, 3, seen->name);
	return statement;
}

bool
lessons_see(Store *store, const LessonSeen *seen, GError **error)
{
	g_autoptr(Statement) add = NULL;
	g_autoptr(Statement) see = NULL;

	if (!is_name(seen->name) || !isfinite(seen->value))
		return store_refuse(error, STORE_ERROR_IO,
		                    "a lesson's name or value is none");
	add = begin_of(store, SQL_lesson_add, seen);
	if (!statement_run(add, error))
		return false;
	see = begin_of(store, SQL_lesson_see, seen);
	statement_bind_int(see, 4, seen->thread);
	statement_bind_id(see, 5, seen->customer);
	statement_bind_real(see, 6, seen->value);
	statement_bind_int(see, 7, seen->at);
	return statement_run(see, error);
}

/* One lesson, while its rows come by. */
typedef struct Count {
	Lesson lesson; /* its strings are the next three */
	char *mailbox, *name;
	double sum;
	GHashTable *people; /* customers; threads of nobody's, negative */
	int64_t now;
	LessonVisit *visit;
	void *data;
} Count;

static void
show(Count *count)
{
	Lesson *lesson = &count->lesson;

	/* One of which all evidence was erased is as if never taught. */
	if (lesson->id == 0 ||
	    (lesson->state == LESSON_LEARNING && lesson->edits == 0))
		return;
	lesson->people = g_hash_table_size(count->people);
	if (lesson->state != LESSON_FROZEN && lesson->weight > 0)
		lesson->value = count->sum / lesson->weight;
	lesson->active = lesson->state == LESSON_FROZEN ||
	                 (lesson->state == LESSON_LEARNING &&
	                  lesson->edits >= LESSON_EDITS_MIN &&
	                  lesson->people >= LESSON_PEOPLE_MIN);
	count->visit(lesson, count->data);
}

static void
begin_lesson(Count *count, Statement *list)
{
	Language language = language_from_code(statement_text(list, 2));

	g_free(count->mailbox);
	g_free(count->name);
	g_hash_table_remove_all(count->people);
	count->mailbox = g_strdup(statement_text(list, 1));
	count->name = g_strdup(statement_text(list, 3));
	count->sum = 0;
	count->lesson = (Lesson){
		.id = statement_int(list, 0),
		.mailbox = count->mailbox,
		.language = language < LANGUAGE_N ? language : LANGUAGE_UND,
		.name = count->name,
		.state = (LessonState)CLAMP(statement_int(list, 4), 0,
		                            LESSON_STATE_N - 1),
		.value = statement_real(list, 5),
	};
}

static void
add_row(Count *count, Statement *list)
{
	Lesson *lesson = &count->lesson;
	int64_t at = statement_int(list, 7);
	int64_t customer = statement_int(list, 8);
	int64_t *who = g_new(int64_t, 1);
	double age = (double)MAX(count->now - at, 0);
	double weight = exp2(-age / (double)LESSON_HALF_LIFE);

	*who = customer != 0 ? customer : -statement_int(list, 9);
	g_hash_table_add(count->people, who);
	count->sum += weight * statement_real(list, 6);
	lesson->weight += weight;
	lesson->edits++;
	lesson->newest = MAX(lesson->newest, at);
}

static bool
count_all(Count *count, Statement *list, GError **error)
{
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW) {
		if (statement_int(list, 0) != count->lesson.id) {
			show(count);
			begin_lesson(count, list);
		}
		if (!statement_is_null(list, 6))
			add_row(count, list);
	}
	if (step == STEP_DONE)
		show(count);
	return step == STEP_DONE;
}

bool
lessons_each(Store *store, const char *mailbox, int64_t now, LessonVisit *visit,
             void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_lesson_list);
	Count count = { .now = now, .visit = visit, .data = data };
	bool good;

	count.people = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	                                     g_free, NULL);
	if (mailbox != NULL)
		statement_bind_text(list, 1, mailbox);
	good = count_all(&count, list, error);
	g_free(count.mailbox);
	g_free(count.name);
	g_hash_table_unref(count.people);
	return good;
}

typedef struct Wanted {
	int64_t id;
	double value;
	bool found, dropped;
} Wanted;

static void
look(const Lesson *lesson, void *data)
{
	Wanted *wanted = data;

	if (lesson->id != wanted->id)
		return;
	wanted->found = true;
	wanted->value = lesson->value;
	wanted->dropped = lesson->state == LESSON_DROPPED;
}

static bool
write_state(Store *store, const Wanted *wanted, LessonState state,
            GError **error)
{
	g_autoptr(Statement) set = store_statement(store, SQL_lesson_set);

	statement_bind_int(set, 1, wanted->id);
	statement_bind_int(set, 2, state);
	if (state == LESSON_FROZEN)
		statement_bind_real(set, 3, wanted->value);
	return statement_run(set, error);
}

static bool
forget(Store *store, int64_t lesson, GError **error)
{
	g_autoptr(Statement) drop = store_statement(store, SQL_lesson_forget);

	statement_bind_int(drop, 1, lesson);
	return statement_run(drop, error);
}

bool
lessons_set(Store *store, const Keys *keys, const LessonChange *change,
            bool *ret_found, GError **error)
{
	const AuditEntry entry = { .event = AUDIT_LESSON, .n = change->state };
	Wanted wanted = { .id = change->lesson };

	if (!lessons_each(store, NULL, change->now, look, &wanted, error))
		return false;
	*ret_found = wanted.found;
	if (!wanted.found)
		return true;
	if (wanted.dropped && change->state == LESSON_FROZEN)
		return store_refuse(error, STORE_ERROR_IO,
		                    "lesson %" G_GINT64_FORMAT
		                    ": it was dropped, and has nothing that "
		                    "could be kept; resume it first",
		                    change->lesson);
	return write_state(store, &wanted, change->state, error) &&
	       (change->state != LESSON_DROPPED ||
	        forget(store, change->lesson, error)) &&
	       audit_append(store, keys, &entry, error);
}
