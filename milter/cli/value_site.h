/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/value_site - settings, keys and store of the commands about value.
 *
 * Owns:    a ValueSite owns its members; clear it.
 * Fails:   false with an error.
 * Threads: one.
 */
#ifndef CLI_VALUE_SITE_H
#define CLI_VALUE_SITE_H

#include "cli.h"
#include "context.h"
#include "store/keys.h"
#include "store/site.h"
#include "store/store.h"
#include "value/tier.h"

typedef struct ValueSite {
	Settings *settings;
	Keys *keys;
	Store *store;
	TierPolicy policy;
	int consent; /* of who has no level of their own */
} ValueSite;

bool value_site_open(ValueSite *site, const Options *options, SiteAccess access,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void value_site_clear(ValueSite *site);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ValueSite, value_site_clear)

/* The customer of an address or number; `ret_identity` (may be NULL) is the
 * address's, or NULL. 0 with no error set: nobody is known by it. */
int64_t value_site_find(const ValueSite *site, const char *who,
                        char **ret_identity, GError **error);

#endif
