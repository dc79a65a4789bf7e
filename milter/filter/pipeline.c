/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that can fail comes before the first edit: the MTA applies edits
 * as they arrive, so from then on there is no way back but a 4xx.
 */
#include "pipeline.h"

#include <string.h>

#include "analysis/tags.h"
#include "base/id.h"
#include "base/log.h"
#include "consult.h"
#include "keep.h"
#include "known.h"
#include "message/authres.h"
#include "message/automated.h"

/* Fields of a log line about a mail: fixed ones, and one for each tag. */
#define LINE_FIELDS (TAGS_MAX + 8)
#define LINE_NAME_SIZE 40
/* Status and Id come first; mode shadow has no other place to show the rest. */
#define LINE_TAGS_ALWAYS ((size_t)2)

typedef struct Line {
	LogField field[LINE_FIELDS];
	size_t n;
	char name[TAGS_MAX][LINE_NAME_SIZE];
} Line;

static void
line_add(Line *line, LogField field)
{
	if (line->n < LINE_FIELDS)
		line->field[line->n++] = field;
}

/* X-Tact-Reply-By becomes reply_by. */
static void
line_add_tag(Line *line, size_t i, const Tag *tag)
{
	char *name = line->name[i];

	g_strlcpy(name, tag->name + strlen(TAGS_PREFIX), LINE_NAME_SIZE);
	for (; *name != '\0'; name++)
		*name = *name == '-' ? '_' : g_ascii_tolower(*name);
	line_add(line, STR(line->name[i], tag->value));
}

static LogField
event_for(const Findings *findings, Route route)
{
	if (findings->status == FINDINGS_ERROR)
		return findings->reason == ERROR_POISON ? EVENT("mail_poison")
		                                        : EVENT("mail_failed");
	if (findings->status == FINDINGS_SKIPPED)
		return EVENT("mail_skipped");
	return route == ROUTE_SHADOW ? EVENT("mail_shadowed")
	                             : EVENT("mail_tagged");
}

static void
log_mail(const Mail *mail, const Findings *findings, const Tags *tags,
         int64_t microseconds)
{
	Line line = { .n = 0 };
	bool failed = findings->status == FINDINGS_ERROR;
	bool shadow = mail->route == ROUTE_SHADOW;
	size_t n_tags = shadow ? tags->n : MIN(tags->n, LINE_TAGS_ALWAYS);

	line_add(&line, event_for(findings, mail->route));
	line_add(&line, STR("queue_id", mail->queue_id));
	line_add(&line, STR("route", route_name(mail->route)));
	line_add(&line, INT("us", microseconds));
	line_add(&line, INT("size", (int64_t)mail->size));
	line_add(&line, ADDRESS("sender", mail->sender));
	for (size_t i = 0; i < n_tags; i++)
		line_add_tag(&line, i, &tags->tag[i]);
	if (findings->automated != AUTOMATED_NO)
		line_add(&line,
		         STR("automated", automated_name(findings->automated)));
	log_write(failed ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, NULL, line.field,
	          line.n);
}

static void
log_forged(const Mail *mail)
{
	if (mail->forged == NULL)
		return;
	log_info(NULL, EVENT("forged_removed"),
	         INT("n", (int64_t)forged_count(mail->forged)),
	         STR("queue_id", mail->queue_id));
}

/* The one burst of edits. */
static PipelineVerdict
edit(Filter *filter, const Mail *mail, const EditSink *sink, const Tags *tags)
{
	_Atomic uint64_t *counter = filter->score->counter;

	if (!mail->overflow && edits_apply(sink, mail->forged, tags)) {
		atomic_fetch_add(&counter[COUNTER_forged_removed],
		                 forged_count(mail->forged));
		log_forged(mail);
		return PIPELINE_PASS;
	}
	score_count(filter->score, COUNTER_edits_failed);
	log_error(NULL, EVENT("edit_failed"),
	          STR("how", mail->overflow ? "too many headers of ours"
	                                    : "the MTA refused an edit"),
	          STR("queue_id", mail->queue_id));
	return PIPELINE_LATER;
}

static void
analyse(Filter *filter, const Session *session, Findings *ret_findings,
        Trace *ret_trace)
{
	if (session->mail.recipients <= LIMIT_RECIPIENTS) {
		consult_analyser(filter, session, ret_findings, ret_trace);
		if (session->odd_helo)
			ret_findings->auth = AUTH_UNVERIFIED;
		return;
	}
	memset(ret_trace, 0, sizeof(*ret_trace));
	memset(ret_findings, 0, sizeof(*ret_findings));
	ret_findings->status = FINDINGS_SKIPPED;
	ret_findings->reason = SKIPPED_AUTOMATED;
	ret_findings->automated = AUTOMATED_LIST;
}

/* A machine's mail awaits no answer and tells nothing of anybody. */
static bool
ask_store(Filter *filter, const Session *session, const char *id,
          Findings *findings, MailAnswer *ret_answer)
{
	Trace trace;

	analyse(filter, session, findings, &trace);
	if (!keep_is_wanted(filter, session) ||
	    findings->automated != AUTOMATED_NO ||
	    !keep_arrival(filter, session, id, findings, &trace, ret_answer))
		return false;
	known_findings(ret_answer, findings);
	return true;
}

static PipelineVerdict
analyse_and_edit(Filter *filter, Session *session, const EditSink *sink)
{
	const Mail *mail = &session->mail;
	bool shadow = mail->route == ROUTE_SHADOW;
	int64_t began = clock_monotonic();
	g_autofree char *id = id_new();
	PipelineVerdict verdict;
	MailAnswer answer;
	Findings findings;
	Tags tags;
	bool known = ask_store(filter, session, id, &findings, &answer);

	tags_make(filter->snapshot->rules, &findings, id, &tags);
	if (known)
		known_add(filter->snapshot, mail->mailbox, &answer, &tags);
	verdict = edit(filter, mail, sink, shadow ? NULL : &tags);
	score_findings(filter->score, &findings);
	if (verdict == PIPELINE_LATER)
		return verdict;
	score_count(filter->score,
	            shadow ? COUNTER_mails_shadowed : COUNTER_mails_tagged);
	log_mail(mail, &findings, &tags, clock_monotonic() - began);
	return verdict;
}

/* Whom a person at the mailbox answers has been answered. */
static void
note_departure(Filter *filter, const Session *session)
{
	g_autofree char *id = NULL;
	Trace trace;

	if (session->mail.route != ROUTE_OUTBOUND ||
	    !keep_is_wanted(filter, session))
		return;
	consult_trace(filter, session, &trace);
	if (trace.automated || trace.n_references == 0)
		return;
	id = id_new();
	keep_departure(filter, session, id, &trace);
}

static PipelineVerdict
strip(Filter *filter, const Mail *mail, const EditSink *sink)
{
	bool outbound = mail->route == ROUTE_OUTBOUND;
	PipelineVerdict verdict = edit(filter, mail, sink, NULL);

	score_count(filter->score,
	            outbound ? COUNTER_mails_outbound : COUNTER_mails_mixed);
	if (verdict == PIPELINE_LATER)
		return verdict;
	if (outbound && forged_count(mail->forged) > 0)
		log_info(NULL, EVENT("mail_stripped"),
		         STR("queue_id", mail->queue_id));
	if (!outbound)
		log_info(NULL, EVENT("mail_skipped"), STR("route", "mixed"),
		         STR("queue_id", mail->queue_id));
	return verdict;
}

PipelineVerdict
pipeline_finish(Filter *filter, Session *session, const EditSink *sink)
{
	switch (mail_route(session)) {
	case ROUTE_TAG:
	case ROUTE_SHADOW:
		return analyse_and_edit(filter, session, sink);
	case ROUTE_OUTBOUND:
	case ROUTE_MIXED:
		note_departure(filter, session);
		return strip(filter, &session->mail, sink);
	case ROUTE_PASS:
		break;
	}
	return PIPELINE_PASS;
}
