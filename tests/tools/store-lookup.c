/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store-lookup CONFIG CUSTOMERS LOOKUPS: how long it takes to find a customer
 * by address in a store that was filled from orders-make CUSTOMERS ...
 *
 * Each look-up makes the pseudonym and finds the alias, in a read of its own,
 * of customers at random. As many are done before for warmth. Prints JSON, in
 * microseconds: by the clock, and of the processor alone, which a busy machine
 * does not change.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/settings.h"
#include "message/message.h"
#include "store/customers.h"
#include "store/site.h"

typedef struct Bench {
	Store *store;
	Keys *keys;
	GRand *random;
	guint64 customers;
} Bench;

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* As orders-make writes it. */
static char *
address_of(const Bench *bench)
{
	guint64 i = (guint64)(g_rand_double(bench->random) *
	                      (double)bench->customers);

	return g_strdup_printf("c%" G_GUINT64_FORMAT "@mail%d.invalid", i + 1,
	                       (int)(i % 7));
}

static double
since(clockid_t clock, const struct timespec *begin)
{
	struct timespec end;

	clock_gettime(clock, &end);
	return (double)(end.tv_sec - begin->tv_sec) * 1e6 +
	       (double)(end.tv_nsec - begin->tv_nsec) / 1e3;
}

static void
look_up(const Bench *bench, double *wall, double *cpu)
{
	g_autofree char *address = address_of(bench);
	g_autoptr(GError) error = NULL;
	struct timespec begin, cpu_begin;
	int64_t customer = 0;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_begin);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	if (!customers_find(bench->store, bench->keys, address, &customer,
	                    &error))
		g_error("%s", error->message);
	*wall = since(CLOCK_MONOTONIC, &begin);
	*cpu = since(CLOCK_THREAD_CPUTIME_ID, &cpu_begin);
	if (customer == 0)
		g_error("%s is not there", address);
}

static void
print_times(const char *name, double *times, guint64 n)
{
	double sum = 0;

	for (guint64 i = 0; i < n; i++)
		sum += times[i];
	qsort(times, n, sizeof(*times), compare);
	printf(",\"%smean_us\":%.1f,\"%sp50_us\":%.1f,\"%sp99_us\":%.1f,"
	       "\"%sp999_us\":%.1f",
	       name, sum / (double)n, name, times[n / 2], name,
	       times[n * 99 / 100], name, times[n * 999 / 1000]);
}

static void
run(const Bench *bench, guint64 n)
{
	g_autofree double *wall = g_new(double, n);
	g_autofree double *cpu = g_new(double, n);

	for (int round = 0; round < 2; round++)
		for (guint64 i = 0; i < n; i++)
			look_up(bench, &wall[i], &cpu[i]);
	printf("{\"customers\":%" G_GUINT64_FORMAT
	       ",\"lookups\":%" G_GUINT64_FORMAT,
	       bench->customers, n);
	print_times("", wall, n);
	print_times("cpu_", cpu, n);
	puts("}");
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = NULL;
	Bench bench = { 0 };
	guint64 n = 0;

	if (argc != 4 ||
	    !g_ascii_string_to_unsigned(argv[2], 10, 1, 1000000000,
	                                &bench.customers, NULL) ||
	    !g_ascii_string_to_unsigned(argv[3], 10, 1, 100000000, &n, NULL)) {
		fputs("usage: store-lookup CONFIG CUSTOMERS LOOKUPS\n", stderr);
		return 2;
	}
	message_init();
	settings = settings_load(argv[1], &error);
	if (settings != NULL)
		bench.keys = site_load_keys(settings, &error);
	if (bench.keys != NULL)
		bench.store = site_open_store(settings, STORE_KEEPER, SITE_READ,
		                              &error);
	if (bench.store == NULL) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	bench.random = g_rand_new_with_seed(1);
	run(&bench, n);
	g_rand_free(bench.random);
	store_close(bench.store);
	keys_free(bench.keys);
	return 0;
}
