/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "drafting/prompt.h"

static char system_text[] = "You draft replies.";
static char user_text[] = "x\n{}\nx";

/*
 * The members of a chat completion's request and their types, as OpenAI
 * publishes them (CreateChatCompletionRequest), and those that other servers
 * add or leave out.
 */
typedef enum Type {
	STRING = 1,
	INTEGER = 2,
	NUMBER = 4,
	BOOLEAN = 8,
	ARRAY = 16,
	OBJECT = 32,
} Type;

#define SHAPE(shape) (1u << PROMPT_SHAPE_##shape)
#define OTHERS (SHAPE(MISTRAL) | SHAPE(OLLAMA) | SHAPE(LLAMACPP) | SHAPE(VLLM))
#define EVERY (SHAPE(OPENAI) | SHAPE(AZURE) | OTHERS)

static const struct member {
	const char *name;
	unsigned types;
	unsigned shapes; /* whose servers know it */
} members[] = {
	{ "messages", ARRAY, EVERY },
	{ "model", STRING, EVERY },
	{ "stream", BOOLEAN, EVERY },
	{ "temperature", NUMBER | INTEGER, EVERY },
	{ "top_p", NUMBER | INTEGER, EVERY },
	{ "max_tokens", INTEGER, EVERY },
	{ "max_completion_tokens", INTEGER,
	  SHAPE(OPENAI) | SHAPE(AZURE) | SHAPE(VLLM) },
	{ "seed", INTEGER, EVERY & ~SHAPE(MISTRAL) },
	{ "random_seed", INTEGER, SHAPE(MISTRAL) },
	{ "stop", STRING | ARRAY, EVERY },
	{ "store", BOOLEAN, SHAPE(OPENAI) | SHAPE(AZURE) },
	{ "user", STRING, EVERY & ~SHAPE(MISTRAL) },
	{ "reasoning_effort", STRING, EVERY },
	{ "metadata", OBJECT, SHAPE(OPENAI) | SHAPE(AZURE) | SHAPE(MISTRAL) },
	{ "response_format", OBJECT, EVERY },
	{ "safe_prompt", BOOLEAN, SHAPE(MISTRAL) },
	{ "chat_template_kwargs", OBJECT, SHAPE(VLLM) | SHAPE(LLAMACPP) },
	{ "cache_prompt", BOOLEAN, SHAPE(LLAMACPP) },
};

static unsigned
type_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return STRING;
	case JSON_INTEGER:
		return INTEGER;
	case JSON_REAL:
		return NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return BOOLEAN;
	case JSON_ARRAY:
		return ARRAY;
	case JSON_OBJECT:
		return OBJECT;
	default:
		return 0;
	}
}

static void
validate_member(const char *name, const json_t *value, PromptShape shape)
{
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		if (strcmp(members[i].name, name) == 0) {
			g_assert_true(members[i].shapes & 1u << shape);
			g_assert_true(members[i].types & type_of(value));
			return;
		}
	g_error("%s is no member of a request", name);
}

/* A message has a role and content, both strings, and nothing else. */
static void
validate_messages(const json_t *messages)
{
	static const char *const roles[] = { "system", "user" };

	g_assert_cmpuint(json_array_size(messages), ==, 2);
	for (size_t i = 0; i < 2; i++) {
		const json_t *message = json_array_get(messages, i);

		g_assert_cmpuint(json_object_size(message), ==, 2);
		g_assert_cmpstr(
			json_string_value(json_object_get(message, "role")), ==,
			roles[i]);
		g_assert_true(
			json_is_string(json_object_get(message, "content")));
	}
}

static json_t *
request_of(PromptShape shape, const char *extra)
{
	g_autoptr(GError) error = NULL;
	Prompt prompt = { .system = system_text, .user = user_text };
	const PromptRequest request = { .shape = shape,
		                        .model = "m-1",
		                        .tokens_max = 700,
		                        .extra_body = extra };
	g_autofree char *body = prompt_request(&prompt, &request, &error);
	json_t *json;

	g_assert_no_error(error);
	json = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
	g_assert_nonnull(json);
	return json;
}

static void
test_schema(void)
{
	for (unsigned shape = 0; shape < PROMPT_SHAPE_N; shape++) {
		json_t *json = request_of(shape, NULL);
		const char *name;
		json_t *value;

		json_object_foreach(json, name, value)
			validate_member(name, value, shape);
		validate_messages(json_object_get(json, "messages"));
		g_assert_cmpstr(
			json_string_value(json_object_get(json, "model")), ==,
			"m-1");
		g_assert_true(json_is_false(json_object_get(json, "stream")));
		g_assert_true(json_integer_value(json_object_get(
				      json, "max_tokens")) == 700 ||
		              json_integer_value(json_object_get(
				      json, "max_completion_tokens")) == 700);
		json_decref(json);
	}
}

static void
test_extra(void)
{
	json_t *json = request_of(PROMPT_SHAPE_OPENAI,
	                          "{\"temperature\":0.2,\"store\":null,"
	                          "\"max_completion_tokens\":9}");

	g_assert_cmpfloat(json_real_value(json_object_get(json, "temperature")),
	                  ==, 0.2);
	g_assert_null(json_object_get(json, "store"));
	g_assert_cmpint(json_integer_value(
				json_object_get(json, "max_completion_tokens")),
	                ==, 9);
	validate_messages(json_object_get(json, "messages"));
	json_decref(json);
}

static void
test_extra_bad(void)
{
	static const char *const extras[] = {
		"",
		"[]",
		"{",
		"\"x\"",
		"{\"messages\":[]}",
		"{\"model\":\"x\"}",
		"{\"stream\":true}",
		"{\"tools\":[]}",
		"{\"n\":2}",
		"{\"a\":1,\"a\":2}",
		"{\"function_call\":\"auto\"}",
		"{\"messages\":null}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(extras); i++) {
		g_autoptr(GError) error = NULL;

		g_test_message("%s", extras[i]);
		g_assert_false(prompt_extra_is_valid(
			extras[i], strlen(extras[i]), &error));
		g_assert_nonnull(error);
	}
	g_assert_true(prompt_extra_is_valid("{}", 2, NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prompt/request/schema", test_schema);
	g_test_add_func("/prompt/request/extra", test_extra);
	g_test_add_func("/prompt/request/extra-bad", test_extra_bad);
	return g_test_run();
}
