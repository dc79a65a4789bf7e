/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/pack - modules as they are kept.
 *
 * Owns:    a Module belongs to its Pack.
 * Fails:   module_file_read() tells the Troubles.
 * Threads: immutable after loading, so any.
 */
#ifndef DRAFTING_PACK_H
#define DRAFTING_PACK_H

#include "condition.h"
#include "drafting/template.h"
#include "source.h"

#define MODULE_WEIGHT 5 /* where a module says none */

typedef struct Module {
	char *id;   /* "greeting/formal-1" */
	char *file; /* where it stands */
	unsigned line;
	unsigned weight;
	GArray *terms;        /* of Term */
	unsigned blanks;      /* bit i: Blank i must be known */
	unsigned specificity; /* the more, the sooner it is taken */
	char *text;           /* folded; with its marks */
} Module;

struct Pack {
	GPtrArray *slot[LANGUAGE_N][SLOT_N]; /* of Module *; NULL: none */
};

static inline unsigned
modules_n(const GPtrArray *modules)
{
	return modules != NULL ? modules->len : 0;
}

/* Slots without which there is no reply. */
bool slot_needed(Slot slot);

void module_free(Module *module);
/* Reads the modules of a file; bad ones are told and left out. */
GPtrArray *modules_read(Slot slot, const Rules *rules, Source *source);

#endif
