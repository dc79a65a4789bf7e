/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Four passes over the orders, none of which keeps them: how many there are and
 * up to when; what all customers teach; what each is worth, for the ranks; and
 * scores and tiers, written a range at a time. Memory stays that of one range.
 */
#include "value_fit.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/text.h"
#include "day.h"
#include "print.h"
#include "progress.h"
#include "store/worth.h"
#include "value_summary.h"

#define SCHEMA 1
#define RANGE 16384
#define BUSY_TRIES 30
#define DAY 86400

typedef enum Pass {
	PASS_SURVEY,
	PASS_CENSUS,
	PASS_RANK,
	PASS_WRITE,
	PASS_N,
} Pass;

typedef struct Fit {
	const Site *site;
	TierPolicy policy;
	bool dry_run;
	int64_t now;
	int64_t last; /* highest number of a customer */
	WorthSpan all;
	Census *census;
	Scoring scoring;
	Scorer *scorer;
	Ranks *ranks;
	GArray *rows; /* of Worth: the range's */
	int64_t tiers[TIER_N], risks[RISK_HIGH + 1];
	int64_t customers, changed;
	double seconds[PASS_N], fit_seconds;
} Fit;

static void
fit_clear(Fit *fit)
{
	census_free(fit->census);
	scorer_free(fit->scorer);
	ranks_free(fit->ranks);
	g_array_unref(fit->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fit, fit_clear)

static void
visit_census(WorthCustomer *customer, void *data)
{
	Fit *fit = data;

	census_add(fit->census, customer->orders, customer->n);
}

static History
history_for(const Fit *fit, WorthCustomer *customer)
{
	const ScoringOptions *options = &fit->scoring.options;

	return history_of(customer->orders, customer->n, options->as_of,
	                  options->window);
}

static void
visit_rank(WorthCustomer *customer, void *data)
{
	Fit *fit = data;
	History history = history_for(fit, customer);

	if (history.purchases > 0)
		ranks_add(fit->ranks, scorer_worth(fit->scorer, &history));
}

static void
visit_write(WorthCustomer *customer, void *data)
{
	Fit *fit = data;
	const TierPolicy *policy = &fit->policy;
	History history = history_for(fit, customer);
	Worth row = { .customer = customer->id, .fitted_at = fit->now };
	double worth;

	if (history.purchases == 0)
		return;
	worth = scorer_worth(fit->scorer, &history);
	row.scores = scorer_scores(fit->scorer, &history, customer->mails);
	row.tier = tier_of_rank(policy, ranks_above(fit->ranks, worth),
	                        customer->before);
	row.tier_since =
		row.tier == customer->before ? customer->since : fit->now;
	fit->customers++;
	fit->changed += row.tier != customer->before;
	fit->tiers[row.tier]++;
	fit->risks[risk_of_score(policy, row.scores.of[SCORE_RISK])]++;
	g_array_append_val(fit->rows, row);
}

static bool
survey(Fit *fit, const WorthRange *range, GError **error)
{
	WorthSpan span;

	if (!worth_span(fit->site->store, range, fit->now / DAY, &span, error))
		return false;
	fit->all.orders += span.orders;
	fit->all.newest = MAX(fit->all.newest, span.newest);
	return true;
}

/* Another may hold the lock for as long as a backup takes. */
static bool
write_rows(const Fit *fit, const WorthRange *range, GError **error)
{
	for (int i = 0;; i++) {
		g_clear_error(error);
		if (worth_write(fit->site->store, range,
		                (const Worth *)(void *)fit->rows->data,
		                fit->rows->len, fit->now, error))
			return true;
		if (i == BUSY_TRIES ||
		    !g_error_matches(*error, STORE_ERROR, STORE_ERROR_BUSY))
			return false;
	}
}

static bool
score(Fit *fit, const WorthRange *range, GError **error)
{
	g_array_set_size(fit->rows, 0);
	if (!worth_each(fit->site->store, range, true, visit_write, fit, error))
		return false;
	return fit->dry_run || write_rows(fit, range, error);
}

static bool
do_range(Fit *fit, Pass pass, const WorthRange *range, GError **error)
{
	Store *store = fit->site->store;

	switch (pass) {
	case PASS_SURVEY:
		return survey(fit, range, error);
	case PASS_CENSUS:
		return worth_each(store, range, false, visit_census, fit,
		                  error);
	case PASS_RANK:
		return worth_each(store, range, false, visit_rank, fit, error);
	default:
		return score(fit, range, error);
	}
}

static bool
do_pass(Fit *fit, Pass pass, GError **error)
{
	static const char *const units[] = { "customers looked at",
		                             "customers counted",
		                             "customers ranked",
		                             "customers written" };
	Progress progress = progress_begin(units[pass]);
	int64_t start = clock_monotonic();
	bool ok = true;

	for (int64_t after = 0; ok && after < fit->last; after += RANGE) {
		/* The last one also drops what lies behind it. */
		bool end = after + RANGE >= fit->last;
		WorthRange range = { after, end ? INT64_MAX : after + RANGE,
			             fit->site->settings->privacy_consent };

		ok = do_range(fit, pass, &range, error);
		progress_show(&progress, MIN(after + RANGE, fit->last));
	}
	progress_end(&progress);
	fit->seconds[pass] = (double)(clock_monotonic() - start) / 1e6;
	return ok;
}

static void
learn(Fit *fit)
{
	int64_t start = clock_monotonic();

	census_learn(fit->census, &fit->scoring);
	fit->scorer = scorer_new(&fit->scoring);
	fit->fit_seconds = (double)(clock_monotonic() - start) / 1e6;
}

static bool
keep(const Fit *fit, GError **error)
{
	const Site *site = fit->site;
	const AuditEntry entry = { .event = AUDIT_FIT, .n = fit->customers };
	g_autofree char *text = scoring_to_text(&fit->scoring);
	g_autoptr(StoreTxn) txn = store_begin(site->store, error);

	return txn != NULL && worth_fit_write(site->store, text, error) &&
	       site_commit(site, txn, &entry, error);
}

static bool
run(Fit *fit, GError **error)
{
	ScoringOptions options;

	if (!tier_policy_read(fit->site->settings, &fit->policy, error) ||
	    !worth_last_customer(fit->site->store, &fit->last, error) ||
	    !do_pass(fit, PASS_SURVEY, error))
		return false;
	options =
		scoring_options(fit->site->settings, (int32_t)fit->all.newest);
	fit->census = census_new(&options);
	if (!do_pass(fit, PASS_CENSUS, error))
		return false;
	learn(fit);
	if (!do_pass(fit, PASS_RANK, error))
		return false;
	fit->scoring.worth = ranks_percentiles(fit->ranks);
	return do_pass(fit, PASS_WRITE, error) &&
	       (fit->dry_run || keep(fit, error));
}

static void
add_counts(json_t *value, const Fit *fit)
{
	json_t *tiers = json_object(), *risks = json_object();

	for (int tier = TIER_VIP; tier > TIER_UNKNOWN; tier--)
		print_set_integer(tiers, tier_name((Tier)tier),
		                  fit->tiers[tier]);
	for (int risk = RISK_HIGH; risk >= RISK_LOW; risk--)
		print_set_integer(risks, risk_name((Risk)risk),
		                  fit->risks[risk]);
	json_object_set_new(value, "tiers", tiers);
	json_object_set_new(value, "risk", risks);
	print_set_integer(value, "tiers_changed", fit->changed);
}

void
value_add_models(json_t *value, const Scoring *scoring)
{
	const Holdout *holdout = &scoring->holdout;

	print_set_string(value, "method", score_method_name(scoring->method));
	json_object_set_new(value, "verdicts",
	                    json_pack("{s{ssss}s{ssss}}", "orders", "code",
	                              fit_code(scoring->orders), "words",
	                              fit_words(scoring->orders), "money",
	                              "code", fit_code(scoring->money), "words",
	                              fit_words(scoring->money)));
	json_object_set_new(value, "bgnbd",
	                    value_bgnbd(&scoring->model, scoring->orders));
	json_object_set_new(value, "mbgnbd",
	                    value_bgnbd(&scoring->modified, scoring->orders));
	json_object_set_new(
		value, "gammagamma",
		value_gammagamma(&scoring->amounts, scoring->money));
	json_object_set_new(value, "holdout",
	                    json_pack("{si sf sf sf}", "days", holdout->days,
	                              "customers", holdout->customers,
	                              "expected", holdout->expected, "actual",
	                              holdout->actual));
}

static void
add_cost(json_t *value, const Fit *fit)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	json_object_set_new(value, "seconds",
	                    json_pack("{sf sf sf sf sf}", "survey",
	                              fit->seconds[PASS_SURVEY], "census",
	                              fit->seconds[PASS_CENSUS], "fit",
	                              fit->fit_seconds, "rank",
	                              fit->seconds[PASS_RANK], "write",
	                              fit->seconds[PASS_WRITE]));
	print_set_integer(value, "memory_peak_kib", usage.ru_maxrss);
}

static json_t *
result(const Fit *fit)
{
	json_t *value = json_object();
	g_autofree char *as_of =
		fit->all.newest > 0 ? day_numbered(fit->all.newest) : NULL;

	print_set_integer(value, "schema", SCHEMA);
	print_set_bool(value, "written", !fit->dry_run);
	print_set_string(value, "as_of", as_of);
	print_set_integer(value, "orders", fit->all.orders);
	print_set_integer(value, "customers", fit->customers);
	print_set_integer(value, "sample", (gint64)fit->scoring.sample);
	value_add_models(value, &fit->scoring);
	add_counts(value, fit);
	add_cost(value, fit);
	return value;
}

json_t *
value_fit(const Site *site, bool dry_run, GError **error)
{
	g_auto(Fit) fit = {
		.site = site,
		.dry_run = dry_run,
		.now = clock_wall() / G_USEC_PER_SEC,
		.ranks = ranks_new(),
		.rows = g_array_new(FALSE, FALSE, sizeof(Worth)),
	};
	GError *failure = NULL;

	if (run(&fit, &failure))
		return result(&fit);
	g_propagate_error(error, failure);
	return NULL;
}

static void
counts_text(const json_t *value, const char *member, const char *title)
{
	const char *key;
	json_t *number;

	printf("%s:", title);
	json_object_foreach(json_object_get(value, member), key, number) printf(
		" %s %" JSON_INTEGER_FORMAT, key, json_integer_value(number));
	putchar('\n');
}

static void
method_text(const json_t *value)
{
	const json_t *verdicts = json_object_get(value, "verdicts");
	const json_t *orders = json_object_get(verdicts, "orders");
	const json_t *money = json_object_get(verdicts, "money");
	const char *method = print_string(value, "method");

	if (strcmp(method, "rfm") == 0)
		printf("value by recency, frequency and money: %s\n",
		       print_string(orders, "words"));
	else if (strcmp(method, "model") != 0)
		printf("amounts by each customer's own mean: %s\n",
		       print_string(money, "words"));
}

static void
holdout_text(const json_t *value)
{
	const json_t *holdout = json_object_get(value, "holdout");
	int days = (int)print_integer(holdout, "days");

	if (days > 0)
		printf("orders of the last %d %s, from what was known "
		       "before: expected %.0f, happened %.0f\n",
		       days, text_noun(days, "day", "days"),
		       json_number_value(json_object_get(holdout, "expected")),
		       json_number_value(json_object_get(holdout, "actual")));
}

void
value_models_told(const json_t *value)
{
	method_text(value);
	value_models_text(value);
	holdout_text(value);
}

void
value_fit_text(const json_t *value)
{
	gint64 sample = print_integer(value, "sample");
	const json_t *as_of = json_object_get(value, "as_of");

	print_count(value, "customers", "customer", "customers");
	printf(" with orders up to %s\n",
	       json_is_string(as_of) ? json_string_value(as_of) : "-");
	value_models_told(value);
	if (sample > 0 && sample < print_integer(value, "customers")) {
		fputs("fitted on a sample of ", stdout);
		print_count(value, "sample", "customer\n", "customers\n");
	}
	counts_text(value, "tiers", "tiers");
	counts_text(value, "risk", "risk");
	printf("tiers changed: %" G_GINT64_FORMAT "%s\n",
	       print_integer(value, "tiers_changed"),
	       json_is_true(json_object_get(value, "written"))
	               ? ""
	               : "; nothing was written");
}
