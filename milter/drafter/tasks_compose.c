/* SPDX-License-Identifier: Apache-2.0 */
#include "backoff.h"
#include "base/log.h"
#include "compose.h"
#include "faults.h"
#include "knowledge.h"
#include "tasks.h"

static GBytes *
seal_sheet(const Office *office, const DraftTask *task, const Sheet *sheet)
{
	g_autoptr(GBytes) bytes = sheet_encode(sheet);
	gsize size;
	const void *plain = g_bytes_get_data(bytes, &size);

	return seal_close(office->seal, SEAL_TEXT, task->public_id, plain,
	                  size);
}

static bool
is_kept(const Office *office, const DraftTask *task)
{
	const KitMailbox *box = kit_mailbox(office->kit, task->mailbox);

	return box == NULL ||
	       box->mailbox->mailbox_delivery == MAILBOX_DELIVERY_QUEUE;
}

/* A question that no article answered is kept for who writes articles. */
static bool
note_gap(const Office *office, const DraftTask *task, const Material *material,
         const Sheet *sheet, GError **error)
{
	return !sheet->holding ||
	       knowledge_note_gap(office, task, material,
	                          office_request(office, task->facts), error);
}

static bool
commit_text(const Office *office, const DraftTask *task,
            const Material *material, const Composed *composed, GError **error)
{
	g_autoptr(GBytes) text = seal_sheet(office, task, composed->sheet);
	const DraftWritten written = {
		.text = text,
		.language = composed->sheet->language,
		.engine = composed->engine,
		.modules = composed->modules,
		.articles = composed->articles,
		.checks = composed->checks,
		.reason = composed->reason != NULL ? composed->reason : "",
		.keep = is_kept(office, task),
		.at = office_now(),
	};
	DraftMove move;
	g_autoptr(StoreTxn) txn = store_begin(office->store, error);

	if (txn == NULL ||
	    !drafts_write(office->store, task->id, &written, &move, error) ||
	    (move == DRAFT_MOVED &&
	     !note_gap(office, task, material, composed->sheet, error)) ||
	    !store_commit(txn, error))
		return false;
	faults_point("written");
	log_info(NULL,
	         EVENT(move == DRAFT_MOVED ? "draft_written"
	                                   : "draft_overtaken"),
	         STR("id", task->public_id), STR("engine", written.engine),
	         STR("language", language_code(written.language)),
	         STR("checks", written.checks), STR("why", written.reason));
	return true;
}

bool
tasks_compose(const Office *office, const DraftTask *task, GError **error)
{
	g_autoptr(Material) material = office_material(
		office, SEAL_MATERIAL, task->public_id, task->material);
	g_auto(Composed) composed = { 0 };

	if (material == NULL)
		return tasks_fail(office, task, "material", -1, 0, error);
	if (material->from[0] == '\0')
		return tasks_fail(office, task, "sender", -1, 0, error);
	/* What killed a drafter again and again is not tried for ever. */
	if (task->attempts > BACKOFF_COMPOSE)
		return tasks_fail(office, task, "attempts", -1, 0, error);
	switch (compose_draft(office, task, material, &composed)) {
	case COMPOSE_DONE:
		return commit_text(office, task, material, &composed, error);
	case COMPOSE_LATER:
		return tasks_fail(office, task, composed.reason, composed.wait,
		                  BACKOFF_COMPOSE, error);
	case COMPOSE_STOPPED: /* at the next start it is taken back */
		return true;
	case COMPOSE_NEVER:
		break;
	}
	return tasks_fail(office, task, composed.reason, -1, 0, error);
}
