/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/draftable - does a mail want the draft of a reply, and why not?
 *
 * X-Tact-Draft is `queued`, or `none-` and one of these names. What the mail
 * alone says is decided here; the rest by who knows the writer.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_DRAFTABLE_H
#define ANALYSIS_DRAFTABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "base/settings.h"

/* In the order in which they are asked. */
typedef enum Draftable {
	DRAFTABLE, /* nothing speaks against it */
	/* what the mail says */
	NONE_SPAM,          /* flagged by an earlier filter */
	NONE_AUTOMATED,     /* a machine's mail */
	NONE_ENCRYPTED,     /* nothing we can read */
	NONE_EMPTY,         /* no new text */
	NONE_ERROR,         /* the analysis failed */
	NONE_FORGED,        /* it came with headers of ours */
	NONE_SENDER,        /* not from exactly one address */
	NONE_NOT_ADDRESSED, /* neither To nor Cc names a mailbox */
	NONE_BLOCKED,       /* drafter.blocked */
	NONE_ESCALATED,     /* a person should see it at once */
	NONE_LANGUAGE,      /* not told, or none we have words for */
	NONE_SHORT,         /* fewer words than drafter.words_min */
	/* what the store says */
	NONE_OBJECTED,    /* the writer does not want to be judged */
	NONE_DUPLICATE,   /* delivered before */
	NONE_UNVERIFIED,  /* a customer's address, without proof */
	NONE_CONSENT,     /* the writer's level of consent is below full */
	NONE_QUOTA,       /* enough drafts in 24 hours */
	NONE_HOLDOUT,     /* of the share that is answered without */
	NONE_UNAVAILABLE, /* the store did not take it in time */
	DRAFTABLE_N,
} Draftable;

/* "queued" for DRAFTABLE, else "none-automated", ... */
const char *draftable_value(Draftable draftable);

typedef struct DraftableInput {
	const Settings *settings;
	const Findings *findings;
	const char *from;   /* message/identity; "" for none */
	unsigned material;  /* MaterialFlags */
	unsigned words;     /* of the new text */
	unsigned languages; /* bit i: there are words for Language i */
	bool forged;        /* it came with headers of ours */
} DraftableInput;

Draftable draftable_of(const DraftableInput *input);

/* `from` is, or is of a domain or below one of, the list. */
bool draftable_is_blocked(char *const *blocked, const char *from);

#endif
