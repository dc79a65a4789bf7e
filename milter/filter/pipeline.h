/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/pipeline - what happens to a mail at its end, decided in one place.
 *
 * Owns:    nothing.
 * Fails:   never to the harm of a mail: PIPELINE_LATER only where header
 *          edits may be in force in part, else the mail passes.
 * Threads: any; one at a time for a Session.
 */
#ifndef FILTER_PIPELINE_H
#define FILTER_PIPELINE_H

#include "edits.h"
#include "filter.h"
#include "session.h"

typedef enum PipelineVerdict {
	PIPELINE_PASS,
	PIPELINE_LATER, /* the MTA must answer 4xx */
} PipelineVerdict;

PipelineVerdict pipeline_finish(Filter *filter, Session *session,
                                const EditSink *sink);

#endif
