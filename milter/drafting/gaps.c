/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/gaps.h"

#include <string.h>

#include "base/id.h"
#include "base/text.h"
#include "drafting/stem.h"

#define LETTERS_MIN 3

#define TEXT_BYTES 1000 /* of a question that is kept */
#define WRITER_DIGITS 16

char *
gap_text_make(const char *writer, const char *subject, const char *text)
{
	return g_strdup_printf("%016" G_GINT64_MODIFIER "x\n%s\n%.*s",
	                       id_hash(writer, strlen(writer)), subject,
	                       (int)text_cut(text, strlen(text), TEXT_BYTES),
	                       text);
}

const char *
gap_text_read(const char *made, int64_t customer, int64_t *ret_person)
{
	uint64_t writer = 0;
	bool good = strlen(made) > WRITER_DIGITS && made[WRITER_DIGITS] == '\n';

	for (unsigned i = 0; good && i < WRITER_DIGITS; i++) {
		good = g_ascii_isxdigit(made[i]);
		writer = writer << 4 | (uint64_t)g_ascii_xdigit_value(made[i]);
	}
	*ret_person = good ? -(int64_t)(writer >> 1) : 0;
	if (customer > 0)
		*ret_person = customer;
	return good ? made + WRITER_DIGITS + 1 : made;
}

typedef struct Group {
	Language language;
	char *request;
	unsigned questions;
	GHashTable *people; /* set of persons */
	GHashTable *stems;  /* stem -> Stem */
} Group;

typedef struct Stem {
	GHashTable *people;
	GHashTable *forms; /* word as written -> set of persons */
} Stem;

struct Gaps {
	GHashTable *groups; /* "da billing" -> Group */
};

static GHashTable *
new_people(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
add_person(GHashTable *people, int64_t person)
{
	int64_t *key = g_new(int64_t, 1);

	*key = person;
	g_hash_table_add(people, key);
}

static void
unref_table(void *table)
{
	g_hash_table_unref(table);
}

static void
free_stem(void *data)
{
	Stem *stem = data;

	g_hash_table_unref(stem->people);
	g_hash_table_unref(stem->forms);
	g_free(stem);
}

static void
free_group(void *data)
{
	Group *group = data;

	g_free(group->request);
	g_hash_table_unref(group->people);
	g_hash_table_unref(group->stems);
	g_free(group);
}

Gaps *
gaps_new(void)
{
	Gaps *gaps = g_new0(Gaps, 1);

	gaps->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                     free_group);
	return gaps;
}

void
gaps_free(Gaps *gaps)
{
	if (gaps == NULL)
		return;
	g_hash_table_unref(gaps->groups);
	g_free(gaps);
}

static Group *
group_of(Gaps *gaps, const GapQuestion *question)
{
	char *key = g_strdup_printf("%s %s", language_code(question->language),
	                            question->request);
	Group *group = g_hash_table_lookup(gaps->groups, key);

	if (group != NULL) {
		g_free(key);
		return group;
	}
	group = g_new0(Group, 1);
	group->language = question->language;
	group->request = g_strdup(question->request);
	group->people = new_people();
	group->stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                     free_stem);
	g_hash_table_insert(gaps->groups, key, group);
	return group;
}

static Stem *
stem_of(Group *group, const char *name)
{
	Stem *stem = g_hash_table_lookup(group->stems, name);

	if (stem != NULL)
		return stem;
	stem = g_new0(Stem, 1);
	stem->people = new_people();
	stem->forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                    unref_table);
	g_hash_table_insert(group->stems, g_strdup(name), stem);
	return stem;
}

typedef struct Adding {
	Group *group;
	int64_t person;
} Adding;

static bool
has_digit(const char *word)
{
	for (; *word != '\0'; word = g_utf8_next_char(word))
		if (g_unichar_isdigit(g_utf8_get_char(word)))
			return true;
	return false;
}

static void
add_word(const StemWord *word, void *data)
{
	const Adding *adding = data;
	GHashTable *people;
	Stem *stem;

	if (word->stop || has_digit(word->low) ||
	    g_utf8_strlen(word->stem, -1) < LETTERS_MIN)
		return;
	stem = stem_of(adding->group, word->stem);
	add_person(stem->people, adding->person);
	people = g_hash_table_lookup(stem->forms, word->low);
	if (people == NULL) {
		people = new_people();
		g_hash_table_insert(stem->forms, g_strdup(word->low), people);
	}
	add_person(people, adding->person);
}

void
gaps_add(Gaps *gaps, const GapQuestion *question)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(question->language);
	Adding adding = { group_of(gaps, question), question->person };

	adding.group->questions++;
	add_person(adding.group->people, question->person);
	stem_each(stemmer, question->text, GAPS_QUESTION_WORDS, add_word,
	          &adding);
}

/* ------------------------------------------------------------------- telling
 */

/* As most wrote it, if enough did; else the stem. */
static const char *
form_of(const Stem *stem, const char *name)
{
	const char *best = name;
	unsigned most = GAPS_PEOPLE - 1;
	GHashTableIter at;
	void *form, *people;

	g_hash_table_iter_init(&at, stem->forms);
	while (g_hash_table_iter_next(&at, &form, &people)) {
		unsigned n = g_hash_table_size(people);

		if (n > most ||
		    (n == most && best != name && strcmp(form, best) < 0)) {
			best = form;
			most = n;
		}
	}
	return best;
}

static int
by_people(const void *a, const void *b)
{
	const GapWord *one = a, *other = b;

	if (one->people != other->people)
		return one->people < other->people ? 1 : -1;
	return strcmp(one->word, other->word);
}

static void
fill_words(const Group *group, GapGroup *ret_group)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(GapWord));
	GHashTableIter at;
	void *name, *value;

	g_hash_table_iter_init(&at, group->stems);
	while (g_hash_table_iter_next(&at, &name, &value)) {
		const Stem *stem = value;
		GapWord word = { form_of(stem, name),
			         g_hash_table_size(stem->people) };

		if (word.people >= GAPS_PEOPLE)
			g_array_append_val(words, word);
	}
	g_array_sort(words, by_people);
	ret_group->n_words = MIN(words->len, GAPS_WORDS);
	for (size_t i = 0; i < ret_group->n_words; i++)
		ret_group->words[i] = g_array_index(words, GapWord, i);
}

static int
by_questions(const void *a, const void *b)
{
	const Group *one = *(Group *const *)a;
	const Group *other = *(Group *const *)b;

	if (one->questions != other->questions)
		return one->questions < other->questions ? 1 : -1;
	if (one->language != other->language)
		return (int)one->language - (int)other->language;
	return strcmp(one->request, other->request);
}

void
gaps_each(const Gaps *gaps, GapVisit *visit, void *data)
{
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	GHashTableIter at;
	void *one;

	g_hash_table_iter_init(&at, gaps->groups);
	while (g_hash_table_iter_next(&at, NULL, &one))
		g_ptr_array_add(groups, one);
	g_ptr_array_sort(groups, by_questions);
	for (unsigned i = 0; i < groups->len; i++) {
		const Group *group = groups->pdata[i];
		GapGroup told = {
			.language = group->language,
			.request = group->request,
			.questions = group->questions,
			.people = g_hash_table_size(group->people),
		};

		fill_words(group, &told);
		visit(&told, data);
	}
}
