/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/shelf.h"

#include <math.h>
#include <string.h>

#define WORDS_MAX 2000 /* of a text */
#define NAMED 4.0      /* a word of title or tags, against one of the text */
#define NAMED_MIN 2    /* of a mail's words, in title or tags */

typedef struct Entry {
	const Article *article;
	GHashTable *named; /* stems of title and tags */
	GHashTable *all;   /* and of the text */
} Entry;

struct Shelf {
	GPtrArray *entries;             /* of Entry */
	GHashTable *counts[LANGUAGE_N]; /* stem -> how many articles have it */
	unsigned n[LANGUAGE_N];
};

static void
free_entry(void *data)
{
	Entry *entry = data;

	g_hash_table_unref(entry->named);
	g_hash_table_unref(entry->all);
	g_free(entry);
}

/* Digits and short words name nothing. */
static bool
counts(const char *stem)
{
	return g_utf8_strlen(stem, -1) >= 3 && !g_ascii_isdigit(stem[0]);
}

static void
add_words(GHashTable *set, Stemmer *stemmer, const char *text)
{
	g_auto(GStrv) words = stem_words(stemmer, text, WORDS_MAX);

	for (char **word = words; *word != NULL; word++)
		if (counts(*word))
			g_hash_table_add(set, g_strdup(*word));
}

static GHashTable *
new_set(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static Entry *
read_entry(const Article *article, Stemmer *stemmer)
{
	Entry *entry = g_new0(Entry, 1);

	entry->article = article;
	entry->named = new_set();
	entry->all = new_set();
	add_words(entry->named, stemmer, article->title);
	add_words(entry->named, stemmer, article->tags);
	add_words(entry->all, stemmer, article->title);
	add_words(entry->all, stemmer, article->tags);
	for (unsigned i = 0; i < ARTICLE_SECTIONS; i++)
		if (article->section[i] != NULL)
			add_words(entry->all, stemmer, article->section[i]);
	return entry;
}

static void
count_words(GHashTable *counted, const Entry *entry)
{
	GHashTableIter at;
	void *stem;

	g_hash_table_iter_init(&at, entry->all);
	while (g_hash_table_iter_next(&at, &stem, NULL)) {
		unsigned n =
			GPOINTER_TO_UINT(g_hash_table_lookup(counted, stem));

		g_hash_table_insert(counted, g_strdup(stem),
		                    GUINT_TO_POINTER(n + 1));
	}
}

Shelf *
shelf_new(const GPtrArray *articles)
{
	Shelf *shelf = g_new0(Shelf, 1);

	shelf->entries = g_ptr_array_new_with_free_func(free_entry);
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		shelf->counts[l] = new_set();
	for (unsigned i = 0; i < articles->len; i++) {
		const Article *article = articles->pdata[i];
		g_autoptr(Stemmer) stemmer = stemmer_new(article->language);
		Entry *entry = read_entry(article, stemmer);

		g_ptr_array_add(shelf->entries, entry);
		count_words(shelf->counts[article->language], entry);
		shelf->n[article->language]++;
	}
	return shelf;
}

void
shelf_free(Shelf *shelf)
{
	if (shelf == NULL)
		return;
	g_ptr_array_unref(shelf->entries);
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		g_hash_table_unref(shelf->counts[l]);
	g_free(shelf);
}

/* How much a stem tells one article from another, in bits. */
static double
weight_of(const Shelf *shelf, Language language, const char *stem)
{
	unsigned n = GPOINTER_TO_UINT(
		g_hash_table_lookup(shelf->counts[language], stem));

	return n > 0 ? log2(1 + (double)shelf->n[language] / n) : 0;
}

/* 0: not found. */
static double
score_of(const Shelf *shelf, const Entry *entry, char **words)
{
	Language language = entry->article->language;
	double score = 0;
	unsigned named = 0;

	for (char **word = words; *word != NULL; word++) {
		double weight = weight_of(shelf, language, *word);

		if (!counts(*word) || !g_hash_table_contains(entry->all, *word))
			continue;
		if (g_hash_table_contains(entry->named, *word)) {
			named++;
			weight *= NAMED;
		}
		score += weight;
	}
	return named >= NAMED_MIN ? score : 0;
}

bool
article_answers(const Article *article, Stemmer *stemmer,
                const char *const *words)
{
	g_autoptr(GHashTable) named = new_set();
	unsigned n = 0;

	add_words(named, stemmer, article->title);
	add_words(named, stemmer, article->tags);
	for (; *words != NULL && n < NAMED_MIN; words++)
		n += g_hash_table_contains(named, *words);
	return n >= NAMED_MIN;
}

typedef struct Found {
	const Article *article;
	double score;
} Found;

/* Keeps the best `max` in order. */
static size_t
keep(Found *found, size_t n, size_t max, Found new)
{
	size_t i = n < max ? n : max;

	while (i > 0 && found[i - 1].score < new.score)
		i--;
	if (i == max)
		return n;
	n = MIN(n + 1, max);
	memmove(&found[i + 1], &found[i], (n - i - 1) * sizeof(*found));
	found[i] = new;
	return n;
}

#define FOUND_MAX 8

size_t
shelf_find(const Shelf *shelf, Language language, const char *text, int64_t now,
           const Article **ret_articles, size_t max)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(language);
	g_auto(GStrv) words = stem_words(stemmer, text, WORDS_MAX);
	Found found[FOUND_MAX];
	size_t n = 0;

	for (unsigned i = 0; i < shelf->entries->len; i++) {
		const Entry *entry = shelf->entries->pdata[i];
		Found new = { entry->article, 0 };

		if (entry->article->language != language ||
		    !article_valid(entry->article, now))
			continue;
		new.score = score_of(shelf, entry, words);
		if (new.score > 0)
			n = keep(found, n, MIN(max, FOUND_MAX), new);
	}
	for (size_t i = 0; i < n; i++)
		ret_articles[i] = found[i].article;
	return n;
}
