/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A serialised GVariant: its types are checked by GLib, the rest here. A part's
 * place is moved by the marks that were put into the text before it.
 */
#include "drafting/sheet.h"

#include <string.h>

#include "base/text.h"

#define FORMAT "(ysyyba(stt)a(ss)ss)"
#define FORMAT_VERSION 1

static void
remark_clear(void *data)
{
	g_free(((CheckRemark *)data)->words);
}

static GArray *
new_remarks(void)
{
	GArray *remarks = g_array_new(FALSE, FALSE, sizeof(CheckRemark));

	g_array_set_clear_func(remarks, remark_clear);
	return remarks;
}

static void
add_remark(Sheet *sheet, Check check, const char *words)
{
	CheckRemark remark = { .check = check };

	if (check == CHECK_N || sheet->remarks->len >= CHECK_REMARKS_MAX)
		return;
	remark.words =
		text_sanitise(words, strlen(words), CHECK_WORDS_MAX, NULL);
	g_array_append_val(sheet->remarks, remark);
}

Sheet *
sheet_of_text(const char *body, Language language, const GArray *remarks)
{
	Sheet *sheet = g_new0(Sheet, 1);

	sheet->body = text_sanitise(body, strlen(body), SHEET_BODY_MAX, NULL);
	sheet->language = language;
	sheet->form = ADDRESS_BY_MAIL;
	sheet->left = g_strdup("");
	sheet->refused = g_strdup("");
	sheet->remarks = new_remarks();
	for (unsigned i = 0; remarks != NULL && i < remarks->len; i++) {
		const CheckRemark *remark =
			&g_array_index(remarks, CheckRemark, i);

		add_remark(sheet, remark->check, remark->words);
	}
	return sheet;
}

/* Where the byte `at` of `text` stands in `marked`, which is `text` with
 * "[CHECK: " and "]" put in. */
static size_t
moved(const char *text, const char *marked, size_t at)
{
	static const char mark[] = CHECK_MARK " ";
	size_t from = 0, to = 0;

	while (from < at && text[from] != '\0' && marked[to] != '\0') {
		if (text[from] == marked[to] &&
		    (!g_str_has_prefix(marked + to, mark) ||
		     g_str_has_prefix(text + from, mark))) {
			from++;
			to++;
		} else if (g_str_has_prefix(marked + to, mark)) {
			to += strlen(mark);
		} else {
			to++; /* the ] of a mark */
		}
	}
	return to;
}

Sheet *
sheet_of_template(const DraftText *text, const char *marked,
                  const GArray *remarks)
{
	Sheet *sheet = sheet_of_text(marked, text->language, remarks);
	size_t size = strlen(sheet->body);

	sheet->form = text->form;
	sheet->holding = text->holding;
	sheet->n_parts = MIN(text->n_parts, SHEET_PARTS_MAX);
	sheet->parts = g_new0(DraftPart, sheet->n_parts);
	for (size_t i = 0; i < sheet->n_parts; i++) {
		const DraftPart *part = &text->parts[i];

		sheet->parts[i].id = g_strdup(part->id);
		sheet->parts[i].start =
			MIN(moved(text->body, marked, part->start), size);
		sheet->parts[i].end =
			MIN(moved(text->body, marked, part->end), size);
	}
	return sheet;
}

void
sheet_free(Sheet *sheet)
{
	if (sheet == NULL)
		return;
	for (size_t i = 0; i < sheet->n_parts; i++)
		g_free(sheet->parts[i].id);
	g_free(sheet->parts);
	g_free(sheet->body);
	g_free(sheet->left);
	g_free(sheet->refused);
	g_array_unref(sheet->remarks);
	g_free(sheet);
}

void
sheet_set(char **line, const char *text)
{
	g_free(*line);
	*line = text_sanitise(text, strlen(text), SHEET_LINE_MAX, NULL);
	g_strdelimit(*line, "\n\t", ' ');
}

/* -------------------------------------------------------------- as bytes */

GBytes *
sheet_encode(const Sheet *sheet)
{
	g_autoptr(GVariant) value = NULL;
	GVariantBuilder parts, remarks;

	g_variant_builder_init(&parts, G_VARIANT_TYPE("a(stt)"));
	for (size_t i = 0; i < sheet->n_parts; i++)
		g_variant_builder_add(&parts, "(stt)", sheet->parts[i].id,
		                      (guint64)sheet->parts[i].start,
		                      (guint64)sheet->parts[i].end);
	g_variant_builder_init(&remarks, G_VARIANT_TYPE("a(ss)"));
	for (unsigned i = 0; i < sheet->remarks->len; i++) {
		const CheckRemark *remark =
			&g_array_index(sheet->remarks, CheckRemark, i);

		g_variant_builder_add(&remarks, "(ss)",
		                      check_name(remark->check), remark->words);
	}
	value = g_variant_ref_sink(g_variant_new(
		FORMAT, FORMAT_VERSION, sheet->body, (guchar)sheet->language,
		(guchar)sheet->form, (gboolean)sheet->holding, &parts, &remarks,
		sheet->left, sheet->refused));
	return g_variant_get_data_as_bytes(value);
}

static bool
is_line(const char *text, size_t max)
{
	return strlen(text) <= max && strpbrk(text, "\n\r\t") == NULL;
}

/* Parts are in order, within the body, and cut no character. */
static bool
read_parts(Sheet *sheet, GVariantIter *parts)
{
	guint64 start, end;
	const char *id;
	size_t size = strlen(sheet->body);
	size_t before = 0;

	if (g_variant_iter_n_children(parts) > SHEET_PARTS_MAX)
		return false;
	sheet->parts = g_new0(DraftPart, SHEET_PARTS_MAX);
	while (g_variant_iter_next(parts, "(&stt)", &id, &start, &end)) {
		if (start < before || end < start || end > size ||
		    !is_line(id, SHEET_NAME_MAX) ||
		    !g_utf8_validate(sheet->body + start, (gssize)(end - start),
		                     NULL))
			return false;
		sheet->parts[sheet->n_parts++] =
			(DraftPart){ g_strdup(id), start, end };
		before = end;
	}
	return true;
}

static bool
read_remarks(Sheet *sheet, GVariantIter *remarks)
{
	const char *name, *words;

	if (g_variant_iter_n_children(remarks) > CHECK_REMARKS_MAX)
		return false;
	while (g_variant_iter_next(remarks, "(&s&s)", &name, &words)) {
		if (!is_line(words, CHECK_WORDS_MAX))
			return false;
		add_remark(sheet, check_from_name(name), words);
	}
	return true;
}

static Sheet *
read_value(GVariant *value)
{
	g_autoptr(GVariantIter) parts = NULL;
	g_autoptr(GVariantIter) remarks = NULL;
	g_autoptr(Sheet) sheet = NULL;
	const char *body, *left, *refused;
	guchar version, language, form;
	gboolean holding;

	g_variant_get(value, "(y&syyba(stt)a(ss)&s&s)", &version, &body,
	              &language, &form, &holding, &parts, &remarks, &left,
	              &refused);
	if (version != FORMAT_VERSION || language >= LANGUAGE_N ||
	    form > ADDRESS_BY_MAIL || !text_is_clean(body, SHEET_BODY_MAX) ||
	    !is_line(left, SHEET_LINE_MAX) || !is_line(refused, SHEET_LINE_MAX))
		return NULL;
	sheet = sheet_of_text(body, (Language)language, NULL);
	sheet->form = (AddressForm)form;
	sheet->holding = holding;
	g_free(sheet->left);
	sheet->left = g_strdup(left);
	g_free(sheet->refused);
	sheet->refused = g_strdup(refused);
	if (!read_parts(sheet, parts) || !read_remarks(sheet, remarks))
		return NULL;
	return g_steal_pointer(&sheet);
}

Sheet *
sheet_decode(const void *bytes, size_t size)
{
	g_autoptr(GBytes) copy = g_bytes_new(bytes, size); /* aligned */
	g_autoptr(GVariant) value = g_variant_ref_sink(
		g_variant_new_from_bytes(G_VARIANT_TYPE(FORMAT), copy, FALSE));

	if (!g_variant_is_normal_form(value))
		return NULL;
	return read_value(value);
}
