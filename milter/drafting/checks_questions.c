/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A question counts as spoken of when a word of it, by its stem, stands in the
 * draft. That is little, and told as a remark only; but a question of which not
 * one word comes back was seldom answered. Short words say nothing.
 */
#include <string.h>

#include "checks_private.h"
#include "drafting/stem.h"

#define QUESTIONS_MAX 10
#define QUESTION_WORDS 60
#define DRAFT_WORDS 3000
#define STEM_LETTERS_MIN 4

typedef struct Asking {
	Checking *checking;
	Stemmer *stemmer;
	char *draft; /* its stems, each with a blank around */
	unsigned n;
} Asking;

static bool
is_spoken_of(const Asking *self, const char *question)
{
	g_auto(GStrv) stems =
		stem_words(self->stemmer, question, QUESTION_WORDS);
	unsigned telling = 0;

	for (char **stem = stems; *stem != NULL; stem++) {
		g_autofree char *word = g_strconcat(" ", *stem, " ", NULL);

		if (g_utf8_strlen(*stem, -1) < STEM_LETTERS_MIN)
			continue;
		telling++;
		if (strstr(self->draft, word) != NULL)
			return true;
	}
	return telling == 0;
}

static void
look_at_question(const char *sentence, size_t length, void *data)
{
	Asking *self = data;
	g_autofree char *question = NULL;

	if (sentence[length - 1] != '?' || self->n == QUESTIONS_MAX)
		return;
	self->n++;
	question = g_strndup(sentence, length);
	if (!is_spoken_of(self, question))
		checks_note(self->checking, CHECK_UNANSWERED_QUESTION, sentence,
		            length);
}

void
checks_questions(Checking *self)
{
	const CheckInput *input = self->input;
	g_autoptr(Stemmer) stemmer = NULL;
	g_autofree char *stems = NULL;
	Asking asking = { .checking = self };

	if (input->holding || input->mail == NULL ||
	    !g_utf8_validate(input->mail, -1, NULL))
		return;
	stemmer = stemmer_new(input->language);
	stems = stem_text(stemmer, input->text, DRAFT_WORDS);
	asking.stemmer = stemmer;
	asking.draft = g_strconcat(" ", stems, " ", NULL);
	checks_sentences(input->mail, look_at_question, &asking);
	g_free(asking.draft);
}
