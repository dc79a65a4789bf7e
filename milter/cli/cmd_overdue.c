/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of a support lead without a ticket system: what should have been
 * answered by now, the best customers first. It names mails by X-Tact-Id, which
 * any mail client finds, and customers by a number that means nothing
 * elsewhere.
 */
#include <stdio.h>

#include "base/clock.h"
#include "context.h"
#include "print.h"
#include "store/site.h"
#include "store/threads.h"

typedef struct Overview {
	const Settings *settings;
	Desk *desk;
	int64_t now;
	json_t *list;
	int64_t count[TIER_N];
} Overview;

static char *
local_date(const Overview *overview, const char *address, int64_t at)
{
	const Mailbox *mailbox = settings_mailbox(overview->settings, address);

	/* A mailbox that the settings no longer name has no calendar. */
	if (mailbox != NULL)
		return desk_format(overview->desk, mailbox, at);
	return g_strdup_printf("@%" G_GINT64_FORMAT, at);
}

static void
add_overdue(const Overdue *overdue, void *data)
{
	Overview *overview = data;
	json_t *item = json_object();
	g_autofree char *due =
		local_date(overview, overdue->mailbox, overdue->due_at);

	overview->count[overdue->tier]++;
	print_set_string(item, "tier", tier_name(overdue->tier));
	print_set_string(item, "due", due);
	print_set_integer(item, "due_at", overdue->due_at);
	print_set_integer(item, "overdue_seconds",
	                  overview->now - overdue->due_at);
	print_set_integer(item, "last_mail_at", overdue->since);
	print_set_integer(item, "contacts", overdue->contacts);
	print_set_string(item, "mailbox", overdue->mailbox);
	print_set_string(item, "id", overdue->public_id);
	if (overdue->customer != 0)
		print_set_integer(item, "customer", overdue->customer);
	else
		json_object_set_new(item, "customer", json_null());
	json_array_append_new(overview->list, item);
}

static json_t *
counts_value(const Overview *overview)
{
	json_t *counts = json_object();

	for (int tier = TIER_N - 1; tier >= 0; tier--)
		print_set_integer(counts, tier_name(tier),
		                  overview->count[tier]);
	return counts;
}

static void
print_age(gint64 seconds)
{
	if (seconds >= 2 * (gint64)86400)
		printf("%6d d", (int)(seconds / 86400));
	else if (seconds >= 3600)
		printf("%6d h", (int)(seconds / 3600));
	else
		printf("%6d m", (int)(seconds / 60));
}

static void
overdue_text(const json_t *value)
{
	const json_t *list = json_object_get(value, "overdue");
	const json_t *item;
	size_t i;

	if (json_array_size(list) == 0) {
		puts("nothing is overdue");
		return;
	}
	printf("%-10s %8s  %-31s %5s  %-16s  %s\n", "tier", "overdue", "due",
	       "mails", "X-Tact-Id", "mailbox");
	json_array_foreach(list, i, item)
	{
		printf("%-10s ", print_string(item, "tier"));
		print_age(print_integer(item, "overdue_seconds"));
		printf("  %-31s %5d  %-16s  %s\n", print_string(item, "due"),
		       (int)print_integer(item, "contacts"),
		       print_string(item, "id"), print_string(item, "mailbox"));
	}
}

static bool
read_overdue(Overview *overview, GError **error)
{
	g_autoptr(Store) store = site_open_store(overview->settings,
	                                         STORE_ADMIN, SITE_READ, error);

	return store != NULL &&
	       threads_each_overdue(store, overview->now, add_overdue, overview,
	                            error);
}

int
cmd_overdue(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	g_autoptr(Desk) desk =
		settings != NULL ? desk_new(settings, &error) : NULL;
	Overview overview = { .settings = settings,
		              .desk = desk,
		              .now = clock_wall() / 1000000,
		              .list = json_array() };
	json_t *value = json_object();

	if (desk == NULL || !read_overdue(&overview, &error)) {
		json_decref(overview.list);
		json_decref(value);
		print_failure(&error);
		return CLI_FOUND;
	}
	print_set_integer(value, "schema", 1);
	print_set_integer(value, "now", overview.now);
	json_object_set_new(value, "by_tier", counts_value(&overview));
	json_object_set_new(value, "overdue", overview.list);
	print_value(options->json, value, overdue_text);
	return CLI_FINE;
}
