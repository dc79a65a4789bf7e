/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/evaluation - how right the findings are, with how sure that is.
 *
 * Collects for one finding what was told and what is true, a text at a time;
 * says then, over all and for each language:
 *   accuracy and macro-F1, with 95 % intervals (Wilson 1927 for shares, a
 *   bootstrap with a fixed seed for F1), precision, recall and F1 of each
 *   value, the confusion matrix, the reliability table in ten bins with the
 *   expected calibration error (Naeini et al. 2015), and at each confidence the
 *   share of texts it covers and how many of them are right.
 *
 * All but the confidences judge the best value also where the finding
 * abstained, so that a margin changes what is told and not how right it is.
 * The same verdicts in the same order give the same figures, to the bit.
 *
 * Owns:    an Evaluation is the caller's; names are borrowed from it.
 * Fails:   never.
 * Threads: any, one Evaluation a thread.
 */
#ifndef TRAINING_EVALUATION_H
#define TRAINING_EVALUATION_H

#include <glib.h>
#include <stdbool.h>

#include "analysis/findings.h"

typedef struct Evaluation Evaluation;

/* What was told of one text. */
typedef struct Verdict {
	unsigned truth, value; /* indexes of values; others are not counted */
	double p;              /* of `value`, 0 to 1 */
	Confidence confidence;
	bool abstained;
	Language language; /* whose figures it goes to, beside those of all */
} Verdict;

/* `values`: their names, in order; copied. At most LIMIT_FINDING_VALUES. */
Evaluation *evaluation_new(const char *finding, const char *const *values,
                           unsigned n_values);
void evaluation_free(Evaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Evaluation, evaluation_free)

void evaluation_add(Evaluation *evaluation, const Verdict *verdict);

const char *evaluation_finding(const Evaluation *evaluation);
unsigned evaluation_n_values(const Evaluation *evaluation);
const char *evaluation_value(const Evaluation *evaluation, unsigned value);

/* A share or a score with the ends of its 95 % interval. */
typedef struct Interval {
	double value, low, high;
} Interval;

#define EVALUATION_BINS 10

/* A share of nothing is 0, between 0 and 1. */
typedef struct EvaluationValue {
	unsigned n, told; /* texts of that value; and told to be of it */
	double precision, recall, f1;
} EvaluationValue;

typedef struct EvaluationBin {
	unsigned n;
	double p, right; /* means in the bin */
} EvaluationBin;

/* Of the texts told, that is not abstained, with a confidence or a higher one.
 */
typedef struct EvaluationConfidence {
	unsigned n;
	double coverage; /* share of all texts */
	Interval right;
} EvaluationConfidence;

/* Of the texts in one language, or of all. */
typedef struct EvaluationFigures {
	unsigned n;
	Interval accuracy;
	Interval macro_f1; /* macro: mean over the values that occur */
	double calibration_error;
	double abstained; /* share */
	EvaluationValue value[LIMIT_FINDING_VALUES];
	unsigned confusion[LIMIT_FINDING_VALUES]
			  [LIMIT_FINDING_VALUES]; /* [truth][told] */
	EvaluationBin bin[EVALUATION_BINS];       /* of p */
	EvaluationConfidence confidence[CONFIDENCE_N];
} EvaluationFigures;

/* LANGUAGE_N: of all; LANGUAGE_UND: of those in no known language. */
void evaluation_figures(const Evaluation *evaluation, Language language,
                        EvaluationFigures *ret_figures);

#endif
