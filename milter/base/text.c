/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why runs of combining marks are capped: canonical ordering, as GLib does it,
 * is quadratic in the length of such a run, and a stranger chooses the length.
 * The cap is that of Unicode's Stream-Safe Text Format (UAX 15, section 13).
 * Text without letters beyond U+0300 is in NFC already: most never pays for it.
 */
#include "base/text.h"

#include <glib.h>
#include <string.h>

enum { COMBINING_RUN_MAX = 30, PIECE_SIZE = 1024 };

typedef struct Writer {
	GString *out;
	TextNotes *notes;
	unsigned combining; /* marks since the last base character */
	bool normalise;     /* something may not be in NFC */
	bool emoji;         /* the character before was one */
} Writer;

static bool
is_control(gunichar c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f);
}

static bool
is_invisible(gunichar c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0xe0000 && c <= 0xe007f) ||
	       c == 0x061c || c == 0x2060 || c == 0xfeff || c == 0x00ad;
}

static bool
is_emoji(gunichar c)
{
	return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf);
}

/* U+200D glues emoji to one picture; anywhere else it only hides. */
static bool
joins_emoji(const Writer *writer, const char *next, const char *end)
{
	gunichar c;

	if (!writer->emoji || next >= end)
		return false;
	c = g_utf8_get_char_validated(next, end - next);
	return c != (gunichar)-1 && c != (gunichar)-2 && is_emoji(c);
}

/* Typographic marks, currency signs and pictographs stand for themselves and
 * compose with nothing, as all below U+0300 does. */
static bool
may_compose(gunichar c)
{
	return c >= 0x300 && !(c >= 0x2002 && c <= 0x20cf) &&
	       !(c >= 0x1f000 && c <= 0x1faff) && c != 0xfe0f;
}

static void
write_high(Writer *writer, gunichar c, const char *bytes, size_t size)
{
	bool mark = g_unichar_ismark(c);

	writer->combining = mark ? writer->combining + 1 : 0;
	if (writer->combining > COMBINING_RUN_MAX) {
		writer->notes->invisible++;
		return;
	}
	if (may_compose(c))
		writer->normalise = true;
	if (c != 0xfe0f)
		writer->emoji = is_emoji(c);
	g_string_append_len(writer->out, bytes, (gssize)size);
}

/* One character that is not plain ASCII; returns how many bytes it took. */
static size_t
write_character(Writer *writer, const char *p, const char *end)
{
	gunichar c = g_utf8_get_char_validated(p, end - p);
	size_t size;

	if (c == (gunichar)-1 || c == (gunichar)-2) {
		writer->notes->replaced++;
		g_string_append(writer->out, "\xef\xbf\xbd");
		return 1;
	}
	size = (size_t)(g_utf8_next_char(p) - p);
	if (is_control(c))
		writer->notes->controls++;
	else if (is_invisible(c) &&
	         !(c == 0x200d && joins_emoji(writer, p + size, end)))
		writer->notes->invisible++;
	else
		write_high(writer, c, p, size);
	return size;
}

static size_t
write_ascii(Writer *writer, const char *p, const char *end)
{
	writer->combining = 0;
	writer->emoji = false;
	if (*p == '\r') {
		if (p + 1 == end || p[1] != '\n')
			g_string_append_c(writer->out, '\n');
		return 1;
	}
	if (is_control((unsigned char)*p))
		writer->notes->controls++;
	else
		g_string_append_c(writer->out, *p);
	return 1;
}

static bool
is_plain(unsigned char c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
}

/* The run of plain ASCII at `p`, copied at once: most mail is little else. */
static const char *
write_plain(Writer *writer, const char *p, const char *end)
{
	const char *start = p;

	while (p < end && is_plain((unsigned char)*p))
		p++;
	if (p > start) {
		g_string_append_len(writer->out, start, p - start);
		writer->combining = 0;
		writer->emoji = false;
	}
	return p;
}

/* May a text be cut before `c` without changing its NFC? Marks compose with
 * what stands before them, and so do the later letters of a Hangul syllable. */
static bool
begins_anew(gunichar c)
{
	return c < 0x300 ||
	       !(g_unichar_ismark(c) || (c >= 0x1160 && c <= 0x11ff));
}

static size_t
piece_size(const char *text, size_t size)
{
	const char *p = text + PIECE_SIZE;
	const char *end = text + MIN(size, (size_t)2 * PIECE_SIZE);

	if (size <= PIECE_SIZE)
		return size;
	while (((unsigned char)*p & 0xc0) == 0x80)
		p++;
	while (p < end && !begins_anew(g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	return (size_t)(p - text);
}

/* In pieces: GLib moves all that follows with each pair it composes. */
static GString *
normalise(const GString *text)
{
	GString *out = g_string_sized_new(text->len + 1);
	size_t at = 0;

	while (at < text->len) {
		size_t size = piece_size(text->str + at, text->len - at);
		g_autofree char *piece = g_utf8_normalize(
			text->str + at, (gssize)size, G_NORMALIZE_NFC);

		g_string_append(out, piece);
		at += size;
	}
	return out;
}

static char *
finish(Writer *writer, size_t max)
{
	GString *out = writer->out;
	size_t size;
	char *text;

	if (writer->normalise) {
		out = normalise(writer->out);
		g_string_free(writer->out, TRUE);
	}
	size = out->len;
	text = g_string_free(out, FALSE);
	if (size > max) {
		text[text_cut(text, size, max)] = '\0';
		writer->notes->truncated = true;
	}
	return text;
}

char *
text_sanitise(const char *bytes, size_t size, size_t max, TextNotes *notes)
{
	TextNotes unused = { 0 };
	Writer writer = { g_string_sized_new(MIN(size, max) + 1),
		          notes != NULL ? notes : &unused, 0, false, false };
	const char *p = bytes;
	const char *end = bytes + size;

	while (p < end && writer.out->len <= max) {
		p = write_plain(&writer, p, end);
		if (p < end)
			p += (unsigned char)*p < 0x80
			             ? write_ascii(&writer, p, end)
			             : write_character(&writer, p, end);
	}
	if (p < end)
		writer.notes->truncated = true;
	return finish(&writer, max);
}

size_t
text_cut(const char *text, size_t size, size_t max)
{
	size_t cut = MIN(size, max);

	if (cut == size)
		return cut;
	while (cut > 0) {
		while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
			cut--;
		if (!g_unichar_ismark(g_utf8_get_char(text + cut)))
			break;
		if (cut > 0)
			cut--;
	}
	return cut;
}

bool
text_is_clean(const char *text, size_t max)
{
	g_autofree char *clean = text_sanitise(text, strlen(text), max, NULL);

	return strcmp(clean, text) == 0;
}

int
text_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool
text_is_printable_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e)
			return false;
	return true;
}

const char *
text_noun(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

bool
text_is_blank(const char *text)
{
	while (g_unichar_isspace(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	return *text == '\0';
}
