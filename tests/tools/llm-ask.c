/* SPDX-License-Identifier: Apache-2.0 */
/*
 * llm-ask - asks a model as the drafter does, and says what came of it.
 *
 *     llm-ask --url URL [--model M] [--api openai|azure|...] [--key FILE]
 *             [--ca FILE] [--extra FILE] [--network CIDR]...
 *             [--resolve HOST:PORT:ADDRESS]... [--connect MS] [--first MS]
 *             [--total MS] [--attempt N] [--times N] [--tick MS] [--mail FILE]
 *             [--stop MS] [--budget N]
 *
 * One line for each of --times questions: result, reason, status, retry_ms,
 * ms, sent, booked, and the text with \n for line ends. --tick moves the clock
 * of breaker and waits by so much before each question; the last stands still
 * else. --stop tells it to stop after so long. --budget is how many calls may
 * be booked.
 */
#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "analysis/redact.h"
#include "llm.h"

static const char *url, *model = "ok", *api = "openai", *key = "", *ca = "";
static char *extra_file, *mail_file;
static char **networks, **resolve;
static int connect_ms = 5000, first_ms = 30000, total_ms = 60000;
static int attempt, times = 1, tick, stop_ms, budget = 1000;
static const char *azure_version = "";

static const GOptionEntry options[] = {
	{ "url", 0, 0, G_OPTION_ARG_STRING, &url, "", "URL" },
	{ "model", 0, 0, G_OPTION_ARG_STRING, &model, "", "M" },
	{ "api", 0, 0, G_OPTION_ARG_STRING, &api, "", "A" },
	{ "api-version", 0, 0, G_OPTION_ARG_STRING, &azure_version, "", "V" },
	{ "key", 0, 0, G_OPTION_ARG_STRING, &key, "", "FILE" },
	{ "ca", 0, 0, G_OPTION_ARG_FILENAME, &ca, "", "FILE" },
	{ "extra", 0, 0, G_OPTION_ARG_FILENAME, &extra_file, "", "FILE" },
	{ "mail", 0, 0, G_OPTION_ARG_FILENAME, &mail_file, "", "FILE" },
	{ "network", 0, 0, G_OPTION_ARG_STRING_ARRAY, &networks, "", "C" },
	{ "resolve", 0, 0, G_OPTION_ARG_STRING_ARRAY, &resolve, "", "R" },
	{ "connect", 0, 0, G_OPTION_ARG_INT, &connect_ms, "", "MS" },
	{ "first", 0, 0, G_OPTION_ARG_INT, &first_ms, "", "MS" },
	{ "total", 0, 0, G_OPTION_ARG_INT, &total_ms, "", "MS" },
	{ "attempt", 0, 0, G_OPTION_ARG_INT, &attempt, "", "N" },
	{ "times", 0, 0, G_OPTION_ARG_INT, &times, "", "N" },
	{ "tick", 0, 0, G_OPTION_ARG_INT, &tick, "", "MS" },
	{ "stop", 0, 0, G_OPTION_ARG_INT, &stop_ms, "", "MS" },
	{ "budget", 0, 0, G_OPTION_ARG_INT, &budget, "", "N" },
	{ NULL, 0, 0, 0, NULL, NULL, NULL },
};

static int64_t virtual_us;
static unsigned booked;
static volatile sig_atomic_t stop;

static int64_t
virtual_now(void)
{
	return virtual_us;
}

static bool
book(void *data, unsigned tokens, GError **error)
{
	(void)data, (void)tokens, (void)error;
	if (booked == (unsigned)budget)
		return false;
	booked++;
	return true;
}

static void *
stop_later(void *data)
{
	(void)data;
	g_usleep((gulong)stop_ms * 1000);
	stop = 1;
	return NULL;
}

static PromptShape
shape(void)
{
	static const char *const names[PROMPT_SHAPE_N] = {
		"openai", "azure", "mistral", "ollama", "llamacpp", "vllm",
	};
	unsigned i = 0;

	while (i + 1 < PROMPT_SHAPE_N && strcmp(api, names[i]) != 0)
		i++;
	return i;
}

static char *
file(const char *path)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;

	if (path != NULL && !g_file_get_contents(path, &text, NULL, &error))
		g_error("%s", error->message);
	return text;
}

static Prompt *
make_prompt(Redaction *redaction)
{
	static const char *const dirs[] = { "rules", NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Prompts) prompts = prompts_load(dirs, &error);
	g_autofree char *mail = file(mail_file);
	const PromptInput input = {
		.language = LANGUAGE_DA,
		.subject = "Hvor er min pakke?",
		.mail = mail != NULL ? mail : "Hej, hvor er min pakke? Mvh. Bo",
		.template_reply = "Hej\n\nTak for din mail.\n\nVenlig hilsen",
		.redaction = redaction
	};

	if (prompts == NULL)
		g_error("%s", error->message);
	return prompt_make(prompts, &input);
}

static const char *
result_name(const GError *error)
{
	static const char *const names[] = { "setup",    "retry",  "breaker",
		                             "template", "budget", "stopped" };

	return error == NULL ? "ok" : names[error->code];
}

static void
ask(Llm *llm, const Prompt *prompt)
{
	const LlmRequest request = { .prompt = prompt,
		                     .attempt = (unsigned)attempt,
		                     .book = book,
		                     .stop = &stop };
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	g_autofree char *line = NULL;
	LlmUsage usage;

	if (llm_ask(llm, &request, &text, &usage, &error))
		line = g_strescape(text, NULL);
	printf("result=%s reason=%s status=%d retry_ms=%d ms=%d sent=%d "
	       "booked=%u tokens=%d text=%s\n",
	       result_name(error), llm_error_reason(llm), usage.status,
	       (int)usage.retry_ms, (int)usage.milliseconds, usage.sent, booked,
	       (int)usage.tokens_in, line != NULL ? line : "");
	if (error != NULL)
		fprintf(stderr, "%s\n", error->message);
	fflush(stdout);
}

static Llm *
open_llm(void)
{
	g_autofree char *extra = file(extra_file);
	const LlmOptions how = {
		.base_url = url,
		.shape = shape(),
		.model = model,
		.api_version = azure_version,
		.key_file = key,
		.ca_file = ca,
		.extra_body = extra,
		.private_networks = (const char *const *)networks,
		.resolve = (const char *const *)resolve,
		.connect_ms = connect_ms,
		.first_byte_ms = first_ms,
		.total_ms = total_ms,
		.tokens_max = 500,
		.now = virtual_now,
	};
	g_autoptr(GError) error = NULL;
	Llm *llm = llm_new(&how, &error);

	if (llm == NULL)
		printf("result=setup text=%s\n", error->message);
	return llm;
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(Redaction) redaction = redaction_new(REDACT_ALL);
	g_autoptr(Prompt) prompt = NULL;
	g_autoptr(Llm) llm = NULL;
	pthread_t thread;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, NULL) || url == NULL)
		g_error("see the head of llm-ask.c");
	llm_library_init();
	prompt = make_prompt(redaction);
	llm = open_llm();
	if (llm == NULL)
		return 1;
	if (stop_ms > 0)
		pthread_create(&thread, NULL, stop_later, NULL);
	for (int i = 0; i < times; i++) {
		virtual_us += (int64_t)tick * 1000;
		ask(llm, prompt);
	}
	return 0;
}
