/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is answered before the commit has returned: what a filter was told is
 * on the disk. An objection that came by mail is obeyed before the group, in
 * transactions of its own, so that the mail itself already finds it in force.
 */
#include "keeper_group.h"

#include "store/mails.h"
#include "store/objection.h"
#include "store/trust.h"

static bool
obey_objection(Store *store, const MailSite *site, const RecordRequest *request,
               GError **error)
{
	ObjectionResult result;
	ObjectionMail mail = {
		.recipient = request->recipient,
		.identity = request->trace.from[0] ? request->trace.from : NULL,
		.authenticated = trust_is_granted(
			trust_decide(request->findings.auth, false)),
	};

	return !request->objects ||
	       store_object_by_mail(store, site->keys, site->settings, &mail,
	                            &result, error);
}

static bool
obey_objections(Store *store, const MailSite *site, const GPtrArray *letters,
                GError **error)
{
	for (unsigned i = 0; i < letters->len; i++) {
		const Letter *letter = letters->pdata[i];

		if (!obey_objection(store, site, &letter->request, error))
			return false;
	}
	return true;
}

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

	if (!obey_objections(store, &site, letters, error) ||
	    !record_all(store, &site, letters, answers, error))
		return false;
	for (unsigned i = 0; i < letters->len; i++)
		letter_answer(letters->pdata[i], RECORD_KEPT, &answers[i]);
	return true;
}
