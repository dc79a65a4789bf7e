/* SPDX-License-Identifier: Apache-2.0 */
#include "value/clv.h"

#include <math.h>

#define YEAR 12
#define KEPT_MAX 1000000 /* answers; beyond, all are reckoned anew */

struct Clv {
	Bgnbd model;
	double month;
	unsigned months;
	double discount; /* of a month: 1/(1+d) */
	GHashTable *kept;
};

typedef struct Answer {
	double repeats, age; /* the key */
	double discounted, year;
} Answer;

static guint
hash(gconstpointer key)
{
	const Answer *answer = key;

	return g_double_hash(&answer->age) * 31u +
	       g_double_hash(&answer->repeats);
}

static gboolean
equal(gconstpointer left, gconstpointer right)
{
	const Answer *a = left, *b = right;

	return a->repeats == b->repeats && a->age == b->age;
}

Clv *
clv_new(const Bgnbd *model, double month, unsigned months, double discount)
{
	Clv *clv = g_new(Clv, 1);

	*clv = (Clv){ *model, month, months, pow(1 + discount, -1.0 / YEAR),
		      g_hash_table_new_full(hash, equal, NULL, g_free) };
	return clv;
}

void
clv_free(Clv *clv)
{
	if (clv == NULL)
		return;
	g_hash_table_unref(clv->kept);
	g_free(clv);
}

static void
reckon(const Clv *clv, Answer *answer)
{
	double before = 0, factor = 1;

	for (unsigned month = 1; month <= MAX(clv->months, YEAR); month++) {
		double until =
			bgnbd_orders_if_alive(&clv->model, answer->repeats,
		                              answer->age, month * clv->month);

		factor *= clv->discount;
		if (month <= clv->months)
			answer->discounted += (until - before) * factor;
		before = until;
		if (month == YEAR)
			answer->year = until;
	}
}

static const Answer *
ask(Clv *clv, double repeats, double age)
{
	Answer key = { repeats, age, 0, 0 };
	Answer *answer = g_hash_table_lookup(clv->kept, &key);

	if (answer != NULL)
		return answer;
	if (g_hash_table_size(clv->kept) >= KEPT_MAX)
		g_hash_table_remove_all(clv->kept);
	answer = g_memdup2(&key, sizeof(key));
	reckon(clv, answer);
	g_hash_table_add(clv->kept, answer);
	return answer;
}

double
clv_discounted_orders(Clv *clv, double repeats, double age)
{
	return ask(clv, repeats, age)->discounted;
}

double
clv_orders_of_year(Clv *clv, double repeats, double age)
{
	return ask(clv, repeats, age)->year;
}
