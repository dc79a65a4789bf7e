/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/prompt - what a model is asked, and nothing that it must not know.
 *
 * Instructions come from rules/prompts/ alone and go into the system role. The
 * customer's mail is data: redacted, JSON-encoded, in the user role, between
 * two lines with a random word in them that no input can hold. A second random
 * word, the canary, stands in the instructions: an answer that repeats it has
 * leaked them. Tier, value and every other fact of the store have no way in:
 * PromptInput has no member for them.
 *
 * Owns:    a Prompts or Prompt is the caller's.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX: a file of rules/prompts/, or the
 *          site's extra_body, with the remedy.
 * Threads: a Prompts is immutable after loading, so any.
 */
#ifndef DRAFTING_PROMPT_H
#define DRAFTING_PROMPT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"
#include "analysis/redact.h"
#include "analysis/rules.h"

typedef struct Prompts Prompts;

/* prompts/draft.md of the last folder of `dirs` (NULL-terminated) that has
 * it: role, house rules, style guide. */
Prompts *prompts_load(const char *const *dirs,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same from memory; `name` stands for the file in errors. */
Prompts *prompts_parse(const char *name, const char *text, size_t size,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prompts_free(Prompts *prompts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Prompts, prompts_free)

/* What the reply may rest on: an article's text, with [[ ]] in it. */
typedef struct PromptGround {
	const char *title;
	const char *text;
} PromptGround;

typedef struct PromptInput {
	Language language;
	const Rules *rules;       /* the vocabulary of `findings` */
	const Findings *findings; /* the style guide is chosen by them */
	bool formal_address;      /* De, Ni, Sie, vous: as the template reply */
	const char *subject;      /* untrusted */
	const char *mail;         /* untrusted: new text, no quotes */
	const char *template_reply;
	const PromptGround *grounds;
	size_t n_grounds;
	/* answers of ours to others, fit to be shown: or NULL; NULL-terminated
	 */
	const char *const *examples;
	const char *const *lessons; /* sentences for the style guide; or NULL */
	/* NULL: nothing is replaced. The site's articles are sent as they are;
	 * of the template's reply what stood in the mail is replaced. */
	Redaction *redaction;
	bool insist; /* the last answer was in another language */
} PromptInput;

typedef struct Prompt {
	char *system;
	char *user;
	char *canary;    /* must not come back */
	char *delimiter; /* nor this */
} Prompt;

/* Never fails: every text is cut to its limit (LIMIT_PROMPT_...). */
Prompt *prompt_make(const Prompts *prompts, const PromptInput *input);
void prompt_free(Prompt *prompt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Prompt, prompt_free)

/* True when `text` holds the canary, the delimiter, or either spelled with
 * spaces, marks or another case between. */
bool prompt_leaked(const Prompt *prompt, const char *text);

/* Whose chat completions: they differ in where the model is named, what limits
 * the answer's length, and how the key is sent. */
typedef enum PromptShape {
	PROMPT_SHAPE_OPENAI,
	PROMPT_SHAPE_AZURE,
	PROMPT_SHAPE_MISTRAL,
	PROMPT_SHAPE_OLLAMA,
	PROMPT_SHAPE_LLAMACPP,
	PROMPT_SHAPE_VLLM,
	PROMPT_SHAPE_N,
} PromptShape;

typedef struct PromptRequest {
	PromptShape shape;
	const char *model;
	unsigned tokens_max;    /* of the answer */
	const char *extra_body; /* a JSON object of the site's, or NULL */
} PromptRequest;

/* The request's body. */
char *prompt_request(const Prompt *prompt, const PromptRequest *request,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Is `text` an object that prompt_request() takes? It may set what it likes
 * but for the members that are ours: messages, model, stream, n, tools ... */
bool prompt_extra_is_valid(const char *text, size_t size,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* About how many tokens a request's body is at most, for the budget. */
unsigned prompt_tokens(const char *body);

#endif
