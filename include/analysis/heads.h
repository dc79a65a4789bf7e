/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/heads - from Features to the value of each finding.
 *
 * A head adds to the sums, in log-odds, what it makes of the features. The
 * rules' head adds biases and the votes of cues. Sums of several heads add up;
 * deciding is the same for all.
 *
 * Owns:    nothing; sums and decisions are plain data.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_HEADS_H
#define ANALYSIS_HEADS_H

#include "analysis/features.h"
#include "analysis/findings.h"

typedef struct HeadSums {
	double sum[LIMIT_FINDINGS][LIMIT_FINDING_VALUES];
} HeadSums;

/* A vote as it fell: which hit moved which value by how much. */
typedef struct HeadVote {
	unsigned hit; /* index in Features.hits */
	uint8_t finding, value;
	double weight;
} HeadVote;

/* Calls `visit` for each vote of the rules, in the order of the hits. */
typedef void HeadVisit(const HeadVote *vote, void *data);
void heads_each_vote(const Rules *rules, const Features *features,
                     HeadVisit *visit, void *data);

/* The rules' head. */
void heads_add_rules(const Rules *rules, const Features *features,
                     HeadSums *sums);

/* Softmax, best value, margin and confidence of each finding. */
void heads_decide(const Rules *rules, const HeadSums *sums,
                  Findings *ret_findings);

/* How likely each value of `finding` is: the softmax that heads_decide() uses.
 * Values past the last are 0. */
void heads_probabilities(const Rules *rules, const HeadSums *sums,
                         unsigned finding, double ret_p[LIMIT_FINDING_VALUES]);
/* What a best value of that probability is told with. */
Confidence heads_confidence(const Rules *rules, unsigned finding, double p);

/* The escalation codes of the features, as bits of Findings.escalate. */
uint32_t heads_escalate(const Rules *rules, const Features *features);

/* The cue groups that spoke most for what was decided: Findings.why. */
void heads_explain(const Rules *rules, const Features *features,
                   Findings *findings);

#endif
