/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of identity (H-6): who is one customer, who is another, who nobody.
 */
#include "message/identity.h"

#include <glib.h>

#include "base/error.h"
#include "identity_fixture.h"
#include "message/address.h"
#include "message/message.h"

typedef struct Row {
	Policy policy;
	const char *in, *out;
} Row;

static const Row rows[] = {
	/* forms of one address */
	{ PLAIN, "bo@example.com", "bo@example.com" },
	{ PLAIN, "<bo@example.com>", "bo@example.com" },
	{ PLAIN, " bo@example.com ", "bo@example.com" },
	{ PLAIN, "\tbo@example.com", "bo@example.com" },
	{ PLAIN, "Bo <bo@example.com>", "bo@example.com" },
	{ PLAIN, "Bo Hansen <bo@example.com>", "bo@example.com" },
	{ PLAIN, "\"Hansen, Bo\" <bo@example.com>", "bo@example.com" },
	{ PLAIN, "Hansen, Bo <bo@example.com>", "bo@example.com" },
	{ PLAIN, "=?utf-8?Q?B=C3=B8?= <bo@example.com>", "bo@example.com" },
	{ PLAIN, "B\xf8 <bo@example.com>", "bo@example.com" },
	{ PLAIN, "\"vip@example.com\" <bo@example.com>", "bo@example.com" },
	{ PLAIN, "vip@example.com <bo@example.com>", "bo@example.com" },
	{ PLAIN, "\"<vip@example.com>\" <bo@example.com>", "bo@example.com" },
	{ PLAIN, "=?utf-8?Q?vip=40example.com?= <bo@example.com>",
	  "bo@example.com" },
	{ PLAIN, "(vip@example.com) bo@example.com", "bo@example.com" },
	/* comments */
	{ PLAIN, "bo@example.com (Bo)", "bo@example.com" },
	{ PLAIN, "(Bo) bo@example.com", "bo@example.com" },
	{ PLAIN, "(a (b)) bo@example.com (c)", "bo@example.com" },
	{ PLAIN, "Bo (x) <bo@example.com>", "bo@example.com" },
	{ PLAIN, "<bo@example.com> (x)", "bo@example.com" },
	{ PLAIN, "(\\)) bo@example.com", "bo@example.com" },
	{ PLAIN, "bo(x)@example.com", NULL },
	{ PLAIN, "bo@(x)example.com", NULL },
	{ PLAIN, "bo@example.com(x)", NULL },
	{ PLAIN, "bo@example.com(.evil.example)", NULL },
	{ PLAIN, "bo@example.com (x", NULL },
	/* case of the domain */
	{ PLAIN, "bo@EXAMPLE.COM", "bo@example.com" },
	{ PLAIN, "bo@Example.Com", "bo@example.com" },
	{ CASED, "bo@Example.Com", "bo@example.com" },
	/* case of the local part */
	{ PLAIN, "BO@example.com", "bo@example.com" },
	{ PLAIN, "Bo.Hansen@example.com", "bo.hansen@example.com" },
	{ PLAIN, "bO.hANSEN@Example.com", "bo.hansen@example.com" },
	{ PLAIN, "BO+Tag@example.com", "bo+tag@example.com" },
	{ PLAIN, "\"Bo Hansen\"@example.com", "\"bo hansen\"@example.com" },
	{ CASED, "BO@example.com", "BO@example.com" },
	{ CASED, "Bo.Hansen@example.com", "Bo.Hansen@example.com" },
	{ CASED, "\"Bo\"@example.com", "Bo@example.com" },
	{ CASED,
	  "J\xc3\x98"
	  "RGEN@example.com",
	  "J\xc3\x98"
	  "RGEN@example.com" },
	{ PLAIN,
	  "J\xc3\x98"
	  "RGEN@example.com",
	  "j\xc3\xb8rgen@example.com" },
	{ PLAIN, "\xc3\x84NNE@example.com", "\xc3\xa4nne@example.com" },
	{ PLAIN, "\xc3\x85se@example.com", "\xc3\xa5se@example.com" },
	{ PLAIN, "\xce\x9c\xce\x99\xce\x91@example.com",
	  "\xce\xbc\xce\xb9\xce\xb1@example.com" },
	{ PLAIN, "\xd0\x98\xd0\x92@example.com",
	  "\xd0\xb8\xd0\xb2@example.com" },
	{ PLAIN, "\xd5\x80@example.com", "\xd5\xb0@example.com" },
	{ PLAIN, "\xf0\x90\x90\x80@example.com",
	  "\xf0\x90\x90\xa8@example.com" },
	/* letters of no pair stay as they are: nobody is merged by them */
	{ PLAIN,
	  "stra\xc3\x9f"
	  "e@example.com",
	  "stra\xc3\x9f"
	  "e@example.com" },
	{ PLAIN, "STRASSE@example.com", "strasse@example.com" },
	{ PLAIN,
	  "STRA\xe1\xba\x9e"
	  "E@example.com",
	  "stra\xe1\xba\x9e"
	  "e@example.com" },
	{ PLAIN, "\xc4\xb0@example.com", "\xc4\xb0@example.com" },
	{ PLAIN, "\xc4\xb1@example.com", "\xc4\xb1@example.com" },
	{ PLAIN, "I@example.com", "i@example.com" },
	{ PLAIN, "\xcf\x83\xcf\x82@example.com",
	  "\xcf\x83\xcf\x82@example.com" },
	{ PLAIN, "\xce\xa3@example.com", "\xcf\x83@example.com" },
	{ PLAIN, "\xc7\x85@example.com", "\xc7\x85@example.com" },
	{ PLAIN, "\xc5\xbf@example.com", "\xc5\xbf@example.com" },
	{ PLAIN, "\xef\xac\x81@example.com", "\xef\xac\x81@example.com" },
	{ PLAIN, "\xef\xbc\xa2@example.com", "\xef\xbd\x82@example.com" },
	{ PLAIN, "\xe2\x84\xaa@example.com", "k@example.com" },
	{ PLAIN, "\xe2\x84\xab@example.com", "\xc3\xa5@example.com" },
	/* composed and decomposed are one (NFC) */
	{ PLAIN, "jo\xcc\x88rg@example.com", "j\xc3\xb6rg@example.com" },
	{ PLAIN, "j\xc3\xb6rg@example.com", "j\xc3\xb6rg@example.com" },
	{ PLAIN, "JO\xcc\x88RG@example.com", "j\xc3\xb6rg@example.com" },
	{ CASED, "JO\xcc\x88RG@example.com", "J\xc3\x96RG@example.com" },
	{ PLAIN, "a\xcc\x8a@example.com", "\xc3\xa5@example.com" },
	{ PLAIN, "J\xcc\x8c@example.com", "\xc7\xb0@example.com" },
	{ PLAIN, "\xc7\xb0@example.com", "\xc7\xb0@example.com" },
	{ PLAIN, "q\xcc\x87\xcc\xa3@example.com",
	  "q\xcc\xa3\xcc\x87@example.com" },
	{ PLAIN, "\xe1\x84\x80\xe1\x85\xa1@example.com",
	  "\xea\xb0\x80@example.com" },
	{ PLAIN, "\xe6\x9d\x8e@example.com", "\xe6\x9d\x8e@example.com" },
	{ PLAIN, "\xd8\xb9\xd9\x84\xd9\x8a@example.com",
	  "\xd8\xb9\xd9\x84\xd9\x8a@example.com" },
	{ PLAIN, "\"j\xc3\xb8 x\"@example.com", "\"j\xc3\xb8 x\"@example.com" },
	{ PLAIN, "\"j\xc3\xb8\"@example.com", "j\xc3\xb8@example.com" },
	{ PLAIN, "j\xf8rgen@example.com", NULL },
	{ PLAIN, "j\xc3@example.com", NULL },
	{ PLAIN, "\xed\xa0\x80@example.com", NULL },
	{ PLAIN, "bo\xe2\x80\x8b@example.com", NULL },
	{ PLAIN, "bo\xe2\x80\xae@example.com", NULL },
	{ PLAIN, "bo\xc2\xad@example.com", NULL },
	{ PLAIN, "bo\xef\xbb\xbf@example.com", NULL },
	{ PLAIN, "bo\xc2\x85@example.com", NULL },
	/* trailing dots */
	{ PLAIN, "bo@example.com.", "bo@example.com" },
	{ PLAIN, "<bo@EXAMPLE.com.>", "bo@example.com" },
	{ PLAIN, "bo@example.com..", NULL },
	{ PLAIN, "bo@example..com", NULL },
	{ PLAIN, "bo@.example.com", NULL },
	{ PLAIN, "bo@.", NULL },
	{ PLAIN, "bo@xn--bcher-kva.example.", "bo@xn--bcher-kva.example" },
	/* quoted strings: no quotes where the text is read without */
	{ PLAIN, "\"bo\"@example.com", "bo@example.com" },
	{ PLAIN, "\"bo.hansen\"@example.com", "bo.hansen@example.com" },
	{ PLAIN, "<\"bo\"@example.com>", "bo@example.com" },
	{ PLAIN, "\"\\b\\o\"@example.com", "bo@example.com" },
	{ PLAIN, "\"bo+tag\"@example.com", "bo+tag@example.com" },
	{ PLAIN, "\"bo.\"@example.com", "bo.@example.com" },
	{ PLAIN, "bo.@example.com", "bo.@example.com" },
	{ PLAIN, "\".bo\"@example.com", ".bo@example.com" },
	{ PLAIN, ".bo@example.com", ".bo@example.com" },
	{ PLAIN, "\"b..o\"@example.com", "b..o@example.com" },
	{ PLAIN, "b..o@example.com", "b..o@example.com" },
	{ PLAIN, "\"!#$%&'*+-/=?^_`{|}~\"@example.com",
	  "!#$%&'*+-/=?^_`{|}~@example.com" },
	{ PLAIN, "\"b o\"@example.com", "\"b o\"@example.com" },
	{ PLAIN, "\"b\\ o\"@example.com", "\"b o\"@example.com" },
	{ PLAIN, "\"b@o\"@example.com", "\"b@o\"@example.com" },
	{ PLAIN, "\"vip@example.com\"@evil.example",
	  "\"vip@example.com\"@evil.example" },
	{ PLAIN, "\"b\\\"o\"@example.com", "\"b\\\"o\"@example.com" },
	{ PLAIN, "\"b\\\\o\"@example.com", "\"b\\\\o\"@example.com" },
	{ PLAIN, "\"b,o\"@example.com", "\"b,o\"@example.com" },
	{ PLAIN, "\"b(x)o\"@example.com", "\"b(x)o\"@example.com" },
	{ PLAIN, "\"b<o>\"@example.com", "\"b<o>\"@example.com" },
	{ PLAIN, "\"b;o:\"@example.com", "\"b;o:\"@example.com" },
	{ PLAIN, "\"[bo]\"@example.com", "\"[bo]\"@example.com" },
	{ PLAIN, "\" \"@example.com", "\" \"@example.com" },
	{ PLAIN, "\"\"@example.com", NULL },
	{ PLAIN, "\"bo@example.com", NULL },
	{ PLAIN, "\"b\"o@example.com", NULL },
	{ PLAIN, "\"b\".\"o\"@example.com", NULL },
	/* tags are kept where nobody said that they mean nothing */
	{ PLAIN, "bo+tag@example.com", "bo+tag@example.com" },
	{ PLAIN, "bo+a+b@example.com", "bo+a+b@example.com" },
	{ PLAIN, "bo+@example.com", "bo+@example.com" },
	{ PLAIN, "+tag@example.com", "+tag@example.com" },
	{ PLAIN, "bo+tag@gmail.com", "bo+tag@gmail.com" },
	{ PLAIN, "bo-tag@example.com", "bo-tag@example.com" },
	{ PLAIN, "bo=x.example@example.com", "bo=x.example@example.com" },
	{ TAGS, "bo+tag@example.com", "bo+tag@example.com" },
	{ TAGS, "bo+tag@tags.example", "bo@tags.example" },
	{ TAGS, "bo+tag@TAGS.example", "bo@tags.example" },
	{ TAGS, "bo+tag@tags.example.", "bo@tags.example" },
	{ TAGS, "Bo+TAG@Tags.Example", "bo@tags.example" },
	{ TAGS, "bo+a+b@tags.example", "bo@tags.example" },
	{ TAGS, "bo++@tags.example", "bo@tags.example" },
	{ TAGS, "bo+@tags.example", "bo@tags.example" },
	{ TAGS, "bo@tags.example", "bo@tags.example" },
	{ TAGS, "+tag@tags.example", "+tag@tags.example" },
	{ TAGS, "+@tags.example", "+@tags.example" },
	{ TAGS, "++tag@tags.example", "++tag@tags.example" },
	{ TAGS, "\"bo+tag\"@tags.example", "bo@tags.example" },
	{ TAGS, "\"bo+a b\"@tags.example", "bo@tags.example" },
	{ TAGS, "\"b o+tag\"@tags.example", "\"b o\"@tags.example" },
	{ TAGS, "\"bo+\\\"\"@tags.example", "bo@tags.example" },
	{ TAGS, "b.o+tag@tags.example", "b.o@tags.example" },
	{ TAGS, "bo.+tag@tags.example", "bo.@tags.example" },
	{ TAGS, "bo-tag@tags.example", "bo-tag@tags.example" },
	{ TAGS, "bo+tag@a.tags.example", "bo+tag@a.tags.example" },
	{ TAGS, "bo+tag@xtags.example", "bo+tag@xtags.example" },
	{ TAGS, "bo+tag@tags.example.org", "bo+tag@tags.example.org" },
	{ TAGS,
	  "bo+tag@b\xc3\xbc"
	  "cher.example",
	  "bo@xn--bcher-kva.example" },
	{ TAGS, "bo+tag@XN--Bcher-KVA.example", "bo@xn--bcher-kva.example" },
	{ TAGS, "J\xc3\x98+x@tags.example", "j\xc3\xb8@tags.example" },
	{ TAGS, "vip+bo@tags.example", "vip@tags.example" },
	{ TAGS, "bo\xef\xbc\x8btag@tags.example",
	  "bo\xef\xbc\x8btag@tags.example" },
	/* dots are kept where nobody said that they mean nothing */
	{ PLAIN, "b.o@gmail.com", "b.o@gmail.com" },
	{ PLAIN, "bo@gmail.com", "bo@gmail.com" },
	{ PLAIN, "b.o@googlemail.com", "b.o@googlemail.com" },
	{ DOTS, "b.o@gmail.com", "b.o@gmail.com" },
	{ DOTS, "b.o@dots.example", "bo@dots.example" },
	{ DOTS, "b.o@Dots.Example.", "bo@dots.example" },
	{ DOTS, "B.O@dots.example", "bo@dots.example" },
	{ DOTS, "b..o@dots.example", "bo@dots.example" },
	{ DOTS, ".b.o.@dots.example", "bo@dots.example" },
	{ DOTS, "bo@dots.example", "bo@dots.example" },
	{ DOTS, "\"b.o\"@dots.example", "bo@dots.example" },
	{ DOTS, "\"b. o\"@dots.example", "\"b o\"@dots.example" },
	{ DOTS, "b.o+a.b@dots.example", "bo+ab@dots.example" },
	{ DOTS, ".@dots.example", ".@dots.example" },
	{ DOTS, "...@dots.example", "...@dots.example" },
	{ DOTS, "b.o@a.dots.example", "b.o@a.dots.example" },
	{ DOTS, "b.o@dots.example.org", "bo@dots.example.org" },
	{ DOTS, "b.o@dots.example.net", "b.o@dots.example.net" },
	{ DOTS, "b\xe3\x80\x82o@dots.example", "b\xe3\x80\x82o@dots.example" },
	/* both */
	{ BOTH, "B.o+x.y@example.com", "bo@example.com" },
	{ BOTH, "bo@example.com", "bo@example.com" },
	{ BOTH, ".+x@example.com", ".@example.com" },
	{ BOTH, "+.x@example.com", "+x@example.com" },
	{ BOTH, "b.+x+y@example.com", "b@example.com" },
	{ BOTH, "b.o+x@example.org", "b.o+x@example.org" },
	/* domains */
	{ PLAIN,
	  "bo@b\xc3\xbc"
	  "cher.example",
	  "bo@xn--bcher-kva.example" },
	{ PLAIN,
	  "bo@B\xc3\x9c"
	  "CHER.EXAMPLE",
	  "bo@xn--bcher-kva.example" },
	{ PLAIN,
	  "bo@bu\xcc\x88"
	  "cher.example",
	  "bo@xn--bcher-kva.example" },
	{ PLAIN, "bo@xn--bcher-kva.example", "bo@xn--bcher-kva.example" },
	{ PLAIN, "bo@XN--BCHER-KVA.EXAMPLE", "bo@xn--bcher-kva.example" },
	{ PLAIN,
	  "bo@r\xc3\xb8"
	  "dgr\xc3\xb8"
	  "d.example",
	  "bo@xn--rdgrd-vuad.example" },
	{ PLAIN, "bo@\xe4\xbe\x8b\xe3\x81\x88.jp", "bo@xn--r8jz45g.jp" },
	{ PLAIN, "bo@\xe4\xbe\x8b\xe3\x81\x88\xe3\x80\x82jp",
	  "bo@xn--r8jz45g.jp" },
	{ PLAIN, "bo@localhost", "bo@localhost" },
	{ PLAIN, "bo@a.b.c.example.com", "bo@a.b.c.example.com" },
	{ PLAIN, "bo@my_host.example.com", "bo@my_host.example.com" },
	{ PLAIN,
	  "bo@stra\xc3\x9f"
	  "e.example",
	  NULL },
	{ PLAIN, "bo@strasse.example", "bo@strasse.example" },
	{ PLAIN, "bo@xn--strae-oqa.example", "bo@xn--strae-oqa.example" },
	{ PLAIN, "bo@\xcf\x83\xcf\x82.example", NULL },
	{ PLAIN, "bo@exa\xe2\x80\x8bmple.com", NULL },
	{ PLAIN, "bo@exa\xc2\xadmple.com", NULL },
	{ PLAIN, "bo@-example.com", NULL },
	{ PLAIN, "bo@example-.com", NULL },
	{ PLAIN, "bo@exa mple.com", NULL },
	{ PLAIN, "bo@[192.0.2.1]", NULL },
	{ PLAIN, "bo@[IPv6:2001:db8::1]", NULL },
	/* look-alikes stay different */
	{ PLAIN, "bo@ex\xd0\xb0mple.com", "bo@xn--exmple-4nf.com" },
	{ PLAIN, "bo@examp1e.com", "bo@examp1e.com" },
	{ PLAIN, "bo@exarnple.com", "bo@exarnple.com" },
	{ PLAIN,
	  "bo@\xc4\xb1"
	  "bm.example",
	  "bo@xn--bm-gpa.example" },
	{ PLAIN, "bo@example.co", "bo@example.co" },
	{ PLAIN, "bo@example.com.evil.example", "bo@example.com.evil.example" },
	{ PLAIN, "bo@example-com.example", "bo@example-com.example" },
	{ PLAIN, "b\xd0\xbe@example.com", "b\xd0\xbe@example.com" },
	{ PLAIN, "b0@example.com", "b0@example.com" },
	{ PLAIN, "bo%example.com@evil.example", "bo%example.com@evil.example" },
	{ PLAIN, "example.com!bo@evil.example", "example.com!bo@evil.example" },
	/* nobody, or several */
	{ PLAIN, "", NULL },
	{ PLAIN, " ", NULL },
	{ PLAIN, "bo", NULL },
	{ PLAIN, "@", NULL },
	{ PLAIN, "bo@", NULL },
	{ PLAIN, "@example.com", NULL },
	{ PLAIN, "<>", NULL },
	{ PLAIN, "(bo@example.com)", NULL },
	{ PLAIN, "bo@@example.com", NULL },
	{ PLAIN, "bo@evil.example@example.com", NULL },
	{ PLAIN, "b o@example.com", NULL },
	{ PLAIN, "bo @example.com", NULL },
	{ PLAIN, "bo@example.com, vip@example.com", NULL },
	{ PLAIN, "bo@example.com vip@example.com", NULL },
	{ PLAIN, "bo@example.com;vip@example.com", NULL },
	{ PLAIN, "Group: bo@example.com;", NULL },
	{ PLAIN, "<@a.example:bo@example.com>", NULL },
	{ PLAIN, "mailto:bo@example.com", NULL },
	{ PLAIN, "bo@example.com\r\nX: y", NULL },
	{ PLAIN, "bo@example.com\x01", NULL },
	{ PLAIN, "<bo@example.com", NULL },
	{ PLAIN, "bo@example.com>", NULL },
};

static void
test_vectors(void)
{
	g_assert_cmpuint(G_N_ELEMENTS(rows), >=, 200);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Row *row = &rows[i];
		g_autofree char *out =
			identity_of(policies[row->policy], row->in);

		g_test_message("%d '%s'", (int)row->policy, row->in);
		g_assert_cmpstr(out, ==, row->out);
		if (out != NULL)
			check_idempotent(row->policy, out);
	}
	g_assert_null(identity_of(policies[PLAIN], NULL));
}

/* A policy never touches the domain, and never finds somebody in what the
 * address reader refuses. */
static void
test_policies(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *address =
			address_from_header(rows[i].in, NULL);

		for (Policy p = PLAIN; p < POLICIES; p++) {
			g_autofree char *out =
				identity_of(policies[p], rows[i].in);

			if (out == NULL)
				continue;
			g_assert_nonnull(address);
			g_assert_cmpstr(address_domain(out), ==,
			                address_domain(address));
			check_idempotent(p, out);
		}
	}
}

/* A domain that could never be met is told, not passed over. */
static void
test_check(void)
{
	static const struct {
		const char *text, *word;
	} bad[] = {
		{ "subaddress_domains = a.example;@gmail.com", "@gmail.com" },
		{ "subaddress_domains = *.example.com", "*.example.com" },
		{ "dotless_domains = bo@gmail.com", "bo@gmail.com" },
		{ "dotless_domains = gmail.com, googlemail.com",
		  "gmail.com, googlemail.com" },
		{ "dotless_domains = a..example", "a..example" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *text =
			g_strconcat("[identity]\n", bad[i].text, "\n", NULL);
		g_autoptr(Settings) settings =
			settings_parse("test", text, strlen(text), NULL);
		g_autoptr(GError) error = NULL;

		g_assert_nonnull(settings);
		g_assert_false(identity_check(settings, &error));
		g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
		g_assert_nonnull(strstr(error->message, bad[i].word));
	}
	for (Policy p = PLAIN; p < POLICIES; p++) {
		g_autoptr(GError) error = NULL;

		g_assert_true(identity_check(policies[p], &error));
	}
}

int
main(int argc, char **argv)
{
	int status;

	message_init();
	g_test_init(&argc, &argv, NULL);
	policies_load();
	g_test_add_func("/identity/vectors", test_vectors);
	g_test_add_func("/identity/policies", test_policies);
	g_test_add_func("/identity/check", test_check);
	status = g_test_run();
	policies_free();
	return status;
}
