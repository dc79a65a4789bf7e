/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the filter would not judge is no lesson either. A mail without a
 * Message-ID is known again by its words.
 */
#include "learn.h"

#include <stdio.h>
#include <string.h>

#include "analysis/example.h"
#include "base/clock.h"
#include "base/text.h"
#include "message/identity.h"
#include "print.h"

static bool
is_own(const Context *context, const char *from)
{
	const char *const *own = context->envelope.own_addresses;

	for (; *own != NULL; own++)
		if (g_ascii_strcasecmp(*own, from) == 0)
			return true;
	return false;
}

static bool
cannot_teach(const Context *context, const Message *message,
             LearnSkip *ret_skip)
{
	const char *from = message_from(message);

	if (from == NULL)
		*ret_skip = LEARN_NOBODY;
	else if (is_own(context, from))
		*ret_skip = LEARN_OWN;
	else if (message_automated(message) != AUTOMATED_NO)
		*ret_skip = LEARN_AUTOMATED;
	else if (text_is_blank(message_new_text(message)) &&
	         (text_is_blank(message_subject(message)) ||
	          message_flags(message) & MESSAGE_ENCRYPTED))
		*ret_skip = LEARN_EMPTY;
	else
		return false;
	return true;
}

static GBytes *
features_of(const Rules *rules, const Message *message)
{
	ExamineText whole = { message_subject(message),
		              message_new_text(message),
		              message_signature(message) };
	FeatureText text = { .subject = whole.subject,
		             .text = whole.new_text,
		             .signature = whole.signature,
		             .grams = true };
	unsigned score;
	Language language = examine_language(rules, &whole, &score);
	g_autoptr(Features) features = features_read(rules, language, &text);
	g_autoptr(Example) example = example_new(rules, features);

	return example_encode(example);
}

static Pseudonym
mail_of(const Keys *keys, const Message *message, const char *identity)
{
	g_autofree char *words = NULL, *sum = NULL;

	if (message_id(message) != NULL)
		return examples_mail(keys, identity, message_id(message));
	words = g_strconcat(message_subject(message), "\n",
	                    message_new_text(message), NULL);
	sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, words, -1);
	return examples_mail(keys, identity, sum);
}

Lesson *
lesson_read(const Context *context, const Keys *keys, const char *bytes,
            size_t size, LearnSkip *ret_skip)
{
	size_t max = (size_t)context->settings->analysis_bytes_max;
	g_autoptr(Message) message =
		message_parse(bytes, MIN(size, max), &context->envelope, NULL);
	g_autoptr(Lesson) lesson = g_new0(Lesson, 1);

	*ret_skip = LEARN_UNREADABLE;
	if (message == NULL || cannot_teach(context, message, ret_skip))
		return NULL;
	*ret_skip = LEARN_NOBODY;
	lesson->identity =
		identity_of(context->settings, message_from(message));
	if (lesson->identity == NULL)
		return NULL;
	lesson->mail = mail_of(keys, message, lesson->identity);
	lesson->features = features_of(context->rules, message);
	lesson->at = clock_wall() / G_USEC_PER_SEC;
	return g_steal_pointer(&lesson);
}

void
lesson_free(Lesson *lesson)
{
	if (lesson == NULL)
		return;
	g_free(lesson->identity);
	g_clear_pointer(&lesson->features, g_bytes_unref);
	g_free(lesson);
}

/* ------------------------------------------------------------------- print */

int64_t
learn_changed(const LearnCounts *counts)
{
	return counts->changes[EXAMPLE_LEARNED] +
	       counts->changes[EXAMPLE_REPLACED] + counts->forgotten;
}

static const char *const skip_names[LEARN_SKIP_N] = {
	[LEARN_UNREADABLE] = "unreadable",
	[LEARN_AUTOMATED] = "automated",
	[LEARN_EMPTY] = "empty",
	[LEARN_NOBODY] = "no-sender",
	[LEARN_OWN] = "own",
};

static const char *const refused_names[] = {
	[EXAMPLE_OBJECTED] = "objected",
	[EXAMPLE_RESTRICTED] = "restricted",
	[EXAMPLE_NO_CONSENT] = "no-consent",
};

/* "mails 5, customers 2" */
static void
numbers_text(const json_t *value, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%s%s %" G_GINT64_FORMAT, i == 0 ? "" : ", ", names[i],
		       print_integer(value, names[i]));
	putchar('\n');
}

static void
counts_text(const json_t *value)
{
	static const char *const names[] = { "mails", "learned", "replaced",
		                             "known", "forgotten" };
	const char *name;
	json_t *n;

	numbers_text(value, names, G_N_ELEMENTS(names));
	json_object_foreach(json_object_get(value, "skipped"), name, n)
		printf("%" JSON_INTEGER_FORMAT " skipped: %s\n",
	               json_integer_value(n), name);
	if (json_is_true(json_object_get(value, "stale")))
		puts("The site's model does not know it yet: tact train "
		     "--site");
}

void
learn_print_counts(bool json, const LearnCounts *counts, bool stale)
{
	json_t *value = json_object(), *skipped = json_object();

	print_set_integer(value, "schema", 1);
	print_set_integer(value, "mails", counts->mails);
	print_set_integer(value, "learned", counts->changes[EXAMPLE_LEARNED]);
	print_set_integer(value, "replaced", counts->changes[EXAMPLE_REPLACED]);
	print_set_integer(value, "known", counts->changes[EXAMPLE_SAME]);
	print_set_integer(value, "forgotten", counts->forgotten);
	for (unsigned i = 0; i < LEARN_SKIP_N; i++)
		if (counts->skipped[i] > 0)
			print_set_integer(skipped, skip_names[i],
			                  counts->skipped[i]);
	for (unsigned i = EXAMPLE_OBJECTED; i <= EXAMPLE_NO_CONSENT; i++)
		if (counts->refused[i] > 0)
			print_set_integer(skipped, refused_names[i],
			                  counts->refused[i]);
	json_object_set_new(value, "skipped", skipped);
	print_set_bool(value, "stale", stale);
	print_value(json, value, counts_text);
}

static void
add_value(const ExamplesOfValue *of, void *data)
{
	json_t *one = json_object();

	print_set_string(one, "finding", of->finding);
	print_set_string(one, "value", of->value);
	print_set_integer(one, "examples", of->examples);
	print_set_integer(one, "customers", of->customers);
	json_array_append_new(data, one);
}

static void
list_text(const json_t *value)
{
	static const char *const names[] = { "examples", "mails", "customers" };
	size_t i;
	json_t *one;

	numbers_text(value, names, G_N_ELEMENTS(names));
	json_array_foreach(json_object_get(value, "values"), i, one)
		printf("%-16s %-16s %6" G_GINT64_FORMAT "\n",
	               print_string(one, "finding"), print_string(one, "value"),
	               print_integer(one, "examples"));
	puts(json_is_true(json_object_get(value, "stale"))
	             ? "The site's model is stale: tact train --site"
	             : "The site's model knows them.");
}

bool
learn_print_list(Store *store, bool json, GError **error)
{
	json_t *value = json_object(), *values = json_array();
	ExamplesCount count = { 0 };
	bool stale = false;
	bool good = examples_count(store, &count, error) &&
	            examples_stale(store, &stale, error) &&
	            examples_each_value(store, add_value, values, error);

	print_set_integer(value, "schema", 1);
	print_set_integer(value, "examples", count.examples);
	print_set_integer(value, "mails", count.mails);
	print_set_integer(value, "customers", count.customers);
	json_object_set_new(value, "values", values);
	print_set_bool(value, "stale", stale);
	if (good)
		print_value(json, value, list_text);
	else
		json_decref(value);
	return good;
}
