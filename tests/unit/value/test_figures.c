/* SPDX-License-Identifier: Apache-2.0 */
/* A week of facts small enough to count on the fingers. */
#include <glib.h>
#include <math.h>

#include "value/figures.h"
#include "value/roi.h"

/* mailbox, thread, at, response, business, arm, first, last, again, enough */
static const AnswerFact answers[] = {
	{ 0, 1, 10, 600, 60, ARM_WITH, true, false, false, 1, { 0, 0 } },
	{ 0, 2, 20, 1200, 120, ARM_WITH, true, false, true, 0, { 0, 1 } },
	{ 1, 3, 30, 1800, 180, ARM_WITHOUT, true, false, false, 1, { 2, 2 } },
	{ 0, 2, 40, 2400, 240, ARM_WITH, false, false, true, 1, { 0, 2 } },
	{ 0, 2, 50, -1, -1, ARM_WITH, false, false, true, 1, { 0, 2 } },
	{ 1, 4, 60, 3000, -1, ARM_WITHOUT, true, false, true, -1, { 2, 0 } },
	{ 1, 0, 70, 3600, 360, ARM_NONE, true, false, true, 0, { 1, 1 } },
	{ 0, 5, 80, 4200, 420, ARM_NONE, true, false, true, 1, { -1, 2 } },
};

static const DraftFact drafts[] = {
	{ 0, 11, ENDING_AS_IS, 0 },       { 0, 21, ENDING_EDITED, 250 },
	{ 0, 41, ENDING_REWRITTEN, 900 }, { 1, 42, ENDING_UNUSED, 1000 },
	{ 1, 43, ENDING_EDITED, -1 },
};

static Figures
count(int64_t from, int64_t upto, unsigned mailbox, Arm arm)
{
	AnswerFact copy[G_N_ELEMENTS(answers)];
	const Facts facts = { copy, G_N_ELEMENTS(answers), drafts,
		              G_N_ELEMENTS(drafts) };
	const FigureScope scope = { from, upto, mailbox, arm };
	Figures figures;

	memcpy(copy, answers, sizeof(copy));
	figures_mark_last(copy, G_N_ELEMENTS(copy));
	figures_of(&facts, &scope, &figures);
	return figures;
}

static void
is_share(const Figures *figures, FigureId id, int64_t hit, int64_t of)
{
	const Figure *figure = &figures->figure[id];

	g_test_message("%s", figure_rows[id].name);
	g_assert_cmpint(figure->hit, ==, hit);
	g_assert_cmpint(figure->n, ==, of);
}

static void
is_median(const Figures *figures, FigureId id, double value, int64_t n)
{
	const Figure *figure = &figures->figure[id];

	g_test_message("%s", figure_rows[id].name);
	g_assert_cmpfloat(figure->interval.value, ==, value);
	g_assert_cmpint(figure->n, ==, n);
	g_assert_cmpint(figure->hit, ==, -1);
}

static void
test_all(void)
{
	Figures figures = count(0, 100, MAILBOX_ANY, ARM_ANY);

	g_assert_cmpint(figures.answers, ==, 8);
	g_assert_cmpint(figures.drafts, ==, 5);
	/* The answer that answers nothing has no time. */
	is_median(&figures, FIGURE_response, 2400, 7);
	is_median(&figures, FIGURE_business, 210, 6);
	is_share(&figures, FIGURE_resolved, 3, 5);
	is_share(&figures, FIGURE_followed, 2, 6);
	is_share(&figures, FIGURE_used, 3, 5);
	is_share(&figures, FIGURE_as_is, 1, 5);
	is_share(&figures, FIGURE_edited, 2, 5);
	is_share(&figures, FIGURE_rewritten, 1, 5);
	is_share(&figures, FIGURE_unused, 1, 5);
	is_median(&figures, FIGURE_distance, 0.25, 3);
	/* One a conversation: 2 up, 4 down, the nameless one the same. */
	is_share(&figures, FIGURE_mood_better, 1, 3);
	is_share(&figures, FIGURE_mood_worse, 1, 3);
}

static void
test_scope(void)
{
	Figures figures = count(20, 60, MAILBOX_ANY, ARM_ANY);

	g_assert_cmpint(figures.answers, ==, 4);
	g_assert_cmpint(figures.drafts, ==, 4);
	is_median(&figures, FIGURE_response, 1800, 3);
	figures = count(0, 100, 1, ARM_ANY);
	g_assert_cmpint(figures.answers, ==, 3);
	is_share(&figures, FIGURE_used, 1, 2);
	figures = count(0, 100, MAILBOX_ANY, ARM_WITHOUT);
	g_assert_cmpint(figures.answers, ==, 2);
	is_share(&figures, FIGURE_resolved, 1, 1);
	figures = count(81, 81, MAILBOX_ANY, ARM_ANY);
	g_assert_cmpint(figures.answers, ==, 0);
	g_assert_true(isnan(figures.figure[FIGURE_response].interval.value));
	g_assert_true(isnan(figures.figure[FIGURE_used].interval.value));
}

static Figure
share(int64_t hit, int64_t of)
{
	return (Figure){ interval_of_share(hit, of), of, hit };
}

static Figure
median(double value, double low, double high)
{
	return (Figure){ { value, low, high }, 30, -1 };
}

static void
test_trend(void)
{
	const Figure none = share(0, 0);
	const struct {
		Figure now, before;
		Shift wanted;
	} rows[] = {
		{ share(56, 70), share(48, 80), SHIFT_UP },
		{ share(48, 80), share(56, 70), SHIFT_DOWN },
		{ share(5, 56), share(0, 29), SHIFT_UNCLEAR },
		{ share(5, 56), none, SHIFT_UNKNOWN },
		{ none, share(5, 56), SHIFT_UNKNOWN },
		{ median(9, 8, 10), median(5, 4, 6), SHIFT_UP },
		{ median(5, 4, 6), median(9, 8, 10), SHIFT_DOWN },
		{ median(5, 4, 9), median(9, 8, 10), SHIFT_UNCLEAR },
		{ median(5, NAN, NAN), median(9, 8, 10), SHIFT_UNCLEAR },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("row %zu", i);
		g_assert_cmpint(figure_shift(&rows[i].now, &rows[i].before), ==,
		                rows[i].wanted);
	}
}

/*
 * 60 of 80 used, 10 minutes instead of 4, at 300 an hour, 500 a month, 30.4375
 * days (a month): 60 * 6 / 60 = 6 hours, 1800, a cost of 500, ROI 2.6. Wilson
 * of 60/80 is 0.6452 to 0.8319: 5.1616 to 6.6552 hours.
 */
static void
test_roi(void)
{
	const RoiTerms terms = { 300, 10, 4, 500 };
	Figure used = share(60, 80);
	Roi roi = roi_of(&terms, &used, 30.4375);

	g_assert_null(roi.missing[0]);
	g_assert_cmpfloat_with_epsilon(roi.hours.value, 6, 1e-9);
	g_assert_cmpfloat_with_epsilon(roi.hours.low, 5.1616, 0.001);
	g_assert_cmpfloat_with_epsilon(roi.hours.high, 6.6552, 0.001);
	g_assert_cmpfloat_with_epsilon(roi.benefit.value, 1800, 1e-9);
	g_assert_cmpfloat_with_epsilon(roi.cost, 500, 1e-9);
	g_assert_cmpfloat_with_epsilon(roi.rate.value, 2.6, 1e-9);
	g_assert_cmpfloat(roi.rate.low, <, roi.rate.value);
	g_assert_cmpfloat(roi.rate.high, >, roi.rate.value);
}

/* Drafts that cost more time than they save: a loss, in the right order. */
static void
test_roi_loss(void)
{
	const RoiTerms terms = { 300, 4, 10, 500 };
	Figure used = share(60, 80);
	Roi roi = roi_of(&terms, &used, 30.4375);

	g_assert_cmpfloat_with_epsilon(roi.hours.value, -6, 1e-9);
	g_assert_cmpfloat_with_epsilon(roi.rate.value, -4.6, 1e-9);
	g_assert_cmpfloat(roi.hours.low, <, roi.hours.high);
	g_assert_cmpfloat(roi.rate.low, <, roi.rate.high);
}

static void
test_roi_missing(void)
{
	const RoiTerms terms = { 300, 0, 4, 0 };
	Figure used = share(60, 80);
	Roi roi = roi_of(&terms, &used, 30);

	g_assert_cmpstr(roi.missing[0], ==, "report.minutes_per_reply_without");
	g_assert_cmpstr(roi.missing[1], ==, "report.cost_per_month");
	g_assert_null(roi.missing[2]);
	g_assert_true(isnan(roi.rate.value));
	used = share(0, 0);
	roi = roi_of(&(const RoiTerms){ 300, 10, 4, 500 }, &used, 30);
	g_assert_null(roi.missing[0]);
	g_assert_true(isnan(roi.rate.value));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/figures/all", test_all);
	g_test_add_func("/figures/scope", test_scope);
	g_test_add_func("/figures/trend", test_trend);
	g_test_add_func("/roi/hand", test_roi);
	g_test_add_func("/roi/loss", test_roi_loss);
	g_test_add_func("/roi/missing", test_roi_missing);
	return g_test_run();
}
