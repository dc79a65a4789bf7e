/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Most mail is ASCII or UTF-8 and windows-1252 most of the rest: these are
 * done here without iconv. For all others glibc's iconv is used; as it loads a
 * shared object per charset when first asked, charset_init() asks for each and
 * keeps the descriptor for the life of the process, only to keep the object.
 */
#include "message/charset.h"

#include <errno.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "charset_labels.h"

/* Bytes without meaning after which a label is taken for wrong; each costs
 * iconv microseconds. */
#define ERRORS_MAX 1000
/* More than names in the table. */
#define CONVERTERS_MAX 80
#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

typedef struct Output {
	char *text;
	size_t size;
	size_t max;   /* falls to `size` when something did not fit */
	size_t whole; /* what `max` was */
} Output;

/* windows-1252, 0x80 to 0x9f; the holes are C1 controls, as browsers do. */
static const gunichar cp1252_high[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* Of the process; volatile, as only their being there matters. */
static GIConv volatile converters[CONVERTERS_MAX];

void
charset_init(void)
{
	static gsize done;
	size_t n;
	size_t n_converters = 0;
	const CharsetLabel *labels = charset_labels(&n);

	if (!g_once_init_enter(&done))
		return;
	for (size_t i = 0; i < n && n_converters < CONVERTERS_MAX; i++) {
		/* All labels of one name stand together. */
		if (i == 0 || strcmp(labels[i].name, labels[i - 1].name) != 0)
			converters[n_converters++] =
				g_iconv_open("UTF-8", labels[i].name);
	}
	g_once_init_leave(&done, 1);
}

/* The label in lower case with letters and digits only. */
static void
label_key(const char *label, char *ret_key, size_t size)
{
	size_t n = 0;

	for (; *label != '\0' && *label != '$' && n + 1 < size; label++)
		if (g_ascii_isalnum(*label))
			ret_key[n++] = g_ascii_tolower(*label);
	ret_key[n] = '\0';
}

const char *
charset_name(const char *label)
{
	char key[32];
	size_t n;
	const CharsetLabel *labels = charset_labels(&n);

	if (label == NULL)
		return NULL;
	label_key(label, key, sizeof(key));
	for (size_t i = 0; i < n; i++)
		if (strcmp(labels[i].key, key) == 0)
			return labels[i].name;
	return NULL;
}

static bool
is_ascii(const char *bytes, size_t size)
{
	guchar seen = 0;

	for (size_t i = 0; i < size; i++)
		seen |= (guchar)bytes[i];
	return seen < 0x80;
}

/* Valid UTF-8, but for a character that the end may have cut; that needs
 * another character to speak for it. */
static bool
is_utf8(const char *bytes, size_t size)
{
	const char *p = bytes;
	const char *end = bytes + size;
	const char *bad;

	while (!g_utf8_validate(p, end - p, &bad)) {
		if (bad < end && *bad == '\0')
			p = bad + 1;
		else
			return end - bad <= 3 &&
			       !is_ascii(bytes, (size_t)(bad - bytes)) &&
			       g_utf8_get_char_validated(bad, end - bad) ==
			               (gunichar)-2;
	}
	return true;
}

static bool
has_prefix(const char *bytes, size_t size, const char *prefix, size_t n)
{
	return size >= n && memcmp(bytes, prefix, n) == 0;
}

/* UTF-16 without a mark: Latin text has its zeros in the high bytes. */
static const char *
guess_utf16(const char *bytes, size_t size)
{
	size_t zeros[2] = { 0, 0 };

	if (has_prefix(bytes, size, "\xfe\xff", 2))
		return "utf-16be";
	if (has_prefix(bytes, size, "\xff\xfe", 2))
		return "utf-16le";
	for (size_t i = 0; i < size; i++)
		zeros[i & 1] += bytes[i] == '\0';
	return zeros[0] > zeros[1] ? "utf-16be" : "utf-16le";
}

static const char *
guess(const char *bytes, size_t size, bool ascii)
{
	const char *escape;

	if (has_prefix(bytes, size, "\xfe\xff", 2) ||
	    has_prefix(bytes, size, "\xff\xfe", 2))
		return guess_utf16(bytes, size);
	if (!ascii)
		return is_utf8(bytes, size) ? "utf-8" : "windows-1252";
	escape = size > 0 ? memchr(bytes, '\x1b', size) : NULL;
	if (escape != NULL &&
	    has_prefix(escape, size - (size_t)(escape - bytes), "\x1b$", 2))
		return "iso-2022-jp";
	return "us-ascii";
}

/* Can pure ASCII mean anything but itself in it? */
static bool
is_ascii_superset(const char *name)
{
	return !g_str_has_prefix(name, "utf-16") &&
	       !g_str_has_prefix(name, "utf-32") &&
	       !g_str_has_prefix(name, "iso-2022") &&
	       strcmp(name, "utf-7") != 0;
}

/* Bytes beyond ASCII, of which none is UTF-8: a program that declares it in a
 * site of latin1. What the end may have cut speaks for neither. */
static bool
is_never_utf8(const char *bytes, size_t size)
{
	bool never = false;

	for (size_t i = 0; i < size; i++) {
		gunichar c;

		if ((guchar)bytes[i] < 0x80)
			continue;
		c = g_utf8_get_char_validated(bytes + i, (gssize)(size - i));
		if (c != (gunichar)-1 && c != (gunichar)-2)
			return false;
		never |= c == (gunichar)-1;
	}
	return never;
}

static const char *
choose(const char *label, const char *bytes, size_t size, bool ascii)
{
	const char *name = charset_name(label);

	if (name == NULL)
		return guess(bytes, size, ascii);
	if (!ascii && strcmp(name, "utf-8") == 0 && is_never_utf8(bytes, size))
		return "windows-1252";
	/* No text of latin1 is UTF-8 by chance: "Ã¥" is no word's. */
	if (!ascii && strcmp(name, "windows-1252") == 0 && is_utf8(bytes, size))
		return "utf-8";
	if (strcmp(name, "utf-16") == 0)
		return guess_utf16(bytes, size);
	return name;
}

static void
put(Output *output, const char *bytes, size_t size)
{
	if (size > output->max - output->size) {
		output->max = output->size; /* full: nothing more, ever */
		return;
	}
	memcpy(output->text + output->size, bytes, size);
	output->size += size;
}

static size_t
ascii_run(const char *bytes, size_t size)
{
	size_t n = 0;

	while (n < size && (guchar)bytes[n] < 0x80)
		n++;
	return n;
}

static void
convert_cp1252(Output *output, const char *bytes, size_t size)
{
	size_t i = 0;

	while (i < size) {
		size_t run = ascii_run(bytes + i, size - i);
		char utf8[6];
		guchar c;
		int n;

		put(output, bytes + i, MIN(run, output->max - output->size));
		i += run;
		if (i == size)
			break;
		c = (guchar)bytes[i++];
		n = g_unichar_to_utf8(c < 0xa0 ? cp1252_high[c - 0x80] : c,
		                      utf8);
		put(output, utf8, (size_t)n);
	}
}

/* Bytes to pass over after one that means nothing. */
static size_t
unit(const char *name)
{
	if (g_str_has_prefix(name, "utf-16"))
		return 2;
	return g_str_has_prefix(name, "utf-32") ? 4 : 1;
}

static bool
is_converted(const char *name)
{
	return strcmp(name, "utf-8") != 0 && strcmp(name, "us-ascii") != 0 &&
	       strcmp(name, "windows-1252") != 0;
}

/* False when there are so many errors that it cannot be that charset. */
static bool
convert_iconv(Output *output, const char *name, const char *bytes, size_t size)
{
	GIConv converter = g_iconv_open("UTF-8", name);
	char *in = (char *)bytes; /* iconv() does not write there */
	size_t left = size;
	unsigned errors = 0;

	if (converter == (GIConv)-1)
		return false;
	while (left > 0 && errors < ERRORS_MAX) {
		char *out = output->text + output->size;
		size_t room = output->max - output->size;
		size_t skip = unit(name);

		/* EINVAL: the end cut a character, which is no error of
		 * the sender's. */
		if (g_iconv(converter, &in, &left, &out, &room) != (size_t)-1 ||
		    errno == E2BIG || errno == EINVAL)
			left = 0;
		output->size = (size_t)(out - output->text);
		if (left == 0)
			break;
		put(output, REPLACEMENT, 3);
		errors++;
		skip = MIN(skip, left);
		in += skip;
		left -= skip;
	}
	g_iconv_close(converter);
	return errors < ERRORS_MAX;
}

static const char *
convert(Output *output, const char *name, const char *bytes, size_t size,
        bool ascii)
{
	bool plain = ascii && is_ascii_superset(name);

	if (!plain && is_converted(name)) {
		if (convert_iconv(output, name, bytes, size))
			return name;
		output->size = 0;
		output->max = output->whole;
		name = is_utf8(bytes, size) ? "utf-8" : "windows-1252";
	}
	if (strcmp(name, "windows-1252") == 0 && !plain)
		convert_cp1252(output, bytes, size);
	else
		put(output, bytes, MIN(size, output->max));
	return name;
}

char *
charset_to_utf8(const char *label, const char *bytes, size_t size, size_t max,
                size_t *ret_size, const char **ret_name)
{
	bool ascii = is_ascii(bytes, size);
	const char *name = choose(label, size == 0 ? "" : bytes, size, ascii);
	Output output = { .max = MIN(max, size * 4 + 16) };

	output.whole = output.max;
	output.text = g_malloc(output.max + 1);
	if (size > 0)
		name = convert(&output, name, bytes, size, ascii);
	output.text[output.size] = '\0';
	*ret_size = output.size;
	if (ret_name != NULL)
		*ret_name = name;
	return output.text;
}
