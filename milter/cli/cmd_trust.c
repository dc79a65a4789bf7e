/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An exception lowers the bar for whoever can send through a domain's hosts
 * (store/trust.h), so none is made without its end and its reason, and making
 * and dropping one is told in the audit trail.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "context.h"
#include "day.h"
#include "message/message.h"
#include "print.h"
#include "reason.h"
#include "site.h"
#include "store/domains.h"
#include "trust_print.h"

static int64_t
now(void)
{
	return clock_wall() / G_USEC_PER_SEC;
}

typedef bool Change(Store *store, void *data, GError **error);

static bool
change(const Settings *settings, Change *make, void *data, GError **error)
{
	const AuditEntry entry = { .event = AUDIT_TRUST };
	g_auto(Site) site = { 0 };
	g_autoptr(StoreTxn) txn = NULL;

	if (!site_open_with(&site, settings, SITE_WRITE, error))
		return false;
	txn = store_begin(site.store, error);
	return txn != NULL && make(site.store, data, error) &&
	       site_commit(&site, txn, &entry, error);
}

static bool
put_exception(Store *store, void *data, GError **error)
{
	return trust_allow(store, data, error);
}

typedef struct Drop {
	const char *domain;
	bool found;
} Drop;

static bool
drop_exception(Store *store, void *data, GError **error)
{
	Drop *drop = data;

	return trust_drop(store, drop->domain, &drop->found, error);
}

/* When it ends; false after a message. */
static bool
read_until(const char *text, int64_t *ret_until)
{
	if (text == NULL) {
		print_error("trust: --until DATE is needed: an exception "
		            "that nobody looks at again must end by itself");
		return false;
	}
	if (!day_end(text, ret_until)) {
		print_error("trust: --until: not a day: write YYYY-MM-DD");
		return false;
	}
	if (*ret_until > now())
		return true;
	print_error("trust: --until: that day is over");
	return false;
}

static int
failed(GError **error)
{
	print_failure(error);
	return CLI_FOUND;
}

/* At a domain whose addresses anybody can have, SPF says nothing of anybody.
 * False after a message, also when that cannot be told. */
static bool
is_somebodys(const Settings *settings, const char *domain,
             const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) dirs = context_rule_dirs(options, settings);
	g_autoptr(Domains) public_domains =
		domains_load((const char *const *)dirs, &error);

	if (public_domains == NULL) {
		print_failure(&error);
		return false;
	}
	if (!domains_have(public_domains, domain))
		return true;
	print_error("trust: %s gives addresses to everybody (%s): each of "
	            "them could then write as any other",
	            domain, DOMAINS_FILE);
	return false;
}

static int
allow(const Settings *settings, const char *domain, const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *reason = NULL;
	TrustException exception = { .domain = domain, .at = now() };

	if (!read_until(options->until, &exception.until))
		return CLI_USAGE;
	reason = reason_read(options, "trust",
	                     "why SPF must do for this domain, for whoever "
	                     "decides whether it stays");
	if (reason == NULL)
		return CLI_USAGE;
	exception.reason = reason;
	if (!is_somebodys(settings, domain, options))
		return CLI_FOUND;
	if (!change(settings, put_exception, &exception, &error))
		return failed(&error);
	return CLI_FINE;
}

static int
drop(const Settings *settings, const char *domain)
{
	g_autoptr(GError) error = NULL;
	Drop asked = { domain, false };

	if (!change(settings, drop_exception, &asked, &error))
		return failed(&error);
	if (asked.found)
		return CLI_FINE;
	print_error("trust: %s has no exception", domain);
	return CLI_FOUND;
}

static int
with_domain(const Settings *settings, const Options *options)
{
	g_autofree char *domain = NULL;

	if (options->n_arguments != 2) {
		print_error("trust: %s needs a domain", options->arguments[0]);
		return CLI_USAGE;
	}
	domain = trust_domain(options->arguments[1]);
	if (domain == NULL) {
		print_error("trust: not a mail domain; write it as after the "
		            "@ of its addresses");
		return CLI_USAGE;
	}
	if (strcmp(options->arguments[0], "drop") == 0)
		return drop(settings, domain);
	return allow(settings, domain, options);
}

typedef json_t *ReadValue(Store *store, int64_t now, GError **error);

static int
show(const Settings *settings, const Options *options, ReadValue *read_value,
     PrintText *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store =
		site_open_store(settings, STORE_ADMIN, SITE_READ, &error);
	json_t *value = NULL;

	if (store != NULL)
		value = read_value(store, now(), &error);
	if (value == NULL)
		return failed(&error);
	print_value(options->json, value, text);
	return CLI_FINE;
}

int
cmd_trust(const Options *options)
{
	const char *word = options->arguments[0];
	bool list = strcmp(word, "list") == 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);

	if (settings == NULL)
		return failed(&error);
	message_init_names();
	if (!list && strcmp(word, "report") != 0)
		return with_domain(settings, options);
	if (options->n_arguments != 1) {
		print_error("trust: %s takes no operand", word);
		return CLI_USAGE;
	}
	return list ? show(settings, options, trust_exceptions_value,
	                   trust_exceptions_text)
	            : show(settings, options, trust_report_value,
	                   trust_report_text);
}
