/* SPDX-License-Identifier: Apache-2.0 */
#include "base/network.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>

/* What carries an IPv4 address in its last four bytes. */
static const char *const mapped[] = { "::ffff:0:0/96", "64:ff9b::/96" };

typedef struct Bare {
	int family;
	uint8_t bytes[16];
} Bare;

static bool
begins(const uint8_t *bytes, const uint8_t *network, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;

	return memcmp(bytes, network, whole) == 0 &&
	       (rest == 0 ||
	        (bytes[whole] ^ network[whole]) >> (8 - rest) == 0);
}

static bool
has(const Network *network, const Bare *bare)
{
	return network->family == bare->family &&
	       begins(bare->bytes, network->bytes, network->bits);
}

static bool
among(const char *const *list, size_t n, const Bare *bare)
{
	for (size_t i = 0; i < n; i++) {
		Network network;

		if (network_parse(list[i], &network) && has(&network, bare))
			return true;
	}
	return false;
}

/* False for what is neither IPv4 nor IPv6. */
static bool
strip(const struct sockaddr *address, Bare *ret_bare)
{
	*ret_bare = (Bare){ .family = address->sa_family };
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, address, sizeof(in));
		memcpy(ret_bare->bytes, &in.sin_addr, 4);
	} else if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, address, sizeof(in6));
		memcpy(ret_bare->bytes, &in6.sin6_addr, 16);
	} else {
		return false;
	}
	if (ret_bare->family == AF_INET6 &&
	    among(mapped, G_N_ELEMENTS(mapped), ret_bare)) {
		ret_bare->family = AF_INET;
		memmove(ret_bare->bytes, ret_bare->bytes + 12, 4);
	}
	return true;
}

bool
network_parse(const char *text, Network *ret_network)
{
	const char *slash = strchr(text, '/');
	size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);
	char address[INET6_ADDRSTRLEN];
	guint64 bits, most;

	*ret_network = (Network){ .family = AF_INET };
	if (n >= sizeof(address))
		return false;
	memcpy(address, text, n);
	address[n] = '\0';
	if (inet_pton(AF_INET, address, ret_network->bytes) != 1) {
		ret_network->family = AF_INET6;
		if (inet_pton(AF_INET6, address, ret_network->bytes) != 1)
			return false;
	}
	most = bits = ret_network->family == AF_INET ? 32 : 128;
	if (slash != NULL &&
	    !g_ascii_string_to_unsigned(slash + 1, 10, 0, most, &bits, NULL))
		return false;
	ret_network->bits = (unsigned)bits;
	return true;
}

bool
network_has(const Network *network, const struct sockaddr *address)
{
	Bare bare;

	return strip(address, &bare) && has(network, &bare);
}

bool
network_covers(const Network *network, const Network *inner)
{
	return network->family == inner->family &&
	       network->bits <= inner->bits &&
	       begins(inner->bytes, network->bytes, network->bits);
}

bool
networks_have(const char *const *networks, size_t n,
              const struct sockaddr *address)
{
	Bare bare;

	return strip(address, &bare) && among(networks, n, &bare);
}

bool
network_is_loopback(const struct sockaddr *address)
{
	static const char *const loopback[] = { "127.0.0.0/8", "::1/128" };

	return networks_have(loopback, G_N_ELEMENTS(loopback), address);
}
