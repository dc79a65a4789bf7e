/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/choice - which module of a slot a reply is made with.
 *
 * Owns:    nothing; a Module belongs to its Pack.
 * Fails:   NULL: none fits.
 * Threads: any.
 */
#ifndef DRAFTING_CHOICE_H
#define DRAFTING_CHOICE_H

#include "pack.h"

typedef struct Choice {
	const Pack *pack;
	const TemplateInput *input;
	Language language; /* of the modules */
	Facts facts;
	unsigned blanks; /* bit i: Blank i is known */
	bool found;      /* there is an article */
} Choice;

const Module *choice_of(const Choice *choice, Slot slot);

#endif
