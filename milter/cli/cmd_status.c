/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads the file that tact-milter writes; nothing is asked of the filter, so
 * the answer costs it nothing and comes even when it hangs. That it hangs is
 * seen by the file's age.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "context.h"
#include "print.h"

#define STALE_SECONDS 15 /* the filter writes every 3 */

/* What the file says, or NULL when there is none that can be read. */
static json_t *
read_status(const char *path, char **ret_fault)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	gsize size;
	json_error_t where;
	json_t *value;

	if (!g_file_get_contents(path, &text, &size, &error)) {
		bool none = g_error_matches(error, G_FILE_ERROR,
		                            G_FILE_ERROR_NOENT);

		*ret_fault = none ? g_strdup("tact-milter is not running, or "
		                             "has not written its status yet")
		                  : g_strdup(error->message);
		return NULL;
	}
	value = size <= (gsize)LIMIT_SETTINGS_FILE
	                ? json_loadb(text, size, 0, &where)
	                : NULL;
	if (!json_is_object(value)) {
		json_decref(value);
		*ret_fault = g_strdup("the status file is damaged");
		return NULL;
	}
	return value;
}

static bool
process_lives(gint64 pid)
{
	return pid > 1 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

/* Why the filter cannot be counted on; NULL when all is well. */
static char *
status_fault(const json_t *status, gint64 age)
{
	const char *state = print_string(status, "state");
	const json_t *processes = json_object_get(status, "processes");
	const json_t *store = json_object_get(status, "store");
	gint64 pid = print_integer(status, "pid");

	if (!process_lives(pid))
		return g_strdup_printf("tact-milter is not running: process "
		                       "%d, which wrote this, has ended",
		                       (int)pid);
	if (age > STALE_SECONDS)
		return g_strdup_printf("stale: written %d s ago; tact-milter "
		                       "hangs, or this is another's file",
		                       (int)age);
	if (strcmp(state, "running") != 0 && strcmp(state, "reloading") != 0)
		return g_strdup_printf("tact-milter is %s", state);
	if (print_integer(processes, "filters") <
	    print_integer(processes, "filters_set"))
		return g_strdup("fewer filter processes run than should");
	if (strcmp(print_string(store, "state"), "unavailable") == 0)
		return g_strdup_printf("the store is unavailable (%s): mail "
		                       "goes on without tier and due time",
		                       print_string(store, "cause"));
	return NULL;
}

static void
print_numbers(const char *title, const json_t *numbers)
{
	const char *key;
	json_t *number;
	bool any = false;

	json_object_foreach((json_t *)numbers, key, number)
	{
		if (json_integer_value(number) == 0)
			continue;
		if (!any)
			printf("%s\n", title);
		any = true;
		printf("  %-20s %10" JSON_INTEGER_FORMAT "\n", key,
		       json_integer_value(number));
	}
}

static void
status_text(const json_t *value)
{
	const json_t *status = json_object_get(value, "status");
	const char *fault = print_string(value, "fault");
	const char *state = print_string(status, "state");

	printf("%s: %s\n", print_string(value, "file"),
	       fault[0] ? fault : state);
	if (!json_is_object(status))
		return;
	printf("  %-20s %10s\n  %-20s %10d\n  %-20s %10d\n", "release",
	       print_string(status, "release"), "pid",
	       (int)print_integer(status, "pid"), "up, seconds",
	       (int)(print_integer(status, "time") -
	             print_integer(status, "started")));
	printf("  %-20s %10d\n", "sessions now",
	       (int)print_integer(status, "sessions"));
	printf("  %-20s %10s\n", "store",
	       print_string(json_object_get(status, "store"), "state"));
	print_numbers("processes", json_object_get(status, "processes"));
	print_numbers("counted since the start",
	              json_object_get(status, "counters"));
	print_numbers("mails by status", json_object_get(status, "status"));
	print_numbers("mails by reason", json_object_get(status, "reasons"));
	print_numbers("end of message, microseconds",
	              json_object_get(status, "eom_us"));
}

int
cmd_status(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	g_autofree char *fault = NULL;
	json_t *status, *value;
	gint64 age = 0;

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	status = read_status(settings->milter_status_file, &fault);
	if (status != NULL) {
		age = clock_wall() / G_USEC_PER_SEC -
		      print_integer(status, "time");
		fault = status_fault(status, age);
	}
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_string(value, "file", settings->milter_status_file);
	print_set_bool(value, "ok", fault == NULL);
	print_set_string(value, "fault", fault);
	print_set_integer(value, "age", age);
	json_object_set_new(value, "status",
	                    status != NULL ? status : json_null());
	print_value(options->json, value, status_text);
	return fault == NULL ? CLI_FINE : CLI_FOUND;
}
