/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/kit (private) - what drafts are made with: settings, rules, modules,
 * articles, and for each mailbox its signature, time and way of delivery.
 *
 * Read as a whole and then immutable: a reload makes another, and a bad one
 * leaves the old in use.
 *
 * Owns:    a Kit owns all in it; kit_load() takes the Settings.
 * Fails:   with file, line and remedy.
 * Threads: immutable after loading, so any; but a Delivery is one thread's.
 */
#ifndef DRAFTER_KIT_H
#define DRAFTER_KIT_H

#include <glib.h>

#include "analysis/rules.h"
#include "base/settings.h"
#include "deliver.h"
#include "drafting/article.h"
#include "drafting/prompt.h"
#include "drafting/shelf.h"
#include "drafting/template.h"
#include "llm.h"

typedef struct KitMailbox {
	const Mailbox *mailbox;
	char *signature; /* "" for none */
	GTimeZone *zone;
	Delivery *delivery; /* NULL: see `fault` */
	char *fault;        /* why there is none */
	bool model;         /* its drafts are a model's, where it can be had */
	Llm *llm;           /* NULL: see `llm_fault`; the Kit's */
	char *llm_fault;
} KitMailbox;

typedef struct Kit {
	Settings *settings;
	Rules *rules;
	Rules *blocked;
	Pack *pack;
	GPtrArray *articles; /* Article * */
	GHashTable *by_name; /* "da/reset-password" -> Article * */
	Shelf *shelf;
	Prompts *prompts;      /* NULL: no mailbox has a model */
	GHashTable *llms;      /* endpoint, model and key -> Llm */
	KitMailbox *mailboxes; /* as settings->mailboxes */
} Kit;

Kit *kit_load(Settings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What a mailbox lacks for its delivery or model, its secrets too. */
bool kit_check(const Kit *kit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kit_free(Kit *kit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Kit, kit_free)

/* NULL: that address is no mailbox of mode draft (any more). */
const KitMailbox *kit_mailbox(const Kit *kit, const char *address);
/* NULL: there is none (any more). */
const Article *kit_article(const Kit *kit, Language language, const char *id);
/* How many mailboxes have mode draft. */
unsigned kit_n_drafting(const Kit *kit);

#endif
