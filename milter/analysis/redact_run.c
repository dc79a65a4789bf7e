/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marks between the groups are read as people write them, no-break blanks and
 * typographic hyphens too; three at most, "030 / 12345" and "+45 (0) 12".
 */
#include "redact_run.h"

#include <string.h>

/* ------------------------------------------------------------ reading it */

char
redact_mark_at(const RedactScan *scan, size_t at, size_t *ret_bytes)
{
	static const struct {
		char bytes[4];
		char mark;
	} marks[] = {
		{ " ", ' ' },
		{ "-", '-' },
		{ ".", '.' },
		{ "/", '/' },
		{ "(", '(' },
		{ ")", ')' },
		{ "\xc2\xa0", ' ' },
		{ "\xe2\x80\x91", '-' },
		{ "\xe2\x80\x93", '-' },
		{ "\xe2\x80\x90", '-' },
		{ "\xe2\x80\x92", '-' },
		{ "\xe2\x88\x92", '-' },
		{ "\xe2\x80\x87", ' ' },
		{ "\xe2\x80\xaf", ' ' },
		{ "\xe2\x80\x89", ' ' },
		{ "\t", ' ' },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		size_t n = strnlen(marks[i].bytes, sizeof(marks[i].bytes));

		if (scan->size - at >= n &&
		    memcmp(scan->text + at, marks[i].bytes, n) == 0) {
			*ret_bytes = n;
			return marks[i].mark;
		}
	}
	return '\0';
}

/* Over at most three marks, of which one may be no blank; the digit after them
 * or `at` itself. */
static size_t
skip_marks(const RedactScan *scan, size_t at, char *ret_mark)
{
	size_t from = at, n = 0;
	char strongest = ' ';

	/* A Swede of a hundred years: 181218+9876. */
	if (redact_byte(scan, at) == '+' &&
	    g_ascii_isdigit(redact_byte(scan, at + 1))) {
		*ret_mark = '+';
		return at + 1;
	}
	for (unsigned i = 0; i < 3; i++) {
		char mark =
			at < scan->size ? redact_mark_at(scan, at, &n) : '\0';

		if (mark == '\0')
			break;
		if (mark != ' ')
			strongest = mark;
		at += n;
	}
	*ret_mark = strongest;
	return g_ascii_isdigit(redact_byte(scan, at)) ? at : from;
}

static bool
read_group(RedactRun *run, size_t *at, char before)
{
	RedactGroup *group = &run->group[run->n];
	unsigned first = run->n == 0 ? 0 : group[-1].first + group[-1].n;
	unsigned n = 0;

	while (first + n < REDACT_DIGITS_MAX &&
	       g_ascii_isdigit(redact_byte(run->scan, *at + n))) {
		run->digits[first + n] = run->scan->text[*at + n];
		n++;
	}
	if (n == 0 || g_ascii_isdigit(redact_byte(run->scan, *at + n)))
		return false;
	*group = (RedactGroup){ *at, *at + n, first, n, before };
	run->n++;
	*at += n;
	return true;
}

void
redact_run_read(RedactRun *run)
{
	const RedactScan *scan = run->scan;
	size_t at = run->start;
	char mark = '\0';

	run->plus = redact_byte(scan, at) == '+';
	at += run->plus;
	run->bracket = redact_byte(scan, at) == '(';
	at += run->bracket;
	if (run->bracket && redact_byte(scan, at) == '+') {
		run->plus = true;
		at++;
	}
	while (run->n < REDACT_GROUPS_MAX && read_group(run, &at, mark)) {
		size_t next = skip_marks(scan, at, &mark);

		if (next == at)
			break;
		at = next;
	}
}

/* --------------------------------------------------------------- its form */

bool
redact_shaped(const RedactPiece *piece, const char *form)
{
	if (strlen(form) != piece->groups)
		return false;
	for (unsigned i = 0; i < piece->groups; i++)
		if (piece->group[i].n != (unsigned)(form[i] - '0'))
			return false;
	return true;
}

char
redact_only_mark(const RedactPiece *piece)
{
	for (unsigned i = 2; i < piece->groups; i++)
		if (piece->group[i].before != piece->group[1].before)
			return '\0';
	return piece->groups < 2 ? '\0' : piece->group[1].before;
}

static unsigned
number(const RedactPiece *piece, unsigned group)
{
	unsigned value = 0;

	for (unsigned i = 0; i < piece->group[group].n && i < 6; i++)
		value = value * 10 +
		        (unsigned)(piece->run
		                           ->digits[piece->group[group].first +
		                                    i] -
		                   '0');
	return value;
}

static bool
are_years(const RedactPiece *piece)
{
	unsigned a = number(piece, 0) / 100, b = number(piece, 1) / 100;

	return a >= 19 && a <= 20 && b >= 19 && b <= 20;
}

static bool
begins_with_year(const RedactPiece *piece)
{
	return piece->group[0].n == 4 && number(piece, 0) / 100 >= 19 &&
	       number(piece, 0) / 100 <= 20 && number(piece, 1) <= 12;
}

static bool
ends_with_year(const RedactPiece *piece)
{
	return piece->group[0].n <= 2 && piece->group[1].n <= 2 &&
	       (piece->group[2].n == 2 || piece->group[2].n == 4) &&
	       number(piece, 0) <= 31 && number(piece, 1) <= 31;
}

bool
redact_is_date(const RedactPiece *piece)
{
	char mark = redact_only_mark(piece);

	if (redact_shaped(piece, "44"))
		return are_years(piece);
	return piece->groups == 3 && mark != '\0' &&
	       strchr("-./", mark) != NULL &&
	       (begins_with_year(piece) || ends_with_year(piece));
}
