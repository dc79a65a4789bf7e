/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "mta_check.h"
#include "print.h"

void
mta_check_add(MtaCheck *check, const char *code, const char *file,
              unsigned line, const char *remedy, const char *format, ...)
{
	g_autofree char *message = NULL;
	json_t *finding;
	size_t i;
	va_list list;

	json_array_foreach(check->findings, i, finding)
	{
		if (strcmp(print_string(finding, "code"), code) == 0)
			return;
	}
	va_start(list, format);
	message = g_strdup_vprintf(format, list);
	va_end(list);
	finding = json_object();
	print_set_string(finding, "code", code);
	print_set_string(finding, "file", file);
	print_set_integer(finding, "line", line);
	print_set_string(finding, "message", message);
	print_set_string(finding, "remedy", remedy);
	json_array_append_new(check->findings, finding);
}

static void
check_text(const json_t *value)
{
	const json_t *findings = json_object_get(value, "findings");
	const json_t *finding;
	size_t i;

	json_array_foreach(findings, i, finding)
	{
		gint64 line = print_integer(finding, "line");

		fputs(print_string(finding, "file"), stdout);
		if (line > 0)
			printf(":%d", (int)line);
		printf(": %s: %s\n    mend: %s\n",
		       print_string(finding, "code"),
		       print_string(finding, "message"),
		       print_string(finding, "remedy"));
	}
	if (json_array_size(findings) == 0)
		printf("%s: nothing found wrong\n", print_string(value, "mta"));
}

static int
check_mta(const Options *options)
{
	const char *mta = options->arguments[0];
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	MtaCheck check = { settings, NULL };
	json_t *value;
	bool read, good;

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	check.findings = json_array();
	read = strcmp(mta, "postfix") == 0
	               ? mta_check_postfix(&check, options->postconf,
	                                   options->dir, &error)
	               : mta_check_sendmail(&check, options->dir, &error);
	if (!read) {
		json_decref(check.findings);
		print_failure(&error);
		return CLI_FOUND;
	}
	good = json_array_size(check.findings) == 0;
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_string(value, "mta", mta);
	print_set_bool(value, "ok", good);
	json_object_set_new(value, "findings", check.findings);
	print_value(options->json, value, check_text);
	return good ? CLI_FINE : CLI_FOUND;
}

int
cmd_check_mta(const Options *options)
{
	if (options->postconf == NULL ||
	    strcmp(options->arguments[0], "postfix") == 0)
		return check_mta(options);
	print_error("check-mta: --postconf belongs to postfix; see --dir");
	return CLI_USAGE;
}
