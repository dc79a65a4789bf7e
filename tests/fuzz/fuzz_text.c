/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

/* The first byte is the bound. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = NULL;
	char line[300];

	if (size < 1)
		return 0;
	text = text_sanitise((const char *)bytes + 1, size - 1, bytes[0] * 16u,
	                     NULL);
	g_assert_true(g_utf8_validate(text, -1, NULL));
	g_assert_cmpuint(strlen(text), <=, bytes[0] * 16u);
	log_format(line, sizeof(line), LOG_LEVEL_INFO, NULL,
	           (const LogField[]){ EVENT("internal"), STR("t", text) }, 2);
	return 0;
}
