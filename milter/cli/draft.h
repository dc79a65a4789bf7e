/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/draft - what the things that `tact draft` does share.
 *
 * Texts are opened with the drafter's own key: only who may read it sees them.
 * Whatever is printed went through draft_harmless(): it is a stranger's, or a
 * model's.
 *
 * Owns:    a DraftSite and a DraftOne own all in them; clear them.
 * Fails:   false with an error; the commands with an exit code, after a
 *          message.
 * Threads: one.
 */
#ifndef CLI_DRAFT_H
#define CLI_DRAFT_H

#include <jansson.h>

#include "cli.h"
#include "drafting/sheet.h"
#include "message/material.h"
#include "site.h"
#include "store/drafts.h"
#include "store/seal.h"

typedef struct DraftSite {
	Site site;
	SealPublic *seal;
	SealSecret *secret;
} DraftSite;

/* One draft, as it was when it was looked up. */
typedef struct DraftOne {
	int64_t id;
	char *public_id, *mailbox, *articles;
	DraftState state;
	DraftFate fate;
	unsigned flags;
	bool edited;
	json_t *row; /* for output: draft_value() */
	Material *material;
	Sheet *sheet; /* NULL: not written, or erased */
} DraftOne;

int64_t draft_now(void);

bool draft_site_open(DraftSite *site, const Options *options, SiteAccess access,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The keys to texts; for a command that needs them. */
bool draft_site_unlock(DraftSite *site,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void draft_site_clear(DraftSite *site);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DraftSite, draft_site_clear)

/* By its id, or the beginning of it. None, or several: an error, too. */
bool draft_find(const DraftSite *site, const char *id, DraftOne *ret_one,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens what is kept of its texts; the site is unlocked. */
bool draft_open(const DraftSite *site, DraftOne *one,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void draft_one_clear(DraftOne *one);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DraftOne, draft_one_clear)

/* False and an error that says what to do: whoever wrote has had the data
 * restricted. Also asked by draft_open(). */
bool draft_may_be_used(const DraftSite *site, const DraftOne *one,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One decision with its audit entry. A refusal is an error that says why. */
bool draft_decide(const DraftSite *site, const DraftOne *one,
                  const DraftDecide *decide,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- as output --- */

/* Valid UTF-8 without anything that a terminal would obey. */
char *draft_harmless(const char *text);
void draft_set_text(json_t *object, const char *key, const char *text);
/* All of the row: no text of anybody's. */
json_t *draft_value(const DraftRow *row);
/* "2026-11-22 07:00", here; "" for 0. */
char *draft_moment(gint64 at);
/* The findings of a sheet's checks. */
json_t *draft_remarks(const Sheet *sheet);
void draft_print_remarks(const json_t *remarks);
/* What to do about `n` drafts that DRAFT_FAULT_SETUP holds; nothing for 0. */
void draft_print_held(gint64 n);
/* How often "[CHECK:" stands in it. */
unsigned draft_marks(const char *text);

/* --- the commands --- */

int draft_list(const Options *options);
int draft_show(const Options *options);
int draft_edit(const Options *options);
int draft_send(const Options *options);

#endif
