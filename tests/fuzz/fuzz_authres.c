/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "message/address.h"
#include "message/authres.h"

#define ID "mx.firm.example"
#define FAIL "Authentication-Results: " ID "; dmarc=fail\n"

/*
 * The bytes are a header. Whatever stands in it, a failure that a filter of
 * ours reports above it keeps the mail from being verified; so do two From.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);
	g_autofree char *failed = g_strconcat(FAIL, text, NULL);
	g_autoptr(Headers) headers = headers_parse(text, strlen(text), NULL);
	g_autoptr(Headers) worse = headers_parse(failed, strlen(failed), NULL);
	g_autofree char *from = NULL;
	AuthVerdict verdict;

	if (headers == NULL || worse == NULL)
		return 0;
	from = address_from_header(headers_field(headers, "From", 0), NULL);
	verdict = authres_verdict(headers, ID, from);
	g_assert_nonnull(auth_verdict_name(verdict));
	g_assert_cmpint(authres_verdict(worse, ID, from), ==, AUTH_UNVERIFIED);
	if (verdict != AUTH_UNVERIFIED) {
		g_assert_nonnull(from);
		g_assert_null(headers_field(headers, "From", 1));
		g_assert_nonnull(
			headers_field(headers, "Authentication-Results", 0));
	}
	return 0;
}
