/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a person at the mailbox answers has been answered; what a machine of
 * ours sends answers nobody. The guards come first: a mail that does not leave
 * has answered nobody either.
 */
#include "departure.h"

#include "base/id.h"
#include "base/log.h"
#include "consult.h"
#include "keep.h"
#include "message/material.h"

static PipelineVerdict
refuse(Filter *filter, const Session *session, PipelineVerdict verdict)
{
	score_count(filter->score, COUNTER_mails_refused);
	log_info(NULL, EVENT("mail_refused"),
	         STR("reason",
	             verdict == PIPELINE_REFUSE_CHECK ? "check" : "data"),
	         STR("queue_id", session->mail.queue_id));
	return verdict;
}

static PipelineVerdict
judge(Filter *filter, const Session *session, Insight *insight)
{
	const Mailbox *mailbox = session->mail.mailbox;
	Parcel *parcel = &insight->parcel;
	g_autofree char *id = NULL;

	if (mailbox->mailbox_check_guard &&
	    (parcel->head.flags & MATERIAL_CHECK_MARK) != 0)
		return refuse(filter, session, PIPELINE_REFUSE_CHECK);
	if (insight->trace.automated || insight->trace.n_references == 0)
		return PIPELINE_PASS;
	if (!mailbox->mailbox_data_guard)
		parcel->head.n_data = 0;
	id = id_new();
	if (keep_departure(filter, session, id, insight) == KEEP_FOREIGN)
		return refuse(filter, session, PIPELINE_REFUSE_DATA);
	return PIPELINE_PASS;
}

PipelineVerdict
departure_note(Filter *filter, Session *session)
{
	PipelineVerdict verdict;
	Insight insight;

	if (!keep_is_wanted(filter, session))
		return PIPELINE_PASS;
	consult_trace(filter, session, keep_has_drafts(filter, session),
	              &insight);
	verdict = judge(filter, session, &insight);
	insight_clear(&insight);
	return verdict;
}
