/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wagner and Fischer (1974), with what both ends have in common taken off
 * first. Rows are the longer list, so that a band around the diagonal is the
 * same whichever list is named first; each cell is one byte that says how it
 * was reached, and is all that is needed to walk back.
 */
#include "edit_align.h"

#include <glib.h>

#include "base/limits.h"

enum { STEP_BOTH, STEP_ROW, STEP_COLUMN };

typedef struct Grid {
	EditWords rows, columns;
	unsigned half; /* of the band */
	size_t width;
	uint8_t *step;         /* (rows.n + 1) * width */
	unsigned *above, *now; /* costs of two rows, by column */
} Grid;

/* The band's middle in that row. */
static unsigned
middle(const Grid *grid, unsigned row)
{
	return (unsigned)((uint64_t)row * grid->columns.n /
	                  MAX(grid->rows.n, 1u));
}

static unsigned
first_column(const Grid *grid, unsigned row)
{
	unsigned at = middle(grid, row);

	return at > grid->half ? at - grid->half : 0;
}

static unsigned
last_column(const Grid *grid, unsigned row)
{
	return MIN(middle(grid, row) + grid->half, grid->columns.n);
}

static uint8_t *
step_at(const Grid *grid, unsigned row, unsigned column)
{
	size_t at = column + grid->half - middle(grid, row);

	return &grid->step[row * grid->width + at];
}

static bool
is_within(const Grid *grid, unsigned row, unsigned column)
{
	return column >= first_column(grid, row) &&
	       column <= last_column(grid, row);
}

/* The cell of a row that is not the first. */
static void
fill_cell(const Grid *grid, unsigned row, unsigned column)
{
	bool above = is_within(grid, row - 1, column);
	unsigned best = G_MAXUINT;
	uint8_t step = STEP_BOTH;

	if (column > 0 && is_within(grid, row - 1, column - 1))
		best = grid->above[column - 1] +
		       (grid->rows.word[row - 1] !=
		        grid->columns.word[column - 1]);
	if (above && grid->above[column] + 1 < best) {
		best = grid->above[column] + 1;
		step = STEP_ROW;
	}
	if (column > first_column(grid, row) &&
	    grid->now[column - 1] + 1 < best) {
		best = grid->now[column - 1] + 1;
		step = STEP_COLUMN;
	}
	grid->now[column] = best;
	*step_at(grid, row, column) = step;
}

static unsigned
fill(Grid *grid)
{
	for (unsigned j = 0; j <= last_column(grid, 0); j++) {
		grid->now[j] = j;
		*step_at(grid, 0, j) = STEP_COLUMN;
	}
	for (unsigned i = 1; i <= grid->rows.n; i++) {
		unsigned *spare = grid->above;
		unsigned last = last_column(grid, i);

		grid->above = grid->now;
		grid->now = spare;
		for (unsigned j = first_column(grid, i); j <= last; j++)
			fill_cell(grid, i, j);
	}
	return grid->now[grid->columns.n];
}

/* From the end back to the start. `swapped`: the rows are the second list. */
static void
walk_back(const Grid *grid, bool swapped, bool *kept)
{
	unsigned row = grid->rows.n, column = grid->columns.n;

	while (row > 0 && column > 0) {
		uint8_t step = *step_at(grid, row, column);

		if (step != STEP_COLUMN)
			row--;
		if (step != STEP_ROW)
			column--;
		if (step == STEP_BOTH &&
		    grid->rows.word[row] == grid->columns.word[column])
			kept[swapped ? column : row] = true;
	}
}

static unsigned
align_middle(EditWords a, EditWords b, bool *kept, bool *ret_banded)
{
	bool swapped = b.n > a.n;
	Grid grid = { .rows = swapped ? b : a, .columns = swapped ? a : b };
	uint64_t rows = UINT64_C(1) + grid.rows.n;
	unsigned distance;

	if (grid.columns.n == 0 || grid.rows.n == 0)
		return grid.rows.n;
	grid.half = grid.columns.n;
	*ret_banded = rows * (2 * (uint64_t)grid.half + 1) > LIMIT_EDIT_CELLS;
	if (*ret_banded)
		grid.half = (unsigned)(LIMIT_EDIT_CELLS / MAX(rows, 1u) / 2);
	grid.width = 2 * (size_t)grid.half + 1;
	grid.step = g_malloc(rows * grid.width);
	grid.above = g_new0(unsigned, (size_t)grid.columns.n + 1);
	grid.now = g_new0(unsigned, (size_t)grid.columns.n + 1);
	distance = fill(&grid);
	if (kept != NULL)
		walk_back(&grid, swapped, kept);
	g_free(grid.step);
	g_free(grid.above);
	g_free(grid.now);
	return distance;
}

unsigned
edit_align(EditWords a, EditWords b, bool *kept, bool *ret_banded)
{
	unsigned first = 0, last = 0, most = MIN(a.n, b.n);

	*ret_banded = false;
	if (most == 0)
		return MAX(a.n, b.n);
	while (first < most && a.word[first] == b.word[first])
		first++;
	while (last < most - first &&
	       a.word[a.n - 1 - last] == b.word[b.n - 1 - last])
		last++;
	for (unsigned i = 0; kept != NULL && i < a.n; i++)
		kept[i] = i < first || i >= a.n - last;
	a = (EditWords){ a.word + first, a.n - first - last };
	b = (EditWords){ b.word + first, b.n - first - last };
	return align_middle(a, b, kept != NULL ? kept + first : NULL,
	                    ret_banded);
}
