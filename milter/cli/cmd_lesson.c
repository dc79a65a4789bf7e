/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the drafter learns is counted from edits and told in words of ours, so
 * that a person can read it, keep it as it is, or throw it away.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "context.h"
#include "lesson_answers.h"
#include "print.h"
#include "site.h"
#include "store/lessons.h"

typedef struct Listing {
	const Options *options;
	json_t *list;
} Listing;

static int64_t
now(void)
{
	return clock_wall() / G_USEC_PER_SEC;
}

static void
add_lesson(const Lesson *lesson, void *data)
{
	const Listing *listing = data;
	const char *language = language_code(lesson->language);
	json_t *item;

	if (listing->options->language != NULL &&
	    strcmp(listing->options->language, language) != 0)
		return;
	item = json_object();
	print_set_integer(item, "number", lesson->id);
	print_set_string(item, "mailbox", lesson->mailbox);
	print_set_string(item, "language", language);
	print_set_string(item, "lesson", lesson->name);
	json_object_set_new(item, "value", json_real(lesson->value));
	print_set_integer(item, "edits", lesson->edits);
	print_set_integer(item, "people", lesson->people);
	json_object_set_new(item, "weight", json_real(lesson->weight));
	print_set_integer(item, "newest_at", lesson->newest);
	print_set_string(item, "state", lesson_state_name(lesson->state));
	print_set_bool(item, "active", lesson->active);
	json_array_append_new(listing->list, item);
}

static void
print_lesson(const json_t *item)
{
	const char *state = print_string(item, "state");

	if (strcmp(state, "learning") == 0 &&
	    json_is_true(json_object_get(item, "active")))
		state = "active";
	printf("%6d  %-8s  %-36s  %6.2f  %5d  %6d  %-8s  %s\n",
	       (int)print_integer(item, "number"),
	       print_string(item, "language"), print_string(item, "lesson"),
	       json_real_value(json_object_get(item, "value")),
	       (int)print_integer(item, "edits"),
	       (int)print_integer(item, "people"), state,
	       print_string(item, "mailbox"));
}

static void
print_lessons(const json_t *value, const char *none)
{
	const json_t *list = json_object_get(value, "lessons");
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0)
		puts(none);
	else
		printf("%6s  %-8s  %-36s  %6s  %5s  %6s  %-8s  %s\n", "number",
		       "language", "lesson", "value", "edits", "people",
		       "state", "mailbox");
	json_array_foreach(list, i, item) print_lesson(item);
	lesson_answers_print(json_object_get(value, "answers"));
}

static void
print_all(const json_t *value)
{
	print_lessons(value, "no edit has taught anything yet");
}

/* Others may be there: that nothing was learnt would be another answer. */
static void
print_some(const json_t *value)
{
	print_lessons(value, "no lesson of that mailbox and language");
}

static bool
read_list(const Options *options, json_t *list, json_t *answers, GError **error)
{
	g_autoptr(Settings) settings = context_settings(options, error);
	g_autoptr(Store) store =
		settings != NULL ? site_open_store(settings, STORE_ADMIN,
	                                           SITE_READ, error)
				 : NULL;
	Listing listing = { options, list };

	return store != NULL &&
	       lessons_each(store, site_mailbox(settings, options->mailbox),
	                    now(), add_lesson, &listing, error) &&
	       lesson_answers_list(options, settings, store, answers, error);
}

static int
list_lessons(const Options *options)
{
	g_autoptr(GError) error = NULL;
	json_t *value = json_object();
	json_t *list = json_array(), *answers = json_array();

	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "lessons", list);
	json_object_set_new(value, "answers", answers);
	if (!read_list(options, list, answers, &error)) {
		json_decref(value);
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, value,
	            options->mailbox != NULL || options->language != NULL
	                    ? print_some
	                    : print_all);
	return CLI_FINE;
}

/* 0: not a number of a lesson. */
static int64_t
read_number(const char *text)
{
	char *end;
	gint64 number;

	if (!g_ascii_isdigit(text[0]))
		return 0;
	errno = 0;
	number = g_ascii_strtoll(text, &end, 10);
	return errno == 0 && *end == '\0' ? number : 0;
}

static bool
set_one(const Site *site, const char *operand, LessonState state,
        GError **error)
{
	const LessonChange change = { .lesson = read_number(operand),
		                      .state = state,
		                      .now = now() };
	bool found = false;

	if (lesson_answer_number(operand) > 0)
		return lesson_answer_drop(site, lesson_answer_number(operand),
		                          error);
	if (!lessons_set(site->store, site->keys, &change, &found, error))
		return false;
	if (!found)
		g_set_error(error, STORE_ERROR, STORE_ERROR_IO,
		            "lesson %s: there is none of that number; see "
		            "tact lesson list",
		            operand);
	return found;
}

/* All of them, or none. */
static bool
set_all(const Options *options, LessonState state, GError **error)
{
	g_auto(Site) site = { 0 };
	g_autoptr(StoreTxn) txn = NULL;

	if (!site_open(&site, options, SITE_WRITE, error))
		return false;
	txn = store_begin(site.store, error);
	if (txn == NULL)
		return false;
	for (size_t i = 1; i < options->n_arguments; i++)
		if (!set_one(&site, options->arguments[i], state, error))
			return false;
	return store_commit(txn, error) &&
	       audit_seal(site.store, site.keys, error);
}

/* Answers can be dropped, and nothing else. */
static bool
is_number(const char *operand, LessonState state)
{
	return read_number(operand) > 0 ||
	       (state == LESSON_DROPPED && lesson_answer_number(operand) > 0);
}

static int
set_lessons(const Options *options, LessonState state)
{
	g_autoptr(GError) error = NULL;

	/* Numbers are of all mailboxes: what is dropped is not of that one. */
	if (options->mailbox != NULL || options->language != NULL) {
		print_error("lesson: --mailbox and --language belong to list");
		return CLI_USAGE;
	}
	for (size_t i = 1; i < options->n_arguments; i++) {
		if (is_number(options->arguments[i], state))
			continue;
		print_error("lesson: '%s' is no number; see tact lesson list",
		            options->arguments[i]);
		return CLI_USAGE;
	}
	if (options->n_arguments < 2) {
		print_error("lesson: say the numbers that tact lesson list "
		            "shows");
		return CLI_USAGE;
	}
	if (set_all(options, state, &error))
		return CLI_FINE;
	print_failure(&error);
	return CLI_FOUND;
}

int
cmd_lesson(const Options *options)
{
	const char *word = options->arguments[0];
	Language language;

	if (strcmp(word, "freeze") == 0)
		return set_lessons(options, LESSON_FROZEN);
	if (strcmp(word, "drop") == 0)
		return set_lessons(options, LESSON_DROPPED);
	if (strcmp(word, "resume") == 0)
		return set_lessons(options, LESSON_LEARNING);
	if (!context_language(options, "lesson", &language))
		return CLI_USAGE;
	if (options->n_arguments == 1)
		return list_lessons(options);
	print_error("lesson: list takes no operand; see --mailbox");
	return CLI_USAGE;
}
