/* SPDX-License-Identifier: Apache-2.0 */
#include "store/trust.h"

#include <glib.h>
#include <string.h>

#include "message/message.h"
#include "store_fixture.h"

static void
test_decide(void)
{
	static const struct {
		AuthVerdict verdict;
		bool excepted;
		Trust trust;
		bool granted;
		const char *shown; /* of a VIP */
	} rows[] = {
		{ AUTH_UNVERIFIED, false, TRUST_UNVERIFIED, false,
		  "unverified" },
		{ AUTH_UNVERIFIED, true, TRUST_UNVERIFIED, false,
		  "unverified" },
		{ AUTH_WEAK, false, TRUST_WEAK, false, "unverified" },
		{ AUTH_WEAK, true, TRUST_EXCEPTED, true, "vip" },
		{ AUTH_VERIFIED, false, TRUST_VERIFIED, true, "vip" },
		{ AUTH_VERIFIED, true, TRUST_VERIFIED, true, "vip" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Trust trust = trust_decide(rows[i].verdict, rows[i].excepted);

		g_test_message("%zu", i);
		g_assert_cmpint(trust, ==, rows[i].trust);
		g_assert_true(trust_is_granted(trust) == rows[i].granted);
		g_assert_cmpstr(trust_tier_name(trust, true, TIER_VIP), ==,
		                rows[i].shown);
		g_assert_cmpstr(trust_tier_name(trust, false, TIER_VIP), ==,
		                "unknown");
	}
}

static void
test_decide_out_of_range(void)
{
	g_assert_cmpint(trust_decide((AuthVerdict)77, true), ==,
	                TRUST_UNVERIFIED);
}

static void
test_names(void)
{
	for (int i = 0; i < TRUST_N; i++)
		for (int j = 0; j < i; j++)
			g_assert_cmpstr(trust_name((Trust)i), !=,
			                trust_name((Trust)j));
}

static void
test_domain(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "partner.example", "partner.example" },
		{ "Partner.EXAMPLE.", "partner.example" },
		{ "a.b.partner.example", "a.b.partner.example" },
		{ "b\xc3\xbc"
		  "cher.example",
		  "xn--bcher-kva.example" },
		{ "xn--bcher-kva.example", "xn--bcher-kva.example" },
		{ "", NULL },
		{ ".", NULL },
		{ "example", NULL },
		{ "*.partner.example", NULL },
		{ ".partner.example", NULL },
		{ "bo@partner.example", NULL },
		{ "@partner.example", NULL },
		{ "partner.example ", "partner.example" },
		{ "partner example", NULL },
		{ "partner.example>", NULL },
		{ "my_host.example", NULL },
		{ "[192.0.2.1]", NULL },
		{ "partner..example", NULL },
		{ "-partner.example", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *out = trust_domain(rows[i].in);

		g_test_message("'%s'", rows[i].in);
		g_assert_cmpstr(out, ==, rows[i].out);
	}
}

static void
allow(Store *store, const char *domain, int64_t until, const char *reason)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);
	TrustException exception = { domain, until, reason, 1000 };

	g_assert_true(trust_allow(store, &exception, &error));
	g_assert_true(store_commit(txn, &error));
}

static bool
is_excepted(Store *store, const char *domain, int64_t now)
{
	g_autoptr(GError) error = NULL;
	bool excepted = false;

	g_assert_true(trust_is_excepted(store, domain, now, &excepted, &error));
	return excepted;
}

static void
test_exception(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	static const struct {
		const char *domain;
		int64_t now;
		bool excepted;
	} rows[] = {
		{ "partner.example", 1000, true },
		{ "partner.example", 1999, true },
		{ "partner.example", 2000, false }, /* ended */
		{ "partner.example", 9999, false },
		{ "a.partner.example", 1000, false },
		{ "xpartner.example", 1000, false },
		{ "example", 1000, false },
		{ "partner.exampl", 1000, false },
		{ "", 1000, false },
		{ "%", 1000, false },
		{ "other.example", 1000, false },
	};

	allow(fixture->store, "partner.example", 2000, "signs nothing yet");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s %d", rows[i].domain, (int)rows[i].now);
		g_assert_true(is_excepted(fixture->store, rows[i].domain,
		                          rows[i].now) == rows[i].excepted);
	}
}

static bool
drop(Store *store, const char *domain)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);
	bool found = false;

	g_assert_true(trust_drop(store, domain, &found, &error));
	g_assert_true(store_commit(txn, &error));
	return found;
}

static void
note_exception(const TrustException *exception, void *data)
{
	g_string_append_printf(data, "%s %d %s;", exception->domain,
	                       (int)exception->until, exception->reason);
}

static char *
listed(Store *store)
{
	g_autoptr(GError) error = NULL;
	GString *out = g_string_new(NULL);

	g_assert_true(trust_each_exception(store, note_exception, out, &error));
	return g_string_free(out, FALSE);
}

static void
test_replace_and_drop(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);

	allow(fixture->store, "b.example", 2000, "first");
	allow(fixture->store, "a.example", 3000, "other");
	allow(fixture->store, "b.example", 4000, "second");
	{
		g_autofree char *all = listed(fixture->store);

		g_assert_cmpstr(all, ==,
		                "a.example 3000 other;b.example 4000 second;");
	}
	g_assert_true(drop(fixture->store, "b.example"));
	g_assert_false(drop(fixture->store, "b.example"));
	g_assert_false(is_excepted(fixture->store, "b.example", 1));
	g_assert_true(is_excepted(fixture->store, "a.example", 1));
}

static void
note_day(const TrustDay *day, void *data)
{
	g_string_append_printf(data, "%d:", (int)day->day);
	for (int i = 0; i < TRUST_N; i++)
		g_string_append_printf(data, " %d/%d", (int)day->known[i],
		                       (int)day->all[i]);
	g_string_append_c(data, ';');
}

static char *
days(Store *store, int64_t first)
{
	g_autoptr(GError) error = NULL;
	GString *out = g_string_new(NULL);

	g_assert_true(trust_each_day(store, first, note_day, out, &error));
	return g_string_free(out, FALSE);
}

static void
count(Store *store, int64_t day, Trust trust, bool known, int n)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);

	for (int i = 0; i < n; i++)
		g_assert_true(trust_count(store, day, trust, known, &error));
	g_assert_true(store_commit(txn, &error));
}

static void
test_days(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_KEEPER);
	g_autofree char *none = days(fixture->store, 0);
	g_autofree char *all = NULL;
	g_autofree char *late = NULL;

	g_assert_cmpstr(none, ==, "");
	count(fixture->store, 10, TRUST_VERIFIED, true, 3);
	count(fixture->store, 10, TRUST_VERIFIED, false, 2);
	count(fixture->store, 10, TRUST_UNVERIFIED, true, 1);
	count(fixture->store, 9, TRUST_WEAK, false, 4);
	count(fixture->store, 12, TRUST_EXCEPTED, true, 1);
	all = days(fixture->store, 0);
	g_assert_cmpstr(all, ==,
	                "9: 0/0 0/4 0/0 0/0;"
	                "10: 1/1 0/0 0/0 3/5;"
	                "12: 0/0 0/0 1/1 0/0;");
	late = days(fixture->store, 11);
	g_assert_cmpstr(late, ==, "12: 0/0 0/0 1/1 0/0;");
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trust/decide", test_decide);
	g_test_add_func("/trust/decide-out-of-range", test_decide_out_of_range);
	g_test_add_func("/trust/names", test_names);
	g_test_add_func("/trust/domain", test_domain);
	g_test_add_func("/trust/exception", test_exception);
	g_test_add_func("/trust/replace-and-drop", test_replace_and_drop);
	g_test_add_func("/trust/days", test_days);
	return g_test_run();
}
