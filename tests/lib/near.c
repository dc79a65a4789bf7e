/* SPDX-License-Identifier: Apache-2.0 */
#include "near.h"

#include <glib.h>
#include <stdbool.h>

enum { SHINGLE_WORDS = 3 };

/* shingle -> GArray of the texts it is in, ascending, each once */
typedef struct Index {
	GHashTable *texts_of;
	GHashTable **shingles; /* of each text */
} Index;

char *
near_words(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	GString *words = g_string_new("");
	bool apart = false;

	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (!g_unichar_isalnum(c) && !g_unichar_ismark(c)) {
			apart = true;
			continue;
		}
		if (apart && words->len > 0)
			g_string_append_c(words, ' ');
		apart = false;
		g_string_append_unichar(words, c);
	}
	return g_string_free(words, FALSE);
}

/* The set of three words in a row; of fewer words all of them are one. */
static GHashTable *
shingles_of(const char *text)
{
	g_autofree char *words = near_words(text);
	g_auto(GStrv) word = g_strsplit(words, " ", -1);
	unsigned n = g_strv_length(word);
	GHashTable *set =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	if (n < SHINGLE_WORDS)
		g_hash_table_add(set, g_strdup(words));
	for (unsigned i = 0; i + SHINGLE_WORDS <= n; i++)
		g_hash_table_add(set, g_strjoin(" ", word[i], word[i + 1],
		                                word[i + 2], NULL));
	return set;
}

static void
index_add(Index *index, unsigned text)
{
	GHashTableIter iter;
	void *shingle;

	g_hash_table_iter_init(&iter, index->shingles[text]);
	while (g_hash_table_iter_next(&iter, &shingle, NULL)) {
		GArray *texts = g_hash_table_lookup(index->texts_of, shingle);

		if (texts == NULL) {
			texts = g_array_new(FALSE, FALSE, sizeof(unsigned));
			g_hash_table_insert(index->texts_of, shingle, texts);
		}
		g_array_append_val(texts, text);
	}
}

/* In shared[b]: how many shingles text b > `a` has in common with `a`. */
static void
count_shared(const Index *index, unsigned a, unsigned *shared)
{
	GHashTableIter iter;
	void *shingle;

	g_hash_table_iter_init(&iter, index->shingles[a]);
	while (g_hash_table_iter_next(&iter, &shingle, NULL)) {
		const GArray *texts =
			g_hash_table_lookup(index->texts_of, shingle);

		for (unsigned i = texts->len; i-- > 0;) {
			unsigned b = g_array_index(texts, unsigned, i);

			if (b <= a)
				break;
			shared[b]++;
		}
	}
}

static void
visit_pair(const Index *index, unsigned a, unsigned b, unsigned shared,
           NearVisit *visit, void *data)
{
	unsigned x = g_hash_table_size(index->shingles[a]);
	unsigned y = g_hash_table_size(index->shingles[b]);
	NearPair pair = { .a = a,
		          .b = b,
		          .shared = shared,
		          .jaccard = 1.0 * shared / (x + y - shared),
		          .contained = 1.0 * shared / MIN(x, y) };

	visit(&pair, data);
}

static void
visit_pairs(const Index *index, unsigned n, NearVisit *visit, void *data)
{
	g_autofree unsigned *shared = g_new0(unsigned, n);

	for (unsigned a = 0; a < n; a++) {
		count_shared(index, a, shared);
		for (unsigned b = a + 1; b < n; b++) {
			if (shared[b] > 0)
				visit_pair(index, a, b, shared[b], visit, data);
			shared[b] = 0;
		}
	}
}

void
near_each(const char *const *texts, unsigned n, NearVisit *visit, void *data)
{
	Index index = {
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
		                      (GDestroyNotify)g_array_unref),
		g_new0(GHashTable *, n),
	};

	for (unsigned i = 0; i < n; i++) {
		index.shingles[i] = shingles_of(texts[i]);
		index_add(&index, i);
	}
	visit_pairs(&index, n, visit, data);
	g_hash_table_unref(index.texts_of);
	for (unsigned i = 0; i < n; i++)
		g_hash_table_unref(index.shingles[i]);
	g_free(index.shingles);
}
