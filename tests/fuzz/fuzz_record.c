/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames between filters and keeper. The first byte says which end reads: what
 * is believed names things that exist, and ends where it must.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/tags.h"
#include "record.h"
#include "rules_once.h"

static void
read_request(const Settings *settings, const Rules *rules, const uint8_t *bytes,
             size_t size)
{
	RecordRequest request;
	MailRecord record;

	record_request_init(&request, MAIL_IN);
	/* What makes it ours stays right, so that the rest is reached. */
	memcpy((uint8_t *)&request + 6, bytes, MIN(size, sizeof(request) - 6));
	if (!record_request_is_valid(&request, settings, rules))
		return;
	record = record_of(&request, settings);
	if (record.mailbox < settings->mailboxes ||
	    record.mailbox >= settings->mailboxes + settings->n_mailboxes ||
	    strlen(record.public_id) > ID_LENGTH ||
	    !tags_findings_valid(rules, record.findings) ||
	    !trace_is_valid(record.trace))
		abort();
}

static void
read_answer(const Rules *rules, const uint8_t *bytes, size_t size)
{
	RecordAnswer answer;

	record_answer_init(&answer, RECORD_KEPT, NULL);
	memcpy(&answer.answer, bytes, MIN(size, sizeof(answer.answer)));
	if (!record_answer_is_valid(&answer, rules))
		return;
	if (answer.answer.tier >= TIER_N || answer.answer.trend >= TREND_N ||
	    !tags_findings_valid(rules, &answer.answer.findings))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char conf[] = "[mailbox a@b.example]\n";
	static Settings *settings;
	Rules *rules = rules_once(rules_load_untrained, NO_TRAITS);

	if (settings == NULL)
		settings = settings_parse("conf", conf, strlen(conf), NULL);
	if (settings == NULL)
		g_error("bad settings");
	if (size == 0)
		return 0;
	if (bytes[0] & 1)
		read_answer(rules, bytes + 1, size - 1);
	else
		read_request(settings, rules, bytes + 1, size - 1);
	return 0;
}
