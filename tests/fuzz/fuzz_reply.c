/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../lib/draft_check.h"
#include "message/message.h"
#include "message/reply.h"

#define MAILBOX "support@firm.example"
#define CUSTOMER "bo@kunde.example"
#define ID "tact.1@firm.example"

/* The next field of the input, up to a NUL. */
static char *
next_field(const uint8_t **bytes, size_t *size)
{
	const uint8_t *end = memchr(*bytes, '\0', *size);
	size_t n = end == NULL ? *size : (size_t)(end - *bytes);
	g_autofree char *field = g_strndup((const char *)*bytes, n);

	n += end != NULL;
	*bytes += n;
	*size -= n;
	return g_utf8_make_valid(field, -1);
}

static void
check(const ReplyInput *input, const char *to)
{
	const DraftWanted wanted = { MAILBOX, to, ID, FALSE };
	g_autoptr(GBytes) mail = reply_compose(input, NULL);
	g_autofree char *wrong = NULL;
	const char *text;
	gsize size;

	if (mail == NULL)
		return;
	text = g_bytes_get_data(mail, &size);
	wrong = draft_check(&wanted, text, size);
	if (wrong != NULL)
		g_error("%s:\n%s", wrong, text);
}

/* What a stranger wrote ends in no field, line or recipient of the reply. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static bool ready;
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(1793000000);
	unsigned how = size > 0 ? bytes[size - 1] : 0;
	char *fields[9];
	const char *references[3] = { NULL };
	ReplyInput input = { .from = MAILBOX, .message_id = ID, .date = date };

	if (!ready)
		message_init();
	ready = true;
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		fields[i] = next_field(&bytes, &size);
	references[0] = fields[0];
	references[1] = fields[1];
	input.references = references;
	input.parent_id = fields[2];
	input.subject = fields[3];
	input.to_name = input.from_name = fields[4];
	input.reply_to = fields[5];
	input.body = fields[6];
	input.quoted = fields[7];
	input.signature = fields[3];
	input.language = how & 1 ? "fi" : "it";
	input.mail_date = how & 2 ? date : NULL;
	input.quote = how >> 2 & 1;
	input.prefix = how >> 3 & 1;
	input.warnings = how >> 4 & 3;
	input.to = CUSTOMER;
	check(&input, CUSTOMER);
	input.to = fields[8];
	check(&input, fields[8]);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		g_free(fields[i]);
	return 0;
}
