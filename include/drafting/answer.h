/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/answer - what a model's server said, read as hostile bytes.
 *
 * From the body of a chat completion to the plain text of one reply: thoughts,
 * code fences, a BOM and a chatty first line are taken off; what is empty, cut
 * short, refused or no such answer at all has a name. Whether the text may be
 * used is not told here: that is drafting/checks.
 *
 * Owns:    an Answer is the caller's.
 * Fails:   never: an Answer says by `fault` what is wrong.
 * Limits:  LIMIT_ANSWER_BYTES of body, LIMIT_ANSWER_DEPTH nested values,
 *          LIMIT_ANSWER_TEXT of text.
 * Threads: any.
 */
#ifndef DRAFTING_ANSWER_H
#define DRAFTING_ANSWER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum AnswerFault {
	ANSWER_OK,
	ANSWER_TOO_LARGE, /* the body, or its text */
	ANSWER_NOT_UTF8,
	ANSWER_NOT_JSON,
	ANSWER_TOO_DEEP,
	ANSWER_SHAPE,     /* JSON, but no chat completion */
	ANSWER_SERVER,    /* an error object instead of choices */
	ANSWER_EMPTY,     /* no text, or thoughts alone */
	ANSWER_TRUNCATED, /* finish_reason length, or thoughts without end */
	ANSWER_FILTERED,  /* finish_reason content_filter */
	ANSWER_REFUSED,   /* a refusal, by member or by its words */
	ANSWER_TOOLS,     /* wants a tool called, and says nothing else */
	ANSWER_NOISE,     /* marks of a chat's form within the text */
	ANSWER_FAULT_N,
} AnswerFault;

/* "ok", "too-large", "not-utf8", ...: for logs and the draft's reason. */
const char *answer_fault_name(AnswerFault fault);

/* What was taken off the text. */
#define ANSWER_HAD_THOUGHTS (1u << 0)
#define ANSWER_HAD_FENCE (1u << 1)
#define ANSWER_HAD_BOM (1u << 2)
#define ANSWER_HAD_TOOLS (1u << 3)
#define ANSWER_HAD_PREAMBLE (1u << 4)
#define ANSWER_HAD_CONTROLS (1u << 5) /* or invisible characters */

typedef struct Answer {
	AnswerFault fault;
	char *text;     /* with ANSWER_OK: valid, sanitised UTF-8; else NULL */
	unsigned flags; /* ANSWER_HAD_... */
	int64_t tokens_in, tokens_out; /* of its `usage`; -1 when not told */
} Answer;

Answer *answer_read(const char *body, size_t size);
void answer_free(Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answer, answer_free)

/* Takes the mailbox's own signature off the end of a text, all of it or its
 * first line: it is put below the text by code. */
void answer_drop_signature(char *text, const char *signature);

/* True when a body of an error says that credit or quota is used up, so that
 * waiting a minute changes nothing. */
bool answer_is_out_of_credit(const char *body, size_t size);

#endif
