/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/asking (private) - words by which a sentence wants something, and
 * words by which it tells that something was done already.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_ASKING_H
#define DRAFTING_ASKING_H

#include <stdbool.h>

#include "analysis/findings.h"

/* `word` is in lower case; `first`: of its sentence. */
bool asking_wants(Language language, const char *word, bool first);
bool asking_done(Language language, const char *word);

/* Does the valid UTF-8 `text` ask or want more than one thing? */
bool asking_several(Language language, const char *text);

#endif
