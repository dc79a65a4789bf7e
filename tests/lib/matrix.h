/* SPDX-License-Identifier: Apache-2.0 */
/*
 * matrix - a confusion matrix over named values, and what is read off it.
 *
 * Owns:    a Matrix is the caller's.
 * Fails:   never.
 * Threads: one Matrix a thread.
 */
#ifndef TESTS_MATRIX_H
#define TESTS_MATRIX_H

#include <glib.h>

enum { MATRIX_VALUES = 20 };

typedef struct Matrix {
	char *names[MATRIX_VALUES];
	unsigned n_names, n;
	unsigned cell[MATRIX_VALUES][MATRIX_VALUES]; /* [labelled][found] */
} Matrix;

void matrix_add(Matrix *matrix, const char *labelled, const char *found);
unsigned matrix_count(const Matrix *matrix, const char *labelled,
                      const char *found);
/* Of those labelled so, how many were found so. */
double matrix_recall(const Matrix *matrix, const char *name);
/* The mean of the F1 of every value that was labelled or found. */
double matrix_macro_f1(const Matrix *matrix);
double matrix_accuracy(const Matrix *matrix);
void matrix_clear(Matrix *matrix);

#endif
