/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <string.h>

#include "analysis/tags.h"
#include "message/authres.h"
#include "message/automated.h"

/* The year 9999, which a date of RFC 5322 can still say. */
#define TIME_LAST INT64_C(253402300799)

void
record_request_init(RecordRequest *request, MailDirection direction)
{
	/* Padding too: bytes of our memory are nobody's business. */
	memset(request, 0, sizeof(*request));
	request->magic = RECORD_MAGIC;
	request->version = RECORD_VERSION;
	request->direction = (uint16_t)direction;
}

static bool
time_is_valid(int64_t at)
{
	return at >= 0 && at <= TIME_LAST;
}

/* Of `size` bytes, ended by a NUL, printable ASCII or beyond. */
static bool
text_is_valid(const char *text, size_t size)
{
	const char *end = memchr(text, '\0', size);

	if (end == NULL)
		return false;
	for (; text < end; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

static bool
findings_are_valid(const Findings *findings, const Rules *rules)
{
	return findings->automated < AUTOMATED_N &&
	       findings->auth <= AUTH_VERIFIED &&
	       tags_findings_valid(rules, findings);
}

bool
record_request_is_valid(const RecordRequest *request, const Settings *settings,
                        const Rules *rules)
{
	return request->magic == RECORD_MAGIC &&
	       request->version == RECORD_VERSION &&
	       request->direction < MAIL_DIRECTIONS &&
	       request->mailbox < settings->n_mailboxes &&
	       request->objects <= 1 && request->draft < DRAFTABLE_N &&
	       parcel_head_is_valid(&request->parcel) &&
	       time_is_valid(request->at) &&
	       text_is_valid(request->public_id, sizeof(request->public_id)) &&
	       text_is_valid(request->recipient, sizeof(request->recipient)) &&
	       trace_is_valid(&request->trace) &&
	       findings_are_valid(&request->findings, rules);
}

MailRecord
record_of(const RecordRequest *request, const Settings *settings)
{
	return (MailRecord){
		.direction = (MailDirection)request->direction,
		.at = request->at,
		.mailbox = &settings->mailboxes[request->mailbox],
		.public_id = request->public_id,
		.trace = &request->trace,
		.findings = &request->findings,
	};
}

void
record_answer_init(RecordAnswer *ret_answer, RecordStatus status,
                   const MailAnswer *answer)
{
	memset(ret_answer, 0, sizeof(*ret_answer));
	ret_answer->magic = RECORD_MAGIC;
	ret_answer->version = RECORD_VERSION;
	ret_answer->status = (uint16_t)status;
	if (answer != NULL)
		ret_answer->answer = *answer;
}

static bool
known_is_valid(const MailAnswer *answer)
{
	return answer->standing < STANDING_N && answer->tier < TIER_N &&
	       answer->has_risk <= 1 && answer->risk <= RISK_HIGH &&
	       answer->trend < TREND_N && answer->again <= 1 &&
	       time_is_valid(answer->due_at);
}

bool
record_answer_is_valid(const RecordAnswer *answer, const Rules *rules)
{
	if (answer->magic != RECORD_MAGIC || answer->version != RECORD_VERSION)
		return false;
	if (answer->status == RECORD_UNAVAILABLE ||
	    answer->status == RECORD_FOREIGN)
		return true;
	return answer->status == RECORD_KEPT && answer->draft < DRAFTABLE_N &&
	       known_is_valid(&answer->answer) &&
	       findings_are_valid(&answer->answer.findings, rules);
}
