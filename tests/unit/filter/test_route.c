/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>

#include "rows.h"

#include "route.h"

static const char settings_text[] =
	"[mailbox support@example.com]\n"
	"aliases = help@example.com\n"
	"[mailbox shadow@example.com]\nmode = shadow\n"
	"[mailbox off@example.com]\nmode = off\n"
	"[mailbox open@example.com]\ntag_mixed = true\n";

/* What begins "inside-" comes from one who has logged in. */
static const struct row {
	const char *name, *sender, *recipients;
	Route route;
} rows[] = {
	{ "none", "a@b.c", "", ROUTE_PASS },
	{ "stranger", "a@b.c", "d@e.f", ROUTE_PASS },
	{ "off", "a@b.c", "off@example.com", ROUTE_PASS },
	{ "from-off", "off@example.com", "d@e.f", ROUTE_PASS },
	{ "tag", "a@b.c", "support@example.com", ROUTE_TAG },
	{ "alias", "a@b.c", "help@example.com", ROUTE_TAG },
	{ "null-sender", "", "support@example.com", ROUTE_TAG },
	{ "shadow", "a@b.c", "shadow@example.com", ROUTE_SHADOW },
	{ "shadow-mixed", "a@b.c", "shadow@example.com d@e.f", ROUTE_SHADOW },
	{ "two", "a@b.c", "shadow@example.com support@example.com", ROUTE_TAG },
	{ "mixed", "a@b.c", "support@example.com d@e.f", ROUTE_MIXED },
	{ "mixed-off", "a@b.c", "support@example.com off@example.com",
	  ROUTE_MIXED },
	{ "mixed-open", "a@b.c", "open@example.com d@e.f", ROUTE_TAG },
	{ "mixed-strict", "a@b.c", "open@example.com support@example.com d@e.f",
	  ROUTE_MIXED },
	{ "claimed", "support@example.com", "d@e.f", ROUTE_CLAIMED },
	{ "claimed-us", "support@example.com", "open@example.com", ROUTE_TAG },
	{ "claimed-copy", "support@example.com", "d@e.f support@example.com",
	  ROUTE_MIXED },
	{ "inside-out", "support@example.com", "d@e.f", ROUTE_OUTBOUND },
	{ "inside-copy", "support@example.com", "d@e.f support@example.com",
	  ROUTE_OUTBOUND },
	{ "inside-other", "a@b.c", "d@e.f", ROUTE_PASS },
	{ "inside-off", "off@example.com", "d@e.f", ROUTE_PASS },
	{ "inside-us", "support@example.com", "open@example.com", ROUTE_TAG },
	{ "inside-in", "a@b.c", "support@example.com", ROUTE_TAG },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = settings_parse(
		"test", settings_text, sizeof(settings_text) - 1, &error);
	g_auto(GStrv) recipients = g_strsplit(row->recipients, " ", -1);
	RouteEnvelope envelope = {
		.inside = g_str_has_prefix(row->name, "inside-"),
	};

	g_assert_no_error(error);
	route_sender(&envelope, settings_mailbox(settings, row->sender));
	for (char **r = recipients; *r != NULL; r++)
		route_recipient(&envelope, settings_mailbox(settings, *r));
	g_assert_cmpstr(route_name(route_of(&envelope)), ==,
	                route_name(row->route));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/route/", rows, test_row);
	return g_test_run();
}
