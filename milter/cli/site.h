/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/site - settings, keys and store, as all commands about what is kept need
 * them, and the customer that a command is about.
 *
 * Owns:    a Site owns its members but `settings`, which may be another's.
 *          One that is all zero, or was not opened, may be cleared too.
 * Fails:   false or 0 with an error.
 * Threads: one.
 */
#ifndef CLI_SITE_H
#define CLI_SITE_H

#include "base/settings.h"
#include "cli.h"
#include "store/audit.h"
#include "store/keys.h"
#include "store/site.h"
#include "store/store.h"

typedef struct Site {
	const Settings *settings;
	Keys *keys;
	Store *store;
	Settings *own; /* `settings`, if read here */
} Site;

/* With the settings that the options name. */
bool site_open(Site *site, const Options *options, SiteAccess access,
               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* With settings that outlive it. */
bool site_open_with(Site *site, const Settings *settings, SiteAccess access,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those in use now in place of `keys`: what runs for months writes under a key
 * that was changed meanwhile what is lost when the change is finished. */
bool site_renew_keys(Store *store, const Settings *settings, Keys **keys,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void site_clear(Site *site);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Site, site_clear)

/* The customer of an address or number; `ret_identity` (may be NULL) is the
 * address's, or NULL. 0 with an error also when nobody is known by it. */
int64_t site_find(const Site *site, const char *who, char **ret_identity,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "@DOMAIN" as an import names it: by the domain of an address. */
char *site_company(const Settings *settings, const char *given);
/* The name that the store has of the mailbox of --mailbox, which may be an
 * alias: `given` itself when the settings name no such mailbox any more, but
 * rows may. NULL of NULL. */
const char *site_mailbox(const Settings *settings, const char *given);

/* Ends a transaction with its line in the audit trail: both, or neither. */
bool site_commit(const Site *site, StoreTxn *txn, const AuditEntry *entry,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
