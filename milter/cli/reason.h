/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/reason - why somebody decided, for whoever reads it later.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   NULL after a message.
 * Threads: any.
 */
#ifndef CLI_REASON_H
#define CLI_REASON_H

#include "cli.h"

/* --reason on one line, without what a terminal would obey; `why` it is needed
 * when there is none, after the command's name. */
char *reason_read(const Options *options, const char *command, const char *why);

#endif
