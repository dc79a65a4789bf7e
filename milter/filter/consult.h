/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/consult - one mail to an analyser, what it is back, in time.
 *
 * Owns:    nothing.
 * Fails:   never: whatever goes wrong is a Findings with FINDINGS_ERROR, and
 *          an empty Trace.
 * Threads: any.
 */
#ifndef FILTER_CONSULT_H
#define FILTER_CONSULT_H

#include "filter.h"
#include "message/trace.h"
#include "session.h"

/* Takes milter.analysis_time_max at most. */
void consult_analyser(Filter *filter, const Session *session,
                      Findings *ret_findings, Trace *ret_trace);
/* The same for a mail that is not to be judged. */
void consult_trace(Filter *filter, const Session *session, Trace *ret_trace);

#endif
