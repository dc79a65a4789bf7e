/* SPDX-License-Identifier: Apache-2.0 */
#include "knowledge.h"

#include <stdint.h>
#include <string.h>

#include "base/log.h"
#include "drafting/gaps.h"
#include "drafting/stem.h"
#include "message/thread.h"
#include "store/knowledge.h"

#define STEMMER "snowball-1" /* changes when stem_text() does */
#define CANDIDATES 50
#define CHANGES_MAX 50 /* of one transaction */

/* What one article's words are made of, until the next is read. */
typedef struct Reading {
	const GPtrArray *articles;
	char *title, *tags, *body;
} Reading;

static void
reading_clear(Reading *reading)
{
	g_clear_pointer(&reading->title, g_free);
	g_clear_pointer(&reading->tags, g_free);
	g_clear_pointer(&reading->body, g_free);
}

static char *
body_of(const Article *article)
{
	GString *body = g_string_new(article->asks);

	g_string_append_c(body, '\n');
	for (unsigned i = 0; i < ARTICLE_SECTIONS; i++)
		if (article->section[i] != NULL)
			g_string_append_printf(body, "%s\n",
			                       article->section[i]);
	return g_string_free(body, FALSE);
}

static void
read_words(KnowledgeArticle *row, size_t at, void *data)
{
	Reading *reading = data;
	const Article *article = reading->articles->pdata[at];
	g_autoptr(Stemmer) stemmer = stemmer_new(article->language);
	g_autofree char *body = body_of(article);

	reading_clear(reading);
	reading->title = stem_text(stemmer, article->title, SIZE_MAX);
	reading->tags = stem_text(stemmer, article->tags, SIZE_MAX);
	reading->body = stem_text(stemmer, body, SIZE_MAX);
	row->title = reading->title;
	row->tags = reading->tags;
	row->body = reading->body;
}

static KnowledgeArticle *
rows_of(const GPtrArray *articles)
{
	KnowledgeArticle *rows = g_new0(KnowledgeArticle, articles->len + 1);

	for (unsigned i = 0; i < articles->len; i++) {
		const Article *article = articles->pdata[i];

		rows[i] = (KnowledgeArticle){
			.language = article->language,
			.id = article->id,
			.valid_from = article->valid_from,
			.valid_until = article->valid_until == INT64_MAX
			                       ? 0
			                       : article->valid_until,
		};
		knowledge_hash(STEMMER, article->digest,
		               strlen(article->digest), rows[i].hash);
	}
	return rows;
}

typedef struct Indexing {
	KnowledgeSync last; /* of the last transaction */
	int64_t added, changed, removed, same, commits;
} Indexing;

/* A mail that arrives meanwhile waits for one of these at most. */
static bool
index_some(Store *store, const KnowledgeSource *source, Indexing *done,
           GError **error)
{
	KnowledgeSync *sync = &done->last;
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL || !knowledge_sync(store, source, sync, error) ||
	    !store_commit(txn, error))
		return false;
	if (done->commits++ == 0)
		done->same = sync->same;
	done->added += sync->added;
	done->changed += sync->changed;
	done->removed += sync->removed;
	return true;
}

bool
knowledge_index(const Office *office, GError **error)
{
	const GPtrArray *articles = office->kit->articles;
	g_autofree KnowledgeArticle *rows = rows_of(articles);
	Reading reading = { .articles = articles };
	const KnowledgeSource source = { .articles = rows,
		                         .n = articles->len,
		                         .read = read_words,
		                         .data = &reading,
		                         .changes_max = CHANGES_MAX };
	Indexing done = { .commits = 0 };
	bool good;

	do
		good = index_some(office->store, &source, &done, error);
	while (good && done.last.more);
	reading_clear(&reading);
	if (good && done.added + done.changed + done.removed > 0)
		log_info(NULL, EVENT("knowledge_indexed"),
		         INT("added", done.added), INT("changed", done.changed),
		         INT("removed", done.removed), INT("same", done.same),
		         INT("commits", done.commits));
	return good;
}

typedef struct Found {
	const Kit *kit;
	Language language;
	GPtrArray *found;
} Found;

static void
add_hit(const KnowledgeHit *hit, void *data)
{
	const Found *self = data;
	const Article *article =
		kit_article(self->kit, self->language, hit->id);

	if (article != NULL)
		g_ptr_array_add(self->found, (void *)article);
}

GPtrArray *
knowledge_candidates(const Office *office, Language language, const char *text)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(language);
	g_auto(GStrv) words = stem_words(stemmer, text, KNOWLEDGE_WORDS_MAX);
	const KnowledgeSearch search = {
		.language = language,
		.words = (const char *const *)words,
		.n = g_strv_length(words),
		.now = office_now(),
		.max = CANDIDATES,
	};
	Found found = { office->kit, language, g_ptr_array_new() };
	g_autoptr(GError) error = NULL;

	if (!knowledge_search(office->store, &search, add_hit, &found, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	return found.found;
}

bool
knowledge_note_gap(const Office *office, const DraftTask *task,
                   const Material *material, const char *request,
                   GError **error)
{
	g_autofree char *subject = thread_bare_subject(material->subject);
	g_autofree char *words =
		gap_text_make(material->from, subject, material->new_text);
	g_autoptr(GBytes) sealed =
		seal_close(office->seal, SEAL_WORDS, task->public_id, words,
	                   strlen(words));
	const KnowledgeGap gap = { .thread = task->thread,
		                   .customer = task->customer,
		                   .language = task->language,
		                   .request = request,
		                   .public_id = task->public_id,
		                   .words = sealed,
		                   .at = task->mail_at };

	return knowledge_gap_put(office->store, &gap, error);
}
