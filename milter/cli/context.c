/* SPDX-License-Identifier: Apache-2.0 */
#include "context.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "message/identity.h"
#include "message/message.h"
#include "print.h"

/* The folder of rules of the tree that this program was built in, if it still
 * lies there as BUILD/bin/tact: TREE/build/plain/bin/tact. */
static char *
tree_rules(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *bin = self ? g_path_get_dirname(self) : NULL;
	g_autofree char *rules = NULL;
	g_autofree char *mark = NULL;

	if (bin == NULL)
		return NULL;
	rules = g_canonicalize_filename("../../../rules", bin);
	mark = g_build_filename(rules, "language.profile", NULL);
	return g_file_test(mark, G_FILE_TEST_EXISTS) ? g_steal_pointer(&rules)
	                                             : NULL;
}

static bool
first_exists(char *const *dirs)
{
	return dirs[0] != NULL && g_file_test(dirs[0], G_FILE_TEST_IS_DIR);
}

bool
context_language(const Options *options, const char *command,
                 Language *ret_language)
{
	*ret_language = LANGUAGE_UND;
	if (options->language == NULL)
		return true;
	*ret_language = language_from_code(options->language);
	if (*ret_language != LANGUAGE_N && *ret_language != LANGUAGE_UND)
		return true;
	print_error("%s: %s is no language we tell", command,
	            options->language);
	return false;
}

char **
context_rule_dirs(const Options *options, const Settings *settings)
{
	const char *environment = g_getenv("TACT_RULES");
	const char *const installed[] = { TACT_RULES,
		                          TACT_SYSCONFDIR "/tact/rules", NULL };
	const char *tree[] = { NULL, NULL };
	g_autofree char *tree_dir = NULL;

	if (options->rules != NULL)
		return g_strsplit(options->rules, ":", -1);
	if (environment != NULL && environment[0] != '\0')
		return g_strsplit(environment, ":", -1);
	if (settings->file != NULL || first_exists(settings->analysis_rules))
		return g_strdupv(settings->analysis_rules);
	tree_dir = tree_rules();
	tree[0] = tree_dir;
	if (tree_dir != NULL && !first_exists((char *const *)installed))
		return g_strdupv((char **)tree);
	return g_strdupv((char **)installed);
}

/* `look`: they are only to look at mails with, which anybody may. */
static Settings *
load_settings(const Options *options, bool look, GError **error)
{
	g_autoptr(Settings) settings = NULL;

	if (options->config != NULL)
		settings = settings_load(options->config, error);
	else if (access(SETTINGS_FILE, R_OK) == 0 || (errno == EACCES && !look))
		settings = settings_load(SETTINGS_FILE, error);
	else
		settings = settings_new_default();
	if (settings == NULL || !identity_check(settings, error))
		return NULL;
	return g_steal_pointer(&settings);
}

Settings *
context_settings(const Options *options, GError **error)
{
	return load_settings(options, false, error);
}

static void
list_own_addresses(Context *context)
{
	const Settings *settings = context->settings;

	context->own_addresses = g_ptr_array_new();
	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];

		g_ptr_array_add(context->own_addresses, mailbox->address);
		for (char **alias = mailbox->mailbox_aliases; *alias; alias++)
			g_ptr_array_add(context->own_addresses, *alias);
	}
	g_ptr_array_add(context->own_addresses, NULL);
}

static void
fill_envelope(Context *context)
{
	const char *id = context->settings->milter_authserv_id;

	context->authserv_id = g_strdup(id[0] ? id : g_get_host_name());
	list_own_addresses(context);
	context->envelope.authserv_id = context->authserv_id;
	context->envelope.own_addresses =
		(const char *const *)context->own_addresses->pdata;
	context->envelope.text_max =
		(size_t)context->settings->analysis_text_max;
}

typedef Rules *LoadRules(const char *const *dirs, const char *const *traits,
                         GError **error);

static Context *
open_with(LoadRules *load, const Options *options, bool look, GError **error)
{
	g_autoptr(Context) context = g_new0(Context, 1);

	context->settings = load_settings(options, look, error);
	if (context->settings == NULL)
		return NULL;
	context->dirs = context_rule_dirs(options, context->settings);
	context->rules = load(
		(const char *const *)context->dirs,
		(const char *const *)context->settings->analysis_traits, error);
	if (context->rules == NULL)
		return NULL;
	message_init();
	fill_envelope(context);
	return g_steal_pointer(&context);
}

Context *
context_open(const Options *options, GError **error)
{
	return open_with(rules_load, options, true, error);
}

Context *
context_open_untrained(const Options *options, GError **error)
{
	return open_with(rules_load_untrained, options, true, error);
}

Context *
context_open_site(const Options *options, GError **error)
{
	return open_with(rules_load_untrained, options, false, error);
}

void
context_close(Context *context)
{
	if (context == NULL)
		return;
	if (context->own_addresses != NULL)
		g_ptr_array_unref(context->own_addresses);
	g_free(context->authserv_id);
	g_strfreev(context->dirs);
	rules_free(context->rules);
	settings_free(context->settings);
	g_free(context);
}

Report *
context_examine(const Context *context, const char *bytes, size_t size)
{
	size_t max = (size_t)context->settings->analysis_bytes_max;

	return examine_report(context->rules, bytes, MIN(size, max),
	                      &context->envelope);
}
