/* SPDX-License-Identifier: Apache-2.0 */
#include "fts.h"

char *
fts_any_of(const GPtrArray *quoted)
{
	GString *query = g_string_new(NULL);

	for (guint i = 0; i < quoted->len; i++)
		g_string_append_printf(query, "%s%s", i > 0 ? " OR " : "",
		                       (const char *)quoted->pdata[i]);
	return g_string_free(query, FALSE);
}
