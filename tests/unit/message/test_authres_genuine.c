/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the filters of this world write, and what it is worth. The reader is
 * `mx.firm.example`.
 */
#include "message/authres.h"

#include <glib.h>
#include <string.h>

#include "authres_fixture.h"
#include "rows.h"

static const Row genuine[] = {
	{ "opendmarc", OUR PASS FROM },
	{ "opendmarc-old",
	  OUR "; dmarc=pass header.from=customer.example\n" FROM },
	{ "opendmarc-reject", OUR
	  "; dmarc=pass (p=reject dis=none) header.from=customer.example\n" FROM },
	{ "opendkim",
	  OUR "; dkim=pass (2048-bit key; unprotected) "
	      "header.d=customer.example header.i=@customer.example "
	      "header.a=rsa-sha256 header.s=mail header.b=aBc/12+x;\n"
	      "\tdkim-atps=neutral\n" FROM },
	{ "opendkim-unaligned-key",
	  OUR ";\n\tdkim=pass (1024-bit key) header.d=customer.example "
	      "header.i=@customer.example header.b=\"q/9+xYz=\"\n" FROM },
	{ "opendkim-secure",
	  OUR "; dkim=pass\n\treason=\"2048-bit key; secure\"\n"
	      "\theader.d=customer.example header.i=@customer.example "
	      "header.b=Zz1\n" FROM },
	{ "opendkim-and-opendmarc",
	  OUR PASS OUR "; dkim=pass (2048-bit key; unprotected) "
	               "header.d=customer.example "
	               "header.i=@customer.example header.b=x1\n" FROM },
	{ "opendkim-opendmarc-spf", OUR PASS OUR
	  "; spf=pass smtp.mailfrom=customer.example\n" OUR
	  "; dkim=pass header.d=customer.example header.b=x\n" FROM },
	{ "opendmarc-after-list",
	  OUR PASS OUR "; dkim=pass header.d=customer.example header.b=x; "
	               "dkim=fail header.d=list.example header.b=y\n" FROM },
	{ "opendmarc-by-spf-alone", OUR PASS OUR "; dkim=none\n" FROM },
	{ "opendmarc-by-spf",
	  OUR PASS OUR "; dkim=fail header.d=customer.example header.b=x\n" OUR
	               "; spf=pass smtp.mailfrom=bo@customer.example\n" FROM },
	{ "opendmarc-child-signature",
	  OUR PASS OUR "; dkim=pass header.d=mail.customer.example "
	               "header.b=x\n" FROM },
	{ "rspamd",
	  OUR ";\n\tdkim=pass header.d=customer.example header.s=mail "
	      "header.b=Ab1cD2eF;\n\tdmarc=pass (policy=reject) "
	      "header.from=customer.example;\n\tspf=pass (" ID
	      ": domain of bo@customer.example designates 192.0.2.1 as "
	      "permitted sender) smtp.mailfrom=bo@customer.example\n" FROM },
	{ "rspamd-no-spf",
	  OUR ";\n\tdkim=pass header.d=customer.example header.s=s1 "
	      "header.b=\"a/b+c=\";\n\tspf=none (" ID
	      ": domain of bo@customer.example has no SPF policy when checking "
	      "192.0.2.1) smtp.mailfrom=bo@customer.example;\n\tdmarc=pass "
	      "(policy=none) header.from=customer.example\n" FROM },
	{ "rspamd-dmarc-none",
	  OUR ";\n\tdkim=pass header.d=customer.example header.s=s1 "
	      "header.b=x;\n\tdmarc=none;\n\tspf=softfail (" ID
	      ": 192.0.2.1 is neither permitted nor denied by domain of "
	      "bo@customer.example) smtp.mailfrom=bo@customer.example\n" FROM },
	{ "rspamd-arc",
	  OUR ";\n\tarc=reject (\"signature check failed: fail, {[1] = sig:"
	      "x.example:reject}\");\n\tdkim=pass header.d=customer.example "
	      "header.s=s header.b=x;\n\tdmarc=pass (policy=quarantine) "
	      "header.from=customer.example\n" FROM },
	{ "rspamd-two-signatures", OUR
	  ";\n\tdkim=pass header.d=customer.example header.s=a header.b=x;\n"
	  "\tdkim=pass header.d=esp.example header.s=b header.b=y;\n"
	  "\tdmarc=pass (policy=none) header.from=customer.example\n" FROM },
	{ "rspamd-trailing-semicolon", OUR
	  ";\n\tdmarc=pass (policy=none) header.from=customer.example;\n" FROM },
	{ "exim",
	  OUR ";\n\tiprev=pass (mail.customer.example) "
	      "smtp.remote-ip=192.0.2.1;\n\tspf=pass "
	      "smtp.mailfrom=customer.example;\n\tdkim=pass "
	      "header.d=customer.example header.s=s header.a=rsa-sha256;\n"
	      "\tdmarc=pass header.from=customer.example;\n\tarc=none\n" FROM },
	{ "exim-ipv6",
	  OUR ";\n\tiprev=pass (x) smtp.remote-ip=2001:db8::1;\n\tdmarc=pass "
	      "header.from=customer.example\n" FROM },
	{ "amavis", OUR " (amavisd-new);\n\tdkim=pass (2048-bit key) "
	                "reason=\"pass (just generated, assumed good)\"\n"
	                "\theader.d=customer.example\n" FROM },
	{ "amavis-two",
	  OUR " (amavisd-new); dkim=fail (2048-bit key)\n"
	      "\treason=\"fail (message has been altered)\" "
	      "header.d=esp.example\n\theader.b=a; dkim=pass (1024-bit key) "
	      "header.d=customer.example header.b=b\n" FROM },
	{ "pymilter-dkimpy",
	  OUR "; dkim=pass (Good 2048 bit rsa-sha256 signature) "
	      "header.d=customer.example header.i=@customer.example "
	      "header.a=rsa-sha256\n" FROM },
	{ "authentication-milter",
	  OUR ";\n\tdkim=pass (2048-bit rsa key sha256) "
	      "header.d=customer.example header.i=@customer.example "
	      "header.b=aB+/c header.a=rsa-sha256 header.s=s "
	      "x-bits=2048;\n\tdmarc=pass policy.published-domain-policy=none "
	      "policy.applied-disposition=none "
	      "policy.evaluated-disposition=none (p=none,d=none,d.eval=none) "
	      "policy.policy-from=p header.from=customer.example;\n"
	      "\tiprev=pass smtp.remote-ip=192.0.2.1 (x.customer.example);\n"
	      "\tspf=pass smtp.mailfrom=bo@customer.example "
	      "smtp.helo=x.customer.example;\n\tx-tls=pass "
	      "smtp.version=TLSv1.3 smtp.cipher=TLS_AES_256_GCM_SHA384 "
	      "smtp.bits=256/256\n" FROM },
	{ "microsoft",
	  OUR "; spf=pass (sender IP is 192.0.2.1) "
	      "smtp.mailfrom=customer.example; dkim=pass (signature was "
	      "verified) header.d=customer.example;dmarc=pass action=none "
	      "header.from=customer.example;compauth=pass reason=100\n" FROM },
	{ "google-style",
	  OUR ";\n       dkim=pass header.i=@customer.example header.s=g "
	      "header.b=aBc;\n       spf=pass (google.com: domain of "
	      "bo@customer.example designates 192.0.2.1 as permitted sender) "
	      "smtp.mailfrom=bo@customer.example;\n       dmarc=pass (p=NONE "
	      "sp=NONE dis=NONE) header.from=customer.example\n" FROM },
	{ "with-version",
	  OUR " 1; dmarc=pass header.from=customer.example\n" FROM },
	{ "method-version",
	  OUR "; dmarc/1=pass header.from=customer.example\n" FROM },
	{ "id-in-capitals", AR "MX.Firm.Example" PASS FROM },
	{ "domain-in-capitals",
	  OUR "; dmarc=pass header.from=Customer.EXAMPLE\n"
	      "From: bo@CUSTOMER.example\n" },
	{ "words-in-capitals",
	  OUR "; DMARC=Pass Header.From=customer.example\n" FROM },
	{ "no-blank-after-semicolon",
	  OUR ";dmarc=pass header.from=customer.example\n" FROM },
	{ "blanks-everywhere",
	  OUR " (x) 1 (y) ; ( z ) dmarc / 1 = pass ( () ) header.from = "
	      "customer.example ;\n" FROM },
	{ "escaped-quote-in-reason",
	  OUR "; dmarc=pass reason=\"a \\\" b\" "
	      "header.from=customer.example\n" FROM },
	{ "long-quoted-reason",
	  OUR "; dmarc=pass reason=\""
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxx\" header.from=customer.example\n" FROM },
	{ "long-plain-value",
	  OUR "; dmarc=pass policy.x="
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	      "xxxxxxxx header.from=customer.example\n" FROM },
	{ "comment-touching-result",
	  OUR "; dmarc=pass(p=none) header.from=customer.example\n" FROM },
	{ "comment-after-domain",
	  OUR "; dmarc=pass header.from=customer.example (x)\n" FROM },
	{ "quoted-domain",
	  OUR "; dkim=pass header.d=\"customer.example\"\n" FROM },
	{ "parent-signs-child", OUR "; dkim=pass header.d=customer.example\n"
	                            "From: bo@a.customer.example\n" },
	{ "identity-below-domain",
	  OUR "; dkim=pass header.d=customer.example "
	      "header.i=bo@a.customer.example\n" FROM },
	{ "identity-with-quotes",
	  OUR "; dkim=pass header.d=customer.example "
	      "header.i=\"bo x\"@customer.example\n" FROM },
	{ "dmarc-permerror-dkim-aligned",
	  OUR "; dmarc=permerror header.from=customer.example\n" OUR
	      "; dkim=pass header.d=customer.example\n" FROM },
	{ "idn", OUR "; dmarc=pass header.from=xn--bcher-kva.example\n"
	             "From: bo@b\xc3\xbc"
	             "cher.example\n" },
	{ "others-below", OUR PASS AR "mx.other.example; dmarc=fail "
	                              "header.from=customer.example\n" FROM },
	{ "others-broken", OUR PASS AR "other.example; (((\n" FROM },
	{ "others-arc",
	  OUR PASS "ARC-Authentication-Results: i=1; " ID FAIL FROM },
	{ "none-then-dmarc", OUR "; none\n" OUR PASS FROM },
	{ "crlf", OUR ";\r\n\tdmarc=pass header.from=customer.example\r\n"
	              "From: bo@customer.example\r\n" },
};

static void
test_genuine(const void *data)
{
	const Row *row = data;

	g_assert_cmpint(verdict_of(row->header), ==, AUTH_VERIFIED);
}

static const Row weak[] = {
	{ "spf", OUR "; spf=pass smtp.mailfrom=bo@customer.example\n" FROM },
	{ "spf-short-name",
	  OUR "; spf=pass smtp.mail=bo@customer.example\n" FROM },
	{ "spf-domain",
	  OUR "; spf=pass smtp.mailfrom=customer.example\n" FROM },
	{ "spf-parent", OUR "; spf=pass smtp.mailfrom=bo@customer.example\n"
	                    "From: bo@a.customer.example\n" },
	{ "spf-helo-too",
	  OUR "; spf=none smtp.helo=x.example\n" OUR
	      "; spf=pass smtp.mailfrom=bo@customer.example\n" FROM },
	{ "spf-dkim-none",
	  OUR "; dkim=none; spf=pass smtp.mailfrom=bo@customer.example; "
	      "dmarc=none\n" FROM },
};

static void
test_weak(const void *data)
{
	const Row *row = data;

	g_assert_cmpint(verdict_of(row->header), ==, AUTH_WEAK);
}

static const Row unverified[] = {
	{ "spf-not-aligned",
	  OUR "; spf=pass smtp.mailfrom=bo@evil.example\n" FROM },
	{ "spf-helo-only", OUR "; spf=pass smtp.helo=customer.example\n" FROM },
	{ "spf-no-mailfrom", OUR "; spf=pass\n" FROM },
	{ "spf-fail",
	  OUR "; spf=fail smtp.mailfrom=bo@customer.example\n" FROM },
	{ "spf-two",
	  OUR "; spf=pass smtp.mailfrom=bo@customer.example\n" OUR
	      "; spf=fail smtp.mailfrom=bo@customer.example\n" FROM },
	{ "spf-at-first",
	  OUR "; spf=pass smtp.mailfrom=@customer.example\n" FROM },
	{ "spf-dmarc-fail",
	  OUR "; spf=pass smtp.mailfrom=bo@customer.example\n" OUR FAIL FROM },
};

static void
test_unverified(const void *data)
{
	const Row *row = data;

	g_assert_cmpint(verdict_of(row->header), ==, AUTH_UNVERIFIED);
}

int
main(int argc, char **argv)
{
	G_STATIC_ASSERT(G_N_ELEMENTS(genuine) >= 30);
	g_test_init(&argc, &argv, NULL);
	rows_add("/authres/genuine/", genuine, test_genuine);
	rows_add("/authres/weak/", weak, test_weak);
	rows_add("/authres/unverified/", unverified, test_unverified);
	return g_test_run();
}
