/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "knowledge.h"
#include "print.h"

static bool
asked_well(const Options *options, bool search, bool gaps)
{
	bool words = options->n_arguments > 1;

	if (options->days != NULL && !gaps)
		print_error("knowledge: --days N belongs to gaps");
	else if ((options->mail != NULL || options->language != NULL) &&
	         !search)
		print_error("knowledge: --mail and --language belong to "
		            "search");
	else if (search && words == (options->mail != NULL))
		print_error("knowledge: say search WORDS..., or --mail FILE");
	else if (gaps && words)
		print_error("knowledge: too many operands: %s",
		            options->arguments[1]);
	else if (!search && options->n_arguments > 2)
		print_error("knowledge: check looks at one folder: too many "
		            "operands: %s",
		            options->arguments[2]);
	else
		return true;
	return false;
}

int
cmd_knowledge(const Options *options)
{
	bool search = strcmp(options->arguments[0], "search") == 0;
	bool gaps = strcmp(options->arguments[0], "gaps") == 0;

	if (!asked_well(options, search, gaps))
		return CLI_USAGE;
	if (search)
		return knowledge_search_for(options);
	return gaps ? knowledge_gaps(options) : knowledge_check(options);
}
