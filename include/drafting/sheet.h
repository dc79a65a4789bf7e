/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/sheet - what is kept of a draft until it ends: its text, what the
 * text is made of, and what a reviewer is told.
 *
 * The drafter seals it (SEAL_TEXT); `tact draft` shows it, and whoever compares
 * the draft with what was sent needs its parts. Whoever decodes it believes
 * nothing: sizes, characters and offsets are checked.
 *
 * Owns:    a Sheet is the caller's: sheet_free().
 * Fails:   sheet_decode(): NULL for what sheet_encode() never made.
 * Threads: any.
 */
#ifndef DRAFTING_SHEET_H
#define DRAFTING_SHEET_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drafting/checks.h"
#include "drafting/template.h"

#define SHEET_BODY_MAX 32768 /* a draft has 8 KiB; a human may add to it */
#define SHEET_PARTS_MAX 64
#define SHEET_NAME_MAX 120
#define SHEET_LINE_MAX 1000

typedef struct Sheet {
	char *body; /* UTF-8, unwrapped paragraphs, no signature */
	Language language;
	AddressForm form;
	bool holding;     /* it says that somebody will look at it */
	DraftPart *parts; /* of the body, by the template; none of a model's */
	size_t n_parts;
	GArray *remarks; /* CheckRemark */
	/* What left this host for it: "https://api.example.com EMAIL 1 PHONE
	 * 2"; "" for nothing. */
	char *left;
	char *refused; /* names of the checks that refused a model's text */
} Sheet;

/* Of a template's text; `marked` is it with marks, `remarks` are taken. */
Sheet *sheet_of_template(const DraftText *text, const char *marked,
                         const GArray *remarks);
/* Of any other text. */
Sheet *sheet_of_text(const char *body, Language language,
                     const GArray *remarks);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* One of its lines: a copy of `text`, cut to SHEET_LINE_MAX. */
void sheet_set(char **line, const char *text);

GBytes *sheet_encode(const Sheet *sheet);
Sheet *sheet_decode(const void *bytes, size_t size);

#endif
