/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whoever decides whether an answer may be shown to a model must be able to
 * read what the model would be shown: that text, and no other, is listed.
 */
#include "lesson_answers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "draft.h"
#include "drafting/precedent.h"
#include "print.h"
#include "store/answers.h"
#include "store/seal.h"

#define SHOWN 48 /* characters of an answer in a list */

typedef struct Listing {
	const char *mailbox; /* NULL: any; so the next */
	const char *language;
	const SealSecret *secret; /* NULL: texts stay closed */
	json_t *list;
} Listing;

static Precedent *
open_answer(const SealSecret *secret, const KeptAnswer *answer)
{
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)answer->text, &size);
	g_autoptr(GBytes) plain =
		secret != NULL ? seal_open(secret, SEAL_ANSWER,
	                                   answer->public_id, bytes, size, NULL)
			       : NULL;

	return plain != NULL ? precedent_decode(g_bytes_get_data(plain, NULL),
	                                        g_bytes_get_size(plain))
	                     : NULL;
}

static bool
is_wanted(const Listing *listing, const KeptAnswer *answer)
{
	const char *language = language_code(answer->language);

	return (listing->mailbox == NULL ||
	        strcmp(listing->mailbox, answer->mailbox) == 0) &&
	       (listing->language == NULL ||
	        strcmp(listing->language, language) == 0);
}

static void
add(const KeptAnswer *answer, void *data)
{
	const Listing *listing = data;
	g_autofree char *number = g_strdup_printf("a%d", (int)answer->id);
	g_autoptr(Precedent) opened = NULL;
	json_t *item;

	if (!is_wanted(listing, answer))
		return;
	opened = open_answer(listing->secret, answer);
	item = json_object();
	print_set_string(item, "number", number);
	print_set_string(item, "mailbox", answer->mailbox);
	print_set_string(item, "language", language_code(answer->language));
	draft_set_text(item, "request", opened != NULL ? opened->request : "");
	draft_set_text(item, "answer", opened != NULL ? opened->answer : "");
	print_set_integer(item, "sent_at", answer->at);
	json_array_append_new(listing->list, item);
}

bool
lesson_answers_list(const Options *options, const Settings *settings,
                    Store *store, json_t *list, GError **error)
{
	g_autofree char *keys = site_key_directory(settings);
	g_autoptr(SealSecret) secret = seal_secret_load(keys, NULL);
	Listing listing = { site_mailbox(settings, options->mailbox),
		            options->language, secret, list };

	return answers_each_all(store, add, &listing, error);
}

/* Its beginning, on one line. */
static char *
shown(const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(text), "\n\t", ' ');

	if (line[0] == '\0')
		return g_strdup("(sealed)");
	return g_utf8_substring(line, 0,
	                        MIN(g_utf8_strlen(line, -1), (glong)SHOWN));
}

void
lesson_answers_print(const json_t *list)
{
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	printf("\n%6s  %-8s  %-12s  %-16s  %s\n", "answer", "language",
	       "request", "sent", "beginning");
	json_array_foreach(list, i, item)
	{
		g_autofree char *at =
			draft_moment(print_integer(item, "sent_at"));
		g_autofree char *text = shown(print_string(item, "answer"));

		printf("%6s  %-8s  %-12s  %-16s  %s\n",
		       print_string(item, "number"),
		       print_string(item, "language"),
		       print_string(item, "request"), at, text);
	}
}

int64_t
lesson_answer_number(const char *operand)
{
	char *end;
	gint64 number;

	if (operand[0] != 'a' || !g_ascii_isdigit(operand[1]))
		return 0;
	errno = 0;
	number = g_ascii_strtoll(operand + 1, &end, 10);
	return errno == 0 && *end == '\0' ? number : 0;
}

bool
lesson_answer_drop(const Site *site, int64_t number, GError **error)
{
	bool found = false;

	if (!answers_drop(site->store, site->keys, number, &found, error))
		return false;
	if (!found)
		g_set_error(error, STORE_ERROR, STORE_ERROR_IO,
		            "lesson a%d: there is no such answer; see tact "
		            "lesson list",
		            (int)number);
	return found;
}
