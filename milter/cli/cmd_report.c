/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"
#include "print.h"

int
cmd_report(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(Board) board = { .settings = NULL };
	g_autofree char *fault = board_options(&board, options);
	PrintText *text = board_text;

	if (fault != NULL) {
		print_error("report: %s", fault);
		return CLI_USAGE;
	}
	if (!board_read(&board, options, &error)) {
		bool usage = g_error_matches(error, G_OPTION_ERROR,
		                             G_OPTION_ERROR_BAD_VALUE);

		print_failure(&error);
		return usage ? CLI_USAGE : CLI_FOUND;
	}
	if (options->csv)
		text = board_csv;
	else if (options->html)
		text = board_html;
	else if (options->prometheus)
		text = board_prometheus;
	print_value(options->json, board_value(&board), text);
	return CLI_FINE;
}
