/* SPDX-License-Identifier: Apache-2.0 */
#include "matrix.h"

#include <string.h>

/* n_names when it is not among them */
static unsigned
find(const Matrix *matrix, const char *name)
{
	unsigned i = 0;

	while (i < matrix->n_names && strcmp(matrix->names[i], name) != 0)
		i++;
	return i;
}

static unsigned
index_of(Matrix *matrix, const char *name)
{
	unsigned i = find(matrix, name);

	if (i == matrix->n_names) {
		g_assert(matrix->n_names < MATRIX_VALUES);
		matrix->names[matrix->n_names++] = g_strdup(name);
	}
	return i;
}

void
matrix_add(Matrix *matrix, const char *labelled, const char *found)
{
	unsigned row = index_of(matrix, labelled);

	matrix->cell[row][index_of(matrix, found)]++;
	matrix->n++;
}

unsigned
matrix_count(const Matrix *matrix, const char *labelled, const char *found)
{
	unsigned row = find(matrix, labelled), column = find(matrix, found);

	if (row == matrix->n_names || column == matrix->n_names)
		return 0;
	return matrix->cell[row][column];
}

double
matrix_recall(const Matrix *matrix, const char *name)
{
	unsigned row = find(matrix, name), sum = 0;

	if (row == matrix->n_names)
		return 0;
	for (unsigned v = 0; v < matrix->n_names; v++)
		sum += matrix->cell[row][v];
	return sum > 0 ? 1.0 * matrix->cell[row][row] / sum : 0;
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
