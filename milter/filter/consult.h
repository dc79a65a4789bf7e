/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/consult - one mail to an analyser, its Findings back, in time.
 *
 * Owns:    nothing.
 * Fails:   never: whatever goes wrong is a Findings with FINDINGS_ERROR.
 * Threads: any.
 */
#ifndef FILTER_CONSULT_H
#define FILTER_CONSULT_H

#include "filter.h"
#include "session.h"

/* Takes milter.analysis_time_max at most. */
void consult_analyser(Filter *filter, const Session *session,
                      Findings *ret_findings);

#endif
