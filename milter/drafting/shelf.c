/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/shelf.h"

#include <string.h>

#include "book.h"
#include "relevance.h"

#define BESIDE 0.6 /* of the best one's score, for another */

typedef struct Aisle {
	Book *book;
	unsigned *counts; /* of how many articles a word is, by number */
} Aisle;

typedef struct Entry {
	const Article *article;
	Clues *clues;
} Entry;

struct Shelf {
	GPtrArray *entries; /* of Entry */
	Aisle aisles[LANGUAGE_N];
};

static void
free_entry(void *data)
{
	Entry *entry = data;

	clues_free(entry->clues);
	g_free(entry);
}

static void
add_entry(Shelf *shelf, const Article *article, Stemmer *stemmer)
{
	Aisle *aisle = &shelf->aisles[article->language];
	Entry *entry = g_new0(Entry, 1);

	if (aisle->book == NULL)
		aisle->book = book_new(article->language);
	entry->article = article;
	entry->clues = clues_new(article, aisle->book, stemmer);
	g_ptr_array_add(shelf->entries, entry);
}

static void
count_words(Shelf *shelf)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		Aisle *aisle = &shelf->aisles[l];

		if (aisle->book != NULL)
			aisle->counts =
				g_new0(unsigned, book_size(aisle->book) + 1);
	}
	for (unsigned i = 0; i < shelf->entries->len; i++) {
		const Entry *entry = shelf->entries->pdata[i];

		clues_count(entry->clues,
		            shelf->aisles[entry->article->language].counts);
	}
}

Shelf *
shelf_new(const GPtrArray *articles)
{
	Shelf *shelf = g_new0(Shelf, 1);

	shelf->entries = g_ptr_array_new_with_free_func(free_entry);
	for (unsigned i = 0; i < articles->len; i++) {
		const Article *article = articles->pdata[i];
		g_autoptr(Stemmer) stemmer = stemmer_new(article->language);

		add_entry(shelf, article, stemmer);
	}
	count_words(shelf);
	return shelf;
}

void
shelf_free(Shelf *shelf)
{
	if (shelf == NULL)
		return;
	g_ptr_array_unref(shelf->entries);
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		book_free(shelf->aisles[l].book);
		g_free(shelf->aisles[l].counts);
	}
	g_free(shelf);
}

/* Bokmål answers Nynorsk where there is nothing else. */
static Language
shelf_language(const Shelf *shelf, Language language)
{
	if (language >= LANGUAGE_N)
		return LANGUAGE_UND;
	if (language == LANGUAGE_NN && shelf->aisles[language].book == NULL)
		return LANGUAGE_NB;
	return language;
}

void
shelf_explain(const Shelf *shelf, const Question *question, ShelfWhy *why,
              ShelfVisit *visit, void *data)
{
	Language language = shelf_language(shelf, question->language);
	const Aisle *aisle = &shelf->aisles[language];
	Temper temper = temper_of(question);
	g_autoptr(Reading) reading = NULL;

	if (aisle->book == NULL)
		return;
	reading = book_read(aisle->book,
	                    question->subject ? question->subject : "",
	                    question->text ? question->text : "");
	for (unsigned i = 0; i < shelf->entries->len; i++) {
		const Entry *entry = shelf->entries->pdata[i];

		if (entry->article->language != language ||
		    !article_valid(entry->article, question->now))
			continue;
		visit(entry->article,
		      clues_weigh(entry->clues, reading, &temper, aisle->counts,
		                  why, data),
		      data);
	}
}

typedef struct Found {
	const Article *article;
	double score;
} Found;

typedef struct Search {
	Found found[SHELF_MAX];
	size_t n, max;
} Search;

/* Keeps the best in order. */
static void
keep(const Article *article, double score, void *data)
{
	Search *search = data;
	size_t i = search->n;

	if (score < SHELF_ANSWERS)
		return;
	while (i > 0 && search->found[i - 1].score < score)
		i--;
	if (i == search->max)
		return;
	search->n = MIN(search->n + 1, search->max);
	memmove(&search->found[i + 1], &search->found[i],
	        (search->n - i - 1) * sizeof(Found));
	search->found[i] = (Found){ article, score };
}

size_t
shelf_find(const Shelf *shelf, const Question *question,
           const Article **ret_articles, size_t max)
{
	Search search = { .max = MIN(max, SHELF_MAX) };
	size_t n = 0;

	shelf_explain(shelf, question, NULL, keep, &search);
	for (size_t i = 0; i < search.n; i++)
		if (search.found[i].score >= BESIDE * search.found[0].score)
			ret_articles[n++] = search.found[i].article;
	return n;
}
