/* SPDX-License-Identifier: Apache-2.0 */
#include "draft_person.h"

#include "store/export.h"

ErasureResult
draft_erase(const DraftFixture *fixture, const char *who)
{
	const ErasureRequest request = {
		.kind = ERASURE_ERASE, .who = who, .actor = "t", .wait_ms = 5000
	};
	g_autoptr(GError) error = NULL;
	ErasureResult result;

	g_assert_true(erasure_run(fixture->admin, fixture->base->keys, &request,
	                          &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.pending, ==, 0);
	return result;
}

static void
see_row(const ExportRow *row, void *data)
{
	g_string_append_printf(data, "%s ", row->table->name);
}

char *
draft_exported(const DraftFixture *fixture, const char *who)
{
	GString *seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(export_writer(fixture->admin, fixture->base->keys, who,
	                            see_row, seen, &error));
	g_assert_no_error(error);
	return g_string_free(seen, FALSE);
}
