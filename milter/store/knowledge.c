/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index follows the files: what is in both and has the same hash is left
 * alone, what is in one only comes or goes.
 */
#include "store/knowledge.h"

#include <sodium.h>
#include <string.h>

#include "drafts_private.h"

G_STATIC_ASSERT(KNOWLEDGE_HASH_BYTES == crypto_generichash_BYTES);

void
knowledge_hash(const char *stemmer, const void *bytes, size_t size,
               uint8_t ret_hash[KNOWLEDGE_HASH_BYTES])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, KNOWLEDGE_HASH_BYTES);
	/* With the NUL, which ends it. */
	crypto_generichash_update(&state, (const uint8_t *)stemmer,
	                          strlen(stemmer) + 1);
	crypto_generichash_update(&state, bytes, size);
	crypto_generichash_final(&state, ret_hash, KNOWLEDGE_HASH_BYTES);
}

typedef struct Indexed {
	int64_t id;
	uint8_t hash[KNOWLEDGE_HASH_BYTES];
	bool seen;
} Indexed;

static char *
key_of(const char *language, const char *id)
{
	return g_strdup_printf("%s/%s", language, id);
}

static bool
read_index(Store *store, GHashTable *index, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_article_list);
	StepResult step;

	while ((step = statement_step(list, error)) == STEP_ROW) {
		Indexed *indexed = g_new0(Indexed, 1);
		size_t size;
		const void *hash = statement_bytes(list, 3, &size);

		indexed->id = statement_int(list, 0);
		if (size == KNOWLEDGE_HASH_BYTES)
			memcpy(indexed->hash, hash, size);
		g_hash_table_insert(index,
		                    key_of(statement_text(list, 1),
		                           statement_text(list, 2)),
		                    indexed);
	}
	return step == STEP_DONE;
}

static bool
run_for(Store *store, SqlId sql, int64_t id, GError **error)
{
	g_autoptr(Statement) statement = store_statement(store, sql);

	statement_bind_int(statement, 1, id);
	return statement_run(statement, error);
}

/* At most KNOWLEDGE_TEXT_MAX bytes, cut between two characters. */
static char *
bounded(const char *text)
{
	const char *end = text + strnlen(text, KNOWLEDGE_TEXT_MAX + 1);

	if (end - text > KNOWLEDGE_TEXT_MAX)
		end = g_utf8_find_prev_char(text,
		                            text + KNOWLEDGE_TEXT_MAX + 1);
	return g_strndup(text, end != NULL ? (gsize)(end - text) : 0);
}

static bool
add_words(Store *store, int64_t id, const KnowledgeArticle *article,
          GError **error)
{
	g_autofree char *title = bounded(article->title);
	g_autofree char *tags = bounded(article->tags);
	g_autofree char *body = bounded(article->body);
	g_autoptr(Statement) add =
		store_statement(store, SQL_article_words_add);

	statement_bind_int(add, 1, id);
	statement_bind_text(add, 2, title);
	statement_bind_text(add, 3, tags);
	statement_bind_text(add, 4, body);
	return statement_run(add, error);
}

static bool
insert(Store *store, const KnowledgeArticle *article, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, SQL_article_add);

	statement_bind_text(add, 1, language_code(article->language));
	statement_bind_text(add, 2, article->id);
	statement_bind_bytes(add, 3, article->hash, KNOWLEDGE_HASH_BYTES);
	statement_bind_id(add, 4, article->valid_from);
	statement_bind_id(add, 5, article->valid_until);
	return statement_run(add, error) &&
	       add_words(store, store_last_id(store), article, error);
}

static bool
change(Store *store, int64_t id, const KnowledgeArticle *article,
       GError **error)
{
	g_autoptr(Statement) set = store_statement(store, SQL_article_change);

	statement_bind_int(set, 1, id);
	statement_bind_bytes(set, 2, article->hash, KNOWLEDGE_HASH_BYTES);
	statement_bind_id(set, 3, article->valid_from);
	statement_bind_id(set, 4, article->valid_until);
	return statement_run(set, error) &&
	       run_for(store, SQL_article_words_drop, id, error) &&
	       add_words(store, id, article, error);
}

typedef struct Sync {
	Store *store;
	GHashTable *index; /* char *: Indexed */
	const KnowledgeSource *source;
	KnowledgeSync result;
} Sync;

/* May there be one more change? */
static bool
has_room(Sync *sync)
{
	const KnowledgeSync *done = &sync->result;
	unsigned max = sync->source->changes_max;

	if (max == 0 || done->added + done->changed + done->removed < max)
		return true;
	sync->result.more = true;
	return false;
}

/* Two files of one language and id: the first one counts. */
static bool
sync_one(Sync *sync, size_t at, GError **error)
{
	const KnowledgeSource *source = sync->source;
	KnowledgeArticle *article = &source->articles[at];
	g_autofree char *key =
		key_of(language_code(article->language), article->id);
	Indexed *indexed = g_hash_table_lookup(sync->index, key);

	if (indexed != NULL && indexed->seen)
		return true;
	if (indexed != NULL &&
	    memcmp(indexed->hash, article->hash, KNOWLEDGE_HASH_BYTES) == 0) {
		indexed->seen = true;
		sync->result.same++;
		return true;
	}
	if (indexed != NULL)
		indexed->seen = true;
	if (!has_room(sync))
		return true;
	source->read(article, at, source->data);
	if (indexed != NULL) {
		sync->result.changed++;
		return change(sync->store, indexed->id, article, error);
	}
	indexed = g_new0(Indexed, 1);
	indexed->seen = true;
	g_hash_table_insert(sync->index, g_steal_pointer(&key), indexed);
	sync->result.added++;
	return insert(sync->store, article, error);
}

static bool
drop_unseen(Sync *sync, GError **error)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, sync->index);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const Indexed *indexed = value;

		if (indexed->seen)
			continue;
		if (!has_room(sync))
			break;
		sync->result.removed++;
		if (!run_for(sync->store, SQL_article_words_drop, indexed->id,
		             error) ||
		    !run_for(sync->store, SQL_article_drop, indexed->id, error))
			return false;
	}
	return true;
}

bool
knowledge_sync(Store *store, const KnowledgeSource *source,
               KnowledgeSync *ret_sync, GError **error)
{
	g_autoptr(GHashTable) index =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	Sync sync = { .store = store, .index = index, .source = source };

	if (!read_index(store, index, error))
		return false;
	for (size_t i = 0; i < source->n; i++)
		if (!sync_one(&sync, i, error))
			return false;
	if (!drop_unseen(&sync, error))
		return false;
	*ret_sync = sync.result;
	return true;
}

bool
knowledge_count(Store *store, int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) count = store_statement(store, SQL_article_count);

	if (statement_step(count, error) != STEP_ROW)
		return false;
	*ret_n = statement_int(count, 0);
	return true;
}

bool
knowledge_gap_put(Store *store, const KnowledgeGap *gap, GError **error)
{
	g_autofree char *request = drafts_list_of(gap->request, FAULT_MAX);
	g_autoptr(Statement) put = store_statement(store, SQL_gap_put);
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)gap->words, &size);

	statement_bind_text(put, 1, gap->public_id);
	statement_bind_int(put, 2, gap->thread);
	statement_bind_id(put, 3, gap->customer);
	statement_bind_text(put, 4, language_code(gap->language));
	statement_bind_text(put, 5, request);
	statement_bind_int(put, 6, gap->at);
	statement_bind_bytes(put, 7, bytes, size);
	return statement_run(put, error);
}

static void
show_gap(Statement *list, KnowledgeGapVisit *visit, void *data)
{
	g_autoptr(GBytes) words = drafts_column_bytes(list, 6);
	Language language = language_from_code(statement_text(list, 3));
	const KnowledgeGap gap = {
		.public_id = statement_text(list, 0),
		.thread = statement_int(list, 1),
		.customer = statement_int(list, 2),
		.language = language < LANGUAGE_N ? language : LANGUAGE_UND,
		.request = statement_text(list, 4),
		.at = statement_int(list, 5),
		.words = words,
	};

	visit(&gap, data);
}

bool
knowledge_each_gap(Store *store, int64_t since, KnowledgeGapVisit *visit,
                   void *data, GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_gap_list);
	StepResult step;

	statement_bind_int(list, 1, since);
	while ((step = statement_step(list, error)) == STEP_ROW)
		show_gap(list, visit, data);
	return step == STEP_DONE;
}
