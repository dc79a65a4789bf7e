/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keys.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"
#include "store_fixture.h"

/* RFC 4231, section 4. The fifth is of a truncated MAC, as ours are. */
typedef struct Vector {
	const char *key; /* hex */
	const char *data;
	const char *mac; /* a prefix will do */
} Vector;

#define HEX20(b) b b b b b b b b b b b b b b b b b b b b
#define HEX50(b) HEX20(b) HEX20(b) b b b b b b b b b b
#define HEX131(b) HEX50(b) HEX50(b) HEX20(b) b b b b b b b b b b b
#define TEXT_54 "54657374205573696e67204c6172676572205468616e20426c6f636b2d"

static const Vector vectors[] = {
	{ HEX20("0b"), "4869205468657265",
	  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "4a656665",
	  "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
	{ HEX20("aa"), HEX50("dd"),
	  "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
	{ "0102030405060708090a0b0c0d0e0f10111213141516171819", HEX50("cd"),
	  "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
	{ HEX20("0c"), "546573742057697468205472756e636174696f6e",
	  "a3b6167473100ee06e0c796c2955552b" },
	{ HEX131("aa"),
	  TEXT_54 "53697a65204b6579202d2048617368204b6579204669727374",
	  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
	{ HEX131("aa"),
	  "5468697320697320612074657374207573696e672061206c617267657220746861"
	  "6e20626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e"
	  "20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f"
	  "20626520686173686564206265666f7265206265696e6720757365642062792074"
	  "686520484d414320616c676f726974686d2e",
	  "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
};

static GByteArray *
from_hex(const char *hex)
{
	GByteArray *bytes = g_byte_array_new();

	for (; hex[0] != '\0'; hex += 2) {
		guint8 byte = (guint8)(g_ascii_xdigit_value(hex[0]) * 16 +
		                       g_ascii_xdigit_value(hex[1]));

		g_byte_array_append(bytes, &byte, 1);
	}
	return bytes;
}

static void
test_rfc4231(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
		g_autoptr(GByteArray) key = from_hex(vectors[i].key);
		g_autoptr(GByteArray) data = from_hex(vectors[i].data);
		g_autoptr(GByteArray) want = from_hex(vectors[i].mac);
		uint8_t mac[KEYS_MAC_BYTES];

		keys_mac(key->data, key->len, data->data, data->len, mac);
		g_assert_cmpmem(mac, want->len, want->data, want->len);
	}
}

static void
write_file(const StoreFixture *fixture, const char *name, const char *text)
{
	g_autofree char *path =
		g_build_filename(fixture->keys_path, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_chmod(path, 0600);
}

static bool
same(Pseudonym a, Pseudonym b)
{
	return memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_B "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

/* What a pseudonym is made of, computed beside the code that makes it; were it
 * another, every site's rows would be lost. */
static void
test_definition(void)
{
	static const char *const labels[PSEUDONYM_N] = {
		"email", "number", "domain",  "mail",
		"order", "audit",  "example", "datum",
	};
	g_autoptr(StoreFixture) fixture = store_fixture_new_empty();
	g_autoptr(GError) error = NULL;
	g_autoptr(Keys) keys = NULL;

	write_file(fixture, "customer.key", "tact/v1 customer 3 " KEY_A "\n");
	write_file(fixture, "audit.key", "tact/v1 audit 1 " KEY_B "\n");
	keys = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	g_assert_cmpint(keys_id(keys), ==, 3);
	for (int kind = 0; kind < PSEUDONYM_N; kind++) {
		bool lasting = kind == PSEUDONYM_ORDER ||
		               kind == PSEUDONYM_AUDIT ||
		               kind == PSEUDONYM_EXAMPLE;
		g_autoptr(GByteArray) key = from_hex(lasting ? KEY_B : KEY_A);
		g_autoptr(GString) text = g_string_new("tact/v1/");
		uint8_t mac[KEYS_MAC_BYTES];
		Pseudonym got = keys_pseudonym(keys, (PseudonymKind)kind,
		                               "anna@example.org");

		g_string_append(text, labels[kind]);
		g_string_append_len(text, "\0", 1);
		g_string_append(text, "anna@example.org");
		keys_mac(key->data, key->len, text->str, text->len, mac);
		g_assert_cmpmem(got.bytes, PSEUDONYM_BYTES, mac,
		                PSEUDONYM_BYTES);
	}
}

static void
test_kinds_differ(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const Keys *keys = fixture->keys;

	for (int a = 0; a < PSEUDONYM_N; a++) {
		Pseudonym one = keys_pseudonym(keys, (PseudonymKind)a, "x");

		g_assert_true(
			same(one, keys_pseudonym(keys, (PseudonymKind)a, "x")));
		g_assert_false(
			same(one, keys_pseudonym(keys, (PseudonymKind)a, "y")));
		for (int b = 0; b < a; b++)
			g_assert_false(
				same(one, keys_pseudonym(keys, (PseudonymKind)b,
			                                 "x")));
	}
}

/* Two sites never have the same pseudonyms. */
static void
test_random(void)
{
	g_autoptr(StoreFixture) one = store_fixture_new(STORE_ADMIN);
	g_autoptr(StoreFixture) two = store_fixture_new(STORE_ADMIN);

	g_assert_false(same(keys_pseudonym(one->keys, PSEUDONYM_EMAIL, "x"),
	                    keys_pseudonym(two->keys, PSEUDONYM_EMAIL, "x")));
	g_assert_false(same(keys_pseudonym(one->keys, PSEUDONYM_ORDER, "x"),
	                    keys_pseudonym(two->keys, PSEUDONYM_ORDER, "x")));
}

/* Anything but the exact line is refused; no key is made in its place. */
static void
test_refused(void)
{
	static const char *const bad[] = {
		"",
		"\n",
		KEY_A,
		"tact/v1 customer 1 " KEY_A,
		"tact/v1 customer 1 " KEY_A "\n\n",
		"tact/v1 customer 1 " KEY_A "00\n",
		"tact/v1 customer 1 0001\n",
		"tact/v1 customer 1  " KEY_A "\n",
		"tact/v1 customer 01 " KEY_A "\n",
		"tact/v1 customer 0 " KEY_A "\n",
		"tact/v1 customer -1 " KEY_A "\n",
		"tact/v1 customer 99999999999999999999 " KEY_A "\n",
		"tact/v1 customer " KEY_A "\n",
		"tact/v1 audit 1 " KEY_A "\n",
		"tact/v2 customer 1 " KEY_A "\n",
		"tact/v1 customer 1 zz0102030405060708090a0b0c0d0e0f1011121314"
		"15161718191a1b1c1d1e1f\n",
		"tact/v1 customer 1 000102030405060708090A0B0C0D0E0F1011121314"
		"15161718191a1b1c1d1e1f\n",
	};
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path =
		g_build_filename(fixture->keys_path, "customer.key", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *after = NULL;

		g_test_message("%s", bad[i]);
		write_file(fixture, "customer.key", bad[i]);
		g_assert_null(keys_load(fixture->keys_path, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
		g_assert_nonnull(strstr(error->message, path));
		g_clear_error(&error);
		g_assert_false(keys_create(fixture->keys_path, &error));
		g_assert_true(g_file_get_contents(path, &after, NULL, NULL));
		g_assert_cmpstr(after, ==, bad[i]);
	}
}

static void
test_missing(void)
{
	static const char *const names[] = { "customer.key", "audit.key" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(StoreFixture) fixture =
			store_fixture_new(STORE_ADMIN);
		g_autofree char *path =
			g_build_filename(fixture->keys_path, names[i], NULL);
		g_autoptr(GError) error = NULL;

		g_assert_cmpint(g_remove(path), ==, 0);
		g_assert_null(keys_load(fixture->keys_path, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_IO);
		g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	}
}

static void
test_create_again(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autoptr(Keys) again = NULL;

	g_assert_true(keys_create(fixture->keys_path, NULL));
	again = keys_load(fixture->keys_path, NULL);
	g_assert_true(same(keys_pseudonym(fixture->keys, PSEUDONYM_EMAIL, "x"),
	                   keys_pseudonym(again, PSEUDONYM_EMAIL, "x")));
}

/* The two files of the drafter's pair belong together. */
static void
test_pair(void)
{
	static const char *const names[] = { "drafter.key", "drafter.pub" };
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *before = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path =
			g_build_filename(fixture->keys_path, names[i], NULL);
		g_autofree char *after = NULL;
		struct stat st;

		g_assert_cmpint(stat(path, &st), ==, 0);
		g_assert_cmpint(st.st_mode & 07777, ==, 0600);
		g_assert_true(g_file_get_contents(path, &before, NULL, NULL));
		if (i == 0)
			g_clear_pointer(&before, g_free);
		else
			g_remove(path);
		g_assert_true(keys_create(fixture->keys_path, NULL));
		g_assert_true(g_file_get_contents(path, &after, NULL, NULL));
		if (i > 0)
			g_assert_cmpstr(after, ==, before);
	}
}

static void
test_rotation(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	const char *text = "anna@example.org";
	g_autofree char *old_file =
		g_build_filename(fixture->keys_path, "customer.key.old", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Keys) during = NULL;
	g_autoptr(Keys) after = NULL;
	Pseudonym was, is, old;

	was = keys_pseudonym(fixture->keys, PSEUDONYM_EMAIL, text);
	g_assert_false(
		keys_old_pseudonym(fixture->keys, PSEUDONYM_EMAIL, text, &old));
	g_assert_true(keys_rotate(fixture->keys_path, &error));
	g_assert_no_error(error);
	during = keys_load(fixture->keys_path, &error);
	g_assert_no_error(error);
	g_assert_cmpint(keys_id(during), ==, 2);
	is = keys_pseudonym(during, PSEUDONYM_EMAIL, text);
	g_assert_false(same(was, is));
	g_assert_true(keys_old_pseudonym(during, PSEUDONYM_EMAIL, text, &old));
	g_assert_true(same(was, old));
	/* What must count once for ever is the same. */
	g_assert_true(same(keys_pseudonym(fixture->keys, PSEUDONYM_ORDER, text),
	                   keys_pseudonym(during, PSEUDONYM_ORDER, text)));
	g_assert_false(keys_old_pseudonym(during, PSEUDONYM_ORDER, text, &old));
	g_assert_false(keys_rotate(fixture->keys_path, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_clear_error(&error);

	g_assert_true(keys_forget_old(fixture->keys_path, &error));
	g_assert_true(keys_forget_old(fixture->keys_path, &error));
	g_assert_false(g_file_test(old_file, G_FILE_TEST_EXISTS));
	after = keys_load(fixture->keys_path, &error);
	g_assert_cmpint(keys_id(after), ==, 2);
	g_assert_true(same(is, keys_pseudonym(after, PSEUDONYM_EMAIL, text)));
	g_assert_false(keys_old_pseudonym(after, PSEUDONYM_EMAIL, text, &old));
}

/* Cut short after the copy and before the new key: nothing is lost, nothing
 * counts as old, and the next run goes on. */
static void
test_rotation_cut_short(void)
{
	g_autoptr(StoreFixture) fixture = store_fixture_new(STORE_ADMIN);
	g_autofree char *path =
		g_build_filename(fixture->keys_path, "customer.key", NULL);
	g_autofree char *line = NULL;
	g_autoptr(Keys) during = NULL;
	g_autoptr(Keys) after = NULL;
	Pseudonym old;

	g_assert_true(g_file_get_contents(path, &line, NULL, NULL));
	write_file(fixture, "customer.key.old", line);
	write_file(fixture, "customer.key.new", "tact/v1 cust");
	during = keys_load(fixture->keys_path, NULL);
	g_assert_nonnull(during);
	g_assert_false(keys_old_pseudonym(during, PSEUDONYM_EMAIL, "x", &old));
	g_assert_true(keys_rotate(fixture->keys_path, NULL));
	after = keys_load(fixture->keys_path, NULL);
	g_assert_cmpint(keys_id(after), ==, 2);
	g_assert_true(keys_old_pseudonym(after, PSEUDONYM_EMAIL, "x", &old));
	g_assert_true(same(old, keys_pseudonym(during, PSEUDONYM_EMAIL, "x")));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keys/rfc4231", test_rfc4231);
	g_test_add_func("/keys/definition", test_definition);
	g_test_add_func("/keys/kinds-differ", test_kinds_differ);
	g_test_add_func("/keys/random", test_random);
	g_test_add_func("/keys/refused", test_refused);
	g_test_add_func("/keys/missing", test_missing);
	g_test_add_func("/keys/create-again", test_create_again);
	g_test_add_func("/keys/pair", test_pair);
	g_test_add_func("/keys/rotation", test_rotation);
	g_test_add_func("/keys/rotation-cut-short", test_rotation_cut_short);
	return g_test_run();
}
