/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "drafting/answer.h"

static void
check(const char *body, size_t size)
{
	g_autoptr(Answer) answer = answer_read(body, size);

	g_assert_cmpint(answer->fault, <, ANSWER_FAULT_N);
	g_assert_true((answer->fault == ANSWER_OK) == (answer->text != NULL));
	if (answer->text != NULL) {
		g_assert_true(g_utf8_validate(answer->text, -1, NULL));
		g_assert_cmpuint(strlen(answer->text), <=, LIMIT_ANSWER_TEXT);
		g_assert_cmpuint(strlen(answer->text), >, 0);
	}
}

/* The bytes are a body; and again the content of one that is well formed. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text =
		g_utf8_make_valid((const char *)bytes, (gssize)size);
	json_t *body = json_pack("{s:[{s:{s:s}}]}", "choices", "message",
	                         "content", text);
	char *whole = json_dumps(body, 0);

	check((const char *)bytes, size);
	answer_is_out_of_credit((const char *)bytes, size);
	if (whole != NULL)
		check(whole, strlen(whole));
	free(whole);
	json_decref(body);
	return 0;
}
