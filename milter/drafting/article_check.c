/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clues are compared as a search compares them, by stems and in any order: "new
 * password" and "passwords, new" find the same.
 */
#include "drafting/article_check.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "drafting/shelf.h"

#define SOON (INT64_C(30) * 86400)
#define CLUE_WORDS 6
#define ID_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

typedef struct Checking {
	const GPtrArray *articles;
	const Rules *rules;
	int64_t now;
	Shelf *shelf;
	GHashTable *clues; /* "asks da glemt kod" -> Article */
	GHashTable *heads; /* "da title" -> Article */
	GHashTable *names; /* "da/id" */
	bool used[LANGUAGE_N];
	ArticleRemark *remark;
	void *data;
} Checking;

static void say(const Checking *self, bool error, const Article *article,
                ArticleKey key, const char *format, ...) G_GNUC_PRINTF(5, 6);

static void
say(const Checking *self, bool error, const Article *article, ArticleKey key,
    const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	self->remark(error, article->file,
	             key < ARTICLE_KEYS ? article->line[key] : 0, message,
	             self->data);
}

/* -------------------------------------------------------------------- days
 */

static char *
day_text(int64_t time)
{
	g_autoptr(GDateTime) day = g_date_time_new_from_unix_utc(time);

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d") : g_strdup("");
}

static void
check_days(const Checking *self, const Article *article)
{
	g_autofree char *last = NULL;

	if (article->valid_until == INT64_MAX)
		return;
	last = day_text(article->valid_until - 1);
	if (article->valid_from >= article->valid_until)
		say(self, true, article, ARTICLE_VALID_UNTIL,
		    "it ends before it begins; change one of the days");
	else if (article->valid_until <= self->now)
		say(self, false, article, ARTICLE_VALID_UNTIL,
		    "it ended with %s and answers nothing; renew or delete it",
		    last);
	else if (article->valid_until - self->now < SOON)
		say(self, false, article, ARTICLE_VALID_UNTIL,
		    "it ends with %s; renew it if it still holds", last);
}

/* ------------------------------------------------------------------- clues
 */

typedef struct Stems {
	GPtrArray *list;
	bool telling;
} Stems;

static void
add_stem(const StemWord *word, void *data)
{
	Stems *stems = data;

	stems->telling = stems->telling || !word->stop;
	g_ptr_array_add(stems->list, g_strdup(word->stem));
}

/* Its stems in order; NULL: it says nothing. */
static char *
clue_key(Stemmer *stemmer, const char *prefix, const char *text)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
	Stems stems = { list, false };
	g_autofree char *joined = NULL;

	stem_each(stemmer, text, CLUE_WORDS, add_stem, &stems);
	if (!stems.telling)
		return NULL;
	g_ptr_array_sort(list, text_compare);
	g_ptr_array_add(list, NULL);
	joined = g_strjoinv(" ", (char **)list->pdata);
	return g_strconcat(prefix, " ", joined, NULL);
}

static void
check_clue(Checking *self, const Article *article, Stemmer *stemmer,
           ArticleKey key, const char *text)
{
	g_autofree char *prefix = g_strdup_printf(
		"%u %s", (unsigned)key, language_code(article->language));
	g_autofree char *clue = clue_key(stemmer, prefix, text);
	const Article *other;

	if (clue == NULL) {
		if (text[0] != '\0')
			say(self, false, article, key,
			    "'%s' stands in every mail and finds nothing; "
			    "leave it out",
			    text);
		return;
	}
	other = g_hash_table_lookup(self->clues, clue);
	if (other == NULL)
		g_hash_table_insert(self->clues, g_steal_pointer(&clue),
		                    (void *)article);
	else if (other != article && key == ARTICLE_ASKS)
		say(self, true, article, key,
		    "'%s' finds %s too; leave it with one", text, other->id);
	else if (other != article)
		say(self, false, article, key,
		    "'%s' finds %s too, and tells less of each; leave it "
		    "with one",
		    text, other->id);
}

static void
check_clues(Checking *self, const Article *article, Stemmer *stemmer,
            ArticleKey key, const char *words)
{
	g_auto(GStrv) parts = g_strsplit(words, ",", -1);

	for (char **part = parts; *part != NULL; part++)
		check_clue(self, article, stemmer, key, g_strstrip(*part));
}

/* ---------------------------------------------------------------- requests
 */

static bool
is_request(const Rules *rules, const char *value, bool *ret_any)
{
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		if (strcmp(rules_finding_name(rules, f), "request") != 0)
			continue;
		*ret_any = true;
		for (unsigned v = 0; v < rules_n_values(rules, f); v++)
			if (strcmp(rules_value_name(rules, f, v), value) == 0)
				return true;
	}
	return false;
}

/* A site without that finding says nothing of it. */
static void
check_requests(const Checking *self, const Article *article)
{
	g_auto(GStrv) values = g_strsplit_set(article->requests, ", ", -1);

	for (char **value = values; self->rules && *value != NULL; value++) {
		bool any = false;

		if (**value != '\0' && !is_request(self->rules, *value, &any) &&
		    any)
			say(self, true, article, ARTICLE_REQUESTS,
			    "'%s' is no request; use one of those in "
			    "traits/request.rules",
			    *value);
	}
}

/* ------------------------------------------------------------------- names
 */

static void
check_name(Checking *self, const Article *article)
{
	g_autofree char *low = g_utf8_casefold(article->title, -1);
	char *head =
		g_strdup_printf("%s %s", language_code(article->language), low);
	const Article *other = g_hash_table_lookup(self->heads, head);

	if (strspn(article->id, ID_LETTERS) != strlen(article->id))
		say(self, true, article, ARTICLE_KEYS,
		    "a name of other letters than a-z 0-9 -; rename the file");
	if (other != NULL)
		say(self, true, article, ARTICLE_TITLE,
		    "the title of %s too; write one article, or another title",
		    other->id);
	g_hash_table_insert(self->heads, head, (void *)article);
}

/* Who asks for its title gets it. */
static void
check_title(const Checking *self, const Article *article)
{
	g_autofree char *text = g_strconcat(article->title, "?", NULL);
	const Question question = { .language = article->language,
		                    .text = text,
		                    .now = self->now };
	const Article *found = NULL;

	if (shelf_find(self->shelf, &question, &found, 1) > 0 &&
	    found != article)
		say(self, false, article, ARTICLE_TITLE,
		    "who asks for its title gets %s; change their asks:",
		    found->id);
}

/* The languages that have articles but not this one; told of its first. */
static void
check_languages(const Checking *self, const Article *article)
{
	g_autoptr(GString) missing = g_string_new(NULL);
	bool first = true;

	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		const char *code = language_code((Language)l);
		g_autofree char *name =
			g_strdup_printf("%s/%s", code, article->id);
		bool has = g_hash_table_contains(self->names, name);

		if (self->used[l] && !has)
			g_string_append_printf(missing, " %s", code);
		first = first && (!has || l >= article->language);
	}
	if (first && missing->len > 0)
		say(self, false, article, ARTICLE_KEYS,
		    "missing in%s; write it, or mails in that language wait "
		    "for a colleague",
		    missing->str);
}

static void
check_article(Checking *self, const Article *article)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(article->language);

	check_name(self, article);
	check_languages(self, article);
	check_days(self, article);
	if (article->asks[0] == '\0')
		say(self, false, article, ARTICLE_KEYS,
		    "no asks:, so that hardly a mail finds it; write what "
		    "customers ask");
	check_clues(self, article, stemmer, ARTICLE_ASKS, article->asks);
	check_clues(self, article, stemmer, ARTICLE_TAGS, article->tags);
	check_requests(self, article);
	check_title(self, article);
}

void
articles_check(const GPtrArray *articles, const Rules *rules, int64_t now,
               ArticleRemark *remark, void *data)
{
	g_autoptr(GHashTable) clues =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) heads =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) names =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Checking self = { .articles = articles, .rules = rules, .now = now };

	self.clues = clues;
	self.heads = heads;
	self.names = names;
	self.remark = remark;
	self.data = data;
	self.shelf = shelf_new(articles);
	for (unsigned i = 0; i < articles->len; i++) {
		const Article *article = articles->pdata[i];

		self.used[article->language] = true;
		g_hash_table_add(
			names, g_strdup_printf("%s/%s",
		                               language_code(article->language),
		                               article->id));
	}
	for (unsigned i = 0; i < articles->len; i++)
		check_article(&self, articles->pdata[i]);
	shelf_free(self.shelf);
}
