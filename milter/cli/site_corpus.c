/* SPDX-License-Identifier: Apache-2.0 */
#include "site_corpus.h"

#include <string.h>

#include "analysis/example.h"
#include "base/error.h"
#include "base/text.h"
#include "labelled.h"

/* How the files of the corpus are used; the Makefile says the same with --seen
 * and --only, and a test that the bytes are the same. */
static const struct {
	const char *pattern;
	unsigned use;
} uses[] = {
	{ "train-*", TRAINER_SEEN | TRAINER_ONLY },
	{ "bank-*", TRAINER_SEEN },
	{ "bank*", TRAINER_ONLY },
};

static unsigned
use_of(const Sample *sample)
{
	g_autofree char *name = g_path_get_basename(sample->file);
	unsigned use = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(uses); i++)
		if (g_pattern_match_simple(uses[i].pattern, name))
			use |= uses[i].use;
	return use;
}

void
site_corpus_free(SiteCorpus *corpus)
{
	if (corpus == NULL)
		return;
	trainer_free(corpus->trainer);
	corpus_free(corpus->texts);
	g_free(corpus->sha256);
	g_free(corpus);
}

/* ------------------------------------------------------------------- texts */

/* The *.jsonl of a folder in the order of their names; NULL: no folder. */
static GPtrArray *
list_texts(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	GPtrArray *paths;
	const char *name;

	if (dir == NULL)
		return NULL;
	paths = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, ".jsonl"))
			g_ptr_array_add(paths,
			                g_build_filename(folder, name, NULL));
	g_ptr_array_sort(paths, text_compare);
	return paths;
}

static GPtrArray *
find_texts(char *const *dirs, GError **error)
{
	for (unsigned i = 0; dirs[i] != NULL; i++) {
		g_autofree char *folder =
			g_build_filename(dirs[i], "corpus", "mails", NULL);
		g_autoptr(GPtrArray) paths = list_texts(folder);

		if (paths != NULL && paths->len > 0)
			return g_steal_pointer(&paths);
	}
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
	            "%s/corpus/mails: no texts to learn from; they are "
	            "installed with the rules",
	            dirs[0]);
	return NULL;
}

static bool
add_checksum(GChecksum *sum, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize size;

	if (!g_file_get_contents(path, &bytes, &size, error))
		return false;
	g_checksum_update(sum, (const guchar *)bytes, (gssize)size);
	return true;
}

static bool
read_texts(SiteCorpus *corpus, const Context *context, GError **error)
{
	g_autoptr(GPtrArray) paths = find_texts(context->dirs, error);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	if (paths == NULL)
		return false;
	for (unsigned i = 0; i < paths->len; i++)
		if (!add_checksum(sum, paths->pdata[i], error) ||
		    !corpus_read(corpus->texts, context->rules, paths->pdata[i],
		                 -1, LANGUAGE_UND, error))
			return false;
	corpus->sha256 = g_strdup(g_checksum_get_string(sum));
	for (unsigned i = 0; i < corpus_size(corpus->texts); i++) {
		const Sample *sample = corpus_sample(corpus->texts, i);

		trainer_add(corpus->trainer, sample, use_of(sample));
	}
	return true;
}

/* ---------------------------------------------------------------- examples */

/* A mail whose rows are being read: one for each finding. */
typedef struct Gathering {
	SiteCorpus *corpus;
	const Rules *rules;
	Pseudonym mail;
	Example *example; /* NULL: no mail yet, or none that can be used */
	int64_t customer;
	int8_t label[LIMIT_FINDINGS];
	bool labelled;
} Gathering;

static void
end_mail(Gathering *gathering)
{
	if (gathering->example != NULL && gathering->labelled)
		trainer_add_example(gathering->corpus->trainer,
		                    gathering->example, gathering->label,
		                    gathering->customer);
	g_clear_pointer(&gathering->example, example_free);
	memset(gathering->label, -1, sizeof(gathering->label));
	gathering->labelled = false;
}

static int
value_of(const Rules *rules, int finding, const char *name)
{
	if (finding < 0)
		return -1;
	for (unsigned v = 0; v < rules_n_values(rules, (unsigned)finding); v++)
		if (strcmp(rules_value_name(rules, (unsigned)finding, v),
		           name) == 0)
			return (int)v;
	return -1;
}

static bool
gather(const ExampleRow *row, void *data)
{
	Gathering *gathering = data;
	int finding = labelled_finding(gathering->rules, row->finding);
	int value = value_of(gathering->rules, finding, row->value);

	if (memcmp(&row->mail, &gathering->mail, sizeof(row->mail)) != 0)
		end_mail(gathering);
	gathering->mail = row->mail;
	gathering->customer = row->customer;
	if (gathering->example == NULL)
		gathering->example = example_decode(row->features, row->size);
	if (gathering->example == NULL)
		gathering->corpus->unreadable++;
	else if (value < 0)
		gathering->corpus->passed_over++;
	if (gathering->example == NULL || value < 0)
		return true;
	gathering->label[finding] = (int8_t)value;
	gathering->labelled = true;
	return true;
}

static bool
read_examples(SiteCorpus *corpus, const Context *context, const Keys *keys,
              Store *store, GError **error)
{
	Gathering gathering = { .corpus = corpus, .rules = context->rules };
	bool good;

	end_mail(&gathering);
	good = examples_digest(store, &corpus->digest, error) &&
	       examples_count(store, &corpus->count, error) &&
	       examples_each(store, keys, gather, &gathering, error);
	end_mail(&gathering);
	return good;
}

SiteCorpus *
site_corpus_read(const Context *context, const Keys *keys, Store *store,
                 GError **error)
{
	g_autoptr(SiteCorpus) corpus = g_new0(SiteCorpus, 1);

	corpus->texts = corpus_new();
	corpus->trainer = trainer_new(context->rules);
	if (!read_texts(corpus, context, error) ||
	    !read_examples(corpus, context, keys, store, error))
		return NULL;
	return g_steal_pointer(&corpus);
}
