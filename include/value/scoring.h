/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/scoring - what all customers together teach, and a customer's scores.
 *
 * A Census counts every customer once and keeps a sample for the models; what
 * is learned from it is a Scoring, small enough to be kept as text. With it the
 * scores of any customer follow from his History alone.
 *
 * Where the data carry the models, value is the discounted worth of the orders
 * to come; else an index of recency, frequency and money, and the Scoring says
 * why. Risk is reckoned against the customer's own rhythm, upsell against his
 * own past.
 *
 * Owns:    Census and Scorer are the caller's; a Scoring is plain data.
 * Fails:   never: too little to learn from is a verdict in the Scoring.
 * Threads: one a Census or Scorer.
 */
#ifndef VALUE_SCORING_H
#define VALUE_SCORING_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"
#include "value/bgnbd.h"
#include "value/gammagamma.h"
#include "value/history.h"
#include "value/ranks.h"

/* Kept in the store: never renumber. */
typedef enum ScoreMethod {
	SCORE_RFM,
	SCORE_MODEL,     /* BG/NBD and Gamma-Gamma */
	SCORE_MODEL_OWN, /* BG/NBD, and the customer's own mean order */
} ScoreMethod;

const char *score_method_name(ScoreMethod method); /* "rfm" */

typedef struct ScoringOptions {
	int32_t as_of;   /* the newest day known */
	int window;      /* days that count for RFM */
	unsigned months; /* that value looks ahead */
	double discount; /* of a year */
	int64_t customers_min;
	int span_min; /* days that the orders must span for the models */
} ScoringOptions;

ScoringOptions scoring_options(const Settings *settings, int32_t as_of);

/* Orders expected in the last months from what was known before them. */
typedef struct Holdout {
	int days; /* 0: was not tried */
	double customers, expected, actual;
} Holdout;

typedef struct Scoring {
	ScoringOptions options;
	ScoreMethod method;
	FitVerdict orders, money; /* what became of the two models */
	Bgnbd model, modified;
	GammaGamma amounts;
	Holdout holdout;
	double customers, purchases; /* counted */
	double sample;               /* customers the models were fitted on */
	double typical_gap;          /* days between orders, median */
	double typical_rate;         /* repeats a year */
	Percentiles recency, frequency, spent;
	Percentiles worth; /* of what scorer_worth() gives: the caller's */
} Scoring;

typedef struct Census Census;

Census *census_new(const ScoringOptions *options);
void census_free(Census *census);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Census, census_free)
/* `orders` as for history_of(), which it sorts. */
void census_add(Census *census, Order *orders, size_t n);
/* Fits what can be fitted. */
void census_learn(Census *census, Scoring *ret_scoring);

/* As text, all digits kept. */
char *scoring_to_text(const Scoring *scoring);
/* False when it is not what scoring_to_text() makes. */
bool scoring_from_text(const char *text, Scoring *ret_scoring);

/* Bits of Scores.reasons. */
typedef enum ValueReason {
#define VALUE_REASON(name, code, score, words) BECAUSE_##name,
#include "value/reasons.def"
	BECAUSE_N,
} ValueReason;

typedef enum ScoreKind {
	SCORE_VALUE,
	SCORE_RISK,
	SCORE_UPSELL,
	SCORE_SERVICE,
	SCORE_N,
} ScoreKind;

typedef struct Scores {
	int of[SCORE_N]; /* 0 to 100 */
	double alive;    /* 0 to 1 */
	double expected; /* orders in a year */
	double clv;      /* cents */
	double mails;    /* for each order */
	int32_t next;    /* day of the next order; 0: none to be expected */
	int recency, frequency, money; /* 1 to 5 */
	ScoreMethod method;
	uint32_t reasons;
} Scores;

const char *score_kind_name(ScoreKind kind); /* "value" */
const char *value_reason_code(ValueReason reason);
const char *value_reason_words(ValueReason reason);
ScoreKind value_reason_kind(ValueReason reason);

typedef struct Scorer Scorer;

/* Borrows the Scoring. */
Scorer *scorer_new(const Scoring *scoring);
void scorer_free(Scorer *scorer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scorer, scorer_free)

/* What customers are ranked by: never negative, never NaN. */
double scorer_worth(Scorer *scorer, const History *history);
/* `mails`: those the customer wrote. */
Scores scorer_scores(Scorer *scorer, const History *history, double mails);

#endif
