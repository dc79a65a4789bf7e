/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds of every identity (H-6): it is its own identity, and bounded.
 */
#include "message/identity.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"
#include "identity_fixture.h"
#include "message/message.h"

static char *
local_of_size(size_t n, const char *tail)
{
	g_autofree char *local = g_strnfill(n, 'a');

	return g_strconcat(local, tail, NULL);
}

static void
test_overlong(void)
{
	static const struct {
		Policy policy;
		size_t n;
		const char *tail;
		bool known;
	} sizes[] = {
		{ PLAIN, LIMIT_LOCAL_BYTES - 1, "@example.com", true },
		{ PLAIN, LIMIT_LOCAL_BYTES, "@example.com", true },
		{ PLAIN, LIMIT_LOCAL_BYTES + 1, "@example.com", false },
		{ PLAIN, LIMIT_LOCAL_BYTES, "+x@tags.example", false },
		{ TAGS, LIMIT_LOCAL_BYTES, "+x@tags.example", true },
		{ TAGS, LIMIT_LOCAL_BYTES + 1, "+x@tags.example", false },
		{ DOTS, LIMIT_LOCAL_BYTES, ".@dots.example", true },
		{ PLAIN, LIMIT_ADDRESS_BYTES, "@example.com", false },
		{ PLAIN, LIMIT_HEADER_VALUE, "@example.com", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autofree char *in = local_of_size(sizes[i].n, sizes[i].tail);
		g_autofree char *out =
			identity_of(policies[sizes[i].policy], in);

		g_test_message("%zu%s", sizes[i].n, sizes[i].tail);
		g_assert_true((out != NULL) == sizes[i].known);
		if (out != NULL)
			check_idempotent(sizes[i].policy, out);
	}
}

/* Folding may lengthen: U+023A has two bytes, its small letter three. */
static void
test_overlong_by_folding(void)
{
	for (size_t n = 21; n <= 22; n++) {
		g_autoptr(GString) in = g_string_new(NULL);
		g_autofree char *out = NULL;

		for (size_t i = 0; i < n; i++)
			g_string_append(in, "\xc8\xba");
		g_string_append(in, "@example.com");
		out = identity_of(policies[PLAIN], in->str);
		g_assert_true((out != NULL) ==
		              (n * 3 <= (size_t)LIMIT_LOCAL_BYTES));
		if (out != NULL)
			check_idempotent(PLAIN, out);
	}
}

/* A long domain, and a local part that is quoted and lengthened too: what
 * comes out is never longer than what can be read. */
static void
test_overlong_in_all(void)
{
	g_autofree char *label = g_strnfill(63, 'a');
	g_autofree char *domain =
		g_strdup_printf("%s.%s.%s.%.55s", label, label, label, label);
	size_t known = 0, refused = 0;

	for (size_t n = 1; n <= 21; n++) {
		g_autoptr(GString) in = g_string_new("\"");
		g_autofree char *address = NULL;
		g_autofree char *out = NULL;

		for (size_t i = 0; i < n; i++)
			g_string_append(in, "\xc8\xba");
		for (size_t i = 0; i < 64 - 3 * n; i++)
			g_string_append(in, "\\\"");
		g_string_append_printf(in, "\"@%s", domain);
		address = address_from_header(in->str, NULL);
		out = identity_of(policies[PLAIN], in->str);
		known += out != NULL;
		refused += address != NULL && out == NULL;
		if (out != NULL)
			check_idempotent(PLAIN, out);
	}
	g_assert_cmpuint(known, >, 0);
	g_assert_cmpuint(refused, >, 0);
}

/* Of the scripts that have one case, every sixteenth will do. */
static bool
is_worth_a_try(gunichar c)
{
	return g_unichar_isdefined(c) &&
	       (g_unichar_type(c) != G_UNICODE_OTHER_LETTER || c % 16 == 0);
}

/* Every letter that Unicode has, alone and under a mark that composes. */
static void
test_every_letter(void)
{
	static const gunichar marks[] = { 0, 0x30c, 0x307, 0x345 };
	size_t known = 0;

	for (gunichar c = 0x80; c < 0x30000; c++) {
		for (size_t m = 0; m < G_N_ELEMENTS(marks); m++) {
			g_autoptr(GString) in = g_string_new(NULL);
			g_autofree char *out = NULL;

			if (!is_worth_a_try(c))
				continue;
			g_string_append_unichar(in, c);
			if (marks[m] != 0)
				g_string_append_unichar(in, marks[m]);
			g_string_append(in, "@example.com");
			out = identity_of(policies[PLAIN], in->str);
			if (out == NULL)
				continue;
			check_idempotent(PLAIN, out);
			known++;
		}
	}
	g_assert_cmpuint(known, >, 20000);
}

/* Random text of telling characters under every policy. */
static void
test_random(void)
{
	static const char *const pieces[] = {
		"a",
		"B",
		".",
		"+",
		"\"",
		"\\",
		"@",
		"<",
		">",
		"(",
		")",
		" ",
		",",
		";",
		"[",
		"]",
		"example.com",
		"tags.example",
		"dots.example",
		"\xc3\x98",
		"\xcc\x8c",
		"J",
		"@example.com",
		"@tags.example",
		"@dots.example",
	};
	size_t known = 0;

	for (size_t round = 0; round < 100000; round++) {
		Policy policy = (Policy)g_test_rand_int_range(0, POLICIES);
		g_autoptr(GString) in = g_string_new(NULL);
		g_autofree char *out = NULL;
		int n = g_test_rand_int_range(1, 9);

		for (int i = 0; i < n; i++)
			g_string_append(in, pieces[g_test_rand_int_range(
						    0, G_N_ELEMENTS(pieces))]);
		out = identity_of(policies[policy], in->str);
		if (out == NULL)
			continue;
		check_idempotent(policy, out);
		known++;
	}
	g_assert_cmpuint(known, >, 1000);
}

int
main(int argc, char **argv)
{
	int status;

	message_init();
	g_test_init(&argc, &argv, NULL);
	policies_load();
	g_test_add_func("/identity/overlong", test_overlong);
	g_test_add_func("/identity/overlong-by-folding",
	                test_overlong_by_folding);
	g_test_add_func("/identity/overlong-in-all", test_overlong_in_all);
	g_test_add_func("/identity/every-letter", test_every_letter);
	g_test_add_func("/identity/random", test_random);
	status = g_test_run();
	policies_free();
	return status;
}
