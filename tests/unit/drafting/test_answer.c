/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/answer.h"

#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "base/limits.h"
#include "rows.h"

/* A message's content, and what is made of it. */
static const struct content {
	const char *name, *content, *text;
	AnswerFault fault;
	unsigned flags;
} contents[] = {
	{ "plain", "Hej Bo\n\nTak.", "Hej Bo\n\nTak.", ANSWER_OK, 0 },
	{ "think", "<think>\nlet me see\n</think>\n\nHej", "Hej", ANSWER_OK,
	  ANSWER_HAD_THOUGHTS },
	{ "think-capital", "<THINK>x</THINK>Hej", "Hej", ANSWER_OK,
	  ANSWER_HAD_THOUGHTS },
	{ "think-twice", "<think>a</think>Hej <think>b</think>Bo", "Hej Bo",
	  ANSWER_OK, ANSWER_HAD_THOUGHTS },
	{ "think-orphan", "let me see\n</think>\nHej", "Hej", ANSWER_OK,
	  ANSWER_HAD_THOUGHTS },
	{ "think-alone", "<think>x</think>", NULL, ANSWER_EMPTY,
	  ANSWER_HAD_THOUGHTS },
	{ "think-cut", "<think>let me", NULL, ANSWER_TRUNCATED,
	  ANSWER_HAD_THOUGHTS },
	{ "think-square", "[THINK]x[/THINK]Hej", "Hej", ANSWER_OK,
	  ANSWER_HAD_THOUGHTS },
	{ "channels",
	  "<|channel|>analysis<|message|>hm<|end|><|start|>assistant"
	  "<|channel|>final<|message|>Hej<|return|>",
	  "Hej", ANSWER_OK, ANSWER_HAD_THOUGHTS },
	{ "fence", "```\nHej\n```", "Hej", ANSWER_OK, ANSWER_HAD_FENCE },
	{ "fence-language", "```text\nHej\n\nBo\n```\n", "Hej\n\nBo", ANSWER_OK,
	  ANSWER_HAD_FENCE },
	{ "fence-remarks", "Here is the draft:\n```\nHej\n```\nHope it helps!",
	  "Hej", ANSWER_OK, ANSWER_HAD_FENCE },
	{ "fence-within", "Hej\n\n```\nls\n```\n\nTak",
	  "Hej\n\n```\nls\n```\n\nTak", ANSWER_OK, 0 },
	{ "chat-marks", "Hej <|im_start|>system", NULL, ANSWER_NOISE, 0 },
	{ "inst", "[INST] ny ordre [/INST]", NULL, ANSWER_NOISE, 0 },
	{ "fence-open", "```\nHej", "Hej", ANSWER_OK, ANSWER_HAD_FENCE },
	{ "bom", "\xef\xbb\xbfHej", "Hej", ANSWER_OK, ANSWER_HAD_BOM },
	{ "preamble", "Her er et udkast:\n\nHej Bo\nTak", "Hej Bo\nTak",
	  ANSWER_OK, ANSWER_HAD_PREAMBLE },
	{ "subject", "Emne: Svar\n\nHej Bo\nTak", "Hej Bo\nTak", ANSWER_OK,
	  ANSWER_HAD_PREAMBLE },
	{ "greeting-stays", "Hej Bo:\n\nTak", "Hej Bo:\n\nTak", ANSWER_OK, 0 },
	{ "empty", "", NULL, ANSWER_EMPTY, 0 },
	{ "blank", " \n\t\xe2\x80\x8b ", NULL, ANSWER_EMPTY,
	  ANSWER_HAD_CONTROLS },
	{ "invisible", "He\xe2\x80\x8bj", "Hej", ANSWER_OK,
	  ANSWER_HAD_CONTROLS },
	{ "tools", "<tool_call>{}</tool_call>", NULL, ANSWER_TOOLS,
	  ANSWER_HAD_TOOLS },
	{ "tools-noise", "[TOOL_CALLS] []\nHej", "Hej", ANSWER_OK,
	  ANSWER_HAD_TOOLS },
	{ "refusal", "I'm sorry, but I can't assist with that.", NULL,
	  ANSWER_REFUSED, 0 },
	{ "refusal-curly", "I\xe2\x80\x99m sorry, I can\xe2\x80\x99t comply.",
	  NULL, ANSWER_REFUSED, 0 },
	{ "refusal-da", "Beklager, men som en AI-sprogmodel kan jeg ikke.",
	  NULL, ANSWER_REFUSED, 0 },
	{ "refusal-sv", "Som en spr\xc3\xa5kmodell kan jag inte svara.", NULL,
	  ANSWER_REFUSED, 0 },
	{ "refusal-de", "Als KI-Sprachmodell kann ich das nicht.", NULL,
	  ANSWER_REFUSED, 0 },
	{ "regret-is-no-refusal", "Jeg beklager, at vi ikke kan hj\xc3\xa6lpe.",
	  "Jeg beklager, at vi ikke kan hj\xc3\xa6lpe.", ANSWER_OK, 0 },
};

static Answer *
read_content(const char *content, const char *finish)
{
	json_t *body = json_pack("{s:[{s:s?, s:{s:s, s:s}}]}", "choices",
	                         "finish_reason", finish, "message", "role",
	                         "assistant", "content", content);
	char *text = json_dumps(body, 0);
	Answer *answer = answer_read(text, strlen(text));

	free(text);
	json_decref(body);
	return answer;
}

static void
test_content(gconstpointer data)
{
	const struct content *row = data;
	g_autoptr(Answer) answer = read_content(row->content, "stop");

	g_assert_cmpstr(answer_fault_name(answer->fault), ==,
	                answer_fault_name(row->fault));
	g_assert_cmpstr(answer->text, ==, row->text);
	g_assert_cmphex(answer->flags, ==, row->flags);
}

static const struct body {
	const char *name, *body;
	AnswerFault fault;
} bodies[] = {
	{ "nothing", "", ANSWER_NOT_JSON },
	{ "html", "<html>502</html>", ANSWER_NOT_JSON },
	{ "cut", "{\"choices\":[{\"message\":{\"content\":\"He",
	  ANSWER_NOT_JSON },
	{ "array", "[]", ANSWER_SHAPE },
	{ "number", "17", ANSWER_NOT_JSON },
	{ "no-choices", "{\"choices\":[]}", ANSWER_SHAPE },
	{ "error", "{\"error\":{\"message\":\"no\"}}", ANSWER_SERVER },
	{ "error-text", "{\"error\":\"no\"}", ANSWER_SERVER },
	{ "no-message", "{\"choices\":[{\"text\":\"x\"}]}", ANSWER_SHAPE },
	{ "message-null", "{\"choices\":[{\"message\":null}]}", ANSWER_SHAPE },
	{ "content-null", "{\"choices\":[{\"message\":{\"content\":null}}]}",
	  ANSWER_EMPTY },
	{ "content-number", "{\"choices\":[{\"message\":{\"content\":7}}]}",
	  ANSWER_EMPTY },
	{ "content-parts",
	  "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"thinking\"},"
	  "{\"type\":\"text\",\"text\":\"Hej\"}]}}]}",
	  ANSWER_OK },
	{ "bom",
	  "\xef\xbb\xbf{\"choices\":[{\"message\":{\"content\":\"x\"}}]}",
	  ANSWER_OK },
	{ "not-utf8", "{\"choices\":[{\"message\":{\"content\":\"\xff\"}}]}",
	  ANSWER_NOT_UTF8 },
	{ "half-surrogate",
	  "{\"choices\":[{\"message\":{\"content\":\"\\ud800\"}}]}",
	  ANSWER_NOT_JSON },
	{ "null-byte",
	  "{\"choices\":[{\"message\":{\"content\":\"\\u0000\"}}]}",
	  ANSWER_NOT_JSON },
	{ "refusal",
	  "{\"choices\":[{\"message\":{\"refusal\":\"no\",\"content\":null}}]}",
	  ANSWER_REFUSED },
	{ "tool-calls",
	  "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":"
	  "{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]}}]}",
	  ANSWER_TOOLS },
	{ "function-call",
	  "{\"choices\":[{\"message\":{\"function_call\":{\"name\":\"x\"}}}]}",
	  ANSWER_TOOLS },
};

static void
test_body(gconstpointer data)
{
	const struct body *row = data;
	g_autoptr(Answer) answer = answer_read(row->body, strlen(row->body));

	g_assert_cmpstr(answer_fault_name(answer->fault), ==,
	                answer_fault_name(row->fault));
	g_assert_true((answer->text != NULL) == (row->fault == ANSWER_OK));
}

static void
test_finish(void)
{
	static const struct {
		const char *reason;
		AnswerFault fault;
	} rows[] = { { "stop", ANSWER_OK },
		     { NULL, ANSWER_OK },
		     { "length", ANSWER_TRUNCATED },
		     { "model_length", ANSWER_TRUNCATED },
		     { "content_filter", ANSWER_FILTERED },
		     { "anything", ANSWER_OK } };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Answer) answer = read_content("Hej", rows[i].reason);

		g_assert_cmpint(answer->fault, ==, rows[i].fault);
	}
}

static void
test_usage(void)
{
	static const char body[] =
		"{\"choices\":[{\"message\":{\"content\":\"x\"}}],"
		"\"usage\":{\"prompt_tokens\":17,\"completion_tokens\":-4}}";
	g_autoptr(Answer) answer = answer_read(body, strlen(body));

	g_assert_cmpint(answer->tokens_in, ==, 17);
	g_assert_cmpint(answer->tokens_out, ==, -1);
}

static void
test_limits(void)
{
	g_autofree char *large = g_strnfill(LIMIT_ANSWER_BYTES + 1, ' ');
	g_autofree char *text = g_strnfill(LIMIT_ANSWER_TEXT + 1, 'x');
	g_autoptr(GString) deep = g_string_new("{\"a\":");
	g_autoptr(Answer) too_large = answer_read(large, strlen(large));
	g_autoptr(Answer) too_long = read_content(text, "stop");

	for (unsigned i = 0; i < 100000; i++)
		g_string_append_c(deep, '[');
	g_assert_cmpint(too_large->fault, ==, ANSWER_TOO_LARGE);
	g_assert_cmpint(too_long->fault, ==, ANSWER_TOO_LARGE);
	{
		g_autoptr(Answer) answer = answer_read(deep->str, deep->len);

		g_assert_cmpint(answer->fault, ==, ANSWER_TOO_DEEP);
	}
}

/* A megabyte of marks takes no longer than one of letters. */
static void
test_linear(void)
{
	static const char *const pieces[] = {
		"<think></think>", "<think>",   "</think>", "```\n", "<",
		"[TOOL_CALLS]",    "Subject:\n"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		gint64 start = g_get_monotonic_time();

		while (text->len < 700000)
			g_string_append(text, pieces[i]);
		answer_free(read_content(text->str, "stop"));
		g_test_message("%s: %d us", pieces[i],
		               (int)(g_get_monotonic_time() - start));
		g_assert_cmpint(g_get_monotonic_time() - start, <, 2000000);
	}
}

static void
test_credit(void)
{
	static const struct {
		const char *body;
		bool out;
	} rows[] = {
		{ "{\"error\":{\"code\":\"insufficient_quota\"}}", true },
		{ "{\"error\":{\"type\":\"insufficient_quota\"}}", true },
		{ "{\"error\":{\"message\":\"check your billing details\"}}",
		  true },
		{ "{\"code\":\"insufficient_balance\"}", true },
		{ "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", false },
		{ "{\"error\":\"slow down\"}", false },
		{ "no json", false },
		{ "", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_true(answer_is_out_of_credit(rows[i].body,
		                                      strlen(rows[i].body)) ==
		              rows[i].out);
}

/* A text, the mailbox's signature, and what of the text is left. */
static const struct {
	const char *text, *signature, *left;
} ends[] = {
	{ "Hej Bo\n\nMvh\nAcme Support", "Acme Support", "Hej Bo\n\nMvh" },
	{ "Hej Bo\n\n-- \nAcme\nTlf. 1", "Acme\nTlf. 1\n", "Hej Bo" },
	{ "Hej Bo\n\nMvh\nAcme\n", "-- \nAcme\nTlf. 1", "Hej Bo\n\nMvh" },
	{ "Hej Bo\n\nVi er Acme", "Acme", "Hej Bo\n\nVi er Acme" },
	{ "Acme", "Acme", "Acme" },
	{ "Hej Bo\n\nMvh", "", "Hej Bo\n\nMvh" },
};

static void
test_signature(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *text = g_strdup(ends[i].text);

		answer_drop_signature(text, ends[i].signature);
		g_assert_cmpstr(text, ==, ends[i].left);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/answer/content/", contents, test_content);
	rows_add("/answer/body/", bodies, test_body);
	g_test_add_func("/answer/finish", test_finish);
	g_test_add_func("/answer/usage", test_usage);
	g_test_add_func("/answer/limits", test_limits);
	g_test_add_func("/answer/linear", test_linear);
	g_test_add_func("/answer/credit", test_credit);
	g_test_add_func("/answer/signature", test_signature);
	return g_test_run();
}
