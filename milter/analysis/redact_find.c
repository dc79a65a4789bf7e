/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over the text, by words and marks. Each reader looks at a bounded
 * number of bytes from where it stands and either takes what it found or leaves
 * it to the next, so that the pass is linear.
 *
 * No regular expression, and no list of what is not personal: a number that
 * cannot be told apart from a phone number is one, since a placeholder too many
 * is put back afterwards and one too few has left the host.
 */
#include <string.h>

#include "redact_private.h"

/* Far enough from 0 that nothing seems near at the start. */
#define FIRST_WORD 1000

bool
redact_near(const RedactScan *scan, RedactWord word, unsigned words)
{
	return scan->seen[word] != 0 && scan->word - scan->seen[word] <= words;
}

bool
redact_nearer(const RedactScan *scan, RedactWord a, RedactWord b)
{
	return scan->seen[a] != 0 && scan->seen[a] > scan->seen[b];
}

void
redact_take(RedactScan *scan, size_t start, size_t end, RedactKind kind)
{
	if (scan->n < scan->max)
		scan->spans[scan->n++] =
			(RedactSpan){ (uint32_t)start, (uint32_t)end, kind };
	scan->at = end;
	scan->word++;
}

char
redact_byte(const RedactScan *scan, size_t at)
{
	return at < scan->size ? scan->text[at] : '\0';
}

bool
redact_is_word(const char *text, size_t size, size_t at)
{
	gunichar c;

	if (at >= size || (unsigned char)text[at] < 0x80)
		return at < size && g_ascii_isalnum(text[at]);
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	c = g_utf8_get_char_validated(text + at, (gssize)(size - at));
	/* U+FE0F makes a picture of the mark before it, and no word. */
	return g_unichar_isalnum(c) || (g_unichar_ismark(c) && c != 0xfe0f);
}

bool
redact_is_word_at(const RedactScan *scan, size_t at)
{
	return redact_is_word(scan->text, scan->size, at);
}

size_t
redact_word_end(const RedactScan *scan, size_t at)
{
	while (redact_is_word_at(scan, at))
		at++;
	return at;
}

size_t
redact_whole(const RedactScan *scan, size_t end)
{
	while (end > 0 && end < scan->size &&
	       ((unsigned char)scan->text[end] & 0xc0) == 0x80)
		end--;
	return end;
}

/* "CPR010190-1234", "tlf22334455": the word up to `end` that announces the
 * number it is written together with. Order and article numbers are one word
 * so. */
static bool
read_glued(RedactScan *scan, size_t end)
{
	RedactWord word;

	if (end == scan->at || !g_ascii_isdigit(redact_byte(scan, end)))
		return false;
	word = redact_word(scan->text + scan->at, end - scan->at);
	if (word != REDACT_WORD_NATIONAL && word != REDACT_WORD_PHONE &&
	    word != REDACT_WORD_COMPANY && word != REDACT_WORD_CARD)
		return false;
	scan->at = end;
	scan->seen[word] = ++scan->word;
	return true;
}

/* A word without further meaning, or one that announces something. */
static void
read_word(RedactScan *scan)
{
	size_t start = scan->at, end = start;
	RedactWord word;

	while (redact_is_word_at(scan, end) &&
	       !g_ascii_isdigit(scan->text[end]))
		end++;
	if (read_glued(scan, end))
		return;
	while (redact_is_word_at(scan, end) || redact_byte(scan, end) == '_')
		end++;
	word = redact_word(scan->text + start, end - start);
	scan->at = end;
	scan->word++;
	if (word == REDACT_WORD_SECRET || word == REDACT_WORD_CODE)
		redact_read_secret_value(scan, word, end);
	if (word != REDACT_WORD_N)
		scan->seen[word] = scan->word;
}

static void
read_at_word(RedactScan *scan)
{
	if (redact_read_url(scan) || redact_read_email(scan) ||
	    redact_read_secret_form(scan) || redact_read_lettered(scan) ||
	    redact_read_number(scan))
		return;
	read_word(scan);
}

static void
read_at_mark(RedactScan *scan)
{
	char c = scan->text[scan->at];

	if ((c == '+' || c == '(') && redact_read_number(scan))
		return;
	if (c == '-' && redact_read_secret_form(scan))
		return;
	/* What was announced a paragraph ago is not meant any more. */
	if (c == '\n' && redact_byte(scan, scan->at + 1) == '\n')
		scan->word += 4;
	scan->at++;
}

/* What looks like a placeholder, in text that nothing was found in. In what is
 * sent a placeholder's end stands before its first byte, and behind each that
 * is taken: so it is read here. */
static void
find_literals(RedactScan *scan, size_t from, size_t to)
{
	char before = '>';

	while (from < to) {
		RedactKind kind;
		unsigned number;
		size_t n = redact_placeholder(scan->text + from, to - from,
		                              before, &kind, &number);

		if (n > 0)
			redact_take(scan, from, from + n, REDACT_LITERAL);
		before = n > 0 ? '>' : scan->text[from];
		from += n > 0 ? n : 1;
	}
}

static int
by_start(const void *a, const void *b)
{
	const RedactSpan *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void
scan_values(RedactScan *scan)
{
	while (scan->at < scan->size && scan->n < scan->max) {
		if (redact_is_word_at(scan, scan->at))
			read_at_word(scan);
		else
			read_at_mark(scan);
	}
}

/* Those of other kinds are forgotten. */
static void
keep_kinds(RedactScan *scan, unsigned kinds)
{
	size_t kept = 0;

	for (size_t i = 0; i < scan->n; i++)
		if (kinds & REDACT_BIT(scan->spans[i].kind))
			scan->spans[kept++] = scan->spans[i];
	scan->n = kept;
}

size_t
redact_find_kinds(const char *text, size_t size, unsigned kinds,
                  RedactSpan *ret_spans, size_t max)
{
	RedactScan scan = { .text = text,
		            .size = size,
		            .spans = ret_spans,
		            .max = max,
		            .word = FIRST_WORD };
	size_t found, from = 0;

	scan_values(&scan);
	keep_kinds(&scan, kinds);
	found = scan.n;
	for (size_t i = 0; i < found; i++) {
		find_literals(&scan, from, ret_spans[i].start);
		from = ret_spans[i].end;
	}
	find_literals(&scan, from, size);
	qsort(ret_spans, scan.n, sizeof(*ret_spans), by_start);
	return scan.n;
}

size_t
redact_find(const char *text, size_t size, RedactSpan *ret_spans, size_t max)
{
	return redact_find_kinds(text, size, REDACT_ALL, ret_spans, max);
}
