/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/structure - numbers about how a text is built.
 *
 * The names are those of `when` in tact-rules(5). All are of the new text
 * unless the name says otherwise.
 *
 * Owns:    nothing; a Structure is plain data.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_STRUCTURE_H
#define ANALYSIS_STRUCTURE_H

#include "analysis/tokens.h"

typedef enum StructureNumber {
	STRUCTURE_WORDS,
	STRUCTURE_SENTENCES,
	STRUCTURE_PARAGRAPHS,
	STRUCTURE_LINES,
	STRUCTURE_MEAN_SENTENCE_WORDS,
	STRUCTURE_MEAN_WORD_LETTERS,
	STRUCTURE_LONG_WORDS,
	STRUCTURE_QUESTIONS,
	STRUCTURE_EXCLAMATIONS,
	STRUCTURE_EXCLAMATION_RUNS,
	STRUCTURE_QUESTION_RUNS,
	STRUCTURE_CAPS_WORDS,
	STRUCTURE_CAPS_SHARE,
	STRUCTURE_EMOJI,
	STRUCTURE_EMOTICONS,
	STRUCTURE_NUMBERS,
	STRUCTURE_CODES,
	STRUCTURE_VERSIONS,
	STRUCTURE_URLS,
	STRUCTURE_LOWERCASE_STARTS,
	STRUCTURE_I_LOWERCASE,
	STRUCTURE_COMMAS_PER_SENTENCE,
	STRUCTURE_DIGITS_SHARE,
	STRUCTURE_SUBJECT_WORDS,
	STRUCTURE_SUBJECT_CAPS,
	STRUCTURE_HAS_GREETING,
	STRUCTURE_HAS_CLOSING,
	STRUCTURE_HAS_SIGNATURE,
	STRUCTURE_APOSTROPHE_WORDS,
	STRUCTURE_NO_FINAL_STOP,
	STRUCTURE_QUOTES,
	STRUCTURE_BULLET_LINES,
	STRUCTURE_N,
} StructureNumber;

/* "words", "mean-sentence-words", ... */
const char *structure_name(StructureNumber number);
/* STRUCTURE_N for a name that is none of them. */
StructureNumber structure_from_name(const char *name);

typedef struct Structure {
	float number[STRUCTURE_N];
} Structure;

void structure_read(const Tokens *tokens, Structure *ret_structure);

#endif
