/* SPDX-License-Identifier: Apache-2.0 */
#include "value_summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "print.h"
#include "value/summary.h"

#define SCHEMA 1

json_t *
value_bgnbd(const Bgnbd *model, FitVerdict verdict)
{
	if (verdict != FIT_FINE)
		return json_null();
	return json_pack("{sf sf sf sf sf sf}", "r", model->r, "alpha",
	                 model->alpha, "a", model->a, "b", model->b,
	                 "log_likelihood", model->log_likelihood, "penalty",
	                 model->penalty);
}

json_t *
value_gammagamma(const GammaGamma *model, FitVerdict verdict)
{
	if (verdict != FIT_FINE)
		return json_null();
	return json_pack("{sf sf sf sf sf sf sf}", "p", model->p, "q", model->q,
	                 "gamma", model->gamma, "log_likelihood",
	                 model->log_likelihood, "penalty", model->penalty,
	                 "correlation", model->correlation, "customers",
	                 model->customers);
}

static json_t *
faults_value(const Summary *summary)
{
	json_t *list = json_array();
	size_t n = MIN(summary->rejected, SUMMARY_FAULTS);

	for (size_t i = 0; i < n; i++) {
		json_t *fault = json_object();

		print_set_integer(fault, "line",
		                  (gint64)summary->faults[i].line);
		print_set_string(fault, "what", summary->faults[i].what);
		json_array_append_new(list, fault);
	}
	return list;
}

typedef struct Fits {
	FitVerdict orders, modified, money;
	Bgnbd model, modified_model;
	GammaGamma amounts;
	PurchasesCount count;
} Fits;

static void
fit(Summary *summary, Fits *fits)
{
	/* Before the rows become one with their equals. */
	fits->money = summary->has_mean
	                      ? gammagamma_fit(summary->rows, summary->n,
	                                       &fits->amounts)
	                      : FIT_FLAT;
	fits->count = purchases_compact(summary->rows, summary->n);
	fits->orders =
		bgnbd_fit(summary->rows, fits->count.rows, false, &fits->model);
	fits->modified = bgnbd_fit(summary->rows, fits->count.rows, true,
	                           &fits->modified_model);
}

static void
add_verdict(json_t *value, const char *name, FitVerdict verdict)
{
	json_t *member = json_object();

	print_set_string(member, "code", fit_code(verdict));
	print_set_string(member, "words", fit_words(verdict));
	json_object_set_new(value, name, member);
}

static json_t *
fits_value(const Summary *summary, const Fits *fits)
{
	json_t *value = json_object();
	json_t *verdicts = json_object();

	print_set_integer(value, "schema", SCHEMA);
	print_set_integer(value, "customers", (gint64)fits->count.customers);
	print_set_integer(value, "repeaters", (gint64)fits->count.repeaters);
	print_set_integer(value, "rejected", (gint64)summary->rejected);
	json_object_set_new(value, "faults", faults_value(summary));
	print_set_string(value, "method",
	                 fits->orders == FIT_FINE ? "model" : "rfm");
	add_verdict(verdicts, "orders", fits->orders);
	add_verdict(verdicts, "money", fits->money);
	json_object_set_new(value, "verdicts", verdicts);
	json_object_set_new(value, "bgnbd",
	                    value_bgnbd(&fits->model, fits->orders));
	json_object_set_new(value, "mbgnbd",
	                    value_bgnbd(&fits->modified_model, fits->modified));
	json_object_set_new(value, "gammagamma",
	                    value_gammagamma(&fits->amounts, fits->money));
	return value;
}

/* A pipe would be waited for, and cannot be mapped. */
static GMappedFile *
open_summary(const char *path, GError **error)
{
	if (!g_file_test(path, G_FILE_TEST_EXISTS) ||
	    g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return g_mapped_file_new(path, FALSE, error);
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
	            "%s: is no plain file; write what a pipe says to one first",
	            path);
	return NULL;
}

json_t *
value_summary(const char *path, GError **error)
{
	gint64 start = g_get_monotonic_time();
	g_autoptr(GMappedFile) file = open_summary(path, error);
	g_autoptr(Summary) summary = NULL;
	Fits fits;
	json_t *value;

	if (file == NULL)
		return NULL;
	if (g_mapped_file_get_length(file) > LIMIT_SUMMARY_BYTES) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: larger than a summary may be", path);
		return NULL;
	}
	summary = summary_parse(g_mapped_file_get_contents(file),
	                        g_mapped_file_get_length(file), error);
	if (summary == NULL) {
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	memset(&fits, 0, sizeof(fits));
	fit(summary, &fits);
	value = fits_value(summary, &fits);
	json_object_set_new(
		value, "seconds",
		json_real((double)(g_get_monotonic_time() - start) / 1e6));
	return value;
}

static void
model_text(const json_t *value, const char *member, const char *title)
{
	const json_t *model = json_object_get(value, member);
	const char *key;
	json_t *number;

	if (!json_is_object(model))
		return;
	printf("%s\n", title);
	json_object_foreach((json_t *)model, key, number)
		printf("  %-16s %.6g\n", key, json_number_value(number));
}

void
value_models_text(const json_t *value)
{
	model_text(value, "bgnbd", "orders: BG/NBD");
	model_text(value, "mbgnbd",
	           "orders: MBG/NBD, for customers with one order");
	model_text(value, "gammagamma", "amounts: Gamma-Gamma");
}

static void
verdict_text(const json_t *value, const char *name)
{
	const json_t *verdict =
		json_object_get(json_object_get(value, "verdicts"), name);

	if (strcmp(print_string(verdict, "code"), "fine") != 0)
		printf("%s: no model: %s\n", name,
		       print_string(verdict, "words"));
}

void
value_summary_text(const json_t *value)
{
	const json_t *fault;
	size_t i;

	print_count(value, "customers", "customer", "customers");
	printf(", %" G_GINT64_FORMAT " with repeats; ",
	       print_integer(value, "repeaters"));
	print_count(value, "rejected", "line rejected\n", "lines rejected\n");
	json_array_foreach(json_object_get(value, "faults"), i, fault)
		printf("  line %d: %s\n", (int)print_integer(fault, "line"),
	               print_string(fault, "what"));
	verdict_text(value, "orders");
	verdict_text(value, "money");
	value_models_text(value);
}
