/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/callbacks - libmilter's calls to Sessions and Mails and back.
 *
 * Owns:    the Session hangs on libmilter's context.
 * Fails:   callbacks_register(): false when libmilter refuses.
 * Threads: callbacks run in any of libmilter's threads.
 */
#ifndef FILTER_CALLBACKS_H
#define FILTER_CALLBACKS_H

#include <stdbool.h>

#include "filter.h"

/* `filter` must live as long as the process. */
bool callbacks_register(Filter *filter);

#endif
