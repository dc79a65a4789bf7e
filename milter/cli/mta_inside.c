/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Only what stands in mynetworks as a network is looked at: what a table or a
 * host's name may hold is not known here.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/network.h"
#include "mta_check.h"
#include "store/site.h"

/* "[::1]/128" is how Postfix writes ::1/128. */
static char *
without_brackets(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, "[]", -1);

	return g_strjoinv("", parts);
}

/* Is all of it within one of the site's own? */
static bool
is_known(const Settings *settings, const Network *network)
{
	for (char **own = settings->milter_internal_networks; *own; own++) {
		Network wider;

		if (network_parse(*own, &wider) &&
		    network_covers(&wider, network))
			return true;
	}
	return false;
}

/* This host is ours in any case, unless the site says otherwise. */
static bool
is_loopback(const Network *network)
{
	static const char *const loopback[] = { "127.0.0.0/8", "::1/128" };

	for (size_t i = 0; i < G_N_ELEMENTS(loopback); i++) {
		Network wider;

		if (network_parse(loopback[i], &wider) &&
		    network_covers(&wider, network))
			return true;
	}
	return false;
}

void
mta_check_inside(MtaCheck *check, const char *networks, const char *file,
                 unsigned line)
{
	g_auto(GStrv) list = g_strsplit_set(networks, " \t,", -1);

	if (!site_has_store(check->settings))
		return;
	for (char **item = list; *item != NULL; item++) {
		g_autofree char *text = without_brackets(*item);
		g_autofree char *remedy = NULL;
		Network network;

		if (!network_parse(text, &network) || is_loopback(&network) ||
		    is_known(check->settings, &network))
			continue;
		remedy = g_strdup_printf("internal_networks = ...;%s in "
		                         "tact.conf, if people of yours write "
		                         "from there without logging in",
		                         text);
		mta_check_add(check, "internal-networks", file, line, remedy,
		              "Postfix takes mail of clients in %s for this "
		              "site's own, and Tact takes an answer from there "
		              "for a stranger's",
		              *item);
	}
}
