/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drafting/sheet.h"

/* What is read is valid, and is read again from what it is written as. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Sheet) sheet = sheet_decode(bytes, size);
	g_autoptr(GBytes) again = NULL;
	g_autoptr(Sheet) back = NULL;

	if (sheet == NULL)
		return 0;
	g_assert_true(g_utf8_validate(sheet->body, -1, NULL));
	for (size_t i = 0; i < sheet->n_parts; i++)
		g_assert_cmpuint(sheet->parts[i].end, <=, strlen(sheet->body));
	again = sheet_encode(sheet);
	back = sheet_decode(g_bytes_get_data(again, NULL),
	                    g_bytes_get_size(again));
	g_assert_nonnull(back);
	g_assert_cmpstr(back->body, ==, sheet->body);
	return 0;
}
