/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is answered before the commit has returned: what a filter was told is
 * on the disk. An objection that came by mail is obeyed before the group, in
 * transactions of its own, so that the mail itself already finds it in force.
 */
#include "keeper_group.h"

#include "keeper_draft.h"
#include "store/objection.h"
#include "store/trust.h"

static bool
obey_objection(const KeeperSite *site, const RecordRequest *request,
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
	       store_object_by_mail(site->store, site->keys,
	                            site->snapshot->settings, &mail, &result,
	                            error);
}

/* Only where somebody waits for the word: else the mail has left. */
static bool
refuse(KeeperGuard *guard, const KeeperSite *site, Letter *letter,
       GError **error)
{
	const RecordRequest *request = &letter->request;
	bool refused = false;

	if (request->direction == MAIL_OUT && letter->reply >= 0 &&
	    !keeper_guard_refuses(guard, site, request, &refused, error))
		return false;
	if (refused) {
		letter->refused = true;
		letter_answer_status(letter, RECORD_FOREIGN);
	}
	return true;
}

/* What is done for a mail of its own before the group. */
static bool
prepare(KeeperGuard *guard, const KeeperSite *site, GPtrArray *letters,
        GError **error)
{
	for (unsigned i = 0; i < letters->len; i++) {
		Letter *letter = letters->pdata[i];

		if (!obey_objection(site, &letter->request, error) ||
		    (!letter->refused && !refuse(guard, site, letter, error)))
			return false;
	}
	return true;
}

static bool
has_drafts(const KeeperSite *site, const RecordRequest *request)
{
	const Settings *settings = site->snapshot->settings;

	return site->seal != NULL &&
	       settings->mailboxes[request->mailbox].mailbox_mode ==
	               MAILBOX_MODE_DRAFT;
}

static bool
record_one(const KeeperSite *site, const MailSite *mails, const Letter *letter,
           RecordAnswer *ret_answer, GError **error)
{
	const RecordRequest *request = &letter->request;
	MailRecord record = record_of(request, mails->settings);
	Draftable draft = NONE_UNAVAILABLE;
	Recorded recorded;

	if (!mails_record_at(site->store, mails, &record, &recorded.answer,
	                     &recorded.place, error))
		return false;
	if (has_drafts(site, request) &&
	    !(request->direction == MAIL_IN
	              ? keeper_draft_ask(site, letter, &recorded, &draft, error)
	              : keeper_draft_sent(site, letter, &recorded, error)))
		return false;
	record_answer_init(ret_answer, RECORD_KEPT, &recorded.answer);
	ret_answer->draft = (uint16_t)draft;
	return true;
}

static bool
record_all(const KeeperSite *site, const GPtrArray *letters,
           RecordAnswer *answers, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(site->store, error);
	MailSite mails = keeper_site_mails(site);

	if (txn == NULL)
		return false;
	for (unsigned i = 0; i < letters->len; i++) {
		const Letter *letter = letters->pdata[i];

		if (!letter->refused &&
		    !record_one(site, &mails, letter, &answers[i], error))
			return false;
	}
	return store_commit(txn, error);
}

bool
keeper_group_write(const KeeperSite *site, KeeperGuard *guard,
                   GPtrArray *letters, GError **error)
{
	g_autofree RecordAnswer *answers = g_new0(RecordAnswer, letters->len);

	if (!prepare(guard, site, letters, error) ||
	    !record_all(site, letters, answers, error))
		return false;
	for (unsigned i = 0; i < letters->len; i++)
		letter_answer(letters->pdata[i], &answers[i]);
	return true;
}
