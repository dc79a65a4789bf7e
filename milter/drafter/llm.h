/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/llm - one question to one model endpoint, with a deadline.
 *
 * A call is at most one HTTP request. Whether and when to ask again is told by
 * the error and LlmUsage.retry_ms, so that the worker serves other drafts
 * meanwhile and a wait outlives a crash. The endpoint's breaker and its
 * Retry-After hold for all callers of the same Llm.
 *
 * Owns:    an Llm, and every text returned, is the caller's. The key is read
 *          for each question, and wiped from memory after it.
 * Fails:   LLM_ERROR_...; the text never holds the key, the prompt or the
 *          server's words. llm_error_reason() is a word for the draft's row.
 * Threads: one Llm a thread; llm_library_init() before threads exist.
 */
#ifndef DRAFTER_LLM_H
#define DRAFTER_LLM_H

#include <glib.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drafting/answer.h"
#include "drafting/prompt.h"

typedef enum LlmError {
	LLM_ERROR_SETUP,    /* a setting or the key file; nothing was sent */
	LLM_ERROR_RETRY,    /* ask again, after LlmUsage.retry_ms */
	LLM_ERROR_BREAKER,  /* nothing was sent: open for retry_ms */
	LLM_ERROR_TEMPLATE, /* asking again would not help */
	LLM_ERROR_BUDGET,   /* `book` said no; nothing was sent */
	LLM_ERROR_STOPPED,  /* `stop` was set */
} LlmError;

#define LLM_ERROR (llm_error_quark())
GQuark llm_error_quark(void);

/* How often a draft may ask, the first time included. */
#define LLM_ATTEMPTS_MAX 6

/* From [drafter] and the mailbox; strings are borrowed by llm_new() only. */
typedef struct LlmOptions {
	const char *base_url; /* https://HOST/v1, http://127.0.0.1:11434/v1,
	                       * unix:/run/llama.sock */
	PromptShape shape;
	const char *model;
	const char *api_version; /* Azure's; "" for its v1 paths */
	const char *key_file;    /* "" for none; a bare name is looked for
	                          * in $CREDENTIALS_DIRECTORY */
	const char *ca_file;     /* "" for the system's */
	const char *extra_body;  /* the file's content, or NULL */
	const char *const *private_networks; /* "10.0.0.0/8": may be reached */
	const char *const *resolve; /* tests: HOST:PORT:ADDRESS, else NULL */
	int64_t connect_ms, first_byte_ms, total_ms;
	unsigned tokens_max;
	int64_t (*now)(void); /* monotonic microseconds; NULL: the clock */
} LlmOptions;

typedef struct Llm Llm;

/* Once a process, before threads. */
void llm_library_init(void);

/* Checks all of it, reads the key; sends nothing. */
Llm *llm_new(const LlmOptions *options,
             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void llm_free(Llm *llm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Llm, llm_free)

/* Books a call of about `tokens` durably before it is sent. */
typedef bool LlmBook(void *data, unsigned tokens, GError **error);

typedef struct LlmRequest {
	const Prompt *prompt;
	unsigned attempt; /* how often this draft has asked before */
	int64_t total_ms; /* less than the options', or 0: as these */
	LlmBook *book;    /* or NULL */
	void *book_data;
	const volatile sig_atomic_t *stop; /* or NULL */
} LlmRequest;

typedef struct LlmUsage {
	bool sent;                     /* a request left the host */
	int status;                    /* HTTP, 0 for none */
	int64_t tokens_in, tokens_out; /* -1 when not told */
	size_t bytes_sent;             /* of the body */
	int64_t milliseconds;
	int64_t retry_ms;      /* with RETRY and BREAKER: wait so long */
	unsigned answer_flags; /* ANSWER_HAD_... */
} LlmUsage;

/* `ret_text` is set on success alone, `ret_usage` always. */
bool llm_ask(Llm *llm, const LlmRequest *request, char **ret_text,
             LlmUsage *ret_usage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "timeout", "network", "tls", "address", "status-429", "credit", "empty",
 * "refused", ...: why, in a fixed vocabulary, for a row or a log line. */
const char *llm_error_reason(const Llm *llm);

/* What the host is called in logs and `tact draft show`: scheme, host, port. */
const char *llm_endpoint(const Llm *llm);

#endif
