/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looked at every few seconds rather than by inotify(7): drops come over NFS
 * and SMB too, and a nightly one can wait.
 */
#include "import_watch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "print.h"

#define LOOK_EVERY 5000000 /* microseconds */
#define SETTLED_SECONDS 2
#define SAME_NAMES_MAX 10000

static volatile sig_atomic_t stopped;

static void
on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static bool
is_unfinished(const char *name)
{
	return name[0] == '.' || g_str_has_suffix(name, ".part") ||
	       g_str_has_suffix(name, ".tmp") ||
	       g_str_has_suffix(name, ".filepart") ||
	       g_str_has_suffix(name, ".crdownload");
}

static bool
is_settled(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       time(NULL) - st.st_mtime >= SETTLED_SECONDS;
}

/* Names in their order: exports carry their date. */
static GPtrArray *
list_files(const char *directory, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(directory, 0, error);
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(directory, name, NULL);

		if (!is_unfinished(name) && is_settled(path))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, text_compare);
	return names;
}

/* In `folder`, a name that is free. */
static char *
free_place(const char *folder, const char *name)
{
	g_autofree char *place = g_build_filename(folder, name, NULL);

	for (int i = 1; i < SAME_NAMES_MAX; i++) {
		if (!g_file_test(place, G_FILE_TEST_EXISTS))
			break;
		g_free(place);
		place = g_strdup_printf("%s/%s.%d", folder, name, i);
	}
	return g_steal_pointer(&place);
}

static bool
put_away(const char *directory, const char *name, const char *where,
         const GString *report)
{
	g_autofree char *folder = g_build_filename(directory, where, NULL);
	g_autofree char *from = g_build_filename(directory, name, NULL);
	g_autofree char *place = free_place(folder, name);
	g_autofree char *beside = g_strconcat(place, ".report.txt", NULL);
	g_autofree char *harmless = print_name(from);

	if (g_mkdir(folder, 0750) != 0 && errno != EEXIST) {
		print_error("%s: %s/ cannot be made: %s", harmless, where,
		            g_strerror(errno));
		return false;
	}
	if (report->len > 0 && !g_file_set_contents(beside, report->str,
	                                            (gssize)report->len, NULL))
		print_error("%s: the report cannot be written", harmless);
	if (g_rename(from, place) == 0)
		return true;
	print_error("%s: cannot be moved to %s/: %s", harmless, where,
	            g_strerror(errno));
	return false;
}

/* The report that lies beside the file, and what is seen now. */
typedef struct Said {
	GString *text;
	bool json;
} Said;

#define REPORT_BYTES_MAX 67108864

static void
say(void *data, const char *line)
{
	Said *said = data;

	if (said->text->len < REPORT_BYTES_MAX) {
		g_string_append(said->text, line);
		g_string_append_c(said->text, '\n');
	}
	if (!said->json)
		puts(line);
}

static void
print_report(const json_t *value)
{
	(void)value; /* it was said line by line */
}

/* True when nothing had to be rejected or left. */
static bool
take_file(Import *import, const char *directory, const char *name, bool json)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	Said said = { text, json };
	json_t *value = NULL;
	ImportResult result = import_file(import, path, say, &said, &value);

	print_value(json, value, print_report);
	fflush(stdout);
	if (result == IMPORT_FAILED)
		return false;
	return put_away(directory, name,
	                result == IMPORT_REFUSED ? "failed" : "done", text) &&
	       result == IMPORT_FINE;
}

static bool
take_files(Import *import, const char *directory, bool json)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = list_files(directory, &error);
	bool good = error == NULL;

	if (error != NULL)
		print_failure(&error);
	for (guint i = 0; i < names->len && !stopped; i++)
		good = take_file(import, directory, g_ptr_array_index(names, i),
		                 json) &&
		       good;
	return good;
}

int
import_watch(Import *import, const char *directory, bool once, bool json)
{
	bool good;

	if (once)
		return take_files(import, directory, json) ? CLI_FINE
		                                           : CLI_FOUND;
	catch_signals();
	do {
		good = take_files(import, directory, json);
		if (!stopped)
			g_usleep(LOOK_EVERY);
	} while (!stopped);
	return good ? CLI_FINE : CLI_FOUND;
}
