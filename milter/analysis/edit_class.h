/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/edit_class (private) - which kinds of sentences a text has.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_EDIT_CLASS_H
#define ANALYSIS_EDIT_CLASS_H

#include "analysis/edit.h"
#include "analysis/tokens.h"

/* Of the tokens that begin before byte `end` and outside of the closing. */
unsigned edit_classes(const Tokens *tokens, unsigned end);
/* 1: it has an exclamation mark, a smiley or, in English, a contraction. */
int edit_is_light(const Tokens *tokens, Language language);

#endif
