/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "print.h"
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

int
cmd_value(const Options *options)
{
	const char *word = options->arguments[0];

	if (strcmp(word, "fit") == 0 && options->summary != NULL)
		return fit_summary(options);
	print_error("value: %s: not yet", word);
	return CLI_USAGE;
}
