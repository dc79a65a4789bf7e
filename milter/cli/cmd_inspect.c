/* SPDX-License-Identifier: Apache-2.0 */
#include "context.h"
#include "mails.h"
#include "print.h"
#include "report.h"

typedef struct Inspection {
	const Context *context;
	const Options *options;
} Inspection;

static void
inspect_mail(const char *name, const char *bytes, size_t size, void *data)
{
	const Inspection *inspection = data;
	g_autoptr(Report) report =
		context_examine(inspection->context, bytes, size);

	print_value(inspection->options->json,
	            report_value(inspection->context->rules, name, report,
	                         inspection->options),
	            report_text);
}

int
cmd_inspect(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = context_open(options, &error);
	Inspection inspection = { context, options };
	unsigned failed = 0;

	if (context == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	for (size_t i = 0; i < options->n_arguments; i++)
		failed += mails_each(options->arguments[i], inspect_mail,
		                     &inspection);
	return failed > 0 ? CLI_FOUND : CLI_FINE;
}
