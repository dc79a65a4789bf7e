/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "edits.h"

static const struct {
	const char *name;
	bool own;
} names[] = {
	{ "X-Tact-Tier", true },
	{ "x-tact-tier", true },
	{ "X-TACT-", true },
	{ "X_Tact_Tier", true },
	{ "X-Tact_Tier", true },
	{ "x_tact-Tier ", true },
	{ "Resent-X-Tact-Tier", true },
	{ "resent_X_Tact-Tier", true },
	{ "Old-X-Tact-Tier", true },
	{ "Old-Resent-Old-X-Tact-Tier", true },
	{ "", false },
	{ "X", false },
	{ "X-Tact", false },
	{ "X-Tactical", false },
	{ "X--Tact-Tier", false },
	{ " X-Tact-Tier", false },
	{ "Y-X-Tact-Tier", false },
	{ "Resent-", false },
	{ "Resent-From", false },
	{ "Old-", false },
	{ "Older-X-Tact-Tier", false },
};

static void
test_names(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_test_message("'%s'", names[i].name);
		g_assert_true(edits_is_own_header(names[i].name) ==
		              names[i].own);
	}
}

/* A sink that writes down what it is told, and refuses the n-th edit. */
typedef struct Record {
	GString *text;
	int left; /* edits that are let through; < 0: all */
} Record;

static bool
allowed(Record *record)
{
	return record->left < 0 || record->left-- > 0;
}

static bool
record_remove(void *context, const char *name, int index)
{
	Record *record = context;

	g_string_append_printf(record->text, "-%s/%d ", name, index);
	return allowed(record);
}

static bool
record_add(void *context, const char *name, const char *value)
{
	Record *record = context;

	g_string_append_printf(record->text, "+%s=%s ", name, value);
	return allowed(record);
}

static bool
record_send(void *context)
{
	Record *record = context;

	g_string_append(record->text, "! ");
	return allowed(record);
}

static char *
apply(const Forged *forged, const Tags *tags, int left, bool *ret_done)
{
	Record record = { g_string_new(NULL), left };
	EditSink sink = { &record, record_remove, record_add, record_send };

	*ret_done = edits_apply(&sink, forged, tags);
	return g_string_free(record.text, FALSE);
}

static void
fill(Forged *forged, Tags *tags)
{
	g_assert_true(forged_note(forged, "X-Tact-A"));
	g_assert_true(forged_note(forged, "x_tact_b"));
	g_assert_true(forged_note(forged, "X-TACT-A"));
	g_assert_true(forged_note(forged, "x-tact-a"));
	tags_make_status(FINDINGS_SKIPPED, SKIPPED_EMPTY, "id", tags);
}

static void
test_order(void)
{
	g_autoptr(Forged) forged = forged_new();
	g_autofree char *text = NULL;
	Tags tags;
	bool done;

	fill(forged, &tags);
	text = apply(forged, &tags, -1, &done);
	g_assert_true(done);
	g_assert_cmpstr(text, ==,
	                "-X-Tact-A/3 -X-Tact-A/2 -X-Tact-A/1 -x_tact_b/1 "
	                "+X-Tact-Status=skipped-empty +X-Tact-Id=id ! ");
	g_assert_cmpuint(forged_count(forged), ==, 4);
}

/* After a refusal nothing more is tried, at whichever edit it comes. */
static void
test_refused(void)
{
	g_autoptr(Forged) forged = forged_new();
	g_autofree char *all = NULL;
	Tags tags;
	bool done;

	fill(forged, &tags);
	all = apply(forged, &tags, -1, &done);
	for (int left = 0; left < 7; left++) {
		g_autofree char *text = apply(forged, &tags, left, &done);
		g_auto(GStrv) edits = g_strsplit(text, " ", -1);

		g_assert_false(done);
		g_assert_true(g_str_has_prefix(all, text));
		g_assert_cmpuint(g_strv_length(edits), ==, left + 2);
	}
}

static void
test_nothing(void)
{
	g_autofree char *text = NULL;
	bool done;

	text = apply(NULL, NULL, -1, &done);
	g_assert_true(done);
	g_assert_cmpstr(text, ==, "! ");
	g_assert_cmpuint(forged_count(NULL), ==, 0);
}

static void
test_limit(void)
{
	g_autoptr(Forged) forged = forged_new();

	for (int i = 0; i < LIMIT_FORGED; i++) {
		g_autofree char *name = g_strdup_printf("X-Tact-%d", i);

		g_assert_true(forged_note(forged, name));
	}
	g_assert_false(forged_note(forged, "X-Tact-0"));
	g_assert_cmpuint(forged_count(forged), ==, LIMIT_FORGED);
}

static void
test_limit_bytes(void)
{
	g_autoptr(Forged) forged = forged_new();
	g_autofree char *name = g_strnfill(60000, 'a');
	unsigned n = 0;

	memcpy(name, "X-Tact-", 7);
	while (forged_note(forged, name))
		n++;
	g_assert_cmpuint(n, ==, LIMIT_FORGED_BYTES / 60000);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/edits/names", test_names);
	g_test_add_func("/edits/order", test_order);
	g_test_add_func("/edits/refused", test_refused);
	g_test_add_func("/edits/nothing", test_nothing);
	g_test_add_func("/edits/limit", test_limit);
	g_test_add_func("/edits/limit-bytes", test_limit_bytes);
	return g_test_run();
}
