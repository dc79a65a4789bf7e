/* SPDX-License-Identifier: Apache-2.0 */
#include "backoff.h"

#include <glib.h>

#include "base/id.h"

int64_t
backoff_seconds(int64_t attempt, int64_t id)
{
	const int64_t key[2] = { attempt, id };
	int64_t doublings = CLAMP(attempt - 1, 0, 20);
	int64_t most = MIN((int64_t)BACKOFF_FIRST << doublings, BACKOFF_LAST);

	/* half of it, and a part of the other half */
	return most / 2 +
	       (int64_t)(id_hash(key, sizeof(key)) % (uint64_t)(most / 2 + 1));
}
