/* SPDX-License-Identifier: Apache-2.0 */
#include "value_site.h"

#include "message/identity.h"
#include "message/message.h"
#include "store/customers.h"

bool
value_site_open(ValueSite *site, const Options *options, SiteAccess access,
                GError **error)
{
	message_init_names();
	site->settings = context_settings(options, error);
	if (site->settings == NULL ||
	    !tier_policy_read(site->settings, &site->policy, error))
		return false;
	/* none, basic, full: their numbers are those kept of a customer. */
	site->consent = site->settings->privacy_consent;
	site->keys = site_load_keys(site->settings, error);
	if (site->keys == NULL)
		return false;
	site->store =
		site_open_store(site->settings, STORE_ADMIN, access, error);
	return site->store != NULL;
}

void
value_site_clear(ValueSite *site)
{
	store_close(site->store);
	keys_free(site->keys);
	settings_free(site->settings);
}

int64_t
value_site_find(const ValueSite *site, const char *who, char **ret_identity,
                GError **error)
{
	g_autofree char *identity = identity_of(site->settings, who);
	int64_t customer = 0;
	bool good = identity != NULL
	                    ? customers_find(site->store, site->keys, identity,
	                                     &customer, error)
	                    : customers_find_number(site->store, site->keys,
	                                            who, &customer, error);

	if (!good)
		return 0;
	if (ret_identity != NULL)
		*ret_identity = g_steal_pointer(&identity);
	return customer;
}
