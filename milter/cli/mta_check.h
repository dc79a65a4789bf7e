/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_check - what is wrong in an MTA's configuration, and how to mend it.
 *
 * Owns:    nothing; findings are added to the caller's array.
 * Fails:   false and an error when a file cannot be read.
 * Threads: one.
 */
#ifndef CLI_MTA_CHECK_H
#define CLI_MTA_CHECK_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#include "base/settings.h"

typedef struct MtaCheck {
	const Settings *settings;
	json_t *findings; /* { "code", "file", "line", "message", "remedy" } */
} MtaCheck;

/* Adds a finding; of one code the first is enough. `line` 0: none. */
void mta_check_add(MtaCheck *check, const char *code, const char *file,
                   unsigned line, const char *remedy, const char *format, ...)
	G_GNUC_PRINTF(6, 7);

/* `main_file` NULL: main.cf of `folder`; `folder` NULL with a `main_file`:
 * master.cf is not looked at. */
bool mta_check_postfix(MtaCheck *check, const char *main_file,
                       const char *folder,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What mynetworks lets send, beside milter.internal_networks. */
void mta_check_inside(MtaCheck *check, const char *networks, const char *file,
                      unsigned line);
/* sendmail.cf of `folder` if it is there, else sendmail.mc. */
bool mta_check_sendmail(MtaCheck *check, const char *folder,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
