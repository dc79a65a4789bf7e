/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "context.h"
#include "day.h"
#include "print.h"
#include "reason.h"
#include "site.h"
#include "store/worth.h"
#include "value_card.h"
#include "value_fit.h"
#include "value_report.h"
#include "value_summary.h"

static int
failed(GError **error)
{
	print_failure(error);
	return CLI_FOUND;
}

static int
fit_summary(const Options *options)
{
	g_autoptr(GError) error = NULL;
	json_t *value = value_summary(options->summary, &error);

	if (value == NULL)
		return failed(&error);
	print_value(options->json, value, value_summary_text);
	return CLI_FINE;
}

static int
fit_store(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(Site) site = { 0 };
	json_t *value = NULL;

	if (site_open(&site, options, options->dry_run ? SITE_READ : SITE_WRITE,
	              &error))
		value = value_fit(&site, options->dry_run, &error);
	if (value == NULL)
		return failed(&error);
	print_value(options->json, value, value_fit_text);
	return CLI_FINE;
}

static int
fit(const Options *options)
{
	return options->summary != NULL ? fit_summary(options)
	                                : fit_store(options);
}

static int
report(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(Site) site = { 0 };
	json_t *value = NULL;

	if (site_open(&site, options, SITE_READ, &error))
		value = value_report(&site, &error);
	if (value == NULL)
		return failed(&error);
	print_value(options->json, value, value_report_text);
	return CLI_FINE;
}

static int
card(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(Site) site = { 0 };
	json_t *value = NULL;
	int64_t customer;

	if (!site_open(&site, options, SITE_READ, &error))
		return failed(&error);
	customer = site_find(&site, options->arguments[1], NULL, &error);
	if (customer != 0)
		value = value_card(&site, customer, &error);
	if (value == NULL)
		return failed(&error);
	print_value(options->json, value, value_card_text);
	return CLI_FINE;
}

/* False after a message about what is missing. */
static bool
read_override(const Options *options, WorthOverride *override)
{
	int64_t now = clock_wall() / G_USEC_PER_SEC;
	g_autofree char *reason = NULL;

	if (!tier_parse(options->arguments[2], &override->tier)) {
		print_error("value: tier is one of vip, premium, standard, "
		            "basic, unknown, or by-rank to end an override");
		return false;
	}
	if (options->until == NULL ||
	    !day_end(options->until, &override->until) ||
	    override->until <= now) {
		print_error("value: --until YYYY-MM-DD is needed, a day not "
		            "yet over: what nobody looks at again must end "
		            "by itself");
		return false;
	}
	reason = reason_read(options, "value",
	                     "why not by rank, for whoever decides whether it "
	                     "stays; no personal data");
	if (reason == NULL)
		return false;
	g_strlcpy(override->reason, reason, sizeof(override->reason));
	override->at = now;
	return true;
}

static bool
write_override(const Site *site, int64_t customer, const char *identity,
               const WorthOverride *override, GError **error)
{
	const AuditEntry entry = { .event = AUDIT_OVERRIDE,
		                   .identity = identity };
	g_autoptr(StoreTxn) txn = store_begin(site->store, error);

	return txn != NULL &&
	       worth_override(site->store, customer, override, error) &&
	       site_commit(site, txn, &entry, error);
}

static int
tier(const Options *options)
{
	bool drop = strcmp(options->arguments[2], "by-rank") == 0;
	g_autoptr(GError) error = NULL;
	g_auto(Site) site = { 0 };
	g_autofree char *identity = NULL;
	WorthOverride override = { .tier = TIER_UNKNOWN };
	int64_t customer;

	if (!drop && !read_override(options, &override))
		return CLI_USAGE;
	if (!site_open(&site, options, SITE_WRITE, &error))
		return failed(&error);
	customer = site_find(&site, options->arguments[1], &identity, &error);
	if (customer == 0 || !write_override(&site, customer, identity,
	                                     drop ? NULL : &override, &error))
		return failed(&error);
	return CLI_FINE;
}

/* What one word would do by another's option, such as a tier by --dry-run, it
 * must not do without it. */
static bool
options_fit(const Options *options)
{
	const char *word = options->arguments[0];

	if ((options->dry_run || options->summary != NULL) &&
	    strcmp(word, "fit") != 0)
		print_error(
			"value: --dry-run and --from-summary belong to fit");
	else if ((options->until != NULL || options->reason != NULL) &&
	         strcmp(word, "tier") != 0)
		print_error("value: --until and --reason belong to tier");
	else
		return true;
	return false;
}

int
cmd_value(const Options *options)
{
	static const struct {
		const char *word;
		size_t operands;
		int (*run)(const Options *options);
		const char *usage;
	} words[] = {
		{ "fit", 0, fit, "fit takes no operand" },
		{ "report", 0, report, "report takes no operand" },
		{ "card", 1, card, "card needs one address or number" },
		{ "tier", 2, tier,
		  "tier needs an address or number, and a tier" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strcmp(words[i].word, options->arguments[0]) != 0)
			continue;
		if (options->n_arguments != words[i].operands + 1)
			print_error("value: %s", words[i].usage);
		else if (options_fit(options))
			return words[i].run(options);
	}
	return CLI_USAGE;
}
