/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Icelandic and Polish have no Snowball algorithm in the library: their words
 * match as they are, which finds less and nothing wrong.
 */
#include "drafting/stem.h"

#include <libstemmer.h>
#include <string.h>

#include "stop_words.h"

struct Stemmer {
	Language language;
	struct sb_stemmer *algorithm; /* NULL: none */
};

static const char *const algorithms[LANGUAGE_N] = {
	[LANGUAGE_DA] = "danish",    [LANGUAGE_SV] = "swedish",
	[LANGUAGE_NB] = "norwegian", [LANGUAGE_NN] = "norwegian",
	[LANGUAGE_DE] = "german",    [LANGUAGE_EN] = "english",
	[LANGUAGE_FI] = "finnish",   [LANGUAGE_FR] = "french",
	[LANGUAGE_ES] = "spanish",   [LANGUAGE_NL] = "dutch",
	[LANGUAGE_IT] = "italian",
};

Stemmer *
stemmer_new(Language language)
{
	Stemmer *stemmer = g_new0(Stemmer, 1);

	stemmer->language = language;
	if (language < LANGUAGE_N && algorithms[language] != NULL)
		stemmer->algorithm =
			sb_stemmer_new(algorithms[language], "UTF_8");
	return stemmer;
}

void
stemmer_free(Stemmer *stemmer)
{
	if (stemmer == NULL)
		return;
	if (stemmer->algorithm != NULL)
		sb_stemmer_delete(stemmer->algorithm);
	g_free(stemmer);
}

static bool
is_part(const char *at)
{
	gunichar c = g_utf8_get_char(at);

	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* The next word from `*at` on, and its end into `*at`; NULL: there is none. */
static const char *
next_word(const char **at)
{
	const char *word = *at;
	const char *end;

	while (*word != '\0' && !is_part(word))
		word = g_utf8_next_char(word);
	end = word;
	while (*end != '\0' && is_part(end))
		end = g_utf8_next_char(end);
	*at = end;
	return end > word ? word : NULL;
}

/* What is left of `low`, `*ret_length` bytes of it. */
static const char *
cut_stem(Stemmer *stemmer, const char *low, size_t *ret_length)
{
	const char *stem = low;

	*ret_length = strlen(low);
	if (stemmer->algorithm == NULL)
		return stem;
	stem = (const char *)sb_stemmer_stem(
		stemmer->algorithm, (const sb_symbol *)low, (int)*ret_length);
	*ret_length = stem ? (size_t)sb_stemmer_length(stemmer->algorithm) : 0;
	return stem;
}

/* Appends the stem of a word. False: it is too long, finds nothing, or nothing
 * is left of it. */
static bool
append_stem(Stemmer *stemmer, GString *out, const char *word, size_t size)
{
	g_autofree char *low = NULL;
	const char *stem;
	size_t length;

	if (size > STEM_WORD_BYTES)
		return false;
	low = g_utf8_strdown(word, (gssize)size);
	if (stop_word(stemmer->language, low))
		return false;
	stem = cut_stem(stemmer, low, &length);
	g_string_append_len(out, stem, (gssize)length);
	return length > 0;
}

char *
stem_text(Stemmer *stemmer, const char *text, size_t max)
{
	GString *out = g_string_new(NULL);
	const char *at = text;
	const char *word;

	for (size_t n = 0; n < max && (word = next_word(&at)) != NULL; n++) {
		size_t before = out->len;

		if (out->len > 0)
			g_string_append_c(out, ' ');
		if (!append_stem(stemmer, out, word, (size_t)(at - word)))
			g_string_truncate(out, before);
	}
	return g_string_free(out, FALSE);
}

char **
stem_words(Stemmer *stemmer, const char *text, size_t max)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GPtrArray *words = g_ptr_array_new();
	const char *at = text;
	const char *word;

	for (size_t n = 0; n < max && (word = next_word(&at)) != NULL; n++) {
		g_autoptr(GString) stem = g_string_new(NULL);

		if (!append_stem(stemmer, stem, word, (size_t)(at - word)) ||
		    !g_hash_table_add(seen, g_strdup(stem->str)))
			continue;
		g_ptr_array_add(words, g_strdup(stem->str));
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

static void
visit_word(Stemmer *stemmer, const char *start, const char *end,
           StemVisit *visit, void *data)
{
	g_autofree char *low = g_utf8_strdown(start, (gssize)(end - start));
	g_autofree char *stem = NULL;
	size_t length;
	const char *cut = cut_stem(stemmer, low, &length);
	StemWord word = { .low = low, .start = start, .end = end };

	stem = g_strndup(cut, length);
	word.stem = stem;
	word.stop = stop_word(stemmer->language, low);
	if (length > 0)
		visit(&word, data);
}

void
stem_each(Stemmer *stemmer, const char *text, size_t max, StemVisit *visit,
          void *data)
{
	const char *at = text;
	const char *word;

	for (size_t n = 0; n < max && (word = next_word(&at)) != NULL; n++)
		if (at - word <= STEM_WORD_BYTES)
			visit_word(stemmer, word, at, visit, data);
}
