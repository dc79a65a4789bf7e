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
#include "draft.h"
#include "print.h"

#define STALE_SECONDS 15 /* the filter writes every 3 */

/* What the file says, or NULL when there is none that can be read. */
static json_t *
read_status(const char *path, const char *program, char **ret_fault)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	gsize size;
	json_error_t where;
	json_t *value;

	if (!g_file_get_contents(path, &text, &size, &error)) {
		bool none = g_error_matches(error, G_FILE_ERROR,
		                            G_FILE_ERROR_NOENT);

		*ret_fault =
			none ? g_strdup_printf("%s is not running, or "
		                               "has not written its status yet",
		                               program)
			     : g_strdup_printf("%s: %s", program,
		                               error->message);
		return NULL;
	}
	value = size <= (gsize)LIMIT_SETTINGS_FILE
	                ? json_loadb(text, size, 0, &where)
	                : NULL;
	if (!json_is_object(value)) {
		json_decref(value);
		*ret_fault = g_strdup_printf("%s: the status file is damaged",
		                             program);
		return NULL;
	}
	return value;
}

static bool
process_lives(gint64 pid)
{
	return pid > 1 && (kill((pid_t)pid, 0) == 0 || errno == EPERM);
}

/* Why a program's status cannot be counted on; NULL when it can. */
static char *
program_fault(const json_t *status, const char *program, gint64 age)
{
	const char *state = print_string(status, "state");
	gint64 pid = print_integer(status, "pid");

	if (!process_lives(pid))
		return g_strdup_printf("%s is not running: process "
		                       "%d, which wrote this, has ended",
		                       program, (int)pid);
	if (age > STALE_SECONDS)
		return g_strdup_printf("%s's status is stale: written %d s "
		                       "ago; it hangs, or this is another's "
		                       "file",
		                       program, (int)age);
	if (strcmp(state, "running") != 0 && strcmp(state, "reloading") != 0)
		return g_strdup_printf("%s is %s", program, state);
	return NULL;
}

/* Why the filter cannot be counted on; NULL when all is well. */
static char *
status_fault(const json_t *status, gint64 age)
{
	const json_t *processes = json_object_get(status, "processes");
	const json_t *store = json_object_get(status, "store");
	char *fault = program_fault(status, "tact-milter", age);

	if (fault != NULL)
		return fault;
	if (print_integer(processes, "filters") <
	    print_integer(processes, "filters_set"))
		return g_strdup("fewer filter processes run than should");
	if (strcmp(print_string(store, "state"), "unavailable") == 0)
		return g_strdup_printf("the store is unavailable (%s): mail "
		                       "goes on without tier and due time",
		                       print_string(store, "cause"));
	return NULL;
}

/* Of drafts that wait: a question to a model may take minutes. */
#define DRAFTER_STALE_SECONDS 1200

static char *
drafter_fault(const json_t *status, gint64 age)
{
	char *fault = program_fault(status, "tact-drafter",
	                            age > DRAFTER_STALE_SECONDS ? age : 0);

	if (fault != NULL)
		return fault;
	if (strcmp(print_string(status, "store"), "good") != 0)
		return g_strdup("tact-drafter cannot use the store: drafts "
		                "wait");
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
drafter_text(const json_t *status, const char *fault)
{
	gint64 since = print_integer(status, "waiting_since");

	/* A fault names the program. */
	if (fault[0])
		puts(fault);
	else
		printf("tact-drafter: %s\n", print_string(status, "state"));
	if (!json_is_object(status))
		return;
	if (since > 0)
		printf("  %-20s %10d\n", "oldest waits, seconds",
		       (int)(print_integer(status, "time") - since));
	print_numbers("drafts", json_object_get(status, "drafts"));
	print_numbers("drafts that ended in a day",
	              json_object_get(status, "last_day"));
	draft_print_held(print_integer(status, "held"));
}

static void
status_text(const json_t *value)
{
	const json_t *status = json_object_get(value, "status");
	const char *fault = print_string(value, "fault");
	const char *state = print_string(status, "state");

	printf("%s: %s\n", print_string(value, "file"),
	       fault[0] ? fault : state);
	if (json_is_object(status)) {
		printf("  %-20s %10s\n  %-20s %10d\n  %-20s %10d\n", "release",
		       print_string(status, "release"), "pid",
		       (int)print_integer(status, "pid"), "up, seconds",
		       (int)(print_integer(status, "time") -
		             print_integer(status, "started")));
		printf("  %-20s %10d\n", "sessions now",
		       (int)print_integer(status, "sessions"));
		printf("  %-20s %10s\n", "store",
		       print_string(json_object_get(status, "store"), "state"));
		print_numbers("processes",
		              json_object_get(status, "processes"));
		print_numbers("counted since the start",
		              json_object_get(status, "counters"));
		print_numbers("mails by status",
		              json_object_get(status, "status"));
		print_numbers("mails by reason",
		              json_object_get(status, "reasons"));
		print_numbers("end of message, microseconds",
		              json_object_get(status, "eom_us"));
	}
	if (json_object_get(value, "drafter") != NULL)
		drafter_text(json_object_get(value, "drafter"),
		             print_string(value, "drafter_fault"));
}

static gint64
age_of(const json_t *status)
{
	return clock_wall() / G_USEC_PER_SEC - print_integer(status, "time");
}

/* Where mailboxes want drafts, also how these get on; false: not at all. */
static bool
add_drafter(json_t *value, const Settings *settings)
{
	g_autofree char *fault = NULL;
	json_t *status;

	if (!settings_have_drafts(settings))
		return true;
	status = read_status(settings->drafter_status_file, "tact-drafter",
	                     &fault);
	if (status != NULL)
		fault = drafter_fault(status, age_of(status));
	print_set_string(value, "drafter_fault", fault);
	json_object_set_new(value, "drafter",
	                    status != NULL ? status : json_null());
	return fault == NULL;
}

int
cmd_status(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	g_autofree char *fault = NULL;
	json_t *status, *value;
	gint64 age = 0;
	bool good;

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	status = read_status(settings->milter_status_file, "tact-milter",
	                     &fault);
	if (status != NULL) {
		age = age_of(status);
		fault = status_fault(status, age);
	}
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_string(value, "file", settings->milter_status_file);
	good = add_drafter(value, settings) && fault == NULL;
	print_set_bool(value, "ok", good);
	print_set_string(value, "fault", fault);
	print_set_integer(value, "age", age);
	json_object_set_new(value, "status",
	                    status != NULL ? status : json_null());
	print_value(options->json, value, status_text);
	return good ? CLI_FINE : CLI_FOUND;
}
