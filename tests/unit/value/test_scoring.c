/* SPDX-License-Identifier: Apache-2.0 */
#include "value/scoring.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "made.h"

#define AS_OF 20000
#define WINDOW 730
#define ORDERS_MAX 400

static const ScoringOptions options = { AS_OF, WINDOW, 12, 0.1, 500, 365 };

/* A customer of the model's making, as orders. */
static size_t
made_orders(GRand *rand, Order *orders)
{
	double rate = made_gamma(rand, 0.8, 40), left = 0;
	double leave = g_rand_double(rand) / 3, mean = 0;
	double now = AS_OF - 1000 + g_rand_int_range(rand, 0, 500);
	size_t n = 0;

	mean = 3000 * made_gamma(rand, 4, 4);
	while (now <= AS_OF && n < ORDERS_MAX && left == 0) {
		orders[n].day = (int32_t)now;
		orders[n++].cents =
			1 + (int64_t)(mean * made_gamma(rand, 6, 6));
		now -= log(1 - g_rand_double(rand)) / rate;
		left = g_rand_double(rand) < leave;
	}
	return n;
}

static void
learn(size_t customers, Scoring *scoring)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	g_autoptr(Census) census = census_new(&options);
	g_autoptr(Ranks) ranks = ranks_new();
	g_autoptr(Scorer) scorer = NULL;
	Order orders[ORDERS_MAX];

	for (size_t i = 0; i < customers; i++) {
		size_t n = made_orders(rand, orders);

		census_add(census, orders, n);
	}
	census_learn(census, scoring);
	scorer = scorer_new(scoring);
	g_rand_set_seed(rand, 3);
	for (size_t i = 0; i < customers; i++) {
		size_t n = made_orders(rand, orders);
		History history = history_of(orders, n, AS_OF, WINDOW);

		ranks_add(ranks, scorer_worth(scorer, &history));
	}
	scoring->worth = ranks_percentiles(ranks);
}

static void
test_learned(void)
{
	Scoring scoring;

	learn(5000, &scoring);
	g_assert_cmpint(scoring.method, ==, SCORE_MODEL);
	g_assert_cmpfloat(scoring.customers, ==, 5000);
	g_test_message("r %g alpha %g a %g b %g; p %g q %g gamma %g; %d days "
	               "held out: expected %g, happened %g",
	               scoring.model.r, scoring.model.alpha, scoring.model.a,
	               scoring.model.b, scoring.amounts.p, scoring.amounts.q,
	               scoring.amounts.gamma, scoring.holdout.days,
	               scoring.holdout.expected, scoring.holdout.actual);
	g_assert_cmpfloat_with_epsilon(
		scoring.holdout.expected / scoring.holdout.actual, 1, 0.1);
	/* Half of all are above the middle. */
	g_assert_cmpfloat_with_epsilon(
		percentiles_share(&scoring.worth, scoring.worth.at[50]), 0.5,
		0.02);
}

static void
test_too_few(void)
{
	ScoringOptions brief = options;
	g_autoptr(Census) census = NULL;
	Scoring scoring;

	learn(400, &scoring);
	g_assert_cmpint(scoring.method, ==, SCORE_RFM);
	g_assert_cmpint(scoring.orders, ==, FIT_FEW_CUSTOMERS);
	brief.span_min = 2000;
	census = census_new(&brief);
	for (int i = 0; i < 1000; i++) {
		Order order = { AS_OF - 10, 100 };

		census_add(census, &order, 1);
	}
	census_learn(census, &scoring);
	g_assert_cmpint(scoring.orders, ==, FIT_SHORT);
	g_assert_cmpint(scoring.method, ==, SCORE_RFM);
}

static void
test_nothing(void)
{
	g_autoptr(Census) census = census_new(&options);
	g_autoptr(Scorer) scorer = NULL;
	History none = { .as_of = AS_OF };
	Scoring scoring;
	Scores scores;

	census_learn(census, &scoring);
	g_assert_cmpint(scoring.orders, ==, FIT_FEW_CUSTOMERS);
	scorer = scorer_new(&scoring);
	scores = scorer_scores(scorer, &none, 3);
	g_assert_cmpint(scores.of[SCORE_VALUE], ==, 0);
	g_assert_cmpfloat(scorer_worth(scorer, &none), ==, 0);
}

static void
assert_sane(const Scores *scores)
{
	for (int i = 0; i < SCORE_N; i++) {
		g_assert_cmpint(scores->of[i], >=, 0);
		g_assert_cmpint(scores->of[i], <=, 100);
	}
	g_assert_true(scores->alive >= 0 && scores->alive <= 1);
	g_assert_true(isfinite(scores->expected) && scores->expected >= 0);
	g_assert_true(isfinite(scores->clv) && scores->clv >= 0);
	g_assert_true(isfinite(scores->mails) && scores->mails >= 0);
	g_assert_true(scores->recency >= 1 && scores->recency <= 5);
	g_assert_true(scores->frequency >= 1 && scores->frequency <= 5);
	g_assert_true(scores->money >= 1 && scores->money <= 5);
	g_assert_true(scores->next == 0 || scores->next >= AS_OF);
}

/* Whatever the orders are: scores within bounds, no NaN, no overflow. */
static void
hostile(Scorer *scorer, Census *census)
{
	static const int64_t cents[] = {
		0, -1, 1, G_MAXINT64, G_MININT64, 999
	};
	static const int32_t days[] = { 0,         -1,         AS_OF,
		                        AS_OF + 1, G_MAXINT32, G_MININT32,
		                        AS_OF - 3, 1 };
	static const double mails[] = { 0, -5, NAN, INFINITY, 1e300 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(9);
	Order orders[ORDERS_MAX];

	for (int round = 0; round < 3000; round++) {
		size_t n = (size_t)g_rand_int_range(rand, 0, 20);
		History history;
		Scores scores;

		for (size_t i = 0; i < n; i++) {
			orders[i].day = days[g_rand_int_range(rand, 0, 8)];
			orders[i].cents = cents[g_rand_int_range(rand, 0, 6)];
		}
		if (round % 2 == 0) {
			census_add(census, orders, n);
			continue;
		}
		history = history_of(orders, n, AS_OF, WINDOW);
		scores = scorer_scores(scorer, &history,
		                       mails[g_rand_int_range(rand, 0, 5)]);
		assert_sane(&scores);
		g_assert_true(isfinite(scorer_worth(scorer, &history)));
	}
}

static void
test_hostile(void)
{
	static const size_t customers[] = { 0, 400, 5000 };

	for (size_t i = 0; i < G_N_ELEMENTS(customers); i++) {
		Scoring scoring, again;
		g_autoptr(Census) census = census_new(&options);
		g_autoptr(Scorer) scorer = NULL;
		g_autoptr(Scorer) scorer_again = NULL;

		learn(customers[i], &scoring);
		scorer = scorer_new(&scoring);
		hostile(scorer, census);
		/* What such customers teach is sane too. */
		census_learn(census, &again);
		g_test_message("%s: %s, %s", score_method_name(again.method),
		               fit_code(again.orders), fit_code(again.money));
		scorer_again = scorer_new(&again);
		hostile(scorer_again, census);
	}
}

static Scores
scores_of(Scorer *scorer, const int *days, size_t n, int64_t cents,
          double mails)
{
	Order orders[32];
	History history;

	for (size_t i = 0; i < n; i++)
		orders[i] = (Order){ AS_OF - days[i], cents };
	history = history_of(orders, n, AS_OF, WINDOW);
	return scorer_scores(scorer, &history, mails);
}

static void
test_monotone(void)
{
	static const size_t customers[] = { 400, 5000 };

	for (size_t i = 0; i < G_N_ELEMENTS(customers); i++) {
		Scoring scoring;
		g_autoptr(Scorer) scorer = NULL;
		Scores before = { .of = { 0 } };
		double next_clv = 0;

		learn(customers[i], &scoring);
		scorer = scorer_new(&scoring);
		for (int silence = 0; silence < 600; silence += 20) {
			int days[] = { silence, silence + 30, silence + 61,
				       silence + 90 };
			Scores now = scores_of(scorer, days, 4, 5000, 1);

			g_assert_cmpint(now.of[SCORE_RISK], >=,
			                before.of[SCORE_RISK]);
			before = now;
		}
		g_assert_cmpint(before.of[SCORE_RISK], >, 90);
		for (int64_t cents = 1; cents < 100000000; cents *= 3) {
			static const int days[] = { 10, 50, 100 };
			Scores now = scores_of(scorer, days, 3, cents, 1);

			g_assert_cmpfloat(now.clv, >=, next_clv);
			next_clv = now.clv;
		}
		before.of[SCORE_SERVICE] = 0;
		for (int mails = 0; mails < 40; mails++) {
			static const int days[] = { 10, 50, 100 };
			Scores now = scores_of(scorer, days, 3, 100, mails);

			g_assert_cmpint(now.of[SCORE_SERVICE], >=,
			                before.of[SCORE_SERVICE]);
			before = now;
		}
		g_assert_cmpint(before.of[SCORE_SERVICE], >, 90);
	}
}

static bool
has(const Scores *scores, ValueReason reason)
{
	return (scores->reasons & 1u << reason) != 0;
}

static void
test_reasons(void)
{
	static const int steady[] = { 20,  50,  80,  110, 140, 170,
		                      200, 230, 260, 290, 320, 350 };
	static const int silent[] = { 200, 230, 260, 290, 320, 350 };
	static const int yearly[] = { 300, 660, 1025 };
	static const int rising[] = { 5,  15, 25, 35,  45,  55, 65,
		                      75, 85, 95, 250, 400, 550 };
	static const int once[] = { 900 };
	Scoring scoring;
	g_autoptr(Scorer) scorer = NULL;
	Scores scores;

	learn(5000, &scoring);
	scorer = scorer_new(&scoring);
	scores = scores_of(scorer, steady, 12, 900000, 0);
	g_assert_true(has(&scores, BECAUSE_IN_RHYTHM));
	g_assert_true(has(&scores, BECAUSE_ORDERS_OFTEN));
	g_assert_true(has(&scores, BECAUSE_SPENDS_MUCH));
	g_assert_cmpint(scores.of[SCORE_VALUE], >, 90);
	g_assert_cmpint(scores.of[SCORE_RISK], <, 30);
	g_assert_cmpint(scores.next, ==, AS_OF + 10);
	scores = scores_of(scorer, silent, 6, 5000, 0);
	g_assert_true(has(&scores, BECAUSE_SILENT));
	g_assert_true(has(&scores, BECAUSE_FEWER_ORDERS));
	g_assert_cmpint(scores.of[SCORE_RISK], >, 70);
	/* Ten months without an order, as every year: nothing to worry about,
	 * though others with such a silence have left. */
	scores = scores_of(scorer, yearly, 3, 5000, 0);
	g_assert_true(has(&scores, BECAUSE_IN_RHYTHM));
	g_assert_false(has(&scores, BECAUSE_SILENT));
	g_assert_cmpint(scores.of[SCORE_RISK], <, 50);
	scores = scores_of(scorer, rising, 13, 5000, 50);
	g_assert_true(has(&scores, BECAUSE_MORE_ORDERS));
	g_assert_false(has(&scores, BECAUSE_BIGGER_ORDERS));
	g_assert_true(has(&scores, BECAUSE_MANY_MAILS));
	g_assert_cmpint(scores.of[SCORE_UPSELL], >, 50);
	scores = scores_of(scorer, once, 1, 5, 0);
	g_assert_true(has(&scores, BECAUSE_ONE_ORDER));
	g_assert_true(has(&scores, BECAUSE_NOT_IN_WINDOW));
	g_assert_true(has(&scores, BECAUSE_NO_PAST));
	g_assert_cmpint(scores.of[SCORE_VALUE], <, 30);
	for (ValueReason i = 0; i < BECAUSE_N; i++) {
		g_assert_cmpuint(strlen(value_reason_code(i)), >, 3);
		g_assert_cmpuint(strlen(value_reason_words(i)), >, 10);
		g_assert_nonnull(score_kind_name(value_reason_kind(i)));
	}
}

static void
test_text(void)
{
	static const size_t customers[] = { 0, 5000 };

	for (size_t i = 0; i < G_N_ELEMENTS(customers); i++) {
		static const int days[] = { 20, 50, 200 };
		Scoring scoring, again;
		g_autoptr(Scorer) a = NULL;
		g_autoptr(Scorer) b = NULL;
		g_autofree char *text = NULL;
		Scores x, y;

		learn(customers[i], &scoring);
		text = scoring_to_text(&scoring);
		g_assert_true(scoring_from_text(text, &again));
		a = scorer_new(&scoring);
		b = scorer_new(&again);
		x = scores_of(a, days, 3, 4711, 2);
		y = scores_of(b, days, 3, 4711, 2);
		g_assert_cmpmem(x.of, sizeof(x.of), y.of, sizeof(y.of));
		g_assert_cmpfloat(x.clv, ==, y.clv);
		g_assert_cmpuint(x.reasons, ==, y.reasons);
		/* Cut anywhere, or with a letter in it, it is none. */
		for (size_t at = 0; at < strlen(text); at += 7) {
			g_autofree char *cut = g_strndup(text, at);
			char was = text[at];

			g_assert_false(scoring_from_text(cut, &again));
			text[at] = 'x';
			g_assert_false(scoring_from_text(text, &again));
			text[at] = was;
		}
	}
}

static void
test_history(void)
{
	Order orders[] = { { 100, 500 },  { 100, 300 }, { 160, 200 },
		           { 130, -400 }, { 120, 0 },   { 9999, 77 },
		           { 102, 1000 }, { -4, 50 } };
	History history = history_of(orders, 8, 200, 90);
	History then;
	Purchases row = history_purchases(&history);

	g_assert_cmpuint(history.purchases, ==, 3);
	g_assert_cmpint(history.first, ==, 100);
	g_assert_cmpint(history.last, ==, 160);
	g_assert_cmpfloat_with_epsilon(history.cents, 1600, 1e-9);
	g_assert_cmpfloat_with_epsilon(history.repeats_cents, 960, 1e-9);
	g_assert_cmpuint(history.window.purchases, ==, 1);
	g_assert_cmpfloat(history.usual_gap, ==, 58);
	g_assert_cmpfloat(row.repeats, ==, 2);
	g_assert_cmpfloat(row.last, ==, 60);
	g_assert_cmpfloat(row.age, ==, 100);
	g_assert_cmpfloat_with_epsilon(row.mean, 480, 1e-9);
	then = history_of(orders, 8, 150, 90);
	g_assert_cmpuint(then.purchases, ==, 2);
}

static void
test_ranks(void)
{
	g_autoptr(Ranks) ranks = ranks_new();
	Percentiles table;
	double before = 1;

	g_assert_cmpfloat(ranks_above(ranks, 5), ==, 0.5);
	g_assert_cmpfloat(ranks_quantile(ranks, 0.5), ==, 0);
	for (int i = 1; i <= 100000; i++)
		ranks_add(ranks, i);
	for (double q = 0.01; q < 1; q += 0.01)
		g_assert_cmpfloat_with_epsilon(
			ranks_quantile(ranks, q) / (q * 1e5), 1, 0.02);
	table = ranks_percentiles(ranks);
	for (double value = 0; value < 2e5; value += 500) {
		double above = ranks_above(ranks, value);

		g_assert_cmpfloat(above, <=, before);
		g_assert_cmpfloat_with_epsilon(above, 1 - fmin(value / 1e5, 1),
		                               0.01);
		g_assert_cmpfloat_with_epsilon(percentiles_share(&table, value),
		                               1 - above, 0.02);
		before = above;
	}
	ranks_add(ranks, NAN);
	ranks_add(ranks, -7);
	ranks_add(ranks, INFINITY);
	g_assert_cmpfloat(ranks_above(ranks, INFINITY), <, 1e-5);
	g_assert_cmpfloat(ranks_above(ranks, -1), >, 1 - 1e-4);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ranks/shares", test_ranks);
	g_test_add_func("/history/numbers", test_history);
	g_test_add_func("/scoring/learned", test_learned);
	g_test_add_func("/scoring/too-few", test_too_few);
	g_test_add_func("/scoring/nothing", test_nothing);
	g_test_add_func("/scoring/hostile", test_hostile);
	g_test_add_func("/scoring/monotone", test_monotone);
	g_test_add_func("/scoring/reasons", test_reasons);
	g_test_add_func("/scoring/text", test_text);
	return g_test_run();
}
