/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "message/headers.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Headers) headers =
		headers_parse((const char *)bytes, size, NULL);

	if (headers == NULL)
		return 0;
	g_assert_cmpuint(headers_body_offset(headers), <=, size);
	g_assert_cmpuint(headers_count(headers), <=, LIMIT_HEADER_FIELDS);
	for (size_t i = 0; i < headers_count(headers); i++) {
		const char *value = headers_value(headers, i);

		g_assert_cmpuint(strlen(headers_name(headers, i)), >, 0);
		g_assert_cmpuint(strlen(value), <=, LIMIT_HEADER_VALUE);
		g_assert_null(strpbrk(value, "\r\n"));
		g_assert_nonnull(
			headers_field(headers, headers_name(headers, i), 0));
	}
	return 0;
}
