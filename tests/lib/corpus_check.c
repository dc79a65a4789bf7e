/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Near the same: of both texts' runs of three words NEAR_JACCARD is common, or
 * NEAR_CONTAINED of the shorter's stand in the longer. A sentence of ten words
 * with one of them changed has 0.45 in common. When this was chosen, the
 * nearest of 7,250 texts had 0.19 in common, and of the most contained 0.56.
 *
 * A language is judged of texts from LANGUAGE_WORDS on; where it and the one
 * told are neighbours, from LANGUAGE_WORDS_NEAR on. Of a hundred sentences one
 * or two read like the neighbour's although they are right.
 */
#include "corpus_check.h"

#include <string.h>

#define NEAR_JACCARD 0.3
#define NEAR_CONTAINED 0.7
#define NEAR_SHARED 5 /* runs of words, to be contained */
#define LANGUAGE_WORDS 8
#define LANGUAGE_WORDS_NEAR 20
#define NEIGHBOURS_PERCENT 5

static void problem(CorpusCheck *check, const char *format, ...)
	G_GNUC_PRINTF(2, 3);

static void
problem(CorpusCheck *check, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	g_ptr_array_add(check->problems, g_strdup_vprintf(format, list));
	va_end(list);
}

static const Sample *
sample(const CorpusCheck *check, unsigned i)
{
	return corpus_sample(check->corpus, i);
}

void
corpus_check_read(CorpusCheck *check, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Corpus) one = corpus_new();
	const char *name;

	if (!corpus_read(one, check->rules, path, -1, LANGUAGE_UND, &error)) {
		problem(check, "%s", error->message);
		return;
	}
	for (unsigned i = 0; (name = corpus_unknown_finding(one, i)) != NULL;
	     i++)
		problem(check,
		        "%s: labels name \"%s\", which is no finding; "
		        "mend the spelling",
		        path, name);
	if (!corpus_read(check->corpus, check->rules, path, -1, LANGUAGE_UND,
	                 &error))
		problem(check, "%s", error->message);
}

static int
by_id(const void *a, const void *b, void *data)
{
	const CorpusCheck *check = data;
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
	int order = strcmp(sample(check, x)->id, sample(check, y)->id);

	return order != 0 ? order : (x > y) - (x < y);
}

/* Within a file the reader has seen to it. */
static void
check_ids(CorpusCheck *check)
{
	unsigned n = corpus_size(check->corpus);
	g_autofree unsigned *order = g_new(unsigned, n + 1);

	for (unsigned i = 0; i < n; i++)
		order[i] = i;
	g_qsort_with_data(order, (int)n, sizeof(*order), by_id, check);
	for (unsigned i = 1; i < n; i++) {
		const Sample *a = sample(check, order[i - 1]);
		const Sample *b = sample(check, order[i]);

		if (strcmp(a->id, b->id) == 0)
			problem(check,
			        "%s:%u: id \"%s\" is that of %s:%u; give it "
			        "another",
			        b->file, b->line, b->id, a->file, a->line);
	}
}

static void
check_labels(CorpusCheck *check, const Sample *s)
{
	unsigned n = rules_n_findings(check->rules), labelled = 0;

	for (unsigned f = 0; f < n; f++) {
		labelled += s->label[f] >= 0;
		if (s->label[f] < 0 && s->kind == SAMPLE_MAIL)
			problem(check,
			        "%s:%u: a mail without label of %s; judge it "
			        "by the guide",
			        s->file, s->line,
			        rules_finding_name(check->rules, f));
		if (s->label[f] >= 0)
			check->count[s->language][f][s->label[f]]++;
	}
	if (labelled == 0)
		problem(check, "%s:%u: no label at all; take the line out",
		        s->file, s->line);
	check->kinds[s->language][s->kind]++;
}

static unsigned
count_words(const char *text)
{
	g_autofree char *words = near_words(text);
	unsigned n = words[0] != '\0';

	for (const char *p = words; *p != '\0'; p++)
		n += *p == ' ';
	return n;
}

static bool
is_scandinavian(Language language)
{
	return language == LANGUAGE_DA || language == LANGUAGE_SV ||
	       language == LANGUAGE_NB || language == LANGUAGE_NN;
}

/* A sentence without a word that tells is like its neighbour's: those are
 * counted, and only many of them are a mistake. */
static void
check_language(CorpusCheck *check, const Sample *s)
{
	unsigned score, words = count_words(s->text);
	Language found = language_identify(check->profile, s->text,
	                                   strlen(s->text), &score);
	bool near = is_scandinavian(found) && is_scandinavian(s->language);

	if (s->language == LANGUAGE_UND)
		problem(check, "%s:%u: no language; write \"lang\"", s->file,
		        s->line);
	else if (found == LANGUAGE_UND)
		check->untold++;
	else if (found == s->language || words < LANGUAGE_WORDS)
		return;
	else if (near && words < LANGUAGE_WORDS_NEAR)
		check->neighbours[s->language]++;
	else
		problem(check,
		        "%s:%u: lang is \"%s\", but it reads like \"%s\" "
		        "(%u %%); mend the label, or teach rules/corpus/"
		        "language",
		        s->file, s->line, language_code(s->language),
		        language_code(found), score);
}

static void
check_neighbours(CorpusCheck *check)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		unsigned n = check->kinds[l][0] + check->kinds[l][1];
		unsigned misses = check->neighbours[l];

		if (100 * misses > NEIGHBOURS_PERCENT * n)
			problem(check,
			        "%s: %u of %u texts read like a neighbouring "
			        "language; is a file labelled as another?",
			        language_code((Language)l), misses, n);
	}
}

static bool
is_domain(char c)
{
	return g_ascii_isalnum(c) || c == '.' || c == '-';
}

/* An address in a domain that is not reserved for examples (RFC 2606). */
static void
check_addresses(CorpusCheck *check, const Sample *s, const char *text)
{
	static const char *const reserved[] = { ".example",    ".invalid",
		                                ".test",       "example.com",
		                                "example.org", "example.net" };

	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++) {
		g_autofree char *domain = NULL;
		size_t size = 0;
		bool good = false;

		while (is_domain(at[1 + size]))
			size++;
		while (size > 0 && at[size] == '.')
			size--;
		domain = g_ascii_strdown(at + 1, (gssize)size);
		for (size_t i = 0; i < G_N_ELEMENTS(reserved); i++)
			good |= g_str_has_suffix(domain, reserved[i]);
		if (strchr(domain, '.') != NULL && domain[0] != '-' && !good)
			problem(check,
			        "%s:%u: an address at %s, which somebody may "
			        "own; use example.com",
			        s->file, s->line, domain);
	}
}

static void
check_samples(CorpusCheck *check)
{
	for (unsigned i = 0; i < corpus_size(check->corpus); i++) {
		const Sample *s = sample(check, i);

		check_labels(check, s);
		check_language(check, s);
		check_addresses(check, s, s->subject);
		check_addresses(check, s, s->text);
		check_addresses(check, s, s->signature);
	}
}

/* The most alike pairs stay in `nearest`, whether too near or not. */
static void
remember(CorpusCheck *check, const NearPair *pair)
{
	unsigned i = check->nearest->len;

	while (i > 0 && g_array_index(check->nearest, NearPair, i - 1).jaccard <
	                        pair->jaccard)
		i--;
	if (i >= CORPUS_CHECK_NEAREST)
		return;
	g_array_insert_val(check->nearest, i, *pair);
	if (check->nearest->len > CORPUS_CHECK_NEAREST)
		g_array_set_size(check->nearest, CORPUS_CHECK_NEAREST);
}

static void
check_pair(const NearPair *pair, void *data)
{
	CorpusCheck *check = data;
	const Sample *a = sample(check, pair->a), *b = sample(check, pair->b);

	remember(check, pair);
	if (pair->jaccard >= 1)
		problem(check,
		        "%s:%u: the same text as %s:%u; take one of them out",
		        b->file, b->line, a->file, a->line);
	else if (pair->jaccard >= NEAR_JACCARD ||
	         (pair->contained >= NEAR_CONTAINED &&
	          pair->shared >= NEAR_SHARED))
		problem(check,
		        "%s:%u: nearly the text of %s:%u (%.2f alike, %.2f "
		        "contained); say it in other words",
		        b->file, b->line, a->file, a->line, pair->jaccard,
		        pair->contained);
}

static void
check_texts(CorpusCheck *check)
{
	unsigned n = corpus_size(check->corpus);
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

	for (unsigned i = 0; i < n; i++)
		g_ptr_array_add(texts,
		                g_strjoin("\n", sample(check, i)->subject,
		                          sample(check, i)->text, NULL));
	near_each((const char *const *)texts->pdata, n, check_pair, check);
}

static unsigned
count_finding(const CorpusCheck *check, unsigned language, unsigned finding)
{
	unsigned sum = 0;

	for (unsigned v = 0; v < LIMIT_FINDING_VALUES; v++)
		sum += check->count[language][finding][v];
	return sum;
}

/* Nothing learns a value that it never sees. */
static void
check_balance(CorpusCheck *check)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++)
		for (unsigned f = 0; f < rules_n_findings(check->rules); f++)
			for (unsigned v = 0;
			     v < rules_n_values(check->rules, f); v++)
				if (count_finding(check, l, f) > 0 &&
				    check->count[l][f][v] == 0)
					problem(check,
					        "%s: no text with %s \"%s\"; "
					        "write some",
					        language_code((Language)l),
					        rules_finding_name(check->rules,
					                           f),
					        rules_value_name(check->rules,
					                         f, v));
}

void
corpus_check_run(CorpusCheck *check)
{
	check_ids(check);
	check_samples(check);
	check_neighbours(check);
	check_texts(check);
	check_balance(check);
}

CorpusCheck *
corpus_check_new(const char *folder, GError **error)
{
	static const char *const traits[] = { "persona", "request", NULL };
	const char *dirs[] = { folder, NULL };
	g_autofree char *profile =
		g_build_filename(folder, "language.profile", NULL);
	g_autoptr(CorpusCheck) check = g_new0(CorpusCheck, 1);

	check->corpus = corpus_new();
	check->problems = g_ptr_array_new_with_free_func(g_free);
	check->nearest = g_array_new(FALSE, FALSE, sizeof(NearPair));
	check->rules = rules_load(dirs, traits, error);
	if (check->rules == NULL)
		return NULL;
	check->profile = language_profile_load(profile, error);
	return check->profile != NULL ? g_steal_pointer(&check) : NULL;
}

void
corpus_check_free(CorpusCheck *check)
{
	if (check == NULL)
		return;
	g_array_unref(check->nearest);
	g_ptr_array_unref(check->problems);
	corpus_free(check->corpus);
	language_profile_free(check->profile);
	rules_free(check->rules);
	g_free(check);
}
