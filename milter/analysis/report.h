/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What examining a mail and examining a text share. Private to the layer.
 */
#ifndef ANALYSIS_REPORT_H
#define ANALYSIS_REPORT_H

#include "analysis/examine.h"
#include "analysis/features.h"
#include "analysis/heads.h"

/* Fills what follows from the features; what belongs to the message stays.
 * `ret_sums`: what it was decided by, or NULL. */
void report_judge(const Rules *rules, const Features *features,
                  Findings *findings, HeadSums *ret_sums);
Report *report_new(void);
void report_reason(Report *report, const Rules *rules, const Features *features,
                   const FeatureText *text);

#endif
