/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An article; what loads has its Short, and its words are stemmed as an index
 * wants them.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "drafting/article.h"
#include "drafting/stem.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Article) article = article_parse(
		"fuzz.md", LANGUAGE_DA, (const char *)bytes, size, NULL);

	if (article == NULL)
		return 0;
	for (unsigned i = 0; i < ARTICLE_SECTIONS; i++) {
		const char *text = article_section(article, (ArticleSection)i);
		g_autoptr(Stemmer) stemmer =
			stemmer_new((Language)(size % LANGUAGE_N));
		g_autofree char *words = stem_text(stemmer, text, 1000);

		if (!g_utf8_validate(text, -1, NULL) ||
		    !g_utf8_validate(words, -1, NULL))
			abort();
	}
	return 0;
}
