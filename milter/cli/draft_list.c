/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list needs no key to the texts: it tells of drafts, not what is in them.
 */
#include <stdio.h>
#include <string.h>

#include "draft.h"
#include "print.h"

static void
add_draft(const DraftRow *row, void *data)
{
	json_array_append_new(data, draft_value(row));
}

/* "closed (rejected)", "stuck (delivery)", ... */
static char *
standing_of(const json_t *draft)
{
	const char *state = print_string(draft, "state");
	const char *fate = print_string(draft, "fate");
	const char *fault = print_string(draft, "fault");

	if (fate[0] != '\0')
		return g_strdup(fate);
	if (fault[0] != '\0')
		return g_strdup_printf("%s: %s", state, fault);
	return g_strdup(state);
}

static void
print_draft(const json_t *draft)
{
	g_autofree char *at = draft_moment(print_integer(draft, "created_at"));
	g_autofree char *standing = standing_of(draft);

	printf("%-16s  %-16s  %-18s  %-8s  %-8s  %6zu  %s\n",
	       print_string(draft, "id"), at, standing,
	       print_string(draft, "language"), print_string(draft, "engine"),
	       json_array_size(json_object_get(draft, "checks")),
	       print_string(draft, "mailbox"));
}

static bool
is_held(const json_t *draft)
{
	return print_integer(draft, "next_at") > 0 &&
	       strcmp(print_string(draft, "fault"), DRAFT_FAULT_SETUP) == 0;
}

static void
print_list(const json_t *value)
{
	const json_t *list = json_object_get(value, "drafts");
	const json_t *draft;
	gint64 held = 0;
	size_t i;

	if (json_array_size(list) == 0) {
		puts("no draft");
		return;
	}
	printf("%-16s  %-16s  %-18s  %-8s  %-8s  %6s  %s\n", "id", "asked",
	       "state", "language", "engine", "checks", "mailbox");
	json_array_foreach(list, i, draft)
	{
		print_draft(draft);
		held += is_held(draft);
	}
	draft_print_held(held);
}

static bool
read_list(const Options *options, DraftFilter *filter, json_t *list,
          GError **error)
{
	g_auto(DraftSite) site = { 0 };

	if (!draft_site_open(&site, options, SITE_READ, error))
		return false;
	filter->mailbox = site_mailbox(site.site.settings, options->mailbox);
	return drafts_each(site.site.store, filter, add_draft, list, error);
}

int
draft_list(const Options *options)
{
	g_autoptr(GError) error = NULL;
	DraftFilter filter = { .state = -1 };
	json_t *value;
	json_t *list;

	if (options->state != NULL) {
		filter.state = (int)draft_state_from_name(options->state);
		filter.all = filter.state == DRAFT_CLOSED;
		if (filter.state == DRAFT_STATE_N) {
			print_error("draft: --state is one of queued, working, "
			            "drafted, delivering, delivered, ready, "
			            "stuck, closed");
			return CLI_USAGE;
		}
	}
	value = json_object();
	list = json_array();
	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "drafts", list);
	if (!read_list(options, &filter, list, &error)) {
		json_decref(value);
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, value, print_list);
	return CLI_FINE;
}
