/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail that gets no draft makes the thread's waiting one out of date, but for
 * one that says next to nothing: who adds a thank-you still wants the answer,
 * and so does who writes too often.
 */
#include "keeper_draft.h"

#include "message/address.h"
#include "store/datums.h"
#include "store/drafts.h"
#include "store/sent.h"
#include "store/trust.h"
#include "store/writers.h"

/* What the store knows against it, in the order of the enum. */
static Draftable
judge(const Letter *letter, const Recorded *recorded)
{
	const MailPlace *place = &recorded->place;

	if (recorded->answer.standing == STANDING_OBJECTED)
		return NONE_OBJECTED;
	if (letter->request.draft != DRAFTABLE)
		return (Draftable)letter->request.draft;
	if (recorded->answer.standing == STANDING_UNVERIFIED)
		return NONE_UNVERIFIED;
	if (place->restricted || place->consent < CONSENT_FULL)
		return NONE_CONSENT;
	return letter->parcel != NULL ? DRAFTABLE : NONE_UNAVAILABLE;
}

static void
find_same(const DraftRow *row, void *data)
{
	int64_t *mail = data;

	if (row->mail == *mail)
		*mail = 0;
}

/* Is a draft of this very mail under way? */
static bool
is_queued(Store *store, const MailPlace *place, bool *ret_queued,
          GError **error)
{
	g_autoptr(GError) failed = NULL;
	int64_t mail = place->mail;

	if (!drafts_by_thread(store, place->thread, find_same, &mail,
	                      &failed) &&
	    failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	*ret_queued = place->mail != 0 && mail == 0;
	return true;
}

static unsigned
flags_of(const RecordRequest *request, const Recorded *recorded)
{
	Trust trust = trust_decide((AuthVerdict)request->findings.auth, false);
	bool customer = recorded->place.customer != 0;
	bool proven = recorded->answer.standing == STANDING_CUSTOMER ||
	              trust_is_granted(trust);

	return (customer ? DRAFT_CUSTOMER : 0) | (proven ? DRAFT_PROVEN : 0);
}

/* Whose mails count together, of those who are no customers; false: nobody's.
 */
static bool
domain_of(const KeeperSite *site, const RecordRequest *request,
          const Recorded *recorded, Pseudonym *ret_domain)
{
	const char *domain = address_domain(request->trace.from);

	if (recorded->place.customer != 0 ||
	    domains_have(site->snapshot->domains, domain))
		return false;
	*ret_domain = keys_pseudonym(site->keys, PSEUDONYM_DOMAIN, domain);
	return true;
}

static DraftQuota
quota_of(const Mailbox *mailbox)
{
	return (DraftQuota){
		.writer = (unsigned)mailbox->mailbox_draft_quota,
		.customer = (unsigned)mailbox->mailbox_draft_quota_customer,
		.domain = (unsigned)mailbox->mailbox_draft_quota_domain,
	};
}

static Draftable
result_of(DraftEnqueued enqueued)
{
	switch (enqueued) {
	case DRAFT_OVER_QUOTA:
		return NONE_QUOTA;
	case DRAFT_HELD_OUT:
		return NONE_HOLDOUT;
	default:
		return DRAFTABLE;
	}
}

static bool
enqueue(const KeeperSite *site, const Letter *letter, const Recorded *recorded,
        Draftable *ret_draft, GError **error)
{
	const RecordRequest *request = &letter->request;
	const Settings *settings = site->snapshot->settings;
	const Mailbox *mailbox = &settings->mailboxes[request->mailbox];
	const MailPlace *place = &recorded->place;
	const char *id = request->public_id;
	g_autofree char *facts =
		mails_facts(site->snapshot->rules, &recorded->answer.findings);
	g_autoptr(GBytes) material =
		seal_close(site->seal, SEAL_MATERIAL, id, letter->parcel,
	                   request->parcel.size);
	Pseudonym domain;
	bool counted = domain_of(site, request, recorded, &domain);
	DraftRequest draft = {
		.public_id = id,
		.mail = place->mail,
		.thread = place->thread,
		.mailbox = place->mailbox,
		.customer = place->customer,
		.at = request->at,
		.language = (Language)request->findings.language,
		.facts = facts,
		.contact = recorded->answer.contact,
		.flags = flags_of(request, recorded),
		.writer = drafts_writer(site->keys, request->trace.from),
		.domain = counted ? &domain : NULL,
		.material = material,
		.quota = quota_of(mailbox),
		.hold_out = (unsigned)mailbox->mailbox_hold_out,
	};
	DraftEnqueued enqueued;

	if (!drafts_enqueue(site->store, &draft, &enqueued, error))
		return false;
	*ret_draft = result_of(enqueued);
	return true;
}

static bool
supersede(const KeeperSite *site, const RecordRequest *request,
          const Recorded *recorded, Draftable reason, GError **error)
{
	switch (reason) {
	case DRAFTABLE:
	case NONE_SHORT:
	case NONE_EMPTY:
	case NONE_QUOTA:
	case NONE_UNVERIFIED:
		return true;
	default:
		return recorded->place.thread == 0 ||
		       drafts_supersede(site->store, recorded->place.thread,
		                        request->at, error);
	}
}

static bool
note_data(const KeeperSite *site, const RecordRequest *request,
          const MailPlace *place, GError **error)
{
	const ParcelHead *parcel = &request->parcel;
	const DatumPlace at = { .thread = place->thread,
		                .customer = place->customer,
		                .at = request->at };
	char text[DATUMS_MAX][TRACE_TEXT_SIZE];
	const char *texts[DATUMS_MAX];

	for (uint32_t i = 0; i < parcel->n_data; i++) {
		trace_text(&parcel->data[i], text[i]);
		texts[i] = text[i];
	}
	return datums_note(site->store, site->keys, &at, texts, parcel->n_data,
	                   error);
}

/* One that came before is told what became of it then, as far as that shows. */
static bool
ask_again(const KeeperSite *site, const MailPlace *place, Draftable *ret_draft,
          GError **error)
{
	bool queued;

	if (!is_queued(site->store, place, &queued, error))
		return false;
	*ret_draft = queued ? DRAFTABLE : NONE_DUPLICATE;
	return true;
}

bool
keeper_draft_ask(const KeeperSite *site, const Letter *letter,
                 const Recorded *recorded, Draftable *ret_draft, GError **error)
{
	const RecordRequest *request = &letter->request;
	Draftable draft = judge(letter, recorded);

	if (draft == DRAFTABLE && recorded->place.again)
		return ask_again(site, &recorded->place, ret_draft, error);
	if (draft == DRAFTABLE &&
	    (!note_data(site, request, &recorded->place, error) ||
	     !enqueue(site, letter, recorded, &draft, error)))
		return false;
	if (!recorded->place.again &&
	    !supersede(site, request, recorded, draft, error))
		return false;
	*ret_draft = draft;
	return true;
}

bool
keeper_draft_sent(const KeeperSite *site, const Letter *letter,
                  const Recorded *recorded, GError **error)
{
	const RecordRequest *request = &letter->request;
	const MailPlace *place = &recorded->place;
	g_autoptr(GBytes) material = NULL;
	SentMail sent = { .public_id = request->public_id,
		          .mail = place->mail,
		          .thread = place->thread,
		          .mailbox = place->mailbox,
		          .customer = place->customer,
		          .at = request->at };

	if (place->again || place->thread == 0 || letter->parcel == NULL)
		return true;
	/* Of who did not allow it, or wants it no more, nothing is learnt. */
	if (place->restricted || place->consent == CONSENT_NONE)
		return true;
	material = seal_close(site->seal, SEAL_SENT, request->public_id,
	                      letter->parcel, request->parcel.size);
	sent.material = material;
	return sent_insert(site->store, &sent, error);
}
