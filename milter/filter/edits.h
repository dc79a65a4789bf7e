/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/edits - our own headers: found, removed, added.
 *
 * Owns:    a Forged is the caller's.
 * Fails:   edits_apply(): false at the first edit refused; the MTA must then
 *          be told to try later, for part of the edits may be in force.
 * Threads: one at a time.
 */
#ifndef FILTER_EDITS_H
#define FILTER_EDITS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/tags.h"

/* X-Tact-..., in any case, with _ for -, also behind Resent- and Old-. */
bool edits_is_own_header(const char *name);

/* Headers of ours that came with a mail, counted by name. */
typedef struct Forged Forged;

Forged *forged_new(void);
void forged_free(Forged *forged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Forged, forged_free)
/* False past LIMIT_FORGED or LIMIT_FORGED_BYTES. */
bool forged_note(Forged *forged, const char *name);
size_t forged_count(const Forged *forged); /* 0 for NULL */

/* What edits are made with: libmilter, or a test. */
typedef struct EditSink {
	void *context;
	/* Both false when refused; `index` counts from 1 among that name. */
	bool (*remove)(void *context, const char *name, int index);
	bool (*add)(void *context, const char *name, const char *value);
	/* After the last of them, unless one was refused; may be NULL. */
	bool (*send)(void *context);
} EditSink;

/* Removes what `forged` holds, then adds `tags`; either may be NULL. */
bool edits_apply(const EditSink *sink, const Forged *forged, const Tags *tags);

#endif
