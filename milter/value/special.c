/* SPDX-License-Identifier: Apache-2.0 */
#include "special.h"

#include <float.h>
#include <math.h>

#define TERMS_MAX 20000
#define PANELS 64
#define VANISHED 40 /* exp(-40) of the peak */

/* Recurrence up to where the asymptotic series (Abramowitz and Stegun 6.3.18)
 * has all the digits of a double. */
double
special_digamma(double x)
{
	double sum = 0, inverse, square;

	if (!(x > 0))
		return NAN;
	while (x < 10) {
		sum -= 1 / x;
		x += 1;
	}
	inverse = 1 / x;
	square = inverse * inverse;
	return sum + log(x) - inverse / 2 -
	       square * (1.0 / 12 -
	                 square * (1.0 / 120 -
	                           square * (1.0 / 252 -
	                                     square * (1.0 / 240 -
	                                               square / 132))));
}

double
special_log_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

double
special_hyp2f1_slope(double d, double e, double c, double z)
{
	double term = d * z, sum = d * z;

	if (!(c > -1 && e > -1 && z >= 0 && z < 1))
		return NAN;
	for (int n = 1; n < TERMS_MAX; n++) {
		double factor = (d + n) * (e + n) / ((c + n) * (n + 1)) * z;

		term *= factor;
		sum += term;
		if (fabs(factor) < 1 &&
		    fabs(term) <=
		            fabs(sum) * (1 - fabs(factor)) * DBL_EPSILON / 4)
			break;
	}
	return sum;
}

/* Beta(a, b) as a density of w, p = 1/(1 + exp(-w)), in which it is concave
 * however near 0 or 1 its mass lies. Not normalised. */
typedef struct Beta {
	double a, b;
	double log_top; /* at its peak */
} Beta;

static double
log_density(const Beta *beta, double w)
{
	/* log p and log (1 - p) */
	double log_p = w < 0 ? w - log1p(exp(w)) : -log1p(exp(-w));
	double log_q = log_p - w;

	return beta->a * log_p + beta->b * log_q - beta->log_top;
}

/* From `peak` towards `far`: where the density has all but vanished. */
static double
edge(const Beta *beta, double peak, double far)
{
	double near = peak;

	if (log_density(beta, far) > -VANISHED)
		return far;
	for (int i = 0; i < 60; i++) {
		double middle = (near + far) / 2;

		if (log_density(beta, middle) > -VANISHED)
			near = middle;
		else
			far = middle;
	}
	return far;
}

static double
chance(double p, double power, double u)
{
	return -expm1(-power * log1p(p * u)) / p;
}

/*
 * Beyond `low` and `high` what is averaged no longer changes, so the mass there
 * is taken in one piece; between them panels of Gauss and Legendre, whose error
 * is that of rounding. Divided by the mass found the same way.
 */
double
special_beta_mean(double a, double b, double power, double u)
{
	static const double at[] = { 0.1834346424956498, 0.5255324099163290,
		                     0.7966664774136267, 0.9602898564975363 };
	static const double weights[] = { 0.3626837833783620,
		                          0.3137066458778873,
		                          0.2223810344533745,
		                          0.1012285362903763 };
	Beta beta = { a, b, 0 };
	double peak = log(a / b);
	double low, high, half, mass, sum;

	beta.log_top = log_density(&beta, peak);
	low = edge(&beta, peak,
	           fmin(peak, 0) - log(1e10 * fmax(1, fmax(u * power, b))));
	high = edge(&beta, peak,
	            fmax(peak, 0) + log(1e10 * fmax(1, fmax(power, a))));
	half = (high - low) / (2 * PANELS);
	mass = exp(log_density(&beta, low)) / a;
	sum = mass * power * u;
	mass += exp(log_density(&beta, high)) / b;
	sum += exp(log_density(&beta, high)) / b * chance(1, power, u);
	for (int i = 0; i < PANELS * 8; i++) {
		double x = i & 1 ? at[i % 8 / 2] : -at[i % 8 / 2];
		int panel = i / 8;
		double w = low + half * (2 * panel + 1 + x);
		double part =
			half * weights[i % 8 / 2] * exp(log_density(&beta, w));

		mass += part;
		sum += part * chance(1 / (1 + exp(-w)), power, u);
	}
	return sum / mass;
}
