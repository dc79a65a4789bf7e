/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The body of POST /chat/completions, the least that every server understands:
 * model, two messages, no stream, a bound on the answer. Sampling is left to
 * the server unless the site's extra_body says otherwise: reasoning models
 * refuse a temperature outright.
 *
 * The bound has two names. OpenAI and Azure refuse max_tokens with their newer
 * models; Mistral, Ollama and llama.cpp know no other; vLLM takes both.
 */
#include "drafting/prompt.h"

#include <jansson.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"

static const struct {
	const char *bound;
	bool store; /* knows `store`, which by default may be true */
} shapes[PROMPT_SHAPE_N] = {
	[PROMPT_SHAPE_OPENAI] = { "max_completion_tokens", true },
	[PROMPT_SHAPE_AZURE] = { "max_completion_tokens", false },
	[PROMPT_SHAPE_MISTRAL] = { "max_tokens", false },
	[PROMPT_SHAPE_OLLAMA] = { "max_tokens", false },
	[PROMPT_SHAPE_LLAMACPP] = { "max_tokens", false },
	[PROMPT_SHAPE_VLLM] = { "max_completion_tokens", false },
};

/* What the site may not set: it would change what is asked, or the form of
 * what comes back. */
static const char *const ours[] = {
	"messages",
	"model",
	"stream",
	"stream_options",
	"n",
	"tools",
	"tool_choice",
	"functions",
	"function_call",
	"parallel_tool_calls",
	"web_search_options",
	"modalities",
	"audio",
	"prompt",
	"input",
};

static const char *
is_ours(const json_t *object)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ours); i++)
		if (json_object_get(object, ours[i]) != NULL)
			return ours[i];
	return NULL;
}

/* NULL sets `error`. */
static json_t *
read_extra(const char *text, size_t size, GError **error)
{
	json_error_t where;
	json_t *extra = NULL;
	const char *name = NULL;

	if (size <= LIMIT_EXTRA_BODY)
		extra = json_loadb(text, size, JSON_REJECT_DUPLICATES, &where);
	else
		g_snprintf(where.text, sizeof(where.text),
		           "larger than %d bytes", LIMIT_EXTRA_BODY);
	if (extra == NULL)
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "extra_body is no JSON: %s", where.text);
	else if (!json_is_object(extra))
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "extra_body is no JSON object; write { ... }");
	else if ((name = is_ours(extra)) != NULL)
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "extra_body may not set \"%s\"; leave it out",
		            name);
	else
		return extra;
	json_decref(extra);
	return NULL;
}

bool
prompt_extra_is_valid(const char *text, size_t size, GError **error)
{
	json_t *extra = read_extra(text, size, error);

	if (extra == NULL)
		return false;
	json_decref(extra);
	return true;
}

/* A member that is null takes ours away. */
static void
merge(json_t *body, json_t *extra)
{
	const char *name;
	json_t *value;

	json_object_foreach(extra, name, value) if (json_is_null(value))
		json_object_del(body, name);
	else json_object_set(body, name, value);
}

static json_t *
message(const char *role, const char *content)
{
	return json_pack("{s:s, s:s}", "role", role, "content", content);
}

char *
prompt_request(const Prompt *prompt, const PromptRequest *request,
               GError **error)
{
	const char *more =
		request->extra_body != NULL ? request->extra_body : "{}";
	json_t *extra = read_extra(more, strlen(more), error);
	json_t *body;
	char *text, *copy;

	if (extra == NULL)
		return NULL;
	body = json_pack("{s:s, s:[o, o], s:i, s:b}", "model", request->model,
	                 "messages", message("system", prompt->system),
	                 message("user", prompt->user),
	                 shapes[request->shape].bound, (int)request->tokens_max,
	                 "stream", 0);
	if (shapes[request->shape].store)
		json_object_set_new(body, "store", json_false());
	merge(body, extra);
	text = json_dumps(body, JSON_COMPACT);
	copy = g_strdup(text);
	free(text);
	json_decref(body);
	json_decref(extra);
	return copy;
}

/* Two bytes a token: fewer than any vocabulary needs for our languages. */
unsigned
prompt_tokens(const char *body)
{
	return (unsigned)(strlen(body) / 2 + 16);
}
