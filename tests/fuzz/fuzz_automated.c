/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "message/automated.h"
#include "message/thread.h"

static const char *const own[] = { "support@firm.example", NULL };

/* The bytes are a header; its Subject stands for the decoded one, too. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Headers) headers =
		headers_parse((const char *)bytes, size, NULL);
	AutomatedInput input = { .headers = headers, .own_addresses = own };
	g_autofree char *subject = NULL;
	g_autofree char *key = NULL;

	if (headers == NULL)
		return 0;
	if (headers_field(headers, "Subject", 0) != NULL)
		subject = g_utf8_make_valid(
			headers_field(headers, "Subject", 0), -1);
	input.subject = subject;
	input.envelope_sender = headers_field(headers, "X-Envelope", 0);
	g_assert_cmpint(automated_classify(&input), <, AUTOMATED_N);
	key = thread_key(headers, subject);
	g_assert_nonnull(key);
	g_assert_true(g_utf8_validate(key, -1, NULL));
	return 0;
}
