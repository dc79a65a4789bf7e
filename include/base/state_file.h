/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/state_file - how a daemon gets on, in a file of JSON for who watches it.
 *
 * Written by hand: nothing in it needs escaping, for nothing of a mail is in
 * it; and so it may be read by everybody.
 *
 * Owns:    nothing.
 * Fails:   false; there is nobody to tell, the file grows old.
 * Threads: any; one writer a file.
 */
#ifndef BASE_STATE_FILE_H
#define BASE_STATE_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Adds a member to the object that `text` ends in the middle of. */
void state_file_add(GString *text, const char *name, int64_t number);

/* All of it or nothing, in the place of what is there. */
bool state_file_write(const char *path, const char *text);

#endif
