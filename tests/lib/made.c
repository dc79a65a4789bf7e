/* SPDX-License-Identifier: Apache-2.0 */
#include "made.h"

#include <math.h>

static double
normal(GRand *rand)
{
	double u = 1 - g_rand_double(rand), v = g_rand_double(rand);

	return sqrt(-2 * log(u)) * cos(2 * G_PI * v);
}

/* Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363-372. */
double
made_gamma(GRand *rand, double shape, double rate)
{
	double boost = shape < 1 ? pow(1 - g_rand_double(rand), 1 / shape) : 1;
	double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
	double c = 1 / sqrt(9 * d);

	for (;;) {
		double x = normal(rand), v = 1 + c * x;
		double u = 1 - g_rand_double(rand);

		if (v <= 0)
			continue;
		v = v * v * v;
		if (log(u) < x * x / 2 + d - d * v + d * log(v))
			return boost * d * v / rate;
	}
}

static double
beta(GRand *rand, double a, double b)
{
	double x = made_gamma(rand, a, 1), y = made_gamma(rand, b, 1);

	return x / (x + y);
}

Purchases *
made_purchases(const Bgnbd *truth, size_t n, double age, guint32 seed)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	Purchases *rows = g_new0(Purchases, n);

	for (size_t i = 0; i < n; i++) {
		double rate = made_gamma(rand, truth->r, truth->alpha);
		double leave = beta(rand, truth->a, truth->b), now = 0;

		rows[i].age = age * (1 - g_rand_double(rand) / 3);
		rows[i].weight = 1;
		for (;;) {
			now -= log(1 - g_rand_double(rand)) / rate;
			if (!(now <= rows[i].age))
				break;
			rows[i].repeats++;
			rows[i].last = now;
			if (g_rand_double(rand) < leave)
				break;
		}
	}
	return rows;
}
