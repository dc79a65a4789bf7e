/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What GDPR 30(1) asks for, as far as the program knows it: made from the
 * settings in force, so that it is true on the day it is printed. What only
 * the controller knows is said to be filled in; contrib/privacy has the rest.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "print.h"
#include "privacy.h"
#include "store/retention.h"
#include "store/site.h"

#define TO_FILL_IN "(to be filled in: privacy.%s)"

static const char *const modes[] = { "off", "shadow", "tag", "draft" };
static const char *const bases[] = { "consent, GDPR 6(1)(a)",
	                             "contract, GDPR 6(1)(b)",
	                             "public task, GDPR 6(1)(e)",
	                             "legitimate interests, GDPR 6(1)(f)" };
static const char *const consents[] = {
	"none: tags of each mail alone", "basic: a profile too",
	"full: profile, tier, value and drafts"
};

static const char *const purposes[] = {
	"answer mail to the mailboxes in order of urgency and in due time",
	"find mail that needs a person at once",
};
static const char *const purposes_of_store[] = {
	"know how soon a customer is to be answered, by the customer's value",
	"answer in the manner that a customer is used to",
};
static const char *const purposes_of_drafts[] = {
	"have answers drafted, which a person reads, changes and sends",
};
static const char *const measures[] = {
	"customers, mails and orders are kept under keyed hashes "
	"(HMAC-SHA-256); names, addresses, subjects and texts are not kept",
	"the keys are files of their own, closed to others, not in backups of "
	"the database",
	"what is deleted is overwritten; erasures are done again after a "
	"restore",
	"log and audit trail hold no text, and the trail no address",
	"the filter has no network, and parses mail in processes without "
	"rights",
};
static const char measure_of_drafts[] =
	"but for what a draft needs of a mail, with its text, and the draft, "
	"which are sealed to the drafter and erased when the draft ends";

static json_t *
strings(const char *const *texts, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(texts[i]));
	return list;
}

static void
set_or_ask(json_t *value, const char *key, const char *text)
{
	g_autofree char *ask = g_strdup_printf(TO_FILL_IN, key);

	print_set_string(value, key, text[0] ? text : ask);
}

static void
extend(json_t *list, const char *const *texts, size_t n)
{
	json_t *more = strings(texts, n);

	json_array_extend(list, more); /* takes what is in it, not it */
	json_decref(more);
}

/* ------------------------------------------------------------------ models */

/* The host of a URL, but for this one, which nothing leaves. */
static char *
other_host(const char *url)
{
	char *host = NULL;

	if (url[0] == '\0' || g_str_has_prefix(url, "unix:"))
		return NULL;
	if (!g_uri_split_network(url, G_URI_FLAGS_NONE, NULL, &host, NULL,
	                         NULL))
		return g_strdup(url); /* better too much than a host too few */
	if (g_ascii_strcasecmp(host, "localhost") == 0 ||
	    strcmp(host, "::1") == 0 ||
	    (g_hostname_is_ip_address(host) && g_str_has_prefix(host, "127.")))
		g_clear_pointer(&host, g_free);
	return host;
}

/* Hosts that a model is asked on, each once; NULL: none but this. */
static char *
model_hosts(const Settings *settings)
{
	g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const char *url =
			settings_model_url(settings, &settings->mailboxes[i]);
		g_autofree char *host = url != NULL ? other_host(url) : NULL;

		if (host != NULL && !g_ptr_array_find_with_equal_func(
					    hosts, host, g_str_equal, NULL))
			g_ptr_array_add(hosts, g_steal_pointer(&host));
	}
	if (hosts->len == 0)
		return NULL;
	g_ptr_array_add(hosts, NULL);
	return g_strjoinv(", ", (char **)hosts->pdata);
}

static void
set_recipients(json_t *value, const Settings *settings)
{
	static const char staff[] =
		"the site's own staff who read the mailboxes";
	g_autofree char *hosts = model_hosts(settings);
	g_autofree char *recipients = NULL;
	g_autofree char *countries = NULL;

	if (hosts == NULL) {
		print_set_string(value, "recipients", staff);
		print_set_string(value, "third_countries",
		                 "none by this program");
		return;
	}
	recipients = g_strdup_printf("%s; who runs the language model at %s, "
	                             "of mails that get a draft",
	                             staff, hosts);
	countries = g_strdup_printf("(to be filled in: in which %s is)", hosts);
	print_set_string(value, "recipients", recipients);
	print_set_string(value, "third_countries", countries);
}

/* -------------------------------------------------------------------- value */

static json_t *
mailboxes_value(const Settings *settings)
{
	json_t *list = json_array();

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];
		json_t *value = json_object();

		print_set_string(value, "address", mailbox->address);
		print_set_string(value, "mode", modes[mailbox->mailbox_mode]);
		json_array_append_new(list, value);
	}
	return list;
}

static json_t *
data_value(const Settings *settings)
{
	json_t *list = json_array();
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	for (size_t i = 0; i < n; i++) {
		json_t *value = json_object();
		RetentionClass class = tables[i].retention;
		const char *setting = retention_setting(class);
		int64_t days = retention_seconds(settings, class) / 86400;

		print_set_string(value, "table", tables[i].name);
		print_set_string(value, "holds", tables[i].holds);
		print_set_string(value, "source", tables[i].source);
		print_set_string(value, "kept", retention_rule(class));
		print_set_string(value, "setting", setting);
		json_object_set_new(value, "kept_days",
		                    setting ? json_integer(days) : json_null());
		json_array_append_new(list, value);
	}
	return list;
}

static void
set_store(json_t *value, const Settings *settings)
{
	extend(json_object_get(value, "purposes"), purposes_of_store,
	       G_N_ELEMENTS(purposes_of_store));
	print_set_string(value, "consent", consents[settings->privacy_consent]);
	json_object_set_new(value, "data", data_value(settings));
	print_set_integer(value, "audit_days",
	                  settings->privacy_audit_max_age / 86400000);
	print_set_integer(value, "backup_days",
	                  settings->privacy_backup_max_age / 86400000);
}

static void
set_drafts(json_t *value)
{
	extend(json_object_get(value, "purposes"), purposes_of_drafts,
	       G_N_ELEMENTS(purposes_of_drafts));
	json_array_insert_new(json_object_get(value, "measures"), 1,
	                      json_string(measure_of_drafts));
}

json_t *
privacy_register(const Settings *settings)
{
	g_autofree char *now = privacy_time(clock_wall() / G_USEC_PER_SEC);
	json_t *value = json_object();
	bool store = site_has_store(settings);

	print_set_integer(value, "schema", 1);
	print_set_string(value, "made_at", now);
	set_or_ask(value, "controller", settings->privacy_controller);
	set_or_ask(value, "contact", settings->privacy_contact);
	print_set_string(value, "legal_basis",
	                 bases[settings->privacy_legal_basis]);
	json_object_set_new(value, "purposes",
	                    strings(purposes, G_N_ELEMENTS(purposes)));
	print_set_string(value, "persons",
	                 "people who write to the mailboxes; customers");
	set_recipients(value, settings);
	json_object_set_new(value, "mailboxes", mailboxes_value(settings));
	print_set_bool(value, "store", store);
	if (store)
		set_store(value, settings);
	print_set_bool(value, "addresses_in_log", settings->log_addresses);
	json_object_set_new(value, "measures",
	                    strings(measures, G_N_ELEMENTS(measures)));
	if (settings_have_drafts(settings))
		set_drafts(value);
	return value;
}

static void
text_list(const json_t *value, const char *key, const char *title)
{
	json_t *item;
	size_t i;

	printf("\n%s\n", title);
	json_array_foreach(json_object_get(value, key), i, item)
		printf("  - %s\n", json_string_value(item));
}

static void
text_mailboxes(const json_t *value)
{
	json_t *mailbox;
	size_t i;

	printf("\nMailboxes\n");
	json_array_foreach(json_object_get(value, "mailboxes"), i, mailbox)
		printf("  - %s (%s)\n", print_string(mailbox, "address"),
	               print_string(mailbox, "mode"));
}

static void
text_data(const json_t *value)
{
	json_t *row;
	size_t i;

	printf("\nWhat is kept, from where, and how long\n");
	json_array_foreach(json_object_get(value, "data"), i, row)
	{
		const char *setting = print_string(row, "setting");

		printf("  - %s; %s; ", print_string(row, "holds"),
		       print_string(row, "source"));
		if (!setting[0]) {
			puts(print_string(row, "kept"));
			continue;
		}
		print_count(row, "kept_days", "day", "days");
		printf(" (%s)\n", setting);
	}
	fputs("  - the audit trail, without personal data: ", stdout);
	print_count(value, "audit_days", "day\n", "days\n");
	fputs("  - hashes of what was erased, while backups are kept: ",
	      stdout);
	print_count(value, "backup_days", "day\n", "days\n");
}

void
privacy_register_text(const json_t *value)
{
	printf("Record of processing (GDPR 30), made by Tact %s on %.10s\n\n",
	       TACT_VERSION, print_string(value, "made_at"));
	printf("Controller       %s\nContact          %s\n"
	       "Legal basis      %s\nPersons          %s\n"
	       "Recipients       %s\nThird countries  %s\n",
	       print_string(value, "controller"),
	       print_string(value, "contact"),
	       print_string(value, "legal_basis"),
	       print_string(value, "persons"),
	       print_string(value, "recipients"),
	       print_string(value, "third_countries"));
	text_list(value, "purposes", "Purposes");
	text_mailboxes(value);
	if (json_is_true(json_object_get(value, "store"))) {
		printf("\nLevel of consent where none is set\n  %s\n",
		       print_string(value, "consent"));
		text_data(value);
	} else {
		printf("\nWhat is kept\n  nothing: [store] path is not set\n");
	}
	text_list(value, "measures", "Measures (GDPR 32)");
	printf("  - %s\n",
	       json_is_true(json_object_get(value, "addresses_in_log"))
	               ? "NOTE: log.addresses is on: addresses are logged"
	               : "addresses are not logged");
}
