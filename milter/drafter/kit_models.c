/* SPDX-License-Identifier: Apache-2.0 */
#include "kit_models.h"

#include "base/error.h"

#define EXTRA_BODY_MAX 65536

/* An endpoint of its own takes nothing of the site's but the limits. */
static LlmOptions
options_of(const Settings *settings, const Mailbox *mailbox)
{
	bool own = mailbox->mailbox_draft_base_url[0] != '\0';
	LlmOptions options = {
		.base_url = settings_model_url(settings, mailbox),
		.shape = (PromptShape)(own ? mailbox->mailbox_draft_api
		                           : settings->drafter_api),
		.model = mailbox->mailbox_draft_model[0] != '\0'
		                 ? mailbox->mailbox_draft_model
		                 : settings->drafter_model,
		.api_version = own ? "" : settings->drafter_api_version,
		.key_file = own ? mailbox->mailbox_draft_api_key_file
		                : settings->drafter_api_key_file,
		.ca_file = settings->drafter_ca_file,
		.private_networks =
			(const char *const *)settings->drafter_private_networks,
		.connect_ms = settings->drafter_connect_time_max,
		.first_byte_ms = settings->drafter_first_byte_time_max,
		.total_ms = settings->drafter_answer_time_max,
		.tokens_max = (unsigned)settings->drafter_answer_tokens_max,
	};

	return options;
}

static const char *
extra_file(const Settings *settings, const Mailbox *mailbox)
{
	if (mailbox->mailbox_draft_extra_body_file[0] != '\0' ||
	    mailbox->mailbox_draft_base_url[0] != '\0')
		return mailbox->mailbox_draft_extra_body_file;
	return settings->drafter_extra_body_file;
}

static bool
read_extra(const char *path, char **ret_text, GError **error)
{
	gsize size;

	if (path[0] == '\0')
		return true;
	if (!g_file_get_contents(path, ret_text, &size, error))
		return false;
	if (size <= EXTRA_BODY_MAX)
		return true;
	g_clear_pointer(ret_text, g_free);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "%s has more than %d bytes", path, EXTRA_BODY_MAX);
	return false;
}

static Llm *
open_model(const Settings *settings, const Mailbox *mailbox, GError **error)
{
	g_autofree char *extra = NULL;
	LlmOptions options = options_of(settings, mailbox);

	if (!read_extra(extra_file(settings, mailbox), &extra, error))
		return NULL;
	options.extra_body = extra;
	return llm_new(&options, error);
}

/* The Llm of that mailbox, one for all that ask alike. */
static void
share_model(Kit *kit, KitMailbox *box)
{
	LlmOptions options = options_of(kit->settings, box->mailbox);
	g_autofree char *name = g_strdup_printf(
		"%s %d %s %s %s", options.base_url, (int)options.shape,
		options.model, options.key_file,
		extra_file(kit->settings, box->mailbox));
	g_autoptr(GError) fault = NULL;

	box->llm = g_hash_table_lookup(kit->llms, name);
	if (box->llm != NULL)
		return;
	box->llm = open_model(kit->settings, box->mailbox, &fault);
	if (box->llm != NULL)
		g_hash_table_insert(kit->llms, g_steal_pointer(&name),
		                    box->llm);
	else
		box->llm_fault = g_strdup(fault->message);
}

static void
free_llm(void *llm)
{
	llm_free(llm);
}

bool
kit_open_models(Kit *kit, GError **error)
{
	const Settings *settings = kit->settings;

	kit->llms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                  free_llm);
	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		KitMailbox *box = &kit->mailboxes[i];

		if (box->mailbox == NULL ||
		    settings_model_url(settings, box->mailbox) == NULL)
			continue;
		box->model = true;
		if (kit->prompts == NULL)
			kit->prompts = prompts_load(
				(const char *const *)settings->analysis_rules,
				error);
		if (kit->prompts == NULL)
			return false;
		share_model(kit, box);
	}
	return true;
}
