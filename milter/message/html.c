/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libxml2's HTML parser calls us for tags and text; no tree is built. It sees
 * only what html_filter.c lets through, and is stopped when elements nest too
 * deep, when it complains too often (each complaint costs it a formatted
 * message) or when we have enough text.
 *
 * Tried and rejected: its push interface, which looks for the end of a token
 * anew with every chunk; a tree, whose builders are quadratic.
 */
#include "message/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/limits.h"
#include "html_element.h"
#include "html_filter.h"
#include "html_lines.h"

/* Complaints of the parser about one document. */
#define COMPLAINTS_MAX 4096
/* What Outlook draws as a line above the mail that is answered. */
#define SEPARATOR "________________________________"

typedef struct Document {
	htmlParserCtxtPtr parser;
	HtmlLines lines;
	HtmlNotes notes;
	unsigned complaints;
	unsigned depth;
	unsigned dropped; /* open elements that are no text */
	unsigned unseen;  /* open elements of which a reader sees nothing */
	bool signature;   /* its separator was written */
	unsigned meaning[LIMIT_HTML_DEPTH + 1]; /* of each open element */
} Document;

/* Without memory libxml2's parser goes round in circles (2.9.14), or reads only
 * half: with GLib's, which never gives nothing, the process ends. */
static void *
take_memory(size_t size)
{
	return g_malloc(MAX(size, 1));
}

static void *
take_other_memory(void *memory, size_t size)
{
	return g_realloc(memory, MAX(size, 1));
}

void
html_init(void)
{
	xmlMemSetup(g_free, take_memory, take_other_memory, g_strdup);
	xmlInitParser();
}

static void
stop(Document *document)
{
	document->notes.truncated = true;
	xmlStopParser(document->parser);
}

/* Colours and sizes are inherited: an element says what changes, else its
 * parent. Programs give a table no size, so that no blank shows, and each cell
 * one. */
static unsigned
inherit(const Document *document, unsigned meaning)
{
	unsigned outer = document->depth > 0
	                         ? document->meaning[document->depth - 1]
	                         : 0;

	if (!(meaning & (ELEMENT_WHITE | ELEMENT_COLOURED)))
		meaning |= outer & ELEMENT_WHITE;
	if (!(meaning & (ELEMENT_DARK | ELEMENT_LIGHT)))
		meaning |= outer & ELEMENT_DARK;
	if (!(meaning & (ELEMENT_TINY | ELEMENT_SIZED)))
		meaning |= outer & ELEMENT_TINY;
	return meaning;
}

static void
begin_block(Document *document, unsigned meaning)
{
	HtmlLines *lines = &document->lines;

	if (meaning & ELEMENT_BLOCK)
		html_lines_block(lines, (meaning & ELEMENT_PARAGRAPH) != 0);
	if (meaning & ELEMENT_BREAK)
		html_lines_break(lines);
	if (meaning & ELEMENT_CELL)
		html_lines_blank(lines);
}

static void
begin_mark(Document *document, unsigned meaning)
{
	HtmlLines *lines = &document->lines;

	if (meaning & ELEMENT_SEPARATOR)
		html_lines_line(lines, SEPARATOR);
	if (meaning & ELEMENT_SIGNATURE && !document->signature) {
		if (!html_lines_at_separator(lines))
			html_lines_line(lines, "--");
		document->signature = true;
	}
	if (meaning & ELEMENT_QUOTE) {
		html_lines_block(lines, 0);
		lines->quotes++;
	}
	if (meaning & ELEMENT_ITEM)
		html_lines_text(lines, "- ", 2);
	if (meaning & ELEMENT_PRE)
		lines->pre++;
}

static bool
is_unseen(unsigned meaning)
{
	return meaning & ELEMENT_HIDDEN ||
	       (meaning & ELEMENT_WHITE && !(meaning & ELEMENT_DARK));
}

static void
start_element(void *data, const xmlChar *name, const xmlChar **attributes)
{
	Document *document = data;
	unsigned meaning = html_element_meaning(
		(const char *)name, (const char *const *)attributes);

	if (document->depth > LIMIT_HTML_DEPTH) { /* one is ours */
		stop(document);
		return;
	}
	meaning = inherit(document, meaning);
	document->meaning[document->depth++] = meaning;
	document->dropped += (meaning & ELEMENT_DROP) != 0;
	document->unseen += is_unseen(meaning);
	if (document->dropped > 0 || document->unseen > 0)
		return;
	begin_block(document, meaning);
	if (meaning & ELEMENT_TINY) /* what stands in it may be seen */
		meaning &= ELEMENT_QUOTE | ELEMENT_PRE;
	begin_mark(document, meaning);
}

static void
end_element(void *data, const xmlChar *name)
{
	Document *document = data;
	HtmlLines *lines = &document->lines;
	unsigned meaning;
	bool seen = document->dropped == 0 && document->unseen == 0;

	(void)name;
	if (document->depth == 0)
		return;
	meaning = document->meaning[--document->depth];
	document->dropped -= (meaning & ELEMENT_DROP) != 0;
	document->unseen -= is_unseen(meaning);
	if (!seen)
		return;
	lines->quotes -= (meaning & ELEMENT_QUOTE) != 0;
	lines->pre -= (meaning & ELEMENT_PRE) != 0;
	if (meaning & (ELEMENT_BLOCK | ELEMENT_QUOTE))
		html_lines_block(lines, (meaning & ELEMENT_PARAGRAPH) != 0);
	if (meaning & ELEMENT_CELL)
		html_lines_blank(lines);
}

static bool
has_words(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (g_ascii_isalnum(text[i]))
			return true;
	return false;
}

static bool
is_hidden(const Document *document)
{
	return document->unseen > 0 ||
	       (document->depth > 0 &&
	        document->meaning[document->depth - 1] & ELEMENT_TINY);
}

static void
take_text(void *data, const xmlChar *text, int size)
{
	Document *document = data;

	if (document->dropped > 0)
		return;
	if (is_hidden(document)) {
		if (has_words((const char *)text, (size_t)size))
			document->notes.hidden = true;
		return;
	}
	html_lines_text(&document->lines, (const char *)text, (size_t)size);
	if (document->lines.full)
		stop(document);
}

static void
take_complaint(void *data, const char *format, ...)
{
	Document *document = data;

	(void)format;
	if (++document->complaints == COMPLAINTS_MAX)
		stop(document);
}

static void
parse(Document *document, const GString *html)
{
	static const xmlSAXHandler handler = {
		.startElement = start_element,
		.endElement = end_element,
		.characters = take_text,
		.ignorableWhitespace = take_text,
		.cdataBlock = take_text,
		.error = take_complaint,
		.initialized = 1,
	};
	htmlParserCtxtPtr parser =
		htmlCreateMemoryParserCtxt(html->str, (int)html->len);

	if (parser == NULL)
		return;
	htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER |
	                                   HTML_PARSE_IGNORE_ENC |
	                                   HTML_PARSE_NOIMPLIED);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	*parser->sax = handler;
	parser->userData = document;
	document->parser = parser;
	htmlParseDocument(parser);
	htmlFreeParserCtxt(parser);
}

char *
html_to_text(const char *html, size_t size, size_t max, HtmlNotes *ret_notes)
{
	Document document = { .notes = { false, false } };
	bool truncated = false;
	GString *filtered = html_filter(html, size, &truncated);

	/* Text outside of any element would be given a paragraph of its own
	 * by libxml2. */
	g_string_prepend(filtered, "<div>");
	html_lines_init(&document.lines, max);
	parse(&document, filtered);
	g_string_free(filtered, TRUE);
	*ret_notes = document.notes;
	ret_notes->truncated |= truncated;
	return html_lines_finish(&document.lines);
}
