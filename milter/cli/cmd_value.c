/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "print.h"
#include "value_fit.h"
#include "value_site.h"
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
	g_auto(ValueSite) site = { NULL };
	json_t *value = NULL;

	if (value_site_open(&site, options,
	                    options->dry_run ? SITE_READ : SITE_WRITE, &error))
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

int
cmd_value(const Options *options)
{
	const char *word = options->arguments[0];

	if (strcmp(word, "fit") == 0)
		return fit(options);
	print_error("value: %s: not yet", word);
	return CLI_USAGE;
}
