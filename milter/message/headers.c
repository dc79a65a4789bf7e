/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over the lines, one arena for all names and values: the cost is the
 * bytes read, whatever they are. What is a header line is decided as Postfix's
 * is_header() does: printable ASCII but the colon, then blanks, then a colon.
 *
 * A leading mbox line ("From bo@x Tue ...") is passed over, for mails replayed
 * from files; MTAs never hand one to a filter.
 */
#include "message/headers.h"

#include <string.h>

#include "base/limits.h"
#include "message/message.h"

typedef struct Field {
	size_t name; /* offsets into the arena */
	size_t value;
	bool odd;
} Field;

struct Headers {
	GString *arena; /* strings, each with its NUL */
	GArray *fields;
	size_t body;
};

typedef struct Line {
	const char *text;
	size_t size; /* without the line end */
	size_t next; /* offset of the next line */
} Line;

static Line
line_at(const char *bytes, size_t size, size_t offset)
{
	const char *end = memchr(bytes + offset, '\n', size - offset);
	Line line = { bytes + offset, size - offset, size };

	if (end != NULL) {
		line.size = (size_t)(end - line.text);
		line.next = offset + line.size + 1;
	}
	if (line.size > 0 && line.text[line.size - 1] == '\r')
		line.size--;
	return line;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Length of the field name that the line starts with, 0 if it is none. */
static size_t
name_length(const Line *line, size_t *ret_colon)
{
	size_t n = 0;
	size_t colon;

	while (n < line->size && line->text[n] > ' ' && line->text[n] < 127 &&
	       line->text[n] != ':')
		n++;
	colon = n;
	while (colon < line->size && is_blank(line->text[colon]))
		colon++;
	if (n == 0 || colon == line->size || line->text[colon] != ':')
		return 0;
	*ret_colon = colon;
	return n;
}

static void
append_value(Headers *headers, Field *field, const char *text, size_t size)
{
	GString *arena = headers->arena;

	for (size_t i = 0; i < size; i++) {
		char c = text[i];

		if (arena->len - field->value >= (size_t)LIMIT_HEADER_VALUE) {
			field->odd = true;
			return;
		}
		g_string_append_c(arena, c == '\0' || c == '\r' ? '\x01' : c);
	}
}

static void
field_begin(Headers *headers, const Line *line, size_t n, size_t colon)
{
	GString *arena = headers->arena;
	Field field = { .name = arena->len, .odd = colon != n };
	size_t start = colon + 1;

	g_string_append_len(arena, line->text, (gssize)n);
	g_string_append_c(arena, '\0');
	field.value = arena->len;
	while (start < line->size && is_blank(line->text[start]))
		start++;
	append_value(headers, &field, line->text + start, line->size - start);
	g_array_append_val(headers->fields, field);
}

/* A continuation line; when nothing came before it, its indent goes. */
static void
field_continue(Headers *headers, const Line *line)
{
	Field *field = &g_array_index(headers->fields, Field,
	                              headers->fields->len - 1);
	size_t start = 0;

	if (headers->arena->len == field->value)
		while (start < line->size && is_blank(line->text[start]))
			start++;
	append_value(headers, field, line->text + start, line->size - start);
}

static void
field_end(Headers *headers)
{
	GString *arena = headers->arena;
	const Field *field;
	size_t end = arena->len;

	if (headers->fields->len == 0)
		return;
	field = &g_array_index(headers->fields, Field,
	                       headers->fields->len - 1);
	while (end > field->value && is_blank(arena->str[end - 1]))
		end--;
	g_string_truncate(arena, end);
	g_string_append_c(arena, '\0');
}

/* Takes one line; false when it does not belong to the header. */
static bool
take_line(Headers *headers, const Line *line)
{
	size_t colon;
	size_t n;

	if (line->size == 0)
		return false;
	if (is_blank(line->text[0])) {
		if (headers->fields->len == 0)
			return false;
		field_continue(headers, line);
		return true;
	}
	n = name_length(line, &colon);
	if (n == 0)
		return false;
	field_end(headers);
	field_begin(headers, line, n, colon);
	return true;
}

static bool
within_limits(const Headers *headers, size_t offset, GError **error)
{
	if (offset > (size_t)LIMIT_HEADER_BYTES) {
		g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_HEADER_BYTES,
		            "header longer than %d bytes", LIMIT_HEADER_BYTES);
		return false;
	}
	if (headers->fields->len > LIMIT_HEADER_FIELDS) {
		g_set_error(error, MESSAGE_ERROR, MESSAGE_ERROR_HEADER_FIELDS,
		            "more than %d header fields", LIMIT_HEADER_FIELDS);
		return false;
	}
	return true;
}

static size_t
skip_mbox_line(const char *bytes, size_t size)
{
	if (size < 5 || memcmp(bytes, "From ", 5) != 0)
		return 0;
	return line_at(bytes, size, 0).next;
}

void
headers_free(Headers *headers)
{
	if (headers == NULL)
		return;
	if (headers->arena != NULL)
		g_string_free(headers->arena, TRUE);
	if (headers->fields != NULL)
		g_array_free(headers->fields, TRUE);
	g_free(headers);
}

/* Takes lines from the mail until one is no header's. */
static bool
take_lines(Headers *headers, const char *bytes, size_t size, GError **error)
{
	size_t offset = skip_mbox_line(bytes, size);

	while (offset < size) {
		Line line = line_at(bytes, size, offset);

		if (line.size == 0) {
			offset = line.next;
			break;
		}
		if (!take_line(headers, &line))
			break;
		offset = line.next;
		if (!within_limits(headers, offset, error))
			return false;
	}
	field_end(headers);
	headers->body = offset;
	return true;
}

Headers *
headers_parse(const char *bytes, size_t size, GError **error)
{
	Headers *headers = g_new0(Headers, 1);

	headers->arena = g_string_sized_new(4096);
	headers->fields = g_array_new(FALSE, FALSE, sizeof(Field));
	if (take_lines(headers, bytes, size, error))
		return headers;
	headers_free(headers);
	return NULL;
}

size_t
headers_count(const Headers *headers)
{
	return headers->fields->len;
}

const char *
headers_name(const Headers *headers, size_t i)
{
	if (i >= headers->fields->len)
		return NULL;
	return headers->arena->str +
	       g_array_index(headers->fields, Field, i).name;
}

const char *
headers_value(const Headers *headers, size_t i)
{
	if (i >= headers->fields->len)
		return NULL;
	return headers->arena->str +
	       g_array_index(headers->fields, Field, i).value;
}

bool
headers_is_odd(const Headers *headers, size_t i)
{
	return i < headers->fields->len &&
	       g_array_index(headers->fields, Field, i).odd;
}

const char *
headers_field(const Headers *headers, const char *name, size_t n)
{
	for (size_t i = 0; i < headers->fields->len; i++) {
		if (g_ascii_strcasecmp(headers_name(headers, i), name) != 0)
			continue;
		if (n-- == 0)
			return headers_value(headers, i);
	}
	return NULL;
}

size_t
headers_body_offset(const Headers *headers)
{
	return headers->body;
}
