/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GMime decodes the words, but with every charset that iconv has a file for,
 * and with its own idea of labels. So labels are first made the names that
 * charset.c knows and has loaded; an unknown one is read as UTF-8.
 *
 * GMime 3.2.13 reads what follows one another in base64 as one, up to the first
 * padding: what many clients make of a long subject would lose its second half.
 * Words are still to be read together, as some cut a character in two. So such
 * a run is first made one word.
 */
#include "message/words.h"

#include <gmime/gmime.h>
#include <stdbool.h>
#include <string.h>

#include "message/charset.h"

#define LABEL_MAX 40

/* At a label: appends the name of its charset; past it, or NULL when no
 * encoded word starts here. */
static const char *
take_label(GString *out, const char *at)
{
	size_t size = strcspn(at, "?*= \t");
	char label[LABEL_MAX + 1];
	const char *name;

	if (at[size] != '?' && at[size] != '*')
		return NULL;
	g_strlcpy(label, at, MIN(size + 1, sizeof(label)));
	name = charset_name(label);
	g_string_append(out, name == NULL ? "utf-8" : name);
	/* RFC 2231 5: a language may follow. */
	return at + size + strcspn(at + size, "? \t");
}

static char *
with_known_labels(const char *value)
{
	GString *out = g_string_sized_new(strlen(value) + 1);
	const char *start;

	while ((start = strstr(value, "=?")) != NULL) {
		const char *after;

		g_string_append_len(out, value, start + 2 - value);
		after = take_label(out, start + 2);
		value = after == NULL ? start + 2 : after;
	}
	g_string_append(out, value);
	return g_string_free(out, FALSE);
}

/* An encoded word in base64: =?label?B?data?= */
typedef struct Word {
	const char *label;
	size_t label_size;
	const char *data;
	size_t size;
	const char *end;
} Word;

static bool
take_base64(const char *at, Word *ret_word)
{
	Word word = { .label = at + 2 };

	if (!g_str_has_prefix(at, "=?"))
		return false;
	word.label_size = strcspn(word.label, "?= \t");
	word.data = word.label + word.label_size;
	if (g_ascii_strncasecmp(word.data, "?B?", 3) != 0)
		return false;
	word.data += 3;
	word.size = strcspn(word.data, "? \t");
	if (!g_str_has_prefix(word.data + word.size, "?="))
		return false;
	word.end = word.data + word.size + 2;
	*ret_word = word;
	return true;
}

/* Its bytes; the padding may be missing. */
static void
append_bytes(GByteArray *bytes, const Word *word)
{
	size_t size = word->size;
	g_autofree char *padded = NULL;
	guchar *decoded;
	gsize n;

	while (size > 0 && word->data[size - 1] == '=')
		size--;
	padded = g_strdup_printf("%.*s%s", (int)size, word->data,
	                         size % 4 == 2   ? "=="
	                         : size % 4 == 3 ? "="
	                                         : "");
	decoded = g_base64_decode(padded, &n);
	g_byte_array_append(bytes, decoded, (guint)n);
	g_free(decoded);
}

/* `word` and those of its charset that follow it as one; past them. */
static const char *
append_run(GString *out, const Word *word)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	Word next = *word;
	const char *end;
	g_autofree char *data = NULL;

	do {
		append_bytes(bytes, &next);
		end = next.end;
	} while (take_base64(end + strspn(end, " \t"), &next) &&
	         next.label_size == word->label_size &&
	         memcmp(next.label, word->label, next.label_size) == 0);
	if (bytes->len == 0)
		return end;
	data = g_base64_encode(bytes->data, bytes->len);
	g_string_append_printf(out, "=?%.*s?B?%s?=", (int)word->label_size,
	                       word->label, data);
	return end;
}

static char *
with_joined_words(const char *value)
{
	GString *out = g_string_sized_new(strlen(value) + 1);
	const char *start;

	while ((start = strstr(value, "=?")) != NULL) {
		Word word;

		g_string_append_len(out, value, start - value);
		if (take_base64(start, &word)) {
			value = append_run(out, &word);
		} else {
			g_string_append(out, "=?");
			value = start + 2;
		}
	}
	g_string_append(out, value);
	return g_string_free(out, FALSE);
}

char *
words_decode(const char *value)
{
	size_t size = strlen(value);
	g_autofree char *utf8 =
		charset_to_utf8(NULL, value, size, size * 3, &size, NULL);
	g_autofree char *known = with_known_labels(utf8);
	g_autofree char *joined = with_joined_words(known);

	return g_mime_utils_header_decode_text(NULL, joined);
}
