/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-load - real mails through a milter, as fast as it takes them or as
 * many a second as told.
 *
 *     milter-load [-c CONNECTIONS] [-n MAILS] [-m MAILS] [-q RATE] [-r RCPT]
 *                 [-f SENDER] [-p PID] [-u NAME] SOCKET MAIL...
 *
 * -m: mails a connection (default 1: an MTA opens one a session). -q: mails a
 * second in all; one that finds no connection free starts later. -u: each mail
 * has a Message-ID of its own, NAME-NUMBER, and is not one that came before.
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
	const char *socket, *sender, *recipient, *unique;
	MilterMail *mails;
	int n_mails;
	int connections;
	int per_connection, rate;
	int64_t start;
	gint total, next, failed, early, added, tiers;
	double *eom; /* one a mail */
} Load;

static bool
send_mail(const Load *load, MilterClient *client, int i, MilterResult *result)
{
	const MilterMail *mail = &load->mails[i % load->n_mails];
	g_autofree char *id = NULL;
	MilterMail renamed;
	bool done;

	if (load->unique == NULL)
		return milter_client_mail(client, mail, load->sender,
		                          load->recipient, result);
	id = g_strdup_printf("%s-%d@load.example", load->unique, i);
	milter_mail_rename(mail, id, &renamed);
	done = milter_client_mail(client, &renamed, load->sender,
	                          load->recipient, result);
	milter_mail_clear(&renamed);
	return done;
}

static void
deliver(Load *load, MilterClient **client, int i)
{
	MilterResult result;

	if (*client == NULL)
		*client = milter_client_open(load->socket);
	if (*client == NULL || !send_mail(load, *client, i, &result)) {
		g_clear_pointer(client, milter_client_close);
		g_atomic_int_inc(&load->failed);
		return;
	}
	load->eom[i] = result.eom_ms;
	if (result.verdict != 'c' && result.verdict != 'a')
		g_atomic_int_inc(&load->failed);
	if (result.early)
		g_atomic_int_inc(&load->early);
	if (result.tier[0] != '\0')
		g_atomic_int_inc(&load->tiers);
	g_atomic_int_add(&load->added, (gint)result.added);
}

static void
wait_for_turn(const Load *load, int i)
{
	int64_t early;

	if (load->rate == 0)
		return;
	early = load->start + i * INT64_C(1000000) / load->rate -
	        clock_monotonic();
	if (early > 0)
		g_usleep((gulong)early);
}

static gpointer
connection(gpointer data)
{
	Load *load = data;
	MilterClient *client = NULL;
	int i, sent = 0;

	while ((i = g_atomic_int_add(&load->next, 1)) < load->total) {
		wait_for_turn(load, i);
		deliver(load, &client, i);
		if (++sent % load->per_connection == 0)
			g_clear_pointer(&client, milter_client_close);
	}
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
	       "early=%d headers=%.1f tiers=%d",
	       n, load->connections, n / seconds, percentile(load->eom, n, 0.5),
	       percentile(load->eom, n, 0.95), percentile(load->eom, n, 0.99),
	       load->eom[n - 1], load->failed, load->early,
	       (double)load->added / n, load->tiers);
	if (pid > 0)
		printf(" cpu_ms=%.4f pss_mib=%.1f", cpu * 1000 / n,
		       process_tree_pss(pid) / 1024.0 / 1024.0);
	printf("\n");
}

static int
usage(void)
{
	fprintf(stderr, "usage: milter-load [-c CONNECTIONS] [-n MAILS] "
	                "[-m MAILS] [-q RATE] [-r RCPT] [-f SENDER] [-p PID] "
	                "[-u NAME] SOCKET MAIL...\n");
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
take_option(Load *load, pid_t *pid, int option)
{
	int number = (int)strtol(optarg ? optarg : "0", NULL, 10);

	switch (option) {
	case 'c':
		load->connections = number;
		return true;
	case 'n':
		load->total = number;
		return true;
	case 'm':
		load->per_connection = number;
		return true;
	case 'q':
		load->rate = number;
		return true;
	case 'r':
		load->recipient = optarg;
		return true;
	case 'f':
		load->sender = optarg;
		return true;
	case 'u':
		load->unique = optarg;
		return true;
	case 'p':
		*pid = (pid_t)number;
		return true;
	default:
		return false;
	}
}

static bool
read_options(Load *load, pid_t *ret_pid, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "c:n:m:q:r:f:p:u:")) != -1)
		if (!take_option(load, ret_pid, option))
			return false;
	return argc - optind >= 2 && load->total > 0 && load->connections > 0 &&
	       load->per_connection > 0 && load->rate >= 0;
}

int
main(int argc, char **argv)
{
	Load load = { .connections = 8,
		      .per_connection = 1,
		      .total = 2000,
		      .sender = "<customer@client.example>",
		      .recipient = "<support@bench.test>" };
	pid_t pid = 0;
	double cpu;

	if (!read_options(&load, &pid, argc, argv))
		return usage();
	load.socket = argv[optind];
	load.n_mails = argc - optind - 1;
	load.mails = g_new0(MilterMail, load.n_mails);
	load.eom = g_new0(double, load.total);
	if (!read_mails(&load, argv + optind + 1))
		return 1;
	cpu = process_tree_cpu(pid);
	load.start = clock_monotonic();
	crowd_run(load.connections, connection, &load);
	report(&load, (double)(clock_monotonic() - load.start) / 1e6,
	       process_tree_cpu(pid) - cpu, pid);
	return load.failed == 0 ? 0 : 1;
}
