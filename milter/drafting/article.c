/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front matter is three keys and no YAML: what an article needs to say of
 * itself is a title, words to find it by, and when it holds.
 */
#include "drafting/article.h"

#include <string.h>

#include "base/limits.h"
#include "prose.h"
#include "source.h"

static const char *const sections[ARTICLE_SECTIONS] = {
	[ARTICLE_SHORT] = "Short",   [ARTICLE_STEPS] = "Steps",
	[ARTICLE_DETAIL] = "Detail", [ARTICLE_FIGURES] = "Figures",
	[ARTICLE_PRICES] = "Prices",
};

typedef struct Reader {
	Source *source;
	Article *article;
	unsigned section; /* ARTICLE_SECTIONS: none has begun */
	unsigned begun;   /* its line */
	Fold fold;
	ProseCheck check;
	bool good;
} Reader;

const char *
article_section_name(ArticleSection section)
{
	return section < ARTICLE_SECTIONS ? sections[section] : "";
}

void
article_free(Article *article)
{
	if (article == NULL)
		return;
	g_free(article->id);
	g_free(article->file);
	g_free(article->digest);
	g_free(article->title);
	g_free(article->tags);
	g_free(article->asks);
	g_free(article->never);
	g_free(article->requests);
	for (unsigned i = 0; i < ARTICLE_SECTIONS; i++)
		g_free(article->section[i]);
	g_free(article);
}

bool
article_valid(const Article *article, int64_t now)
{
	return now >= article->valid_from && now < article->valid_until;
}

const char *
article_section(const Article *article, ArticleSection section)
{
	const char *own =
		section < ARTICLE_SECTIONS ? article->section[section] : NULL;

	return own != NULL ? own : article->section[ARTICLE_SHORT];
}

/* ---------------------------------------------------------------- front matter
 */

static bool
read_words(Reader *reader, char **ret_text, const char *value, size_t max)
{
	if (*ret_text != NULL)
		return source_bad(reader->source, "said twice; leave one out");
	if (strpbrk(value, "[]{}<>") != NULL)
		return source_bad(
			reader->source,
			"one of [ ] { } < > in it; write words alone");
	if (strlen(value) > max)
		return source_bad(reader->source,
		                  "longer than %zu bytes; shorten it", max);
	*ret_text = g_strdup(value);
	return true;
}

/* YYYY-MM-DD, a day that there is. */
static bool
read_day(Reader *reader, const char *value, unsigned days, int64_t *ret_time)
{
	g_autofree char *time = g_strconcat(value, "T00:00:00Z", NULL);
	g_autoptr(GDateTime) day = NULL;

	if (strlen(value) == 10 && strspn(value, "0123456789-") == 10)
		day = g_date_time_new_from_iso8601(time, NULL);
	if (day == NULL)
		return source_bad(reader->source,
		                  "'%.20s' is no day; write YYYY-MM-DD", value);
	*ret_time = g_date_time_to_unix(day) + (int64_t)days * 86400;
	return true;
}

static const char *const keys[ARTICLE_KEYS] = {
	[ARTICLE_TITLE] = "title",
	[ARTICLE_TAGS] = "tags",
	[ARTICLE_ASKS] = "asks",
	[ARTICLE_NEVER] = "never",
	[ARTICLE_REQUESTS] = "requests",
	[ARTICLE_VALID_FROM] = "valid-from",
	[ARTICLE_VALID_UNTIL] = "valid-until",
};

static ArticleKey
find_key(const char *line, size_t length)
{
	unsigned key = 0;

	while (key < ARTICLE_KEYS && (strlen(keys[key]) != length ||
	                              strncmp(keys[key], line, length) != 0))
		key++;
	return (ArticleKey)key;
}

static bool
read_value(Reader *reader, ArticleKey key, const char *value)
{
	Article *article = reader->article;

	switch (key) {
	case ARTICLE_TITLE:
		return read_words(reader, &article->title, value,
		                  LIMIT_ARTICLE_TITLE);
	case ARTICLE_TAGS:
		return read_words(reader, &article->tags, value,
		                  LIMIT_ARTICLE_TAGS);
	case ARTICLE_ASKS:
		return read_words(reader, &article->asks, value,
		                  LIMIT_ARTICLE_TAGS);
	case ARTICLE_NEVER:
		return read_words(reader, &article->never, value,
		                  LIMIT_ARTICLE_TAGS);
	case ARTICLE_REQUESTS:
		return read_words(reader, &article->requests, value,
		                  LIMIT_ARTICLE_TAGS);
	case ARTICLE_VALID_FROM:
		return read_day(reader, value, 0, &article->valid_from);
	case ARTICLE_VALID_UNTIL:
		return read_day(reader, value, 1, &article->valid_until);
	case ARTICLE_KEYS:
		break;
	}
	return false;
}

static bool
read_key(Reader *reader, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *value = colon ? colon + 1 + strspn(colon + 1, " \t") : NULL;
	ArticleKey key;

	if (value == NULL || *value == '\0')
		return source_bad(
			reader->source,
			"nothing said; write KEY: TEXT, and --- behind "
			"the last");
	key = find_key(line, (size_t)(colon - line));
	if (key == ARTICLE_KEYS)
		return source_bad(
			reader->source,
			"'%.*s' says nothing of an article; use one of "
			"title tags asks never requests valid-from "
			"valid-until",
			(int)MIN(colon - line, 40), line);
	if (reader->article->line[key] == 0)
		reader->article->line[key] = reader->source->line;
	return read_value(reader, key, value);
}

static bool
first_line(Reader *reader)
{
	const char *line;

	do
		line = source_next(reader->source);
	while (line != NULL && *line == '\0');
	reader->source->line = MAX(reader->source->line, 1);
	return (line != NULL && strcmp(line, "---") == 0) ||
	       source_bad(reader->source, "no front matter; begin with a line "
	                                  "of ---, title: TEXT and ---");
}

static bool
read_front(Reader *reader)
{
	const char *line;

	if (!first_line(reader))
		return false;
	while ((line = source_next(reader->source)) != NULL &&
	       strcmp(line, "---") != 0)
		if (*line != '\0' && !read_key(reader, line))
			reader->good = false;
	if (line == NULL)
		return source_bad(reader->source,
		                  "the front matter has no end; write ---");
	return reader->article->title != NULL ||
	       source_bad(reader->source, "no title: in the front matter");
}

/* -------------------------------------------------------------------- sections
 */

static bool
section_fault(Reader *reader, const char *fault)
{
	reader->good = false;
	return trouble_at(reader->source->troubles, reader->source->file,
	                  reader->begun, "%s", fault);
}

static bool
end_section(Reader *reader)
{
	char **text;

	if (reader->section == ARTICLE_SECTIONS)
		return true;
	text = &reader->article->section[reader->section];
	*text = fold_end(&reader->fold);
	reader->section = ARTICLE_SECTIONS;
	if (*text == NULL)
		return section_fault(reader, "a section without text; write "
		                             "it, or leave the heading out");
	if (strlen(*text) > LIMIT_ARTICLE_SECTION)
		return section_fault(reader, "a section of more than "
		                             "6000 bytes; shorten it, or "
		                             "write two articles");
	return !reader->check.open || section_fault(reader, "[[ without ]]");
}

static bool
begin_section(Reader *reader, const char *name)
{
	unsigned i = 0;

	while (i < ARTICLE_SECTIONS && strcmp(sections[i], name) != 0)
		i++;
	if (i == ARTICLE_SECTIONS)
		return source_bad(reader->source,
		                  "'%.40s' is no section; use one of Short "
		                  "Steps Detail Figures Prices",
		                  name);
	if (reader->article->section[i] != NULL)
		return source_bad(reader->source, "%s stands here twice", name);
	reader->section = i;
	reader->begun = reader->source->line;
	reader->check = (ProseCheck){ 0 };
	fold_begin(&reader->fold);
	return true;
}

static bool
read_line(Reader *reader, const char *line)
{
	const char *fault;

	if (g_str_has_prefix(line, "## "))
		return end_section(reader) &&
		       begin_section(reader, line + 3 + strspn(line + 3, " "));
	if (reader->section == ARTICLE_SECTIONS)
		return *line == '\0' || !reader->good ||
		       source_bad(reader->source,
		                  "text before a section; write ## Short");
	if (line[0] == '#' && line[1 + strspn(line, "#") - 1] == ' ')
		return source_bad(reader->source, "a heading of another kind; "
		                                  "sections begin with ##");
	fault = prose_check_line(&reader->check, line);
	if (fault != NULL)
		return source_bad(reader->source, "%s", fault);
	fold_line(&reader->fold, line);
	return true;
}

static bool
read_sections(Reader *reader)
{
	const char *line;

	reader->section = ARTICLE_SECTIONS;
	while ((line = source_next(reader->source)) != NULL)
		if (!read_line(reader, line))
			reader->good = false;
	if (!end_section(reader) || !reader->good)
		return false;
	return reader->article->section[ARTICLE_SHORT] != NULL ||
	       source_bad(reader->source,
	                  "no section Short; every article needs one");
}

/* ------------------------------------------------------------------------
 * files
 */

static Article *
article_new(const char *file, Language language, const char *text, size_t size)
{
	g_autofree char *name = g_path_get_basename(file);
	size_t n = strlen(name);
	Article *article = g_new0(Article, 1);

	n -= g_str_has_suffix(name, ".md") ? 3 : 0;
	article->id = g_strndup(name, n);
	article->file = g_strdup(file);
	article->digest = g_compute_checksum_for_data(
		G_CHECKSUM_SHA256, (const guchar *)text, size);
	article->language = language;
	article->valid_until = INT64_MAX;
	return article;
}

static void
fill_words(char **words)
{
	if (*words == NULL)
		*words = g_strdup("");
}

static Article *
parse(Troubles *troubles, const char *file, Language language, const char *text,
      size_t size)
{
	g_auto(Source) source = { 0 };
	g_autoptr(Article) article = NULL;
	Reader reader = { .source = &source, .good = true };
	bool good;

	if (!source_open(&source, troubles, file, text, size))
		return NULL;
	article = article_new(file, language, text, size);
	reader.article = article;
	good = read_front(&reader) && read_sections(&reader);
	if (reader.section != ARTICLE_SECTIONS && reader.fold.out != NULL)
		g_free(fold_end(&reader.fold));
	if (!good)
		return NULL;
	fill_words(&article->tags);
	fill_words(&article->asks);
	fill_words(&article->never);
	fill_words(&article->requests);
	return g_steal_pointer(&article);
}

Article *
article_parse(const char *file, Language language, const char *text,
              size_t size, GError **error)
{
	Troubles troubles = { 0 };
	Article *article = parse(&troubles, file, language, text, size);

	if (article == NULL)
		g_propagate_error(error, troubles.error);
	return article;
}

static Article *
read_path(const char *name, const char *path, Troubles *troubles)
{
	g_autofree char *bytes = NULL;
	Language language;
	const char *rest;
	size_t size;

	if (!source_language(name, path, &language, &rest, troubles))
		return NULL;
	bytes = source_read(path, &size, troubles);
	return bytes ? parse(troubles, path, language, bytes, size) : NULL;
}

static GPtrArray *
load(const char *const *dirs, Troubles *troubles)
{
	g_autoptr(GHashTable) files = source_find(dirs, "knowledge");
	g_autoptr(GList) names = source_names(files);
	GPtrArray *articles = g_ptr_array_new_with_free_func(
		(GDestroyNotify)(void (*)(void))article_free);

	for (GList *at = names; at != NULL; at = at->next) {
		const char *path = g_hash_table_lookup(files, at->data);
		Article *article = read_path(at->data, path, troubles);

		if (article != NULL)
			g_ptr_array_add(articles, article);
	}
	return articles;
}

GPtrArray *
articles_load(const char *const *dirs, GError **error)
{
	Troubles troubles = { 0 };
	g_autoptr(GPtrArray) articles = load(dirs, &troubles);

	if (troubles.error == NULL)
		return g_steal_pointer(&articles);
	g_propagate_error(error, troubles.error);
	return NULL;
}

GPtrArray *
articles_load_reporting(const char *const *dirs, ArticleProblem *report,
                        void *data)
{
	Troubles troubles = { .report = report, .data = data };

	return load(dirs, &troubles);
}
