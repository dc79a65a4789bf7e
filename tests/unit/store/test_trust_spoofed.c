/* SPDX-License-Identifier: Apache-2.0 */
/*
 * H-5: a mail that only claims to be of a VIP, in every way of claiming and
 * with everything that authentication may say, never shows the VIP's tier; the
 * VIP's own mail, through the same path, does.
 *
 * The path is the filter's: header to address to verdict, address to identity,
 * the domain's exception, and from those the decision. A look-up of customers
 * is a comparison with the one customer there is.
 */
#include <glib.h>
#include <string.h>

#include "message/address.h"
#include "message/authres.h"
#include "message/headers.h"
#include "message/identity.h"
#include "message/message.h"
#include "store/trust.h"
#include "store_fixture.h"

#define ID "mx.firm.example"
#define OUR "Authentication-Results: " ID
#define VIP "vip@customer.example"
#define NOW 1000

typedef struct Part {
	const char *name, *header;
} Part;

/* What the attacker writes of himself; he can send for evil.example alone. */
static const Part senders[] = {
	{ "from", "From: vip@customer.example\n" },
	{ "from-name", "From: \"The VIP\" <vip@customer.example>\n" },
	{ "from-case", "From: VIP@CUSTOMER.example\n" },
	{ "from-quoted", "From: \"vip\"@customer.example\n" },
	{ "from-dot", "From: <vip@customer.example.>\n" },
	{ "from-comment", "From: (evil) vip@customer.example (x)\n" },
	{ "from-tag", "From: vip+x@customer.example\n" },
	{ "from-sender", "From: vip@customer.example\n"
	                 "Sender: x@evil.example\n" },
	{ "from-twice", "From: x@evil.example\nFrom: vip@customer.example\n" },
	{ "from-twice-first",
	  "From: vip@customer.example\nFrom: x@evil.example\n" },
	{ "from-list", "From: x@evil.example, vip@customer.example\n" },
	{ "from-group", "From: a: vip@customer.example;\n" },
	{ "from-folded", "From: The VIP\n <vip@customer.example>\n" },
	{ "from-blank-colon", "From : vip@customer.example\n" },
	{ "reply-to",
	  "From: x@evil.example\nReply-To: vip@customer.example\n" },
	{ "sender", "From: x@evil.example\nSender: vip@customer.example\n" },
	{ "resent",
	  "From: x@evil.example\nResent-From: vip@customer.example\n" },
	{ "return-path",
	  "Return-Path: <vip@customer.example>\nFrom: x@evil.example\n" },
	{ "name", "From: \"vip@customer.example\" <x@evil.example>\n" },
	{ "name-angle", "From: \"<vip@customer.example>\" <x@evil.example>\n" },
	{ "name-bare", "From: vip@customer.example <x@evil.example>\n" },
	{ "name-encoded",
	  "From: =?utf-8?Q?vip=40customer.example?= <x@evil.example>\n" },
	{ "name-comment", "From: x@evil.example (vip@customer.example)\n" },
	{ "local-quoted", "From: \"vip@customer.example\"@evil.example\n" },
	{ "local-percent", "From: vip%customer.example@evil.example\n" },
	{ "local-tag", "From: vip+customer.example@evil.example\n" },
	{ "look-alike", "From: vip@custorner.example\n" },
	{ "look-alike-idn", "From: vip@\xd1\x81ustomer.example\n" },
	{ "child", "From: vip@evil.customer.example\n" },
	{ "suffix", "From: vip@customer.example.evil.example\n" },
	{ "parent", "From: vip@example\n" },
};

/* What our own authenticators, or a forger, say. None verifies the VIP. */
static const Part results[] = {
	{ "silent", "" },
	{ "none", OUR "; none\n" },
	{ "foreign", "Authentication-Results: mx.evil.example; dmarc=pass "
	             "header.from=customer.example\n" },
	{ "dmarc-fail", OUR "; dmarc=fail header.from=customer.example\n" },
	{ "forged-over-fail",
	  OUR "; dmarc=pass header.from=customer.example\n" OUR
	      "; dmarc=fail header.from=customer.example\n" },
	{ "dmarc-none", OUR "; dmarc=none header.from=customer.example\n" },
	{ "dmarc-temperror",
	  OUR "; dmarc=temperror header.from=customer.example\n" },
	{ "dmarc-other", OUR "; dmarc=pass header.from=evil.example\n" },
	{ "dkim-other", OUR "; dkim=pass header.d=evil.example\n" },
	{ "dkim-fail", OUR "; dkim=fail header.d=customer.example\n" },
	{ "spf-other",
	  OUR "; spf=pass smtp.mailfrom=x@evil.example; dmarc=none\n" },
	{ "spf-fail", OUR "; spf=fail smtp.mailfrom=vip@customer.example\n" },
	{ "all-other", OUR "; dkim=pass header.d=evil.example; spf=pass "
	                   "smtp.mailfrom=evil.example; dmarc=pass "
	                   "header.from=evil.example\n" },
	{ "unreadable", OUR "; dmarc=(\n" },
};

/* Exceptions there may be; only the VIP's own domain is left out, and tried
 * apart. */
static const char *const excepted[] = {
	NULL,
	"evil.example",
	"example.org",
	"a.customer.example",
};

/* As the keeper looks: one customer, known by the identity of From. */
static const char *
tier_shown(Store *store, const Settings *settings, const char *text)
{
	g_autoptr(Headers) headers = headers_parse(text, strlen(text), NULL);
	const char *value = headers_field(headers, "From", 0);
	g_autofree char *from = address_from_header(value, NULL);
	g_autofree char *identity = identity_of(settings, from);
	g_autoptr(GError) error = NULL;
	bool known = g_strcmp0(identity, VIP) == 0;
	bool exception = false;
	Trust trust;

	if (from != NULL)
		g_assert_true(trust_is_excepted(store, address_domain(from),
		                                NOW, &exception, &error));
	trust = trust_decide(authres_verdict(headers, ID, from), exception);
	return trust_tier_name(trust, known, TIER_VIP);
}

static void
allow(Store *store, const char *domain)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);
	TrustException exception = { domain, 2 * NOW, "test", 1 };

	if (domain != NULL)
		g_assert_true(trust_allow(store, &exception, &error));
	g_assert_true(store_commit(txn, &error));
}

static void
test_spoofed(void)
{
	g_autoptr(Settings) settings = settings_new_default();
	size_t n = 0, unverified = 0;

	for (size_t e = 0; e < G_N_ELEMENTS(excepted); e++) {
		g_autoptr(StoreFixture) fixture =
			store_fixture_new(STORE_ADMIN);

		allow(fixture->store, excepted[e]);
		for (size_t i = 0;
		     i < G_N_ELEMENTS(senders) * G_N_ELEMENTS(results); i++) {
			const Part *sender =
				&senders[i % G_N_ELEMENTS(senders)];
			const Part *result =
				&results[i / G_N_ELEMENTS(senders)];
			g_autofree char *text = g_strconcat(
				result->header, sender->header, NULL);
			const char *shown =
				tier_shown(fixture->store, settings, text);

			g_test_message("%s %s %zu", sender->name, result->name,
			               e);
			g_assert_cmpstr(shown, !=, "vip");
			unverified += strcmp(shown, "unverified") == 0;
			n++;
		}
	}
	g_assert_cmpuint(n, >=, 1000);
	/* Had nobody been taken for the VIP, nothing would have been tried. */
	g_assert_cmpuint(unverified, >=, 300);
}

/* The VIP's own, in every way that is read, and verified: the tier shows. */
static void
test_genuine(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Settings) settings = settings_new_default();
	static const char *const verified[] = {
		OUR "; dmarc=pass header.from=customer.example\n",
		OUR "; dkim=pass header.d=customer.example\n",
	};
	size_t n = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
		if (!g_str_has_prefix(senders[i].name, "from") ||
		    strstr(senders[i].header, "evil.example") != NULL ||
		    strcmp(senders[i].name, "from-tag") == 0 ||
		    strcmp(senders[i].name, "from-group") == 0 ||
		    strcmp(senders[i].name, "from-blank-colon") == 0)
			continue;
		for (size_t r = 0; r < G_N_ELEMENTS(verified); r++) {
			g_autofree char *text = g_strconcat(
				verified[r], senders[i].header, NULL);

			g_test_message("%s %zu", senders[i].name, r);
			g_assert_cmpstr(
				tier_shown(fixture->store, settings, text), ==,
				"vip");
			n++;
		}
	}
	g_assert_cmpuint(n, >=, 12);
}

/* SPF alone counts with an exception for that very domain, and then only. */
static void
test_weak(void)
{
	static const char spf[] =
		OUR "; spf=pass smtp.mailfrom=a@customer.example\n"
		    "From: vip@customer.example\n";
	static const char failed[] =
		OUR "; spf=fail smtp.mailfrom=a@customer.example\n"
		    "From: vip@customer.example\n";
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Settings) settings = settings_new_default();
	Store *store = fixture->store;

	allow(store, "a.customer.example");
	allow(store, "evil.example");
	g_assert_cmpstr(tier_shown(store, settings, spf), ==, "unverified");
	allow(store, "customer.example");
	g_assert_cmpstr(tier_shown(store, settings, spf), ==, "vip");
	g_assert_cmpstr(tier_shown(store, settings, failed), ==, "unverified");
	g_assert_cmpstr(
		tier_shown(store, settings, "From: vip@customer.example\n"), ==,
		"unverified");
}

/* A tag makes another customer, but where the site says that it means nothing;
 * there the domain must still speak for it. */
static void
test_tags(void)
{
	static const char text[] =
		"[identity]\nsubaddress_domains = customer.example\n";
	static const char tagged[] =
		OUR "; dmarc=pass header.from=customer.example\n"
		    "From: vip+x@customer.example\n";
	static const char spoofed[] = "From: vip+x@customer.example\n";
	static const char elsewhere[] =
		OUR "; dmarc=pass header.from=evil.example\n"
		    "From: vip+x@evil.example\n";
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Settings) plain = settings_new_default();
	g_autoptr(Settings) tags =
		settings_parse("test", text, strlen(text), NULL);
	Store *store = fixture->store;

	g_assert_nonnull(tags);
	g_assert_cmpstr(tier_shown(store, plain, tagged), ==, "unknown");
	g_assert_cmpstr(tier_shown(store, tags, tagged), ==, "vip");
	g_assert_cmpstr(tier_shown(store, tags, spoofed), ==, "unverified");
	g_assert_cmpstr(tier_shown(store, tags, elsewhere), ==, "unknown");
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trust-spoofed/spoofed", test_spoofed);
	g_test_add_func("/trust-spoofed/genuine", test_genuine);
	g_test_add_func("/trust-spoofed/weak", test_weak);
	g_test_add_func("/trust-spoofed/tags", test_tags);
	return g_test_run();
}
