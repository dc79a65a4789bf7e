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
	g_free(writer->domain);
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
	const char *dot = at ? strrchr(at, '.') : NULL;

	*writer = (Writer){ NULL, NULL };
	if (at == NULL || !g_utf8_validate(address, -1, NULL)) {
		writer->local = g_strdup("");
		writer->domain = g_strdup("");
		return;
	}
	writer->local = g_utf8_strdown(address, at - address);
	writer->domain = g_utf8_strdown(at + 1, dot > at ? dot - at - 1 : -1);
}

/* ------------------------------------------------------------- where it stands
 */

/* "Last, First", or "First Last, PhD": as it is spoken. NULL: neither. */
static char *
turn_comma(const char *text)
{
	const char *comma = strchr(text, ',');
	g_autofree char *left = NULL;
	g_autofree char *right = NULL;
	g_auto(Words) words = { .n = 0 };

	if (comma == NULL)
		return g_strdup(text);
	left = g_strstrip(g_strndup(text, (gsize)(comma - text)));
	right = g_strstrip(g_strdup(comma + 1));
	if (strchr(right, ',') != NULL || !words_split(left, &words) ||
	    *right == '\0')
		return NULL;
	if (word_is(PERSON_SUFFIX, right) || word_is(PERSON_TITLE, right))
		return g_steal_pointer(&left);
	for (unsigned i = 0; i + 1 < words.n; i++)
		if (!word_is(PERSON_PARTICLE, words.word[i]))
			return NULL;
	return g_strdup_printf("%s %s", right, left);
}

static const char *const quotes[] = { "\"", "'", "`", "\u00ab", "\u00bb",
	                              "‘",  "’", "“", "”",      "„" };

/* Marks of quoting at both ends, and white space. */
static void
strip_quotes(char *text)
{
	bool again = true;

	while (again) {
		again = false;
		g_strstrip(text);
		for (unsigned i = 0; i < G_N_ELEMENTS(quotes); i++) {
			size_t n = strlen(quotes[i]);

			if (g_str_has_prefix(text, quotes[i])) {
				memmove(text, text + n, strlen(text + n) + 1);
				again = true;
			}
			if (g_str_has_suffix(text, quotes[i])) {
				text[strlen(text) - n] = '\0';
				again = true;
			}
		}
	}
}

/* "Anna Holm (Acme A/S)", "Anna Holm | Acme", "Anna Holm - Acme" */
static void
cut_company(char *text)
{
	static const char *const marks[] = { " (",  " | ", " - ",  " – ",
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

/* The first line that is a whole name; lines before it may be closings. */
static bool
read_signature(const char *signature, const Writer *writer, Person *ret_person)
{
	const char *line = signature;

	for (unsigned i = 0; i < 4 && *line != '\0'; i++) {
		size_t n = strcspn(line, "\n");
		g_autofree char *text = g_strndup(line, n);

		if (read_line(text, writer, ret_person))
			return true;
		line += n + (line[n] == '\n');
	}
	return false;
}

/* A first name of From is made whole by the signature. */
static void
add_signature(const char *signature, const Writer *writer, Person *person)
{
	g_auto(Person) other = { 0 };

	if (!read_signature(signature, writer, &other) ||
	    other.known != PERSON_FULL ||
	    (person->known == PERSON_FIRST &&
	     strcmp(person->first, other.first) != 0))
		return;
	person_clear(person);
	*person = other;
	other = (Person){ 0 };
}

void
person_read(const char *display, const char *address, const char *signature,
            Person *ret_person)
{
	g_auto(Writer) writer = { NULL, NULL };
	Person person = { 0 };

	read_writer(&writer, address);
	if (display != NULL && !read_line(display, &writer, &person))
		person_clear(&person);
	if (person.known != PERSON_FULL && signature != NULL)
		add_signature(signature, &writer, &person);
	*ret_person = person;
}
