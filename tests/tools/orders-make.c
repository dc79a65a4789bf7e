/* SPDX-License-Identifier: Apache-2.0 */
/*
 * orders-make CUSTOMERS ORDERS [SEED]: an export of that size on standard
 * output, the same for the same numbers.
 *
 * Who buys, how often and how much is spread as in shops: a tenth of the
 * customers has half of the orders. Orders stand in the order of their days,
 * customers at random, as an ERP writes them; three in a hundred are refunds
 * of an earlier order, one in a hundred lines stands there twice. Every
 * customer has at least one order if there are enough.
 */
#include <glib.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRST_DAY 18262 /* 2020-01-01 */
#define DAYS 2000
#define BUFFER_BYTES 1048576

static uint64_t state;

/* splitmix64: its numbers are the same everywhere. */
static uint64_t
next_number(void)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static double
next_share(void)
{
	return (double)(next_number() >> 11) / 9007199254740992.0;
}

/* A whole permutation of the customers for the first orders; then the busy
 * ones more often. The step is prime to nearly every count. */
static uint64_t
customer_of(uint64_t order, uint64_t customers)
{
	if (order < customers)
		return (order * UINT64_C(2654435761)) % customers;
	return (uint64_t)(pow(next_share(), 3) * (double)customers);
}

/* Civil date of a day number, as yyyy-mm-dd. */
static void
print_day(int64_t day, char out[11])
{
	int64_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	g_snprintf(out, 11, "%04d-%02d-%02d",
	           (int)(yoe + era * 400 + (month <= 2)) % 10000,
	           (int)month % 100, (int)(doy - (153 * mp + 2) / 5 + 1) % 100);
}

static void
print_order(uint64_t order, uint64_t orders, uint64_t customers)
{
	uint64_t customer = customer_of(order, customers);
	double money = exp(3.5 + 2.0 * (next_share() + next_share() - 1.0));
	uint64_t cents = 100 + (uint64_t)(money * 100);
	uint64_t dice = next_number() % 100;
	char day[11];

	print_day(FIRST_DAY + (int64_t)(order * DAYS / orders), day);
	printf("%" PRIu64 ",%s,%" PRIu64 ",c%" PRIu64
	       "@mail%d.invalid,%s%" PRIu64 ".%02" PRIu64 "\n",
	       order + 1, day, customer + 1, customer + 1, (int)(customer % 7),
	       dice < 3 ? "-" : "", cents / 100, cents % 100);
	if (dice == 99)
		printf("%" PRIu64 ",%s,%" PRIu64 ",,%" PRIu64 ".%02" PRIu64
		       "\n",
		       order + 1, day, customer + 1, cents / 100, cents % 100);
}

static bool
read_count(const char *text, uint64_t *ret)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(text, 10, 1, 1000000000, &number, NULL))
		return false;
	*ret = number;
	return true;
}

int
main(int argc, char **argv)
{
	uint64_t customers, orders;

	if (argc < 3 || argc > 4 || !read_count(argv[1], &customers) ||
	    !read_count(argv[2], &orders) ||
	    (argc == 4 && !read_count(argv[3], &state))) {
		fputs("usage: orders-make CUSTOMERS ORDERS [SEED]\n", stderr);
		return 2;
	}
	setvbuf(stdout, NULL, _IOFBF, BUFFER_BYTES);
	puts("Order ID,Order date,Customer No,E-mail,Amount");
	for (uint64_t i = 0; i < orders; i++)
		print_order(i, orders, customers);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
