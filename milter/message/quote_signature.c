/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two thirds of all signatures come without the "-- " of RFC 3676 4.3. They
 * are found from the end: behind a closing phrase, which itself stays as it
 * shows the tone, or as a last paragraph of names, titles and numbers. When in
 * doubt a line is text: a signature read as text costs little, text lost costs
 * the answer.
 */
#include "quote_lines.h"

#include <string.h>

#include "quote_words.h"

#define SEARCH_LINES 24
#define SIGNATURE_LINES_MAX 14
#define PARAGRAPH_LINES_MAX 6
#define LINE_BYTES_MAX 90
#define CLOSING_WORDS_MAX 7

/* How sure it is that nothing but the sender's name comes next. */
typedef enum Closing {
	CLOSING_NONE,
	CLOSING_WEAK,   /* "Thanks", "Tak": text may follow */
	CLOSING_STRONG, /* "Best regards" */
} Closing;

static size_t
count_digits(const char *fold)
{
	size_t n = 0;

	for (; *fold != '\0'; fold++)
		n += g_ascii_isdigit(*fold);
	return n;
}

static bool
ends_like_sentence(const char *fold)
{
	size_t n = strlen(fold);
	char last = n > 0 ? fold[n - 1] : '\0';

	return last == '?' || last == '!' ||
	       (last == '.' && quote_count_words(fold) > 4);
}

/* Telephone, mail and web addresses. */
static bool
is_contact(const char *fold)
{
	if (strchr(fold, '@') != NULL || strstr(fold, "www.") != NULL ||
	    g_str_has_prefix(fold, "http"))
		return true;
	return count_digits(fold) >= 6 &&
	       (fold[0] == '+' || fold[0] == '(' || g_ascii_isdigit(fold[0]) ||
	        quote_has_word(fold, QUOTE_WORDS_CONTACT));
}

/* "T: +45 12 34 56 78 | M: +45 87 65 43 21": words without the groups of a
 * number and what stands between two items. */
static size_t
count_lettered(const char *fold)
{
	bool inside = false;
	size_t n = 0;

	for (; *fold != '\0'; fold++) {
		bool letter = g_ascii_isalpha(*fold);

		n += letter && !inside;
		inside = *fold != ' ' && (inside || letter);
	}
	return n;
}

/* Words of the line that start with a capital, as written. */
static size_t
count_capitals(const QuoteLine *line)
{
	bool fresh = true;
	size_t n = 0;
	const char *end = line->text + line->size;

	for (const char *p = line->text; p < end; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (fresh && g_unichar_isupper(c))
			n++;
		fresh = !g_unichar_isalnum(c) && c != '\'' && c != 0x2019;
	}
	return n;
}

static bool
is_postscript(const char *fold)
{
	return g_str_has_prefix(fold, "ps") || g_str_has_prefix(fold, "p.s") ||
	       g_str_has_prefix(fold, "nb:") || g_str_has_prefix(fold, "obs");
}

/* May stand in a signature, once it is known that there is one. */
static bool
is_signature_line(const QuoteLine *line)
{
	const char *fold = line->fold;
	size_t words = quote_count_words(fold);

	if (strlen(fold) > LINE_BYTES_MAX || is_postscript(fold))
		return false;
	if (is_contact(fold) &&
	    (words <= 9 || (count_lettered(fold) <= 6 &&
	                    !quote_has_word(fold, QUOTE_WORDS_SENTENCE))))
		return true;
	if (ends_like_sentence(fold) || words > 8)
		return false;
	if (quote_has_word(fold, QUOTE_WORDS_SENTENCE))
		return false;
	return words <= 4 || count_capitals(line) * 2 >= words ||
	       quote_has_part(fold, QUOTE_PARTS_TITLE);
}

/* Looks like somebody's name: two to four words with capitals. */
static bool
is_name(const QuoteLine *line, size_t words)
{
	return words >= 2 && words <= 4 && count_capitals(line) >= words - 1 &&
	       count_capitals(line) >= 2 && count_digits(line->fold) == 0;
}

/* Alone proof of a signature: a title, a company, or a name and more. */
static bool
is_signature_head(const QuoteLine *line)
{
	const char *fold = line->fold;
	size_t words = quote_count_words(fold);
	const char *comma = strchr(fold, ',');

	if (words == 0 || words > 7 || !is_signature_line(line) ||
	    ends_like_sentence(fold) ||
	    quote_has_word(fold, QUOTE_WORDS_SENTENCE))
		return false;
	if (g_str_has_suffix(fold, ",") || g_str_has_suffix(fold, ":"))
		return false;
	if (quote_has_part(fold, QUOTE_PARTS_TITLE) ||
	    quote_has_word(fold, QUOTE_WORDS_COMPANY))
		return true;
	return comma == NULL && is_name(line, words);
}

/* "In dankbarer Freude", "Med glade dage": a short line of its own that opens
 * a paragraph with a preposition and no verb. "i.A. Hans Müller" is a name. */
static bool
is_free_closing(const QuoteLines *lines, size_t i)
{
	const QuoteLine *line = &lines->at[i];
	size_t words = quote_count_words(line->fold);

	return i > 0 && lines->at[i - 1].blank && i + 1 < lines->n &&
	       !lines->at[i + 1].blank && words >= 2 && words <= 5 &&
	       quote_starts_with(line->fold, QUOTE_STARTS_FREE) &&
	       line->fold[strcspn(line->fold, " .")] == ' ' &&
	       count_digits(line->fold) == 0 && !ends_like_sentence(line->fold);
}

static Closing
closing_of(const QuoteLines *lines, size_t i)
{
	const char *fold = lines->at[i].fold;
	size_t words = quote_count_words(fold);
	size_t n = strlen(fold);

	if (words == 0 || words > CLOSING_WORDS_MAX || n > LINE_BYTES_MAX ||
	    fold[n - 1] == '?')
		return CLOSING_NONE;
	if (quote_starts_with(fold, QUOTE_STARTS_STRONG))
		return CLOSING_STRONG;
	if (words <= 6 && (quote_has_word(fold, QUOTE_WORDS_CLOSING) ||
	                   is_free_closing(lines, i)))
		return CLOSING_STRONG;
	return quote_starts_with(fold, QUOTE_STARTS_WEAK) ? CLOSING_WEAK
	                                                  : CLOSING_NONE;
}

static void
mark(QuoteLines *lines, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (lines->at[i].kind == QUOTE_NEW)
			lines->at[i].kind = QUOTE_SIGNATURE;
}

/* The end of the lines from `i` on that may be a signature. */
static size_t
signature_end(const QuoteLines *lines, size_t i, size_t end)
{
	size_t filled = 0;

	for (; i < end; i++) {
		const QuoteLine *line = &lines->at[i];

		if (line->blank || line->kind != QUOTE_NEW ||
		    quote_is_rule(line))
			continue;
		if (++filled > SIGNATURE_LINES_MAX || !is_signature_line(line))
			return i;
	}
	return end;
}

/* What follows the closing at `i` is a signature, a postscript aside. */
static bool
mark_after_closing(QuoteLines *lines, size_t i, size_t end, Closing closing)
{
	size_t stop = signature_end(lines, i + 1, end);

	if (stop == end) {
		mark(lines, i + 1, end);
		return true;
	}
	if (closing != CLOSING_STRONG || stop == i + 1 ||
	    !lines->at[stop - 1].blank)
		return false;
	mark(lines, i + 1, stop);
	return true;
}

static bool
mark_closed(QuoteLines *lines, size_t start, size_t end)
{
	size_t searched = 0;

	for (size_t i = end; i > start && searched < SEARCH_LINES; i--) {
		const QuoteLine *line = &lines->at[i - 1];
		Closing closing;

		if (line->blank || line->kind != QUOTE_NEW)
			continue;
		searched++;
		closing = closing_of(lines, i - 1);
		if (closing != CLOSING_NONE &&
		    mark_after_closing(lines, i - 1, end, closing))
			return true;
	}
	return false;
}

/* The last paragraph, when all of it looks like a signature and text stands
 * before it. */
static void
mark_last_paragraph(QuoteLines *lines, size_t start, size_t end)
{
	size_t first;

	while (end > start && (lines->at[end - 1].blank ||
	                       lines->at[end - 1].kind != QUOTE_NEW))
		end--;
	first = end;
	while (first > start && !lines->at[first - 1].blank &&
	       end - first <= PARAGRAPH_LINES_MAX)
		first--;
	if (first == start || first == end || end - first > PARAGRAPH_LINES_MAX)
		return;
	if (is_signature_head(&lines->at[first]) &&
	    signature_end(lines, first, end) == end)
		mark(lines, first, end);
}

void
quote_mark_signature(QuoteLines *lines, size_t start, size_t end)
{
	start = quote_next_filled(lines, start);
	if (start < end && !mark_closed(lines, start + 1, end))
		mark_last_paragraph(lines, start, end);
}
