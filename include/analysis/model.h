/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/model - a trained model: Features and rule sums to log-odds.
 *
 * Made by training/trainer; its file is described in analysis/model_file.h.
 *
 * Owns:    a Model is the caller's; it keeps nothing of its file.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX naming file, fault and remedy.
 * Threads: immutable after loading, so any; and may be shared across fork(2).
 */
#ifndef ANALYSIS_MODEL_H
#define ANALYSIS_MODEL_H

#include <glib.h>

#include "analysis/features.h"
#include "analysis/heads.h"

typedef struct Model Model;

Model *model_load(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of a file in memory; `name` stands for it in errors. */
Model *model_parse(const char *name, GBytes *bytes,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void model_free(Model *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Model, model_free)

/* Finds out which findings of the rules the model knows: those of the same name
 * with the same values in the same order. Returns how many. */
unsigned model_bind(Model *model, const Rules *rules);
bool model_knows(const Model *model, unsigned finding);

/* The probability from which on a finding that it knows is told with medium
 * and with high confidence. */
void model_confidence(const Model *model, unsigned finding, double *ret_likely,
                      double *ret_sure);

/* For each finding that it knows puts its own log-odds in the place of the
 * rules' sums, which it reads first. */
void model_judge(const Model *model, const Features *features, HeadSums *sums);

/* Rule sums and structure as a model weighs them: less their mean, within
 * bounds; and 2 * STRUCTURE_N numbers. For those who train one. */
void model_centre(const double *rule_sums, unsigned n_values, double *ret);
void model_shape(const Structure *structure, double *ret);

/* What spoke for `value` of `finding` against the mean of all its values. The
 * parts add up to that value's log-odds less the mean of all. */
typedef struct ModelPart {
	const Gram *gram; /* NULL: not a gram, see `name` */
	const char *name; /* "model/rules", "model/structure", "model/prior" */
	double weight;
} ModelPart;
typedef void ModelVisit(const ModelPart *part, void *data);
typedef struct ModelPoint {
	unsigned finding, value;
} ModelPoint;
void model_explain(const Model *model, const Features *features,
                   const HeadSums *rule_sums, ModelPoint point,
                   ModelVisit *visit, void *data);

#endif
