/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tree of parts is found by our own pass over the lines; GMime reads what
 * stands inside one bounded header value or one leaf.
 *
 * Tried and rejected: GMime's parser for the tree. Its cost is not bounded by
 * the size of the mail (10^6 empty parts: seven seconds and 1.4 GB), it reads
 * addresses nobody asked for and leaks on hostile ones, and a limit checked by
 * one parser on behalf of another holds only as long as both agree on what a
 * boundary is. Here the parser that counts is the parser that decides.
 */
#include "message/mime.h"

#include <string.h>

#include "base/limits.h"
#include "gmime_auto.h"
#include "message/message.h"
#include "message/prescan.h"
#include "mime_fields.h"

struct Mime {
	const char *bytes;
	size_t size;
	GArray *parts;
};

/* A multipart whose end has not been seen. */
typedef struct Open {
	int part;
	char *boundary;
	size_t size;
} Open;

typedef struct Walk {
	Mime *mime;
	size_t at;
	int leaf; /* the leaf that takes the lines, or -1 */
	unsigned depth;
	Open open[LIMIT_MIME_DEPTH];
} Walk;

typedef struct Line {
	const char *text;
	size_t size; /* without the line end */
	size_t next;
} Line;

static MimePart *
part_at(const Mime *mime, int i)
{
	return &g_array_index(mime->parts, MimePart, i);
}

static bool
refuse(GError **error, MessageError code)
{
	g_set_error(error, MESSAGE_ERROR, (int)code, "limit exceeded: %s",
	            message_limit_name((int)code));
	return false;
}

static const char *
default_type(const Walk *walk)
{
	const MimePart *parent;

	if (walk->depth == 0)
		return "text/plain";
	parent = part_at(walk->mime, walk->open[walk->depth - 1].part);
	if (strcmp(parent->type, "multipart/digest") == 0)
		return "message/rfc822";
	return "text/plain";
}

static bool
open_multipart(Walk *walk, int index, char *boundary, GError **error)
{
	Open *open;

	if (strlen(boundary) > LIMIT_MIME_BOUNDARY)
		return refuse(error, MESSAGE_ERROR_BOUNDARY);
	if (walk->depth >= LIMIT_MIME_DEPTH)
		return refuse(error, MESSAGE_ERROR_DEPTH);
	open = &walk->open[walk->depth++];
	*open = (Open){ index, g_strdup(boundary), strlen(boundary) };
	part_at(walk->mime, index)->kind = MIME_MULTIPART;
	walk->leaf = -1;
	return true;
}

/* A part whose header starts at walk->at. */
static bool
begin_part(Walk *walk, GError **error)
{
	Mime *mime = walk->mime;
	MimePart part = { .header = walk->at, .end = mime->size };
	bool top = mime->parts->len == 0;
	PrescanHeader header;
	g_autofree char *boundary = NULL;

	if (mime->parts->len >= LIMIT_MIME_PARTS)
		return refuse(error, MESSAGE_ERROR_PARTS);
	if (!prescan_header(mime->bytes + walk->at, mime->size - walk->at, top,
	                    &header, error))
		return false;
	part.parent = top ? -1 : walk->open[walk->depth - 1].part;
	part.depth = walk->depth;
	part.body = walk->at + header.body;
	boundary = mime_fields_read(&part, &header, default_type(walk));
	walk->at = part.body;
	walk->leaf = (int)mime->parts->len;
	g_array_append_val(mime->parts, part);
	if (boundary == NULL || *boundary == '\0')
		return true;
	return open_multipart(walk, walk->leaf, boundary, error);
}

static Line
line_at(const Mime *mime, size_t at)
{
	const char *end = memchr(mime->bytes + at, '\n', mime->size - at);
	Line line = { mime->bytes + at, mime->size - at, mime->size };

	if (end != NULL) {
		line.size = (size_t)(end - line.text);
		line.next = at + line.size + 1;
	}
	return line;
}

static bool
is_blank(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
			return false;
	return true;
}

/* Is it the delimiter of `open` (RFC 2046 5.1.1)? */
static bool
delimits(const Open *open, const Line *line, bool *ret_last)
{
	const char *rest = line->text + 2 + open->size;
	size_t size;

	if (line->size < 2 + open->size ||
	    memcmp(line->text + 2, open->boundary, open->size) != 0)
		return false;
	size = line->size - 2 - open->size;
	*ret_last = size >= 2 && rest[0] == '-' && rest[1] == '-';
	if (*ret_last)
		return is_blank(rest + 2, size - 2);
	return is_blank(rest, size);
}

/* Index into walk->open of the innermost multipart delimited here, or -1. */
static int
match_delimiter(const Walk *walk, const Line *line, bool *ret_last)
{
	if (line->size < 3 || line->text[0] != '-' || line->text[1] != '-')
		return -1;
	for (int i = (int)walk->depth - 1; i >= 0; i--)
		if (delimits(&walk->open[i], line, ret_last))
			return i;
	return -1;
}

/* The line end before a delimiter belongs to the delimiter. */
static size_t
content_end(const Mime *mime, size_t body, size_t at)
{
	if (at > body && mime->bytes[at - 1] == '\n')
		at--;
	if (at > body && mime->bytes[at - 1] == '\r')
		at--;
	return at;
}

static void
close_leaf(Walk *walk)
{
	MimePart *part;

	if (walk->leaf < 0)
		return;
	part = part_at(walk->mime, walk->leaf);
	part->end = content_end(walk->mime, part->body, walk->at);
	walk->leaf = -1;
}

/* Closes what is open until `depth` multiparts are. */
static void
close_multiparts(Walk *walk, unsigned depth)
{
	while (walk->depth > depth) {
		Open *open = &walk->open[--walk->depth];
		MimePart *part = part_at(walk->mime, open->part);

		part->end = MAX(walk->at, part->body);
		g_clear_pointer(&open->boundary, g_free);
	}
}

static bool
take_line(Walk *walk, GError **error)
{
	Line line = line_at(walk->mime, walk->at);
	bool last = false;
	int i = match_delimiter(walk, &line, &last);

	if (i < 0) {
		walk->at = line.next;
		return true;
	}
	close_leaf(walk);
	close_multiparts(walk, (unsigned)i + 1);
	walk->at = line.next;
	if (!last)
		return walk->at == walk->mime->size || begin_part(walk, error);
	close_multiparts(walk, (unsigned)i);
	return true;
}

/* A last line that ends with the closing delimiter, the line end before it
 * forgotten: not text of the mail. */
static void
trim_unclosed(Walk *walk)
{
	const Open *open;
	MimePart *part;
	const char *tail;
	size_t size;

	if (walk->leaf < 0 || walk->depth == 0)
		return;
	open = &walk->open[walk->depth - 1];
	part = part_at(walk->mime, walk->leaf);
	size = part->end - part->body;
	while (size > 0 &&
	       g_ascii_isspace(walk->mime->bytes[part->body + size - 1]))
		size--;
	if (size < open->size + 4)
		return;
	tail = walk->mime->bytes + part->body + size - open->size - 4;
	if (memcmp(tail, "--", 2) == 0 &&
	    memcmp(tail + 2, open->boundary, open->size) == 0 &&
	    memcmp(tail + 2 + open->size, "--", 2) == 0)
		part->end = (size_t)(tail - walk->mime->bytes);
}

static bool
walk_lines(Walk *walk, GError **error)
{
	if (!begin_part(walk, error))
		return false;
	while (walk->depth > 0 && walk->at < walk->mime->size)
		if (!take_line(walk, error))
			return false;
	return true;
}

static void
clear_part(gpointer data)
{
	MimePart *part = data;

	g_free(part->type);
	g_free(part->charset);
	g_free(part->method);
}

Mime *
mime_parse(const char *bytes, size_t size, GError **error)
{
	g_autoptr(Mime) mime = g_new0(Mime, 1);
	Walk walk = { .mime = mime, .leaf = -1 };
	bool done;

	mime->bytes = bytes;
	mime->size = size;
	mime->parts = g_array_new(FALSE, FALSE, sizeof(MimePart));
	g_array_set_clear_func(mime->parts, clear_part);
	done = walk_lines(&walk, error);
	trim_unclosed(&walk);
	walk.at = size;
	close_multiparts(&walk, 0);
	return done ? g_steal_pointer(&mime) : NULL;
}

void
mime_free(Mime *mime)
{
	if (mime == NULL)
		return;
	g_array_unref(mime->parts);
	g_free(mime);
}

size_t
mime_count(const Mime *mime)
{
	return mime->parts->len;
}

const MimePart *
mime_part(const Mime *mime, size_t i)
{
	return part_at(mime, (int)i);
}

/* Is there a character on the first line of text that base64 has not? Then it
 * was declared and never done, and the text stands as it is. */
static bool
is_not_base64(const char *body, size_t size)
{
	size_t i = 0;

	while (i < size && g_ascii_isspace(body[i]))
		i++;
	for (; i < size && body[i] != '\n' && body[i] != '\r'; i++)
		if (!g_ascii_isalnum(body[i]) &&
		    strchr("+/= \t", body[i]) == NULL)
			return true;
	return false;
}

/* Encoded bytes that hold `max` decoded ones: quoted-printable takes three for
 * one, base64 four for three, and line ends come on top. */
static size_t
encoded_size(const MimePart *part, size_t max)
{
	size_t size = part->end - part->body;

	return max < size / 4 ? max * 4 : size;
}

char *
mime_decode(const Mime *mime, const MimePart *part, size_t max,
            size_t *ret_size)
{
	const char *body = mime->bytes + part->body;
	size_t size = encoded_size(part, max);
	GMimeContentEncoding encoding = (GMimeContentEncoding)part->encoding;
	GMimeEncoding state;
	char *content;
	size_t n;

	if (encoding == GMIME_CONTENT_ENCODING_BASE64 &&
	    is_not_base64(body, size))
		encoding = GMIME_CONTENT_ENCODING_8BIT;
	g_mime_encoding_init_decode(&state, encoding);
	content = g_malloc(g_mime_encoding_outlen(&state, size) + 1);
	n = g_mime_encoding_flush(&state, body, size, content);
	*ret_size = MIN(n, max);
	content[*ret_size] = '\0';
	return content;
}
