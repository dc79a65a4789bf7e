/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/prose - text that people wrote for replies: its marks and lines.
 *
 * [[du|De]] is chosen by how the customer is addressed, {first_name} and the
 * like are filled in. Lines are joined to paragraphs; those of lists stay.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   prose_check_line(): a message, which is a literal or is kept in the
 *          ProseCheck.
 * Threads: any.
 */
#ifndef DRAFTING_PROSE_H
#define DRAFTING_PROSE_H

#include <glib.h>
#include <stdbool.h>

#include "drafting/template.h"

typedef enum Blank {
	BLANK_FIRST_NAME,
	BLANK_SURNAME,
	BLANK_FULL_NAME,
	BLANK_TOPIC,
	BLANK_TEAM,
	BLANK_ARTICLE_TITLE,
	BLANK_ORDER, /* numbers, in the order of ToldKind */
	BLANK_INVOICE,
	BLANK_CUSTOMER,
	BLANK_CONTRACT,
	BLANK_CASE,
	BLANK_SERIAL,
	BLANK_N,
} Blank;

#define BLANKS_NAME                                                            \
	(1u << BLANK_FIRST_NAME | 1u << BLANK_SURNAME | 1u << BLANK_FULL_NAME)
#define BLANKS_NUMBER (((1u << BLANK_N) - 1) & ~((1u << BLANK_ORDER) - 1))

typedef struct ProseCheck {
	bool blanks;   /* {first_name} and the like may stand in it */
	bool open;     /* within [[ ]] */
	bool bar;      /* past its | */
	unsigned used; /* bit i: Blank i stands in it */
	char message[160];
} ProseCheck;

/* What is wrong with the next line of a text, or NULL. */
const char *prose_check_line(ProseCheck *check, const char *line);

/* Joins lines to paragraphs. */
typedef struct Fold {
	GString *out;
	bool blank;    /* a blank line came before */
	bool verbatim; /* the line before stays as it is */
} Fold;

void fold_begin(Fold *fold);
void fold_line(Fold *fold, const char *line);
/* The text; NULL when it is empty. */
char *fold_end(Fold *fold);

/* What stands for each Blank; NULL: unknown. */
typedef struct Filling {
	AddressForm form;
	const char *text[BLANK_N];
} Filling;

/* Appends `text`, which was checked; false, with `out` as it was, when a Blank
 * is unknown. */
bool prose_fill(GString *out, const char *text, const Filling *filling);

/* "T" with its [[ ]] chosen: for articles, and for those who look at text. */
char *prose_choose(const char *text, AddressForm form);

#endif
