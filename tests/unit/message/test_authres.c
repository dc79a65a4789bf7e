/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attacks that must not end as verified. The reader is `mx.firm.example`; the
 * customer attacked is bo@customer.example.
 */
#include "message/authres.h"

#include <glib.h>
#include <string.h>

#include "authres_fixture.h"
#include "base/limits.h"
#include "rows.h"

static const Row attacks[] = {
	/* nobody of ours says anything */
	{ "none", FROM },
	{ "other-id", AR "mx.evil.example" PASS FROM },
	{ "other-id-parent", AR "firm.example" PASS FROM },
	{ "other-id-child", AR "a." ID PASS FROM },
	{ "other-id-suffix", OUR ".evil.example" PASS FROM },
	{ "other-id-prefix", AR "x" ID PASS FROM },
	{ "other-id-job", OUR "/4ABC" PASS FROM },
	{ "other-id-comma", OUR ",evil" PASS FROM },
	{ "other-id-trailing-dot", OUR "." PASS FROM },
	{ "other-id-dotless-i", AR "mx.f\xc4\xb1rm.example" PASS FROM },
	{ "quoted-id", AR "\"" ID "\"" PASS FROM },
	{ "half-quoted-id", AR "\"mx\".firm.example" PASS FROM },
	{ "quoted-tail-id", AR "mx.firm.\"example\"" PASS FROM },
	{ "quoted-escape-id", AR "\"mx\\.firm.example\"" PASS FROM },
	{ "comment-before-id", AR "(x) " ID PASS FROM },
	{ "comment-in-id", AR "mx.(x)firm.example" PASS FROM },
	{ "comment-touching-id", OUR "(x)" PASS FROM },
	{ "id-in-comment", AR "evil.example (" ID ")" PASS FROM },
	{ "id-in-second-place", AR "evil.example " ID PASS FROM },
	{ "no-id", AR "dmarc=pass header.from=customer.example\n" FROM },
	{ "empty", AR "\n" FROM },
	{ "id-only", OUR "\n" FROM },
	{ "version-2", OUR " 2" PASS FROM },
	{ "version-word", OUR " x" PASS FROM },
	{ "version-twice", OUR " 1 1" PASS FROM },
	{ "version-long",
	  OUR " 1111111111111111111111111111111111111111" PASS FROM },
	{ "version-10", OUR " 10" PASS FROM },
	/* the wrong field */
	{ "arc", "ARC-Authentication-Results: i=1; " ID PASS FROM },
	{ "arc-no-instance", "ARC-Authentication-Results: " ID PASS FROM },
	{ "x-original", "X-Original-Authentication-Results: " ID PASS FROM },
	{ "old", "Old-Authentication-Results: " ID PASS FROM },
	{ "underscores", "Authentication_Results: " ID PASS FROM },
	{ "received-spf", "Received-SPF: pass (" ID ") dmarc=pass\n" FROM },
	{ "blank-before-colon", "Authentication-Results : " ID PASS FROM },
	{ "tab-before-colon", "Authentication-Results\t: " ID PASS FROM },
	{ "in-body", FROM "\n" OUR PASS },
	{ "in-attachment",
	  FROM "Content-Type: message/rfc822\n\n" OUR PASS FROM },
	{ "after-non-header", FROM "not a header line\n" OUR PASS },
	{ "folded-into-other", "X-Note: a\n " OUR PASS FROM },
	{ "in-value", "X-Note: " OUR PASS FROM },
	{ "bare-cr", "X-Note: a\r" OUR PASS FROM },
	/* forged beside the true one */
	{ "forged-above", OUR PASS OUR FAIL FROM },
	{ "forged-below", OUR FAIL FROM OUR PASS },
	{ "forged-upper-case",
	  "AUTHENTICATION-RESULTS: " ID PASS OUR FAIL FROM },
	{ "forged-id-upper-case", AR "MX.FIRM.EXAMPLE" PASS OUR FAIL FROM },
	{ "forged-twice", OUR PASS OUR FAIL OUR PASS FROM },
	{ "forged-dkim-dmarc-fails",
	  OUR "; dkim=pass header.d=customer.example\n" OUR FAIL FROM },
	{ "forged-dkim-dkim-fails",
	  OUR "; dkim=pass header.d=customer.example\n" OUR
	      "; dkim=fail header.d=customer.example\n" FROM },
	{ "forged-dkim-dkim-none", OUR
	  "; dkim=pass header.d=customer.example\n" OUR "; dkim=none\n" FROM },
	{ "forged-dkim-other-signed",
	  OUR "; dkim=pass header.d=customer.example\n" OUR
	      "; dkim=pass header.d=evil.example\n" FROM },
	{ "forged-dmarc-dmarc-none",
	  OUR PASS OUR "; dmarc=none header.from=customer.example\n" FROM },
	{ "forged-dmarc-others-fail",
	  OUR PASS OUR "; spf=fail smtp.mailfrom=bo@customer.example; "
	               "dkim=none\n" FROM },
	{ "forged-with-unreadable-true", OUR PASS OUR "; dkim=(x\n" FROM },
	{ "forged-with-odd-true",
	  OUR PASS "Authentication-Results : " ID FAIL FROM },
	/* results that are not */
	{ "dmarc-fail", OUR FAIL FROM },
	{ "dmarc-none",
	  OUR "; dmarc=none header.from=customer.example\n" FROM },
	{ "dmarc-bestguess",
	  OUR "; dmarc=bestguesspass header.from=customer.example\n" FROM },
	{ "dmarc-temperror",
	  OUR "; dmarc=temperror header.from=customer.example\n" FROM },
	{ "dmarc-passes",
	  OUR "; dmarc=passes header.from=customer.example\n" FROM },
	{ "dmarc-quoted-pass",
	  OUR "; dmarc=\"pass\" header.from=customer.example\n" FROM },
	{ "dmarc-empty", OUR "; dmarc= header.from=customer.example\n" FROM },
	{ "dmarc-fail-in-list",
	  OUR "; dmarc=pass header.from=customer.example; dmarc=fail "
	      "header.from=customer.example\n" FROM },
	{ "pass-in-comment",
	  OUR "; (dmarc=pass header.from=customer.example) dmarc=fail "
	      "header.from=customer.example\n" FROM },
	{ "pass-in-nested-comment",
	  OUR "; dkim=fail (a (b) ; dmarc=pass header.from=customer.example) "
	      "header.d=x.example\n" FROM },
	{ "pass-in-escaped-comment",
	  OUR "; dkim=fail (a \\) ; dmarc=pass "
	      "header.from=customer.example) header.d=x.example\n" FROM },
	{ "pass-in-reason",
	  OUR "; dkim=fail reason=\"x; dmarc=pass "
	      "header.from=customer.example\" header.d=x.example\n" FROM },
	{ "pass-in-unclosed-comment", OUR
	  "; dkim=fail (x; dmarc=pass header.from=customer.example\n" FROM },
	{ "pass-in-unclosed-quote", OUR "; dkim=fail reason=\"x; dmarc=pass "
	                                "header.from=customer.example\n" FROM },
	{ "pass-after-broken",
	  OUR "; dkim==; dmarc=pass header.from=customer.example\n" FROM },
	{ "pass-before-broken",
	  OUR "; dmarc=pass header.from=customer.example; dkim=(\n" FROM },
	{ "method-x",
	  OUR "; x-dmarc=pass header.from=customer.example\n" FROM },
	{ "method-version-2",
	  OUR "; dmarc/2=pass header.from=customer.example\n" FROM },
	{ "method-split",
	  OUR "; dm arc=pass header.from=customer.example\n" FROM },
	{ "method-adsp",
	  OUR "; dkim-adsp=pass header.from=customer.example\n" FROM },
	{ "method-arc", OUR "; arc=pass header.from=customer.example\n" FROM },
	{ "method-iprev", OUR "; iprev=pass header.d=customer.example\n" FROM },
	{ "method-auth",
	  OUR "; auth=pass smtp.auth=bo@customer.example\n" FROM },
	{ "control-in-value",
	  OUR "; dmarc=pass header.from=customer.example\x01\n" FROM },
	{ "nothing-between",
	  OUR "; dmarc=pass;header.from=customer.example\n" FROM },
	/* what must be read to its end */
	{ "unclosed-before-id", AR "(x " ID PASS FROM },
	{ "unclosed-after-id", OUR " (x" PASS FROM },
	{ "unclosed-after-version", OUR " 1 (x" PASS FROM },
	{ "unclosed-after-semicolon", OUR "; (x" PASS FROM },
	{ "unclosed-after-method",
	  OUR "; dmarc (x = pass header.from=customer.example\n" FROM },
	{ "unclosed-in-version",
	  OUR "; dmarc/ (x 1=pass header.from=customer.example\n" FROM },
	{ "unclosed-after-equals",
	  OUR "; dmarc= (x pass header.from=customer.example\n" FROM },
	{ "unclosed-after-property",
	  OUR "; dmarc=pass header.from (x =customer.example\n" FROM },
	{ "unclosed-after-value",
	  OUR "; dmarc=pass header.from=customer.example (x\n" FROM },
	{ "backslash-ends-comment", OUR "; dmarc=pass (x\\\n" FROM },
	{ "backslash-ends-quote",
	  OUR "; dmarc=pass header.from=\"customer.example\\\n" FROM },
	{ "version-missing",
	  OUR "; dmarc/=pass header.from=customer.example\n" FROM },
	{ "method-missing", OUR "; =pass header.from=customer.example\n" FROM },
	{ "equals-missing", OUR "; dmarc header.from=customer.example\n" FROM },
	{ "property-missing", OUR "; dmarc=pass =customer.example\n" FROM },
	{ "property-no-equals",
	  OUR "; dmarc=pass header.from customer.example\n" FROM },
	{ "value-missing", OUR "; dmarc=pass header.from=\n" FROM },
	{ "value-empty-quotes", OUR "; dmarc=pass header.from=\"\"\n" FROM },
	{ "value-two-quotes",
	  OUR "; dkim=pass header.d=\"customer\"\".example\"\n" FROM },
	{ "method-long", OUR "; dmarcdmarcdmarcdmarcdmarcdmarcdmarc=pass "
	                     "header.from=customer.example\n" FROM },
	{ "result-long", OUR "; dmarc=passpasspasspasspasspasspasspasspass "
	                     "header.from=customer.example\n" FROM },
	{ "result-touches-quote",
	  OUR "; dmarc=pass\"x\" header.from=customer.example\n" FROM },
	{ "none-with-property",
	  OUR "; none header.from=customer.example\n" FROM },
	{ "comment-in-value",
	  OUR "; dmarc=pass header.from=(x)customer.example(y)\n" FROM },
	{ "backslash-in-value",
	  OUR "; dmarc=pass header.from=customer\\.example\n" FROM },
	{ "id-then-word",
	  OUR " dmarc=pass header.from=customer.example\n" FROM },
	{ "id-then-equals", OUR "=pass" PASS FROM },
	/* the wrong domain */
	{ "dmarc-no-domain", OUR "; dmarc=pass\n" FROM },
	{ "dmarc-other-domain",
	  OUR "; dmarc=pass header.from=evil.example\n" FROM },
	{ "dmarc-parent", OUR "; dmarc=pass header.from=example\n" FROM },
	{ "dmarc-child",
	  OUR "; dmarc=pass header.from=a.customer.example\n" FROM },
	{ "dmarc-lookalike",
	  OUR "; dmarc=pass header.from=xcustomer.example\n" FROM },
	{ "dmarc-trailing-dot",
	  OUR "; dmarc=pass header.from=customer.example.\n" FROM },
	{ "dmarc-twice", OUR "; dmarc=pass header.from=evil.example "
	                     "header.from=customer.example\n" FROM },
	{ "dmarc-twice-same", OUR "; dmarc=pass header.from=customer.example "
	                          "header.from=customer.example\n" FROM },
	{ "dmarc-address",
	  OUR "; dmarc=pass header.from=bo@customer.example\n" FROM },
	{ "dmarc-comment-in-domain", OUR
	  "; dmarc=pass header.from=customer.example(.evil.example)\n" FROM },
	{ "cve-2020-12272",
	  OUR "; dmarc=pass header.from=customer.example(.evil.example\n"
	      "From: <bo@customer.example(.evil.example>\n" },
	{ "cve-2020-12272-closed",
	  OUR "; dmarc=pass header.from=customer.example(.evil.example)\n"
	      "From: bo@customer.example(.evil.example)\n" },
	{ "dmarc-half-quoted", OUR
	  "; dmarc=pass header.from=\"customer.example\".evil.example\n" FROM },
	{ "dmarc-mailfrom-only",
	  OUR "; dmarc=pass smtp.mailfrom=bo@customer.example\n" FROM },
	{ "dmarc-u-label", OUR "; dmarc=pass header.from=b\xc3\xbc"
	                       "cher.example\n"
	                       "From: bo@b\xc3\xbc"
	                       "cher.example\n" },
	{ "dmarc-homoglyph",
	  OUR "; dmarc=pass header.from=xn--ustomer-h5g.example\n" FROM },
	{ "dmarc-underscore",
	  OUR "; dmarc=pass header.from=a_b.example\nFrom: bo@a_b.example\n" },
	{ "dmarc-one-label",
	  OUR "; dmarc=pass header.from=localhost\nFrom: bo@localhost\n" },
	{ "dmarc-literal",
	  OUR "; dmarc=pass header.from=[192.0.2.1]\nFrom: bo@[192.0.2.1]\n" },
	{ "dmarc-long-value", NULL },
	{ "dkim-not-aligned", OUR "; dkim=pass header.d=evil.example\n" FROM },
	{ "dkim-child", OUR "; dkim=pass header.d=a.customer.example\n" FROM },
	{ "dkim-sibling", OUR "; dkim=pass header.d=b.customer.example\n"
	                      "From: bo@a.customer.example\n" },
	{ "dkim-one-label", OUR "; dkim=pass header.d=example\n" FROM },
	{ "dkim-label-suffix",
	  OUR "; dkim=pass header.d=tomer.example\n" FROM },
	{ "dkim-no-domain", OUR "; dkim=pass\n" FROM },
	{ "dkim-identity-elsewhere", OUR
	  "; dkim=pass header.d=customer.example header.i=@evil.example\n" FROM },
	{ "dkim-identity-only-elsewhere",
	  OUR "; dkim=pass header.i=customer.example@evil.example\n" FROM },
	{ "dkim-only-selector",
	  OUR "; dkim=pass header.s=customer.example\n" FROM },
	{ "dkim-fail", OUR "; dkim=fail header.d=customer.example\n" FROM },
	{ "dkim-neutral",
	  OUR "; dkim=neutral header.d=customer.example\n" FROM },
	{ "dkim-policy", OUR "; dkim=policy header.d=customer.example\n" FROM },
	{ "dkim-property-of-other",
	  OUR "; dkim=pass header.d=evil.example; spf=pass "
	      "header.d=customer.example\n" FROM },
	/* the wrong From */
	{ "from-none", OUR PASS },
	{ "from-two-fields", OUR PASS FROM "From: x@evil.example\n" },
	{ "from-two-same", OUR PASS FROM FROM },
	{ "from-two-addresses",
	  OUR PASS "From: bo@customer.example, x@evil.example\n" },
	{ "from-group", OUR PASS "From: Bo: bo@customer.example;\n" },
	{ "from-route",
	  OUR PASS "From: <@evil.example:bo@customer.example>\n" },
	{ "from-two-ats", OUR PASS "From: x@evil.example@customer.example\n" },
	{ "from-cr", OUR PASS "From: bo@customer.example\r x@evil.example\n" },
	{ "from-quoted-domain", OUR PASS "From: bo@\"customer.example\"\n" },
	{ "from-encoded",
	  OUR PASS "From: =?utf-8?Q?bo=40customer.example?=\n" },
	{ "from-sender-instead", OUR PASS "Sender: bo@customer.example\n" },
	{ "from-display-name",
	  OUR PASS "From: \"bo@customer.example\" <x@evil.example>\n" },
	{ "from-unclosed", OUR PASS "From: Bo <bo@customer.example\n" },
	{ "from-junk-after",
	  OUR PASS "From: <bo@customer.example> x@evil.example\n" },
	{ "from-in-angle-twice",
	  OUR PASS "From: <bo@customer.example> <x@evil.example>\n" },
};

/* What they must not do, told in code: too long for a table. */
static char *
long_value(void)
{
	g_autofree char *fill = g_strnfill(LIMIT_HEADER_VALUE, 'x');

	return g_strconcat(OUR "; dmarc=fail reason=", fill,
	                   " header.from=customer.example\n" OUR PASS FROM,
	                   NULL);
}

static void
test_attack(const void *data)
{
	const Row *row = data;
	g_autofree char *made = row->header == NULL ? long_value() : NULL;

	g_assert_cmpint(verdict_of(made != NULL ? made : row->header), !=,
	                AUTH_VERIFIED);
}

/* A true failure among 1 to 60 forged passes, at every place. */
static void
test_many(void)
{
	for (int n = 1; n <= 60; n++)
		for (int place = 0; place <= n; place += 7) {
			GString *header = g_string_new(NULL);

			for (int i = 0; i <= n; i++)
				g_string_append(header, i == place ? OUR FAIL
				                                   : OUR PASS);
			g_string_append(header, FROM);
			g_assert_cmpint(verdict_of(header->str), !=,
			                AUTH_VERIFIED);
			g_string_free(header, TRUE);
		}
}

static void
test_field_limit(void)
{
	for (int n = LIMIT_AUTHRES_FIELDS - 1; n <= LIMIT_AUTHRES_FIELDS + 1;
	     n++) {
		GString *header = g_string_new(NULL);

		for (int i = 0; i < n; i++)
			g_string_append(header, OUR PASS);
		g_string_append(header, FROM);
		g_assert_true((verdict_of(header->str) == AUTH_VERIFIED) ==
		              (n <= LIMIT_AUTHRES_FIELDS));
		g_string_free(header, TRUE);
	}
}

static AuthVerdict
verdict_given(const char *header, const char *from)
{
	g_autoptr(Headers) headers =
		headers_parse(header, strlen(header), NULL);

	return authres_verdict(headers, ID, from);
}

static void
test_arguments(void)
{
	static const char header[] = OUR PASS FROM;
	static const char from[] = "bo@customer.example";
	g_autoptr(Headers) headers =
		headers_parse(header, sizeof header - 1, NULL);

	g_assert_cmpint(authres_verdict(headers, ID, from), ==, AUTH_VERIFIED);
	g_assert_cmpint(authres_verdict(headers, ID, NULL), ==,
	                AUTH_UNVERIFIED);
	g_assert_cmpint(authres_verdict(headers, NULL, from), ==,
	                AUTH_UNVERIFIED);
	g_assert_cmpint(authres_verdict(headers, "", from), ==,
	                AUTH_UNVERIFIED);
	g_assert_cmpint(authres_verdict(headers, ID, "x@customer.example"), ==,
	                AUTH_UNVERIFIED);
	g_assert_cmpint(verdict_given(OUR PASS, from), ==, AUTH_UNVERIFIED);
	g_assert_cmpint(verdict_given(OUR PASS "From: bo\n", from), ==,
	                AUTH_UNVERIFIED);
	g_assert_cmpstr(auth_verdict_name(AUTH_VERIFIED), ==, "verified");
	g_assert_cmpstr(auth_verdict_name(AUTH_WEAK), ==, "weak");
	g_assert_cmpstr(auth_verdict_name(AUTH_UNVERIFIED), ==, "unverified");
}

int
main(int argc, char **argv)
{
	G_STATIC_ASSERT(G_N_ELEMENTS(attacks) >= 60);
	g_test_init(&argc, &argv, NULL);
	rows_add("/authres/attack/", attacks, test_attack);
	g_test_add_func("/authres/many-forged", test_many);
	g_test_add_func("/authres/limit-fields", test_field_limit);
	g_test_add_func("/authres/arguments", test_arguments);
	return g_test_run();
}
