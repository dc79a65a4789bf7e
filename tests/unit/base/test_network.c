/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "base/network.h"
#include "rows.h"

static const struct row {
	const char *name, *networks, *address;
	bool has;
} rows[] = {
	{ "within", "10.0.0.0/8", "10.255.0.1", true },
	{ "outside", "10.0.0.0/8", "11.0.0.1", false },
	{ "odd-bits", "192.0.2.0/25", "192.0.2.127", true },
	{ "odd-bits-outside", "192.0.2.0/25", "192.0.2.128", false },
	{ "host", "192.0.2.7", "192.0.2.7", true },
	{ "other-host", "192.0.2.7", "192.0.2.8", false },
	{ "any", "0.0.0.0/0", "203.0.113.9", true },
	{ "any-is-not-six", "0.0.0.0/0", "2001:db8::1", false },
	{ "second", "10.0.0.0/8 ::1", "::1", true },
	{ "six", "fd12::/16", "fd12:1::1", true },
	{ "six-outside", "fd12::/16", "fd13::1", false },
	{ "mapped", "127.0.0.0/8", "::ffff:127.0.0.1", true },
	{ "mapped-is-not-six", "::/0", "::ffff:127.0.0.1", false },
	{ "none", "", "127.0.0.1", false },
	{ "what-is-none", "localhost 1.2.3.4/33 1.2.3 /8", "1.2.3.4", false },
	{ "socket", "0.0.0.0/0 ::/0", "/run/socket", false },
};

static const struct sockaddr *
address_of(const char *text, struct sockaddr_storage *storage)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	memset(storage, 0, sizeof(*storage));
	if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
		memcpy(storage, &in, sizeof(in));
	else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		memcpy(storage, &in6, sizeof(in6));
	else
		memcpy(storage, &un, sizeof(un));
	return (const struct sockaddr *)storage;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_auto(GStrv) networks = g_strsplit(row->networks, " ", -1);
	struct sockaddr_storage storage;

	g_assert_true(networks_have((const char *const *)networks,
	                            g_strv_length(networks),
	                            address_of(row->address, &storage)) ==
	              row->has);
}

static void
test_covers(void)
{
	static const struct {
		const char *outer, *inner;
		bool covers;
	} pairs[] = {
		{ "10.0.0.0/8", "10.1.0.0/16", true },
		{ "10.1.0.0/16", "10.0.0.0/8", false },
		{ "10.1.0.0/16", "10.1.0.0/16", true },
		{ "10.1.0.0/16", "10.2.0.0/24", false },
		{ "0.0.0.0/0", "::/0", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		Network outer, inner;

		g_assert_true(network_parse(pairs[i].outer, &outer));
		g_assert_true(network_parse(pairs[i].inner, &inner));
		g_assert_true(network_covers(&outer, &inner) ==
		              pairs[i].covers);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/network/", rows, test_row);
	g_test_add_func("/network/covers", test_covers);
	return g_test_run();
}
