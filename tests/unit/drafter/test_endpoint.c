/* SPDX-License-Identifier: Apache-2.0 */
#include "endpoint.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static const struct sockaddr *
address_of(const char *text, struct sockaddr_storage *storage)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	memset(storage, 0, sizeof(*storage));
	if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
		memcpy(storage, &in, sizeof(in));
	else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		memcpy(storage, &in6, sizeof(in6));
	else
		g_error("%s is no address", text);
	return (const struct sockaddr *)storage;
}

static const char *const closed[] = {
	"0.0.0.0",
	"0.1.2.3",
	"10.0.0.1",
	"10.255.255.255",
	"100.64.0.1",
	"100.127.255.255",
	"127.0.0.1",
	"127.255.255.254",
	"169.254.169.254",
	"169.254.170.2",
	"172.16.0.1",
	"172.31.255.255",
	"192.0.0.1",
	"192.0.2.1",
	"192.88.99.1",
	"192.168.0.1",
	"192.168.255.255",
	"198.18.0.1",
	"198.19.255.255",
	"198.51.100.1",
	"203.0.113.1",
	"224.0.0.1",
	"239.255.255.255",
	"240.0.0.1",
	"255.255.255.255",
	"::",
	"::1",
	"::127.0.0.1",
	"::ffff:127.0.0.1",
	"::ffff:10.0.0.1",
	"::ffff:169.254.169.254",
	"::ffff:7f00:1",
	"64:ff9b::127.0.0.1",
	"64:ff9b::a9fe:a9fe",
	"64:ff9b:1::1",
	"100::1",
	"2001::1",
	"2001:db8::1",
	"2002:7f00:1::",
	"2002:a9fe:a9fe::1",
	"3fff::1",
	"5f00::1",
	"fc00::1",
	"fd00:ec2::254",
	"fdff::1",
	"fe80::1",
	"fec0::1",
	"ff02::1",
};

static const char *const open_[] = {
	"1.1.1.1",          "8.8.8.8",         "100.63.255.255",
	"100.128.0.0",      "126.255.255.255", "128.0.0.1",
	"169.253.255.255",  "169.255.0.0",     "172.15.255.255",
	"172.32.0.0",       "192.167.255.255", "192.169.0.0",
	"198.17.255.255",   "198.20.0.0",      "223.255.255.255",
	"2606:4700::1111",  "2a00:1450::1",    "::ffff:8.8.8.8",
	"64:ff9b::8.8.8.8", "2001:4860::8888",
};

static void
test_public(void)
{
	struct sockaddr_storage storage;

	for (size_t i = 0; i < G_N_ELEMENTS(closed); i++) {
		g_test_message("%s", closed[i]);
		g_assert_false(
			address_is_public(address_of(closed[i], &storage)));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(open_); i++) {
		g_test_message("%s", open_[i]);
		g_assert_true(
			address_is_public(address_of(open_[i], &storage)));
	}
}

static bool
allows(const char *url, const char *const *networks, const char *address)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Endpoint) endpoint = endpoint_new(url, networks, &error);
	struct sockaddr_storage storage;

	g_assert_no_error(error);
	return endpoint_allows(endpoint, address_of(address, &storage));
}

static void
test_allows(void)
{
	static const char *const networks[] = { "10.1.0.0/16", "fd12::/32",
		                                NULL };

	g_assert_true(allows("https://x.example/v1", NULL, "8.8.8.8"));
	g_assert_false(allows("https://x.example/v1", NULL, "10.1.2.3"));
	g_assert_true(allows("https://x.example/v1", networks, "10.1.2.3"));
	g_assert_true(
		allows("https://x.example/v1", networks, "::ffff:10.1.2.3"));
	g_assert_true(allows("https://x.example/v1", networks, "fd12::7"));
	g_assert_false(allows("https://x.example/v1", networks, "10.2.2.3"));
	g_assert_false(allows("https://x.example/v1", networks, "127.0.0.1"));
	/* This host by name is this host alone. */
	g_assert_true(allows("http://127.0.0.1:11434/v1", NULL, "127.0.0.1"));
	g_assert_true(allows("https://localhost/v1", NULL, "::1"));
	g_assert_false(allows("http://localhost/v1", NULL, "8.8.8.8"));
	g_assert_false(allows("http://localhost/v1", networks, "10.1.2.3"));
	/* Another spelling of it is a stranger that must be public. */
	g_assert_false(allows("https://127.1/v1", NULL, "127.0.0.1"));
	g_assert_false(
		allows("https://localhost.localdomain/v1", NULL, "127.0.0.1"));
}

static void
test_socket(void)
{
	g_autoptr(Endpoint) endpoint =
		endpoint_new("unix:/run/llama.sock", NULL, NULL);
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct sockaddr_storage storage;

	g_assert_nonnull(endpoint);
	g_assert_true(endpoint_allows(endpoint, (struct sockaddr *)&un));
	g_assert_false(
		endpoint_allows(endpoint, address_of("127.0.0.1", &storage)));
	g_assert_cmpstr(endpoint_socket(endpoint), ==, "/run/llama.sock");
	g_assert_cmpstr(endpoint_url(endpoint), ==, "http://localhost/v1");
}

static const char *const bad_urls[] = {
	"",
	"x",
	"ftp://x/",
	"file:///etc/passwd",
	"gopher://x",
	"https://",
	"https:///v1",
	"http://x.example/v1",
	"http://10.0.0.1/v1",
	"http://127.1/",
	"http://0x7f000001/",
	"http://2130706433/",
	"http://017700000001/",
	"http://[::]/",
	"http://[::ffff:127.0.0.1]/",
	"http://127.0.0.1.nip.io/",
	"http://localhost.evil.example/",
	"http://localhost@evil.example/",
	"https://user:pass@x.example/",
	"https://x.example/?q=1",
	"https://x.example/#a",
	"https://x.example:99999/",
	"https://x.example:/",
	"https://x.example:80x/",
	"https://x .example/",
	"https://x\r\nHost: y/",
	"https://\xc3\xb8/",
	"https://x.example/a b",
	"https://x.example/%0d%0a",
	"unix:x",
	"unix:",
	"HTTP://127.0.0.1/",
	"https://[::1",
	"https://[x]/",
	"http+unix://x",
	"//x.example",
};

static void
test_urls(void)
{
	static const char *const good[] = {
		"https://api.example/v1",         "https://api.example",
		"https://api.example:8443/a-b/_", "http://127.0.0.1:11434/v1",
		"http://localhost:8080/",         "http://[::1]:8080/v1",
		"https://[2606:4700::1111]/v1",   "unix:/run/x.sock",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad_urls); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", bad_urls[i]);
		g_assert_null(endpoint_new(bad_urls[i], NULL, &error));
		g_assert_nonnull(error);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Endpoint) endpoint =
			endpoint_new(good[i], NULL, &error);

		g_assert_no_error(error);
	}
}

static void
test_networks(void)
{
	static const char *const bad[] = {
		"",         "x",         "10.0.0.0/33", "::/129",
		"10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8 "
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		const char *const networks[] = { bad[i], NULL };

		g_test_message("%s", bad[i]);
		g_assert_null(
			endpoint_new("https://x.example", networks, NULL));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/endpoint/public", test_public);
	g_test_add_func("/endpoint/allows", test_allows);
	g_test_add_func("/endpoint/socket", test_socket);
	g_test_add_func("/endpoint/urls", test_urls);
	g_test_add_func("/endpoint/networks", test_networks);
	return g_test_run();
}
