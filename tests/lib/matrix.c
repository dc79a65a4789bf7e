/* SPDX-License-Identifier: Apache-2.0 */
#include "matrix.h"

#include <string.h>

static unsigned
index_of(Matrix *matrix, const char *name)
{
	for (unsigned i = 0; i < matrix->n_names; i++)
		if (strcmp(matrix->names[i], name) == 0)
			return i;
	g_assert(matrix->n_names < MATRIX_VALUES);
	matrix->names[matrix->n_names] = g_strdup(name);
	return matrix->n_names++;
}

void
matrix_add(Matrix *matrix, const char *labelled, const char *found)
{
	unsigned row = index_of(matrix, labelled);

	matrix->cell[row][index_of(matrix, found)]++;
	matrix->n++;
}

double
matrix_macro_f1(const Matrix *matrix)
{
	double sum = 0;

	for (unsigned v = 0; v < matrix->n_names; v++) {
		unsigned both = 0;

		for (unsigned w = 0; w < matrix->n_names; w++)
			both += matrix->cell[v][w] + matrix->cell[w][v];
		if (both > 0)
			sum += 2.0 * matrix->cell[v][v] / both;
	}
	return matrix->n_names > 0 ? sum / matrix->n_names : 0;
}

double
matrix_accuracy(const Matrix *matrix)
{
	unsigned right = 0;

	for (unsigned v = 0; v < matrix->n_names; v++)
		right += matrix->cell[v][v];
	return matrix->n > 0 ? 1.0 * right / matrix->n : 0;
}

void
matrix_clear(Matrix *matrix)
{
	for (unsigned v = 0; v < matrix->n_names; v++)
		g_free(matrix->names[v]);
	memset(matrix, 0, sizeof(*matrix));
}
