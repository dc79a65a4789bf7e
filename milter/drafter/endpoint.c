/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The URL is cut by hand rather than by a library that knows more forms than we
 * want: 0x7f.1 and 2130706433 are this host to many of them. What is not
 * plainly one of our three names for it is a stranger, and its address must be
 * public.
 */
#include "endpoint.h"

#include <string.h>

#include "base/error.h"
#include "base/network.h"

#define NETWORKS_MAX 64

typedef enum Kind {
	KIND_PUBLIC,
	KIND_LOCAL,
	KIND_SOCKET,
} Kind;

struct Endpoint {
	Kind kind;
	char *name;
	char *url;
	char *socket;
	bool secure;
	Network networks[NETWORKS_MAX];
	unsigned n_networks;
};

void
endpoint_free(Endpoint *endpoint)
{
	if (endpoint == NULL)
		return;
	g_free(endpoint->name);
	g_free(endpoint->url);
	g_free(endpoint->socket);
	g_free(endpoint);
}

const char *
endpoint_name(const Endpoint *endpoint)
{
	return endpoint->name;
}

const char *
endpoint_url(const Endpoint *endpoint)
{
	return endpoint->url;
}

const char *
endpoint_socket(const Endpoint *endpoint)
{
	return endpoint->socket;
}

const char *
endpoint_scheme(const Endpoint *endpoint)
{
	return endpoint->secure ? "https" : "http";
}

bool
endpoint_allows(const Endpoint *endpoint, const struct sockaddr *address)
{
	if (endpoint->kind == KIND_SOCKET)
		return address->sa_family == AF_UNIX;
	if (address->sa_family == AF_UNIX)
		return false;
	if (endpoint->kind == KIND_LOCAL)
		return network_is_loopback(address);
	for (unsigned i = 0; i < endpoint->n_networks; i++)
		if (network_has(&endpoint->networks[i], address))
			return true;
	return address_is_public(address);
}

/* ------------------------------------------------------------------ reading */

static bool
refuse(const char *base_url, const char *why, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING, "base_url '%s': %s",
	            base_url, why);
	return false;
}

static bool
is_this_host(const char *host, size_t n)
{
	static const char *const names[] = { "localhost", "127.0.0.1",
		                             "[::1]" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strlen(names[i]) == n &&
		    g_ascii_strncasecmp(names[i], host, n) == 0)
			return true;
	return false;
}

/* Letters, digits, dots and hyphens; or an address in brackets. */
static bool
is_host(const char *host, size_t n)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	if (n >= 2 && host[0] == '[' && host[n - 1] == ']')
		return strspn(host + 1, "0123456789abcdefABCDEF:.") == n - 2;
	return n > 0 && strspn(host, plain) >= n;
}

static size_t
host_bytes(const char *host)
{
	const char *close = *host == '[' ? strchr(host, ']') : NULL;

	return close != NULL ? (size_t)(close - host) + 1
	                     : strcspn(host, ":/?#@");
}

/* ":8443" or nothing, then a path or nothing. */
static bool
is_port_and_path(const char *rest)
{
	if (*rest == ':') {
		size_t digits = strspn(rest + 1, "0123456789");

		if (digits == 0 || digits > 5 ||
		    g_ascii_strtoull(rest + 1, NULL, 10) > 65535)
			return false;
		rest += 1 + digits;
	}
	if (*rest != '\0' && *rest != '/')
		return false;
	for (; *rest != '\0'; rest++)
		if (!g_ascii_isalnum(*rest) && strchr("/-._~", *rest) == NULL)
			return false;
	return true;
}

static bool
read_url(Endpoint *endpoint, const char *base_url, GError **error)
{
	const char *host;
	size_t n;

	endpoint->secure = g_str_has_prefix(base_url, "https://");
	if (!endpoint->secure && !g_str_has_prefix(base_url, "http://"))
		return refuse(base_url,
		              "write https://HOST/v1, http://127.0.0.1:PORT/v1 "
		              "or unix:/PATH",
		              error);
	host = strstr(base_url, "://") + 3;
	n = host_bytes(host);
	if (!is_host(host, n) || !is_port_and_path(host + n))
		return refuse(base_url,
		              "only a host, a port and a path may stand in it",
		              error);
	endpoint->kind = is_this_host(host, n) ? KIND_LOCAL : KIND_PUBLIC;
	if (!endpoint->secure && endpoint->kind != KIND_LOCAL)
		return refuse(base_url,
		              "without TLS only 127.0.0.1, [::1] and "
		              "localhost; write https://",
		              error);
	n = (size_t)(host - base_url) + strcspn(host, "/");
	endpoint->name = g_strndup(base_url, n);
	endpoint->url = g_strdup(base_url);
	while (g_str_has_suffix(endpoint->url, "/"))
		endpoint->url[strlen(endpoint->url) - 1] = '\0';
	return true;
}

static bool
read_socket(Endpoint *endpoint, const char *base_url, GError **error)
{
	const char *path = base_url + strlen("unix:");

	if (*path != '/' || strlen(path) > 100)
		return refuse(base_url,
		              "write unix: and an absolute path of at most 100 "
		              "bytes",
		              error);
	endpoint->kind = KIND_SOCKET;
	endpoint->name = g_strdup(base_url);
	endpoint->url = g_strdup("http://localhost/v1");
	endpoint->socket = g_strdup(path);
	return true;
}

static bool
read_networks(Endpoint *endpoint, const char *const *networks, GError **error)
{
	for (unsigned i = 0; networks != NULL && networks[i] != NULL; i++) {
		Network *next = &endpoint->networks[endpoint->n_networks];

		if (endpoint->n_networks == NETWORKS_MAX ||
		    !network_parse(networks[i], next)) {
			g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
			            "private_networks: '%s' is no network, or "
			            "one of more than %d; write 10.1.0.0/16 or "
			            "fd12:3456::/48",
			            networks[i], NETWORKS_MAX);
			return false;
		}
		endpoint->n_networks++;
	}
	return true;
}

Endpoint *
endpoint_new(const char *base_url, const char *const *networks, GError **error)
{
	g_autoptr(Endpoint) endpoint = g_new0(Endpoint, 1);
	bool good = g_str_has_prefix(base_url, "unix:")
	                    ? read_socket(endpoint, base_url, error)
	                    : read_url(endpoint, base_url, error);

	if (!good || !read_networks(endpoint, networks, error))
		return NULL;
	return g_steal_pointer(&endpoint);
}
