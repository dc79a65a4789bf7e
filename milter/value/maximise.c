/* SPDX-License-Identifier: Apache-2.0 */
/*
 * L-BFGS with exact derivatives takes some thirty steps. It gives up where
 * rounding spoils its line search, often at the maximum itself; Nelder-Mead,
 * which needs no derivatives, then has the last word.
 */
#include "maximise.h"

#include <math.h>
#include <nlopt.h>
#include <stdbool.h>
#include <string.h>

#define EVALUATIONS_MAX 600
#define EDGE 12.0 /* of a logarithm: a factor of 160,000 */
#define SANE 9.0  /* beyond it the data do not tell the parameter */
#define FLAT 1e-5 /* derivatives of a mean at its maximum */

typedef struct Problem {
	Likelihood *likelihood;
	const void *data;
	double penalty;
	unsigned evaluations;
} Problem;

/* NLopt's form: what is to be made small. */
static double
objective(unsigned n, const double *theta, double *gradient, void *data)
{
	Problem *problem = data;
	double slope[MAXIMISE_N] = { 0 };
	double value = -problem->likelihood(theta, slope, problem->data);

	problem->evaluations++;
	for (unsigned i = 0; i < n; i++) {
		value += problem->penalty * theta[i] * theta[i];
		if (gradient != NULL)
			gradient[i] =
				2 * problem->penalty * theta[i] - slope[i];
	}
	return isfinite(value) ? value : HUGE_VAL;
}

static bool
run(nlopt_algorithm algorithm, Problem *problem, unsigned n, double *theta)
{
	nlopt_opt opt = nlopt_create(algorithm, n);
	double value;
	nlopt_result result;

	if (opt == NULL)
		return false;
	nlopt_set_min_objective(opt, objective, problem);
	nlopt_set_lower_bounds1(opt, -EDGE);
	nlopt_set_upper_bounds1(opt, EDGE);
	nlopt_set_ftol_rel(opt, 1e-14);
	nlopt_set_xtol_rel(opt, 1e-9);
	nlopt_set_maxeval(opt, EVALUATIONS_MAX);
	result = nlopt_optimize(opt, theta, &value);
	nlopt_destroy(opt);
	return result > 0 && result != NLOPT_MAXEVAL_REACHED;
}

typedef enum Landing {
	LANDED,  /* at a maximum */
	AT_EDGE, /* a parameter ran away: the data do not hold it */
	ASTRAY,
} Landing;

static Landing
judge(Problem *problem, unsigned n, const double *theta)
{
	double gradient[MAXIMISE_N];
	double value = objective(n, theta, gradient, problem);
	Landing landing = LANDED;

	if (!isfinite(value))
		return ASTRAY;
	for (unsigned i = 0; i < n; i++) {
		if (!(fabs(theta[i]) < SANE))
			return AT_EDGE;
		if (!(fabs(gradient[i]) < FLAT))
			landing = ASTRAY;
	}
	return landing;
}

static bool
try(Problem *problem, const Maximum *start, double *theta)
{
	Landing landing;

	memcpy(theta, start->theta, sizeof(start->theta));
	(void)run(NLOPT_LD_LBFGS, problem, start->n, theta);
	landing = judge(problem, start->n, theta);
	if (landing != ASTRAY)
		return landing == LANDED;
	for (unsigned i = 0; i < start->n; i++)
		if (!isfinite(theta[i]))
			theta[i] = start->theta[i];
	return run(NLOPT_LN_NELDERMEAD, problem, start->n, theta) &&
	       judge(problem, start->n, theta) == LANDED;
}

FitVerdict
maximise(Likelihood *likelihood, const void *data, Maximum *in_out_maximum)
{
	static const double penalties[] = { 0,    1e-6, 1e-5, 1e-4,
		                            1e-3, 1e-2, 1e-1, 1 };
	Problem problem = { likelihood, data, 0, 0 };
	double theta[MAXIMISE_N] = { 0 };

	for (unsigned i = 0; i < sizeof(penalties) / sizeof(penalties[0]);
	     i++) {
		problem.penalty = penalties[i];
		if (!try(&problem, in_out_maximum, theta))
			continue;
		memcpy(in_out_maximum->theta, theta, sizeof(theta));
		in_out_maximum->penalty = penalties[i];
		in_out_maximum->evaluations = problem.evaluations;
		return FIT_FINE;
	}
	return FIT_FAILED;
}
