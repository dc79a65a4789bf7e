/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name is taken apart to words, and each word must look like one: letters of
 * one script, the first a capital. Companies and offices look like that, too,
 * so the first name must be one that people have (given_names), or stand in the
 * address, as must all words where the case says nothing (all small, all
 * capitals). Names in scripts that write the surname first are left alone: half
 * of them would be called by it.
 */
#include "person_name.h"

#include <string.h>

#include "base/limits.h"
#include "given_names.h"
#include "person_words.h"

void
words_clear(Words *words)
{
	for (unsigned i = 0; i < words->n; i++)
		g_free(words->word[i]);
	words->n = 0;
}
/* ----------------------------------------------------------------- one word
 */

/* Lower case, without full stops: as the lists have it. */
static char *
fold_word(const char *word)
{
	g_autofree char *low = g_utf8_strdown(word, -1);
	GString *out = g_string_new(NULL);

	for (const char *at = low; *at != '\0'; at++)
		if (*at != '.')
			g_string_append_c(out, *at);
	return g_string_free(out, FALSE);
}

bool
word_is(PersonWord kind, const char *word)
{
	g_autofree char *fold = fold_word(word);

	return person_word_is(kind, fold);
}

static bool
is_letter_of(gunichar c, GUnicodeScript *script)
{
	GUnicodeScript own = g_unichar_get_script(c);

	if (!g_unichar_isalpha(c) ||
	    (own != G_UNICODE_SCRIPT_LATIN &&
	     own != G_UNICODE_SCRIPT_CYRILLIC && own != G_UNICODE_SCRIPT_GREEK))
		return false;
	if (*script == G_UNICODE_SCRIPT_INVALID_CODE)
		*script = own;
	return *script == own;
}

/* Marks that may stand between two letters; a full stop also at the end. */
static bool
is_joint(gunichar c, bool last)
{
	return c == '.' || (!last && (c == '-' || c == '\'' || c == 0x2019));
}

/* Letters of one script, joined by single marks. */
static bool
is_word_of_letters(const char *word, GUnicodeScript *script)
{
	bool letter = false;
	unsigned letters = 0;

	for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		bool last = *g_utf8_next_char(at) == '\0';

		if (is_letter_of(c, script)) {
			letter = true;
			letters++;
		} else if (letter && is_joint(c, last)) {
			letter = false;
		} else {
			return false;
		}
	}
	return letters > 0 && letters <= 30;
}

typedef enum Case {
	CASE_NAME, /* "Anna", "McDonald", "von" */
	CASE_SMALL,
	CASE_CAPITAL, /* "HOLM"; of two letters at least */
} Case;

static Case
case_of(const char *word)
{
	unsigned upper = 0, lower = 0;
	bool first = g_unichar_isupper(g_utf8_get_char(word));

	for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
		upper += g_unichar_isupper(g_utf8_get_char(at));
		lower += g_unichar_islower(g_utf8_get_char(at));
	}
	if (lower == 0 && upper >= 2)
		return CASE_CAPITAL;
	return first ? CASE_NAME : CASE_SMALL;
}

/* "JEAN-PAUL", "jean-paul" -> "Jean-Paul" */
static char *
title_case(const char *word)
{
	GString *out = g_string_new(NULL);
	bool begins = true;

	for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		g_string_append_unichar(out, begins ? g_unichar_toupper(c)
		                                    : g_unichar_tolower(c));
		begins = !g_unichar_isalpha(c);
	}
	return g_string_free(out, FALSE);
}

/* A piece of an address is mostly ASCII: ø is o there. "" for letters that have
 * none. */
static char *
fold_ascii(const char *word)
{
	g_autofree char *low = g_utf8_strdown(word, -1);
	char *plain = g_str_to_ascii(low, "en");

	if (strchr(plain, '?') != NULL)
		plain[0] = '\0';
	return plain;
}

static bool
in_address(const Writer *writer, const char *word)
{
	g_autofree char *low = g_utf8_strdown(word, -1);
	g_autofree char *plain = fold_ascii(word);
	g_autofree char *local = fold_ascii(writer->local);

	return (strlen(low) >= 3 && strstr(writer->local, low) != NULL) ||
	       (strlen(plain) >= 3 && strstr(local, plain) != NULL);
}

/* -------------------------------------------------------------------- a name
 */

static void
drop_word(Words *words, unsigned i)
{
	g_free(words->word[i]);
	words->n--;
	memmove(&words->word[i], &words->word[i + 1],
	        (words->n - i) * sizeof(words->word[0]));
}

/* False: too many words. */
bool
words_split(const char *text, Words *words)
{
	g_auto(GStrv) word = g_strsplit_set(text, " \t", -1);

	for (unsigned i = 0; word[i] != NULL; i++) {
		if (word[i][0] == '\0')
			continue;
		if (words->n == PERSON_WORDS_MAX)
			return false;
		words->word[words->n++] = g_strdup(word[i]);
	}
	return true;
}

/* "med.", "rer.", "h." behind "Dr." */
static bool
is_of_title(const char *word)
{
	return g_unichar_islower(g_utf8_get_char(word)) &&
	       g_str_has_suffix(word, ".");
}

/* Returns how many were before the name. */
static unsigned
strip_titles(Words *words)
{
	unsigned n = 0;

	for (; words->n > 1 && (word_is(PERSON_TITLE, words->word[0]) ||
	                        (n > 0 && is_of_title(words->word[0])));
	     n++)
		drop_word(words, 0);
	while (words->n > 2 &&
	       word_is(PERSON_SUFFIX, words->word[words->n - 1]))
		drop_word(words, words->n - 1);
	return n;
}

/* "Bjørn I. Holm" has a letter of a name, not a word of a sentence. A title
 * that is not before all names is behind an office: "Klinikken Dr. Holm". */
static bool
is_nobody(const char *word)
{
	bool stop = g_str_has_suffix(word, ".");

	if (stop && g_utf8_strlen(word, -1) == 2)
		return false;
	return word_is(PERSON_NOBODY, word) ||
	       (stop && word_is(PERSON_TITLE, word));
}

static bool
are_names(const Words *words)
{
	GUnicodeScript script = G_UNICODE_SCRIPT_INVALID_CODE;

	for (unsigned i = 0; i < words->n; i++)
		if (!is_word_of_letters(words->word[i], &script) ||
		    is_nobody(words->word[i]))
			return false;
	return words->n > 0;
}

static bool
is_particle(const Words *words, unsigned i)
{
	if (i == 0 || i + 1 >= words->n || i >= PERSON_WORDS_MAX)
		return false;
	return word_is(PERSON_PARTICLE, words->word[i]);
}

/* Words in wrong case are mended where the address has them, too. */
static bool
mend_case(Words *words, const Writer *writer)
{
	unsigned capital = 0, small = 0;
	bool known = words->n > 0 && in_address(writer, words->word[0]) &&
	             in_address(writer, words->word[words->n - 1]);

	for (unsigned i = 0; i < words->n; i++) {
		Case form = case_of(words->word[i]);

		capital += form == CASE_CAPITAL;
		small += form == CASE_SMALL && !is_particle(words, i);
	}
	/* "Anna HOLM", as in French: the surname. */
	if (capital == 1 && small == 0 && words->n == 2)
		known = case_of(words->word[1]) == CASE_CAPITAL;
	if (capital + small == 0)
		return true;
	for (unsigned i = 0; known && i < words->n; i++) {
		char *mended = is_particle(words, i)
		                       ? g_utf8_strdown(words->word[i], -1)
		                       : title_case(words->word[i]);

		g_free(words->word[i]);
		words->word[i] = mended;
	}
	return known;
}

bool
word_is_given(const char *word)
{
	g_autofree char *fold = fold_word(word);

	return given_name(fold);
}

/* "ah" of Anna Holm, "aholm", "holma" */
static bool
has_initials(const Words *words, const Writer *writer)
{
	g_autofree char *local = fold_ascii(writer->local);
	g_autofree char *first = fold_ascii(words->word[0]);
	g_autofree char *last = fold_ascii(words->word[words->n - 1]);
	g_autofree char *ahead = g_strdup_printf("%c%s", first[0], last);
	g_autofree char *behind = g_strdup_printf("%s%c", last, first[0]);
	g_autofree char *both = g_strdup_printf("%c%c", first[0], last[0]);

	return words->n > 1 && first[0] != '\0' && strlen(last) >= 3 &&
	       (strcmp(local, ahead) == 0 || strcmp(local, behind) == 0 ||
	        strcmp(local, both) == 0);
}

static bool
is_believed(const Words *words, const Writer *writer)
{
	return word_is_given(words->word[0]) ||
	       in_address(writer, words->word[0]) ||
	       has_initials(words, writer);
}

/* "Civil Engineer Anna Holm": what is before a name that people have. */
static void
strip_offices(Words *words)
{
	while (words->n > 2 && !word_is_given(words->word[0]) &&
	       word_is_given(words->word[1]))
		drop_word(words, 0);
}

/* Does `a` stand before `b` in the address? */
static bool
in_order(const Writer *writer, const char *a, const char *b)
{
	g_autofree char *local = fold_ascii(writer->local);
	g_autofree char *before = fold_ascii(a);
	g_autofree char *behind = fold_ascii(b);
	const char *first = strstr(local, before);
	const char *second = strstr(local, behind);

	return *before != '\0' && *behind != '\0' && first != NULL &&
	       second != NULL && first < second;
}

/* "Weber Karl": the second alone is a name that people have before another, so
 * the first most often is the surname. False: nothing tells. */
static bool
turn_back(Words *words, const Writer *writer)
{
	char *first = words->word[0];

	if (words->n != 2 || word_is_given(first) ||
	    !word_is_given(words->word[1]))
		return true;
	if (!in_order(writer, words->word[1], first))
		return false;
	words->word[0] = words->word[1];
	words->word[1] = first;
	return true;
}

static char *
join(const Words *words, unsigned from)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = from; i < words->n; i++)
		g_string_append_printf(out, "%s%s", i > from ? " " : "",
		                       words->word[i]);
	return g_string_free(out, FALSE);
}

/* Where the surname begins: at its particles. */
static unsigned
surname_at(const Words *words)
{
	unsigned i = words->n - 1;

	while (i > 1 && is_particle(words, i - 1))
		i--;
	return i;
}

/* "A." says how nobody is called. */
static bool
is_initial(const char *word)
{
	return g_utf8_strlen(word, -1) - g_str_has_suffix(word, ".") < 2 ||
	       strchr(word, '.') != NULL;
}

static bool
make_person(const Words *words, Person *ret_person)
{
	g_autofree char *full = join(words, 0);

	if (strlen(full) > LIMIT_PERSON_NAME || is_initial(words->word[0]))
		return false;
	ret_person->first = g_strdup(words->word[0]);
	ret_person->known = PERSON_FIRST;
	if (words->n == 1)
		return true;
	if (is_initial(words->word[words->n - 1]))
		return true;
	ret_person->known = PERSON_FULL;
	ret_person->full = g_steal_pointer(&full);
	ret_person->surname = join(words, surname_at(words));
	return true;
}

/* The person whose name `text` is, if it is one. */
bool
person_name_read(const char *text, const Writer *writer, Person *ret_person)
{
	g_auto(Words) words = { .n = 0 };

	if (!words_split(text, &words))
		return false;
	if (strip_titles(&words) > 0 && words.n == 1)
		return false; /* "Dr. Holm": a surname */
	strip_offices(&words);
	return are_names(&words) && mend_case(&words, writer) &&
	       turn_back(&words, writer) && is_believed(&words, writer) &&
	       make_person(&words, ret_person);
}
