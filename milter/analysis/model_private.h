/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model in memory. Private to the layer.
 */
#ifndef ANALYSIS_MODEL_PRIVATE_H
#define ANALYSIS_MODEL_PRIVATE_H

#include "analysis/model.h"
#include "analysis/model_file.h"

/* One value of one finding: what each part of a text says for it. */
typedef struct ModelOutput {
	float bias;
	float scale[GRAM_KINDS]; /* of the table's bytes */
	float rules[LIMIT_FINDING_VALUES];
	float structure[2 * STRUCTURE_N]; /* of the log; then of zero */
} ModelOutput;

typedef struct ModelFinding {
	char name[MODEL_FINDING_NAME];
	char value[LIMIT_FINDING_VALUES][MODEL_VALUE_NAME];
	unsigned n_values;
	unsigned first; /* output */
	double likely, sure;
} ModelFinding;

struct Model {
	unsigned char *table; /* beginning where a cache line does */
	uint32_t rows;
	unsigned n_findings, n_outputs;
	ModelFinding finding[LIMIT_FINDINGS];
	ModelOutput output[MODEL_OUTPUTS];
	/* of each finding of the rules; NULL: not known */
	const ModelFinding *of[LIMIT_FINDINGS];
};

#define MODEL_LINE 64 /* bytes of a cache line: a row and its neighbour */

/* Fills the model; NULL, or what is wrong with the bytes. */
const char *model_read(Model *model, GBytes *bytes);

#endif
