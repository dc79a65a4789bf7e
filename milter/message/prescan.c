/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts are upper bounds taken from raw bytes, without understanding syntax
 * that an attacker could bend: every `;` of a Content- field is a parameter,
 * every `=?` an encoded word. Only the commas of address fields heed quotes,
 * as "Last, First" <a@b> is everyday mail; in a value whose quotes or comments
 * never end they count as well.
 */
#include "message/prescan.h"

#include <string.h>

#include "base/limits.h"
#include "message/message.h"

typedef struct Scan {
	const char *bytes;
	size_t size;
	size_t at;
	bool top;
	PrescanHeader header;
} Scan;

/* One field with its continuation lines. */
typedef struct RawField {
	const char *name;
	size_t name_size;
	const char *value;
	size_t value_size;
} RawField;

static bool
refuse(GError **error, MessageError code)
{
	g_set_error(error, MESSAGE_ERROR, (int)code, "limit exceeded: %s",
	            message_limit_name((int)code));
	return false;
}

/* Offset of the line after the one at `at`. */
static size_t
next_line(const Scan *scan, size_t at)
{
	const char *end = memchr(scan->bytes + at, '\n', scan->size - at);

	return end == NULL ? scan->size : (size_t)(end - scan->bytes) + 1;
}

static bool
is_folded(const Scan *scan, size_t at)
{
	return at < scan->size &&
	       (scan->bytes[at] == ' ' || scan->bytes[at] == '\t');
}

/* Size of the field name at `start`, and where its colon is; 0: no field. */
static size_t
name_size(const char *start, size_t size, size_t *ret_colon)
{
	size_t n = 0;
	size_t colon;

	while (n < size && start[n] > ' ' && start[n] < 127 && start[n] != ':')
		n++;
	colon = n;
	while (colon < size && (start[colon] == ' ' || start[colon] == '\t'))
		colon++;
	*ret_colon = colon;
	return colon < size && start[colon] == ':' ? n : 0;
}

/* The field at scan->at, which then moves past it; false: no header line. */
static bool
take_field(Scan *scan, RawField *ret_field)
{
	const char *start = scan->bytes + scan->at;
	size_t next = next_line(scan, scan->at);
	size_t colon;
	size_t n = name_size(start, next - scan->at, &colon);

	if (n == 0 || (!scan->top && start[0] == '-' && start[1] == '-'))
		return false;
	while (is_folded(scan, next))
		next = next_line(scan, next);
	*ret_field = (RawField){
		.name = start,
		.name_size = n,
		.value = start + colon + 1,
		.value_size = next - scan->at - colon - 1,
	};
	scan->at = next;
	return true;
}

static bool
named(const RawField *field, const char *name)
{
	return field->name_size == strlen(name) &&
	       g_ascii_strncasecmp(field->name, name, field->name_size) == 0;
}

static bool
is_address_field(const RawField *field)
{
	static const char *const names[] = {
		"From",
		"To",
		"Cc",
		"Bcc",
		"Reply-To",
		"Sender",
		"Resent-From",
		"Resent-To",
		"Resent-Cc",
		"Resent-Bcc",
		"Mail-Followup-To",
		"Disposition-Notification-To",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (named(field, names[i]))
			return true;
	return false;
}

static size_t
count_encoded_words(const RawField *field)
{
	const char *end = field->value + field->value_size;
	const char *p = field->value;
	size_t count = 0;

	while (p < end && (p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		if (p + 1 < end && p[1] == '?' &&
		    !(p > field->value && p[-1] == '?'))
			count++;
		p++;
	}
	return count;
}

static size_t
count_byte(const RawField *field, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < field->value_size; i++)
		count += field->value[i] == byte;
	return count;
}

/* Outside of quoted strings and comments? */
typedef struct Syntax {
	unsigned comment;
	bool quoted;
} Syntax;

static void
take_syntax(Syntax *syntax, char c)
{
	if (c == '"' && syntax->comment == 0)
		syntax->quoted = !syntax->quoted;
	if (c == '(' && !syntax->quoted)
		syntax->comment++;
	if (c == ')' && !syntax->quoted && syntax->comment > 0)
		syntax->comment--;
}

static bool
is_outside(const Syntax *syntax)
{
	return !syntax->quoted && syntax->comment == 0;
}

/* One more than the commas outside quotes and comments. */
static size_t
count_addresses(const RawField *field)
{
	Syntax syntax = { 0, false };
	size_t count = 1;
	size_t all = 1;

	for (size_t i = 0; i < field->value_size; i++) {
		char c = field->value[i];

		if (c == '\\') {
			i++;
			continue;
		}
		take_syntax(&syntax, c);
		if (c == ',' || c == ';') {
			all++;
			count += is_outside(&syntax);
		}
	}
	return is_outside(&syntax) ? count : all;
}

static void
keep_field(PrescanField *kept, const RawField *field)
{
	if (kept->value != NULL)
		return;
	kept->value = field->value;
	kept->size = field->value_size;
}

static bool
take_content_field(PrescanHeader *header, const RawField *field, GError **error)
{
	if (count_byte(field, ';') > LIMIT_HEADER_PARAMETERS)
		return refuse(error, MESSAGE_ERROR_PARAMETERS);
	if (named(field, "Content-Type"))
		keep_field(&header->type, field);
	else if (named(field, "Content-Transfer-Encoding"))
		keep_field(&header->encoding, field);
	else if (named(field, "Content-Disposition"))
		keep_field(&header->disposition, field);
	return true;
}

static bool
check_addresses(PrescanHeader *header, const RawField *field, GError **error)
{
	size_t count = count_addresses(field);

	header->addresses += count;
	if (count > LIMIT_ADDRESSES_PER_HEADER ||
	    header->addresses > LIMIT_ADDRESSES)
		return refuse(error, MESSAGE_ERROR_ADDRESSES);
	return true;
}

static bool
check_field(Scan *scan, const RawField *field, GError **error)
{
	PrescanHeader *header = &scan->header;

	if (++header->fields > LIMIT_HEADER_FIELDS)
		return refuse(error, MESSAGE_ERROR_HEADER_FIELDS);
	if (scan->at > LIMIT_HEADER_BYTES)
		return refuse(error, MESSAGE_ERROR_HEADER_BYTES);
	if (count_encoded_words(field) > LIMIT_HEADER_ENCODED_WORDS)
		return refuse(error, MESSAGE_ERROR_ENCODED_WORDS);
	if (field->name_size > 8 &&
	    g_ascii_strncasecmp(field->name, "Content-", 8) == 0)
		return take_content_field(header, field, error);
	if (scan->top && is_address_field(field))
		return check_addresses(header, field, error);
	return true;
}

/* Past the empty line, if the header ended with one. */
static void
skip_empty_line(Scan *scan)
{
	if (scan->at < scan->size && scan->bytes[scan->at] == '\r' &&
	    scan->at + 1 < scan->size && scan->bytes[scan->at + 1] == '\n')
		scan->at++;
	if (scan->at < scan->size && scan->bytes[scan->at] == '\n')
		scan->at++;
}

bool
prescan_header(const char *bytes, size_t size, bool top,
               PrescanHeader *ret_header, GError **error)
{
	Scan scan = { .bytes = bytes, .size = size, .top = top };
	RawField field;

	if (top && size > 5 && memcmp(bytes, "From ", 5) == 0)
		scan.at = next_line(&scan, 0);
	while (scan.at < size && take_field(&scan, &field))
		if (!check_field(&scan, &field, error))
			return false;
	skip_empty_line(&scan);
	scan.header.body = scan.at;
	*ret_header = scan.header;
	return true;
}
