/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/trainer - labelled texts to a model file.
 *
 * For each finding a linear support vector machine, one value against the rest
 * (liblinear: Fan et al. 2008), over the grams of analysis/grams.h, weighed by
 * how rare they are, the finding's rule sums and the structure of the text.
 * Its scores become probabilities by one factor a finding, fitted on texts that
 * were left out (Platt 1999; Guo et al. 2017), and so do the bounds of medium
 * and high confidence. Deterministic: the same texts and rules give the same
 * bytes.
 *
 * Rules that were written while looking at some texts are right about those
 * more often than about others. Such texts are `seen`: training hides from them
 * what the rules say, so that the rules are trusted for what they are worth
 * elsewhere.
 *
 * A site's examples (analysis/example.h) are learned beside the texts, each as
 * often as site_weight() says, and never judge how good the texts are told. A
 * gram that is in no two texts is learned only when examples of two customers
 * have it: what one alone writes, his name above all, is not. A finding that no
 * example is labelled with is learned as if there were none.
 *
 * Owns:    a Trainer borrows the Rules and the samples.
 * Fails:   BASE_ERROR_SYNTAX: too few labelled texts, or more values of
 *          findings than a model has room for.
 * Threads: one.
 */
#ifndef TRAINING_TRAINER_H
#define TRAINING_TRAINER_H

#include <glib.h>

#include "analysis/example.h"
#include "training/corpus.h"
#include "training/evaluation.h"

typedef struct Trainer Trainer;

/* Called now and then, with how much of the work is done. */
typedef void TrainerProgress(unsigned done, unsigned all, void *data);

Trainer *trainer_new(const Rules *rules);
void trainer_free(Trainer *trainer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trainer, trainer_free)

void trainer_on_progress(Trainer *trainer, TrainerProgress *progress,
                         void *data);

/* How a text is used. */
typedef enum TrainerUse {
	TRAINER_SEEN = 1 << 0, /* rules were written while looking at it */
	TRAINER_ONLY =
		1 << 1, /* only trained on, never left out to be judged */
} TrainerUse;
void trainer_add(Trainer *trainer, const Sample *sample, unsigned use);
/* After all texts. `label` as in a Sample; `customer`: who wrote it, any number
 * that is his alone. Nothing of the example is needed afterwards. */
void trainer_add_example(Trainer *trainer, const Example *example,
                         const int8_t label[LIMIT_FINDINGS], int64_t customer);

/* Trains `folds` times on all but one part of the texts and judges that part;
 * the bounds of confidence come from the other parts. One Evaluation for each
 * finding, NULL for one that too few texts are labelled with. The parts are
 * drawn by `seed`. */
void trainer_cross_validate(Trainer *trainer, unsigned folds, unsigned seed,
                            Evaluation *ret_evaluations[LIMIT_FINDINGS]);

/* What the examples did to one finding; each judged when it is left out, those
 * of a customer together. NULL: nothing to judge. */
typedef struct TrainerSite {
	unsigned examples;     /* labelled with it */
	Evaluation *corpus[2]; /* the texts: without, with the examples */
	Evaluation *own[2];    /* the examples */
} TrainerSite;
void trainer_site_clear(TrainerSite *site);

/* For each finding that examples are labelled with: costs and gains. */
void trainer_judge_site(Trainer *trainer, unsigned seed,
                        TrainerSite ret_sites[LIMIT_FINDINGS]);

/* Trains on all texts and examples. A table of `rows`, a power of two. */
GBytes *trainer_train(Trainer *trainer, unsigned rows, unsigned seed,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
