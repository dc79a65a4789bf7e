/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "context.h"
#include "print.h"
#include "template.h"

static bool
asked_well(const Options *options, bool check)
{
	if (!check && options->n_arguments < 2)
		print_error("template: preview: say PATH... or -");
	else if (check && options->n_arguments > 2)
		print_error("template: check looks at one folder: too many "
		            "operands: %s",
		            options->arguments[2]);
	else if (check && options->language != NULL)
		print_error("template: --language belongs to preview");
	else
		return true;
	return false;
}

int
cmd_template(const Options *options)
{
	bool check = strcmp(options->arguments[0], "check") == 0;

	if (!asked_well(options, check))
		return CLI_USAGE;
	return check ? template_check(options) : template_preview(options);
}
