/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is answered before the commit has returned: what a filter was told is
 * on the disk.
 */
#include "keeper_group.h"

#include "store/mails.h"

static bool
record_all(Store *store, const MailSite *site, const GPtrArray *letters,
           MailAnswer *answers, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL)
		return false;
	for (unsigned i = 0; i < letters->len; i++) {
		const Letter *letter = letters->pdata[i];
		MailRecord record = record_of(&letter->request, site->settings);

		if (!mails_record(store, site, &record, &answers[i], error))
			return false;
	}
	return store_commit(txn, error);
}

bool
keeper_group_write(Store *store, const Snapshot *snapshot, const Keys *keys,
                   GPtrArray *letters, GError **error)
{
	g_autofree MailAnswer *answers = g_new0(MailAnswer, letters->len);
	MailSite site = { .settings = snapshot->settings,
		          .rules = snapshot->rules,
		          .keys = keys,
		          .desk = snapshot->desk,
		          .tiers = snapshot->tiers };

	if (!record_all(store, &site, letters, answers, error))
		return false;
	for (unsigned i = 0; i < letters->len; i++)
		letter_answer(letters->pdata[i], RECORD_KEPT, &answers[i]);
	return true;
}
