/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/stop_words - words that every text has, and that find nothing.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_STOP_WORDS_H
#define DRAFTING_STOP_WORDS_H

#include <stdbool.h>

#include "analysis/findings.h"

/* `word` is in lower case. */
bool stop_word(Language language, const char *word);

#endif
