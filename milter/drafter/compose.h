/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/compose (private) - from a mail's Material to the text of its draft.
 *
 * The template's reply is always made; where the mailbox wants a model's, it is
 * what the model rests on and what is taken when the model fails.
 *
 * Owns:    a Composed's contents are the caller's: composed_clear().
 * Fails:   by verdict and reason; nothing of a mail is in a reason.
 * Threads: one.
 */
#ifndef DRAFTER_COMPOSE_H
#define DRAFTER_COMPOSE_H

#include "drafting/sheet.h"
#include "message/material.h"
#include "office.h"
#include "store/drafts.h"

typedef enum ComposeVerdict {
	COMPOSE_DONE,
	COMPOSE_LATER,   /* the model asks for patience: `wait` seconds */
	COMPOSE_STOPPED, /* told to end while the model was asked */
	COMPOSE_NEVER,   /* not even a template's reply: see `reason` */
} ComposeVerdict;

typedef struct Composed {
	Sheet *sheet;
	const char *engine; /* "template", "model" */
	char *modules;      /* lists as in DraftWritten */
	char *articles;
	char *checks;
	char *reason; /* why not as wanted, or not at all; "" */
	int64_t wait;
} Composed;

ComposeVerdict compose_draft(const Office *office, const DraftTask *task,
                             const Material *material, Composed *ret_composed);
void composed_clear(Composed *composed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Composed, composed_clear)

#endif
