/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/pipeline - what happens to a mail at its end, decided in one place.
 *
 * Owns:    nothing.
 * Fails:   never to the harm of a mail: PIPELINE_LATER only where header
 *          edits may be in force in part, else the mail passes. What a mailbox
 *          sends is refused only where its settings ask for it.
 * Threads: any; one at a time for a Session.
 */
#ifndef FILTER_PIPELINE_H
#define FILTER_PIPELINE_H

#include "edits.h"
#include "filter.h"
#include "session.h"

typedef enum PipelineVerdict {
	PIPELINE_PASS,
	PIPELINE_LATER,        /* the MTA must answer 4xx */
	PIPELINE_REFUSE_CHECK, /* 5xx: a draft's mark stands in it */
	PIPELINE_REFUSE_DATA,  /* 5xx: what another customer wrote does */
} PipelineVerdict;

/* What whoever sent a mail is told that is refused; NULL for the others. */
const char *pipeline_refusal(PipelineVerdict verdict);

PipelineVerdict pipeline_finish(Filter *filter, Session *session,
                                const EditSink *sink);

#endif
