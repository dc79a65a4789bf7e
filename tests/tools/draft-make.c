/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft-make CONF MAILBOX FILE [FIRST COUNT] - asks for drafts as the filter
 * would: the mail in FILE is read, recorded and put into the queue, COUNT times
 * with the numbers from FIRST on in place of each @N@ in it. Prints the public
 * id of each draft.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/examine.h"
#include "base/clock.h"
#include "base/id.h"
#include "message/identity.h"
#include "message/material.h"
#include "message/trace.h"
#include "store/drafts.h"
#include "store/mails.h"
#include "store/seal.h"
#include "store/site.h"

typedef struct Maker {
	Settings *settings;
	const Mailbox *mailbox;
	Rules *rules;
	Keys *keys;
	Desk *desk;
	TierPolicy tiers;
	SealPublic *seal;
	Store *store;
} Maker;

static void
die(GError *error)
{
	fprintf(stderr, "draft-make: %s\n",
	        error != NULL ? error->message : "no such mailbox");
	exit(1);
}

static void
open_maker(Maker *maker, const char *config, const char *mailbox)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *keys = NULL;

	maker->settings = settings_load(config, &error);
	if (maker->settings == NULL)
		die(error);
	keys = site_key_directory(maker->settings);
	maker->mailbox = settings_mailbox(maker->settings, mailbox);
	maker->rules = rules_load_untrained(
		(const char *const *)maker->settings->analysis_rules,
		(const char *const *)maker->settings->analysis_traits, &error);
	if (maker->mailbox == NULL || maker->rules == NULL)
		die(error);
	maker->keys = site_load_keys(maker->settings, &error);
	maker->desk = desk_new(maker->settings, &error);
	if (maker->keys == NULL || maker->desk == NULL ||
	    !tier_policy_read(maker->settings, &maker->tiers, &error))
		die(error);
	maker->seal = seal_public_load(keys, &error);
	maker->store = site_open_store(maker->settings, STORE_KEEPER,
	                               SITE_WRITE, &error);
	if (maker->seal == NULL || maker->store == NULL)
		die(error);
}

static void
close_maker(Maker *maker)
{
	store_close(maker->store);
	seal_public_free(maker->seal);
	desk_free(maker->desk);
	keys_free(maker->keys);
	rules_free(maker->rules);
	settings_free(maker->settings);
}

static GBytes *
seal_material(const Maker *maker, const Message *message, const char *id)
{
	g_autoptr(Material) material = material_of(maker->settings, message);
	g_autoptr(GBytes) bytes = material_encode(material);
	gsize size;
	const void *plain = g_bytes_get_data(bytes, &size);

	return seal_close(maker->seal, SEAL_MATERIAL, id, plain, size);
}

static bool
enqueue(const Maker *maker, const Message *message, const MailRecord *record,
        GError **error)
{
	const MailSite site = { maker->settings, maker->rules, maker->keys,
		                maker->desk, maker->tiers };
	g_autofree char *facts = mails_facts(maker->rules, record->findings);
	g_autofree char *identity =
		identity_of(maker->settings, message_from(message));
	g_autoptr(GBytes) material =
		seal_material(maker, message, record->public_id);
	g_autoptr(StoreTxn) txn = store_begin(maker->store, error);
	DraftEnqueued enqueued;
	MailAnswer answer;
	MailPlace place;
	DraftRequest request;

	if (txn == NULL || !mails_record_at(maker->store, &site, record,
	                                    &answer, &place, error))
		return false;
	request = (DraftRequest){
		.public_id = record->public_id,
		.mail = place.mail,
		.thread = place.thread,
		.mailbox = place.mailbox,
		.customer = place.customer,
		.at = record->at,
		.language = (Language)record->findings->language,
		.facts = facts,
		.contact = answer.contact,
		.flags = DRAFT_PROVEN,
		.writer = drafts_writer(maker->keys, identity),
		.material = material,
	};
	return drafts_enqueue(maker->store, &request, &enqueued, error) &&
	       store_commit(txn, error);
}

static void
make(const Maker *maker, const char *mail, unsigned number)
{
	g_autofree char *digits = g_strdup_printf("%u", number);
	g_auto(GStrv) pieces = g_strsplit(mail, "@N@", -1);
	g_autofree char *text = g_strjoinv(digits, pieces);
	g_autofree char *id = id_new();
	g_autoptr(GError) error = NULL;
	MessageEnvelope envelope = { .authserv_id = "mx.test" };
	g_autoptr(Message) message =
		message_parse(text, strlen(text), &envelope, &error);
	Findings findings;
	Trace trace;
	MailRecord record = { .direction = MAIL_IN,
		              .at = clock_wall() / G_USEC_PER_SEC,
		              .mailbox = maker->mailbox,
		              .public_id = id,
		              .trace = &trace,
		              .findings = &findings };

	if (message == NULL)
		die(error);
	examine_parsed(maker->rules, message, NULL, &findings);
	trace_read(maker->settings, text, strlen(text), &trace);
	if (!enqueue(maker, message, &record, &error))
		die(error);
	puts(id);
}

int
main(int argc, char **argv)
{
	Maker maker = { .settings = NULL };
	g_autoptr(GError) error = NULL;
	g_autofree char *mail = NULL;
	unsigned first = argc > 4 ? (unsigned)atol(argv[4]) : 1;
	unsigned count = argc > 5 ? (unsigned)atol(argv[5]) : 1;

	if (argc < 4) {
		fputs("usage: draft-make CONF MAILBOX FILE [FIRST COUNT]\n",
		      stderr);
		return 2;
	}
	message_init();
	open_maker(&maker, argv[1], argv[2]);
	if (!g_file_get_contents(argv[3], &mail, NULL, &error))
		die(error);
	for (unsigned i = 0; i < count; i++)
		make(&maker, mail, first + i);
	close_maker(&maker);
	return 0;
}
