/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/evaluation - how right the findings are, with how sure that is.
 *
 * Collects for one finding what was told and what is true, a mail at a time;
 * says then, over all and for each language:
 *   accuracy and macro-F1, with 95 % intervals (Wilson 1927 for shares, a
 *   bootstrap with a fixed seed for F1), precision, recall and F1 of each
 *   value, the confusion matrix, the reliability table in ten bins with the
 *   expected calibration error (Naeini et al. 2015), and at each confidence the
 *   share of mails it covers and how many of them are right.
 *
 * Owns:    an Evaluation is the caller's.
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
	unsigned truth, value; /* indexes of values */
	double p;              /* of `value`, 0 to 1 */
	Confidence confidence;
	bool abstained;
	Language language;
} Verdict;

/* `values`: their names, in order; copied. */
Evaluation *evaluation_new(const char *finding, const char *const *values,
                           unsigned n_values);
void evaluation_free(Evaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Evaluation, evaluation_free)

void evaluation_add(Evaluation *evaluation, const Verdict *verdict);

/* A share or a score with the ends of its 95 % interval. */
typedef struct Interval {
	double value, low, high;
} Interval;

#define EVALUATION_BINS 10

/* Of the mails in one language, or of all. */
typedef struct EvaluationFigures {
	unsigned n;
	Interval accuracy,
		macro_f1; /* macro: mean over the values that occur */
	double calibration_error;
	struct {
		unsigned n; /* texts of that value */
		double precision, recall, f1;
	} value[LIMIT_FINDING_VALUES];
	unsigned confusion[LIMIT_FINDING_VALUES]
			  [LIMIT_FINDING_VALUES]; /* [truth][told] */
	struct {
		unsigned n;
		double p, right; /* means in the bin */
	} bin[EVALUATION_BINS];
	struct {
		unsigned n;
		double coverage; /* share of all mails */
		Interval right;
	} confidence[CONFIDENCE_N];
	double abstained; /* share */
} EvaluationFigures;

/* LANGUAGE_N: of all. */
void evaluation_figures(const Evaluation *evaluation, Language language,
                        EvaluationFigures *ret_figures);

#endif
