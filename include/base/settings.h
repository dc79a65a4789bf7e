/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/settings - tact.conf, read once and then immutable.
 *
 * One row of base/settings.def makes the member, its check and its
 * documentation: `MEMBER = SECTION_NAME`, e.g. settings->milter_socket.
 *
 * Owns:    Settings belongs to the caller; everything in it is borrowed.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX or BASE_ERROR_SETTING, naming
 *          file, line and remedy. Unknown sections and keys are errors.
 * Threads: immutable after loading, so any.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of the choices in settings.def. */
typedef enum MailboxMode {
	MAILBOX_MODE_OFF,
	MAILBOX_MODE_SHADOW,
	MAILBOX_MODE_TAG,
	MAILBOX_MODE_DRAFT,
} MailboxMode;

typedef enum MailboxDelivery {
	MAILBOX_DELIVERY_QUEUE,
	MAILBOX_DELIVERY_IMAP,
	MAILBOX_DELIVERY_LMTP,
	MAILBOX_DELIVERY_MAILDIR,
} MailboxDelivery;

typedef enum ImportDomains {
	IMPORT_DOMAINS_COMPANY,
	IMPORT_DOMAINS_COLUMN,
	IMPORT_DOMAINS_OFF,
} ImportDomains;

#define SETTINGS_TEXT_(s, n, ...) char *s##_##n;
#define SETTINGS_BOOL_(s, n, ...) bool s##_##n;
#define SETTINGS_NUMBER_(s, n, ...) int64_t s##_##n;
#define SETTINGS_CHOICE_(s, n, ...) int s##_##n;
#define SETTINGS_LIST_(s, n, ...) char **s##_##n; /* NULL-terminated */
#define SETTINGS_NONE_(...)

typedef struct Mailbox {
	char *address; /* canonical: in lower case */
	char *section; /* as the file has it: "mailbox Support@example.com" */
#define STRING SETTINGS_NONE_
#define PATH SETTINGS_NONE_
#define BOOL SETTINGS_NONE_
#define NUMBER SETTINGS_NONE_
#define SIZE SETTINGS_NONE_
#define TIME SETTINGS_NONE_
#define CHOICE SETTINGS_NONE_
#define LIST SETTINGS_NONE_
#define MAILBOX_CHOICE SETTINGS_CHOICE_
#define MAILBOX_LIST SETTINGS_LIST_
#define MAILBOX_BOOL SETTINGS_BOOL_
#define MAILBOX_NUMBER SETTINGS_NUMBER_
#define MAILBOX_STRING SETTINGS_TEXT_
#define MAILBOX_PATH SETTINGS_TEXT_
#include "base/settings.def"
} Mailbox;

typedef struct Settings {
	char *file; /* where they were read; NULL for the defaults */
#define STRING SETTINGS_TEXT_
#define PATH SETTINGS_TEXT_
#define BOOL SETTINGS_BOOL_
#define NUMBER SETTINGS_NUMBER_
#define SIZE SETTINGS_NUMBER_
#define TIME SETTINGS_NUMBER_
#define CHOICE SETTINGS_CHOICE_
#define LIST SETTINGS_LIST_
#define MAILBOX_CHOICE SETTINGS_NONE_
#define MAILBOX_LIST SETTINGS_NONE_
#define MAILBOX_BOOL SETTINGS_NONE_
#define MAILBOX_NUMBER SETTINGS_NONE_
#define MAILBOX_STRING SETTINGS_NONE_
#define MAILBOX_PATH SETTINGS_NONE_
#include "base/settings.def"
	Mailbox *mailboxes; /* n_mailboxes of them, in the file's order */
	size_t n_mailboxes;
	GHashTable *addresses; /* of all mailboxes; for settings_mailbox() */
	struct SettingLines *lines; /* where what is; NULL: no file */
} Settings;

#define SETTINGS_FILE TACT_SYSCONFDIR "/tact/tact.conf"

Settings *settings_load(const char *path,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As settings_load(), from memory; `name` stands for the file in errors. */
Settings *settings_parse(const char *name, const char *text, size_t size,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
Settings *settings_new_default(void);
void settings_free(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

/*
 * The mailbox that `address` (an envelope address, with or without <>) belongs
 * to, or NULL. Domains are compared without regard to case, so are local
 * parts: these are our own mailboxes, and MTAs deliver both spellings.
 */
const Mailbox *settings_mailbox(const Settings *settings, const char *address);

/*
 * For what only a higher layer can find wrong: puts file, line and section
 * before `error`, which begins with the setting's name and a colon. Of
 * [mailbox ADDRESS] if there is a `mailbox`, else of `section`. Returns false.
 */
bool settings_blame(const Settings *settings, const Mailbox *mailbox,
                    const char *section, GError **error);

/* Some mailbox has mode draft. */
bool settings_have_drafts(const Settings *settings);
/* The base_url of the model that is asked for the mailbox's drafts, "" when it
 * is not set; NULL when there are no drafts, or templates alone write them. */
const char *settings_model_url(const Settings *settings,
                               const Mailbox *mailbox);

/* etc/tact.conf and the list of tact.conf(5), made from settings.def. */
char *settings_sample(void);
char *settings_mdoc(void);

/* Calls `visit` for each setting in order: section ("milter" or
 * "mailbox ADDRESS"), name, and its value as tact.conf would write it. */
typedef void SettingsVisit(const char *section, const char *name,
                           const char *value, void *data);
void settings_each(const Settings *settings, SettingsVisit *visit, void *data);

#endif
