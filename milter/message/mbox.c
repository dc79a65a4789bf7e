/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Most mails hold no ">From " and are lent as they stand; only one that does
 * is copied.
 */
#include "message/mbox.h"

#include <glib.h>
#include <string.h>

bool
mbox_is(const char *bytes, size_t size)
{
	return size >= 5 && memcmp(bytes, "From ", 5) == 0;
}

/* Past the line at `bytes`. */
static const char *
next_line(const char *bytes, const char *end)
{
	const char *lf = memchr(bytes, '\n', (size_t)(end - bytes));

	return lf != NULL ? lf + 1 : end;
}

static bool
line_is_empty(const char *line, const char *next)
{
	return next - line == 1 || (next - line == 2 && line[0] == '\r');
}

static bool
line_is_escaped_from(const char *line, const char *next)
{
	const char *p = line;

	while (p < next && *p == '>')
		p++;
	return p > line && mbox_is(p, (size_t)(next - p));
}

/* Where the mail at `bytes` ends: at the next separator. */
static const char *
mail_end(const char *bytes, const char *end, bool *ret_escaped)
{
	const char *line = bytes;
	bool after_empty = false;

	*ret_escaped = false;
	while (line < end) {
		const char *next = next_line(line, end);

		if (after_empty && mbox_is(line, (size_t)(next - line)))
			return line;
		if (*line == '>' && line_is_escaped_from(line, next))
			*ret_escaped = true;
		after_empty = line_is_empty(line, next);
		line = next;
	}
	return end;
}

static GString *
unescape(const char *bytes, const char *end)
{
	GString *mail = g_string_sized_new((gsize)(end - bytes));

	while (bytes < end) {
		const char *next = next_line(bytes, end);
		size_t skip = line_is_escaped_from(bytes, next) ? 1 : 0;

		g_string_append_len(mail, bytes + skip,
		                    next - bytes - (gssize)skip);
		bytes = next;
	}
	return mail;
}

void
mbox_each(const char *bytes, size_t size, MboxVisit *visit, void *data)
{
	const char *end = bytes + size;

	for (unsigned n = 1; bytes < end; n++) {
		const char *start = next_line(bytes, end);
		bool escaped;

		bytes = mail_end(start, end, &escaped);
		if (escaped) {
			GString *mail = unescape(start, bytes);

			visit(n, mail->str, mail->len, data);
			g_string_free(mail, TRUE);
		} else {
			visit(n, start, (size_t)(bytes - start), data);
		}
	}
}
