/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/privacy - the parts of `tact privacy`.
 *
 * Owns:    JSON values returned are the caller's.
 * Fails:   NULL with an error set.
 * Threads: one.
 */
#ifndef CLI_PRIVACY_H
#define CLI_PRIVACY_H

#include <glib.h>
#include <jansson.h>

#include "base/settings.h"
#include "store/erasure.h"

/* One who is asked about, as given and as looked for. */
typedef struct Subject {
	const char *given;
	char *who;       /* as person_find() wants it */
	bool is_address; /* not a domain or a customer number */
} Subject;

typedef struct PrivacyExport {
	Store *store;
	const Keys *keys;
	const Settings *settings;
	const char *key_directory; /* of the drafter's key, which may be away */
} PrivacyExport;

/* All that is kept of the subject; `ret_n` counts the records. */
json_t *privacy_export(const PrivacyExport *asked, const Subject *subject,
                       int64_t *ret_n, GError **error);

/* The record of processing, from the settings that are in force. */
json_t *privacy_register(const Settings *settings);
void privacy_register_text(const json_t *value);

/* The audit trail; entries about `subject` alone if it is not NULL. `known`: a
 * head kept elsewhere, or NULL. */
json_t *privacy_log(Store *store, const Keys *keys, const Subject *subject,
                    const char *known, GError **error);
void privacy_log_text(const json_t *value);

/* "2026-11-22T02:30:00Z"; the caller's. */
char *privacy_time(int64_t at);

#endif
