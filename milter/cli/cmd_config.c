/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "import.h"
#include "print.h"
#include "store/site.h"
#include "value/calendar.h"
#include "value/desk.h"

enum { UNIT_FAILS = 255 };

/* Sections of an object, in the settings' order. */
static void
add_setting(const char *section, const char *name, const char *value,
            void *data)
{
	json_t *settings = data;
	json_t *object = json_object_get(settings, section);

	if (object == NULL) {
		object = json_object();
		json_object_set_new(settings, section, object);
	}
	print_set_string(object, name, value);
}

static void
show_text(const json_t *value)
{
	const json_t *settings = json_object_get(value, "settings");
	const char *section, *name;
	json_t *object, *setting;
	bool first = true;

	json_object_foreach((json_t *)settings, section, object)
	{
		printf("%s[%s]\n", first ? "" : "\n", section);
		first = false;
		json_object_foreach(object, name, setting)
			printf("%s = %s\n", name, json_string_value(setting));
	}
}

static void
print_good(const json_t *value, const char *file)
{
	printf("%s: good, ", file);
	print_count(value, "mailboxes", "mailbox", "mailboxes");
	putchar('\n');
}

static void
check_text(const json_t *value)
{
	const char *file = print_string(value, "file");
	/* It holds what the file says, and a terminal would obey some. */
	g_autofree char *error = print_name(print_string(value, "error"));

	if (!json_is_true(json_object_get(value, "ok")))
		puts(error);
	else
		print_good(value,
		           file[0] ? file : "no settings file, defaults");
	if (print_integer(value, "drafting") > 0)
		puts("keys, articles, delivery and models: "
		     "tact-drafter --check, as its user");
}

static bool
have_rules(const Options *options, const Settings *settings, GError **error)
{
	g_auto(GStrv) dirs = context_rule_dirs(options, settings);
	g_autoptr(Rules) rules = rules_load(
		(const char *const *)dirs,
		(const char *const *)settings->analysis_traits, error);

	return rules != NULL;
}

/* With those whose meaning lies in other layers: what the filter would refuse
 * to start with, and an import. */
static Settings *
good_settings(const Options *options, GError **error)
{
	g_autoptr(Settings) settings = context_settings(options, error);
	g_autoptr(Calendar) calendar = NULL;
	g_autoptr(Desk) desk = NULL;
	g_autoptr(OrdersPlan) plan = NULL;
	ResponseTimes times;
	TierPolicy tiers;

	if (settings == NULL || !tier_policy_read(settings, &tiers, error) ||
	    !response_times_read(settings, NULL, &times, error))
		return NULL;
	calendar = calendar_read(settings, NULL, error);
	if (calendar == NULL)
		return NULL;
	desk = desk_new(settings, error);
	if (desk == NULL)
		return NULL;
	plan = import_plan(settings, error);
	if (plan == NULL || !have_rules(options, settings, error))
		return NULL;
	return g_steal_pointer(&settings);
}

static gint64
n_drafting(const Settings *settings)
{
	gint64 n = 0;

	for (size_t i = 0; i < settings->n_mailboxes; i++)
		n += settings->mailboxes[i].mailbox_mode == MAILBOX_MODE_DRAFT;
	return n;
}

static int
check(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = good_settings(options, &error);
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_bool(value, "ok", settings != NULL);
	if (settings != NULL) {
		print_set_string(value, "file", settings->file);
		print_set_integer(value, "mailboxes",
		                  (gint64)settings->n_mailboxes);
		print_set_integer(value, "drafting", n_drafting(settings));
	} else {
		print_set_string(value, "error", error->message);
	}
	print_value(options->json, value, check_text);
	return settings != NULL ? CLI_FINE : CLI_FOUND;
}

static int
show(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	json_t *value, *list;

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	list = json_object();
	settings_each(settings, add_setting, list);
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_string(value, "file", settings->file);
	json_object_set_new(value, "settings", list);
	print_value(options->json, value, show_text);
	return CLI_FINE;
}

static void
has_store_text(const json_t *value)
{
	if (json_is_true(json_object_get(value, "store")))
		puts("a database is set");
	else
		puts("no database is set: [store] path is empty");
}

/* For the ExecCondition= of units: 1 leaves them alone, 255 fails them, so that
 * bad settings are no reason to say nothing. */
static int
has_store(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);
	json_t *value;
	bool store;

	if (settings == NULL) {
		print_failure(&error);
		return UNIT_FAILS;
	}
	store = site_has_store(settings);
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_bool(value, "store", store);
	print_value(options->json, value, has_store_text);
	return store ? CLI_FINE : CLI_FOUND;
}

int
cmd_config(const Options *options)
{
	const char *word = options->arguments[0];
	g_autofree char *text = NULL;

	if (strcmp(word, "check") == 0)
		return check(options);
	if (strcmp(word, "show") == 0)
		return show(options);
	if (strcmp(word, "has-store") == 0)
		return has_store(options);
	text = strcmp(word, "sample") == 0 ? settings_sample()
	                                   : settings_mdoc();
	fputs(text, stdout);
	return CLI_FINE;
}
