/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a text may say in numbers: those of the customer's mail and of the
 * site's texts, in whatever form they stand there. The rest gets a mark around
 * it, so that it is seen, and cannot be sent unseen.
 */
#include <string.h>

#include "checks_private.h"
#include "links.h"
#include "numbers.h"

#define SPANS_MAX 200

typedef struct Span {
	size_t start, end;
} Span;

typedef struct Marking {
	Checking *checking;
	GHashTable *known; /* "FORM" and "FORM CURRENCY"; "FORM -": bare */
	GArray *links;     /* Span: numbers in these are the links' */
	GArray *marks;     /* Span */
} Marking;

static void
learn_form(GHashTable *known, const char *form, const char *currency)
{
	g_hash_table_add(known, g_strdup(form));
	g_hash_table_add(known,
	                 g_strconcat(form, " ",
	                             *currency != '\0' ? currency : "-", NULL));
}

static void
learn(const Number *number, void *data)
{
	for (unsigned i = 0; i < number->forms.n; i++)
		learn_form(data, number->forms.form[i], number->currency);
	for (unsigned i = 0; i < number->parts.n; i++)
		learn_form(data, number->parts.form[i], "");
	/* a day with its year is that day without it, too */
	for (unsigned i = 0; i < number->forms.n; i++)
		if (number->forms.form[i][4] == '-' &&
		    strlen(number->forms.form[i]) == 10) {
			g_autofree char *day = g_strconcat(
				"-", number->forms.form[i] + 4, NULL);

			learn_form(data, day, "");
		}
}

static bool
knows(const Marking *self, const char *form, const char *currency)
{
	g_autofree char *with = g_strconcat(form, " ", currency, NULL);
	g_autofree char *bare = g_strconcat(form, " -", NULL);

	if (*currency == '\0')
		return g_hash_table_contains(self->known, form);
	return g_hash_table_contains(self->known, with) ||
	       g_hash_table_contains(self->known, bare);
}

static bool
is_supported(const Marking *self, const Number *number)
{
	for (unsigned i = 0; i < number->forms.n; i++)
		if (knows(self, number->forms.form[i], number->currency))
			return true;
	if (!number->loose || number->parts.n == 0)
		return false;
	for (unsigned i = 0; i < number->parts.n; i++)
		if (!knows(self, number->parts.form[i], ""))
			return false;
	return true;
}

static bool
is_in_link(const Marking *self, const Number *number)
{
	for (unsigned i = 0; i < self->links->len; i++) {
		const Span *link = &g_array_index(self->links, Span, i);

		if (number->start < link->end && number->end > link->start)
			return true;
	}
	return false;
}

static void
look(const Number *number, void *data)
{
	Marking *self = data;
	Span span = { number->start, number->end };

	if (number->marker || is_in_link(self, number) ||
	    is_supported(self, number))
		return;
	checks_note(self->checking, CHECK_UNKNOWN_NUMBER,
	            self->checking->input->text + span.start,
	            span.end - span.start);
	g_array_append_val(self->marks, span);
}

static void
keep_link(const Link *link, void *data)
{
	Span span = { link->start, link->end };

	if (((GArray *)data)->len < SPANS_MAX)
		g_array_append_val((GArray *)data, span);
}

static char *
write_marks(const char *text, const GArray *marks)
{
	GString *marked = g_string_new(NULL);
	size_t at = 0;

	for (unsigned i = 0; i < marks->len; i++) {
		const Span *span = &g_array_index(marks, Span, i);

		g_string_append_len(marked, text + at,
		                    (gssize)(span->start - at));
		g_string_append(marked, CHECK_MARK " ");
		g_string_append_len(marked, text + span->start,
		                    (gssize)(span->end - span->start));
		g_string_append_c(marked, ']');
		at = span->end;
	}
	g_string_append(marked, text + at);
	return g_string_free(marked, FALSE);
}

char *
checks_numbers(Checking *self)
{
	const char *text = self->input->text;
	g_autoptr(GHashTable) known =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(Span));
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(Span));
	Marking marking = { self, known, links, marks };
	const char *mark = strstr(text, CHECK_MARK);

	numbers_each(self->site->str, learn, known);
	numbers_each(self->customer->str, learn, known);
	links_each(text, keep_link, links);
	numbers_each(text, look, &marking);
	if (mark != NULL) /* of who took hard data out */
		checks_note(self, CHECK_UNKNOWN_NUMBER, mark,
		            strcspn(mark, "]\n") + 1);
	return write_marks(text, marks);
}
