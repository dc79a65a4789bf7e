/* SPDX-License-Identifier: Apache-2.0 */
#include "keeper_site.h"

MailSite
keeper_site_mails(const KeeperSite *site)
{
	return (MailSite){ .settings = site->snapshot->settings,
		           .rules = site->snapshot->rules,
		           .keys = site->keys,
		           .desk = site->snapshot->desk,
		           .tiers = site->snapshot->tiers };
}
