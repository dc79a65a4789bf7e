/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of a file in memory, and the form that is nothing but lines.
 */
#include <string.h>

#include "base/text.h"
#include "corpus_private.h"

static bool
is_blank(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!g_ascii_isspace(text[i]))
			return false;
	return true;
}

CorpusLines
corpus_lines(const char *file, const char *bytes, size_t size)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t skip = size >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
	CorpusLines lines = { bytes + skip, bytes + size, { file, 0 }, "", 0 };

	return lines;
}

bool
corpus_next_line(CorpusLines *lines, GError **error)
{
	while (lines->at < lines->end) {
		const char *line = lines->at;
		size_t left = (size_t)(lines->end - line);
		const char *lf = memchr(line, '\n', left);
		size_t size = lf != NULL ? (size_t)(lf - line) : left;

		lines->place.line++;
		if (size > LIMIT_CORPUS_LINE)
			return corpus_fail(error, &lines->place,
			                   "longer than %d bytes; one text "
			                   "stands on one line",
			                   LIMIT_CORPUS_LINE);
		lines->at = lf != NULL ? lf + 1 : lines->end;
		if (is_blank(line, size))
			continue;
		lines->line = line;
		lines->size = size - (line[size - 1] == '\r');
		return true;
	}
	return false;
}

static bool
read_row(CorpusReader *reader, const CorpusLines *lines, GError **error)
{
	Sample draft = corpus_draft(reader, &lines->place);
	const char *tab = memchr(lines->line, '\t', lines->size);
	const char *end = lines->line + lines->size;
	g_autofree char *label = NULL, *text = NULL;

	if (!g_utf8_validate(lines->line, (gssize)lines->size, NULL))
		return corpus_fail(error, &lines->place,
		                   "not UTF-8; convert the file with iconv(1)");
	if (tab == NULL)
		return corpus_fail(error, &lines->place,
		                   "no TAB; a line is: label TAB text");
	label = g_strndup(lines->line, (gsize)(tab - lines->line));
	text = text_sanitise(tab + 1, (size_t)(end - tab - 1),
	                     LIMIT_ANALYSE_TEXT, NULL);
	if (is_blank(text, strlen(text)))
		return corpus_fail(
			error, &lines->place,
			"no text behind the label; take the line out");
	draft.text = text;
	return corpus_label_asked(reader, &lines->place, &draft, label,
	                          error) &&
	       corpus_add(reader, &draft, error);
}

bool
corpus_read_tsv(CorpusReader *reader, const char *name, const char *bytes,
                size_t size, GError **error)
{
	CorpusLines lines = corpus_lines(name, bytes, size);
	GError *cause = NULL;

	if (!corpus_has_finding(reader, name, error))
		return false;
	while (corpus_next_line(&lines, &cause))
		if (!read_row(reader, &lines, error))
			return false;
	if (cause != NULL)
		g_propagate_error(error, cause);
	return cause == NULL;
}
