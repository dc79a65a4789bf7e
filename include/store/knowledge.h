/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/knowledge - the site's articles, found by words; and the questions
 * that none of them answered.
 *
 * The index (SQLite's FTS5) holds words as the caller stemmed them. Articles
 * are told apart by language and id; one whose bytes have not changed, and that
 * was indexed by the same stemmer, is not read again. bm25, with a title's
 * words weighing more than a tag's, and these more than the text's.
 *
 * Words of a search are data: whatever stands in them, they are looked for and
 * nothing else.
 *
 * Owns:    what visitors are shown is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_KNOWLEDGE_H
#define STORE_KNOWLEDGE_H

#include "analysis/findings.h"
#include "store/store.h"

#define KNOWLEDGE_WORDS_MAX 64    /* of a search; more are not looked for */
#define KNOWLEDGE_WORD_MAX 64     /* bytes of one; longer ones neither */
#define KNOWLEDGE_TEXT_MAX 262144 /* bytes of words of one article */
#define KNOWLEDGE_HASH_BYTES 32

typedef struct KnowledgeArticle {
	Language language;
	const char *id;
	uint8_t hash[KNOWLEDGE_HASH_BYTES]; /* knowledge_hash() of its file */
	/* Stemmed words, separated by spaces. Only of those wanted. */
	const char *title, *tags, *body;
	int64_t valid_from, valid_until; /* unix seconds; 0: no bound */
} KnowledgeArticle;

/* Of a file's bytes and whatever else its words depend on (say the version of
 * the stemmer). */
void knowledge_hash(const char *stemmer, const void *bytes, size_t size,
                    uint8_t ret_hash[KNOWLEDGE_HASH_BYTES]);

/* The words of one whose hash is not that of the index. */
typedef void KnowledgeRead(KnowledgeArticle *article, size_t at, void *data);

/* All articles that there are. `read` is asked for title, tags and body of what
 * is new; what it sets is borrowed until its next call. */
typedef struct KnowledgeSource {
	KnowledgeArticle *articles;
	size_t n;
	KnowledgeRead *read;
	void *data;
	unsigned changes_max; /* of one call; 0: as many as there are */
} KnowledgeSource;

typedef struct KnowledgeSync {
	int64_t added, changed, removed, same;
	bool more; /* changes_max was reached: call again */
} KnowledgeSync;

/* The index becomes that of the source, or comes nearer to it: each article is
 * in it as it was or as it is. In a transaction; nothing is written if nothing
 * changed. */
bool knowledge_sync(Store *store, const KnowledgeSource *source,
                    KnowledgeSync *ret_sync,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct KnowledgeSearch {
	Language language;
	const char *const *words; /* stemmed as the articles' were */
	size_t n;
	int64_t now; /* articles valid then */
	unsigned max;
} KnowledgeSearch;

typedef struct KnowledgeHit {
	const char *id;
	double rank;    /* the higher the better */
	unsigned words; /* of those searched, found in it */
	bool in_title;  /* one of them in its title or tags */
} KnowledgeHit;

typedef void KnowledgeVisit(const KnowledgeHit *hit, void *data);
/* The best first. Any of the words suffices. */
bool knowledge_search(Store *store, const KnowledgeSearch *search,
                      KnowledgeVisit *visit, void *data,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

bool knowledge_count(Store *store, int64_t *ret_n,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A question that nothing answered: a customer's words, so they are sealed and
 * live no longer than a draft's text. */
typedef struct KnowledgeGap {
	int64_t thread, customer; /* rows; customer 0: none */
	Language language;
	const char *request;   /* value of the finding, or "" */
	const char *public_id; /* what the words were sealed for */
	const GBytes *words;   /* SEAL_WORDS */
	int64_t at;
} KnowledgeGap;

bool knowledge_gap_put(Store *store, const KnowledgeGap *gap,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void KnowledgeGapVisit(const KnowledgeGap *gap, void *data);
bool knowledge_each_gap(Store *store, int64_t since, KnowledgeGapVisit *visit,
                        void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
