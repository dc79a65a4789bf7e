/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Expected orders of a customer who is alive: his rate is Gamma(r+x, alpha+T)
 * and his chance of leaving after an order Beta(a, b+x), so with
 * u = t/(alpha+T), z = u/(1+u), c = a+b+x-1
 *
 *   (c/(a-1)) [1 - (1-z)^(r+x) 2F1(r+x, b+x; c; z)]
 *
 * which is nothing over nothing where a = 1 and loses its digits near there.
 * Euler's transformation makes the bracket 1 - (1-z)^(a-1) 2F1(a+b-1-r, a-1;
 * c; z), from which a-1 can be taken out term by term.
 *
 * The modified model has b+1 where this one has b: its customer has had one
 * more chance to leave.
 */
#include "value/bgnbd.h"

#include <math.h>

#include "special.h"

#define ALTERNATING (-10.0) /* below it Euler's form loses digits */
#define FAR 50              /* above it the series is slow */
#define STEEP 20.0          /* a above it: powers that end the range */
#define NEVER 1e9

static double
leaving_b(const Bgnbd *model)
{
	return model->b + (model->modified ? 1 : 0);
}

double
bgnbd_alive(const Bgnbd *model, const Purchases *row)
{
	double chances = leaving_b(model) + row->repeats - 1;
	double power = model->r + row->repeats;

	if (row->repeats == 0 && !model->modified)
		return 1;
	return 1 / (1 + exp(log(model->a / chances) +
	                    power * log1p((row->age - row->last) /
	                                  (model->alpha + row->last))));
}

static double
euler_form(double r, double a, double c, double log_rest)
{
	double z = -expm1(log_rest), e = a - 1;
	double first = e == 0 ? log_rest : expm1(e * log_rest) / e;
	double slope = special_hyp2f1_slope(c - r, e, c, z);

	return -c * first - exp(e * log_rest) * slope;
}

double
bgnbd_orders_if_alive(const Bgnbd *model, double repeats, double age,
                      double horizon)
{
	double power = model->r + repeats, b = leaving_b(model) + repeats;
	double u = horizon / (model->alpha + age);
	double c = model->a + b - 1;
	double orders;

	if (!(u > 0))
		return 0;
	/* c - r - x: the first argument in Euler's form. */
	if (c - power < ALTERNATING || u > FAR || model->a > STEEP)
		orders = special_beta_mean(model->a, b, power, u);
	else
		orders = euler_form(power, model->a, c, -log1p(u));
	/* Never more than without leaving. */
	return isfinite(orders) ? fmin(fmax(orders, 0), power * u) : 0;
}

double
bgnbd_orders(const Bgnbd *model, const Purchases *row, double horizon)
{
	return bgnbd_alive(model, row) *
	       bgnbd_orders_if_alive(model, row->repeats, row->age, horizon);
}

double
bgnbd_next(const Bgnbd *model, const Purchases *row, double p)
{
	double power = model->r + row->repeats;

	return fmin((model->alpha + row->age) * expm1(-log1p(-p) / power),
	            NEVER);
}
