/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/tags - Findings as the header fields that the filter adds.
 *
 * The one place where a field of ours is written. Every value matches
 * ^[\x20-\x7e]{0,200}$, every name is one of DESIGN's or of the Rules'
 * vocabulary. A Findings from another process is not believed: with any index
 * out of range the tags are Status error-internal (and Id) alone.
 *
 * Owns:    nothing; names are borrowed from the Rules or static, values are in
 *          the Tags itself, so that nothing can fail between two header edits.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_TAGS_H
#define ANALYSIS_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"
#include "analysis/rules.h"
#include "base/limits.h"

#define TAGS_PREFIX "X-Tact-"
#define TAGS_MAX (LIMIT_FINDINGS + 16)

typedef struct Tag {
	const char *name;
	char value[LIMIT_EMIT_VALUE + 1];
} Tag;

typedef struct Tags {
	size_t n;
	Tag tag[TAGS_MAX]; /* in the order in which they are to be added */
} Tags;

/*
 * `id` may be NULL for none. A finding that abstained gives no field; Status
 * then is `scored` still, or `abstained-evidence` when all of them did. Mail
 * that was skipped or failed gives Status and Id only.
 */
void tags_make(const Rules *rules, const Findings *findings, const char *id,
               Tags *ret_tags);

/* Status and Id alone, for mail that never reached the analyser. */
void tags_make_status(FindingsStatus status, FindingsReason reason,
                      const char *id, Tags *ret_tags);

/* One more, of what is known of the writer; `name` is static: "X-Tact-Tier".
 */
void tags_add(Tags *tags, const char *name, const char *value);

/* True when every index in `findings` means something in `rules`. */
bool tags_findings_valid(const Rules *rules, const Findings *findings);

/* X-Tact-Status as text: "scored", "skipped-automated", ... into `ret_text`,
 * which has room for TAGS_STATUS_SIZE bytes. */
#define TAGS_STATUS_SIZE 48
void tags_status(FindingsStatus status, FindingsReason reason, char *ret_text);

/* The status that `findings` are tagged with: abstained-evidence when scored
 * but nothing was told. */
void tags_findings_status(const Findings *findings, char *ret_text);

#endif
