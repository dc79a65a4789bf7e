/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/edit - what a human changed between a draft and what was sent.
 *
 * Words are compared, folded: line breaks, marks and capitals are no change.
 * The caller sets quotes aside; the mailbox's signature is taken off here.
 *
 * Two texts of which the product of words is above LIMIT_EDIT_CELLS are
 * compared in a band around the diagonal: the distance is then an upper bound,
 * still the same in both directions.
 *
 * Owns:    an Edit's contents are the caller's: edit_clear().
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_EDIT_H
#define ANALYSIS_EDIT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"

/* A run of so many words, greeting and closing aside, is the draft's own. */
#define EDIT_RUN 4
#define EDIT_FORM_SIZE 40

/* Bytes of the draft whose fate is asked for. */
typedef struct EditSpan {
	size_t start, end;
} EditSpan;

typedef struct EditInput {
	const char *draft;     /* sanitised UTF-8, as `sent`; no signature */
	const char *sent;      /* without quotes */
	const char *signature; /* of the mailbox; NULL or "": none */
	Language language;
	const EditSpan *spans;
	size_t n_spans;
} EditInput;

/* Kinds of sentences; bit i of Edit.had and .has. */
typedef enum EditClass {
	EDIT_APOLOGY,
	EDIT_THANKS,
	EDIT_QUESTION,
	EDIT_LINK,
	EDIT_STEPS, /* a list */
	EDIT_AMOUNT,
	EDIT_DATE, /* or a time */
	EDIT_CLASS_N,
} EditClass;

const char *edit_class_name(EditClass class); /* "apology" */

typedef struct Edit {
	unsigned distance; /* word-level Levenshtein distance by the words of
	                    * the longer text, in thousandths, rounded up */
	unsigned kept;     /* of the draft's words without greeting and closing,
	                    * how many stand in what was sent in runs of EDIT_RUN;
	                    * thousandths */
	unsigned words_draft, words_sent;
	int formality;     /* of `sent` to `draft`: -1 less formal .. 1 */
	unsigned had, has; /* EditClass of the draft, of what was sent */
	/* "hej:name", "none", or "" for one that is not known; see
	 * edit_greeting(). */
	char greeting_draft[EDIT_FORM_SIZE], greeting_sent[EDIT_FORM_SIZE];
	char signoff_draft[EDIT_FORM_SIZE], signoff_sent[EDIT_FORM_SIZE];
	unsigned *survival; /* of each span's words, thousandths */
	bool banded;        /* the texts were too long to be sure */
} Edit;

void edit_compare(const EditInput *input, Edit *ret_edit);
void edit_clear(Edit *edit);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Edit, edit_clear)

/* The distance alone, of two texts as they are. */
unsigned edit_distance(const char *a, const char *b);

/* Which greeting the first line of `text` is: its words in [a-z-], and who is
 * named: "hej:alone", "sehr-geehrte:title", "dear:name"; "none" when the text
 * begins without one; "" for a first line that may be one we do not know. */
void edit_greeting(const char *text, char ret_form[EDIT_FORM_SIZE]);
/* Which closing stands among the last lines: "med-venlig-hilsen"; "none". */
void edit_signoff(const char *text, char ret_form[EDIT_FORM_SIZE]);
/* The words of such a form, in small letters: "med venlig hilsen"; NULL for one
 * that is none of ours. */
const char *edit_form_phrase(const char *form);
/* How formal such a form is: -1, 0, 1. */
int edit_form_formality(const char *form);

#endif
