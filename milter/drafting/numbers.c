/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass, token by token. A token is letters and digits with the signs that
 * hold them together; what a comma or a full stop only ends is not joined.
 */
#include "numbers.h"

#include <glib.h>
#include <string.h>

#define TOKEN_MAX 64
#define CODE_DIGITS 4 /* so many alone are an order number */

typedef struct Scan {
	const char *text;
	size_t at;    /* where it reads */
	size_t taken; /* the end of the last number */
	NumberVisit *visit;
	void *data;
} Scan;

size_t
numbers_space(const char *at)
{
	if (*at == ' ')
		return 1;
	if (strncmp(at, "\xc2\xa0", 2) == 0)
		return 2;
	if (strncmp(at, "\xe2\x80\x89", 3) == 0 ||
	    strncmp(at, "\xe2\x80\xaf", 3) == 0)
		return 3;
	return 0;
}

static bool
joins(const char *sign)
{
	bool digits = g_ascii_isdigit(sign[-1]) && g_ascii_isdigit(sign[1]);

	if (strchr(".,:'", *sign) != NULL)
		return digits;
	return strchr("/-_", *sign) != NULL && g_ascii_isalnum(sign[-1]) &&
	       g_ascii_isalnum(sign[1]);
}

/* The bytes of the token at `at`; 0: there is none. */
static size_t
token_at(const char *at)
{
	const char *end = at;

	for (;;) {
		if (*end == '\0')
			break;
		if (!g_unichar_isalnum(g_utf8_get_char(end)) &&
		    (end == at || !joins(end)))
			break;
		end = g_utf8_next_char(end);
	}
	return (size_t)(end - at);
}

static size_t
digits_in(const char *token, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++)
		n += g_ascii_isdigit(token[i]) != 0;
	return n;
}

static bool
at_line_start(const Scan *scan)
{
	size_t at = scan->at;

	while (at > 0 &&
	       (scan->text[at - 1] == ' ' || scan->text[at - 1] == '\t'))
		at--;
	return at == 0 || scan->text[at - 1] == '\n';
}

/* "1. ", "2) " at the start of a line */
static bool
is_marker(const Scan *scan, size_t length)
{
	const char *after = scan->text + scan->at + length;

	return length <= 2 && (*after == '.' || *after == ')') &&
	       (after[1] == ' ' || after[1] == '\n') && at_line_start(scan);
}

static void
emit(Scan *scan, Number *number)
{
	size_t start = number->start;

	numbers_currency(scan->text, number);
	if (number->start < scan->taken) { /* it is the one before's */
		number->start = start;
		number->currency[0] = '\0';
	}
	if (number->forms.n > 0)
		scan->visit(number, scan->data);
	scan->taken = number->end;
	scan->at = MAX(scan->at, number->end);
}

/* Letters and digits alone, in capitals; as parts its longer digits. */
static void
code_forms(const char *token, size_t length, Number *number)
{
	g_autoptr(GString) form = g_string_new(NULL);
	size_t digits = strspn(token, "0123456789");

	for (size_t i = 0; i < length; i++)
		if (g_ascii_isalnum(token[i]) || (guchar)token[i] >= 0x80)
			g_string_append_c(form, g_ascii_toupper(token[i]));
	forms_add_bytes(&number->forms, form->str, form->len);
	if (digits > 0 && digits < length)
		numbers_value(token, digits, &number->parts);
	for (size_t i = 0; i < length;) {
		size_t run = strspn(token + i, "0123456789");

		run = MIN(run, length - i);
		if (run >= CODE_DIGITS)
			numbers_value(token + i, run, &number->parts);
		i += run > 0 ? run : 1;
	}
}

/* Numbers between - and /, each of its own. */
static void
emit_each(Scan *scan, size_t start, size_t length)
{
	size_t end = start + length;

	while (start < end) {
		size_t n = strcspn(scan->text + start, "-/");
		Number number = { .start = start };

		n = MIN(n, end - start);
		number.end = start + n;
		numbers_value(scan->text + start, n, &number.forms);
		emit(scan, &number);
		start += n + 1;
	}
}

/* The digits that a token begins with, when the rest is a unit or the tail of a
 * compound: "24-timers", "500kr", "5kg". */
static size_t
number_in_front(const char *token, size_t length)
{
	size_t digits = strspn(token, "0123456789.,'");
	size_t rest = digits + (token[digits] == '-');

	if (digits == 0 || rest >= length)
		return 0;
	for (size_t i = rest; i < length; i++)
		if (g_ascii_isdigit(token[i]) ||
		    (g_ascii_isupper(token[i]) && length - rest != 3))
			return 0;
	return digits;
}

static void
take_token(Scan *scan, size_t length)
{
	const char *token = scan->text + scan->at;
	Number number = { .start = scan->at, .end = scan->at + length };
	size_t front = number_in_front(token, length);

	number.marker = is_marker(scan, length);
	if (length > TOKEN_MAX) {
		forms_add(&number.forms, "?");
	} else if (front > 0) {
		number.end = scan->at + front;
		numbers_value(token, front, &number.forms);
		code_forms(token, length, &number);
	} else if (strspn(token, "0123456789.,:/-'") < length) {
		code_forms(token, length, &number);
	} else if (!numbers_value(token, length, &number.forms)) {
		emit_each(scan, scan->at, length);
		scan->at = number.end;
		return;
	}
	scan->at = number.end;
	emit(scan, &number);
	if (front > 0)
		scan->at = MAX(scan->at, (size_t)(token - scan->text) + length);
}

/* What begins at `at` and is more than a token; false: nothing. */
static bool
take_wide(Scan *scan)
{
	Number number = { .start = scan->at };
	const char *at = scan->text + scan->at;
	size_t taken = numbers_day_in_words(at, &number.forms);
	size_t token = token_at(at);
	NumberForms day = { .n = 0 };

	if (taken == 0 && token > 0 && numbers_day(at, token, &day))
		return false;
	if (taken == 0)
		taken = numbers_groups(at, &number);
	if (taken == 0 || taken < token)
		return false;
	number.end = scan->at + taken;
	scan->at = number.end;
	emit(scan, &number);
	return true;
}

static bool
begins_a_number(const char *at)
{
	return g_unichar_isalnum(g_utf8_get_char(at)) ||
	       ((*at == '+' || *at == '(') &&
	        (g_ascii_isdigit(at[1]) || at[1] == '('));
}

static size_t
skip_mark(const char *at)
{
	const char *end;

	if (!g_str_has_prefix(at, "[CHECK:"))
		return 0;
	end = strpbrk(at, "]\n");
	return end != NULL && *end == ']' ? (size_t)(end - at) + 1 : 0;
}

void
numbers_each(const char *text, NumberVisit *visit, void *data)
{
	Scan scan = { .text = text, .visit = visit, .data = data };

	while (text[scan.at] != '\0') {
		const char *at = text + scan.at;
		size_t token;

		if (skip_mark(at) > 0) {
			scan.at += skip_mark(at);
		} else if (!begins_a_number(at)) {
			scan.at += (size_t)(g_utf8_next_char(at) - at);
		} else if (!take_wide(&scan)) {
			token = token_at(at);
			if (token > 0 && digits_in(at, token) > 0)
				take_token(&scan, token);
			else
				scan.at += MAX(token, 1);
		}
	}
}
