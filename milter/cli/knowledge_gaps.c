/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Questions are sealed, and live as long as a draft's text may. They are opened
 * here, one after the other, and only counts and words of several people
 * come out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "drafting/gaps.h"
#include "knowledge.h"
#include "print.h"
#include "site.h"
#include "store/knowledge.h"
#include "store/seal.h"

#define DAYS 30
#define DAYS_MAX 3650

typedef struct Counting {
	const SealSecret *secret;
	Gaps *gaps;
	int64_t questions, unread;
} Counting;

static void
add_gap(const KnowledgeGap *gap, void *data)
{
	Counting *self = data;
	gsize size, n;
	const void *sealed = g_bytes_get_data((GBytes *)gap->words, &size);
	g_autoptr(GBytes) plain = seal_open(self->secret, SEAL_WORDS,
	                                    gap->public_id, sealed, size, NULL);
	g_autofree char *text = NULL;
	GapQuestion question = { .language = gap->language,
		                 .request = gap->request };

	self->questions++;
	if (plain == NULL) {
		self->unread++;
		return;
	}
	sealed = g_bytes_get_data(plain, &n);
	text = g_utf8_make_valid(sealed, (gssize)n);
	question.text = gap_text_read(text, gap->customer, &question.person);
	gaps_add(self->gaps, &question);
}

static void
add_group(const GapGroup *group, void *data)
{
	json_t *value = json_object();
	json_t *words = json_array();

	for (size_t i = 0; i < group->n_words; i++) {
		json_t *word = json_object();

		print_set_string(word, "word", group->words[i].word);
		print_set_integer(word, "people", group->words[i].people);
		json_array_append_new(words, word);
	}
	print_set_string(value, "language", language_code(group->language));
	print_set_string(value, "request", group->request);
	print_set_integer(value, "questions", group->questions);
	print_set_integer(value, "people", group->people);
	json_object_set_new(value, "words", words);
	json_array_append_new(data, value);
}

static void
group_text(const json_t *group)
{
	const char *request = print_string(group, "request");
	const json_t *word;
	size_t i;

	printf("%-3s %-12s questions %d, people %d\n",
	       print_string(group, "language"),
	       request[0] != '\0' ? request : "unknown",
	       (int)print_integer(group, "questions"),
	       (int)print_integer(group, "people"));
	json_array_foreach(json_object_get(group, "words"), i, word) printf(
		"%s%s %d", i > 0 ? ", " : "      ", print_string(word, "word"),
		(int)print_integer(word, "people"));
	if (i > 0)
		putchar('\n');
}

static void
gaps_text(const json_t *value)
{
	const json_t *group;
	size_t i;

	print_count(value, "questions", "question", "questions");
	fputs(" without an answer in ", stdout);
	print_count(value, "days", "day\n", "days\n");
	if (print_integer(value, "unread") > 0)
		printf("%d of them cannot be opened with drafter.key\n",
		       (int)print_integer(value, "unread"));
	json_array_foreach(json_object_get(value, "groups"), i, group)
		group_text(group);
}

static bool
read_days(const Options *options, int64_t *ret_days)
{
	char *end;

	*ret_days = DAYS;
	if (options->days == NULL)
		return true;
	*ret_days = strtol(options->days, &end, 10);
	if (*end == '\0' && *ret_days >= 1 && *ret_days <= DAYS_MAX)
		return true;
	print_error("knowledge: --days %s: say 1 to %d", options->days,
	            DAYS_MAX);
	return false;
}

static bool
count(const Site *site, int64_t days, Counting *counting, GError **error)
{
	int64_t now = clock_wall() / G_USEC_PER_SEC;

	return knowledge_each_gap(site->store, now - days * 86400, add_gap,
	                          counting, error);
}

static void
print_gaps(const Options *options, const Counting *counting, int64_t days)
{
	json_t *value = json_object();
	json_t *groups = json_array();

	gaps_each(counting->gaps, add_group, groups);
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "days", days);
	print_set_integer(value, "questions", counting->questions);
	print_set_integer(value, "unread", counting->unread);
	json_object_set_new(value, "groups", groups);
	print_value(options->json, value, gaps_text);
}

int
knowledge_gaps(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(SealSecret) secret = NULL;
	g_autoptr(Gaps) gaps = gaps_new();
	g_auto(Site) site = { 0 };
	Counting counting = { .gaps = gaps };
	int64_t days;
	bool good;

	if (!read_days(options, &days))
		return CLI_USAGE;
	good = site_open(&site, options, SITE_READ, &error);
	if (good) {
		g_autofree char *keys = site_key_directory(site.settings);

		secret = seal_secret_load(keys, &error);
	}
	counting.secret = secret;
	if (secret == NULL || !count(&site, days, &counting, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	print_gaps(options, &counting, days);
	return CLI_FINE;
}
