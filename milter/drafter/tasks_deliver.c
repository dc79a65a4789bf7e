/* SPDX-License-Identifier: Apache-2.0 */
/*
 * That a delivery begins is committed before its first byte leaves: whoever
 * finds it so must look first whether the draft is there already.
 */

#include "backoff.h"
#include "base/log.h"
#include "drafting/mail.h"
#include "faults.h"
#include "message/reply.h"
#include "tasks.h"

static GBytes *
compose_mail(const KitMailbox *box, const DraftTask *task,
             const Material *material, const Sheet *sheet,
             const char *message_id, GError **error)
{
	const DraftMail mail = {
		.mailbox = box->mailbox,
		.material = material,
		.sheet = sheet,
		.signature = box->signature,
		.zone = box->zone,
		.message_id = message_id,
		.at = office_now(),
		.warnings = draft_mail_warnings(
			material, (task->flags & DRAFT_PROVEN) != 0),
	};

	return draft_mail_compose(&mail, error);
}

static bool
begin_delivery(const Office *office, const DraftTask *task, DraftMove *ret_move,
               GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	return txn != NULL &&
	       drafts_delivering(office->store, task->id, ret_move, error) &&
	       store_commit(txn, error);
}

static bool
commit_place(const Office *office, const DraftTask *task, const char *place,
             const char *kind, GError **error)
{
	DraftMove move;
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	faults_point("placed");
	if (txn == NULL ||
	    !drafts_delivered(office->store, task->id, place, office_now(),
	                      &move, error) ||
	    !store_commit(txn, error))
		return false;
	log_info(NULL,
	         EVENT(move == DRAFT_MOVED ? "draft_delivered"
	                                   : "draft_overtaken"),
	         STR("id", task->public_id), STR("by", kind));
	return true;
}

/* What to do when it could not be delivered. */
static bool
delivery_failed(const Office *office, const DraftTask *task,
                const GError *failure, GError **error)
{
	log_warning(NULL, EVENT("delivery_failed"), STR("id", task->public_id),
	            STR("why", failure->message));
	if (g_error_matches(failure, DELIVERY_ERROR, DELIVERY_ERROR_REFUSED))
		return tasks_fail(office, task, "refused", -1, 0, error);
	if (g_error_matches(failure, DELIVERY_ERROR, DELIVERY_ERROR_SETUP))
		return tasks_fail(office, task, DRAFT_FAULT_SETUP,
		                  BACKOFF_SELDOM, BACKOFF_DELIVER, error);
	return tasks_fail(office, task, "delivery", 0, BACKOFF_DELIVER, error);
}

/* The draft is there; what fails here is told, and nothing else. */
static void
mark_source(const Office *office, const DraftTask *task, const KitMailbox *box)
{
	g_autoptr(GError) failure = NULL;
	g_autoptr(Material) material = office_material(
		office, SEAL_MATERIAL, task->public_id, task->material);
	bool found = false;

	if (material == NULL ||
	    delivery_mark_source(box->delivery, material->message_id, &found,
	                         &failure))
		return;
	log_info(NULL, EVENT("source_unmarked"), STR("id", task->public_id),
	         STR("why", failure->message));
}

static bool
hand_over(const Office *office, const DraftTask *task, const KitMailbox *box,
          GBytes *mail, const char *message_id, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *place = NULL;
	DraftMove move;

	if (!begin_delivery(office, task, &move, error))
		return false;
	if (move == DRAFT_REFUSED) /* superseded or rejected meanwhile */
		return true;
	if (!delivery_deliver(box->delivery, mail, message_id,
	                      task->perhaps_there, &place, &failure))
		return delivery_failed(office, task, failure, error);
	if (!commit_place(office, task, place, delivery_kind(box->delivery),
	                  error))
		return false;
	mark_source(office, task, box);
	return true;
}

/* No Delivery: what is missing in its settings was said at the start. */
static bool
no_delivery(const Office *office, const DraftTask *task, const KitMailbox *box,
            GError **error)
{
	if (box == NULL)
		return tasks_fail(office, task, "mailbox", -1, 0, error);
	return tasks_fail(office, task, DRAFT_FAULT_SETUP, BACKOFF_SELDOM,
	                  BACKOFF_DELIVER, error);
}

bool
tasks_deliver(const Office *office, const DraftTask *task, GError **error)
{
	const KitMailbox *box = kit_mailbox(office->kit, task->mailbox);
	g_autoptr(Material) material = office_material(
		office, SEAL_MATERIAL, task->public_id, task->material);
	g_autoptr(Sheet) sheet =
		office_sheet(office, task->public_id, task->text);
	g_autoptr(GError) failure = NULL;
	g_autofree char *message_id = NULL;
	g_autoptr(GBytes) mail = NULL;

	if (box == NULL || box->delivery == NULL)
		return no_delivery(office, task, box, error);
	if (material == NULL || sheet == NULL)
		return tasks_fail(office, task, "text", -1, 0, error);
	message_id = reply_message_id(task->public_id, box->mailbox->address);
	mail = compose_mail(box, task, material, sheet, message_id, &failure);
	if (mail == NULL)
		return tasks_fail(office, task, "reply", -1, 0, error);
	return hand_over(office, task, box, mail, message_id, error);
}

/* ---------------------------------------------------------------- remove */

static bool
commit_removed(const Office *office, const DraftTask *task, const char *how,
               GError **error)
{
	DraftMove move;
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	if (txn == NULL ||
	    !drafts_removed(office->store, task->id, &move, error) ||
	    !store_commit(txn, error))
		return false;
	log_info(NULL, EVENT("draft_removed"), STR("id", task->public_id),
	         STR("fate", draft_fate_name(task->fate)), STR("how", how));
	return true;
}

bool
tasks_remove(const Office *office, const DraftTask *task, GError **error)
{
	static const char *const how[] = { "removed", "gone", "touched",
		                           "unable" };
	const KitMailbox *box = kit_mailbox(office->kit, task->mailbox);
	g_autoptr(GError) failure = NULL;
	g_autofree char *message_id = NULL;
	DeliveryRemoval removal;

	if (box == NULL)
		return commit_removed(office, task, "mailbox", error);
	if (box->delivery == NULL)
		return no_delivery(office, task, box, error);
	message_id = reply_message_id(task->public_id, box->mailbox->address);
	if (delivery_remove_untouched(box->delivery, task->place, message_id,
	                              &removal, &failure))
		return commit_removed(office, task, how[removal], error);
	return delivery_failed(office, task, failure, error);
}
