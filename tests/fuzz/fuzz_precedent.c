/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drafting/precedent.h"

/* What is read is valid, and is read again from what it is written as. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Precedent) read = precedent_decode(bytes, size);
	g_autoptr(GBytes) again = NULL;
	g_autoptr(Precedent) back = NULL;

	if (read == NULL)
		return 0;
	g_assert_true(g_utf8_validate(read->answer, -1, NULL));
	g_assert_cmpuint(strlen(read->answer), <=, 2 * PRECEDENT_ANSWER_MAX);
	again = precedent_encode(read);
	back = precedent_decode(g_bytes_get_data(again, NULL),
	                        g_bytes_get_size(again));
	g_assert_nonnull(back);
	g_assert_cmpstr(back->answer, ==, read->answer);
	return 0;
}
