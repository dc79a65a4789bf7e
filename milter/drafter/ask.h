/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/ask (private) - a model's reply to one mail, as the mailbox's model
 * and its limits allow.
 *
 * Personal data are replaced before, what may be put back is put back after;
 * each request is booked, and the booking committed, before it is sent.
 *
 * Owns:    an Asked's contents are the caller's: asked_clear().
 * Fails:   by verdict and reason.
 * Threads: one.
 */
#ifndef DRAFTER_ASK_H
#define DRAFTER_ASK_H

#include "drafting/prompt.h"
#include "drafting/template.h"
#include "message/material.h"
#include "office.h"

typedef enum AskVerdict {
	ASK_TEXT,
	ASK_LATER,    /* ask again in `wait` seconds */
	ASK_TEMPLATE, /* it will not answer: take the template's reply */
	ASK_STOPPED,  /* told to stop while it was asked */
} AskVerdict;

typedef struct Asking {
	const Office *office;
	const DraftTask *task;
	const Material *material;
	const KitMailbox *box;
	const Findings *findings;
	const DraftText *text; /* the template's reply */
	const Article *const *articles;
	size_t n_articles;
	const char *const *examples; /* NULL-terminated; or NULL */
	/* The last answer was in another language: after so many milliseconds
	 * it is asked for once more, in what is left of the time; 0: no. */
	int64_t again_after;
	const char *const *lessons; /* sentences, NULL-terminated; or NULL */
} Asking;

typedef struct Asked {
	char *text;
	char *reason; /* "llm-timeout"; "" with a text */
	Prompt *prompt;
	int64_t wait;
	int64_t milliseconds; /* that it took */
} Asked;

AskVerdict ask_model(const Asking *asking, Asked *ret_asked);
void asked_clear(Asked *asked);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

#endif
