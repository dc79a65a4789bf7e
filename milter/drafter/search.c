/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include "message/thread.h"

size_t
search_articles(const Office *office, Language language,
                const Material *material, const Findings *findings,
                const Article *ret_articles[SEARCH_ARTICLES_MAX])
{
	g_autofree char *subject = thread_bare_subject(material->subject);
	const Question question = {
		.language = language,
		.subject = subject,
		.text = material->new_text,
		.findings = findings,
		.rules = office->kit->rules,
		.now = office_now(),
	};

	return shelf_find(office->kit->shelf, &question, ret_articles,
	                  SEARCH_ARTICLES_MAX);
}
