/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/sheet.h"

#include <glib.h>
#include <string.h>

#include "rows.h"

static GArray *
one_remark(Check check, const char *words)
{
	CheckRemark remark = { check, (char *)words };
	GArray *remarks = g_array_new(FALSE, FALSE, sizeof(CheckRemark));

	g_array_append_val(remarks, remark);
	return remarks;
}

static Sheet *
there_and_back(const Sheet *sheet)
{
	g_autoptr(GBytes) bytes = sheet_encode(sheet);

	return sheet_decode(g_bytes_get_data(bytes, NULL),
	                    g_bytes_get_size(bytes));
}

static void
test_text(void)
{
	g_autoptr(GArray) remarks = one_remark(CHECK_UNKNOWN_NUMBER, "999 kr.");
	g_autoptr(Sheet) sheet =
		sheet_of_text("Kære Anna\n\nTak.\n", LANGUAGE_DA, remarks);
	g_autoptr(Sheet) back = NULL;

	sheet_set(&sheet->left, "https://api.example EMAIL 1");
	sheet_set(&sheet->refused, "promise\nblocked");
	back = there_and_back(sheet);
	g_assert_nonnull(back);
	g_assert_cmpstr(back->body, ==, "Kære Anna\n\nTak.\n");
	g_assert_cmpint(back->language, ==, LANGUAGE_DA);
	g_assert_cmpint(back->form, ==, ADDRESS_BY_MAIL);
	g_assert_cmpuint(back->n_parts, ==, 0);
	g_assert_cmpstr(back->left, ==, "https://api.example EMAIL 1");
	g_assert_cmpstr(back->refused, ==, "promise blocked");
	g_assert_cmpuint(back->remarks->len, ==, 1);
	g_assert_cmpint(g_array_index(back->remarks, CheckRemark, 0).check, ==,
	                CHECK_UNKNOWN_NUMBER);
	g_assert_cmpstr(g_array_index(back->remarks, CheckRemark, 0).words, ==,
	                "999 kr.");
}

/* Where parts stand, when marks were put into the text. */
static const struct moved {
	const char *name, *text, *marked;
	size_t start, end; /* of a part of `text` */
	const char *part;  /* in `marked` */
} moves[] = {
	{ "none", "Hej\n\n1 kr\n", "Hej\n\n1 kr\n", 5, 9, "1 kr" },
	{ "before", "1 kr\n\nTak\n", "[CHECK: 1 kr]\n\nTak\n", 6, 9, "Tak" },
	{ "within", "Tak 1 kr nu\n\nHej\n", "Tak [CHECK: 1 kr] nu\n\nHej\n", 0,
	  11, "Tak [CHECK: 1 kr] nu" },
	{ "two", "1 og 2\n\nHej\n", "[CHECK: 1] og [CHECK: 2]\n\nHej\n", 8, 11,
	  "Hej" },
	{ "own", "[CHECK: 1] og 2\n\nHej\n",
	  "[CHECK: 1] og [CHECK: 2]\n\nHej\n", 17, 20, "Hej" },
};

static void
test_move(const void *data)
{
	const struct moved *row = data;
	DraftPart part = { (char *)"next/a-1", row->start, row->end };
	DraftText text = { .body = (char *)row->text,
		           .parts = &part,
		           .n_parts = 1,
		           .language = LANGUAGE_DA,
		           .form = ADDRESS_FORMAL,
		           .holding = true };
	g_autoptr(Sheet) sheet = sheet_of_template(&text, row->marked, NULL);
	g_autoptr(Sheet) back = there_and_back(sheet);
	g_autofree char *found = NULL;

	g_assert_nonnull(back);
	g_assert_true(back->holding);
	g_assert_cmpint(back->form, ==, ADDRESS_FORMAL);
	g_assert_cmpuint(back->n_parts, ==, 1);
	g_assert_cmpstr(back->parts[0].id, ==, "next/a-1");
	found = g_strndup(back->body + back->parts[0].start,
	                  back->parts[0].end - back->parts[0].start);
	g_assert_cmpstr(found, ==, row->part);
}

/* Whatever is changed, cut or longer is nothing that can be used wrongly. */
static void
test_damaged(void)
{
	g_autoptr(GArray) remarks = one_remark(CHECK_PROMISE, "x");
	g_autoptr(Sheet) sheet =
		sheet_of_text("Hej Bo\n", LANGUAGE_SV, remarks);
	g_autoptr(GBytes) bytes = sheet_encode(sheet);
	gsize size;
	const uint8_t *good = g_bytes_get_data(bytes, &size);
	unsigned refused = 0;

	for (size_t i = 0; i < size; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			g_autofree uint8_t *copy = g_memdup2(good, size);
			g_autoptr(Sheet) back = NULL;

			copy[i] ^= (uint8_t)(1u << bit);
			back = sheet_decode(copy, size);
			refused += back == NULL;
			if (back != NULL)
				g_assert_true(
					g_utf8_validate(back->body, -1, NULL));
		}
	g_assert_cmpuint(refused, >, size);
	for (size_t i = 0; i < size; i++) {
		g_autoptr(Sheet) back = sheet_decode(good, i);

		g_assert_null(back);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sheet/text", test_text);
	rows_add("/sheet/moved/", moves, test_move);
	g_test_add_func("/sheet/damaged", test_damaged);
	return g_test_run();
}
