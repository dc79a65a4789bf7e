/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attacks through our own filters: they repeat what a stranger wrote, and so
 * say with our authserv-id what he wants. The fields are what OpenDKIM 2.11.0,
 * OpenDMARC 1.4.2 and Rspamd 3.4 of Debian 12 made of such mails
 * (tests/e2e/trust.sh sends them).
 */
#include "message/authres.h"

#include <glib.h>
#include <string.h>

#include "authres_fixture.h"
#include "base/limits.h"
#include "message/message.h"
#include "rows.h"

#define SIGNED(tags) "DKIM-Signature: v=1; a=rsa-sha256; " tags "; b=x\n"
#define ECHOED                                                                  \
	OUR ";\n\tdkim=pass (2048-bit key; unprotected) header.d=evil.example " \
	    "header.i=x;dkim=pass header.d=customer.example z.z=@evil.example " \
	    "header.a=rsa-sha256 header.s=mail header.b=0/ri2LFQ;\n"            \
	    "\tdkim-atps=neutral\n"
#define ALIGNED OUR "; dkim=pass header.d=customer.example header.b=x\n"

static const Row attacks[] = {
	/* OpenDMARC writes the name of the host, when the sender is <> */
	{ "opendmarc-helo", OUR
	  "; dmarc=none (p=none dis=none) header.from=customer.example\n" OUR
	  "; spf=none smtp.helo=x;dkim=pass(x)header.d=customer.example\n" FROM },
	{ "helo-dmarc", OUR "; spf=none smtp.helo=x;dmarc=pass(x)header.from="
	                    "customer.example\n" FROM },
	{ "helo-spf", OUR "; spf=none smtp.helo=x;spf=pass(x)smtp.mailfrom="
	                  "customer.example\n" FROM },
	/* OpenDKIM writes i= of a good signature, decoded */
	{ "opendkim-identity",
	  ECHOED SIGNED("d=evil.example; s=mail; i=x=3Bdkim=3Dpass=20"
	                "header.d=3Dcustomer.example=20z.z=3D@evil.example")
	          FROM },
	{ "identity-lower-hex",
	  ECHOED SIGNED("d=evil.example; i=x=3bdkim=pass") FROM },
	{ "identity-blank", ALIGNED SIGNED("d=evil.example; i=x y") FROM },
	{ "identity-quote", ALIGNED SIGNED("d=evil.example; i=\"x\"@y") FROM },
	{ "identity-comment", ALIGNED SIGNED("d=evil.example; i=(x") FROM },
	{ "identity-escaped-blank", ALIGNED SIGNED("i=a=20b@y; d=y") FROM },
	{ "identity-escaped-nul", ALIGNED SIGNED("i=a=00b@y; d=y") FROM },
	{ "identity-escaped-lf", ALIGNED SIGNED("i=a=0Ab@y; d=y") FROM },
	{ "identity-folded",
	  ALIGNED SIGNED("d=evil.example; i=x\n y@evil.example") FROM },
	{ "identity-after-blanks",
	  ALIGNED SIGNED("d=y; \n\ti \t= \n\tx=3B@y") FROM },
	{ "identity-upper-case", ALIGNED SIGNED("d=y; I=x=3B@y") FROM },
	{ "identity-first", ALIGNED "DKIM-Signature: i=x=3B@y; d=y\n" FROM },
	{ "identity-second", ALIGNED SIGNED("d=y; i=a@y; i=x=3B@y") FROM },
	{ "identity-second-signature",
	  ALIGNED SIGNED("d=y") SIGNED("d=z; i=x=3B@z") FROM },
	{ "selector", ALIGNED SIGNED("d=y; s=a header.d=b") FROM },
	{ "selector-comment", ALIGNED SIGNED("d=y; s=a(b") FROM },
	{ "domain-blank", ALIGNED SIGNED("d=y dkim=pass") FROM },
	{ "signature-case", ALIGNED "dkim-signature: i=x=3B@y; d=y\n" FROM },
	{ "signature-blank-colon",
	  ALIGNED "DKIM-Signature : i=x=3B@y; d=y\n" FROM },
	{ "signature-below-from", ALIGNED FROM SIGNED("i=x=3B@y; d=y") },
	{ "arc-message-signature",
	  ALIGNED "ARC-Message-Signature: i=1; d=y; s=a(b\n" FROM },
	{ "arc-seal", ALIGNED "ARC-Seal: i=1; d=y (\n" FROM },
	/* Rspamd writes the sender and the host into a comment, in quotes */
	{ "rspamd-sender",
	  OUR ";\n\tdkim=none;\n\tdmarc=none;\n\tspf=pass (" ID
	      ": domain of \"a);\n\tdkim=pass header.d=customer.example "
	      "(@evil.example\" designates 192.0.2.66 as permitted sender) "
	      "smtp.mailfrom=\"a);\n\tdkim=pass header.d=customer.example "
	      "(@evil.example\"\n" FROM },
	{ "rspamd-sender-escaped",
	  OUR ";\n\tdkim=none;\n\tdmarc=none;\n\tspf=pass (" ID
	      ": domain of \"a\\\");\n\tdkim=pass header.d=customer.example "
	      "(\\\"b@evil.example\" designates 192.0.2.66 as permitted "
	      "sender) smtp.mailfrom=\"a\\\");\n\tdkim=pass "
	      "header.d=customer.example (\\\"b@evil.example\"\n" FROM },
	{ "rspamd-helo",
	  OUR ";\n\tdkim=none;\n\tdmarc=none;\n\tspf=temperror (" ID
	      ": error in processing during lookup of \"x);\n\t"
	      "dkim=pass(x)header.d=customer.example;\n\ty=pass(\": DNS error) "
	      "smtp.helo=\"x);\n\tdkim=pass(x)header.d=customer.example;\n\t"
	      "y=pass(\"\n" FROM },
	{ "rspamd-dmarc",
	  OUR ";\n\tspf=pass (" ID ": domain of \"a); dmarc=pass "
	      "header.from=customer.example (@evil.example\" designates) "
	      "smtp.mailfrom=x\n" FROM },
	{ "comment-quote-open",
	  OUR "; dkim=pass (\"x) header.d=customer.example\n" FROM },
	{ "comment-quote-reopened",
	  OUR "; dkim=pass (\"x\" \") header.d=customer.example\n" FROM },
	{ "comment-backslash",
	  OUR "; dkim=pass (x\\)) header.d=customer.example\n" FROM },
	{ "comment-after-id",
	  OUR " (\"x); dkim=pass header.d=customer.example\n" FROM },
	/* no signature, and one that is good */
	{ "none-and-pass",
	  OUR "; dkim=none; dkim=pass header.d=customer.example\n" FROM },
	{ "pass-and-none",
	  OUR "; dkim=pass header.d=customer.example; dkim=none\n" FROM },
};

static void
test_attack(const void *data)
{
	const Row *row = data;

	g_assert_cmpint(verdict_of(row->header), ==, AUTH_UNVERIFIED);
}

/* What is near to those and meant well. */
static const Row genuine[] = {
	{ "signature", ALIGNED SIGNED("d=customer.example; s=mail; "
	                              "i=@customer.example; h=From:To") FROM },
	{ "identity", ALIGNED SIGNED("d=customer.example; "
	                             "i=bo+x=y_z@a.customer.example") FROM },
	{ "identity-encoded-letter",
	  ALIGNED SIGNED("d=customer.example; i=b=6Fo@customer.example") FROM },
	{ "identity-encoded-equals",
	  ALIGNED SIGNED("d=customer.example; i=b=3Do@customer.example") FROM },
	{ "identity-equals-at-end", ALIGNED SIGNED("d=y; i=b=") FROM },
	{ "identity-equals-near-end", ALIGNED SIGNED("d=y; i=b=3") FROM },
	{ "signature-folded",
	  ALIGNED "DKIM-Signature: v=1;\n\td=customer.example;\n\ts=mail;\n"
	          "\ti=@customer.example;\n\tbh=a b;\n\tb=a b\n\tc\n" FROM },
	{ "copied-header",
	  ALIGNED SIGNED("d=y; s=a; z=From:a=20(b)|To:\"c\"") FROM },
	{ "no-tags", ALIGNED "DKIM-Signature: nonsense (\"\n" FROM },
	{ "empty-signature", ALIGNED "DKIM-Signature:\n" FROM },
	{ "google-signature",
	  ALIGNED "X-Google-DKIM-Signature: d=1e100.net; i=(\n" FROM },
	{ "idn-signature", ALIGNED SIGNED("d=b\xc3\xbc"
	                                  "cher.example; s=a") FROM },
	{ "helo-after", OUR "; dkim=pass header.d=customer.example; spf=none "
	                    "smtp.helo=mail.customer.example\n" FROM },
	{ "helo-then-fail",
	  OUR "; dkim=pass header.d=customer.example; spf=none "
	      "smtp.helo=mail.customer.example; dmarc=none\n" FROM },
	{ "helo-in-another-field",
	  OUR "; spf=none smtp.helo=mail.customer.example\n" ALIGNED FROM },
	{ "quotes-in-comment",
	  OUR "; dkim=pass (\"a (b) c\") header.d=customer.example\n" FROM },
	{ "none-in-another-field", OUR PASS OUR "; dkim=none\n" FROM },
};

static void
test_genuine(const void *data)
{
	const Row *row = data;

	g_assert_cmpint(verdict_of(row->header), ==, AUTH_VERIFIED);
}

/* A cut signature may hide a tag; too many are not all read by others. */
static void
test_limits(void)
{
	g_autofree char *z = g_strnfill(LIMIT_HEADER_VALUE, 'a');
	g_autofree char *cut = g_strdup_printf(
		ALIGNED "DKIM-Signature: d=y; z=%s; i=x=3B@y\n" FROM, z);
	g_autoptr(GString) many = g_string_new(ALIGNED FROM);

	g_assert_cmpint(verdict_of(cut), ==, AUTH_UNVERIFIED);
	for (int i = 0; i < LIMIT_AUTHRES_FIELDS; i++)
		g_string_append(many, SIGNED("d=y"));
	g_assert_cmpint(verdict_of(many->str), ==, AUTH_VERIFIED);
	g_string_append(many, SIGNED("d=y"));
	g_assert_cmpint(verdict_of(many->str), ==, AUTH_UNVERIFIED);
}

/* What the envelope says may be repeated too. */
static void
test_sender(void)
{
	static const struct {
		const char *sender;
		AuthVerdict verdict;
	} rows[] = {
		{ NULL, AUTH_VERIFIED },
		{ "", AUTH_VERIFIED },
		{ "bo@customer.example", AUTH_VERIFIED },
		{ "bounce+a=b.example#1@customer.example", AUTH_VERIFIED },
		{ "b\xc3\xb8@customer.example", AUTH_VERIFIED },
		{ "\"b o\"@customer.example", AUTH_UNVERIFIED },
		{ "x;dkim=pass@evil.example", AUTH_UNVERIFIED },
		{ "x)@evil.example", AUTH_UNVERIFIED },
		{ "x(@evil.example", AUTH_UNVERIFIED },
		{ "x\\@evil.example", AUTH_UNVERIFIED },
		{ "x y@evil.example", AUTH_UNVERIFIED },
		{ "x\t@evil.example", AUTH_UNVERIFIED },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		static const char mail[] = ALIGNED FROM "\nHello.\n";
		const MessageEnvelope envelope = { .sender = rows[i].sender,
			                           .authserv_id = ID };
		g_autoptr(Message) message =
			message_parse(mail, strlen(mail), &envelope, NULL);

		g_assert_nonnull(message);
		g_test_message("%s", rows[i].sender);
		g_assert_cmpint(message_auth(message), ==, rows[i].verdict);
	}
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	rows_add("/authres-echo/attack/", attacks, test_attack);
	rows_add("/authres-echo/genuine/", genuine, test_genuine);
	g_test_add_func("/authres-echo/limits", test_limits);
	g_test_add_func("/authres-echo/sender", test_sender);
	return g_test_run();
}
