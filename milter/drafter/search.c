/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shelf judges which articles answer. It looks at each, so that of more
 * than a few hundred the index is asked first for those that come into
 * question.
 */
#include "search.h"

#include "knowledge.h"
#include "message/thread.h"

#define SHELF_DIRECT 500 /* articles that are all looked at */

size_t
search_articles(const Office *office, Language language,
                const Material *material, const Findings *findings,
                const Article *ret_articles[SEARCH_ARTICLES_MAX])
{
	const Kit *kit = office->kit;
	g_autofree char *subject = thread_bare_subject(material->subject);
	const Question question = {
		.language = language,
		.subject = subject,
		.text = material->new_text,
		.findings = findings,
		.rules = kit->rules,
		.now = office_now(),
	};
	g_autofree char *text = NULL;
	g_autoptr(GPtrArray) candidates = NULL;
	g_autoptr(Shelf) shelf = NULL;

	if (kit->articles->len <= SHELF_DIRECT)
		return shelf_find(kit->shelf, &question, ret_articles,
		                  SEARCH_ARTICLES_MAX);
	text = g_strdup_printf("%s\n%s", subject, material->new_text);
	candidates = knowledge_candidates(office, language, text);
	shelf = shelf_new(candidates);
	return shelf_find(shelf, &question, ret_articles, SEARCH_ARTICLES_MAX);
}
