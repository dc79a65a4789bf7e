/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/knowledge - the three things that `tact knowledge` does.
 *
 * Owns:    nothing.
 * Fails:   an exit code, after a message.
 * Threads: one.
 */
#ifndef CLI_KNOWLEDGE_H
#define CLI_KNOWLEDGE_H

#include "cli.h"

/* Reads all articles, and says what is wrong with them. */
int knowledge_check(const Options *options);
/* Which articles answer words or mails, and why. */
int knowledge_search_for(const Options *options);
/* What customers asked that nothing answers, as far as the store has it. */
int knowledge_gaps(const Options *options);

#endif
