/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What OpenDKIM and OpenDMARC, and Rspamd, made of genuine and of forged mails:
 * tests/corpus/authres, written by tests/e2e/trust.sh.
 */
#include <glib.h>
#include <string.h>

#include "authres_fixture.h"
#include "message/message.h"

typedef struct Case {
	char *name;
	AuthVerdict wanted;
	GString *header;
} Case;

static const char *const stacks[] = { "open", "rspamd" };

static void
case_free(void *data)
{
	Case *one = data;

	g_free(one->name);
	g_string_free(one->header, TRUE);
	g_free(one);
}

static AuthVerdict
verdict_parse(const char *name)
{
	AuthVerdict verdict = AUTH_UNVERIFIED;

	while (strcmp(auth_verdict_name(verdict), name) != 0) {
		g_assert_cmpint(verdict, <, AUTH_VERIFIED);
		verdict++;
	}
	return verdict;
}

/* "==== NAME VERDICT" */
static Case *
case_begin(const char *stack, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", 3);
	Case *one = g_new0(Case, 1);

	g_assert_cmpuint(g_strv_length(words), ==, 3);
	one->name = g_strdup_printf("/authres-real/%s/%s", stack, words[1]);
	one->wanted = verdict_parse(words[2]);
	one->header = g_string_new(NULL);
	return one;
}

static void
read_cases(GPtrArray *cases, const char *stack)
{
	g_autofree char *path =
		g_strdup_printf("tests/corpus/authres/%s.headers", stack);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GError) error = NULL;
	Case *one = NULL;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		if (g_str_has_prefix(*line, "==== ")) {
			one = case_begin(stack, *line);
			g_ptr_array_add(cases, one);
		} else if (**line != '\0') {
			g_assert_nonnull(one);
			g_string_append_printf(one->header, "%s\n", *line);
		}
	}
}

static void
test_case(const void *data)
{
	const Case *one = data;

	g_assert_cmpint(verdict_of(one->header->str), ==, one->wanted);
}

/* Nothing is right by being refused alone. */
static void
test_enough(const void *data)
{
	const GPtrArray *cases = data;
	size_t n[AUTH_VERIFIED + 1] = { 0 };

	for (guint i = 0; i < cases->len; i++) {
		const Case *one = cases->pdata[i];

		n[one->wanted]++;
	}
	g_assert_cmpuint(n[AUTH_VERIFIED], >=, 30);
	g_assert_cmpuint(n[AUTH_WEAK], >=, 2);
	g_assert_cmpuint(n[AUTH_UNVERIFIED], >=, 160);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func(case_free);

	message_init();
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(stacks); i++)
		read_cases(cases, stacks[i]);
	for (guint i = 0; i < cases->len; i++) {
		const Case *one = cases->pdata[i];

		g_test_add_data_func(one->name, one, test_case);
	}
	g_test_add_data_func("/authres-real/enough", cases, test_enough);
	return g_test_run();
}
