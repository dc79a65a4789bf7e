/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A customer's scores. Each is monotone in what it is made of (tests hold it),
 * so that a reason always explains the direction.
 */
#include <math.h>

#include "value/clv.h"
#include "value/scoring.h"

#define YEAR 365.25
#define MONTH (YEAR / 12)
#define GAP_MIN 7.0     /* days: nobody is lost after one */
#define GAP_PRIOR 1.0   /* weight of others' rhythm, in gaps */
#define MODEL_PRIOR 2.0 /* weight of the model's risk, in gaps */
#define PAST_MIN 2      /* purchases to be compared with */
#define WINSOR 0.01
#define MAILS_MAX 1e9

struct Scorer {
	const Scoring *scoring;
	Clv *clv; /* NULL without a model */
};

Scorer *
scorer_new(const Scoring *scoring)
{
	Scorer *scorer = g_new0(Scorer, 1);

	scorer->scoring = scoring;
	if (scoring->method != SCORE_RFM)
		scorer->clv =
			clv_new(&scoring->model, MONTH, scoring->options.months,
		                scoring->options.discount);
	return scorer;
}

void
scorer_free(Scorer *scorer)
{
	if (scorer == NULL)
		return;
	clv_free(scorer->clv);
	g_free(scorer);
}

/* All that is reckoned once for a customer. */
typedef struct Facts {
	const History *history;
	Purchases row;
	double recency, frequency, money; /* shares of customers below, 0..1 */
	double alive, orders, discounted; /* of a year; of the horizon */
	double mean;                      /* cents of an order */
	double silence, usual;            /* days */
} Facts;

static double
share(const Percentiles *table, double value)
{
	return CLAMP(percentiles_share(table, value), WINSOR, 1 - WINSOR);
}

static double
halving(double excess)
{
	return 1 - exp2(-fmax(0, excess));
}

/* From 0 while silent no longer than usual; a half at twice that. */
static double
rhythm_risk(const Facts *facts)
{
	return halving(facts->silence / facts->usual - 1);
}

static double
alive(const Scoring *scoring, const Facts *facts)
{
	if (scoring->method == SCORE_RFM)
		return 1 - rhythm_risk(facts);
	return bgnbd_alive(facts->row.repeats > 0 ? &scoring->model
	                                          : &scoring->modified,
	                   &facts->row);
}

static double
mean_order(const Scoring *scoring, const History *history)
{
	double own = history->cents / history->purchases;

	if (scoring->method != SCORE_MODEL)
		return own;
	/* All orders tell of their size, the first one too. */
	return gammagamma_mean(&scoring->amounts, history->purchases, own);
}

/* Without a model: the customer's own rate, drawn towards all others'. */
static double
rate(const Scoring *scoring, const Facts *facts)
{
	double years = facts->row.age / YEAR;

	return (facts->row.repeats + scoring->typical_rate) / (years + 1);
}

static double
discounted_years(const ScoringOptions *options)
{
	double years = options->months / 12.0;

	return options->discount > 0
	               ? -expm1(-years * log1p(options->discount)) /
	                         log1p(options->discount)
	               : years;
}

static void
expect(Scorer *scorer, Facts *facts)
{
	const Scoring *scoring = scorer->scoring;
	const Purchases *row = &facts->row;

	facts->alive = alive(scoring, facts);
	facts->mean = mean_order(scoring, facts->history);
	if (scorer->clv != NULL) {
		facts->orders =
			clv_orders_of_year(scorer->clv, row->repeats, row->age);
		facts->discounted = clv_discounted_orders(
			scorer->clv, row->repeats, row->age);
	} else {
		facts->orders = rate(scoring, facts);
		facts->discounted =
			facts->orders * discounted_years(&scoring->options);
	}
}

/* Drawn towards all others' as long as there are few gaps, but only upwards:
 * who orders once a year is not late after the months that others take. */
static double
usual(const Scoring *scoring, const History *history)
{
	double gaps = history->gaps;
	double drawn =
		(gaps * history->usual_gap + GAP_PRIOR * scoring->typical_gap) /
		(gaps + GAP_PRIOR);

	return fmax(fmax(history->usual_gap, drawn), GAP_MIN);
}

static Facts
facts_of(Scorer *scorer, const History *history)
{
	const Scoring *scoring = scorer->scoring;
	Facts facts = { .history = history, .row = history_purchases(history) };

	facts.silence = history->as_of - history->last;
	facts.usual = usual(scoring, history);
	facts.recency = 1 - share(&scoring->recency, facts.silence);
	facts.frequency = share(&scoring->frequency, history->window.purchases);
	facts.money = share(&scoring->spent, history->window.cents);
	expect(scorer, &facts);
	return facts;
}

static double
clv(const Facts *facts)
{
	double cents = facts->alive * facts->discounted * facts->mean;

	return isfinite(cents) ? fmin(fmax(cents, 0), 1e15) : 0;
}

static double
worth(const Scorer *scorer, const Facts *facts)
{
	if (scorer->scoring->method != SCORE_RFM)
		return clv(facts);
	return 100 * (0.25 * facts->recency + 0.35 * facts->frequency +
	              0.40 * facts->money);
}

double
scorer_worth(Scorer *scorer, const History *history)
{
	Facts facts;

	if (history->purchases == 0)
		return 0;
	facts = facts_of(scorer, history);
	return worth(scorer, &facts);
}

static int
percent(double share_of_one)
{
	return (int)lrint(100 * fmin(fmax(share_of_one, 0), 1));
}

/* 1 to 5. */
static int
fifth(double share_below)
{
	return 1 + (int)fmin(4, share_below * 5);
}

static void
reason(Scores *scores, bool holds, ValueReason why)
{
	if (holds)
		scores->reasons |= 1u << why;
}

static void
explain_value(Scores *scores, const Facts *facts)
{
	const History *history = facts->history;

	reason(scores, scores->money == 5, BECAUSE_SPENDS_MUCH);
	reason(scores, scores->money == 1, BECAUSE_SPENDS_LITTLE);
	reason(scores, scores->frequency == 5, BECAUSE_ORDERS_OFTEN);
	reason(scores, scores->recency == 5, BECAUSE_RECENT);
	reason(scores, history->purchases == 1, BECAUSE_ONE_ORDER);
	reason(scores, history->window.purchases == 0, BECAUSE_NOT_IN_WINDOW);
}

static double
per_day(const Period *period)
{
	return period->days > 0 ? period->purchases / period->days : 0;
}

/* The more often he has ordered the more his own rhythm counts. */
static void
score_risk(const Scorer *scorer, const Facts *facts, Scores *scores)
{
	const History *history = facts->history;
	double own = rhythm_risk(facts), model = 1 - facts->alive;
	double weight = history->gaps / (history->gaps + MODEL_PRIOR);
	bool fewer = history->before.purchases > PAST_MIN &&
	             per_day(&history->recent) * 2 < per_day(&history->before);

	if (scorer->scoring->method == SCORE_RFM)
		weight = 1;
	scores->of[SCORE_RISK] = percent(weight * own + (1 - weight) * model);
	reason(scores, own >= 0.3, BECAUSE_SILENT);
	reason(scores, own == 0, BECAUSE_IN_RHYTHM);
	reason(scores, weight < 1 && model >= 0.5, BECAUSE_LIKELY_GONE);
	reason(scores, fewer && own > 0, BECAUSE_FEWER_ORDERS);
}

/* How much more often; above 1, and drawn to 1 where purchases are few. */
static double
frequency_lift(const Period *recent, const Period *before)
{
	double usual = before->purchases / before->days * recent->days;

	return (recent->purchases + 1) / (usual + 1);
}

static double
basket_lift(const Period *recent, const Period *before)
{
	double past = before->cents / before->purchases;

	return recent->purchases >= PAST_MIN && past > 0
	               ? recent->cents / recent->purchases / past
	               : 1;
}

static void
score_upsell(const Facts *facts, Scores *scores)
{
	const Period *recent = &facts->history->recent;
	const Period *before = &facts->history->before;
	double often, basket;

	if (before->purchases < PAST_MIN || !(before->days >= GAP_MIN)) {
		reason(scores, true, BECAUSE_NO_PAST);
		return;
	}
	often = fmax(frequency_lift(recent, before), 1);
	basket = fmax(basket_lift(recent, before), 1);
	scores->of[SCORE_UPSELL] = percent(1 - 1 / (often * basket));
	reason(scores, often >= 1.25, BECAUSE_MORE_ORDERS);
	reason(scores, basket >= 1.25, BECAUSE_BIGGER_ORDERS);
}

static void
score_service(const Facts *facts, double mails, Scores *scores)
{
	double each =
		mails > 0 ? fmin(mails, MAILS_MAX) / facts->history->purchases
			  : 0;

	scores->mails = each;
	scores->of[SCORE_SERVICE] = percent(each / (1 + each));
	reason(scores, each > 2, BECAUSE_MANY_MAILS);
	reason(scores, mails > 0 && each < 0.5, BECAUSE_FEW_MAILS);
}

/* By his own rhythm if that still lies ahead, else when half of those like him
 * would have ordered. */
static int32_t
next_day(const Scorer *scorer, const Facts *facts, double still_here)
{
	const History *history = facts->history;
	double own = history->last + history->usual_gap;
	double days = scorer->clv != NULL ? bgnbd_next(&scorer->scoring->model,
	                                               &facts->row, 0.5)
	                                  : facts->usual;

	if (still_here < 0.25)
		return 0;
	if (history->gaps >= PAST_MIN && own > history->as_of)
		return (int32_t)lrint(own);
	return days < 10 * YEAR ? history->as_of + (int32_t)lrint(days) + 1 : 0;
}

Scores
scorer_scores(Scorer *scorer, const History *history, double mails)
{
	Scores scores = { .method = scorer->scoring->method,
		          .recency = 1,
		          .frequency = 1,
		          .money = 1 };
	Facts facts;

	if (history->purchases == 0)
		return scores;
	facts = facts_of(scorer, history);
	scores.recency = fifth(facts.recency);
	scores.frequency = fifth(facts.frequency);
	scores.money = fifth(facts.money);
	scores.alive = facts.alive;
	scores.expected = facts.alive * facts.orders;
	scores.clv = clv(&facts);
	scores.of[SCORE_VALUE] = percent(percentiles_share(
		&scorer->scoring->worth, worth(scorer, &facts)));
	explain_value(&scores, &facts);
	score_risk(scorer, &facts, &scores);
	score_upsell(&facts, &scores);
	score_service(&facts, mails, &scores);
	scores.next =
		next_day(scorer, &facts, 1 - scores.of[SCORE_RISK] / 100.0);
	return scores;
}
