/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/profile - text files to rules/language.profile.
 *
 * Only the command line tool links it. The same corpus gives the same bytes on
 * every machine: all arithmetic is in integers.
 *
 * Owns:    the bytes returned are the caller's.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX naming the file and line.
 * Threads: any.
 */
#ifndef TRAINING_PROFILE_H
#define TRAINING_PROFILE_H

#include <glib.h>

/*
 * Reads CODE.txt of `folder` for every language, one UTF-8 sentence a line.
 * With `hold_out` above 1 each line whose number is a multiple of it is left
 * out, to measure on.
 */
GBytes *profile_build(const char *folder, unsigned hold_out,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
