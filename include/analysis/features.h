/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/features - what is seen in a text, before anybody judges it.
 *
 * The seam of the analysis: matching ends here and scoring begins. A head
 * (analysis/heads.h) reads Features and knows nothing of text; whatever else
 * is to be seen in a text is added to Features and nowhere else.
 *
 * Owns:    a Features is the caller's; it borrows the Rules.
 * Fails:   never; past a step limit cues are left out and `limited` is set.
 * Threads: any, one Features a thread.
 */
#ifndef ANALYSIS_FEATURES_H
#define ANALYSIS_FEATURES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/grams.h"
#include "analysis/rules.h"
#include "analysis/structure.h"

/* One place where a cue fired. */
typedef struct FeatureHit {
	uint32_t cue;        /* index in the Rules */
	uint32_t start, end; /* bytes in the text of `field`; equal for a cue
	                      * that has no words */
	uint8_t field;       /* TokenField */
	bool negated;
	float strength; /* intensifier and repetition */
	float contrast; /* for the findings that "but" weighs in */
} FeatureHit;

typedef struct Features {
	Language language;
	Structure structure;
	FeatureHit *hits; /* in the order of the text, cue by cue apart */
	unsigned n_hits;
	Grams grams;    /* empty when nobody asks for them */
	unsigned words; /* of subject and new text */
	bool limited;   /* a limit cut something off */
} Features;

/* The text of one mail; any part may be "" or NULL. Valid, sanitised UTF-8. */
typedef struct FeatureText {
	const char *subject, *text, *signature;
	unsigned regions; /* TokenRegion bits that every token gets besides its
	                   * own, for trying a cue; else 0 */
	bool grams;       /* wanted even when the rules have no model */
} FeatureText;

Features *features_read(const Rules *rules, Language language,
                        const FeatureText *text);
void features_free(Features *features);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Features, features_free)

#endif
