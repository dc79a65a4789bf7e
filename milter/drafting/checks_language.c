/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole text, and each longer paragraph, for a model may change its
 * language half-way. Our own identification tells Danish from Norwegian only
 * where there is enough of it: between neighbours it must be surer.
 */
#include <string.h>

#include "analysis/examine.h"
#include "checks_private.h"

#define LETTERS_MIN 60
#define PARAGRAPH_LETTERS_MIN 120
#define SURE 80
#define SURE_OF_NEIGHBOURS 97
#define STRANGE_PERCENT 10 /* letters of other scripts */

typedef struct Letters {
	unsigned all, strange;
} Letters;

static Letters
count_letters(const char *text)
{
	Letters count = { 0, 0 };

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);

		if (!g_unichar_isalpha(letter))
			continue;
		count.all++;
		count.strange +=
			g_unichar_get_script(letter) != G_UNICODE_SCRIPT_LATIN;
	}
	return count;
}

static bool
is_scandinavian(Language language)
{
	return language == LANGUAGE_DA || language == LANGUAGE_SV ||
	       language == LANGUAGE_NB || language == LANGUAGE_NN;
}

static bool
is_norwegian(Language language)
{
	return language == LANGUAGE_NB || language == LANGUAGE_NN;
}

/* Is `text` surely in another language than `wanted`? */
static bool
is_foreign(const Rules *rules, Language wanted, const char *text)
{
	unsigned score = 0;
	Language is =
		examine_language(rules, &(ExamineText){ "", text, "" }, &score);
	bool neighbours = is_scandinavian(is) && is_scandinavian(wanted);

	if (is == wanted || is == LANGUAGE_UND ||
	    (is_norwegian(is) && is_norwegian(wanted)))
		return false;
	return score >= (neighbours ? SURE_OF_NEIGHBOURS : SURE);
}

void
checks_language(Checking *self)
{
	const CheckInput *input = self->input;
	g_auto(GStrv) paragraphs = g_strsplit(input->text, "\n\n", 0);
	Letters letters = count_letters(input->text);
	const char *found = NULL;

	if (letters.strange * 100 > letters.all * STRANGE_PERCENT)
		found = input->text;
	if (input->language == LANGUAGE_UND || input->rules == NULL)
		return;
	if (letters.all >= LETTERS_MIN &&
	    is_foreign(input->rules, input->language, input->text))
		found = input->text;
	for (char **at = paragraphs; *at != NULL && found == NULL; at++)
		if (count_letters(*at).all >= PARAGRAPH_LETTERS_MIN &&
		    is_foreign(input->rules, input->language, *at))
			found = *at;
	if (found != NULL)
		checks_note(self, CHECK_LANGUAGE, found, strlen(found));
}
