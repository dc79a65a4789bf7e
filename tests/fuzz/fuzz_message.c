/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "message/message.h"

static void
check(const char *text)
{
	g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void
check_message(const Message *message)
{
	check(message_subject(message));
	check(message_from_name(message));
	check(message_text(message));
	check(message_new_text(message));
	check(message_signature(message));
	check(message_quoted(message));
	check(message_thread_key(message));
	check(message_text_type(message));
	g_assert_cmpuint(strlen(message_text(message)), <=, LIMIT_TEXT_DECODED);
	g_assert_cmpuint(strlen(message_new_text(message)), <=,
	                 LIMIT_ANALYSE_TEXT);
	g_assert_cmpint(message_automated(message), <, AUTOMATED_N);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const own[] = { "help@shop.example", NULL };
	static const MessageEnvelope envelope = {
		.sender = "bo@example.com",
		.authserv_id = "mx.shop.example",
		.own_addresses = own,
	};
	static bool ready;
	g_autofree char *bytes = g_memdup2(data, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = NULL;

	if (!ready)
		message_init();
	ready = true;
	message =
		message_parse(size == 0 ? "" : bytes, size, &envelope, &error);
	g_assert_true((message == NULL) == (error != NULL));
	if (message != NULL)
		check_message(message);
	return 0;
}
