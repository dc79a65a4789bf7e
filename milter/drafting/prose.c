/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All marks are checked when a file is loaded, so that nothing can be left
 * open or unknown when a reply is made: filling in cannot fail but by a name
 * that the mail did not give, and modules with such a name are not chosen.
 */
#include "prose.h"

#include <string.h>

#include "base/text.h"

static const char *const blanks[BLANK_N] = {
	[BLANK_FIRST_NAME] = "first_name",
	[BLANK_SURNAME] = "surname",
	[BLANK_FULL_NAME] = "full_name",
	[BLANK_TOPIC] = "topic",
	[BLANK_TEAM] = "team",
	[BLANK_ARTICLE_TITLE] = "article_title",
	[BLANK_ORDER] = "order_number",
	[BLANK_INVOICE] = "invoice_number",
	[BLANK_CUSTOMER] = "customer_number",
	[BLANK_CONTRACT] = "contract_number",
	[BLANK_CASE] = "case_number",
	[BLANK_SERIAL] = "serial_number",
};

/* The Blank that `text` begins with, behind its {; BLANK_N for none. */
static Blank
blank_at(const char *text)
{
	size_t n = strcspn(text, "{}");
	unsigned i = 0;

	while (i < BLANK_N && !(strlen(blanks[i]) == n && text[n] == '}' &&
	                        strncmp(text, blanks[i], n) == 0))
		i++;
	return (Blank)i;
}

/* ------------------------------------------------------------------ checking
 */

static const char *
check_brace(ProseCheck *check, const char *at)
{
	Blank blank = *at == '{' ? blank_at(at + 1) : BLANK_N;

	if (!check->blanks)
		return blank == BLANK_N
		               ? NULL
		               : "names are filled into modules alone; "
		                 "write it without { }";
	if (blank < BLANK_N) {
		check->used |= 1u << blank;
		return NULL;
	}
	g_snprintf(check->message, sizeof(check->message),
	           "%.*s is nothing that is filled in; use one of "
	           "{first_name} {surname} {full_name} {topic} {team} "
	           "{article_title} {order_number} {invoice_number} and the "
	           "like",
	           (int)text_cut(at, strlen(at), 20), at);
	return check->message;
}

static const char *
check_open(ProseCheck *check)
{
	if (check->open)
		return "[[ within [[ ]]; close the first with ]]";
	check->open = true;
	check->bar = false;
	return NULL;
}

static const char *
check_close(ProseCheck *check)
{
	if (!check->open || !check->bar)
		return check->open ? "[[ ]] without |; write "
		                     "[[informal|formal]]"
		                   : "]] without [[; write [[informal|formal]]";
	check->open = false;
	return NULL;
}

static const char *
check_bar(ProseCheck *check)
{
	if (!check->open)
		return NULL;
	if (check->bar)
		return "two | in [[ ]]; write [[informal|formal]]";
	check->bar = true;
	return NULL;
}

static const char *
check_bracket(ProseCheck *check, const char *at)
{
	if (at[1] == at[0])
		return *at == '[' ? check_open(check) : check_close(check);
	if (check->blanks || g_str_has_prefix(at, "[CHECK"))
		return "a single [ or ]; write [[informal|formal]], or round "
		       "brackets";
	return NULL;
}

const char *
prose_check_line(ProseCheck *check, const char *line)
{
	const char *fault = NULL;

	for (const char *at = line; *at != '\0' && fault == NULL; at++) {
		bool twice = at[0] == at[1];

		if (*at == '[' || *at == ']') {
			fault = check_bracket(check, at);
			at += twice;
		} else if (*at == '{' || *at == '}') {
			fault = check_brace(check, at);
			at += *at == '{' && fault == NULL && check->blanks
			              ? strcspn(at, "}")
			              : 0;
		} else if (*at == '|') {
			fault = check_bar(check);
		}
	}
	return fault;
}

/* ------------------------------------------------------------------- folding
 */

void
fold_begin(Fold *fold)
{
	*fold = (Fold){ .out = g_string_new(NULL) };
}

/* "- ", "* ", "1. ", "12) " */
static bool
is_item(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits == 0)
		return (line[0] == '-' || line[0] == '*') && line[1] == ' ';
	return digits <= 3 && (line[digits] == '.' || line[digits] == ')') &&
	       line[digits + 1] == ' ';
}

/* Code and what must stay a line of its own: Markdown's four blanks, behind a
 * blank line. */
static bool
stays(const Fold *fold, const char *line)
{
	bool indented = line[0] == '\t' || g_str_has_prefix(line, "    ");

	return indented &&
	       (fold->blank || fold->verbatim || fold->out->len == 0);
}

void
fold_line(Fold *fold, const char *line)
{
	bool verbatim = stays(fold, line);
	const char *text = line + strspn(line, " \t");

	if (*text == '\0') {
		fold->blank = true;
		return;
	}
	if (fold->out->len == 0)
		;
	else if (fold->blank)
		g_string_append(fold->out, "\n\n");
	else if (verbatim || fold->verbatim || is_item(text))
		g_string_append_c(fold->out, '\n');
	else
		g_string_append_c(fold->out, ' ');
	g_string_append(fold->out, text);
	fold->blank = false;
	fold->verbatim = verbatim;
}

char *
fold_end(Fold *fold)
{
	bool empty = fold->out->len == 0;

	return g_string_free(fold->out, empty);
}

/* ------------------------------------------------------------------- filling
 */

/* Appends the wanted half of the [[ ]] that `text` begins with; the byte behind
 * it. */
static const char *
choose(GString *out, const char *text, AddressForm form)
{
	const char *bar = strchr(text, '|');
	const char *end = strstr(text, "]]");
	const char *from = form == ADDRESS_FORMAL ? bar + 1 : text + 2;
	const char *to = form == ADDRESS_FORMAL ? end : bar;

	g_string_append_len(out, from, to - from);
	return end + 2;
}

char *
prose_choose(const char *text, AddressForm form)
{
	GString *out = g_string_new(NULL);

	while (*text != '\0') {
		size_t n = strcspn(text, "[");

		g_string_append_len(out, text, (gssize)n);
		text += n;
		if (g_str_has_prefix(text, "[["))
			text = choose(out, text, form);
		else if (*text != '\0')
			g_string_append_c(out, *text++);
	}
	return g_string_free(out, FALSE);
}

bool
prose_fill(GString *out, const char *text, const Filling *filling)
{
	g_autofree char *chosen = prose_choose(text, filling->form);
	size_t before = out->len;

	for (const char *at = chosen; *at != '\0';) {
		size_t n = strcspn(at, "{");
		Blank blank;

		g_string_append_len(out, at, (gssize)n);
		at += n;
		if (*at == '\0')
			break;
		blank = blank_at(at + 1);
		if (blank == BLANK_N || filling->text[blank] == NULL) {
			g_string_truncate(out, before);
			return false;
		}
		g_string_append(out, filling->text[blank]);
		at += strlen(blanks[blank]) + 2;
	}
	return true;
}
