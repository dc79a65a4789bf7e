/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Line by line: quote depth, space stuffing, soft break. A soft break before
 * a line of another depth is an error of the writer and ends the paragraph
 * (RFC 3676 4.5); "-- " is never flowed (4.3).
 */
#include "flowed.h"

#include <glib.h>
#include <string.h>

typedef struct Flow {
	GString *out;
	bool delsp;
	bool open;      /* the last line ended with a soft break */
	unsigned depth; /* of the last line */
} Flow;

static void
start_paragraph(Flow *flow, unsigned depth)
{
	if (flow->open)
		g_string_append_c(flow->out, '\n');
	if (depth > 0) {
		for (unsigned i = 0; i < depth; i++)
			g_string_append_c(flow->out, '>');
		g_string_append_c(flow->out, ' ');
	}
}

/* RFC 3676 4.2, 4.4: the quote marks, then one blank that was stuffed. */
static unsigned
strip_marks(const char **line, size_t *size)
{
	unsigned depth = 0;

	while (*size > 0 && **line == '>') {
		depth++;
		(*line)++;
		(*size)--;
	}
	if (*size > 0 && **line == ' ') {
		(*line)++;
		(*size)--;
	}
	return depth;
}

static void
take_line(Flow *flow, const char *line, size_t size)
{
	unsigned depth = strip_marks(&line, &size);
	bool signature = size == 3 && memcmp(line, "-- ", 3) == 0;
	bool soft = !signature && size > 0 && line[size - 1] == ' ';

	if (!flow->open || depth != flow->depth || signature)
		start_paragraph(flow, depth);
	g_string_append_len(flow->out, line,
	                    (gssize)(size - (soft && flow->delsp)));
	if (!soft)
		g_string_append_c(flow->out, '\n');
	flow->open = soft;
	flow->depth = depth;
}

char *
flowed_unwrap(const char *text, size_t size, bool delsp, size_t *ret_size)
{
	Flow flow = { .out = g_string_sized_new(size + 1), .delsp = delsp };
	size_t at = 0;

	while (at < size) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t next = end == NULL ? size : (size_t)(end - text) + 1;
		size_t n = (end == NULL ? size : next - 1) - at;

		if (n > 0 && text[at + n - 1] == '\r')
			n--;
		take_line(&flow, text + at, n);
		at = next;
	}
	*ret_size = flow.out->len;
	return g_string_free(flow.out, FALSE);
}
