/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-steady SOCKET SECONDS CLIENTS RCPT MAIL... - clients that never stop,
 * while somebody does bad things to the milter.
 *
 * Each opens a connection, sends one to five mails, closes it, and begins
 * again, with a breath between: the load must not stop, but what else runs on
 * the machine need not starve. Prints one line of logfmt: `untagged` are mails
 * accepted without a header added, which must never be; `failed` are those that
 * an MTA would have answered with 4xx; `slowest_ms` is the longest answer to an
 * end of message, connecting included.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "crowd.h"
#include "milter_client.h"

#define BREATH_US 20000

typedef struct Steady {
	const char *socket;
	const char *recipient;
	Deadline until;
	MilterMail *mails;
	int n_mails;
	gint sent, failed, untagged, rejected;
	gint slowest_us;
} Steady;

static void
note_time(Steady *steady, int64_t microseconds)
{
	gint now = (gint)MIN(microseconds, G_MAXINT);
	gint before = g_atomic_int_get(&steady->slowest_us);

	while (now > before && !g_atomic_int_compare_and_exchange(
				       &steady->slowest_us, before, now))
		before = g_atomic_int_get(&steady->slowest_us);
}

static void
note_result(Steady *steady, const MilterResult *result)
{
	bool accepted = result->verdict == 'c' || result->verdict == 'a';

	if (accepted && result->added == 0)
		g_atomic_int_inc(&steady->untagged);
	if (!accepted)
		g_atomic_int_inc(&steady->failed);
	if (result->verdict == 'r' || result->verdict == 'y')
		g_atomic_int_inc(&steady->rejected);
}

static bool
send_one(Steady *steady, MilterClient *client, unsigned which)
{
	MilterResult result;
	int64_t began = clock_monotonic();

	g_atomic_int_inc(&steady->sent);
	if (!milter_client_mail(
		    client, &steady->mails[which % (unsigned)steady->n_mails],
		    "anna@example.net", steady->recipient, &result)) {
		g_atomic_int_inc(&steady->failed);
		return false;
	}
	note_time(steady, clock_monotonic() - began);
	note_result(steady, &result);
	return true;
}

static gpointer
client_thread(gpointer data)
{
	Steady *steady = data;
	unsigned turn = 0;

	while (!deadline_passed(steady->until)) {
		MilterClient *client = milter_client_open(steady->socket);
		unsigned n = 1 + turn++ % 5;

		if (client == NULL) {
			g_atomic_int_inc(&steady->failed);
			g_usleep(BREATH_US);
			continue;
		}
		while (n-- > 0 && send_one(steady, client, turn + n))
			continue;
		milter_client_close(client);
		g_usleep(BREATH_US);
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	Steady steady = { 0 };

	if (argc < 6) {
		fputs("usage: milter-steady SOCKET SECONDS CLIENTS RCPT "
		      "MAIL...\n",
		      stderr);
		return 2;
	}
	steady.socket = argv[1];
	steady.recipient = argv[4];
	steady.n_mails = argc - 5;
	steady.mails = g_new0(MilterMail, (gsize)steady.n_mails);
	for (int i = 0; i < steady.n_mails; i++)
		if (!milter_mail_read(argv[i + 5], &steady.mails[i]))
			return 2;
	steady.until = deadline_in((int64_t)(strtod(argv[2], NULL) * 1000));
	crowd_run((int)strtol(argv[3], NULL, 10), client_thread, &steady);
	printf("mails=%d failed=%d untagged=%d rejected=%d slowest_ms=%d\n",
	       steady.sent, steady.failed, steady.untagged, steady.rejected,
	       steady.slowest_us / 1000);
	return 0;
}
