/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parser of summaries; every row it lets through must be one that the
 * models can take, and what is fitted to them must be sane.
 */
#include <glib.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "value/bgnbd.h"
#include "value/summary.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Summary) summary =
		summary_parse((const char *)data, size, NULL);

	if (summary == NULL)
		return 0;
	for (size_t i = 0; i < summary->n; i++) {
		const Bgnbd model = { .r = 0.2, .alpha = 4, .a = 0.8, .b = 2 };
		double orders = bgnbd_orders(&model, &summary->rows[i], 39);

		if (!purchases_are_possible(&summary->rows[i]) ||
		    !isfinite(orders) || orders < 0)
			g_error("row %zu", i);
	}
	return 0;
}
