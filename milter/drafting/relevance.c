/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The figures were chosen on one half of tests/corpus/answers; test_answers
 * measures on the other.
 */
#include "relevance.h"

#include <math.h>
#include <string.h>

#define ASKS 3.0   /* one of them answers */
#define PHRASE 2.0 /* a tag of several words */
#define TAG 1.0
#define TITLE 0.5
#define WINDOW 5      /* words that a clue of several may lie apart */
#define SURE 0.75     /* strength from which on `never` forbids */
#define ASIDE 0.5     /* in a long mail, in a sentence that wants nothing */
#define DONE 0.3      /* in one that tells what was done already */
#define LONG 4        /* sentences, the subject counted */
#define UNASKED 0.75  /* a mail that wants nothing */
#define CROSS 0.6     /* one that is angry */
#define STRANGER 0.55 /* a request that the article is not for */
#define BESIDE 0.3    /* what other sentences say */
#define WORDS 80      /* of a mail; a longer one must say more */
#define CLUE_WORDS 6
#define CLUES_MAX 200

typedef enum ClueKind {
	CLUE_NEVER,
	CLUE_ASKS,
	CLUE_TAG,
	CLUE_TITLE,
} ClueKind;

static const char *const kind_names[] = {
	[CLUE_NEVER] = "never",
	[CLUE_ASKS] = "asks",
	[CLUE_TAG] = "tag",
	[CLUE_TITLE] = "title",
};

typedef struct Clue {
	ClueKind kind;
	unsigned n;
	unsigned word[CLUE_WORDS]; /* numbers in the book */
	char *text;
} Clue;

struct Clues {
	const Article *article;
	char **requests;
	GArray *list; /* of Clue: the strongest first */
};

/* --------------------------------------------------------------------- clues
 */

typedef struct Making {
	Book *book;
	Clue *clue;
	bool telling; /* not of stop words alone */
} Making;

static void
add_clue_word(const StemWord *word, void *data)
{
	Making *making = data;
	Clue *clue = making->clue;

	making->telling = making->telling || !word->stop;
	if (clue->n < CLUE_WORDS)
		clue->word[clue->n++] = book_add(making->book, word);
}

static void
add_clue(Clues *clues, Book *book, Stemmer *stemmer, ClueKind kind,
         const char *text)
{
	Clue clue = { .kind = kind };
	Making making = { book, &clue, false };

	stem_each(stemmer, text, CLUE_WORDS, add_clue_word, &making);
	if (!making.telling || clues->list->len == CLUES_MAX)
		return;
	clue.text = g_strdup(text);
	g_array_append_val(clues->list, clue);
}

static void
add_list(Clues *clues, Book *book, Stemmer *stemmer, ClueKind kind,
         const char *words, const char *between)
{
	g_auto(GStrv) parts = g_strsplit_set(words, between, -1);

	for (char **part = parts; *part != NULL; part++)
		add_clue(clues, book, stemmer, kind, g_strstrip(*part));
}

static void
clear_clue(void *clue)
{
	g_free(((Clue *)clue)->text);
}

static double
worth_of(const Clue *clue)
{
	switch (clue->kind) {
	case CLUE_NEVER:
	case CLUE_ASKS:
		return ASKS;
	case CLUE_TAG:
		return clue->n > 1 ? PHRASE : TAG;
	case CLUE_TITLE:
		break;
	}
	return TITLE;
}

static int
by_worth(const void *a, const void *b)
{
	const Clue *one = a, *other = b;
	double difference = worth_of(other) - worth_of(one);

	if (one->kind == CLUE_NEVER || other->kind == CLUE_NEVER)
		return (int)one->kind - (int)other->kind;
	if (difference > 0 || difference < 0)
		return difference > 0 ? 1 : -1;
	return (int)other->n - (int)one->n;
}

Clues *
clues_new(const Article *article, Book *book, Stemmer *stemmer)
{
	Clues *clues = g_new0(Clues, 1);

	clues->article = article;
	clues->list = g_array_new(FALSE, FALSE, sizeof(Clue));
	g_array_set_clear_func(clues->list, clear_clue);
	add_list(clues, book, stemmer, CLUE_NEVER, article->never, ",");
	add_list(clues, book, stemmer, CLUE_ASKS, article->asks, ",");
	add_list(clues, book, stemmer, CLUE_TAG, article->tags, ",");
	add_list(clues, book, stemmer, CLUE_TITLE, article->title, " ,");
	g_array_sort(clues->list, by_worth);
	clues->requests = g_strsplit_set(article->requests, ", ", -1);
	return clues;
}

void
clues_free(Clues *clues)
{
	if (clues == NULL)
		return;
	g_array_unref(clues->list);
	g_strfreev(clues->requests);
	g_free(clues);
}

void
clues_count(const Clues *clues, unsigned *counts)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (unsigned i = 0; i < clues->list->len; i++) {
		const Clue *clue = &g_array_index(clues->list, Clue, i);

		if (clue->kind != CLUE_TAG || clue->n > 1)
			continue;
		if (g_hash_table_add(seen, GUINT_TO_POINTER(clue->word[0])))
			counts[clue->word[0]]++;
	}
}

/* ------------------------------------------------------------------- the mail
 */

static const char *
value_of(const Question *question, const char *name)
{
	const Findings *findings = question->findings;
	unsigned n = findings != NULL && question->rules != NULL
	                     ? rules_n_findings(question->rules)
	                     : 0;

	for (unsigned f = 0; f < n && f < findings->n_findings; f++)
		if (!findings->finding[f].abstained &&
		    strcmp(rules_finding_name(question->rules, f), name) == 0)
			return rules_value_name(question->rules, f,
			                        findings->finding[f].value);
	return "";
}

Temper
temper_of(const Question *question)
{
	return (Temper){
		.request = value_of(question, "request"),
		.pleased = strcmp(value_of(question, "sentiment"),
		                  "positive") == 0 ||
		           strcmp(value_of(question, "emotion"),
		                  "enthusiastic") == 0,
		.cross = strcmp(value_of(question, "emotion"), "frustrated") ==
		         0,
	};
}

/* ------------------------------------------------------------------- weighing
 */

typedef struct Weighing {
	double *points; /* of each sentence */
	const Clues *clues;
	const Reading *reading;
	const unsigned *counts;
	GHashTable *used; /* numbers that a clue had */
} Weighing;

/* How far what a sentence says counts. */
static double
weight_of(const Reading *reading, unsigned at)
{
	const Sentence *sentence =
		&g_array_index(reading->sentences, Sentence, at);
	bool beside =
		reading->sentences->len > LONG && at > 0 && !sentence->wants;

	return (sentence->done ? DONE : 1) * (beside ? ASIDE : 1);
}

/* The strongest place of `word` near `place`, itself apart; 0: there is none.
 */
static double
strength_near(const Reading *reading, unsigned word, const Place *place)
{
	const GArray *places =
		g_hash_table_lookup(reading->places, GUINT_TO_POINTER(word));
	double best = 0;

	for (unsigned i = 0; places != NULL && i < places->len; i++) {
		const Place *other = &g_array_index(places, Place, i);
		unsigned apart = other->word > place->word
		                         ? other->word - place->word
		                         : place->word - other->word;

		if (other->sentence == place->sentence && apart <= WINDOW)
			best = MAX(best, other->strength);
	}
	return best;
}

/* How much of a clue stands around a place of its first word. */
static double
strength_at(const Reading *reading, const Clue *clue, const Place *place)
{
	double strength = place->strength;

	for (unsigned i = 1; i < clue->n && strength > 0; i++)
		strength = MIN(strength,
		               strength_near(reading, clue->word[i], place));
	return strength;
}

/* The best of all its places, and the sentence of it. */
static double
strength_of(const Reading *reading, const Clue *clue, unsigned *ret_sentence)
{
	const GArray *places = g_hash_table_lookup(
		reading->places, GUINT_TO_POINTER(clue->word[0]));
	double best = 0;

	for (unsigned i = 0; places != NULL && i < places->len; i++) {
		const Place *place = &g_array_index(places, Place, i);
		double strength = strength_at(reading, clue, place) *
		                  weight_of(reading, place->sentence);

		if (strength <= best)
			continue;
		best = strength;
		*ret_sentence = place->sentence;
	}
	return best;
}

static bool
forbids(const Reading *reading, const Clue *clue)
{
	const GArray *places = g_hash_table_lookup(
		reading->places, GUINT_TO_POINTER(clue->word[0]));

	for (unsigned i = 0; places != NULL && i < places->len; i++)
		if (strength_at(reading, clue,
		                &g_array_index(places, Place, i)) >= SURE)
			return true;
	return false;
}

static bool
is_used(const Weighing *self, const Clue *clue)
{
	for (unsigned i = 0; i < clue->n; i++)
		if (!g_hash_table_contains(self->used,
		                           GUINT_TO_POINTER(clue->word[i])))
			return false;
	return true;
}

static void
use(Weighing *self, const Clue *clue)
{
	for (unsigned i = 0; i < clue->n; i++)
		g_hash_table_add(self->used, GUINT_TO_POINTER(clue->word[i]));
}

/* One word that several articles have tells less of each. */
static double
rarity_of(const Weighing *self, const Clue *clue)
{
	unsigned n = self->counts[clue->word[0]];

	return clue->n > 1 || n < 2 || clue->kind == CLUE_ASKS ? 1 : 1.0 / n;
}

static double
weigh_clue(Weighing *self, const Clue *clue)
{
	unsigned sentence = 0;
	double points;

	if (clue->kind != CLUE_TITLE && is_used(self, clue))
		return 0;
	points = strength_of(self->reading, clue, &sentence) * worth_of(clue) *
	         rarity_of(self, clue);
	if (points > 0)
		use(self, clue);
	self->points[sentence] += points;
	return points;
}

static void
tell(ShelfWhy *why, void *data, const char *kind, const char *text,
     double points)
{
	if (why != NULL)
		why(kind, text, points, data);
}

/* A NEVER that the mail has, or NULL. */
static const Clue *
find_never(const Weighing *self)
{
	for (unsigned i = 0; i < self->clues->list->len; i++) {
		const Clue *clue = &g_array_index(self->clues->list, Clue, i);

		if (clue->kind != CLUE_NEVER)
			break;
		if (forbids(self->reading, clue))
			return clue;
	}
	return NULL;
}

static bool
is_for(const Clues *clues, const char *request)
{
	return request[0] == '\0' || clues->article->requests[0] == '\0' ||
	       g_strv_contains((const char *const *)clues->requests, request);
}

/* What the mail is like, as a factor; 0: it wants no answer. */
static double
factor_of(const Weighing *self, const Temper *temper, ShelfWhy *why, void *data)
{
	const Reading *reading = self->reading;
	double factor = 1;

	if (!reading->asks && strcmp(temper->request, "feedback") == 0) {
		tell(why, data, "mood", "feedback that asks nothing", 0);
		return 0;
	}
	if (!reading->wants && temper->pleased) {
		tell(why, data, "mood", "pleased, and wants nothing", 0);
		return 0;
	}
	if (!is_for(self->clues, temper->request)) {
		tell(why, data, "request", temper->request, STRANGER);
		factor *= STRANGER;
	}
	if (!reading->wants)
		factor *= UNASKED;
	if (temper->cross)
		factor *= CROSS;
	if (reading->words > WORDS)
		factor *= sqrt((double)WORDS / reading->words);
	return factor;
}

/* One sentence must say it, with the subject; others help. */
static double
sum_of(const Weighing *self)
{
	double best = 0, all = 0;

	for (unsigned i = 1; i < self->reading->sentences->len; i++) {
		best = MAX(best, self->points[i]);
		all += self->points[i];
	}
	return self->points[0] + best + BESIDE * (all - best);
}

static double
weigh_all(Weighing *self, ShelfWhy *why, void *data)
{
	for (unsigned i = 0; i < self->clues->list->len; i++) {
		const Clue *clue = &g_array_index(self->clues->list, Clue, i);
		double points =
			clue->kind == CLUE_NEVER ? 0 : weigh_clue(self, clue);

		if (points > 0)
			tell(why, data, kind_names[clue->kind], clue->text,
			     points);
	}
	return sum_of(self);
}

double
clues_weigh(const Clues *clues, const Reading *reading, const Temper *temper,
            const unsigned *counts, ShelfWhy *why, void *data)
{
	g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
	g_autofree double *points = g_new0(double, reading->sentences->len + 1);
	Weighing self = { points, clues, reading, counts, used };
	double sum = weigh_all(&self, why, data);
	const Clue *never = sum > 0 ? find_never(&self) : NULL;

	if (never != NULL) {
		tell(why, data, kind_names[CLUE_NEVER], never->text, 0);
		return 0;
	}
	return sum > 0 ? sum * factor_of(&self, temper, why, data) : 0;
}
