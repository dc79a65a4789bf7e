/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that can fail comes before the first edit: the MTA applies edits
 * as they arrive, so from then on there is no way back but a 4xx.
 */
#include "pipeline.h"

#include <string.h>

#include "analysis/draftable.h"
#include "analysis/tags.h"
#include "base/id.h"
#include "base/log.h"
#include "consult.h"
#include "departure.h"
#include "keep.h"
#include "known.h"
#include "message/authres.h"
#include "message/automated.h"

/* Fields of a log line about a mail: fixed ones, and one for each tag. */
#define LINE_FIELDS (TAGS_MAX + 8)
#define LINE_NAME_SIZE 40
#define DRAFT_TAG TAGS_PREFIX "Draft"
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

static void
line_add_draft(Line *line, const Tags *tags)
{
	for (size_t i = LINE_TAGS_ALWAYS; i < tags->n; i++)
		if (strcmp(tags->tag[i].name, DRAFT_TAG) == 0)
			line_add(line, STR("draft", tags->tag[i].value));
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
	if (!shadow)
		line_add_draft(&line, tags);
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

/* What a mail is tagged with. */
typedef struct Verdict {
	Insight insight;
	KeepAnswer answer;
	bool known; /* the store has told */
} Verdict;

static void
analyse(Filter *filter, const Session *session, Insight *ret_insight)
{
	bool parcel = keep_has_drafts(filter, session);

	if (session->mail.recipients <= LIMIT_RECIPIENTS) {
		consult_analyser(filter, session, parcel, ret_insight);
		if (session->odd_helo)
			ret_insight->findings.auth = AUTH_UNVERIFIED;
		return;
	}
	insight_init(ret_insight, FINDINGS_SKIPPED, SKIPPED_AUTOMATED);
	ret_insight->findings.automated = AUTOMATED_LIST;
}

/* What a draft is made of goes on only if one is wanted. */
static Draftable
decide_draft(const Filter *filter, const Mail *mail, Insight *insight)
{
	const DraftableInput input = {
		.settings = filter->snapshot->settings,
		.findings = &insight->findings,
		.from = insight->trace.from,
		.material = insight->parcel.head.flags,
		.words = insight->parcel.head.words,
		.languages = filter->snapshot->languages,
		.forged = forged_count(mail->forged) > 0,
	};
	Draftable draft = draftable_of(&input);

	if (draft != DRAFTABLE)
		parcel_clear(&insight->parcel);
	return draft;
}

/* A machine's mail awaits no answer and tells nothing of anybody. */
static void
judge(Filter *filter, const Session *session, const char *id,
      Verdict *ret_verdict)
{
	Insight *insight = &ret_verdict->insight;
	KeepAnswer *answer = &ret_verdict->answer;
	Draftable draft;

	analyse(filter, session, insight);
	draft = decide_draft(filter, &session->mail, insight);
	ret_verdict->known =
		keep_is_wanted(filter, session) &&
		insight->findings.automated == AUTOMATED_NO &&
		keep_arrival(filter, session, id, insight, draft, answer);
	if (ret_verdict->known)
		known_findings(&answer->known, &insight->findings);
	else
		answer->draft = draft == DRAFTABLE ? NONE_UNAVAILABLE : draft;
	if (ret_verdict->known && answer->draft == DRAFTABLE)
		score_count(filter->score, COUNTER_drafts_queued);
	parcel_clear(&insight->parcel);
}

static void
make_tags(const Filter *filter, const Session *session, const char *id,
          const Verdict *verdict, Tags *ret_tags)
{
	const Snapshot *snapshot = filter->snapshot;

	tags_make(snapshot->rules, &verdict->insight.findings, id, ret_tags);
	if (verdict->known)
		known_add(snapshot, session->mail.mailbox,
		          &verdict->answer.known, ret_tags);
	if (keep_has_drafts(filter, session))
		tags_add(ret_tags, DRAFT_TAG,
		         draftable_value(verdict->answer.draft));
}

static PipelineVerdict
analyse_and_edit(Filter *filter, Session *session, const EditSink *sink)
{
	const Mail *mail = &session->mail;
	bool shadow = mail->route == ROUTE_SHADOW;
	int64_t began = clock_monotonic();
	g_autofree char *id = id_new();
	PipelineVerdict result;
	Verdict verdict;
	Tags tags;

	judge(filter, session, id, &verdict);
	make_tags(filter, session, id, &verdict, &tags);
	result = edit(filter, mail, sink, shadow ? NULL : &tags);
	score_findings(filter->score, &verdict.insight.findings);
	if (result == PIPELINE_LATER)
		return result;
	score_count(filter->score,
	            shadow ? COUNTER_mails_shadowed : COUNTER_mails_tagged);
	log_mail(mail, &verdict.insight.findings, &tags,
	         clock_monotonic() - began);
	return result;
}

static PipelineVerdict
strip(Filter *filter, const Mail *mail, const EditSink *sink)
{
	static const Counter counters[] = {
		[ROUTE_OUTBOUND] = COUNTER_mails_outbound,
		[ROUTE_CLAIMED] = COUNTER_mails_claimed,
		[ROUTE_MIXED] = COUNTER_mails_mixed,
	};
	bool outbound = mail->route == ROUTE_OUTBOUND;
	PipelineVerdict verdict = edit(filter, mail, sink, NULL);

	score_count(filter->score, counters[mail->route]);
	if (verdict == PIPELINE_LATER)
		return verdict;
	if (outbound && forged_count(mail->forged) > 0)
		log_info(NULL, EVENT("mail_stripped"),
		         STR("queue_id", mail->queue_id));
	if (!outbound)
		log_info(NULL, EVENT("mail_skipped"),
		         STR("route", route_name(mail->route)),
		         STR("queue_id", mail->queue_id));
	return verdict;
}

const char *
pipeline_refusal(PipelineVerdict verdict)
{
	switch (verdict) {
	case PIPELINE_REFUSE_CHECK:
		return "A draft left something open: [CHECK: still stands in "
		       "this mail. Fill it in or take it out, and send again.";
	case PIPELINE_REFUSE_DATA:
		return "This mail holds a number or an address that another "
		       "customer wrote to us and this one did not. If it is "
		       "meant so, send it again.";
	default:
		return NULL;
	}
}

PipelineVerdict
pipeline_finish(Filter *filter, Session *session, const EditSink *sink)
{
	PipelineVerdict verdict;

	switch (mail_route(session)) {
	case ROUTE_TAG:
	case ROUTE_SHADOW:
		return analyse_and_edit(filter, session, sink);
	case ROUTE_OUTBOUND:
		verdict = departure_note(filter, session);
		return verdict != PIPELINE_PASS
		               ? verdict
		               : strip(filter, &session->mail, sink);
	case ROUTE_MIXED:
	case ROUTE_CLAIMED:
		return strip(filter, &session->mail, sink);
	case ROUTE_PASS:
		break;
	}
	return PIPELINE_PASS;
}
