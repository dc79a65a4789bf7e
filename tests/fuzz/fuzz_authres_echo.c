/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "message/authres.h"

#define ID "mx.firm.example"
#define FROM "From: bo@customer.example\n"

/* What filters write around a stranger's text, each %s the same. */
static const char *const echoes[] = {
	"; spf=none smtp.helo=%s",
	"; spf=fail smtp.mailfrom=%s",
	"; dkim=none; spf=fail (" ID ": domain of %s does not designate "
	"192.0.2.66 as permitted sender) smtp.mailfrom=%s",
	"; spf=fail (client-ip=192.0.2.66; helo=%s; envelope-from=%s)",
	"; dkim=pass (2048-bit key) header.d=evil.example header.i=%s@evil."
	"example header.a=rsa-sha256 header.s=%s header.b=x; dkim-atps=neutral",
	"; dkim=fail reason=\"%s\" header.d=evil.example",
};

static char *
filled(const char *echo, const char *text)
{
	g_auto(GStrv) pieces = g_strsplit(echo, "%s", -1);

	return g_strjoinv(text, pieces);
}

/* The bytes are a client's name, or an address: if it is let pass, nothing that
 * a filter says with it in it is proof for somebody else. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);

	if (!auth_text_is_plain(text))
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(echoes); i++) {
		g_autofree char *said = filled(echoes[i], text);
		g_autofree char *header = g_strconcat(
			"Authentication-Results: " ID, said, "\n" FROM, NULL);
		g_autoptr(Headers) headers =
			headers_parse(header, strlen(header), NULL);

		if (headers != NULL)
			g_assert_cmpint(authres_verdict(headers, ID,
			                                "bo@customer.example"),
			                ==, AUTH_UNVERIFIED);
	}
	return 0;
}
