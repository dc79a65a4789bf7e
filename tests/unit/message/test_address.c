/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of identity: what is one customer, what is another, what is nobody.
 */
#include "message/address.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "message/message.h"

typedef struct Row {
	const char *in, *out;
} Row;

/* From-like header values. */
static const Row header_rows[] = {
	/* plain forms */
	{ "bo@example.com", "bo@example.com" },
	{ "<bo@example.com>", "bo@example.com" },
	{ "Bo <bo@example.com>", "bo@example.com" },
	{ "Bo<bo@example.com>", "bo@example.com" },
	{ "Bo Hansen <bo@example.com>", "bo@example.com" },
	{ "\"Bo Hansen\" <bo@example.com>", "bo@example.com" },
	{ "\"Hansen, Bo\" <bo@example.com>", "bo@example.com" },
	{ "\"Bo \\\"B\\\" Hansen\" <bo@example.com>", "bo@example.com" },
	{ "Bo (the boss) Hansen <bo@example.com>", "bo@example.com" },
	{ "Bo <bo@example.com> (home)", "bo@example.com" },
	{ "bo@example.com (Bo Hansen)", "bo@example.com" },
	{ "(Bo) bo@example.com", "bo@example.com" },
	{ "(a (nested) one) bo@example.com", "bo@example.com" },
	{ "  bo@example.com  ", "bo@example.com" },
	{ "\tbo@example.com\t", "bo@example.com" },
	{ "Bo < bo@example.com >", "bo@example.com" },
	{ "=?utf-8?Q?J=C3=B8rgen?= <j@example.com>", "j@example.com" },
	{ "=?utf-8?B?SsO4cmdlbg==?= <j@example.com>", "j@example.com" },
	{ "J\xc3\xb8rgen <j@example.com>", "j@example.com" },
	{ "J\xf8rgen <j@example.com>", "j@example.com" },
	{ "\"\" <bo@example.com>", "bo@example.com" },
	{ "'Bo' <bo@example.com>", "bo@example.com" },
	{ "Bo A. Hansen <bo@example.com>", "bo@example.com" },
	{ "Firm A/S <bo@example.com>", "bo@example.com" },
	{ "Hansen, Bo <bo@example.com>", "bo@example.com" },
	{ "Hansen, Bo, Firm <bo@example.com>", "bo@example.com" },
	{ "Bo [Firm] <bo@example.com>", "bo@example.com" },
	{ "bo@firm <bo@example.com>", "bo@example.com" },
	{ "bo@other.example <bo@example.com>", "bo@example.com" },
	{ "\"bo@other.example\" <bo@example.com>", "bo@example.com" },
	{ "\"Bo <x@evil.example>\" <bo@example.com>", "bo@example.com" },
	{ "Bo via Firm <bo@example.com>", "bo@example.com" },
	{ "\xe6\x9d\x8e <li@example.com>", "li@example.com" },
	/* case */
	{ "bo@EXAMPLE.com", "bo@example.com" },
	{ "bo@Example.Com", "bo@example.com" },
	{ "BO@example.com", "BO@example.com" },
	{ "Bo.Hansen@example.com", "Bo.Hansen@example.com" },
	{ "bO@EXAMPLE.COM", "bO@example.com" },
	/* trailing dot */
	{ "bo@example.com.", "bo@example.com" },
	{ "<bo@example.com.>", "bo@example.com" },
	{ "bo@EXAMPLE.COM.", "bo@example.com" },
	{ "bo@example.com..", NULL },
	{ "bo@.", NULL },
	{ "bo@.example.com", NULL },
	{ "bo@example..com", NULL },
	/* local parts */
	{ "bo+tag@example.com", "bo+tag@example.com" },
	{ "bo+a+b@example.com", "bo+a+b@example.com" },
	{ "bo-tag@example.com", "bo-tag@example.com" },
	{ "b.o@gmail.com", "b.o@gmail.com" },
	{ "bo@gmail.com", "bo@gmail.com" },
	{ "bo+tag@gmail.com", "bo+tag@gmail.com" },
	{ "b.o+tag@googlemail.com", "b.o+tag@googlemail.com" },
	{ "bo..x@docomo.example", "bo..x@docomo.example" },
	{ "bo.@docomo.example", "bo.@docomo.example" },
	{ ".bo@docomo.example", ".bo@docomo.example" },
	{ "!#$%&'*+-/=?^_`{|}~@example.com",
	  "!#$%&'*+-/=?^_`{|}~@example.com" },
	{ "1@example.com", "1@example.com" },
	{ "_@example.com", "_@example.com" },
	{ "o'neil@example.com", "o'neil@example.com" },
	{ "bo=x.dk@example.com", "bo=x.dk@example.com" },
	{ "a/b@example.com", "a/b@example.com" },
	/* quoted local parts */
	{ "\"bo\"@example.com", "bo@example.com" },
	{ "\"bo.hansen\"@example.com", "bo.hansen@example.com" },
	{ "<\"bo\"@example.com>", "bo@example.com" },
	{ "\"b\\o\"@example.com", "bo@example.com" },
	{ "\"bo hansen\"@example.com", "\"bo hansen\"@example.com" },
	{ "Bo <\"bo hansen\"@example.com>", "\"bo hansen\"@example.com" },
	{ "\"bo@home\"@example.com", "\"bo@home\"@example.com" },
	{ "\"bo\\\"x\"@example.com", "\"bo\\\"x\"@example.com" },
	{ "\"bo\\\\x\"@example.com", "\"bo\\\\x\"@example.com" },
	{ "\"bo..x\"@example.com", "\"bo..x\"@example.com" },
	{ "\".bo\"@example.com", "\".bo\"@example.com" },
	{ "\"bo.\"@example.com", "\"bo.\"@example.com" },
	{ "\"\"@example.com", "\"\"@example.com" },
	{ "\" \"@example.com", "\" \"@example.com" },
	{ "\"a<b>c\"@example.com", "\"a<b>c\"@example.com" },
	{ "\"a,b\"@example.com", "\"a,b\"@example.com" },
	{ "\"a;b:c\"@example.com", "\"a;b:c\"@example.com" },
	{ "\"a(b)c\"@example.com", "\"a(b)c\"@example.com" },
	{ "\"BO\"@EXAMPLE.com", "BO@example.com" },
	{ "\"bo\"hansen@example.com", NULL },
	{ "bo\"hansen\"@example.com", NULL },
	{ "\"bo\".\"x\"@example.com", NULL },
	{ "\"bo@example.com", NULL },
	/* domains */
	{ "bo@localhost", "bo@localhost" },
	{ "bo@a.b.c.d.example.com", "bo@a.b.c.d.example.com" },
	{ "bo@xn--bcher-kva.example", "bo@xn--bcher-kva.example" },
	{ "bo@XN--BCHER-KVA.example", "bo@xn--bcher-kva.example" },
	{ "bo@b\xc3\xbc"
	  "cher.example",
	  "bo@xn--bcher-kva.example" },
	{ "bo@B\xc3\x9c"
	  "CHER.example",
	  "bo@xn--bcher-kva.example" },
	{ "bo@bu\xcc\x88"
	  "cher.example",
	  "bo@xn--bcher-kva.example" },
	{ "bo@r\xc3\xb8"
	  "dgr\xc3\xb8"
	  "d.example",
	  "bo@xn--rdgrd-vuad.example" },
	{ "bo@\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
	  "bo@xn--r8jz45g.xn--zckzah" },
	{ "bo@1.example.com", "bo@1.example.com" },
	{ "bo@my_host.example.com", "bo@my_host.example.com" },
	{ "bo@a-b.example.com", "bo@a-b.example.com" },
	{ "bo@a--b.example.com", "bo@a--b.example.com" },
	{ "bo@-a.example.com", NULL },
	{ "bo@a-.example.com", NULL },
	{ "bo@example.com-", NULL },
	{ "bo@exa mple.com", NULL },
	{ "bo@exa$mple.com", NULL },
	{ "bo@exa/mple.com", NULL },
	{ "bo@exam\xffple.com", NULL },
	{ "bo@stra\xc3\x9f"
	  "e.example",
	  NULL },
	{ "bo@\xcf\x83\xcf\x82.example", NULL },
	{ "bo@strasse.example", "bo@strasse.example" },
	{ "bo@exa\xe2\x80\x8bmple.com", NULL },
	{ "bo@exa\xe2\x80\xaemple.com", NULL },
	{ "bo@exa\xc2\xadmple.com", NULL },
	{ "bo@[192.0.2.1]", "bo@[192.0.2.1]" },
	{ "bo@[IPv6:2001:db8::1]", NULL },
	{ "bo@[]", NULL },
	{ "bo@[192.0.2.1", NULL },
	{ "bo@[evil example]", NULL },
	/* homoglyphs stay different */
	{ "bo@ex\xd0\xb0mple.com", "bo@xn--exmple-4nf.com" },
	{ "bo@\xc4\xb1"
	  "bm.example",
	  "bo@xn--bm-gpa.example" },
	{ "bo@examp1e.com", "bo@examp1e.com" },
	{ "bo@exarnple.com", "bo@exarnple.com" },
	{ "b\xd0\xbe@example.com", "b\xd0\xbe@example.com" },
	/* internationalised local parts (RFC 6532) */
	{ "j\xc3\xb8rgen@example.com", "j\xc3\xb8rgen@example.com" },
	{ "jo\xcc\x88rg@example.com", "j\xc3\xb6rg@example.com" },
	{ "\xe6\x9d\x8e@example.com", "\xe6\x9d\x8e@example.com" },
	{ "\"j\xc3\xb8rgen\"@example.com", "j\xc3\xb8rgen@example.com" },
	{ "j\xc3\xb8 <j\xc3\xb8@example.com>", "j\xc3\xb8@example.com" },
	{ "j\xf8rgen@example.com", NULL },
	{ "j\xc3@example.com", NULL },
	{ "bo\xe2\x80\x8b@example.com", NULL },
	{ "bo\xe2\x80\xae@example.com", NULL },
	{ "bo\xef\xbb\xbf@example.com", NULL },
	{ "bo\xc2\x85@example.com", NULL },
	{ "bo\xe2\x80\xa8@example.com", NULL },
	/* none */
	{ "", NULL },
	{ " ", NULL },
	{ "bo", NULL },
	{ "@", NULL },
	{ "bo@", NULL },
	{ "@example.com", NULL },
	{ "<>", NULL },
	{ "< >", NULL },
	{ "Bo <>", NULL },
	{ "Bo", NULL },
	{ "Bo Hansen", NULL },
	{ "Bo <bo>", NULL },
	{ "(bo@example.com)", NULL },
	{ "\"bo@example.com\"", NULL },
	/* several, groups */
	{ "a@example.com, b@example.com", NULL },
	{ "a@example.com,b@example.com", NULL },
	{ "A <a@example.com>, B <b@example.com>", NULL },
	{ "A <a@example.com>, b@example.com", NULL },
	{ "a@example.com, B <b@example.com>", NULL },
	{ "a@example.com b@example.com", NULL },
	{ "<a@example.com> <b@example.com>", NULL },
	{ "<a@example.com><b@example.com>", NULL },
	{ "a@example.com <b@example.com> <c@example.com>", NULL },
	{ "A <a@example.com>,", NULL },
	{ "a@example.com,", NULL },
	{ ",a@example.com", NULL },
	{ "a@example.com; b@example.com", NULL },
	{ "a@example.com;", NULL },
	{ "Undisclosed recipients:;", NULL },
	{ "Group: a@example.com;", NULL },
	{ "Group: A <a@example.com>;", NULL },
	{ "Group: a@example.com, b@example.com;", NULL },
	{ "Group:;", NULL },
	{ "a@evil.example, Bo <bo@example.com>", NULL },
	{ "x@evil.example,\t<bo@example.com>", NULL },
	/* what parsers read in two ways */
	{ "<bo@example.com> evil", NULL },
	{ "<bo@example.com>evil@evil.example", NULL },
	{ "<bo@example.com", NULL },
	{ "bo@example.com>", NULL },
	{ "Bo <<bo@example.com>>", NULL },
	{ "Bo <bo@example.com>>", NULL },
	{ "Bo <a<bo@example.com>", NULL },
	{ "<a@evil.example:bo@example.com>", NULL },
	{ "<@evil.example:bo@example.com>", NULL },
	{ "<@a.example,@b.example:bo@example.com>", NULL },
	{ "bo@evil.example@example.com", NULL },
	{ "bo@@example.com", NULL },
	{ "bo @example.com", NULL },
	{ "bo@ example.com", NULL },
	{ "b o@example.com", NULL },
	{ "bo . x@example.com", NULL },
	{ "bo(x)@example.com", NULL },
	{ "bo@(x)example.com", NULL },
	{ "bo@example.com(.evil.example)", NULL },
	{ "bo@example.com(x)", NULL },
	{ "bo@example.com(.evil.example", NULL },
	{ "bo@example.net(.example.com", NULL },
	{ "bo@example.com (", NULL },
	{ "(bo@example.com", NULL },
	{ "Bo (x <bo@example.com>", NULL },
	{ "Bo) <bo@example.com>", "bo@example.com" },
	{ "<(x)bo@example.com>", NULL },
	{ "<bo@example.com(x)>", NULL },
	{ "bo\\@evil.example@example.com", NULL },
	{ "bo\\x@example.com", NULL },
	{ "mailto:bo@example.com", NULL },
	{ "<mailto:bo@example.com>", NULL },
	{ "Bo: <bo@example.com>", NULL },
	{ "bo@example.com\x01", NULL },
	{ "bo@example.com\x01@evil.example", NULL },
	{ "Bo\x01 <bo@example.com>", NULL },
	{ "bo\x7f@example.com", NULL },
	{ "=?utf-8?Q?bo=40example.com?=", NULL },
	{ "=?utf-8?Q?bo?=@example.com", "=?utf-8?Q?bo?=@example.com" },
	{ "bo@=?utf-8?Q?example.com?=", NULL },
	{ "bo@example.com\r\nFrom: x@evil.example", NULL },
	{ "bo%evil.example@example.com", "bo%evil.example@example.com" },
	{ "evil.example!bo@example.com", "evil.example!bo@example.com" },
};

static const Row envelope_rows[] = {
	{ "<bo@example.com>", "bo@example.com" },
	{ "bo@example.com", "bo@example.com" },
	{ " <bo@example.com> ", "bo@example.com" },
	{ "<Bo@EXAMPLE.com>", "Bo@example.com" },
	{ "<\"bo x\"@example.com>", "\"bo x\"@example.com" },
	{ "<@a.example:bo@example.com>", "bo@example.com" },
	{ "<@a.example,@b.example:bo@example.com>", "bo@example.com" },
	{ "<bo@[192.0.2.1]>", "bo@[192.0.2.1]" },
	{ "<bo@[IPv6:2001:db8::1]>", "bo@[ipv6:2001:db8::1]" },
	{ "<bo@example.com.>", "bo@example.com" },
	{ "<bo+tag@example.com>", "bo+tag@example.com" },
	{ "<b\xc3\xb8@example.com>", "b\xc3\xb8@example.com" },
	{ "<SRS0=ab=cd=example.org=bo@example.com>",
	  "SRS0=ab=cd=example.org=bo@example.com" },
	{ "<bounces+12-ab=example.org@example.com>",
	  "bounces+12-ab=example.org@example.com" },
	{ "<>", NULL },
	{ "", NULL },
	{ "< >", NULL },
	{ "<bo>", NULL },
	{ "bo", NULL },
	{ "<bo@example.com", NULL },
	{ "bo@example.com>", NULL },
	{ "<bo@example.com> SIZE=1", NULL },
	{ "<bo@example.com>,<a@example.com>", NULL },
	{ "<bo@exa mple.com>", NULL },
	{ "<@a.example>", NULL },
	{ "<a:bo@example.com>", NULL },
	{ "\"bo", NULL },
	{ "\"bo\\", NULL },
	{ "<\"bo@example.com>", NULL },
};

static void
check_idempotent(const char *canonical)
{
	g_autofree char *header = address_from_header(canonical, NULL);
	g_autofree char *envelope = address_from_envelope(canonical);

	if (strstr(canonical, "[ipv6:") == NULL)
		g_assert_cmpstr(header, ==, canonical);
	g_assert_cmpstr(envelope, ==, canonical);
}

static void
test_header(void)
{
	g_assert_cmpuint(G_N_ELEMENTS(header_rows), >=, 200);
	for (size_t i = 0; i < G_N_ELEMENTS(header_rows); i++) {
		const Row *row = &header_rows[i];
		g_autofree char *out = address_from_header(row->in, NULL);

		g_test_message("'%s'", row->in);
		g_assert_cmpstr(out, ==, row->out);
		if (out != NULL)
			check_idempotent(out);
	}
}

static void
test_envelope(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(envelope_rows); i++) {
		const Row *row = &envelope_rows[i];
		g_autofree char *out = address_from_envelope(row->in);

		g_test_message("'%s'", row->in);
		g_assert_cmpstr(out, ==, row->out);
		if (out != NULL)
			check_idempotent(out);
	}
	g_assert_null(address_from_envelope(NULL));
	g_assert_null(address_from_header(NULL, NULL));
}

static const Row name_rows[] = {
	{ "bo@example.com", "" },
	{ "Bo <bo@example.com>", "Bo" },
	{ "  Bo   Hansen  <bo@example.com>", "Bo   Hansen" },
	{ "\"Hansen, Bo\" <bo@example.com>", "Hansen, Bo" },
	{ "\"Bo \\\"B\\\"\" <bo@example.com>", "Bo \"B\"" },
	{ "Bo (x) <bo@example.com>", "Bo" },
	{ "bo@example.com (Bo)", "Bo" },
	{ "bo@example.com (Bo (x))", "Bo (x)" },
	{ "=?utf-8?Q?J=C3=B8rgen?= <j@example.com>", "J\xc3\xb8rgen" },
	{ "=?iso-8859-1?Q?J=F8rgen?= <j@example.com>", "J\xc3\xb8rgen" },
	{ "\"=?utf-8?Q?J=C3=B8rgen?=\" <j@example.com>", "J\xc3\xb8rgen" },
	{ "=?utf-8?B?SsO4cmdlbg==?= Hansen <j@example.com>",
	  "J\xc3\xb8rgen Hansen" },
	{ "J\xc3\xb8rgen <j@example.com>", "J\xc3\xb8rgen" },
	{ "B\xe2\x80\xaeo <bo@example.com>", "Bo" },
	{ "B\xe2\x80\x8bo <bo@example.com>", "Bo" },
	{ "=?utf-8?Q?Bo=0D=0AX-Tact-Tier=3A_vip?= <bo@example.com>",
	  "Bo X-Tact-Tier: vip" },
	{ "<bo@example.com>", "" },
};

static void
test_name(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(name_rows); i++) {
		g_autofree char *name = NULL;
		g_autofree char *out =
			address_from_header(name_rows[i].in, &name);

		g_test_message("'%s'", name_rows[i].in);
		g_assert_nonnull(out);
		g_assert_cmpstr(name, ==, name_rows[i].out);
	}
}

static void
test_name_untouched(void)
{
	char mark[] = "mark";
	char *name = mark;

	g_assert_null(address_from_header("Bo <bo>", &name));
	g_assert_true(name == mark);
}

/* An address of `n` bytes in all. */
static char *
address_of_size(size_t n)
{
	GString *out = g_string_new(NULL);

	while (out->len < n - strlen("@example.com"))
		g_string_append_c(out, 'a');
	g_string_append(out, "@example.com");
	return g_string_free(out, FALSE);
}

static void
test_limits(void)
{
	for (size_t n = LIMIT_ADDRESS_BYTES - 1; n <= LIMIT_ADDRESS_BYTES + 1;
	     n++) {
		g_autofree char *in = address_of_size(n);
		g_autofree char *out = address_from_header(in, NULL);

		g_assert_true((out != NULL) == (n <= LIMIT_ADDRESS_BYTES));
	}
	for (size_t n = 62; n <= 64; n++) {
		g_autofree char *label = g_strnfill(n, 'a');
		g_autofree char *in = g_strdup_printf("a@%s.com", label);
		g_autofree char *out = address_from_header(in, NULL);

		g_assert_true((out != NULL) == (n <= 63));
	}
}

static void
test_domain(void)
{
	g_assert_cmpstr(address_domain("bo@example.com"), ==, "example.com");
	g_assert_cmpstr(address_domain("\"a@b\"@example.com"), ==,
	                "example.com");
	g_assert_cmpstr(address_domain("none"), ==, "");
}

/* Random text of telling characters: whatever is read reads again as itself. */
static void
test_random(void)
{
	static const char alphabet[] = "ab.@<>()\"\\,;: \t-_+[]=?\xc3\xb8\xe2";

	for (size_t round = 0; round < 200000; round++) {
		char in[24];
		int n = g_test_rand_int_range(1, sizeof in - 1);
		g_autofree char *out = NULL;

		for (int i = 0; i < n; i++)
			in[i] = alphabet[g_test_rand_int_range(
				0, sizeof alphabet - 1)];
		in[n] = '\0';
		out = address_from_header(in, NULL);
		if (out != NULL)
			check_idempotent(out);
	}
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/address/header", test_header);
	g_test_add_func("/address/envelope", test_envelope);
	g_test_add_func("/address/name", test_name);
	g_test_add_func("/address/name-untouched", test_name_untouched);
	g_test_add_func("/address/limits", test_limits);
	g_test_add_func("/address/domain", test_domain);
	g_test_add_func("/address/random", test_random);
	return g_test_run();
}
