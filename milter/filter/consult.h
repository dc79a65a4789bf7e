/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/consult - one mail to an analyser, what it is back, in time.
 *
 * Owns:    an Insight its Parcel; insight_clear().
 * Fails:   never: whatever goes wrong is a Findings with FINDINGS_ERROR, an
 *          empty Trace and no Parcel.
 * Threads: any.
 */
#ifndef FILTER_CONSULT_H
#define FILTER_CONSULT_H

#include "filter.h"
#include "ipc.h"
#include "session.h"

/* One of a mail that nobody read. */
void insight_init(Insight *insight, FindingsStatus status,
                  FindingsReason reason);
void insight_clear(Insight *insight);

/* Takes milter.analysis_time_max at most; `parcel`: one is wanted. */
void consult_analyser(Filter *filter, const Session *session, bool parcel,
                      Insight *ret_insight);
/* The same for a mail that is not to be judged: findings only tell an error. */
void consult_trace(Filter *filter, const Session *session, bool parcel,
                   Insight *ret_insight);

#endif
