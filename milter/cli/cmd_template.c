/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "context.h"
#include "print.h"
#include "template.h"

int
cmd_template(const Options *options)
{
	bool check = strcmp(options->arguments[0], "check") == 0;

	if (!check && options->n_arguments < 2) {
		print_error("template: preview: say PATH... or -");
		return CLI_USAGE;
	}
	return check ? template_check(options) : template_preview(options);
}
