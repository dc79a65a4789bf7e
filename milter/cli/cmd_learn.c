/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails are read first and written then, some at a time: parsing takes longer
 * than a row does, and the mails of a running filter wait for the same lock.
 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "labelled.h"
#include "learn.h"
#include "mails.h"
#include "print.h"
#include "site.h"

#define AT_ONCE 100

/* What the mails should have been told as; value NULL: any. */
typedef struct Wish {
	char *finding;
	const char *value;
} Wish;

typedef struct Learning {
	const Context *context;
	const Options *options;
	GArray *wishes; /* Wish */
	Site site;
	GPtrArray *lessons; /* Lesson, not yet written */
	LearnCounts counts;
	bool failed; /* nothing is done after that */
	GError *error;
} Learning;

static void
clear_wish(void *data)
{
	g_free(((Wish *)data)->finding);
}

static void
learning_clear(Learning *learning)
{
	g_array_unref(learning->wishes);
	g_ptr_array_unref(learning->lessons);
	site_clear(&learning->site);
	g_clear_error(&learning->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Learning, learning_clear)

/* ----------------------------------------------------------------- wishes */

static bool
has_value(const Rules *rules, unsigned finding, const char *value)
{
	g_autoptr(GString) legal = g_string_new("");

	for (unsigned v = 0; v < rules_n_values(rules, finding); v++) {
		const char *name = rules_value_name(rules, finding, v);

		if (strcmp(name, value) == 0)
			return true;
		g_string_append_printf(legal, " %s", name);
	}
	print_error("learn: %s has no value %s; legal:%s",
	            rules_finding_name(rules, finding), value, legal->str);
	return false;
}

/* A second value would take the place of the first, each time anew. */
static bool
is_wished(const Learning *learning, const char *finding)
{
	for (unsigned i = 0; i < learning->wishes->len; i++) {
		const Wish *wish = &g_array_index(learning->wishes, Wish, i);

		if (strcmp(wish->finding, finding) != 0)
			continue;
		print_error("learn: --finding %s is given twice", finding);
		return true;
	}
	return false;
}

/* "NAME=VALUE"; to forget, "NAME" too. */
static bool
read_wish(Learning *learning, const char *text)
{
	const Rules *rules = learning->context->rules;
	size_t length = strcspn(text, "=");
	const char *value = text[length] == '=' ? text + length + 1 : NULL;
	Wish wish = { g_strndup(text, length), value };
	int finding = labelled_finding(rules, wish.finding);

	if (is_wished(learning, wish.finding)) {
		g_free(wish.finding);
		return false;
	}
	g_array_append_val(learning->wishes, wish);
	if (finding < 0) {
		labelled_no_finding(rules, wish.finding, "");
		return false;
	}
	if (value != NULL && !learning->options->forget)
		return has_value(rules, (unsigned)finding, value);
	if (value == NULL && learning->options->forget)
		return true;
	print_error(value == NULL
	                    ? "learn: --finding %s: say NAME=VALUE, as in "
	                      "sentiment=negative"
	                    : "learn: --finding %s: to forget, name the "
	                      "finding alone",
	            text);
	return false;
}

static bool
read_wishes(Learning *learning)
{
	const char *const *wish = learning->options->wishes;

	for (; *wish != NULL; wish++)
		if (!read_wish(learning, *wish))
			return false;
	if (learning->wishes->len > 0 || learning->options->forget)
		return true;
	print_error("learn: say --finding NAME=VALUE: what the mails should "
	            "have been told as");
	return false;
}

/* ------------------------------------------------------------------- write */

static bool
write_wishes(Learning *learning, const Lesson *lesson, int64_t customer,
             GError **error)
{
	for (unsigned i = 0; i < learning->wishes->len; i++) {
		const Wish *wish = &g_array_index(learning->wishes, Wish, i);
		ExampleRow row = { .mail = lesson->mail,
			           .customer = customer,
			           .finding = wish->finding,
			           .value = wish->value,
			           .at = lesson->at };
		ExampleChange change;

		row.features = g_bytes_get_data(lesson->features, &row.size);
		if (!examples_put(learning->site.store, learning->site.keys,
		                  &row, &change, error))
			return false;
		learning->counts.changes[change]++;
	}
	return true;
}

static bool
teach(Learning *learning, const Lesson *lesson, GError **error)
{
	ExampleAuthor author;

	if (!examples_find_author(learning->site.store, learning->site.keys,
	                          lesson->identity,
	                          learning->context->settings->privacy_consent,
	                          &author, error))
		return false;
	if (author.standing == EXAMPLE_AUTHOR)
		return write_wishes(learning, lesson, author.customer, error);
	learning->counts.refused[author.standing]++;
	return true;
}

/* Without --finding all that the mail taught. */
static bool
forget(Learning *learning, const Lesson *lesson, GError **error)
{
	unsigned n = learning->wishes->len;

	for (unsigned i = 0; i < MAX(n, 1u); i++) {
		const Wish *wish = &g_array_index(learning->wishes, Wish, i);
		int64_t gone;

		if (!examples_forget(learning->site.store, &lesson->mail,
		                     n > 0 ? wish->finding : NULL, &gone,
		                     error))
			return false;
		learning->counts.forgotten += gone;
	}
	return true;
}

static bool
write_lessons(Learning *learning, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(learning->site.store, error);
	AuditEntry entry = { .event = AUDIT_LEARN };
	int64_t before = learn_changed(&learning->counts);

	if (txn == NULL)
		return false;
	for (unsigned i = 0; i < learning->lessons->len; i++) {
		const Lesson *lesson = learning->lessons->pdata[i];
		bool good = learning->options->forget
		                    ? forget(learning, lesson, error)
		                    : teach(learning, lesson, error);

		if (!good)
			return false;
	}
	entry.n = learn_changed(&learning->counts) - before;
	if (entry.n > 0 && !audit_append(learning->site.store,
	                                 learning->site.keys, &entry, error))
		return false;
	return store_commit(txn, error);
}

static void
flush(Learning *learning)
{
	if (!learning->failed && learning->lessons->len > 0)
		learning->failed =
			!write_lessons(learning, &learning->error) ||
			!audit_seal(learning->site.store, learning->site.keys,
		                    &learning->error);
	g_ptr_array_set_size(learning->lessons, 0);
}

/* -------------------------------------------------------------------- read */

static void
visit_mail(const char *name, const char *bytes, size_t size, void *data)
{
	Learning *learning = data;
	LearnSkip skip;
	Lesson *lesson;

	(void)name;
	if (learning->failed)
		return;
	learning->counts.mails++;
	lesson = lesson_read(learning->context, learning->site.keys, bytes,
	                     size, &skip);
	if (lesson == NULL) {
		learning->counts.skipped[skip]++;
		return;
	}
	g_ptr_array_add(learning->lessons, lesson);
	if (learning->lessons->len >= AT_ONCE)
		flush(learning);
}

static int
learn_mails(Learning *learning)
{
	const char *const *path = learning->options->arguments;
	unsigned failed = 0;
	bool stale = false;

	for (; *path != NULL && !learning->failed; path++)
		failed += mails_each(*path, visit_mail, learning);
	flush(learning);
	if (learning->failed ||
	    !examples_stale(learning->site.store, &stale, &learning->error)) {
		print_failure(&learning->error);
		return CLI_FOUND;
	}
	learn_print_counts(learning->options->json, &learning->counts, stale);
	return failed > 0 ? CLI_FOUND : CLI_FINE;
}

static int
run(Learning *learning)
{
	bool list = learning->options->list;
	g_autoptr(GError) error = NULL;

	if (list != (learning->options->n_arguments == 0)) {
		print_error(list ? "learn: --list takes no operand"
		                 : "learn: say PATH...|-, or --list");
		return CLI_USAGE;
	}
	if (!list && !read_wishes(learning))
		return CLI_USAGE;
	if (!site_open_with(&learning->site, learning->context->settings,
	                    list ? SITE_READ : SITE_WRITE, &error) ||
	    (list && !learn_print_list(learning->site.store,
	                               learning->options->json, &error))) {
		print_failure(&error);
		return CLI_FOUND;
	}
	return list ? CLI_FINE : learn_mails(learning);
}

int
cmd_learn(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open_site(options, &error);
	g_auto(Learning) learning = {
		.context = context,
		.options = options,
		.wishes = g_array_new(FALSE, FALSE, sizeof(Wish)),
		.lessons = g_ptr_array_new_with_free_func(
			(GDestroyNotify)lesson_free),
	};

	g_array_set_clear_func(learning.wishes, clear_wish);
	if (context != NULL)
		return run(&learning);
	print_failure(&error);
	return CLI_FOUND;
}
