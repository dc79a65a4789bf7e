/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "value/level.h"

/* Stars at urgency low, normal, high: not negative, and negative. */
static const struct row {
	const char *name;
	Tier tier;
	unsigned calm[3], negative[3];
} rows[] = {
	{ "/level/unknown", TIER_UNKNOWN, { 1, 2, 3 }, { 2, 3, 4 } },
	{ "/level/basic", TIER_BASIC, { 1, 1, 2 }, { 1, 2, 3 } },
	{ "/level/standard", TIER_STANDARD, { 1, 2, 3 }, { 2, 3, 4 } },
	{ "/level/premium", TIER_PREMIUM, { 2, 3, 4 }, { 3, 4, 5 } },
	{ "/level/vip", TIER_VIP, { 3, 4, 5 }, { 4, 5, 5 } },
	{ "/level/none", TIER_N, { 1, 2, 3 }, { 2, 3, 4 } },
};

static void
test_row(const void *data)
{
	const struct row *row = data;

	for (int urgency = -1; urgency <= 1; urgency++) {
		unsigned calm = row->calm[urgency + 1];

		g_assert_cmpuint(level_of(row->tier, urgency, 0), ==, calm);
		g_assert_cmpuint(level_of(row->tier, urgency, 1), ==, calm);
		g_assert_cmpuint(level_of(row->tier, urgency, -1), ==,
		                 row->negative[urgency + 1]);
	}
}

static void
test_stars(void)
{
	for (unsigned level = 1; level <= LEVEL_MAX; level++) {
		g_assert_cmpuint(strlen(level_stars(level)), ==, level);
		g_assert_cmpuint(strspn(level_stars(level), "*"), ==, level);
	}
	g_assert_cmpstr(level_stars(0), ==, "*");
	g_assert_cmpstr(level_stars(99), ==, "*****");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_test_add_data_func(rows[i].name, &rows[i], test_row);
	g_test_add_func("/level/stars", test_stars);
	return g_test_run();
}
