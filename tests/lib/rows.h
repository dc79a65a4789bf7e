/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows - a test for each row of a table.
 *
 *     rows_add("/text/", rows, test_row);
 *
 * Owns:    nothing; the table must live as long as the tests.
 * Fails:   never.
 * Threads: that of main().
 */
#ifndef TESTS_ROWS_H
#define TESTS_ROWS_H

#include <glib.h>

/* The first member of a row is its name, a string. */
#define rows_add(prefix, rows, test)                                           \
	rows_add_sized(prefix, rows, G_N_ELEMENTS(rows), sizeof((rows)[0]),    \
	               test)

void rows_add_sized(const char *prefix, const void *rows, gsize n, gsize size,
                    GTestDataFunc test);

#endif
