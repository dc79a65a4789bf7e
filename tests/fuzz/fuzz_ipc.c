/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames between filter and analyser. The first byte says which end reads: an
 * answer that is believed must name things the Rules know, and a request that
 * is believed must lie within its payload.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/tags.h"
#include "ipc.h"
#include "rules_once.h"

static void
read_answer(const Rules *rules, const uint8_t *bytes, size_t size)
{
	IpcAnswer answer;
	Tags tags;

	memset(&answer, 0, sizeof(answer));
	memcpy(&answer, bytes, MIN(size, sizeof(answer)));
	/* The fixed part right, so that the rest is reached at all. */
	answer.header =
		ipc_answer(&answer.findings, &answer.trace, 7, false).header;
	if (!ipc_answer_is_valid(&answer, 7, rules))
		return;
	tags_make(rules, &answer.findings, "id", &tags);
	if (tags.n == 0 || strcmp(tags.tag[0].value, "error-internal") == 0)
		if (answer.findings.reason != ERROR_INTERNAL)
			abort();
}

static void
read_request(const uint8_t *bytes, size_t size)
{
	IpcHeader header;
	const char *payload;
	const char *sender;
	const char *mail;
	size_t sender_size;
	size_t mail_size;

	if (size < sizeof(header))
		return;
	memcpy(&header, bytes, sizeof(header));
	payload = (const char *)bytes + sizeof(header);
	if (!ipc_request_is_valid(&header))
		return;
	ipc_request_split(&header, payload, &sender, &sender_size, &mail,
	                  &mail_size);
	if (sender_size > LIMIT_ADDRESS_BYTES ||
	    mail_size > LIMIT_ANALYSE_BYTES ||
	    sender_size + mail_size != header.length ||
	    mail != payload + sender_size)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	Rules *rules = rules_once(rules_load, NO_TRAITS);

	if (size == 0)
		return 0;
	if (bytes[0] & 1)
		read_answer(rules, bytes + 1, size - 1);
	else
		read_request(bytes + 1, size - 1);
	return 0;
}
