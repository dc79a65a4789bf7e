/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/context - settings and rules as a command line asks for them.
 *
 * Settings: --config, else /etc/tact/tact.conf, else the defaults. One that may
 * not be read is an error, but to a Context, whose mails anybody may look at.
 * Rules: --rules, else the environment's TACT_RULES, else the
 * settings', else those installed with the program or, run from the tree it
 * was built in, the tree's.
 *
 * Owns:    a Context is the caller's, and all that is in it.
 * Fails:   NULL and an error that names file, line and remedy.
 * Threads: one.
 */
#ifndef CLI_CONTEXT_H
#define CLI_CONTEXT_H

#include <glib.h>

#include "analysis/examine.h"
#include "analysis/rules.h"
#include "base/settings.h"
#include "cli.h"

typedef struct Context {
	Settings *settings;
	char **dirs; /* that the rules come from; NULL-terminated */
	Rules *rules;
	char *authserv_id;
	GPtrArray *own_addresses; /* of char *, NULL-terminated; borrowed */
	MessageEnvelope envelope;
} Context;

Settings *context_settings(const Options *options,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* --language; LANGUAGE_UND when it is not given. False after a message. */
bool context_language(const Options *options, const char *command,
                      Language *ret_language);
/* Where rules are read, NULL-terminated; the caller's. */
char **context_rule_dirs(const Options *options, const Settings *settings);
Context *context_open(const Options *options,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* With rules that have no model: see rules_load_untrained(). */
Context *context_open_untrained(const Options *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, for what needs the site's own settings. */
Context *context_open_site(const Options *options,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void context_close(Context *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Context, context_close)

/* The report of one mail, cut as the filter cuts it. */
Report *context_examine(const Context *context, const char *bytes, size_t size);

#endif
