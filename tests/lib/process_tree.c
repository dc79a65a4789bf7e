/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CPU is read from schedstat (nanoseconds), since the clock ticks of stat are
 * 10 ms, for the processes that live; those that have ended are in their
 * parents' cutime, in ticks.
 */
#include "process_tree.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *
read_proc(const char *path)
{
	char *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* The pid and all its descendants, parents first. */
static GArray *
descendants(pid_t pid)
{
	GArray *pids = g_array_new(FALSE, FALSE, sizeof(pid_t));

	g_array_append_val(pids, pid);
	for (guint i = 0; i < pids->len; i++) {
		pid_t p = g_array_index(pids, pid_t, i);
		g_autofree char *path = g_strdup_printf(
			"/proc/%d/task/%d/children", (int)p, (int)p);
		g_autofree char *text = read_proc(path);
		g_auto(GStrv) words =
			g_strsplit(text != NULL ? text : "", " ", 0);

		for (char **word = words; *word != NULL; word++) {
			pid_t child = (pid_t)g_ascii_strtoll(*word, NULL, 10);

			if (child > 0)
				g_array_append_val(pids, child);
		}
	}
	return pids;
}

static double
threads_cpu(pid_t pid)
{
	g_autofree char *dir = g_strdup_printf("/proc/%d/task", (int)pid);
	GDir *tasks = g_dir_open(dir, 0, NULL);
	const char *name;
	double sum = 0;

	while (tasks != NULL && (name = g_dir_read_name(tasks)) != NULL) {
		g_autofree char *path =
			g_build_filename(dir, name, "schedstat", NULL);
		g_autofree char *text = read_proc(path);

		if (text != NULL)
			sum += g_ascii_strtod(text, NULL) / 1e9;
	}
	if (tasks != NULL)
		g_dir_close(tasks);
	return sum;
}

/* Ended threads' time is in the process's own utime + stime only; take the
 * larger of both views, and add what its ended children took. */
static double
process_cpu(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)pid);
	g_autofree char *text = read_proc(path);
	const char *rest = text != NULL ? strrchr(text, ')') : NULL;
	unsigned long own[2], ended[2];
	double tick = (double)sysconf(_SC_CLK_TCK);

	if (rest == NULL ||
	    sscanf(rest,
	           ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu "
	           "%lu",
	           &own[0], &own[1], &ended[0], &ended[1]) != 4)
		return 0;
	return MAX(threads_cpu(pid), (double)(own[0] + own[1]) / tick) +
	       (double)(ended[0] + ended[1]) / tick;
}

static double
process_pss(pid_t pid)
{
	g_autofree char *path =
		g_strdup_printf("/proc/%d/smaps_rollup", (int)pid);
	g_autofree char *text = read_proc(path);
	const char *line = text != NULL ? strstr(text, "\nPss:") : NULL;

	return line != NULL ? g_ascii_strtod(line + 5, NULL) * 1024 : 0;
}

static double
sum_over_tree(pid_t pid, double (*of_process)(pid_t))
{
	g_autoptr(GArray) pids = descendants(pid);
	double sum = 0;

	for (guint i = 0; pid > 0 && i < pids->len; i++)
		sum += of_process(g_array_index(pids, pid_t, i));
	return sum;
}

double
process_tree_cpu(pid_t pid)
{
	return sum_over_tree(pid, process_cpu);
}

double
process_tree_pss(pid_t pid)
{
	return sum_over_tree(pid, process_pss);
}
