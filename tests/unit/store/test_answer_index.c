/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the answers are alike, and in which order. */
#include "store/answer_index.h"

#include <glib.h>
#include <string.h>

static const char *const asked[] = {
	"print blink rød knap",      /* 1 */
	"pak forsink levering",      /* 2 */
	"print papir stop",          /* 3 */
	"print blink rød lamp sluk", /* 4 */
};

static char *
find(const char *words)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(AnswerIndex) index = answer_index_new(&error);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_auto(GStrv) list = g_strsplit(words, " ", -1);
	GString *said = g_string_new(NULL);

	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++)
		g_assert_true(answer_index_add(index, (int64_t)i + 1, asked[i],
		                               "svar", &error));
	g_assert_true(answer_index_find(index, (const char *const *)list, ids,
	                                &error));
	g_assert_no_error(error);
	for (guint i = 0; i < ids->len; i++)
		g_string_append_printf(said, "%d ",
		                       (int)g_array_index(ids, int64_t, i));
	return g_string_free(said, FALSE);
}

static const struct {
	const char *words, *ids;
} rows[] = {
	{ "print blink rød knap", "1 4 " },
	{ "pak levering", "2 " },
	{ "print", "" },                           /* one word is no likeness */
	{ "print sol måne stjern papir x y", "" }, /* nor two of seven */
	{ "hest", "" },
	{ "", "" },
	{ "\" OR \"print AND NEAR( * blink", "" },
	{ "asked:print -blink", "" },
};

static void
test_find(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *ids = find(rows[i].words);

	g_assert_cmpstr(ids, ==, rows[i].ids);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/answer-index/%zu", i);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_find);
	}
	return g_test_run();
}
