/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/template - the two things that `tact template` does.
 *
 * Owns:    nothing.
 * Fails:   an exit code, after a message.
 * Threads: one.
 */
#ifndef CLI_TEMPLATE_H
#define CLI_TEMPLATE_H

#include "cli.h"

/* Reads all modules and articles, and says what is wrong with them. */
int template_check(const Options *options);
/* The replies to mails, as templates and articles of files make them. */
int template_preview(const Options *options);

#endif
