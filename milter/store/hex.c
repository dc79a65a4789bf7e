/* SPDX-License-Identifier: Apache-2.0 */
#include "hex.h"

#include <glib.h>
#include <string.h>

char *
hex_of(const uint8_t *bytes, size_t size)
{
	char *text = g_malloc(size * 2 + 1);

	for (size_t i = 0; i < size; i++)
		g_snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	text[2 * size] = '\0';
	return text;
}

bool
hex_parse(const char *text, const char *ends, uint8_t *ret_bytes, size_t size)
{
	if (strcspn(text, ends) != 2 * size)
		return false;
	for (size_t i = 0; i < 2 * size; i++)
		if (!g_ascii_isxdigit(text[i]))
			return false;
	for (size_t i = 0; i < size; i++)
		ret_bytes[i] =
			(uint8_t)(g_ascii_xdigit_value(text[2 * i]) << 4 |
		                  g_ascii_xdigit_value(text[2 * i + 1]));
	return true;
}
