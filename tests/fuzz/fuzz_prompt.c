/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "drafting/prompt.h"

static const char file[] = "## role\nYou draft in {language}.\n\n## data\n"
			   "Between two lines {delimiter}.\n\n## rules\n"
			   "Never write {canary}.\n";

/* The lines of the user's message, of which there are three. */
static json_t *
data_of(const Prompt *prompt)
{
	g_auto(GStrv) lines = g_strsplit(prompt->user, "\n", -1);
	json_t *data;

	g_assert_cmpuint(g_strv_length(lines), ==, 3);
	g_assert_cmpstr(lines[0], ==, prompt->delimiter);
	g_assert_cmpstr(lines[2], ==, prompt->delimiter);
	g_assert_null(strstr(lines[1], prompt->delimiter));
	g_assert_null(strstr(lines[1], prompt->canary));
	data = json_loads(lines[1], JSON_REJECT_DUPLICATES, NULL);
	g_assert_nonnull(data);
	return data;
}

/* The bytes are a mail, or extra_body. No mail gets out of its string, or into
 * the instructions; no extra_body takes our messages away. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static Prompts *prompts;
	g_autofree char *text = g_strndup((const char *)bytes, size);
	g_autofree char *clean =
		text_sanitise(text, strlen(text), LIMIT_PROMPT_MAIL, NULL);
	const PromptInput input = { .mail = text, .subject = text };
	const PromptRequest request = { .model = "m",
		                        .tokens_max = 7,
		                        .extra_body = text };
	g_autoptr(Prompt) prompt = NULL;
	g_autofree char *body = NULL;
	json_t *data;

	if (prompts == NULL)
		prompts = prompts_parse("p.md", file, sizeof(file) - 1, NULL);
	prompt = prompt_make(prompts, &input);
	data = data_of(prompt);
	g_assert_cmpstr(json_string_value(json_object_get(
				json_object_get(data, "customer"), "mail")),
	                ==, clean);
	g_assert_cmpuint(json_object_size(data), ==, 2);
	json_decref(data);
	body = prompt_request(prompt, &request, NULL);
	if (body != NULL) {
		data = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
		g_assert_cmpuint(
			json_array_size(json_object_get(data, "messages")), ==,
			2);
		g_assert_false(json_is_true(json_object_get(data, "stream")));
		json_decref(data);
	}
	return 0;
}
