/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/departure - mail from a mailbox: whom it answers, and whether it may
 * leave.
 *
 * Owns:    nothing.
 * Fails:   never: a mail that could not be read or kept passes.
 * Threads: any; one at a time for a Session.
 */
#ifndef FILTER_DEPARTURE_H
#define FILTER_DEPARTURE_H

#include "pipeline.h"

PipelineVerdict departure_note(Filter *filter, Session *session);

#endif
