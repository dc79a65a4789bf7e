/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every family of bombs.h at the largest size that the filter hands over,
 * each in a process of its own: no hang, at most CPU_MAX_MS and RSS_MAX_KB
 * more memory; and twice the size costs at most RATIO_MAX times the time.
 */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "bombs.h"
#include "cpu_clock.h"
#include "message/message.h"
#include "rows.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW 30 /* only hangs and reports matter: each size once */
#define RUNS 1
#else
#define SLOW 1
#define RUNS 2
#endif

#define CPU_MAX_MS (250 * SLOW)
#define RSS_MAX_KB (64 * 1024 * SLOW)
#define HANG_SECONDS (20 * SLOW)
#define RATIO_MAX 2.5
/* What others on the machine may add, seen with ten waiting jobs. */
#define NOISE_MS 10.0
#define TRIES 8

typedef struct Cost {
	double ms;
	long kb;
} Cost;

/* A line of /proc/self/status, in KiB. */
static long
status_kb(const char *key)
{
	g_autofree char *status = NULL;
	const char *line;

	if (!g_file_get_contents("/proc/self/status", &status, NULL, NULL))
		return 0;
	line = strstr(status, key);
	return line == NULL ? 0 : strtol(line + strlen(key), NULL, 10);
}

/* Of the resident set: VmHWM. */
static void
reset_peak(void)
{
	int file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	g_assert_cmpint(file, >=, 0);
	g_assert_cmpint(write(file, "5", 1), ==, 1);
	close(file);
}

static double
parse_ms(const GString *mail)
{
	double start = cpu_clock_ms();
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(mail->str, mail->len, NULL, &error);

	if (message == NULL)
		g_assert_nonnull(error);
	else
		g_assert_true(g_utf8_validate(message_text(message), -1, NULL));
	g_clear_pointer(&message, message_free);
	return cpu_clock_ms() - start;
}

static Cost
measure(const GString *mail)
{
	long before;
	Cost cost = { 1e9, 0 };

	reset_peak();
	before = status_kb("VmRSS:");
	for (int i = 0; i < RUNS; i++)
		cost.ms = MIN(cost.ms, parse_ms(mail));
	cost.kb = status_kb("VmHWM:") - before;
	return cost;
}

/* In a child, which an alarm ends. */
static Cost
measure_apart(const Bomb *bomb, size_t size)
{
	int ends[2];
	int status;
	pid_t child;
	Cost cost = { 0, 0 };

	g_assert_cmpint(pipe(ends), ==, 0);
	child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		g_autoptr(GString) mail = bomb_make(bomb, size);

		alarm(HANG_SECONDS);
		cost = measure(mail);
		_exit(write(ends[1], &cost, sizeof(cost)) != sizeof(cost));
	}
	close(ends[1]);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_cmphex((guint)status, ==, 0); /* 0xe: the alarm */
	if (read(ends[0], &cost, sizeof(cost)) != sizeof(cost))
		cost.ms = 1e9;
	close(ends[0]);
	return cost;
}

static bool
is_linear(Cost half, Cost full)
{
	return SLOW > 1 || full.ms <= RATIO_MAX * half.ms + NOISE_MS;
}

/* Up to the most text that is decoded, and up to the largest mail. */
static const size_t sizes[] = {
	LIMIT_TEXT_DECODED / 2,
	LIMIT_TEXT_DECODED,
	LIMIT_ANALYSE_BYTES / 2,
	LIMIT_ANALYSE_BYTES,
};

/* Keeps the least time and the most memory of all tries. */
static bool
measure_sizes(const Bomb *bomb, Cost costs[4])
{
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		Cost cost;

		if (SLOW > 1 && i % 2 == 0) /* a half, for the ratio */
			continue;
		cost = measure_apart(bomb, sizes[i]);
		costs[i].ms = MIN(costs[i].ms, cost.ms);
		costs[i].kb = MAX(costs[i].kb, cost.kb);
	}
	return is_linear(costs[0], costs[1]) && is_linear(costs[2], costs[3]);
}

static void
test_bomb(const void *data)
{
	const Bomb *bomb = data;
	Cost costs[] = { { 1e9, 0 }, { 1e9, 0 }, { 1e9, 0 }, { 1e9, 0 } };
	bool linear = false;

	/* Somebody else may have had the machine: what is not linear is so
	 * every time. */
	for (int try = 0; try < TRIES; try++) {
		linear = measure_sizes(bomb, costs);
		if (linear && costs[3].ms <= CPU_MAX_MS)
			break;
	}
	g_test_message("%.1f ms of %.1f, %.1f ms of %.1f; %ld KiB", costs[3].ms,
	               costs[2].ms, costs[1].ms, costs[0].ms, costs[3].kb);
	g_assert_cmpfloat(costs[3].ms, <=, CPU_MAX_MS);
	g_assert_cmpint(costs[3].kb, <=, RSS_MAX_KB);
	g_assert_true(linear);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/bombs/", bombs, test_bomb);
	return g_test_run();
}
