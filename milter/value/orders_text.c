/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks, so that a file of any size, or with one line of any size, costs the
 * same memory. What iconv cannot read becomes U+FFFD: the record then fails on
 * its own where that matters.
 */
#include "orders_text.h"

#include <errno.h>
#include <string.h>

#define RAW_BYTES 262144
#define TEXT_BYTES 1048576 /* of RAW_BYTES; four times as many do */
#define LOOK_BYTES 4096    /* of which the charset is guessed */

struct OrdersText {
	OrdersSource source;
	const char *charset; /* static, or `asked` */
	char *asked;
	bool passes;   /* bytes are not converted */
	unsigned mark; /* bytes of the byte order mark */
	unsigned unit; /* bytes that are skipped where iconv fails */
	GIConv iconv;  /* or -1 */
	uint64_t offset;
	GChecksum *hash;
	char *raw;
	size_t rest; /* bytes in raw not yet converted */
	char *out;
};

typedef struct Start {
	const char *bytes;
	size_t size;
	const char *what;
} Start;

/* What is no text at all, by its first bytes. */
static const Start strangers[] = {
	{ "PK\003\004", 4,
	  "a zip archive or a workbook (.xlsx, .ods); save the sheet as CSV" },
	{ "\xd0\xcf\x11\xe0", 4,
	  "an old Excel workbook (.xls); save the sheet as CSV" },
	{ "\x1f\x8b", 2, "compressed; unpack it with gunzip first" },
	{ "\x28\xb5\x2f\xfd", 4, "compressed; unpack it with unzstd first" },
	{ "%PDF", 4, "a PDF; export CSV instead" },
	{ "SQLite format 3", 15,
	  "an SQLite database; say which rows with --sql QUERY" },
	{ "{", 1, "JSON; export CSV instead" },
	{ "[{", 2, "JSON; export CSV instead" },
	{ "<", 1, "XML or HTML; export CSV instead" },
	{ "\xff\xfe\0\0", 4, "UTF-32; save it as UTF-8" },
	{ "\0\0\xfe\xff", 4, "UTF-32; save it as UTF-8" },
};

static const Start marks[] = {
	{ "\xef\xbb\xbf", 3, "UTF-8" },
	{ "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },
};

static const Start *
start_of(const Start *rows, size_t n, const char *bytes, size_t size)
{
	for (size_t i = 0; i < n; i++)
		if (size >= rows[i].size &&
		    memcmp(bytes, rows[i].bytes, rows[i].size) == 0)
			return &rows[i];
	return NULL;
}

/* UTF-16 without a mark: of European text every other byte is zero. */
static const char *
wide_charset(const char *bytes, size_t size)
{
	size_t zeros[2] = { 0, 0 };

	for (size_t i = 0; i < size; i++)
		zeros[i % 2] += bytes[i] == '\0';
	if (zeros[1] > size / 4 && zeros[0] < size / 64)
		return "UTF-16LE";
	if (zeros[0] > size / 4 && zeros[1] < size / 64)
		return "UTF-16BE";
	return NULL;
}

static bool
fail_reading(GError **error)
{
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_IO, "cannot be read: %s",
	            g_strerror(errno));
	return false;
}

/* As much as there is: a source may give less at once. -1 and errno. */
static gssize
read_full(OrdersText *text, char *buffer, size_t size, uint64_t offset)
{
	size_t got = 0;

	while (got < size) {
		gssize n = text->source.read(text->source.data, buffer + got,
		                             size - got, offset + got);

		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (gssize)got;
}

static bool
refuse_stranger(const char *bytes, size_t size, GError **error)
{
	const Start *stranger =
		start_of(strangers, G_N_ELEMENTS(strangers), bytes, size);

	if (size == 0)
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "the file is empty");
	else if (stranger != NULL)
		g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
		            "this is no CSV but %s", stranger->what);
	return size == 0 || stranger != NULL;
}

static void
guess_charset(OrdersText *text, const char *bytes, size_t size)
{
	const Start *mark = start_of(marks, G_N_ELEMENTS(marks), bytes, size);
	const char *wide = mark ? NULL : wide_charset(bytes, size);

	text->charset = "UTF-8";
	if (text->asked != NULL)
		text->charset = text->asked;
	else if (mark != NULL)
		text->charset = mark->what;
	else if (wide != NULL)
		text->charset = wide;
	if (mark != NULL &&
	    g_ascii_strncasecmp(mark->what, text->charset, 6) == 0)
		text->mark = (unsigned)mark->size;
	text->passes = g_ascii_strcasecmp(text->charset, "UTF-8") == 0;
	text->unit = g_ascii_strncasecmp(text->charset, "UTF-16", 6) ? 1 : 2;
}

static bool
open_iconv(OrdersText *text, GError **error)
{
	if (text->passes)
		return true;
	text->iconv = g_iconv_open("UTF-8", text->charset);
	if (text->iconv != (GIConv)-1)
		return true;
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_MAPPING,
	            "charset=%.40s: this system knows no such charset; "
	            "iconv -l lists them",
	            text->charset);
	return false;
}

OrdersText *
orders_text_new(const OrdersSource *source, const char *charset, GError **error)
{
	g_autoptr(OrdersText) text = g_new0(OrdersText, 1);
	gssize size;

	text->source = *source;
	text->asked = g_strdup(charset);
	text->iconv = (GIConv)-1;
	text->raw = g_malloc(RAW_BYTES);
	text->out = g_malloc(TEXT_BYTES);
	size = read_full(text, text->raw, LOOK_BYTES, 0);
	if (size < 0) {
		fail_reading(error);
		return NULL;
	}
	if (refuse_stranger(text->raw, (size_t)size, error))
		return NULL;
	guess_charset(text, text->raw, (size_t)size);
	return open_iconv(text, error) ? g_steal_pointer(&text) : NULL;
}

void
orders_text_free(OrdersText *text)
{
	if (text == NULL)
		return;
	if (text->iconv != (GIConv)-1)
		g_iconv_close(text->iconv);
	g_free(text->asked);
	g_free(text->raw);
	g_free(text->out);
	g_free(text);
}

/* Raw bytes behind those left over; what is at the start is not text. */
static bool
fill(OrdersText *text, size_t *ret_size, GError **error)
{
	char *to = text->raw + text->rest;
	gssize n = read_full(text, to, RAW_BYTES - text->rest, text->offset);

	if (n < 0)
		return fail_reading(error);
	if (text->hash != NULL)
		g_checksum_update(text->hash, (const guchar *)to, n);
	*ret_size = (size_t)n;
	return true;
}

/* One sequence that is no character: U+FFFD, and on. */
static void
step_over(OrdersText *text, char **in, size_t *left, char **out, size_t *room)
{
	size_t skip = MIN(text->unit, *left);

	memcpy(*out, "\xef\xbf\xbd", 3);
	*out += 3;
	*room -= 3;
	*in += skip;
	*left -= skip;
}

/* Converts what is in raw; keeps an unfinished character at its start. */
static size_t
convert(OrdersText *text, char *in, size_t left)
{
	char *out = text->out;
	size_t room = TEXT_BYTES;

	while (left > 0 && room > 8) {
		if (g_iconv(text->iconv, &in, &left, &out, &room) != (gsize)-1)
			break;
		if (errno != EILSEQ)
			break;
		if (room > 8)
			step_over(text, &in, &left, &out, &room);
	}
	memmove(text->raw, in, left);
	text->rest = left;
	return TEXT_BYTES - room;
}

static bool
refuse_cut(GError **error)
{
	g_set_error(error, ORDERS_ERROR, ORDERS_ERROR_FILE,
	            "the file ends within a character: it was cut; export it "
	            "again");
	return false;
}

bool
orders_text_next(OrdersText *text, const char **ret_block, size_t *ret_size,
                 GError **error)
{
	size_t size = 0, n;

	while (size == 0) {
		size_t skip = text->offset == 0 ? text->mark : 0;

		if (!fill(text, &n, error))
			return false;
		text->offset += n;
		if (n == 0 && text->rest > 0)
			return refuse_cut(error);
		if (n == 0)
			break;
		n += text->rest;
		size = text->passes ? n - MIN(skip, n)
		                    : convert(text, text->raw + skip, n - skip);
		*ret_block = text->passes ? text->raw + skip : text->out;
	}
	*ret_size = size;
	return true;
}

void
orders_text_rewind(OrdersText *text, GChecksum *hash)
{
	if (text->iconv != (GIConv)-1)
		g_iconv(text->iconv, NULL, NULL, NULL, NULL);
	text->offset = 0;
	text->rest = 0;
	text->hash = hash;
}

const char *
orders_text_charset(const OrdersText *text)
{
	return text->charset;
}

uint64_t
orders_text_bytes(const OrdersText *text)
{
	return text->offset;
}

void
orders_text_western(const char *bytes, size_t size, GString *out)
{
	/* 0x80 to 0x9f; the five that CP1252 leaves free are U+FFFD. */
	static const gunichar high[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
		0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c < 0x80)
			g_string_append_c(out, (char)c);
		else
			g_string_append_unichar(out,
			                        c < 0xa0 ? high[c - 0x80] : c);
	}
}
