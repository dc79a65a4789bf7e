/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/network - networks of addresses, as "10.1.0.0/16" or "fd12::/48".
 *
 * An IPv4 address in IPv6 clothes, ::ffff:10.0.0.1 or 64:ff9b::a00:1, is the
 * IPv4 address.
 *
 * Owns:    nothing.
 * Fails:   network_parse(): false.
 * Threads: any.
 */
#ifndef BASE_NETWORK_H
#define BASE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

typedef struct Network {
	int family;        /* AF_INET, AF_INET6 */
	uint8_t bytes[16]; /* 4 of them with AF_INET */
	unsigned bits;
} Network;

bool network_parse(const char *text, Network *ret_network);
bool network_has(const Network *network, const struct sockaddr *address);
/* Is all of `inner` within it? */
bool network_covers(const Network *network, const Network *inner);
/* Is it in one of `n` networks? What is none of them counts for nothing. */
bool networks_have(const char *const *networks, size_t n,
                   const struct sockaddr *address);
bool network_is_loopback(const struct sockaddr *address);

#endif
