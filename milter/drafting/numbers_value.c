/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Digits with separators. Which one is the decimal sign is told by what stands
 * behind it: the last of two kinds; one that comes once and not before three
 * digits. Once before exactly three digits it may be either, and both are kept.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "numbers.h"

void
forms_add_bytes(NumberForms *forms, const char *form, size_t length)
{
	if (length == 0 || length >= NUMBER_FORM_BYTES ||
	    forms->n == NUMBER_FORMS)
		return;
	for (unsigned i = 0; i < forms->n; i++)
		if (strncmp(forms->form[i], form, length) == 0 &&
		    forms->form[i][length] == '\0')
			return;
	memcpy(forms->form[forms->n], form, length);
	forms->form[forms->n++][length] = '\0';
}

void
forms_add(NumberForms *forms, const char *form)
{
	forms_add_bytes(forms, form, strlen(form));
}

/* Digits with the decimal sign at `decimal` (SIZE_MAX: none): no separators, no
 * leading zeros, none at the end of a fraction. */
static void
add_decimal(NumberForms *forms, const char *token, size_t length,
            size_t decimal)
{
	g_autoptr(GString) form = g_string_new(NULL);

	for (size_t i = 0; i < length; i++) {
		if (i == decimal)
			g_string_append_c(form, '.');
		else if (g_ascii_isdigit(token[i]) &&
		         (token[i] != '0' || form->len > 0 ||
		          i + 1 == decimal || i + 1 == length))
			g_string_append_c(form, token[i]);
	}
	if (decimal < length) {
		while (form->str[form->len - 1] == '0')
			g_string_truncate(form, form->len - 1);
		if (form->str[form->len - 1] == '.')
			g_string_truncate(form, form->len - 1);
	}
	forms_add_bytes(forms, form->str, form->len);
}

/* "14:30", "14.30", "14:30:00" */
static void
add_time(NumberForms *forms, const char *token, size_t length)
{
	size_t hours = g_ascii_isdigit(token[1]) ? 2 : 1;
	char form[8];
	int h = 0, m;

	if (length < hours + 3 || (token[hours] != ':' && token[hours] != '.'))
		return;
	if (length > hours + 3 && token[hours + 3] != ':')
		return;
	for (size_t i = 0; i < hours; i++)
		h = h * 10 + g_ascii_digit_value(token[i]);
	if (!g_ascii_isdigit(token[hours + 1]) ||
	    !g_ascii_isdigit(token[hours + 2]))
		return;
	m = g_ascii_digit_value(token[hours + 1]) * 10 +
	    g_ascii_digit_value(token[hours + 2]);
	if (h > 24 || m > 59)
		return;
	g_snprintf(form, sizeof(form), "T%02d:%02d", h, m);
	forms_add(forms, form);
}

/* What the separators of a token look like. */
typedef struct Separators {
	size_t first, last, count; /* `last`: of the kind that comes last */
	unsigned kinds;
	bool groups; /* three digits between all, one to three before */
} Separators;

static Separators
separators_of(const char *token, size_t length)
{
	Separators found = { .first = SIZE_MAX, .groups = true };
	size_t run = 0;
	char kind = '\0';

	for (size_t i = 0; i < length; i++) {
		if (g_ascii_isdigit(token[i])) {
			run++;
			continue;
		}
		found.groups &= found.count == 0 ? run <= 3 : run == 3;
		if (found.count++ == 0)
			found.first = i;
		found.kinds += token[i] != kind;
		kind = token[i];
		found.last = i;
		run = 0;
	}
	found.groups &= found.count > 0 && run == 3;
	return found;
}

/* A number of one or two kinds of separators: '.' ',' '\'' and spaces, which
 * the caller made '\''. */
static void
add_number(NumberForms *forms, const char *token, size_t length)
{
	Separators found = separators_of(token, length);
	bool mark = found.count > 0 && token[found.last] != '\'';

	if (found.count == 0 || (found.count == 1 && !mark)) {
		add_decimal(forms, token, length, SIZE_MAX);
	} else if (found.kinds == 1) {
		if (found.groups)
			add_decimal(forms, token, length, SIZE_MAX);
		if (found.count == 1)
			add_decimal(forms, token, length, found.last);
		else if (!found.groups)
			forms_add_bytes(forms, token, length); /* 3.2.1 */
	} else if (found.kinds == 2 && mark) {
		add_decimal(forms, token, length, found.last);
	} else {
		forms_add_bytes(forms, token, length);
	}
}

bool
numbers_value(const char *token, size_t length, NumberForms *forms)
{
	unsigned before = forms->n;

	if (length == 0 || !g_ascii_isdigit(token[0]))
		return false;
	if (strspn(token, "0123456789:") >= length ||
	    strspn(token, "0123456789.") >= length)
		add_time(forms, token, length);
	if (strspn(token, "0123456789./-") >= length)
		numbers_day(token, length, forms);
	if (strspn(token, "0123456789.,'") >= length)
		add_number(forms, token, length);
	return forms->n > before;
}
