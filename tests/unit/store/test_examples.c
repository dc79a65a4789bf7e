/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mails taught: kept once for each mail and finding, sealed, told in one
 * order, and gone with the customer.
 */
#include <glib.h>
#include <string.h>

#include "store/customers.h"
#include "store/erasure.h"
#include "store/examples.h"
#include "store/suppression.h"
#include "store_fixture.h"

#define ANN "ann@customer.example"
#define BOB "bob@other.example"
#define FEATURES "features of a mail, no text"
#define BASIC 1

static void
commit(StoreTxn *txn)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(store_commit(txn, &error));
	g_assert_no_error(error);
}

static ExampleAuthor
author_of(StoreFixture *fixture, const char *identity, int consent)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, &error);
	ExampleAuthor author = { 0 };

	g_assert_true(examples_find_author(fixture->store, fixture->keys,
	                                   identity, consent, &author, &error));
	g_assert_no_error(error);
	commit(txn);
	return author;
}

static ExampleChange
put(StoreFixture *fixture, const char *identity, const char *id,
    const char *finding, const char *value)
{
	g_autoptr(GError) error = NULL;
	ExampleRow row = { .mail = examples_mail(fixture->keys, identity, id),
		           .customer =
		                   author_of(fixture, identity, BASIC).customer,
		           .finding = finding,
		           .value = value,
		           .features = FEATURES,
		           .size = sizeof(FEATURES),
		           .at = 1000 };
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, &error);
	ExampleChange change = EXAMPLE_SAME;

	g_assert_true(examples_put(fixture->store, fixture->keys, &row, &change,
	                           &error));
	g_assert_no_error(error);
	commit(txn);
	return change;
}

static int64_t
forget(StoreFixture *fixture, const char *id, const char *finding)
{
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, NULL);
	Pseudonym mail = examples_mail(fixture->keys, ANN, id);
	int64_t n = -1;

	g_assert_true(
		examples_forget(fixture->store, &mail, finding, &n, NULL));
	commit(txn);
	return n;
}

static void
fitted(StoreFixture *fixture, uint64_t digest)
{
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, NULL);

	g_assert_true(examples_fitted(fixture->store, digest, NULL));
	commit(txn);
}

static ExamplesCount
count_of(StoreFixture *fixture)
{
	ExamplesCount count = { -1, -1, -1 };

	g_assert_true(examples_count(fixture->store, &count, NULL));
	return count;
}

static bool
is_stale(StoreFixture *fixture)
{
	bool stale = false;

	g_assert_true(examples_stale(fixture->store, &stale, NULL));
	return stale;
}

static bool
add_text(const ExampleRow *row, void *data)
{
	g_string_append_printf(data, "%s=%s %s\n", row->finding, row->value,
	                       row->size == sizeof(FEATURES)
	                               ? (const char *)row->features
	                               : "closed");
	return true;
}

static char *
listed(StoreFixture *fixture, const Keys *keys)
{
	GString *list = g_string_new("");

	g_assert_true(
		examples_each(fixture->store, keys, add_text, list, NULL));
	return g_string_free(list, FALSE);
}

/* Once for each mail and finding; the later correction holds. */
static void
test_put(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *list = NULL;

	g_assert_false(is_stale(fixture));
	g_assert_cmpint(put(fixture, ANN, "1@x", "sentiment", "negative"), ==,
	                EXAMPLE_LEARNED);
	g_assert_true(is_stale(fixture));
	g_assert_cmpint(put(fixture, ANN, "1@x", "sentiment", "negative"), ==,
	                EXAMPLE_SAME);
	g_assert_cmpint(put(fixture, ANN, "1@x", "sentiment", "positive"), ==,
	                EXAMPLE_REPLACED);
	g_assert_cmpint(put(fixture, ANN, "1@x", "urgency", "high"), ==,
	                EXAMPLE_LEARNED);
	list = listed(fixture, fixture->keys);
	g_assert_cmpstr(list, ==,
	                "sentiment=positive " FEATURES "\n"
	                "urgency=high " FEATURES "\n");
	/* the same Message-ID of another writer is another mail */
	put(fixture, BOB, "1@x", "sentiment", "neutral");
	g_assert_cmpint(count_of(fixture).examples, ==, 3);
	g_assert_cmpint(count_of(fixture).mails, ==, 2);
	g_assert_cmpint(count_of(fixture).customers, ==, 2);
}

static char *
reversed(const char *list)
{
	g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
	GString *text = g_string_new(NULL);

	/* What follows the last line is no line. */
	for (guint i = g_strv_length(lines) - 1; i-- > 0;)
		g_string_append_printf(text, "%s\n", lines[i]);
	return g_string_free(text, FALSE);
}

/* The order is that of teaching; the digest is that of what was taught. */
static void
test_order(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *one = NULL, *two = NULL, *back = NULL;
	uint64_t first, second;

	for (unsigned i = 0; i < 9; i++) {
		g_autofree char *id = g_strdup_printf("%u", i);
		g_autofree char *value = g_strdup_printf("v%u", i);

		put(fixture, ANN, id, "mood", value);
	}
	one = listed(fixture, fixture->keys);
	g_assert_true(examples_digest(fixture->store, &first, NULL));
	for (unsigned i = 9; i-- > 0;) {
		g_autofree char *id = g_strdup_printf("%u", i);
		g_autofree char *value = g_strdup_printf("v%u", i);

		g_assert_cmpint(forget(fixture, id, NULL), ==, 1);
		put(fixture, ANN, id, "mood", value);
	}
	two = listed(fixture, fixture->keys);
	back = reversed(two);
	g_assert_cmpstr(one, ==, back);
	g_assert_true(examples_digest(fixture->store, &second, NULL));
	g_assert_cmpuint(first, ==, second);
}

/* Without the keys nothing is told of the features; the file has no trace of
 * them, and the same features look different each time. */
static void
test_sealed(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(StoreFixture) other = store_fixture_new(STORE_ADMIN);
	g_autofree char *list = NULL, *file = NULL;
	gsize size;

	put(fixture, ANN, "1@x", "sentiment", "negative");
	list = listed(fixture, other->keys);
	g_assert_cmpstr(list, ==, "sentiment=negative closed\n");
	g_assert_true(g_file_get_contents(fixture->path, &file, &size, NULL));
	g_assert_nonnull(memmem(file, size, "sentiment", 9));
	g_assert_null(memmem(file, size, "features of", 11));
	g_assert_null(memmem(file, size, "customer.example", 16));
}

static void
test_forget(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);

	put(fixture, ANN, "1@x", "sentiment", "negative");
	put(fixture, ANN, "1@x", "urgency", "high");
	g_assert_cmpint(forget(fixture, "2@x", NULL), ==, 0);
	g_assert_cmpint(forget(fixture, "1@x", "urgency"), ==, 1);
	g_assert_cmpint(forget(fixture, "1@x", NULL), ==, 1);
	g_assert_cmpint(count_of(fixture).examples, ==, 0);
}

/* Stale is a model that was made of other examples than there are. */
static void
test_stale(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	uint64_t digest;

	put(fixture, ANN, "1@x", "sentiment", "negative");
	g_assert_true(examples_digest(fixture->store, &digest, NULL));
	put(fixture, ANN, "2@x", "sentiment", "negative");
	fitted(fixture, digest);
	g_assert_true(is_stale(fixture));
	g_assert_true(examples_digest(fixture->store, &digest, NULL));
	fitted(fixture, digest);
	g_assert_false(is_stale(fixture));
	put(fixture, ANN, "2@x", "sentiment", "negative");
	g_assert_false(is_stale(fixture));
	put(fixture, ANN, "2@x", "sentiment", "neutral");
	g_assert_true(is_stale(fixture));
	put(fixture, ANN, "2@x", "sentiment", "negative");
	g_assert_false(is_stale(fixture));
}

/* One whose data are restricted is not learned from; lifted, he is again. */
static void
test_restricted(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *during = NULL, *after = NULL;
	uint64_t digest;
	bool changed;

	put(fixture, ANN, "1@x", "sentiment", "negative");
	put(fixture, BOB, "2@x", "sentiment", "neutral");
	g_assert_true(examples_digest(fixture->store, &digest, NULL));
	fitted(fixture, digest);
	g_assert_true(restriction_change(fixture->store, fixture->keys, ANN,
	                                 RESTRICTION_SET, &changed, NULL));
	during = listed(fixture, fixture->keys);
	g_assert_cmpstr(during, ==, "sentiment=neutral " FEATURES "\n");
	g_assert_true(is_stale(fixture));
	g_assert_cmpint(count_of(fixture).examples, ==, 2);
	g_assert_true(restriction_change(fixture->store, fixture->keys, ANN,
	                                 RESTRICTION_LIFT, &changed, NULL));
	g_assert_false(is_stale(fixture));
	after = listed(fixture, fixture->keys);
	g_assert_nonnull(strstr(after, "negative"));
}

/* Erasure takes a customer's examples, those alone, and leaves the mark. */
static void
test_erased(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const ErasureRequest request = { .kind = ERASURE_ERASE, .who = ANN };
	g_autofree char *list = NULL;
	g_autoptr(GError) error = NULL;
	ErasureResult result;
	uint64_t digest;

	put(fixture, ANN, "1@x", "sentiment", "negative");
	put(fixture, BOB, "2@x", "sentiment", "neutral");
	g_assert_true(examples_digest(fixture->store, &digest, NULL));
	fitted(fixture, digest);
	g_assert_true(erasure_run(fixture->store, fixture->keys, &request,
	                          &result, &error));
	g_assert_no_error(error);
	g_assert_cmpint(result.examples, ==, 1);
	g_assert_true(is_stale(fixture));
	list = listed(fixture, fixture->keys);
	g_assert_cmpstr(list, ==, "sentiment=neutral " FEATURES "\n");
}

/* ----------------------------------------------------------------- authors
 */

static void
test_author(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	ExampleAuthor ann = author_of(fixture, ANN, BASIC);
	int64_t found = 0;

	g_assert_cmpint(ann.standing, ==, EXAMPLE_AUTHOR);
	g_assert_cmpint(ann.customer, >, 0);
	g_assert_cmpint(author_of(fixture, ANN, BASIC).customer, ==,
	                ann.customer);
	g_assert_cmpint(author_of(fixture, BOB, BASIC).customer, !=,
	                ann.customer);
	g_assert_true(customers_find(fixture->store, fixture->keys, ANN, &found,
	                             NULL));
	g_assert_cmpint(found, ==, ann.customer);
	g_assert_cmpint(author_of(fixture, ANN, 0).standing, ==,
	                EXAMPLE_NO_CONSENT);
	g_assert_cmpint(author_of(fixture, "new@x.example", 0).standing, ==,
	                EXAMPLE_NO_CONSENT);
	g_assert_true(customers_find(fixture->store, fixture->keys,
	                             "new@x.example", &found, NULL));
	g_assert_cmpint(found, ==, 0);
}

static void
suppress(StoreFixture *fixture, const Pseudonym *key, SuppressionKind kind)
{
	g_autoptr(StoreTxn) txn = store_begin(fixture->store, NULL);

	g_assert_true(suppression_put(fixture->store, key, kind, NULL));
	commit(txn);
}

static void
test_objected(void)
{
	static const struct {
		SuppressionKind kind;
		ExampleStanding standing;
	} rows[] = {
		{ SUPPRESSION_RESTRICTION, EXAMPLE_RESTRICTED },
		{ SUPPRESSION_OBJECTION, EXAMPLE_OBJECTED },
	};
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	Pseudonym key = suppression_key(fixture->keys, ANN);

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		suppress(fixture, &key, rows[i].kind);
		g_assert_cmpint(author_of(fixture, ANN, BASIC).standing, ==,
		                rows[i].standing);
		g_assert_cmpint(author_of(fixture, ANN, BASIC).customer, ==, 0);
	}
	g_assert_cmpint(author_of(fixture, BOB, BASIC).standing, ==,
	                EXAMPLE_AUTHOR);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/examples/put", test_put);
	g_test_add_func("/examples/order", test_order);
	g_test_add_func("/examples/sealed", test_sealed);
	g_test_add_func("/examples/forget", test_forget);
	g_test_add_func("/examples/stale", test_stale);
	g_test_add_func("/examples/restricted", test_restricted);
	g_test_add_func("/examples/erased", test_erased);
	g_test_add_func("/examples/author", test_author);
	g_test_add_func("/examples/objected", test_objected);
	return g_test_run();
}
