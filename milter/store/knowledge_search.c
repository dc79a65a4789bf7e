/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A word becomes an FTS5 string: between double quotes, each of its own
 * doubled, so that no word is an operator or a column. In a string are what
 * the tokenizer makes of it, next to each other.
 *
 * How many of the words an article has, bm25 does not say: each word is looked
 * up once more by itself.
 */
#include <string.h>

#include "fts.h"
#include "store/knowledge.h"

static bool
is_word(const char *word)
{
	size_t size = strnlen(word, KNOWLEDGE_WORD_MAX + 1);

	if (size == 0 || size > KNOWLEDGE_WORD_MAX ||
	    !g_utf8_validate(word, (gssize)size, NULL))
		return false;
	for (; *word != '\0'; word = g_utf8_next_char(word))
		if (g_unichar_isalnum(g_utf8_get_char(word)))
			return true;
	return false;
}

static char *
quote(const char *word)
{
	GString *quoted = g_string_new("\"");

	for (; *word != '\0'; word++) {
		if (*word == '"')
			g_string_append_c(quoted, '"');
		g_string_append_c(quoted, *word);
	}
	g_string_append_c(quoted, '"');
	return g_string_free(quoted, FALSE);
}

/* Each once, quoted. */
static GPtrArray *
quoted_words(const KnowledgeSearch *search)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < search->n && words->len < KNOWLEDGE_WORDS_MAX;
	     i++) {
		g_autofree char *quoted = NULL;

		if (!is_word(search->words[i]))
			continue;
		quoted = quote(search->words[i]);
		if (!g_ptr_array_find_with_equal_func(words, quoted,
		                                      g_str_equal, NULL))
			g_ptr_array_add(words, g_steal_pointer(&quoted));
	}
	return words;
}

typedef struct Found {
	int64_t id;
	char *name;
	KnowledgeHit hit;
} Found;

static void
found_clear(gpointer data)
{
	g_free(((Found *)data)->name);
}

static bool
find_best(Store *store, const KnowledgeSearch *search, const char *query,
          GArray *found, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_article_search);
	StepResult step;

	statement_bind_text(find, 1, query);
	statement_bind_text(find, 2, language_code(search->language));
	statement_bind_int(find, 3, search->now);
	statement_bind_int(find, 4, search->max);
	while ((step = statement_step(find, error)) == STEP_ROW) {
		Found one = { .id = statement_int(find, 0),
			      .name = g_strdup(statement_text(find, 1)),
			      .hit.rank = statement_real(find, 2) };

		g_array_append_val(found, one);
	}
	return step == STEP_DONE;
}

static void
note(GArray *found, int64_t id, bool in_title)
{
	for (guint i = 0; i < found->len; i++) {
		Found *one = &g_array_index(found, Found, i);

		if (one->id != id)
			continue;
		one->hit.in_title = one->hit.in_title || in_title;
		one->hit.words += !in_title;
	}
}

static bool
note_having(Store *store, const char *query, bool in_title, GArray *found,
            GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_article_having);
	StepResult step;

	statement_bind_text(list, 1, query);
	while ((step = statement_step(list, error)) == STEP_ROW)
		note(found, statement_int(list, 0), in_title);
	return step == STEP_DONE;
}

static bool
note_words(Store *store, const GPtrArray *words, GArray *found, GError **error)
{
	for (guint i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];
		g_autofree char *in_title =
			g_strconcat("{title tags} : ", word, NULL);

		if (!note_having(store, word, false, found, error) ||
		    !note_having(store, in_title, true, found, error))
			return false;
	}
	return true;
}

bool
knowledge_search(Store *store, const KnowledgeSearch *search,
                 KnowledgeVisit *visit, void *data, GError **error)
{
	g_autoptr(GPtrArray) words = quoted_words(search);
	g_autofree char *query = fts_any_of(words);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Found));

	g_array_set_clear_func(found, found_clear);
	if (words->len == 0)
		return true;
	if (!find_best(store, search, query, found, error) ||
	    (found->len > 0 && !note_words(store, words, found, error)))
		return false;
	for (guint i = 0; i < found->len; i++) {
		Found *one = &g_array_index(found, Found, i);

		one->hit.id = one->name;
		visit(&one->hit, data);
	}
	return true;
}
