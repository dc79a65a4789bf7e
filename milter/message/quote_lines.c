/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text is folded once as a whole, not line by line, so that a mail of
 * empty lines costs no allocation each.
 */
#include "quote_lines.h"

#include <string.h>

/* What comes after so many lines is one more, however long. */
#define LINES_MAX 4096

/* The run of plain ASCII at `p`, in lower case: most text is little else. There
 * is room made for all that is left, so it is read once. */
static const char *
fold_run(GString *out, const char *p, const char *end)
{
	size_t size = out->len;
	char *lower;

	g_string_set_size(out, size + (size_t)(end - p));
	lower = out->str + size;
	for (; p < end && (signed char)*p > 0 && *p != '\t' && *p != '*'; p++)
		*lower++ = (char)(*p + (*p >= 'A' && *p <= 'Z' ? 0x20 : 0));
	g_string_truncate(out, (size_t)(lower - out->str));
	return p;
}

static void
fold_character(GString *out, gunichar c)
{
	if (c == 0xa0 || c == 0x202f || c == 0x2009 || c == '\t')
		g_string_append_c(out, ' ');
	else if (c == 0x2019)
		g_string_append_c(out, '\'');
	else if (c == 0xdf || c == 0x1e9e)
		g_string_append(out, "ss");
	else if (c != '*')
		g_string_append_unichar(out, g_unichar_tolower(c));
}

/* For comparing: lower case, ss for sharp s, typographic blanks and
 * apostrophes plain, asterisks (bold in text made from HTML) gone. */
static char *
folded(const char *text)
{
	size_t size = strlen(text);
	GString *out = g_string_sized_new(size + 1);
	const char *p = text, *end = text + size;

	while (p < end) {
		p = fold_run(out, p, end);
		if (p == end)
			break;
		fold_character(out, g_utf8_get_char(p));
		p = g_utf8_next_char(p);
	}
	return g_string_free(out, FALSE);
}

static size_t
count_lines(const char *text)
{
	size_t n = 1;

	while (n < LINES_MAX && (text = strchr(text, '\n')) != NULL) {
		text++;
		n++;
	}
	return n;
}

static bool
is_blank(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!g_ascii_isspace(text[i]) &&
		    !((guchar)text[i] == 0xc2 && i + 1 < size &&
		      (guchar)text[i + 1] == 0xa0) &&
		    !((guchar)text[i] == 0xa0 && i > 0 &&
		      (guchar)text[i - 1] == 0xc2))
			return false;
	return true;
}

static bool
is_marked(const char *text, size_t size)
{
	size_t i = 0;

	while (i < size && i < 3 && text[i] == ' ')
		i++;
	return i < size && text[i] == '>';
}

/* Takes one line off `*p`, trimmed and ended by NUL in place. */
static const char *
take_fold(char **p, bool last)
{
	char *line = *p;
	char *end = last ? NULL : strchr(line, '\n');

	*p = end != NULL ? end + 1 : line + strlen(line);
	if (end == NULL)
		end = *p;
	while (end > line && end[-1] == ' ')
		end--;
	*end = '\0';
	while (*line == ' ')
		line++;
	return line;
}

void
quote_lines_init(QuoteLines *lines, const char *text)
{
	char *fold;

	lines->folds = fold = folded(text);
	lines->n = count_lines(text);
	lines->at = g_new0(QuoteLine, lines->n);
	for (size_t i = 0; i < lines->n; i++) {
		QuoteLine *line = &lines->at[i];
		bool last = i + 1 == lines->n;

		line->text = text;
		line->size = last ? strlen(text)
		                  : (size_t)(strchr(text, '\n') - text);
		line->fold = take_fold(&fold, last);
		line->blank = is_blank(text, line->size);
		line->marked = is_marked(text, line->size);
		line->ends = quote_ends_with_colon(line->fold) ||
		             g_str_has_suffix(line->fold, "-");
		text += line->size + (text[line->size] == '\n');
	}
}

void
quote_lines_clear(QuoteLines *lines)
{
	g_clear_pointer(&lines->at, g_free);
	g_clear_pointer(&lines->folds, g_free);
	lines->n = 0;
}

size_t
quote_next_filled(const QuoteLines *lines, size_t i)
{
	while (i < lines->n && lines->at[i].blank)
		i++;
	return i;
}

size_t
quote_count_words(const char *fold)
{
	bool inside = false;
	size_t n = 0;

	for (; *fold != '\0'; fold++) {
		n += !inside && *fold != ' ';
		inside = *fold != ' ';
	}
	return n;
}

/* A letter or digit, or a byte of one outside ASCII. */
static bool
is_word_byte(char c)
{
	return g_ascii_isalnum(c) || (c & 0x80) != 0;
}

const char *
quote_find_word(const char *fold, const char *word)
{
	size_t n = strlen(word);
	const char *p = fold;

	while ((p = strstr(p, word)) != NULL) {
		if ((p == fold || !is_word_byte(p[-1])) && !is_word_byte(p[n]))
			return p;
		p++;
	}
	return NULL;
}

bool
quote_ends_with_colon(const char *fold)
{
	size_t n = strlen(fold);

	while (n > 0 && (fold[n - 1] == ' ' || fold[n - 1] == '-'))
		n--;
	if (n + 4 <= strlen(fold)) /* Zoho: "wrote ----" */
		return true;
	return n > 0 &&
	       (fold[n - 1] == ':' ||
	        (n >= 3 && memcmp(fold + n - 3, "\xef\xbc\x9a", 3) == 0));
}

bool
quote_is_rule(const QuoteLine *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->size; i++) {
		if (strchr("-_=*~#+", line->text[i]) != NULL)
			n++;
		else if (line->text[i] != ' ')
			return false;
	}
	return n >= 3;
}
