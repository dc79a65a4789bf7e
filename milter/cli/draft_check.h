/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/draft_check - what a human made of a draft, checked as a draft is.
 *
 * A human decides: nothing is refused but no text. What is found is told, and a
 * number that nothing supports gets its mark, unless it stood there without one
 * before or its mark was taken away: then a human has vouched for it.
 *
 * Owns:    the Sheet returned is the caller's.
 * Fails:   NULL with an error: rules or articles that cannot be read; no text.
 * Threads: one.
 */
#ifndef CLI_DRAFT_CHECK_H
#define CLI_DRAFT_CHECK_H

#include "draft.h"

/* `ret_checks`: as DraftWritten.checks. */
Sheet *draft_check(const DraftSite *site, const Options *options,
                   const DraftOne *one, const char *text, char **ret_checks,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
