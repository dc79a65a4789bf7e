/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/warmup - all that libraries load on first use, loaded beforehand.
 *
 * Owns:    what it loads stays for the life of the process.
 * Fails:   never: a character set this host lacks stays unknown.
 * Threads: call before there are any, and before the first fork.
 */
#ifndef FILTER_WARMUP_H
#define FILTER_WARMUP_H

#include "snapshot.h"

void warmup_run(const Snapshot *snapshot);

#endif
