/* SPDX-License-Identifier: Apache-2.0 */
#include "value/summary.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"

static const struct row {
	const char *name, *text;
	size_t n, rejected, line; /* of the first fault */
	Purchases first;
} rows[] = {
	{ "plain",
	  "ID,frequency,recency,T\n1,2,30.43,38.86\n2,0,0,38\n",
	  2,
	  0,
	  0,
	  { 2, 30.43, 38.86, 0, 1 } },
	{ "published",
	  "ID,x,t_x,T,zbar\n1,2,30.43,38.86,22.35",
	  1,
	  0,
	  0,
	  { 2, 30.43, 38.86, 22.35, 1 } },
	{ "names",
	  "Customer ID,Mean Order Value,t,X,t-x\n7,9.5,4,2,3\n",
	  1,
	  0,
	  0,
	  { 2, 3, 4, 9.5, 1 } },
	{ "no-names", "1,2,3,4,5\n2,1,1,1\n", 2, 0, 0, { 2, 3, 4, 5, 1 } },
	{ "any-order",
	  "T;extra;Monetary_Value;RECENCY;Frequency;customer\n"
	  "9,5;?;1,25;4,5;3;Bo\n",
	  1,
	  0,
	  0,
	  { 3, 4.5, 9.5, 1.25, 1 } },
	{ "tab-quotes-crlf",
	  "\xef\xbb\xbf\"customer\"\t\"frequency\"\t\"recency\"\t\"T\"\r\n"
	  "\"a\"\t\" 2 \"\t1\t3\r\n\r\n",
	  1,
	  0,
	  0,
	  { 2, 1, 3, 0, 1 } },
	{ "no-mean-given",
	  "id,frequency,recency,T,mean\n1,0,0,9,\n",
	  1,
	  0,
	  0,
	  { 0, 0, 9, 0, 1 } },
	{ "bad-lines",
	  "id,frequency,recency,T\n1,2,3,4\n2,-1,1,2\n3,1,9,2\n4,x,1,2\n"
	  "5,1\n6,nan,1,2\n7,0,1,2\n8,1.5,1,2\n9,0x1,1,2\n10,1e999,1,2\n"
	  "11,1,1,2\n",
	  2,
	  9,
	  3,
	  { 2, 3, 4, 0, 1 } },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Summary) summary =
		summary_parse(row->text, strlen(row->text), &error);

	g_assert_no_error(error);
	g_assert_cmpuint(summary->n, ==, row->n);
	g_assert_cmpuint(summary->rejected, ==, row->rejected);
	g_assert_cmpuint(summary->faults[0].line, ==, row->line);
	g_assert_cmpfloat(summary->rows[0].repeats, ==, row->first.repeats);
	g_assert_cmpfloat(summary->rows[0].last, ==, row->first.last);
	g_assert_cmpfloat(summary->rows[0].age, ==, row->first.age);
	g_assert_cmpfloat(summary->rows[0].mean, ==, row->first.mean);
	g_assert_cmpfloat(summary->rows[0].weight, ==, 1);
}

static void
test_refused(void)
{
	static const char *const bad[] = { "", "customer,frequency,recency\n",
		                           "hello\nworld\n", "1,2\n3,4\n" };
	g_autofree char *wide = g_strnfill(LIMIT_SUMMARY_LINE + 1, ',');
	g_autoptr(Summary) none = summary_parse(wide, strlen(wide), NULL);

	g_assert_null(none);
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Summary) summary =
			summary_parse(bad[i], strlen(bad[i]), &error);

		g_test_message("'%s'", bad[i]);
		g_assert_null(summary);
		g_assert_nonnull(strstr(error->message, "line 1"));
	}
}

/* A long line and one with a NUL cost that line; more fields than are looked
 * at cost nothing. */
static void
test_hostile(void)
{
	g_autoptr(GString) text =
		g_string_new("id,frequency,recency,T\n1,1,1,2\n");
	g_autoptr(Summary) summary = NULL;

	for (int i = 0; i < 100000; i++)
		g_string_append_c(text, i % 3 == 0 ? ',' : '1');
	g_string_append(text, "\n2,1,1,2\n3,");
	g_string_append_len(text, "1\0,1,2\n", 7);
	for (int i = 0; i < 300; i++)
		g_string_append(text, "7,");
	g_string_append(text, "\n4,1,1,2");
	summary = summary_parse(text->str, text->len, NULL);
	g_assert_cmpuint(summary->n, ==, 4);
	g_assert_cmpuint(summary->rejected, ==, 2);
	g_assert_cmpuint(summary->faults[0].line, ==, 3);
	g_assert_cmpuint(summary->faults[1].line, ==, 5);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name =
			g_strconcat("/summary/", rows[i].name, NULL);

		g_test_add_data_func(name, &rows[i], test_row);
	}
	g_test_add_func("/summary/refused", test_refused);
	g_test_add_func("/summary/hostile", test_hostile);
	return g_test_run();
}
