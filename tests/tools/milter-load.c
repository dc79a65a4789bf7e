/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-load - real mails through a milter as fast as it takes them.
 *
 *     milter-load [-c CONNECTIONS] [-n MAILS] [-r RCPT] [-f SENDER]
 *                 [-p PID] SOCKET MAIL...
 *
 * Prints one line of logfmt: mails a second, percentiles of the answer to
 * end-of-message, and with -p the CPU time a mail and the proportional set
 * size of that process and all its descendants.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "crowd.h"
#include "milter_client.h"
#include "process_tree.h"

typedef struct Load {
	const char *socket, *sender, *recipient;
	MilterMail *mails;
	int n_mails;
	int connections;
	gint total, next, failed, early, added;
	double *eom; /* one a mail */
} Load;

static void
deliver(Load *load, MilterClient **client, int i)
{
	MilterResult result;

	if (*client == NULL)
		*client = milter_client_open(load->socket);
	if (*client == NULL ||
	    !milter_client_mail(*client, &load->mails[i % load->n_mails],
	                        load->sender, load->recipient, &result)) {
		g_clear_pointer(client, milter_client_close);
		g_atomic_int_inc(&load->failed);
		return;
	}
	load->eom[i] = result.eom_ms;
	if (result.verdict != 'c' && result.verdict != 'a')
		g_atomic_int_inc(&load->failed);
	if (result.early)
		g_atomic_int_inc(&load->early);
	g_atomic_int_add(&load->added, (gint)result.added);
}

static gpointer
connection(gpointer data)
{
	Load *load = data;
	MilterClient *client = NULL;
	int i;

	while ((i = g_atomic_int_add(&load->next, 1)) < load->total)
		deliver(load, &client, i);
	milter_client_close(client);
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
percentile(const double *sorted, int n, double p)
{
	return sorted[MIN(n - 1, (int)(p * n))];
}

static void
report(Load *load, double seconds, double cpu, pid_t pid)
{
	int n = load->total;

	qsort(load->eom, (size_t)n, sizeof(double), compare);
	printf("mails=%d connections=%d rate=%.0f eom_p50_ms=%.3f "
	       "eom_p95_ms=%.3f eom_p99_ms=%.3f eom_max_ms=%.3f failed=%d "
	       "early=%d headers=%.1f",
	       n, load->connections, n / seconds, percentile(load->eom, n, 0.5),
	       percentile(load->eom, n, 0.95), percentile(load->eom, n, 0.99),
	       load->eom[n - 1], load->failed, load->early,
	       (double)load->added / n);
	if (pid > 0)
		printf(" cpu_ms=%.4f pss_mib=%.1f", cpu * 1000 / n,
		       process_tree_pss(pid) / 1024.0 / 1024.0);
	printf("\n");
}

static int
usage(void)
{
	fprintf(stderr, "usage: milter-load [-c CONNECTIONS] [-n MAILS] "
	                "[-r RCPT] [-f SENDER] [-p PID] SOCKET MAIL...\n");
	return 2;
}

static bool
read_mails(Load *load, char **paths)
{
	for (int i = 0; i < load->n_mails; i++)
		if (!milter_mail_read(paths[i], &load->mails[i])) {
			fprintf(stderr, "%s: cannot be read\n", paths[i]);
			return false;
		}
	return true;
}

static bool
read_options(Load *load, pid_t *ret_pid, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "c:n:r:f:p:")) != -1) {
		int number = (int)strtol(optarg ? optarg : "0", NULL, 10);

		if (option == 'c')
			load->connections = number;
		else if (option == 'n')
			load->total = number;
		else if (option == 'r')
			load->recipient = optarg;
		else if (option == 'f')
			load->sender = optarg;
		else if (option == 'p')
			*ret_pid = (pid_t)number;
		else
			return false;
	}
	return argc - optind >= 2 && load->total > 0 && load->connections > 0;
}

int
main(int argc, char **argv)
{
	Load load = { .connections = 8,
		      .total = 2000,
		      .sender = "<customer@client.example>",
		      .recipient = "<support@bench.test>" };
	pid_t pid = 0;
	double cpu;
	int64_t start;

	if (!read_options(&load, &pid, argc, argv))
		return usage();
	load.socket = argv[optind];
	load.n_mails = argc - optind - 1;
	load.mails = g_new0(MilterMail, load.n_mails);
	load.eom = g_new0(double, load.total);
	if (!read_mails(&load, argv + optind + 1))
		return 1;
	cpu = process_tree_cpu(pid);
	start = clock_monotonic();
	crowd_run(load.connections, connection, &load);
	report(&load, (double)(clock_monotonic() - start) / 1e6,
	       process_tree_cpu(pid) - cpu, pid);
	return load.failed == 0 ? 0 : 1;
}
