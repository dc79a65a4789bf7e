/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/special (private) - functions that libm lacks.
 *
 * Owns:    nothing.
 * Fails:   never; outside what is said of the arguments the answer is NaN.
 * Threads: any.
 */
#ifndef VALUE_SPECIAL_H
#define VALUE_SPECIAL_H

/* Derivative of log Gamma; x > 0. */
double special_digamma(double x);
/* log Gamma(x), x > 0: lgamma() without its global. */
double special_log_gamma(double x);

/*
 * (c/e) (2F1(d, e; c; z) - 1) for c > -1, 0 <= z < 1, e > -1; also where e or
 * c is 0, where it has a limit but its parts have none. Gauss's series: slow
 * as z nears 1, and without digits for d far below 0.
 */
double special_hyp2f1_slope(double d, double e, double c, double z);

/* The mean, over p from Beta(a, b), of (1 - (1 + pu)^-power) / p. */
double special_beta_mean(double a, double b, double power, double u);

#endif
