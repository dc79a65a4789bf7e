/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

void
rows_add_sized(const char *prefix, const void *rows, gsize n, gsize size,
               GTestDataFunc test)
{
	for (gsize i = 0; i < n; i++) {
		const void *row = (const char *)rows + i * size;
		const char *const *name = row;
		g_autofree char *path = g_strconcat(prefix, *name, NULL);

		g_test_add_data_func(path, row, test);
	}
}
