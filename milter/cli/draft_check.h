/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/draft_check - what a human made of a draft, checked as a draft is.
 *
 * A human decides: nothing is refused but no text. What is found is told, and a
 * number that nothing supports gets its mark, unless it stood there without one
 * before or its mark was taken away: then a human has vouched for it.
 *
 * Owns:    what is returned is the caller's.
 * Fails:   NULL with an error: rules or articles that cannot be read; no text.
 * Threads: one.
 */
#ifndef CLI_DRAFT_CHECK_H
#define CLI_DRAFT_CHECK_H

#include "draft.h"

typedef struct DraftChecks DraftChecks;

/* All that is read from files: before the editor runs, so that nothing that a
 * human wrote is lost by what could have been known. `one` was opened. */
DraftChecks *draft_checks_new(const DraftSite *site, const Options *options,
                              const DraftOne *one,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void draft_checks_free(DraftChecks *checks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DraftChecks, draft_checks_free)

/* Once. `ret_names`: as DraftWritten.checks. */
Sheet *draft_checks_run(DraftChecks *checks, const DraftOne *one,
                        const char *text, char **ret_names,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
