/* SPDX-License-Identifier: Apache-2.0 */
#include "value/roi.h"

#include <math.h>
#include <stdbool.h>

#define MONTHS_A_DAY (12 / 365.25)

static bool
find_missing(const RoiTerms *terms, const char **missing)
{
	const struct {
		int64_t value;
		const char *name;
	} rows[ROI_TERMS] = {
		{ terms->cost_per_hour, "report.cost_per_hour" },
		{ terms->minutes_without, "report.minutes_per_reply_without" },
		{ terms->minutes_with, "report.minutes_per_reply_with" },
		{ terms->cost_per_month, "report.cost_per_month" },
	};
	size_t n = 0;

	for (size_t i = 0; i < ROI_TERMS; i++)
		if (rows[i].value <= 0)
			missing[n++] = rows[i].name;
	return n > 0;
}

static Interval
times(Interval interval, double factor)
{
	Interval product = { interval.value * factor, interval.low * factor,
		             interval.high * factor };

	/* Drafts may cost time. */
	if (factor >= 0)
		return product;
	return (Interval){ product.value, product.high, product.low };
}

Roi
roi_of(const RoiTerms *terms, const Figure *used, double days)
{
	const Interval none = { NAN, NAN, NAN };
	Roi roi = { .hours = none, .benefit = none, .cost = NAN, .rate = none };
	double saved = (double)(terms->minutes_without - terms->minutes_with);

	if (find_missing(terms, roi.missing) || used->n == 0)
		return roi;
	roi.hours = times(used->interval, (double)used->n * saved / 60);
	roi.benefit = times(roi.hours, (double)terms->cost_per_hour);
	roi.cost = (double)terms->cost_per_month * MONTHS_A_DAY * days;
	roi.rate = times(roi.benefit, 1 / roi.cost);
	roi.rate.value -= 1;
	roi.rate.low -= 1;
	roi.rate.high -= 1;
	return roi;
}
