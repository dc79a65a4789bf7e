/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/prompt_private - what prompt.c and prompt_file.c share.
 *
 * Owns:    nothing; texts are borrowed from the Prompts.
 * Fails:   never.
 * Threads: any.
 */
#ifndef DRAFTING_PROMPT_PRIVATE_H
#define DRAFTING_PROMPT_PRIVATE_H

#include "drafting/prompt.h"

/* The text of "## role", "## style formality=formal"; NULL: there is none. */
const char *prompts_section(const Prompts *prompts, const char *name);

/* What stands for {language}, {delimiter} and {canary}. */
typedef struct PromptWords {
	const char *language, *delimiter, *canary;
} PromptWords;

/* Appends `text` with them, and a blank line. */
void prompt_fill(GString *to, const char *text, const PromptWords *words);

#endif
