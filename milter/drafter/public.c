/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is not public, after IANA's registries of special-purpose addresses. Of
 * IPv6 only 2000::/3 is given out at all; everything else is refused unless it
 * carries an IPv4 address that is public.
 */
#include <glib.h>

#include "base/network.h"
#include "endpoint.h"

static const char *const special[] = {
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.31.196.0/24",
	"192.52.193.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"192.175.48.0/24",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4",
	/* 2002::/16 and 2001::/32 carry an IPv4 address to a relay. */
	"2001::/23",
	"2001:db8::/32",
	"2002::/16",
	"2620:4f:8000::/48",
	"3fff::/20",
};

static const char *const given_out[] = { "0.0.0.0/0", "2000::/3" };

bool
address_is_public(const struct sockaddr *address)
{
	return networks_have(given_out, G_N_ELEMENTS(given_out), address) &&
	       !networks_have(special, G_N_ELEMENTS(special), address);
}
