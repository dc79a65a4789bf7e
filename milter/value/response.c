/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Response times: a mailbox names only what differs there.
 */
#include <string.h>

#include "base/error.h"
#include "value/tier.h"

#define HOUR INT64_C(60)
#define RESPONSE_MAX (366 * 24 * 60) /* minutes */

/* "90m", "8h"; without a unit it would be guessed at. */
static bool
read_minutes(const char *text, int64_t *ret_minutes)
{
	char *unit;
	guint64 n = g_ascii_strtoull(text, &unit, 10);
	unsigned factor = strcmp(unit, "h") == 0   ? 60
	                  : strcmp(unit, "m") == 0 ? 1
	                                           : 0;

	if (!g_ascii_isdigit(text[0]) || factor == 0 ||
	    n > (guint64)RESPONSE_MAX / factor)
		return false;
	*ret_minutes = (int64_t)n * factor;
	return true;
}

static bool
read_item(const char *item, ResponseTimes *times)
{
	size_t n = strcspn(item, " \t");
	const char *rest = item + n + strspn(item + n, " \t");
	g_autofree char *name = g_strndup(item, n);
	Tier tier;

	if (strcmp(name, "risk") == 0)
		return read_minutes(rest, &times->risk);
	return tier_parse(name, &tier) &&
	       read_minutes(rest, &times->minutes[tier]);
}

static bool
read_items(char **items, ResponseTimes *times, GError **error)
{
	for (; items != NULL && *items != NULL; items++)
		if (!read_item(*items, times)) {
			g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
			            "response: \"%.60s\": write a tier (or "
			            "risk) and a time, such as vip 2h",
			            *items);
			return false;
		}
	return true;
}

bool
response_times_read(const Settings *settings, const Mailbox *mailbox,
                    ResponseTimes *ret_times, GError **error)
{
	ResponseTimes times = { { 24 * HOUR, 48 * HOUR, 24 * HOUR, 8 * HOUR,
		                  2 * HOUR },
		                RESPONSE_NONE };

	if (!read_items(settings->value_response, &times, error))
		return settings_blame(settings, NULL, "value", error);
	if (mailbox != NULL &&
	    !read_items(mailbox->mailbox_response, &times, error))
		return settings_blame(settings, mailbox, NULL, error);
	*ret_times = times;
	return true;
}

int64_t
response_minutes(const ResponseTimes *times, Tier tier, Risk risk)
{
	int64_t minutes =
		times->minutes[(unsigned)tier < TIER_N ? tier : TIER_UNKNOWN];

	if (risk == RISK_HIGH && times->risk != RESPONSE_NONE)
		minutes = MIN(minutes, times->risk);
	return minutes;
}
