/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "message/headers.h"
#include "message/message.h"
#include "message/trace.h"

/*
 * The bytes are a mail. What is read of it is always fit to be stored; its own
 * id is hashed like a reference to it; and two From name nobody.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static Settings *settings;
	g_autoptr(GString) twice = g_string_new("From: x@y.example\n");
	Trace trace, again;

	if (settings == NULL) {
		message_init();
		settings = settings_new_default();
	}
	trace_read(settings, (const char *)bytes, size, &trace);
	trace_read(settings, (const char *)bytes, size, &again);
	g_assert_true(trace_is_valid(&trace));
	g_assert_cmpmem(&trace, sizeof(trace), &again, sizeof(again));
	g_string_append_len(twice, (const char *)bytes, (gssize)size);
	trace_read(settings, twice->str, twice->len, &again);
	g_assert_true(trace_is_valid(&again));
	if (trace.from[0] != '\0')
		g_assert_cmpstr(again.from, ==, "");
	return 0;
}
