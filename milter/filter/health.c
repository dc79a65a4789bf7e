/* SPDX-License-Identifier: Apache-2.0 */
#include "health.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/store.h"

#define LINE_EVERY_US INT64_C(60000000)
#define PAUSE_US INT64_C(2000000)

const char *
health_cause_name(HealthCause cause)
{
	static const char *const names[] = {
		[HEALTH_GOOD] = "good",       [HEALTH_BUSY] = "busy",
		[HEALTH_FULL] = "full",       [HEALTH_CORRUPT] = "corrupt",
		[HEALTH_VERSION] = "version", [HEALTH_UNSAFE] = "unsafe",
		[HEALTH_IO] = "io",           [HEALTH_SILENT] = "silent",
		[HEALTH_GONE] = "gone",
	};

	return (unsigned)cause < HEALTH_N ? names[cause] : "io";
}

HealthCause
health_cause_of(const GError *error)
{
	static const HealthCause causes[] = {
		[STORE_ERROR_BUSY] = HEALTH_BUSY,
		[STORE_ERROR_FULL] = HEALTH_FULL,
		[STORE_ERROR_CORRUPT] = HEALTH_CORRUPT,
		[STORE_ERROR_VERSION] = HEALTH_VERSION,
		[STORE_ERROR_UNSAFE] = HEALTH_UNSAFE,
		[STORE_ERROR_IO] = HEALTH_IO,
	};

	if (error == NULL || error->domain != STORE_ERROR ||
	    (unsigned)error->code >= G_N_ELEMENTS(causes))
		return HEALTH_IO;
	return causes[error->code];
}

/* True for one caller in a minute. */
static bool
may_log(StoreHealth *health, HealthCause cause)
{
	int64_t now = clock_monotonic();
	int64_t before = atomic_load(&health->logged[cause]);

	return (before == 0 || now - before >= LINE_EVERY_US) &&
	       atomic_compare_exchange_strong(&health->logged[cause], &before,
	                                      now);
}

void
health_failed(StoreHealth *health, HealthCause cause, const char *why)
{
	if (atomic_exchange(&health->cause, cause) == HEALTH_GOOD)
		atomic_store(&health->since, clock_wall());
	if (!may_log(health, cause))
		return;
	atomic_fetch_add(&health->lines, 1);
	log_error(NULL, EVENT("store_unavailable"),
	          STR("cause", health_cause_name(cause)), STR("why", why));
}

void
health_recovered(StoreHealth *health)
{
	int64_t since = atomic_load(&health->since);

	if (atomic_exchange(&health->cause, HEALTH_GOOD) == HEALTH_GOOD)
		return;
	atomic_store(&health->since, clock_wall());
	if (atomic_exchange(&health->lines, 0) > 0)
		log_info(NULL, EVENT("store_available"),
		         INT("seconds", (clock_wall() - since) / 1000000));
}

void
health_pause(StoreHealth *health)
{
	atomic_store(&health->resume, clock_monotonic() + PAUSE_US);
}

bool
health_is_paused(StoreHealth *health)
{
	return clock_monotonic() < atomic_load(&health->resume);
}
