/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/example - what a model needs of a mail to learn from it, and no
 * more: features, never text.
 *
 * In order, integers little-endian:
 *     char[4]  "TXE" and the version
 *     char[4]  code of the language, NUL to the end
 *     u8       structure numbers: STRUCTURE_N; then each a signed 32-bit
 *              integer in units of 2^-16
 *     u8       findings; of each: u32 hash of its name and values, u8 values,
 *              the rules' sum of each less their mean, s16 in units of 2^-12
 *     for each GramKind: u32 how many stood in the text, u16 how many follow,
 *              and the keys of these, u64, each larger than the one before
 *
 * A key is the hash of a word, a pair, a part of a word or a cue's name (see
 * analysis/grams.h). What that reveals: no word can be read from it, and the
 * order of the text and how often a word stood there are gone; numbers and
 * addresses were one and the same before they were hashed. But the hashes are
 * those of every model, without a secret: who holds an example can try words,
 * names among them, and pairs of them, and see which the mail had. So it is
 * personal data, and is sealed where it is kept (store/examples.h).
 *
 * At most EXAMPLE_BYTES_MAX: of more grams of a kind those with the smallest
 * keys are kept, which is a sample by chance.
 *
 * Owns:    an Example is the caller's.
 * Fails:   example_decode() is NULL for what is not an Example, or one of
 *          another version: not an error, for there is only leaving it out.
 * Threads: any.
 */
#ifndef ANALYSIS_EXAMPLE_H
#define ANALYSIS_EXAMPLE_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/features.h"
#include "analysis/heads.h"

#define EXAMPLE_VERSION 1
#define EXAMPLE_BYTES_MAX 65536

/* What the rules said of one finding. */
typedef struct ExampleFinding {
	uint32_t name; /* hash of its name and values */
	uint8_t n_values;
	int16_t sum[LIMIT_FINDING_VALUES];
} ExampleFinding;

typedef struct Example {
	Language language;
	int32_t structure[STRUCTURE_N];
	unsigned n_findings;
	ExampleFinding finding[LIMIT_FINDINGS];
	uint32_t seen[GRAM_KINDS], n[GRAM_KINDS];
	uint64_t *keys[GRAM_KINDS];
} Example;

/* Of features that were read with grams. */
Example *example_new(const Rules *rules, const Features *features);
void example_free(Example *example);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Example, example_free)

GBytes *example_encode(const Example *example);
Example *example_decode(const void *bytes,
                        size_t size) G_GNUC_WARN_UNUSED_RESULT;

Structure example_structure(const Example *example);
/* What the rules of then said of a finding of the rules of now; all 0 when it
 * was not there, or had other values. */
void example_rule_sums(const Example *example, const Rules *rules,
                       unsigned finding, double ret[LIMIT_FINDING_VALUES]);

#endif
