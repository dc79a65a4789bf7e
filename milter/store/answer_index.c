/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection of its own to ":memory:". An index beside the sealed answers
 * would have told their words to whoever reads the file.
 *
 * bm25 orders; it does not tell whether two mails ask the same. For that each
 * word is looked up by itself, and words in common are counted: one alone
 * ("parcel") is no likeness.
 */
#include "store/answer_index.h"

#include <sqlite3.h>
#include <string.h>

#include "fts.h"
#include "store/store.h"

enum { INSERT, RANK, HAVING, N_STATEMENTS };

static const char *const sql[N_STATEMENTS] = {
	[INSERT] = "INSERT INTO words (rowid, asked, answered)"
		   " VALUES (?1, ?2, ?3)",
	[RANK] = "SELECT rowid FROM words WHERE words MATCH ?1"
		 " ORDER BY bm25(words, 4.0, 1.0), rowid DESC LIMIT ?2",
	[HAVING] = "SELECT rowid FROM words WHERE words MATCH ?1",
};

struct AnswerIndex {
	sqlite3 *db;
	sqlite3_stmt *statement[N_STATEMENTS];
};

static bool
fail(GError **error)
{
	g_set_error_literal(error, STORE_ERROR, STORE_ERROR_IO,
	                    "the index of answers in memory fails");
	return false;
}

void
answer_index_free(AnswerIndex *index)
{
	if (index == NULL)
		return;
	for (unsigned i = 0; i < N_STATEMENTS; i++)
		sqlite3_finalize(index->statement[i]);
	sqlite3_close(index->db);
	g_free(index);
}

static bool
open_index(AnswerIndex *index)
{
	int code = sqlite3_open_v2(":memory:", &index->db,
	                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	                           NULL);

	if (code == SQLITE_OK)
		code = sqlite3_exec(
			index->db,
			"PRAGMA temp_store = MEMORY;"
			"CREATE VIRTUAL TABLE words USING fts5(asked, answered,"
			" tokenize = 'unicode61 remove_diacritics 0')",
			NULL, NULL, NULL);
	for (unsigned i = 0; code == SQLITE_OK && i < N_STATEMENTS; i++)
		code = sqlite3_prepare_v2(index->db, sql[i], -1,
		                          &index->statement[i], NULL);
	return code == SQLITE_OK;
}

AnswerIndex *
answer_index_new(GError **error)
{
	g_autoptr(AnswerIndex) index = g_new0(AnswerIndex, 1);

	if (open_index(index))
		return g_steal_pointer(&index);
	fail(error);
	return NULL;
}

static bool
bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	return sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT) ==
	       SQLITE_OK;
}

bool
answer_index_add(AnswerIndex *index, int64_t id, const char *asked,
                 const char *answered, GError **error)
{
	sqlite3_stmt *insert = index->statement[INSERT];
	bool good = sqlite3_bind_int64(insert, 1, id) == SQLITE_OK &&
	            bind_text(insert, 2, asked) &&
	            bind_text(insert, 3, answered) &&
	            sqlite3_step(insert) == SQLITE_DONE;

	sqlite3_reset(insert);
	return good || fail(error);
}

/* Between double quotes, with none in it: a string, whatever it says. */
static char *
quote(const char *word)
{
	g_autofree char *bare = NULL;

	if (word[0] == '\0' || strlen(word) > ANSWER_INDEX_BYTES)
		return NULL;
	bare = g_strdelimit(g_strdup(word), "\"", ' ');
	return g_strconcat("\"", bare, "\"", NULL);
}

static GPtrArray *
quoted_words(const char *const *words)
{
	GPtrArray *quoted = g_ptr_array_new_with_free_func(g_free);

	for (; *words != NULL && quoted->len < ANSWER_INDEX_WORDS; words++) {
		char *word = quote(*words);

		if (word != NULL)
			g_ptr_array_add(quoted, word);
	}
	return quoted;
}

/* How many of the words each answer has: id -> count. */
static bool
count_words(AnswerIndex *index, const GPtrArray *words, GHashTable *counts)
{
	sqlite3_stmt *having = index->statement[HAVING];
	int code = SQLITE_DONE;

	for (guint i = 0; code == SQLITE_DONE && i < words->len; i++) {
		if (!bind_text(having, 1, words->pdata[i]))
			return false;
		while ((code = sqlite3_step(having)) == SQLITE_ROW) {
			gint64 id = sqlite3_column_int64(having, 0);
			guint n = GPOINTER_TO_UINT(
				g_hash_table_lookup(counts, &id));

			g_hash_table_replace(counts, g_memdup2(&id, sizeof(id)),
			                     GUINT_TO_POINTER(n + 1));
		}
		sqlite3_reset(having);
	}
	return code == SQLITE_DONE;
}

static bool
is_alike(GHashTable *counts, int64_t id, guint n_words)
{
	gint64 key = id;
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, &key));

	return n >= ANSWER_WORDS_SURE ||
	       (n >= ANSWER_WORDS_MIN &&
	        n * 100 >= n_words * ANSWER_WORDS_PERCENT);
}

static bool
rank(AnswerIndex *index, const char *query, guint n_words, GHashTable *counts,
     GArray *ids)
{
	sqlite3_stmt *find = index->statement[RANK];
	int code;

	if (!bind_text(find, 1, query) ||
	    sqlite3_bind_int(find, 2, ANSWER_INDEX_HITS) != SQLITE_OK)
		return false;
	while ((code = sqlite3_step(find)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(find, 0);

		if (is_alike(counts, id, n_words))
			g_array_append_val(ids, id);
	}
	sqlite3_reset(find);
	return code == SQLITE_DONE;
}

bool
answer_index_find(AnswerIndex *index, const char *const *words, GArray *ret_ids,
                  GError **error)
{
	g_autoptr(GPtrArray) quoted = quoted_words(words);
	g_autoptr(GHashTable) counts = g_hash_table_new_full(
		g_int64_hash, g_int64_equal, g_free, NULL);
	g_autofree char *query = fts_any_of(quoted);

	if (quoted->len == 0)
		return true;
	return (count_words(index, quoted, counts) &&
	        rank(index, query, quoted->len, counts, ret_ids)) ||
	       fail(error);
}
