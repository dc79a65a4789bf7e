/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beside the file, and renamed: asked for nothing, GLib writes into the file
 * itself, which a reader may find half written; asked for a consistent one it
 * waits for the disk, every few seconds, for what is old in a moment.
 */
#include "base/state_file.h"

#include <stdio.h>

void
state_file_add(GString *text, const char *name, int64_t number)
{
	g_string_append_printf(text, "%s\"%s\":%" G_GINT64_FORMAT,
	                       text->str[text->len - 1] == '{' ? "" : ",", name,
	                       number);
}

bool
state_file_write(const char *path, const char *text)
{
	g_autofree char *fresh = g_strconcat(path, ".new", NULL);

	return g_file_set_contents_full(fresh, text, -1,
	                                G_FILE_SET_CONTENTS_NONE, 0644, NULL) &&
	       rename(fresh, path) == 0;
}
