/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A state machine over blocks, one step a run of plain bytes. The record's
 * bytes lie one after the other in one buffer that has a limit: a line of a
 * gigabyte ends at the first megabyte.
 */
#include "orders_record.h"

#include <string.h>

typedef enum State {
	AT_START, /* of a field */
	PLAIN,
	QUOTED,
	CLOSED, /* after a quote that may be the last */
} State;

struct Records {
	OrdersText *text;
	char delimiter;
	bool stops[256]; /* bytes that end a run outside of quotes */
	const char *block, *block_end;
	State state;
	bool after_cr;
	uint64_t lines;  /* line ends seen */
	uint64_t line;   /* of this record, from 1 */
	uint64_t opened; /* line of the last opened quote */
	GString *bytes;  /* fields, each with its NUL */
	GString *spare;  /* for CP1252 */
	GArray *starts;  /* of unsigned: where a field begins */
	RecordFlaw flaw;
	unsigned flaw_at;
	bool ended;
	uint64_t western;
};

Records *
records_new(OrdersText *text, char delimiter)
{
	Records *records = g_new0(Records, 1);

	records->text = text;
	records->delimiter = delimiter;
	records->bytes = g_string_new(NULL);
	records->spare = g_string_new(NULL);
	records->starts = g_array_new(FALSE, FALSE, sizeof(unsigned));
	records->stops[(unsigned char)delimiter] = true;
	records->stops['\r'] = records->stops['\n'] = true;
	records->stops['\0'] = true;
	return records;
}

void
records_free(Records *records)
{
	if (records == NULL)
		return;
	g_string_free(records->bytes, TRUE);
	g_string_free(records->spare, TRUE);
	g_array_unref(records->starts);
	g_free(records);
}

void
records_rewind(Records *records, GChecksum *hash)
{
	orders_text_rewind(records->text, hash);
	records->block = records->block_end = NULL;
	records->state = AT_START;
	records->after_cr = false;
	records->lines = records->western = 0;
	g_string_truncate(records->bytes, 0);
	g_array_set_size(records->starts, 0);
}

static void
begin_record(Records *records)
{
	unsigned zero = 0;

	g_string_truncate(records->bytes, 0);
	g_array_set_size(records->starts, 0);
	g_array_append_val(records->starts, zero);
	records->state = AT_START;
	records->flaw = RECORD_SOUND;
	records->line = records->lines + 1;
}

static void
note_flaw(Records *records, RecordFlaw flaw)
{
	if (records->flaw != RECORD_SOUND)
		return;
	records->flaw = flaw;
	records->flaw_at = records->starts->len - 1;
}

static bool
refuse_long(const Records *records, GError **error)
{
	if (records->state == QUOTED)
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "line %" G_GUINT64_FORMAT
		            ": a quote is opened and not closed within %d "
		            "bytes; close it or double it",
		            records->opened, LIMIT_ORDERS_RECORD);
	else
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "line %" G_GUINT64_FORMAT
		            ": longer than %d bytes; is this an export of "
		            "orders?",
		            records->line, LIMIT_ORDERS_RECORD);
	return false;
}

static bool
add_bytes(Records *records, const char *bytes, size_t size, GError **error)
{
	if (records->bytes->len + size > LIMIT_ORDERS_RECORD)
		return refuse_long(records, error);
	g_string_append_len(records->bytes, bytes, (gssize)size);
	return true;
}

static bool
end_field(Records *records, GError **error)
{
	unsigned next;

	if (records->starts->len >= LIMIT_ORDERS_COLUMNS) {
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "line %" G_GUINT64_FORMAT
		            ": more than %d columns; say the delimiter with "
		            "--mapping delimiter=...",
		            records->line, LIMIT_ORDERS_COLUMNS);
		return false;
	}
	g_string_append_c(records->bytes, '\0');
	next = (unsigned)records->bytes->len;
	g_array_append_val(records->starts, next);
	records->state = AT_START;
	return true;
}

/* A run outside of quotes; returns where it ends. */
static const char *
plain_run(const Records *records, const char *at)
{
	while (at < records->block_end && !records->stops[(unsigned char)*at])
		at++;
	return at;
}

/* Inside of quotes: to the next quote, the end or a NUL, counting lines. */
static const char *
quoted_run(Records *records, const char *at)
{
	for (; at < records->block_end && *at != '"' && *at != '\0'; at++) {
		if (*at == '\n' && !records->after_cr)
			records->lines++;
		records->after_cr = *at == '\r';
		if (records->after_cr)
			records->lines++;
	}
	return at;
}

static bool
step_quoted(Records *records, GError **error)
{
	const char *from = records->block;
	const char *to = quoted_run(records, from);

	records->block = to;
	if (to > from && !add_bytes(records, from, (size_t)(to - from), error))
		return false;
	if (to == records->block_end)
		return true;
	records->after_cr = false;
	if (*to == '\0')
		note_flaw(records, RECORD_NUL);
	else
		records->state = CLOSED;
	records->block++;
	return true;
}

/* A delimiter, line end or NUL outside of quotes; true in *ret_whole when the
 * record ends with it. */
static bool
step_stop(Records *records, bool *ret_whole, GError **error)
{
	char c = *records->block++;

	if (c == records->delimiter)
		return end_field(records, error);
	if (c == '\0') {
		note_flaw(records, RECORD_NUL);
		return true;
	}
	records->after_cr = c == '\r';
	records->lines++;
	*ret_whole = true;
	return true;
}

static void
open_quote(Records *records)
{
	records->block++;
	records->state = QUOTED;
	records->after_cr = false;
	records->opened = records->lines + 1;
}

/* One step outside of quotes. */
static bool
step_plain(Records *records, bool *ret_whole, GError **error)
{
	const char *from = records->block;
	const char *to;

	if (*from == '"' && records->state == AT_START) {
		open_quote(records);
		return true;
	}
	if (*from == '"' && records->state == CLOSED) {
		records->block++;
		records->state = QUOTED; /* it was a doubled one */
		return add_bytes(records, "\"", 1, error);
	}
	to = plain_run(records, from);
	if (to == from)
		return step_stop(records, ret_whole, error);
	if (records->state == CLOSED)
		note_flaw(records, RECORD_QUOTE);
	records->state = PLAIN;
	records->block = to;
	return add_bytes(records, from, (size_t)(to - from), error);
}

static bool
end_of_text(Records *records, bool *ret_whole, GError **error)
{
	if (records->state == QUOTED) {
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "line %" G_GUINT64_FORMAT
		            ": a quote is opened and never closed; close it, "
		            "double it, or export again if the file was cut",
		            records->opened);
		return false;
	}
	if (records->bytes->len == 0 && records->state == AT_START)
		return false;
	records->ended = false;
	*ret_whole = true;
	return true;
}

/* Another block when this one is used up. False at the end or on failure. */
static bool
have_bytes(Records *records, GError **error)
{
	size_t size = 0;

	if (records->block < records->block_end)
		return true;
	if (!orders_text_next(records->text, &records->block, &size, error))
		return false;
	records->block_end = size > 0 ? records->block + size : records->block;
	return size > 0;
}

/* A record as it stands in the file, perhaps an empty line. */
static bool
read_record(Records *records, bool *ret_end, GError **error)
{
	GError *failed = NULL;
	bool whole = false;

	begin_record(records);
	while (!whole) {
		if (!have_bytes(records, &failed)) {
			*ret_end = failed == NULL;
			if (failed != NULL)
				g_propagate_error(error, failed);
			return failed == NULL &&
			       end_of_text(records, &whole, error);
		}
		if (records->state == QUOTED) {
			if (!step_quoted(records, error))
				return false;
			continue;
		}
		if (*records->block == '\n' && records->after_cr) {
			records->after_cr = false;
			records->block++;
			continue;
		}
		records->after_cr = false;
		if (!step_plain(records, &whole, error))
			return false;
	}
	records->ended = true;
	return true;
}

static bool
all_utf8(const Records *records)
{
	const char *bytes = records->bytes->str;
	unsigned char high = 0;

	for (size_t i = 0; i < records->bytes->len; i++)
		high |= (unsigned char)bytes[i];
	if (high < 0x80)
		return true;
	for (unsigned i = 0; i < records->starts->len; i++)
		if (!g_utf8_validate(records_field(records, i), -1, NULL))
			return false;
	return true;
}

/* What is no UTF-8 is of Windows: exports join files of both. */
static void
make_utf8(Records *records)
{
	GString *bytes = records->bytes;

	g_string_append_c(bytes, '\0');
	if (all_utf8(records))
		return;
	records->western++;
	g_string_truncate(records->spare, 0);
	for (unsigned i = 0; i < records->starts->len; i++) {
		unsigned *start = &g_array_index(records->starts, unsigned, i);
		const char *field = bytes->str + *start;

		*start = (unsigned)records->spare->len;
		orders_text_western(field, strlen(field), records->spare);
		g_string_append_c(records->spare, '\0');
	}
	records->bytes = records->spare;
	records->spare = bytes;
}

static bool
is_empty_line(const Records *records)
{
	return records->starts->len == 1 && records->bytes->len == 0 &&
	       records->state == AT_START && records->flaw == RECORD_SOUND;
}

bool
records_next(Records *records, GError **error)
{
	bool end = false;

	do {
		if (end || !read_record(records, &end, error))
			return false;
	} while (is_empty_line(records));
	make_utf8(records);
	return true;
}

unsigned
records_width(const Records *records)
{
	return records->starts->len;
}

char *
records_field(const Records *records, unsigned at)
{
	return records->bytes->str +
	       g_array_index(records->starts, unsigned, at);
}

RecordFlaw
records_flaw(const Records *records, unsigned *ret_at)
{
	*ret_at = records->flaw_at;
	return records->flaw;
}

uint64_t
records_line(const Records *records)
{
	return records->line;
}

bool
records_ended(const Records *records)
{
	return records->ended;
}

uint64_t
records_western(const Records *records)
{
	return records->western;
}
