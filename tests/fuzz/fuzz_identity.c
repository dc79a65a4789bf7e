/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "message/address.h"
#include "message/identity.h"
#include "message/message.h"

static const char policy[] = "[identity]\n"
			     "subaddress_domains = tags.example;example.com\n"
			     "dotless_domains = dots.example;example.com\n";

/* An identity is its own identity, bounded, and of the domain it was of. */
static void
check(const Settings *settings, const char *text)
{
	g_autofree char *address = address_from_header(text, NULL);
	g_autofree char *identity = identity_of(settings, text);
	g_autofree char *again = NULL;

	if (identity == NULL)
		return;
	again = identity_of(settings, identity);
	g_assert_cmpstr(again, ==, identity);
	g_assert_nonnull(address);
	g_assert_cmpstr(address_domain(identity), ==, address_domain(address));
	g_assert_cmpuint(strlen(identity), <=, 2 * LIMIT_LOCAL_BYTES + 3 + 253);
	g_assert_true(g_utf8_validate(identity, -1, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static Settings *plain, *both;
	g_autofree char *in = g_strndup((const char *)bytes, size);

	if (plain == NULL) {
		message_init();
		plain = settings_new_default();
		both = settings_parse("fuzz", policy, strlen(policy), NULL);
	}
	check(plain, in);
	check(both, in);
	return 0;
}
