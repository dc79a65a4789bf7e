/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A delimiter is right when the records have as many fields as the header.
 * Counting is not enough: in a semicolon file decimal commas are many too.
 */
#include "orders_sniff.h"

#include <glib.h>
#include <string.h>

#define RECORDS_LOOKED_AT 50

typedef struct Named {
	const char *name;
	char delimiter;
} Named;

/* The earlier one wins where two fit as well. */
static const Named delimiters[] = {
	{ "semicolon", ';' },
	{ "tab", '\t' },
	{ "comma", ',' },
	{ "pipe", '|' },
};

const char *
orders_delimiter_name(char delimiter)
{
	for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++)
		if (delimiters[i].delimiter == delimiter)
			return delimiters[i].name;
	return NULL;
}

char
orders_delimiter_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++)
		if (strcmp(delimiters[i].name, name) == 0)
			return delimiters[i].delimiter;
	return '\0';
}

/* Fields of the record at *at, which is moved past it. False when it does not
 * end within the text. */
static bool
count_fields(const char **at, const char *end, char delimiter, unsigned *ret_n)
{
	bool quoted = false;
	unsigned n = 1;

	for (const char *p = *at; p < end; p++) {
		if (*p == '"')
			quoted = !quoted;
		else if (!quoted && *p == delimiter)
			n++;
		else if (!quoted && (*p == '\n' || *p == '\r')) {
			while (p < end && (*p == '\n' || *p == '\r'))
				p++;
			*at = p;
			*ret_n = n;
			return true;
		}
	}
	*ret_n = n;
	return false;
}

/* Thousandths: the header's width times the share of records like it. */
static unsigned
fit(const char *start, size_t size, char delimiter)
{
	const char *at = start, *end = start + size;
	unsigned width = 0, n = 0, alike = 0, all = 0;
	bool more = count_fields(&at, end, delimiter, &width);

	if (width < 2)
		return 0;
	while (more && all < RECORDS_LOOKED_AT) {
		more = count_fields(&at, end, delimiter, &n);
		all += more;
		alike += more && n == width;
	}
	return MIN(width, 1000) * (all > 0 ? 1 + 1000 * alike / all : 1);
}

/* Excel's own first line. */
static char
said(const char *start, size_t size)
{
	bool is = size >= 6 && g_ascii_strncasecmp(start, "sep=", 4) == 0 &&
	          (start[5] == '\n' || start[5] == '\r');

	return is && orders_delimiter_name(start[4]) ? start[4] : '\0';
}

char
orders_sniff(const char *start, size_t size, bool *ret_said)
{
	unsigned best = 0;
	char delimiter;

	/* Empty lines are nothing, before the header too. */
	for (; size > 0 && (*start == '\n' || *start == '\r'); size--)
		start++;
	delimiter = said(start, size);
	*ret_said = delimiter != '\0';
	if (*ret_said)
		return delimiter;
	for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++) {
		unsigned score = fit(start, size, delimiters[i].delimiter);

		if (score > best) {
			best = score;
			delimiter = delimiters[i].delimiter;
		}
	}
	return delimiter;
}
