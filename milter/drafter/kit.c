/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a mailbox lacks for its delivery is no reason not to serve the others:
 * its drafts wait until it is mended.
 */
#include "kit.h"

#include "base/error.h"
#include "credential.h"
#include "drafting/mail.h"
#include "kit_models.h"

static bool
open_mailbox(KitMailbox *box, const Settings *settings, GError **error)
{
	g_autoptr(GError) fault = NULL;

	box->signature = draft_mail_signature(box->mailbox, error);
	if (box->signature == NULL) {
		g_prefix_error(error, "signature_file: ");
		return settings_blame(settings, box->mailbox, NULL, error);
	}
	box->zone = draft_mail_zone(settings, box->mailbox);
	box->delivery = delivery_new(box->mailbox, &fault);
	if (box->delivery == NULL)
		box->fault = g_strdup(fault->message);
	return true;
}

static bool
open_mailboxes(Kit *kit, GError **error)
{
	const Settings *settings = kit->settings;

	kit->mailboxes = g_new0(KitMailbox, settings->n_mailboxes + 1);
	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];

		if (mailbox->mailbox_mode != MAILBOX_MODE_DRAFT)
			continue;
		kit->mailboxes[i].mailbox = mailbox;
		if (!open_mailbox(&kit->mailboxes[i], settings, error))
			return false;
	}
	return true;
}

static char *
article_name(Language language, const char *id)
{
	return g_strdup_printf("%s/%s", language_code(language), id);
}

static void
name_articles(Kit *kit)
{
	kit->by_name =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (unsigned i = 0; i < kit->articles->len; i++) {
		Article *article = kit->articles->pdata[i];

		g_hash_table_replace(
			kit->by_name,
			article_name(article->language, article->id), article);
	}
}

static bool
load_into(Kit *kit, GError **error)
{
	const Settings *settings = kit->settings;
	const char *const *dirs = (const char *const *)settings->analysis_rules;

	kit->rules = rules_load_untrained(
		dirs, (const char *const *)settings->analysis_traits, error);
	if (kit->rules == NULL)
		return false;
	kit->blocked = rules_load_blocked(dirs, error);
	if (kit->blocked == NULL)
		return false;
	kit->pack = pack_load(dirs, kit->rules, error);
	if (kit->pack == NULL)
		return false;
	kit->articles = articles_load(dirs, error);
	if (kit->articles == NULL)
		return false;
	name_articles(kit);
	kit->shelf = shelf_new(kit->articles);
	return open_mailboxes(kit, error) && kit_open_models(kit, error);
}

Kit *
kit_load(Settings *settings, GError **error)
{
	g_autoptr(Kit) kit = g_new0(Kit, 1);

	kit->settings = settings;
	return load_into(kit, error) ? g_steal_pointer(&kit) : NULL;
}

/* The setting that names the secret of a mailbox's delivery, and its file;
 * NULL: none, or one that systemd has only there while the unit runs. */
static const char *
delivery_secret(const Mailbox *mailbox, const char **ret_path)
{
	const char *name = "lmtp_secret_file";

	*ret_path = mailbox->mailbox_lmtp_secret_file;
	if (mailbox->mailbox_delivery == MAILBOX_DELIVERY_IMAP) {
		name = "imap_password_file";
		*ret_path = mailbox->mailbox_imap_password_file;
		if (mailbox->mailbox_imap_oauth_file[0] != '\0') {
			name = "imap_oauth_file";
			*ret_path = mailbox->mailbox_imap_oauth_file;
		}
	} else if (mailbox->mailbox_delivery != MAILBOX_DELIVERY_LMTP) {
		return NULL;
	}
	return **ret_path == '\0' ||
	                       g_str_has_prefix(*ret_path, "/run/credentials/")
	               ? NULL
	               : name;
}

static bool
has_secret(const Mailbox *mailbox, GError **error)
{
	const char *path;
	const char *name = delivery_secret(mailbox, &path);
	g_autoptr(Credential) secret =
		name != NULL ? credential_read(path, error) : NULL;

	if (name == NULL || secret != NULL)
		return true;
	g_prefix_error(error, "%s: ", name);
	return false;
}

static bool
check_mailbox(const KitMailbox *box, GError **error)
{
	const char *fault = box->fault != NULL ? box->fault : box->llm_fault;

	if (fault != NULL)
		g_set_error_literal(error, BASE_ERROR, BASE_ERROR_SETTING,
		                    fault);
	return fault == NULL && has_secret(box->mailbox, error) &&
	       delivery_check(box->delivery, error);
}

bool
kit_check(const Kit *kit, GError **error)
{
	const Settings *settings = kit->settings;

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const KitMailbox *box = &kit->mailboxes[i];

		if (box->mailbox != NULL && !check_mailbox(box, error))
			return settings_blame(settings, box->mailbox, NULL,
			                      error);
	}
	return true;
}

static void
close_mailbox(KitMailbox *box)
{
	g_free(box->signature);
	g_clear_pointer(&box->zone, g_time_zone_unref);
	delivery_free(box->delivery);
	g_free(box->fault);
	g_free(box->llm_fault);
}

void
kit_free(Kit *kit)
{
	if (kit == NULL)
		return;
	for (size_t i = 0;
	     kit->mailboxes != NULL && i < kit->settings->n_mailboxes; i++)
		close_mailbox(&kit->mailboxes[i]);
	g_free(kit->mailboxes);
	g_clear_pointer(&kit->llms, g_hash_table_unref);
	prompts_free(kit->prompts);
	shelf_free(kit->shelf);
	g_clear_pointer(&kit->by_name, g_hash_table_unref);
	g_clear_pointer(&kit->articles, g_ptr_array_unref);
	pack_free(kit->pack);
	rules_free(kit->blocked);
	rules_free(kit->rules);
	settings_free(kit->settings);
	g_free(kit);
}

const KitMailbox *
kit_mailbox(const Kit *kit, const char *address)
{
	const Mailbox *mailbox = settings_mailbox(kit->settings, address);
	size_t at;

	if (mailbox == NULL || mailbox->mailbox_mode != MAILBOX_MODE_DRAFT)
		return NULL;
	at = (size_t)(mailbox - kit->settings->mailboxes);
	return &kit->mailboxes[at];
}

const Article *
kit_article(const Kit *kit, Language language, const char *id)
{
	g_autofree char *name = article_name(language, id);

	return g_hash_table_lookup(kit->by_name, name);
}

unsigned
kit_n_drafting(const Kit *kit)
{
	unsigned n = 0;

	for (size_t i = 0; i < kit->settings->n_mailboxes; i++)
		n += kit->mailboxes[i].mailbox != NULL;
	return n;
}
