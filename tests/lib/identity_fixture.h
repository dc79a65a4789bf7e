/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identity_fixture - policies to try identities with, and what must hold of
 * every identity.
 *
 * Owns:    the policies; policies_free() at the end.
 * Fails:   fails the test.
 * Threads: that of main().
 */
#ifndef TESTS_IDENTITY_FIXTURE_H
#define TESTS_IDENTITY_FIXTURE_H

#include <glib.h>
#include <string.h>

#include "message/address.h"
#include "message/identity.h"

/* Settings to try with. */
typedef enum Policy {
	PLAIN, /* as shipped */
	CASED, /* fold_case = false */
	TAGS,  /* NAME+TAG is NAME at tags.example and at an IDN */
	DOTS,  /* dots mean nothing at dots.example */
	BOTH,  /* both, at example.com */
	POLICIES,
} Policy;

static const char *const policy_texts[] = {
	[PLAIN] = "",
	[CASED] = "fold_case = false\n",
	[TAGS] = "subaddress_domains = Tags.Example.;b\xc3\xbc"
		 "cher.example\n",
	[DOTS] = "dotless_domains = DOTS.example;dots.example.org\n",
	[BOTH] = "subaddress_domains = example.com\n"
		 "dotless_domains = example.com\n",
};

static Settings *policies[POLICIES];

/* Under every policy: what is an identity stays what it is. */
static void
check_idempotent(Policy policy, const char *identity)
{
	g_autofree char *again = identity_of(policies[policy], identity);
	g_autofree char *named = g_strdup_printf("Bo <%s>", identity);
	g_autofree char *of_named = identity_of(policies[policy], named);
	g_autofree char *address = address_from_header(identity, NULL);
	g_autofree char *of_address = NULL;

	g_assert_nonnull(address);
	of_address = identity_of(policies[policy], address);
	g_assert_cmpstr(again, ==, identity);
	g_assert_cmpstr(of_named, ==, identity);
	g_assert_cmpstr(of_address, ==, identity);
}

static void
policies_load(void)
{
	for (Policy p = PLAIN; p < POLICIES; p++) {
		g_autofree char *text =
			g_strconcat("[identity]\n", policy_texts[p], NULL);
		g_autoptr(GError) error = NULL;

		policies[p] =
			settings_parse("test", text, strlen(text), &error);
		g_assert_no_error(error);
	}
}

static void
policies_free(void)
{
	for (Policy p = PLAIN; p < POLICIES; p++)
		settings_free(policies[p]);
}

#endif
