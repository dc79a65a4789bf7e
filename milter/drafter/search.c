/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include "message/thread.h"

size_t
search_articles(const Office *office, Language language,
                const Material *material,
                const Article *ret_articles[SEARCH_ARTICLES_MAX])
{
	g_autofree char *subject = thread_bare_subject(material->subject);
	g_autofree char *text =
		g_strdup_printf("%s\n%s", subject, material->new_text);

	return shelf_find(office->kit->shelf, language, text, office_now(),
	                  ret_articles, SEARCH_ARTICLES_MAX);
}
