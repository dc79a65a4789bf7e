/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text as such: is there one, is it too much of one, can all of it be seen,
 * does it turn in circles. Characters that our languages have no use for are
 * refused, since what they are good for is to hide: full-width letters and
 * digits in links, marks piled upon a letter, private signs.
 */
#include <string.h>

#include "base/text.h"
#include "checks_private.h"

#define WORDS_MIN 2
#define MARKS_MAX 3 /* on one letter */
#define SAME_CHARACTER 50
#define PERIOD_MAX 12    /* words of a phrase that comes again and again */
#define PERIODS 6        /* so often in a row */
#define PERIOD_WORDS 12  /* and so many words of it in all */
#define SENTENCE_TIMES 4 /* anywhere in the text */
#define SENTENCE_BYTES 12

static const struct {
	gunichar first, last;
} unseen[] = {
	{ 0x034f, 0x034f }, { 0x0600, 0x0605 },   { 0x061c, 0x061c },
	{ 0x115f, 0x1160 }, { 0x180b, 0x180f },   { 0x2028, 0x202e },
	{ 0x2060, 0x206f }, { 0x2800, 0x2800 },   { 0x3000, 0x303f },
	{ 0x3164, 0x3164 }, { 0xe000, 0xf8ff },   { 0xfe00, 0xfe0e },
	{ 0xff00, 0xffff }, { 0x1d400, 0x1d7ff }, { 0xe0000, 0x10ffff },
};

static bool
is_unseen(gunichar letter)
{
	if (letter == 0x202f) /* a narrow space, between digits */
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(unseen); i++)
		if (letter >= unseen[i].first && letter <= unseen[i].last)
			return true;
	return letter > 0x7f && g_unichar_isdigit(letter);
}

/* A word of two alphabets looks like one that it is not. */
static const char *
find_mixed(const char *text)
{
	GUnicodeScript before = G_UNICODE_SCRIPT_COMMON;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);
		GUnicodeScript script = g_unichar_isalpha(letter)
		                                ? g_unichar_get_script(letter)
		                                : G_UNICODE_SCRIPT_COMMON;

		if (script != G_UNICODE_SCRIPT_COMMON &&
		    before != G_UNICODE_SCRIPT_COMMON && script != before)
			return text;
		before = script;
	}
	return NULL;
}

static void
look_for_unseen(Checking *self, const char *text, size_t size)
{
	TextNotes notes = { 0 };
	g_autofree char *seen = text_sanitise(text, size, size * 3 + 1, &notes);
	const char *mixed;
	unsigned marks = 0;

	if (notes.replaced + notes.controls + notes.invisible > 0) {
		checks_note(self, CHECK_INVISIBLE, seen, strlen(seen));
		return;
	}
	mixed = find_mixed(text);
	if (mixed != NULL)
		checks_note(self, CHECK_INVISIBLE, mixed, strlen(mixed));
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		marks = g_unichar_ismark(letter) ? marks + 1 : 0;
		if (marks <= MARKS_MAX && !is_unseen(letter))
			continue;
		checks_note(self, CHECK_INVISIBLE, c, strlen(c));
		return;
	}
}

static unsigned
count_words(const char *text)
{
	unsigned words = 0;
	bool within = false;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		bool letter = g_unichar_isalpha(g_utf8_get_char(text));

		words += letter && !within;
		within = letter;
	}
	return words;
}

bool
checks_shape(Checking *self)
{
	const char *text = self->input->text;
	size_t size = strlen(text);

	if (size > CHECK_TEXT_MAX) {
		checks_note(self, CHECK_TOO_LONG, text, CHECK_WORDS_MAX);
		return false;
	}
	look_for_unseen(self, text, size);
	if (!g_utf8_validate(text, (gssize)size, NULL))
		return false;
	if (count_words(text) < WORDS_MIN)
		checks_note(self, CHECK_EMPTY, text, size);
	return true;
}

/* ------------------------------------------------------------- repetition */

static bool
repeats_character(const char *text)
{
	gunichar last = 0;
	unsigned n = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar letter = g_utf8_get_char(text);

		n = letter == last ? n + 1 : 1;
		last = letter;
		if (n >= SAME_CHARACTER)
			return true;
	}
	return false;
}

/* Words as numbers: the same word is the same number. */
static GArray *
number_words(const char *text)
{
	g_autofree char *plain = checks_plain(text, strlen(text));
	g_auto(GStrv) words = g_strsplit_set(plain, " .,;:!?-", -1);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(unsigned));

	for (char **word = words; *word != NULL; word++) {
		unsigned number;

		if (**word == '\0')
			continue;
		number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, *word));
		if (number == 0) {
			number = g_hash_table_size(seen) + 1;
			g_hash_table_insert(seen, *word,
			                    GUINT_TO_POINTER(number));
		}
		g_array_append_val(numbers, number);
	}
	return numbers;
}

static bool
repeats_phrase(const char *text)
{
	g_autoptr(GArray) words = number_words(text);
	const unsigned *word = (const unsigned *)(void *)words->data;

	for (unsigned period = 1; period <= PERIOD_MAX; period++) {
		unsigned same = 0;

		for (unsigned i = period; i < words->len; i++) {
			same = word[i] == word[i - period] ? same + 1 : 0;
			if (same >= period * (PERIODS - 1) &&
			    same + period >= PERIOD_WORDS)
				return true;
		}
	}
	return false;
}

static void
count_sentence(const char *sentence, size_t length, void *data)
{
	GHashTable *counts = data;
	char *plain;
	unsigned n;

	if (length < SENTENCE_BYTES)
		return;
	plain = checks_plain(sentence, length);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, plain)) + 1;
	g_hash_table_replace(counts, plain, GUINT_TO_POINTER(n));
}

static bool
repeats_sentence(const char *text)
{
	g_autoptr(GHashTable) counts =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter at;
	void *count;

	checks_sentences(text, count_sentence, counts);
	g_hash_table_iter_init(&at, counts);
	while (g_hash_table_iter_next(&at, NULL, &count))
		if (GPOINTER_TO_UINT(count) >= SENTENCE_TIMES)
			return true;
	return false;
}

void
checks_repetition(Checking *self)
{
	const char *text = self->input->text;

	if (repeats_character(text) || repeats_phrase(text) ||
	    repeats_sentence(text))
		checks_note(self, CHECK_REPETITION, text, strlen(text));
}
