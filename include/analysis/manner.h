/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/manner - how a writer usually writes and feels, as running numbers.
 *
 * Each mail that was judged moves a mean and a spread of six axes from 0 to
 * 100; older mails weigh less and less. Of the last five moods the readings are
 * kept, for the trend. A writer whose manner is known lends the next mail a
 * prior on formality, directness and expertise: it weighs at most a third of
 * the mail's own words, and tips what they leave open. Sentiment, emotion and
 * urgency are always the mail's own.
 *
 * Owns:    nothing.
 * Fails:   manner_unpack(): false for bytes that manner_pack() did not make.
 * Threads: any.
 */
#ifndef ANALYSIS_MANNER_H
#define ANALYSIS_MANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "analysis/rules.h"

/* 0 is negative, frustrated, not urgent, informal, elaborate, beginner. */
typedef enum MannerAxis {
	MANNER_SENTIMENT,
	MANNER_EMOTION,
	MANNER_URGENCY,
	MANNER_FORMALITY,
	MANNER_DIRECTNESS,
	MANNER_EXPERTISE,
	MANNER_AXES,
} MannerAxis;

const char *manner_axis_name(MannerAxis axis); /* "sentiment" */

/* Mean and spread of what was seen, the older the less. */
typedef struct Running {
	double n; /* weight of all that was seen; at most 10 */
	double mean;
	double squares; /* weighted sum of squared distances from the mean */
} Running;

#define MANNER_READINGS 5

typedef struct Reading {
	int64_t at;   /* unix seconds */
	uint8_t mood; /* 0 to 100, as X-Tact-Sentiment-Score */
} Reading;

/* Zeroed: nothing is known. */
typedef struct Manner {
	Running axis[MANNER_AXES];
	unsigned n_readings;
	Reading reading[MANNER_READINGS]; /* the oldest first */
} Manner;

typedef enum Trend {
	TREND_NONE, /* fewer than three readings */
	TREND_WORSENING,
	TREND_STABLE,
	TREND_IMPROVING,
	TREND_N,
} Trend;

const char *trend_name(Trend trend); /* "worsening"; "" for none */

/* What was told of a mail of this writer; what abstained adds nothing. */
void manner_note(Manner *manner, const Rules *rules, const Findings *findings,
                 int64_t at);
/* Changes formality, directness and expertise by what is known so far. */
void manner_blend(const Manner *manner, const Rules *rules, Findings *findings);
Trend manner_trend(const Manner *manner);

void running_add(Running *running, double x);
double running_deviation(const Running *running);

#define MANNER_PACKED_MAX 160
size_t manner_pack(const Manner *manner, uint8_t ret_bytes[MANNER_PACKED_MAX]);
bool manner_unpack(const void *bytes, size_t size, Manner *ret_manner);

#endif
