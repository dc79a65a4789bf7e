/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Line by line, in order of what is surest: marks of quoting, then footers,
 * then the signature in what is left. Regular expressions were rejected: the
 * matchers are tables that a translator can read, and linear by construction.
 *
 * What follows an attribution decides what it means. Marked lines: the answers
 * may stand between them, so unmarked lines stay new. Unmarked lines below new
 * text: somebody answered above the quote, all of the rest is quoted. Unmarked
 * lines with nothing new above: a client that marks nothing, and dropping all
 * would leave no text, so only the attribution goes.
 */
#include "message/quote.h"

#include <string.h>

#include "quote_lines.h"

/* Of lines after a mark that may be a rule. */
#define SIGNATURE_LINES_MAX 20

typedef struct Scan {
	QuoteLines lines;
	bool any_new;      /* some line of text was new so far */
	bool in_signature; /* after "-- " */
	bool rest_quoted;  /* nothing below is new */
} Scan;

static void
set_kind(Scan *scan, size_t start, size_t end, QuoteKind kind)
{
	for (size_t i = start; i < end && i < scan->lines.n; i++)
		scan->lines.at[i].kind = kind;
}

/* "-- ", with the blank or without, as clients and HTML make it. */
static bool
is_signature_mark(const QuoteLine *line)
{
	return strcmp(line->fold, "--") == 0 || strcmp(line->fold, "—") == 0;
}

/* Lines of a divider or a header block at line `i`. */
static size_t
block_lines(const QuoteLines *lines, size_t i)
{
	size_t n;

	if (lines->at[i].marked)
		return 0;
	n = quote_divider(lines, i);
	return n > 0 ? n : quote_header_block(lines, i);
}

static bool
starts_quote(const QuoteLines *lines, size_t i)
{
	return lines->at[i].marked || quote_attribution(lines, i) > 0 ||
	       block_lines(lines, i) > 0;
}

/* A signature starts at line `i`. Without the blank of "-- " it may as well be
 * a rule in the text, when much follows. */
static bool
starts_signature(const Scan *scan, size_t i)
{
	const QuoteLines *lines = &scan->lines;
	size_t filled = 0;

	if (!scan->any_new || !is_signature_mark(&lines->at[i]))
		return false;
	if (g_str_has_prefix(lines->at[i].text, "-- \n"))
		return true;
	for (i++; i < lines->n && !starts_quote(lines, i); i++) {
		filled += !lines->at[i].blank;
		if (filled > SIGNATURE_LINES_MAX)
			return false;
	}
	return true;
}

/* Rules and blank lines right above line `i` belong to what starts there. */
static void
take_rules_above(Scan *scan, size_t i)
{
	while (i > 0 && (scan->lines.at[i - 1].blank ||
	                 quote_is_rule(&scan->lines.at[i - 1])))
		scan->lines.at[--i].kind = QUOTE_QUOTED;
}

/* Everything from line `i` on is quoted. */
static size_t
quote_rest(Scan *scan, size_t i)
{
	take_rules_above(scan, i);
	set_kind(scan, i, scan->lines.n, QUOTE_QUOTED);
	scan->rest_quoted = true;
	return scan->lines.n;
}

static size_t
take_attribution(Scan *scan, size_t i, size_t n)
{
	size_t next = quote_next_filled(&scan->lines, i + n);
	bool marked = next < scan->lines.n && scan->lines.at[next].marked;

	if (!marked && scan->any_new)
		return quote_rest(scan, i);
	set_kind(scan, i, next, QUOTE_QUOTED);
	return next;
}

/* A header block ends the text, unless all above is empty and marks follow:
 * then the answers stand below. */
static size_t
take_block(Scan *scan, size_t i, size_t n)
{
	size_t next = quote_next_filled(&scan->lines, i + n);

	if (scan->any_new || next == scan->lines.n ||
	    !scan->lines.at[next].marked)
		return quote_rest(scan, i);
	set_kind(scan, i, next, QUOTE_QUOTED);
	return next;
}

/* Decides about line `i`; returns the next one to look at. */
static size_t
scan_line(Scan *scan, size_t i)
{
	QuoteLine *line = &scan->lines.at[i];
	size_t n;

	if (line->blank) {
		line->kind = scan->in_signature ? QUOTE_SIGNATURE : QUOTE_NEW;
		return i + 1;
	}
	n = line->marked ? 0 : quote_attribution(&scan->lines, i);
	if (n > 0)
		return take_attribution(scan, i, n);
	n = block_lines(&scan->lines, i);
	if (n > 0)
		return take_block(scan, i, n);
	if (line->marked) {
		line->kind = QUOTE_QUOTED;
		return i + 1;
	}
	if (starts_signature(scan, i))
		scan->in_signature = true;
	if (scan->in_signature)
		line->kind = QUOTE_SIGNATURE;
	else
		scan->any_new = true;
	return i + 1;
}

/* The lines from after the last quote that text follows, to the end of the
 * text: where the closing is. */
static void
find_last_run(const QuoteLines *lines, size_t *ret_start, size_t *ret_end)
{
	size_t end = lines->n;
	size_t start;

	while (end > 0 && (lines->at[end - 1].blank ||
	                   lines->at[end - 1].kind != QUOTE_NEW))
		end--;
	start = end;
	while (start > 0 && lines->at[start - 1].kind != QUOTE_QUOTED)
		start--;
	*ret_start = start;
	*ret_end = end;
}

/* Rules that end the text are nobody's. */
static void
mark_last_rules(QuoteLines *lines)
{
	for (size_t i = lines->n; i > 0; i--) {
		QuoteLine *line = &lines->at[i - 1];

		if (line->kind != QUOTE_NEW || line->blank)
			continue;
		if (!quote_is_rule(line) && strcmp(line->fold, "ᐧ") != 0)
			return;
		line->kind = QUOTE_FOOTER;
	}
}

static void
scan_all(Scan *scan)
{
	size_t start;
	size_t end;

	for (size_t i = 0; i < scan->lines.n;)
		i = scan_line(scan, i);
	quote_mark_footers(&scan->lines);
	mark_last_rules(&scan->lines);
	find_last_run(&scan->lines, &start, &end);
	quote_mark_signature(&scan->lines, start, end);
	mark_last_rules(&scan->lines);
}

/* Where lines were taken out, one empty line stands, no more. */
static bool
is_superfluous(const GString *out, const QuoteLine *line, bool gap)
{
	if (is_signature_mark(line)) /* says nothing about the sender */
		return line->kind == QUOTE_SIGNATURE;
	return line->blank &&
	       (out->len == 0 || (gap && g_str_has_suffix(out->str, "\n\n")));
}

static char *
collect(const QuoteLines *lines, QuoteKind kind)
{
	g_autoptr(GString) out = g_string_new(NULL);
	bool gap = false;

	for (size_t i = 0; i < lines->n; i++) {
		const QuoteLine *line = &lines->at[i];

		if (line->kind != kind) {
			gap |= !line->blank;
			continue;
		}
		if (is_superfluous(out, line, gap))
			continue;
		if (gap && out->len > 0 && !line->blank &&
		    !g_str_has_suffix(out->str, "\n\n"))
			g_string_append_c(out, '\n');
		gap = gap && line->blank;
		g_string_append_len(out, line->text, (gssize)line->size);
		g_string_append_c(out, '\n');
	}
	return g_strchomp(g_string_free(g_steal_pointer(&out), FALSE));
}

void
quote_split(const char *text, QuoteSplit *ret_split)
{
	Scan scan = { .any_new = false };
	g_auto(QuoteLines) lines = { NULL, 0, NULL };

	quote_lines_init(&lines, text);
	scan.lines = lines;
	scan_all(&scan);
	ret_split->new_text = collect(&lines, QUOTE_NEW);
	ret_split->quoted = collect(&lines, QUOTE_QUOTED);
	ret_split->signature = collect(&lines, QUOTE_SIGNATURE);
	ret_split->footer = collect(&lines, QUOTE_FOOTER);
}

void
quote_split_clear(QuoteSplit *split)
{
	g_clear_pointer(&split->new_text, g_free);
	g_clear_pointer(&split->signature, g_free);
	g_clear_pointer(&split->quoted, g_free);
	g_clear_pointer(&split->footer, g_free);
}
