/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/answer_text - the reply within what a model wrote around it.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   answer_text_clean(): the fault.
 * Threads: any.
 */
#ifndef DRAFTING_ANSWER_TEXT_H
#define DRAFTING_ANSWER_TEXT_H

#include "drafting/answer.h"

/* The text of a message's content; ANSWER_HAD_... are added to `flags`. */
AnswerFault answer_text_clean(const char *content, char **ret_text,
                              unsigned *flags);
/* Is it a model's refusal rather than a reply to a customer? */
bool answer_text_refuses(const char *text);

#endif
