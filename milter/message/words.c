/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GMime decodes the words, but with every charset that iconv has a file for,
 * and with its own idea of labels. So labels are first made the names that
 * charset.c knows and has loaded; an unknown one is read as UTF-8.
 */
#include "message/words.h"

#include <gmime/gmime.h>
#include <string.h>

#include "message/charset.h"

#define LABEL_MAX 40

/* At a label: appends the name of its charset; past it, or NULL when no
 * encoded word starts here. */
static const char *
take_label(GString *out, const char *at)
{
	size_t size = strcspn(at, "?* \t");
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

char *
words_decode(const char *value)
{
	size_t size = strlen(value);
	g_autofree char *utf8 =
		charset_to_utf8(NULL, value, size, size * 3, &size, NULL);
	g_autofree char *known = with_known_labels(utf8);

	return g_mime_utils_header_decode_text(NULL, known);
}
