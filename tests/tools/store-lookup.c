/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store-lookup CONFIG CUSTOMERS LOOKUPS: how long it takes to find a customer
 * by address in a store that was filled from orders-make CUSTOMERS ...
 *
 * Each look-up is what a mail costs: the pseudonym and the alias
 * in a read of its own, of customers at random. As
 * many are done before for warmth. Prints JSON; microseconds.
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
look_up(const Bench *bench)
{
	g_autofree char *address = address_of(bench);
	g_autoptr(GError) error = NULL;
	struct timespec begin, end;
	int64_t customer = 0;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	if (!customers_find(bench->store, bench->keys, address, &customer,
	                    &error))
		g_error("%s", error->message);
	clock_gettime(CLOCK_MONOTONIC, &end);
	if (customer == 0)
		g_error("%s is not there", address);
	return (double)(end.tv_sec - begin.tv_sec) * 1e6 +
	       (double)(end.tv_nsec - begin.tv_nsec) / 1e3;
}

static void
run(const Bench *bench, guint64 n)
{
	g_autofree double *times = g_new(double, n);
	double sum = 0;

	for (guint64 i = 0; i < n; i++)
		(void)look_up(bench);
	for (guint64 i = 0; i < n; i++) {
		times[i] = look_up(bench);
		sum += times[i];
	}
	qsort(times, n, sizeof(*times), compare);
	printf("{\"customers\":%" G_GUINT64_FORMAT
	       ",\"lookups\":%" G_GUINT64_FORMAT
	       ",\"mean_us\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,"
	       "\"p999_us\":%.1f,\"max_us\":%.1f}\n",
	       bench->customers, n, sum / (double)n, times[n / 2],
	       times[n * 99 / 100], times[n * 999 / 1000], times[n - 1]);
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
