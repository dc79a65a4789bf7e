/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a name may stand, and what people and their programs put around it:
 * quotes, the company, "Last, First". Anything with a mark that no name has is
 * left alone whole, since what is hostile in it need not be understood.
 */
#include "drafting/person.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "person_name.h"
#include "person_words.h"

static void
writer_clear(Writer *writer)
{
	g_free(writer->local);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Writer, writer_clear)

void
person_clear(Person *person)
{
	g_free(person->first);
	g_free(person->surname);
	g_free(person->full);
	*person = (Person){ 0 };
}

static void
read_writer(Writer *writer, const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;
	bool good = at != NULL && g_utf8_validate(address, -1, NULL);

	writer->local =
		good ? g_utf8_strdown(address, at - address) : g_strdup("");
}

/* ------------------------------------------------------------- where it stands
 */

/* Whether `words` are a surname alone: one word behind its particles. */
static bool
is_surname(const Words *words)
{
	for (unsigned i = 0; i + 1 < words->n; i++)
		if (!word_is(PERSON_PARTICLE, words->word[i]))
			return false;
	return words->n > 0;
}

/* "Laboratoriechef", "Brandoberingenieur": a post, not a surname. The languages
 * that join words make more of them than a list holds. */
static bool
is_post(const Words *words)
{
	static const char *const ends[] = {
		"chef",     "leder",     "leiter",    "ledare",  "ingeniør",
		"ingenjör", "ingenieur", "konsulent", "konsult", "direktør",
		"direktör", "direktor",  "montør",    "montör",  "tekniker",
	};
	const char *last = words->word[words->n - 1];

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(last, ends[i]))
			return true;
	return false;
}

/* What stands before and behind a comma. */
typedef struct Halves {
	char *left, *right;
	Words before, after;
} Halves;

static void
halves_clear(Halves *halves)
{
	g_free(halves->left);
	g_free(halves->right);
	words_clear(&halves->before);
	words_clear(&halves->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Halves, halves_clear)

/* False: one of them is no words. */
static bool
read_halves(const char *text, const char *comma, Halves *halves)
{
	halves->left = g_strstrip(g_strndup(text, (gsize)(comma - text)));
	halves->right = g_strstrip(g_strdup(comma + 1));
	return words_split(halves->left, &halves->before) &&
	       halves->before.n > 0 && *halves->right != '\0';
}

static bool
begins_given(const Words *words)
{
	return words->n > 0 && word_is_given(words->word[0]);
}

/* "Dr. Holm" without the title. */
static const char *
past_titles(const Halves *halves)
{
	const Words *words = &halves->before;
	const char *at = halves->left;

	for (unsigned i = 0; i + 1 < words->n; i++) {
		if (!word_is(PERSON_TITLE, words->word[i]))
			break;
		at = strstr(at, words->word[i]) + strlen(words->word[i]);
		at += strspn(at, " \t");
	}
	return at;
}

/* "Last, First" as it is spoken; "First Last, Engineer" without what follows.
 * NULL: it can be read in two ways. */
static char *
turn_comma(const char *text)
{
	const char *comma = strchr(text, ',');
	g_auto(Halves) halves = { .left = NULL };
	bool given;

	if (comma == NULL)
		return g_strdup(text);
	if (!read_halves(text, comma, &halves))
		return NULL;
	given = words_split(halves.right, &halves.after) &&
	        begins_given(&halves.after);
	if ((begins_given(&halves.before) && !given) ||
	    word_is(PERSON_SUFFIX, halves.right) ||
	    word_is(PERSON_TITLE, halves.right))
		return g_steal_pointer(&halves.left);
	if (is_post(&halves.before))
		return g_steal_pointer(&halves.right);
	if (strchr(halves.right, ',') != NULL ||
	    (!given && !is_surname(&halves.before)))
		return NULL;
	return g_strdup_printf("%s %s", halves.right, past_titles(&halves));
}

static const char *const quotes[] = { "\"", "'", "`", "\u00ab", "\u00bb",
	                              "‘",  "’", "“", "”",      "„",
	                              "/",  "-", "–", "—",      "." };

/* False: `text` neither begins nor ends with it. */
static bool
strip_mark(char *text, const char *mark)
{
	size_t n = strlen(mark);
	bool before = g_str_has_prefix(text, mark);
	bool behind;

	if (before)
		memmove(text, text + n, strlen(text + n) + 1);
	behind = g_str_has_suffix(text, mark);
	if (behind)
		text[strlen(text) - n] = '\0';
	return before || behind;
}

/* Marks at both ends, and white space. */
static void
strip_quotes(char *text)
{
	bool again = true;

	while (again) {
		again = false;
		g_strstrip(text);
		for (unsigned i = 0; i < G_N_ELEMENTS(quotes); i++)
			again |= strip_mark(text, quotes[i]);
	}
}

/* "Dipl.-Ing. (FH) Anna Holm": what brackets say of a title goes alone. */
static void
cut_bracket(char *text)
{
	char *open = strchr(text, '('), *close = strchr(text, ')');
	g_auto(Words) words = { .n = 0 };
	g_autofree char *before = NULL;

	if (open == NULL || close == NULL || close < open)
		return;
	before = g_strndup(text, (gsize)(open - text));
	if (!words_split(before, &words) || words.n == 0)
		return;
	for (unsigned i = 0; i < words.n; i++)
		if (!word_is(PERSON_TITLE, words.word[i]))
			return;
	memmove(open, close + 1, strlen(close + 1) + 1);
}

/* "Anna Holm (Acme A/S)", "Anna Holm | Acme", "Anna Holm - Acme" */
static void
cut_company(char *text)
{
	static const char *const marks[] = { "(",   " | ", " - ",  " – ",
		                             " — ", " / ", " via " };

	for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
		char *mark = strstr(text, marks[i]);

		if (mark != NULL && mark > text)
			*mark = '\0';
	}
}

/* One line of a stranger's, made safe. NULL: it is none that could be a name.
 */
static char *
clean_line(const char *text)
{
	g_autofree char *line = NULL;
	size_t size = strlen(text);

	if (size > LIMIT_PERSON_BYTES)
		return NULL;
	line = text_sanitise(text, size, LIMIT_PERSON_BYTES, NULL);
	if (strpbrk(line, "\n@<>[]{}\\=;:*#%&+_~^$!?0123456789") != NULL)
		return NULL;
	cut_bracket(line);
	cut_company(line);
	strip_quotes(line);
	return turn_comma(line);
}

static bool
read_line(const char *text, const Writer *writer, Person *ret_person)
{
	g_autofree char *line = clean_line(text);

	return line != NULL && person_name_read(line, writer, ret_person);
}

/* The first of its two first lines that is a name. */
static bool
read_signature(const char *signature, const Writer *writer, Person *ret_person)
{
	const char *line = signature;

	for (unsigned i = 0; i < 2 && *line != '\0';) {
		size_t n = strcspn(line, "\n");
		g_autofree char *text = g_strstrip(g_strndup(line, n));

		if (read_line(text, writer, ret_person))
			return true;
		i += *text != '\0';
		line += n + (line[n] == '\n');
	}
	return false;
}

/* "Anna", "/Anna", "Mvh Anna Holm": the last line of a text that has no
 * signature, if it begins with a closing or with a name that people have. A
 * word of thanks is no closing: "Thanks Peter" may be said to us. */
static bool
read_last_line(const char *text, const Writer *writer, Person *ret_person)
{
	g_autofree char *all = g_strchomp(g_strdup(text));
	const char *line = strrchr(all, '\n');
	g_autofree char *name = line != NULL ? clean_line(line + 1) : NULL;
	g_auto(Words) words = { .n = 0 };
	const char *at = name;

	if (name == NULL || !words_split(name, &words))
		return false;
	for (unsigned i = 0; i + 1 < words.n; i++) {
		if (!word_is(PERSON_CLOSING, words.word[i]))
			break;
		at = strstr(at, words.word[i]) + strlen(words.word[i]);
	}
	return person_name_read(at, writer, ret_person) &&
	       word_is_given(ret_person->first);
}

/* A first name of From is made whole by the signature. */
static void
add_signature(const PersonInput *input, const Writer *writer, Person *person)
{
	g_auto(Person) other = { 0 };
	bool found = input->signature != NULL &&
	             read_signature(input->signature, writer, &other);

	if (!found && input->text != NULL)
		found = read_last_line(input->text, writer, &other);
	if (!found || (person->known == PERSON_FIRST &&
	               strcmp(person->first, other.first) != 0))
		return;
	person_clear(person);
	*person = other;
	other = (Person){ 0 };
}

/* "Anne Mette Holm" who signs "Anne Mette" is called both. */
static void
take_signed(const PersonInput *input, const Writer *writer, Person *person)
{
	g_auto(Person) other = { 0 };
	bool found = (input->signature != NULL &&
	              read_signature(input->signature, writer, &other)) ||
	             (input->text != NULL &&
	              read_last_line(input->text, writer, &other));
	size_t n = found && other.full != NULL ? strlen(other.full) : 0;

	if (n == 0 || !word_is_given(other.surname) ||
	    strncmp(person->full, other.full, n) != 0 || person->full[n] != ' ')
		return;
	g_free(person->first);
	person->first = g_steal_pointer(&other.full);
}

void
person_read(const PersonInput *input, Person *ret_person)
{
	g_auto(Writer) writer = { NULL };
	Person person = { 0 };

	read_writer(&writer, input->address);
	if (input->display != NULL &&
	    !read_line(input->display, &writer, &person))
		person_clear(&person);
	if (person.known != PERSON_FULL)
		add_signature(input, &writer, &person);
	else
		take_signed(input, &writer, &person);
	*ret_person = person;
}
