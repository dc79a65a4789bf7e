/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From bytes to the message's content. Bounded before jansson sees it: by size
 * and by nesting, since its reader recurses.
 *
 * Bytes that are not UTF-8 fail the whole answer: a text mended here and there
 * would reach the reviewer as if a model had written it.
 */
#include "drafting/answer.h"

#include <jansson.h>
#include <string.h>

#include "answer_text.h"
#include "base/limits.h"

static const char *const fault_names[ANSWER_FAULT_N] = {
	[ANSWER_OK] = "ok",
	[ANSWER_TOO_LARGE] = "too-large",
	[ANSWER_NOT_UTF8] = "not-utf8",
	[ANSWER_NOT_JSON] = "not-json",
	[ANSWER_TOO_DEEP] = "too-deep",
	[ANSWER_SHAPE] = "shape",
	[ANSWER_SERVER] = "server",
	[ANSWER_EMPTY] = "empty",
	[ANSWER_TRUNCATED] = "truncated",
	[ANSWER_FILTERED] = "filtered",
	[ANSWER_REFUSED] = "refused",
	[ANSWER_TOOLS] = "tools",
	[ANSWER_NOISE] = "noise",
};

const char *
answer_fault_name(AnswerFault fault)
{
	return fault < ANSWER_FAULT_N ? fault_names[fault] : "";
}

void
answer_free(Answer *answer)
{
	if (answer == NULL)
		return;
	g_free(answer->text);
	g_free(answer);
}

/* ------------------------------------------------------------- the bytes */

/* Is nothing nested deeper than LIMIT_ANSWER_DEPTH? */
static bool
is_shallow(const char *body, size_t size)
{
	unsigned depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		char c = body[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '['))
			depth++;
		else if (!quoted && (c == '}' || c == ']'))
			depth -= depth > 0;
		if (depth > LIMIT_ANSWER_DEPTH)
			return false;
	}
	return true;
}

/* NULL: *ret_fault says why. */
static json_t *
read_json(const char *body, size_t size, AnswerFault *ret_fault)
{
	json_t *json;

	*ret_fault = ANSWER_TOO_LARGE;
	if (size > LIMIT_ANSWER_BYTES)
		return NULL;
	if (size >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0) {
		body += 3;
		size -= 3;
	}
	*ret_fault = ANSWER_NOT_UTF8;
	if (!g_utf8_validate_len(body, size, NULL))
		return NULL;
	*ret_fault = ANSWER_TOO_DEEP;
	if (!is_shallow(body, size))
		return NULL;
	*ret_fault = ANSWER_NOT_JSON;
	json = json_loadb(body, size, 0, NULL);
	if (json != NULL)
		*ret_fault = ANSWER_OK;
	return json;
}

/* ---------------------------------------------------------- the completion */

/* A string; or parts of which some are text, as Mistral's reasoning models
 * send them. */
static char *
content_text(const json_t *content)
{
	GString *text;
	size_t i;
	json_t *part;

	if (json_is_string(content))
		return g_strdup(json_string_value(content));
	text = g_string_new(NULL);
	json_array_foreach(content, i, part)
	{
		const char *piece =
			json_string_value(json_object_get(part, "text"));

		if (piece != NULL)
			g_string_append(text, piece);
	}
	return g_string_free(text, FALSE);
}

static bool
is_one_of(const char *word, const char *const *list)
{
	return word != NULL && g_strv_contains(list, word);
}

static AnswerFault
finish_fault(const json_t *choice)
{
	static const char *const cut[] = { "length", "max_tokens",
		                           "model_length", NULL };
	static const char *const filtered[] = { "content_filter", "safety",
		                                "SAFETY", NULL };
	const char *reason =
		json_string_value(json_object_get(choice, "finish_reason"));

	if (is_one_of(reason, cut))
		return ANSWER_TRUNCATED;
	return is_one_of(reason, filtered) ? ANSWER_FILTERED : ANSWER_OK;
}

static bool
wants_tools(const json_t *message)
{
	return json_array_size(json_object_get(message, "tool_calls")) > 0 ||
	       json_is_object(json_object_get(message, "function_call"));
}

static bool
has_refusal(const json_t *message)
{
	const char *refusal =
		json_string_value(json_object_get(message, "refusal"));

	return refusal != NULL && *refusal != '\0';
}

static AnswerFault
read_message(Answer *answer, const json_t *choice)
{
	const json_t *message = json_object_get(choice, "message");
	const json_t *content = json_object_get(message, "content");
	g_autofree char *text = NULL;
	AnswerFault fault = finish_fault(choice), cleaned;

	if (!json_is_object(message))
		return ANSWER_SHAPE;
	if (has_refusal(message))
		return ANSWER_REFUSED;
	if (wants_tools(message))
		answer->flags |= ANSWER_HAD_TOOLS;
	text = content_text(content);
	cleaned = answer_text_clean(text, &answer->text, &answer->flags);
	if (fault != ANSWER_OK)
		return fault;
	if (cleaned == ANSWER_OK && answer_text_refuses(answer->text))
		return ANSWER_REFUSED;
	return cleaned;
}

static int64_t
count(const json_t *usage, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(usage, name));

	return n > 0 && n < INT32_MAX ? n : -1;
}

static AnswerFault
read_completion(Answer *answer, const json_t *json)
{
	const json_t *usage = json_object_get(json, "usage");
	const json_t *choices = json_object_get(json, "choices");

	answer->tokens_in = count(usage, "prompt_tokens");
	answer->tokens_out = count(usage, "completion_tokens");
	if (json_array_size(choices) == 0)
		return json_object_get(json, "error") != NULL ? ANSWER_SERVER
		                                              : ANSWER_SHAPE;
	return read_message(answer, json_array_get(choices, 0));
}

Answer *
answer_read(const char *body, size_t size)
{
	Answer *answer = g_new0(Answer, 1);
	json_t *json;

	answer->tokens_in = answer->tokens_out = -1;
	json = read_json(body, size, &answer->fault);
	if (json != NULL)
		answer->fault = read_completion(answer, json);
	json_decref(json);
	if (answer->fault != ANSWER_OK)
		g_clear_pointer(&answer->text, g_free);
	return answer;
}

/* --------------------------------------------------------------- an error's */

bool
answer_is_out_of_credit(const char *body, size_t size)
{
	static const char *const codes[] = {
		"insufficient_quota",     "billing_hard_limit_reached",
		"billing_not_active",     "insufficient_balance",
		"credit_balance_too_low", "payment_required",
		"access_terminated",      NULL,
	};
	AnswerFault fault;
	json_t *json = read_json(body, size, &fault);
	const json_t *error = json_object_get(json, "error");
	const char *message;
	bool out;

	if (!json_is_object(error))
		error = json;
	message = json_string_value(json_object_get(error, "message"));
	out = is_one_of(json_string_value(json_object_get(error, "code")),
	                codes) ||
	      is_one_of(json_string_value(json_object_get(error, "type")),
	                codes) ||
	      (message != NULL && strstr(message, "billing") != NULL);
	json_decref(json);
	return out;
}
