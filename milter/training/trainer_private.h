/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of training: texts to numbers (problem.c), numbers to weights
 * (fit.c), scores to probabilities (calibrate.c), weights to a file (write.c).
 */
#ifndef TRAINING_TRAINER_PRIVATE_H
#define TRAINING_TRAINER_PRIVATE_H

#include <linear.h>

#include "analysis/features.h"
#include "analysis/heads.h"
#include "analysis/model_file.h"
#include "training/trainer.h"

/* Columns: 1 is always one, then the structure, then the finding's rule sums,
 * then the grams. */
enum {
	COLUMN_ONE = 1,
	COLUMN_STRUCTURE = 2,
	COLUMN_RULES = COLUMN_STRUCTURE + 2 * STRUCTURE_N,
	COLUMN_GRAMS = COLUMN_RULES + LIMIT_FINDING_VALUES,
};

/* What a column's numbers are multiplied by before they are learned from: the
 * larger, the less a weight for it costs. */
#define SCALE_STRUCTURE 0.1
#define SCALE_RULES 0.3

/* In place of a fold: of a text, that it is never left out; of a training, that
 * it leaves nothing out. */
#define FOLD_NEVER UINT_MAX
#define FOLD_NONE (UINT_MAX - 1)

/* One text as numbers. */
typedef struct Row {
	const Sample *sample;
	unsigned use; /* TrainerUse */
	bool site; /* of an example; the sample has labels and nothing else */
	unsigned n_nodes;
	struct feature_node *nodes; /* all but the rules' are fixed */
	double rules[LIMIT_FINDINGS][LIMIT_FINDING_VALUES]; /* centred */
	unsigned fold;
	unsigned customer; /* of an example: index in `customers` */
} Row;

typedef struct Column {
	uint64_t key;
	uint8_t kind;    /* GramKind */
	unsigned n;      /* texts that have it */
	unsigned n_site; /* examples that have it; */
	int64_t first;   /* the customer of the first of these, */
	bool several;    /* and there was another customer */
	double rarity;
} Column;

typedef struct Problem {
	const Rules *rules;
	GArray *rows;       /* Row */
	GArray *columns;    /* Column; the i-th is column COLUMN_GRAMS + i */
	GHashTable *by_key; /* key -> index in `columns` + 1 */
	unsigned n_site;    /* rows of examples: the last ones */
	GPtrArray *samples; /* of these rows */
	GArray *customers;  /* int64_t, in the order they came */
} Problem;

Problem *problem_new(const Rules *rules);
void problem_free(Problem *problem);
void problem_add(Problem *problem, const Sample *sample, unsigned use);
/* After all texts. */
void problem_add_example(Problem *problem, const Example *example,
                         const int8_t label[LIMIT_FINDINGS], int64_t customer);
unsigned problem_n_examples(const Problem *problem, unsigned finding);
/* Counts are complete: from now on rarities and nodes are fixed. */
void problem_finish(Problem *problem);
/* What a gram's number is multiplied by, past its share of the text. */
double problem_scale(const Column *column);
/* Draws folds. */
void problem_split(Problem *problem, unsigned folds, unsigned seed);

/* The weights of a finding: [column][value]. */
typedef struct Fit {
	unsigned finding, n_values;
	size_t n_columns;
	double *weights;
} Fit;

/* What is learned, and from what. */
typedef struct FitTask {
	unsigned finding;
	unsigned fold; /* that is left out */
	bool site;     /* from the examples too */
} FitTask;

/* How often each of `n_site` examples is learned beside `n` texts. */
unsigned site_weight(unsigned n, unsigned n_site);

/* NULL: fewer than two values, or too few texts. */
Fit *fit_new(Problem *problem, const FitTask *task);
void fit_free(Fit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fit, fit_free)
/* The scores of a text for each value. */
void fit_score(const Fit *fit, const Row *row, double *ret_scores);

/* One text or example that was left out. */
typedef struct Scored {
	const Row *row;
	unsigned truth;
	double score[LIMIT_FINDING_VALUES];
} Scored;

/* What is said of everything that was left out in turn, for one finding. */
typedef struct Judged {
	unsigned finding, folds;
	GArray *corpus, *site; /* Scored */
} Judged;

typedef struct Calibration {
	double factor;       /* of the scores */
	double likely, sure; /* probabilities */
} Calibration;

/* Fits it on all of `scored` that are not of `fold`. */
Calibration calibrate(const GArray *scored, unsigned n_values, unsigned fold);
/* Scores to probabilities; returns the best value. */
unsigned calibrated(const Calibration *calibration, const double *scores,
                    unsigned n_values, double *ret_p);

GBytes *model_write(const Problem *problem, const GPtrArray *fits,
                    const Calibration *calibrations, unsigned rows);

struct Trainer {
	Problem *problem;
	bool finished;
	TrainerProgress *progress;
	void *data;
	unsigned done, all; /* trainings */
};

#define JUDGE_FOLDS_MAX 64

/* Ready to judge: counts are complete, folds drawn. */
void trainer_begin(Trainer *trainer, unsigned folds, unsigned seed);

/* Trains once for each fold; with the examples too when `site`. */
Judged judge(Trainer *trainer, unsigned finding, unsigned folds, bool site);
void judged_clear(Judged *judged);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Judged, judged_clear)
/* The scores that the finding is calibrated by: those of texts; of examples,
 * when nothing else is labelled with it. */
const GArray *judged_scores(const Judged *judged);
/* Of the texts, or of the examples. NULL: of none. */
Evaluation *judged_evaluate(const Judged *judged, const Rules *rules,
                            bool site);

#endif
