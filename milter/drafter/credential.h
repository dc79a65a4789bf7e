/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/credential (private) - a password, token or key in a file.
 *
 * Read when it is needed and freed at once, so that whoever changes the file
 * need tell nobody, and little of the program's memory ever holds it.
 *
 * Owns:    what is returned is freed with credential_free(), which zeroes it.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SETTING; the text names the file and what
 *          to do, never its contents.
 * Threads: any.
 */
#ifndef DRAFTER_CREDENTIAL_H
#define DRAFTER_CREDENTIAL_H

#include <glib.h>

#define CREDENTIAL_MAX 16384

typedef char Credential;

/*
 * The first line of `path`: printable ASCII or UTF-8 without controls, not
 * empty. Refused is a file that group or others may read, but for systemd's
 * credentials, which nobody else can reach.
 */
Credential *credential_read(const char *path,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void credential_free(Credential *credential);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Credential, credential_free)

#endif
