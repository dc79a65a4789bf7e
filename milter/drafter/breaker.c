/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Jitter is full, from nothing to the bound, since many drafters that lost the
 * same endpoint would else come back together. What a server asks for by
 * Retry-After is kept to the second: chance is added to it, never taken off.
 */
#include "breaker.h"

#include <curl/curl.h>
#include <glib.h>

bool
breaker_allow(Breaker *breaker, int64_t now, int64_t *ret_wait_ms)
{
	int64_t until = breaker->not_before;

	if (breaker->failures >= BREAKER_FAILURES)
		until = MAX(until, breaker->open_until);
	*ret_wait_ms = MAX(until - now, 0);
	if (*ret_wait_ms > 0)
		return false;
	if (breaker->failures >= BREAKER_FAILURES && breaker->probing) {
		*ret_wait_ms = BREAKER_OPEN_MS;
		return false;
	}
	breaker->probing = breaker->failures >= BREAKER_FAILURES;
	return true;
}

void
breaker_succeeded(Breaker *breaker)
{
	*breaker = (Breaker){ 0 };
}

void
breaker_failed(Breaker *breaker, int64_t now, int64_t retry_after_ms)
{
	breaker->probing = false;
	if (breaker->failures < BREAKER_FAILURES)
		breaker->failures++;
	if (breaker->failures >= BREAKER_FAILURES)
		breaker->open_until = now + BREAKER_OPEN_MS;
	if (retry_after_ms > 0)
		breaker->not_before = now + retry_after_ms;
}

void
breaker_undone(Breaker *breaker)
{
	breaker->probing = false;
}

int64_t
retry_after_parse(const char *value, int64_t wall_ms)
{
	guint64 seconds;
	time_t date;
	int64_t wait;

	while (g_ascii_isspace(*value))
		value++;
	if (g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32, &seconds,
	                               NULL))
		return MIN((int64_t)seconds * 1000, RETRY_AFTER_CAP_MS);
	date = curl_getdate(value, NULL);
	if (date == -1)
		return 0;
	wait = (int64_t)date * 1000 - wall_ms;
	return CLAMP(wait, 0, RETRY_AFTER_CAP_MS);
}

int64_t
retry_wait(unsigned attempt, int64_t retry_after_ms, double chance)
{
	int64_t bound = RETRY_BASE_MS;

	for (unsigned i = 0; i < attempt && bound < RETRY_CAP_MS; i++)
		bound *= 2;
	bound = MIN(bound, RETRY_CAP_MS);
	return retry_after_ms + (int64_t)((double)bound * chance);
}

bool
retry_is_worth(int status)
{
	return status == 408 || status == 409 || status == 429 ||
	       (status >= 500 && status <= 599);
}
