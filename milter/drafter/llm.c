/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is decided here, in one table's worth of code: after which answer asking
 * again may help, and after which the template's reply is the answer. Nothing
 * waits here: the worker has other drafts to write.
 *
 * The breaker counts what the endpoint did wrong. A refusal, an empty or a cut
 * answer is the model's word on one mail, and no reason to leave the endpoint
 * alone.
 */
#include "llm.h"

#include <string.h>

#include "base/clock.h"
#include "breaker.h"
#include "credential.h"
#include "endpoint.h"
#include "http.h"

#define REASON_MAX 32

struct Llm {
	Endpoint *endpoint;
	PromptShape shape;
	char *model;
	char *path; /* below the endpoint's URL */
	char *key_file;
	char *ca_file;
	char *extra_body;
	char **resolve;
	int64_t connect_ms, first_byte_ms, total_ms;
	unsigned tokens_max;
	int64_t (*now)(void);
	Breaker breaker;
	char reason[REASON_MAX];
};

GQuark
llm_error_quark(void)
{
	return g_quark_from_static_string("tact-llm-error");
}

void
llm_library_init(void)
{
	http_library_init();
}

void
llm_free(Llm *llm)
{
	if (llm == NULL)
		return;
	endpoint_free(llm->endpoint);
	g_free(llm->model);
	g_free(llm->path);
	g_free(llm->key_file);
	g_free(llm->ca_file);
	g_free(llm->extra_body);
	g_strfreev(llm->resolve);
	g_free(llm);
}

const char *
llm_error_reason(const Llm *llm)
{
	return llm->reason;
}

const char *
llm_endpoint(const Llm *llm)
{
	return endpoint_name(llm->endpoint);
}

/* ------------------------------------------------------------------- set-up */

static bool
is_given(const char *text)
{
	return text != NULL && *text != '\0';
}

/* A name without a / is one of systemd's credentials. */
static char *
key_path(const char *key_file)
{
	const char *dir = g_getenv("CREDENTIALS_DIRECTORY");

	if (!is_given(key_file))
		return NULL;
	if (strchr(key_file, '/') != NULL || dir == NULL)
		return g_strdup(key_file);
	return g_build_filename(dir, key_file, NULL);
}

static char *
request_path(const LlmOptions *options)
{
	g_autofree char *model = NULL;
	g_autofree char *version = NULL;

	if (options->shape != PROMPT_SHAPE_AZURE ||
	    !is_given(options->api_version))
		return g_strdup("/chat/completions");
	model = g_uri_escape_string(options->model, NULL, FALSE);
	version = g_uri_escape_string(options->api_version, NULL, FALSE);
	return g_strdup_printf(
		"/openai/deployments/%s/chat/completions?api-version=%s", model,
		version);
}

/* The line that proves who asks; it holds the key. NULL sets `error`. */
static char *
key_header(const Llm *llm, GError **error)
{
	g_autoptr(Credential) key = credential_read(llm->key_file, error);

	if (key == NULL)
		return NULL;
	for (const char *p = key; *p != '\0'; p++)
		if (!g_ascii_isgraph(*p)) {
			g_set_error(error, LLM_ERROR, LLM_ERROR_SETUP,
			            "%s: a key has no blanks and only ASCII",
			            llm->key_file);
			return NULL;
		}
	return g_strconcat(llm->shape == PROMPT_SHAPE_AZURE
	                           ? "api-key: "
	                           : "Authorization: Bearer ",
	                   key, NULL);
}

static void
wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	g_free(secret);
}

static bool
check_limits(const LlmOptions *options, GError **error)
{
	if (!is_given(options->model))
		g_set_error(error, LLM_ERROR, LLM_ERROR_SETUP,
		            "the model engine needs drafter.model");
	else if (options->connect_ms > options->total_ms ||
	         options->first_byte_ms > options->total_ms)
		g_set_error(error, LLM_ERROR, LLM_ERROR_SETUP,
		            "drafter.answer_time_max is shorter than "
		            "connect_time_max or first_byte_time_max; no "
		            "answer could ever come in time");
	else
		return true;
	return false;
}

static bool
check_key(const Llm *llm, GError **error)
{
	char *header;

	if (llm->key_file == NULL)
		return true;
	header = key_header(llm, error);
	if (header == NULL)
		return false;
	wipe(header);
	return true;
}

static int64_t
monotonic(void)
{
	return clock_monotonic();
}

static void
copy_options(Llm *llm, const LlmOptions *options)
{
	llm->shape = options->shape;
	llm->model = g_strdup(options->model);
	llm->path = request_path(options);
	llm->key_file = key_path(options->key_file);
	llm->ca_file = g_strdup(options->ca_file);
	llm->extra_body = g_strdup(options->extra_body);
	llm->resolve = g_strdupv((char **)(uintptr_t)options->resolve);
	llm->connect_ms = options->connect_ms;
	llm->first_byte_ms = options->first_byte_ms;
	llm->total_ms = options->total_ms;
	llm->tokens_max = options->tokens_max;
	llm->now = options->now != NULL ? options->now : monotonic;
}

static Llm *
open_llm(const LlmOptions *options, GError **error)
{
	const char *extra = options->extra_body;
	g_autoptr(Llm) llm = NULL;

	if (!check_limits(options, error) ||
	    (extra != NULL &&
	     !prompt_extra_is_valid(extra, strlen(extra), error)))
		return NULL;
	llm = g_new0(Llm, 1);
	copy_options(llm, options);
	llm->endpoint = endpoint_new(options->base_url,
	                             options->private_networks, error);
	if (llm->endpoint == NULL || !check_key(llm, error))
		return NULL;
	return g_steal_pointer(&llm);
}

Llm *
llm_new(const LlmOptions *options, GError **error)
{
	g_autoptr(GError) why = NULL;
	Llm *llm = open_llm(options, &why);

	if (llm == NULL)
		g_set_error(error, LLM_ERROR, LLM_ERROR_SETUP, "%s",
		            why->message);
	return llm;
}

/* ------------------------------------------------------------------- asking */

typedef struct Call {
	Llm *llm;
	const LlmRequest *request;
	LlmUsage *usage;
	GError **error;
} Call;

/* Always false, so that callers can return it. */
static bool
fail(const Call *call, LlmError code, const char *reason, const char *text)
{
	g_strlcpy(call->llm->reason, reason, REASON_MAX);
	g_set_error(call->error, LLM_ERROR, code, "%s: %s (%s)",
	            llm_endpoint(call->llm), text, reason);
	return false;
}

static int64_t
now_ms(const Llm *llm)
{
	return llm->now() / 1000;
}

/* After what may pass: again, unless it was asked often enough. */
static bool
fail_for_now(const Call *call, const char *reason, int64_t retry_after)
{
	Llm *llm = call->llm;
	unsigned attempt = call->request->attempt;

	breaker_failed(&llm->breaker, now_ms(llm), retry_after);
	if (attempt + 1 >= LLM_ATTEMPTS_MAX)
		return fail(call, LLM_ERROR_TEMPLATE, reason,
		            "asked as often as a draft may");
	call->usage->retry_ms =
		retry_wait(attempt, retry_after, g_random_double());
	return fail(call, LLM_ERROR_RETRY, reason, "no answer for now");
}

static bool
fail_for_good(const Call *call, const char *reason)
{
	breaker_failed(&call->llm->breaker, now_ms(call->llm), 0);
	return fail(call, LLM_ERROR_TEMPLATE, reason,
	            "this answer will not change");
}

static bool
take_fault(const Call *call, const HttpReply *reply)
{
	const char *name = http_fault_name(reply->fault);

	switch (reply->fault) {
	case HTTP_STOPPED:
		breaker_undone(&call->llm->breaker);
		return fail(call, LLM_ERROR_STOPPED, name, "told to stop");
	case HTTP_NETWORK:
	case HTTP_TIMEOUT:
		return fail_for_now(call, name, 0);
	default:
		return fail_for_good(call, name);
	}
}

static bool
take_status(const Call *call, const HttpReply *reply)
{
	char reason[REASON_MAX];
	int64_t after =
		retry_after_parse(reply->retry_after, clock_wall() / 1000);

	g_snprintf(reason, sizeof(reason), "status-%d", reply->status);
	if (reply->status >= 300 && reply->status < 400)
		return fail_for_good(call, "redirect");
	if (reply->status == 402 ||
	    (reply->status == 429 &&
	     answer_is_out_of_credit(reply->body->str, reply->body->len)))
		return fail_for_good(call, "credit");
	if (retry_is_worth(reply->status))
		return fail_for_now(call, reason, after);
	return fail_for_good(call, reason);
}

/* Is it the server's fault, rather than what a model said to this mail? */
static bool
blames_server(AnswerFault fault)
{
	return fault >= ANSWER_TOO_LARGE && fault <= ANSWER_SERVER;
}

static bool
take_answer(const Call *call, const HttpReply *reply, char **ret_text)
{
	g_autoptr(Answer) answer =
		answer_read(reply->body->str, reply->body->len);

	call->usage->tokens_in = answer->tokens_in;
	call->usage->tokens_out = answer->tokens_out;
	call->usage->answer_flags = answer->flags;
	if (blames_server(answer->fault))
		return fail_for_good(call, answer_fault_name(answer->fault));
	breaker_succeeded(&call->llm->breaker);
	if (answer->fault != ANSWER_OK)
		return fail(call, LLM_ERROR_TEMPLATE,
		            answer_fault_name(answer->fault),
		            "the model wrote no reply");
	*ret_text = g_steal_pointer(&answer->text);
	return true;
}

static int64_t
time_of(const Call *call)
{
	int64_t wanted = call->request->total_ms;

	return wanted > 0 ? MIN(wanted, call->llm->total_ms)
	                  : call->llm->total_ms;
}

/* One request, and what it led to. */
static bool
post(const Call *call, const char *body, const char *header, char **ret_text)
{
	Llm *llm = call->llm;
	const HttpRequest request = { .endpoint = llm->endpoint,
		                      .path = llm->path,
		                      .key_header = header,
		                      .body = body,
		                      .ca_file = llm->ca_file,
		                      .resolve =
		                              (const char *const *)llm->resolve,
		                      .connect_ms = llm->connect_ms,
		                      .first_byte_ms = llm->first_byte_ms,
		                      .total_ms = time_of(call),
		                      .stop = call->request->stop };
	g_auto(HttpReply) reply = { 0 };
	int64_t start = clock_monotonic();

	call->usage->sent = true;
	call->usage->bytes_sent = strlen(body);
	http_post(&request, &reply);
	call->usage->milliseconds = (clock_monotonic() - start) / 1000;
	call->usage->status = reply.status;
	if (reply.fault != HTTP_OK)
		return take_fault(call, &reply);
	if (reply.status != 200)
		return take_status(call, &reply);
	return take_answer(call, &reply, ret_text);
}

/* Books it, then sends it. */
static bool
send_booked(const Call *call, const char *body, char **ret_text)
{
	const LlmRequest *request = call->request;
	g_autoptr(GError) why = NULL;
	char *header = NULL;
	bool answered;

	if (call->llm->key_file != NULL) {
		header = key_header(call->llm, &why);
		if (header == NULL) {
			breaker_undone(&call->llm->breaker);
			return fail(call, LLM_ERROR_SETUP, "key", why->message);
		}
	}
	if (request->book != NULL &&
	    !request->book(request->book_data,
	                   prompt_tokens(body) + call->llm->tokens_max, &why)) {
		wipe(header);
		breaker_undone(&call->llm->breaker);
		return fail(call, LLM_ERROR_BUDGET, "budget",
		            why != NULL ? why->message : "used up");
	}
	answered = post(call, body, header, ret_text);
	wipe(header);
	return answered;
}

bool
llm_ask(Llm *llm, const LlmRequest *request, char **ret_text,
        LlmUsage *ret_usage, GError **error)
{
	const Call call = { llm, request, ret_usage, error };
	const PromptRequest form = { .shape = llm->shape,
		                     .model = llm->model,
		                     .tokens_max = llm->tokens_max,
		                     .extra_body = llm->extra_body };
	g_autoptr(GError) why = NULL;
	g_autofree char *body = NULL;

	*ret_usage = (LlmUsage){ .tokens_in = -1, .tokens_out = -1 };
	llm->reason[0] = '\0';
	if (request->attempt >= LLM_ATTEMPTS_MAX)
		return fail(&call, LLM_ERROR_TEMPLATE, "attempts",
		            "asked as often as a draft may");
	body = prompt_request(request->prompt, &form, &why);
	if (body == NULL)
		return fail(&call, LLM_ERROR_SETUP, "extra-body", why->message);
	if (!breaker_allow(&llm->breaker, now_ms(llm), &ret_usage->retry_ms))
		return fail(&call, LLM_ERROR_BREAKER, "breaker",
		            "left alone for a while");
	return send_booked(&call, body, ret_text);
}
