/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "drafting/template.h"
#include "rows.h"

#define A "## a\n\nOne.\n"

/* What must not load: the line and a part of the message. */
static const struct bad {
	const char *name, *text;
	unsigned line;
	const char *message;
} bad[] = {
	{ "text-first", "hello\n", 1, "write ## NAME" },
	{ "id", "## Big\n\ntext\n", 1, "use a-z, 0-9 and -" },
	{ "id-empty", "##  \n\ntext\n", 1, "text before the first" },
	{ "id-twice", A "\n" A, 5, "give it another name" },
	{ "no-text", "\n## a\n\n", 2, "without text" },
	{ "no-text-then", "## a\n\n## b\n\nx\n", 1, "without text" },
	{ "no-blank-line", "## a\nHello.\n", 2, "write a blank line" },
	{ "unknown-key", "## a\nif: x=y\n\nx\n", 2, "neither when: nor" },
	{ "weight", "## a\nweight: 10\n\nx\n", 2, "use 1 to 9" },
	{ "weight-zero", "## a\nweight: 0\n\nx\n", 2, "use 1 to 9" },
	{ "when-empty", "## a\nwhen:\n\nx\n", 2, "write key=value" },
	{ "when-form", "## a\nwhen: formality\n\nx\n", 2, "no condition" },
	{ "when-no-key", "## a\nwhen: =formal\n\nx\n", 2, "no condition" },
	{ "when-no-value", "## a\nwhen: formality=\n\nx\n", 2, "no condition" },
	{ "when-key", "## a\nwhen: tier=vip\n\nx\n", 2,
	  "nothing that is known" },
	{ "when-value", "## a\nwhen: emotion=angry\n\nx\n", 2,
	  "use one of frustrated neutral enthusiastic" },
	{ "when-values", "## a\nwhen: emotion=neutral|angry\n\nx\n", 2,
	  "'angry' is no value" },
	{ "when-many",
	  "## a\nwhen: a=b formality=formal formality=formal formality=formal "
	  "formality=formal formality=formal formality=formal "
	  "formality=formal formality=formal\n\nx\n",
	  2, "nothing that is known" },
	{ "blank", "## a\n\nDear {name}\n", 3, "{first_name}" },
	{ "blank-open", "## a\n\nDear {first_name\n", 3, "use one of" },
	{ "brace-close", "## a\n\nDear }\n", 3, "use one of" },
	{ "brackets-open", "## a\n\n[[du|De\n", 1, "[[ without" },
	{ "brackets-paragraph", "## a\n\n[[du|\n\nDe]]\n", 4,
	  "same paragraph" },
	{ "brackets-close", "## a\n\ndu]]\n", 3, "]] without [[" },
	{ "brackets-bar", "## a\n\n[[du]]\n", 3, "without |" },
	{ "brackets-bars", "## a\n\n[[du|De|I]]\n", 3, "two |" },
	{ "brackets-within", "## a\n\n[[du|[[De|I]]]]\n", 3, "within" },
	{ "bracket", "## a\n\n[CHECK: x]\n", 3, "a single [" },
	{ "heading", "## a\n\nx\n# b\n", 4, "a heading" },
	{ "heading-deep", "## a\n\nx\n### b\n", 4, "a heading" },
	{ "comment", "<!-- never\n## a\n\nx\n", 1, "-->" },
	{ "not-utf8", "## a\n\nx\xff\n", 3, "UTF-8" },
	{ "line-after-comment", "<!-- 1\n2\n3 -->\n## a\nif: x\n\nx\n", 5,
	  "neither when: nor" },
};

static bool
parse(const char *text, GError **error)
{
	g_autoptr(Pack) pack = pack_new();

	return pack_add(pack,
	                &(PackText){ "t.md", LANGUAGE_DA, SLOT_GREETING, text,
	                             strlen(text) },
	                error);
}

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	g_autofree char *place = g_strdup_printf("t.md:%u: ", row->line);
	g_autoptr(GError) error = NULL;

	g_assert_false(parse(row->text, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_cmpstr(strstr(error->message, row->message), !=, NULL);
	g_assert_true(g_str_has_prefix(error->message, place));
}

static void
test_limits(void)
{
	g_autofree char *many = g_strnfill(LIMIT_MODULE_TEXT + 1, 'x');
	g_autofree char *text = g_strconcat("## a\n\n", many, NULL);
	g_autoptr(GString) modules = g_string_new(NULL);
	g_autoptr(GString) large = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(parse(text, &error));
	g_assert_cmpstr(strstr(error->message, "shorten it"), !=, NULL);
	g_clear_error(&error);
	for (unsigned i = 0; i <= LIMIT_MODULES; i++)
		g_string_append_printf(modules, "## m%u\n\nx\n", i);
	g_assert_false(parse(modules->str, &error));
	g_assert_cmpstr(strstr(error->message, "modules"), !=, NULL);
	g_clear_error(&error);
	while (large->len <= LIMIT_DRAFTING_FILE)
		g_string_append(large, "<!-- -->\n");
	g_assert_false(parse(large->str, &error));
	g_assert_cmpstr(strstr(error->message, "split it"), !=, NULL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/template/bad/", bad, test_bad);
	g_test_add_func("/template/limits", test_limits);
	return g_test_run();
}
