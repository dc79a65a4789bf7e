/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The published numbers of the CDNOW customers. Their orders are not ours to
 * keep here: TACT_DATA names the folder that has them.
 */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "value/bgnbd.h"
#include "value/gammagamma.h"

#define CUSTOMERS 23570
#define END 39 /* weeks that are fitted */

typedef struct History {
	Purchases seen[CUSTOMERS + 1];
	double first[CUSTOMERS + 1]; /* in weeks of 1997 and 1998 */
	double at[CUSTOMERS + 1];    /* of the last purchase, any */
	double later[CUSTOMERS + 1]; /* purchases in the 39 weeks after */
	double spent[CUSTOMERS + 1]; /* on repeats */
	size_t n;
} History;

static char *
data_file(const char *name)
{
	const char *data = g_getenv("TACT_DATA");
	char *path = data != NULL ? g_build_filename(data, "value", name, NULL)
	                          : NULL;

	if (path != NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return path;
	g_test_skip("TACT_DATA names no folder with the CDNOW orders");
	g_free(path);
	return NULL;
}

static double
week_of(int date)
{
	GDate day;
	double jan_first = 729025; /* 1997-01-01 */

	g_date_clear(&day, 1);
	g_date_set_dmy(&day, (GDateDay)(date % 100),
	               (GDateMonth)(date / 100 % 100),
	               (GDateYear)(date / 10000));
	return (g_date_get_julian(&day) - jan_first) / 7;
}

static void
add_purchase(History *history, double week, double end, double value,
             bool same_customer)
{
	size_t i = history->n;
	Purchases *seen;

	if (!same_customer) {
		i = history->n++;
		g_assert_cmpuint(i, <, CUSTOMERS);
		history->first[i] = week;
		history->at[i] = week;
		history->seen[i] =
			(Purchases){ .age = end - week, .weight = 1 };
		return;
	}
	i--;
	seen = &history->seen[i];
	if (week > end) {
		history->later[i] += week > history->at[i];
	} else if (week > history->at[i]) {
		seen->repeats++;
		seen->last = week - history->first[i];
	}
	if (week <= end && week > history->first[i])
		history->spent[i] += value;
	history->at[i] = week;
}

static History *
read_history(const char *path, bool sample, double end)
{
	FILE *file = fopen(path, "r");
	History *history = g_new0(History, 1);
	char line[100];
	int before = -1;

	g_assert_nonnull(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		int id, date, n;
		double value;
		int read = sample ? sscanf(line, "%*d %d %d %d %lf", &id, &date,
		                           &n, &value)
		                  : sscanf(line, "%d %d %d %lf", &id, &date, &n,
		                           &value);

		if (read != 4)
			continue;
		add_purchase(history, week_of(date), end, value, id == before);
		before = id;
	}
	fclose(file);
	for (size_t i = 0; i < history->n; i++)
		if (history->seen[i].repeats > 0)
			history->seen[i].mean =
				history->spent[i] / history->seen[i].repeats;
	return history;
}

static void
near(const char *name, double value, double published)
{
	g_test_message("%s %.4f, published %.4f", name, value, published);
	g_assert_cmpfloat(fabs(value / published - 1), <, 0.01);
}

static void
check_bgnbd(const Bgnbd *model)
{
	near("r", model->r, 0.243);
	near("alpha", model->alpha, 4.414);
	near("a", model->a, 0.793);
	near("b", model->b, 2.426);
	g_test_message("log-likelihood %.3f", model->log_likelihood);
	g_assert_cmpfloat(fabs(model->log_likelihood + 9582.4), <, 0.1);
	g_assert_cmpfloat(model->penalty, ==, 0);
}

static void
report_weeks(const History *history, const Bgnbd *model)
{
	double expected = 0, actual = 0;
	double by_x[8][3] = { 0 };

	for (size_t i = 0; i < history->n; i++) {
		const Purchases *seen = &history->seen[i];
		double *bin = by_x[(int)fmin(seen->repeats, 7)];
		double orders = bgnbd_orders(model, seen, END);

		bin[0]++;
		bin[1] += orders;
		bin[2] += history->later[i];
		expected += orders;
		actual += history->later[i];
	}
	g_test_message("weeks 40 to 78: expected %.0f, happened %.0f", expected,
	               actual);
	for (int x = 0; x < 8; x++)
		g_test_message("  %d%s repeats before: %4.0f customers, "
		               "expected %.2f each, happened %.2f",
		               x, x == 7 ? " or more" : "", by_x[x][0],
		               by_x[x][1] / by_x[x][0],
		               by_x[x][2] / by_x[x][0]);
	g_assert_cmpfloat(fabs(expected / actual - 1), <, 0.15);
}

static void
test_sample(void)
{
	g_autofree char *path = data_file("CDNOW_sample.txt");
	g_autofree History *history = NULL;
	g_autofree Purchases *rows = NULL;
	Bgnbd model, modified;
	PurchasesCount count;

	if (path == NULL)
		return;
	history = read_history(path, true, week_of(19970930));
	g_assert_cmpuint(history->n, ==, 2357);
	rows = g_memdup2(history->seen, history->n * sizeof(*rows));
	count = purchases_compact(rows, history->n);
	g_assert_cmpfloat(count.repeaters, ==, 946);
	g_assert_cmpint(bgnbd_fit(rows, count.rows, false, &model), ==,
	                FIT_FINE);
	check_bgnbd(&model);
	report_weeks(history, &model);
	/* Batislam et al. 2007 on the same customers. */
	g_assert_cmpint(bgnbd_fit(rows, count.rows, true, &modified), ==,
	                FIT_FINE);
	near("MBG/NBD r", modified.r, 0.525);
	near("MBG/NBD alpha", modified.alpha, 6.183);
	near("MBG/NBD a", modified.a, 0.891);
	near("MBG/NBD b", modified.b, 1.614);
	g_assert_cmpfloat(fabs(modified.log_likelihood + 9582.2), <, 0.2);
}

static void
test_money(void)
{
	g_autofree char *path =
		data_file("cdnow_customers_summary_with_transactions.csv");
	g_autofree Purchases *rows = g_new0(Purchases, 3000);
	FILE *file = path != NULL ? fopen(path, "r") : NULL;
	char line[100];
	GammaGamma model;
	size_t n = 0;

	if (file == NULL)
		return;
	while (n < 3000 && fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "%*d,%lf,%lf,%lf,%lf", &rows[n].repeats,
		           &rows[n].last, &rows[n].age, &rows[n].mean) == 4)
			rows[n++].weight = 1;
	fclose(file);
	g_assert_cmpuint(n, ==, 2357);
	g_assert_cmpint(gammagamma_fit(rows, n, &model), ==, FIT_FINE);
	near("p", model.p, 6.25);
	near("q", model.q, 3.74);
	near("gamma", model.gamma, 15.44);
	g_assert_cmpfloat(model.customers, ==, 946);
}

/* All customers, all 78 weeks: read, fitted three times, predicted. */
static void
test_all(void)
{
	g_autofree char *path = data_file("CDNOW_master.txt");
	gint64 start = g_get_monotonic_time();
	g_autofree History *history = NULL;
	g_autofree Purchases *rows = NULL;
	PurchasesCount count;
	GammaGamma money;
	Bgnbd model, modified;
	double seconds, orders = 0;

	if (path == NULL)
		return;
	history = read_history(path, false, week_of(19980630));
	g_assert_cmpuint(history->n, ==, CUSTOMERS);
	rows = g_memdup2(history->seen, history->n * sizeof(*rows));
	g_assert_cmpint(gammagamma_fit(rows, history->n, &money), ==, FIT_FINE);
	count = purchases_compact(rows, history->n);
	g_assert_cmpint(bgnbd_fit(rows, count.rows, false, &model), ==,
	                FIT_FINE);
	g_assert_cmpint(bgnbd_fit(rows, count.rows, true, &modified), ==,
	                FIT_FINE);
	for (size_t i = 0; i < history->n; i++)
		orders += bgnbd_orders(&model, &history->seen[i], 52);
	seconds = (double)(g_get_monotonic_time() - start) / 1e6;
	g_test_message("%zu customers in %zu rows: %.3f s; r %.3f alpha %.3f "
	               "a %.3f b %.3f; p %.2f q %.2f gamma %.2f; %.0f orders "
	               "in the year after",
	               history->n, count.rows, seconds, model.r, model.alpha,
	               model.a, model.b, money.p, money.q, money.gamma, orders);
	g_assert_cmpfloat(seconds, <, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cdnow/sample", test_sample);
	g_test_add_func("/cdnow/money", test_money);
	g_test_add_func("/cdnow/all", test_all);
	return g_test_run();
}
