/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/figures - what the facts of answers and drafts say of a stretch of time
 * and a mailbox; what each figure means stands in figures.def.
 *
 * Owns:    nothing; facts are borrowed for the call.
 * Fails:   never; a figure of nothing has a value of NAN.
 * Threads: any.
 */
#ifndef VALUE_FIGURES_H
#define VALUE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value/interval.h"

/* Of fewer than that many a figure is said to be of few data. */
#define FIGURES_FEW 30
/* Whether an answer was enough is known so long after it. */
#define FIGURES_SETTLED_SECONDS INT64_C(604800)

/* Of a comparison: were conversations given drafts, or held out from that? */
typedef enum Arm {
	ARM_NONE, /* neither */
	ARM_WITH,
	ARM_WITHOUT,
	ARM_ANY, /* of a FigureScope */
} Arm;

/* An answer that a human sent. */
typedef struct AnswerFact {
	unsigned mailbox;           /* the caller's number of it */
	int64_t thread;             /* 0: not known any more */
	int64_t at;                 /* unix seconds */
	int64_t response, business; /* seconds; -1: not known */
	Arm arm;
	bool first;  /* in its conversation */
	bool last;   /* figures_mark_last() */
	bool again;  /* the customer has written more than once */
	int enough;  /* 1: nobody wrote again; 0: somebody did; -1: too early */
	int mood[2]; /* first and last mail: the more the better; -1: none */
} AnswerFact;

typedef enum DraftEnding {
	ENDING_AS_IS,
	ENDING_EDITED,
	ENDING_REWRITTEN,
	ENDING_UNUSED,
	ENDING_N,
} DraftEnding;

/* A draft that a human could use, and did or did not. */
typedef struct DraftFact {
	unsigned mailbox;
	int64_t at; /* when it ended */
	DraftEnding ending;
	int distance; /* thousandths; -1: not known */
} DraftFact;

typedef struct Facts {
	const AnswerFact *answers; /* in the order of time, both */
	size_t n_answers;
	const DraftFact *drafts;
	size_t n_drafts;
} Facts;

/* Whether an answer is the last one of its conversation that is known; of each
 * conversation one tells its mood. */
void figures_mark_last(AnswerFact *answers, size_t n);

#define MAILBOX_ANY UINT32_MAX
typedef struct FigureScope {
	int64_t from, upto;
	unsigned mailbox; /* or MAILBOX_ANY */
	Arm arm;          /* of answers */
} FigureScope;

typedef enum FigureId {
#define FIGURE(name, unit, better, title, definition) FIGURE_##name,
#include "value/figures.def"
	FIGURE_N,
} FigureId;

typedef enum FigureUnit {
	UNIT_SECONDS,
	UNIT_SHARE,
} FigureUnit;

typedef enum FigureBetter {
	BETTER_NEITHER,
	BETTER_LESS,
	BETTER_MORE,
} FigureBetter;

typedef struct FigureRow {
	const char *name, *title, *definition;
	FigureUnit unit;
	FigureBetter better;
} FigureRow;

extern const FigureRow figure_rows[FIGURE_N];

typedef struct Figure {
	Interval interval;
	int64_t n;   /* values of a median; what a share is of */
	int64_t hit; /* of a share: how many; of a median -1 */
} Figure;

typedef struct Figures {
	int64_t answers, drafts;
	Figure figure[FIGURE_N];
} Figures;

void figures_of(const Facts *facts, const FigureScope *scope,
                Figures *ret_figures);

/* Is `now` another than `before`? A share: when Newcombe's interval of the
 * difference holds no 0. A median: when the intervals do not meet. */
typedef enum Shift {
	SHIFT_UNKNOWN, /* there is nothing to compare */
	SHIFT_UNCLEAR,
	SHIFT_UP,
	SHIFT_DOWN,
} Shift;

Shift figure_shift(const Figure *now, const Figure *before);
const char *shift_name(Shift trend); /* "up" */
/* The difference of two shares; NAN for medians. */
Interval figure_difference(const Figure *one, const Figure *other);

#endif
