/* SPDX-License-Identifier: Apache-2.0 */
#include "site.h"

#include "base/error.h"
#include "context.h"
#include "message/identity.h"
#include "message/message.h"
#include "print.h"
#include "store/customers.h"

bool
site_open_with(Site *site, const Settings *settings, SiteAccess access,
               GError **error)
{
	site->settings = settings;
	site->keys = site_load_keys(settings, error);
	if (site->keys == NULL)
		return false;
	site->store = site_open_store(settings, STORE_ADMIN, access, error);
	return site->store != NULL;
}

bool
site_open(Site *site, const Options *options, SiteAccess access, GError **error)
{
	message_init_names();
	site->own = context_settings(options, error);
	return site->own != NULL &&
	       site_open_with(site, site->own, access, error);
}

bool
site_renew_keys(Store *store, const Settings *settings, Keys **keys,
                GError **error)
{
	g_autoptr(Keys) now = site_load_keys(settings, error);

	if (now == NULL || !site_check_keys(store, now, error))
		return false;
	keys_free(*keys);
	*keys = g_steal_pointer(&now);
	return true;
}

void
site_clear(Site *site)
{
	store_close(site->store);
	keys_free(site->keys);
	settings_free(site->own);
}

int64_t
site_find(const Site *site, const char *who, char **ret_identity,
          GError **error)
{
	g_autofree char *identity = identity_of(site->settings, who);
	g_autofree char *harmless = NULL;
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
	if (customer != 0)
		return customer;
	harmless = print_name(who);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "nobody is known as %s", harmless);
	return 0;
}

char *
site_company(const Settings *settings, const char *given)
{
	g_autofree char *address = g_strconcat("x", given, NULL);
	g_autofree char *identity = identity_of(settings, address);

	return identity != NULL ? g_strdup(strrchr(identity, '@'))
	                        : g_ascii_strdown(given, -1);
}

const char *
site_mailbox(const Settings *settings, const char *given)
{
	const Mailbox *mailbox =
		given != NULL ? settings_mailbox(settings, given) : NULL;

	return mailbox != NULL ? mailbox->address : given;
}

bool
site_commit(const Site *site, StoreTxn *txn, const AuditEntry *entry,
            GError **error)
{
	return audit_append(site->store, site->keys, entry, error) &&
	       store_commit(txn, error) &&
	       audit_seal(site->store, site->keys, error);
}
