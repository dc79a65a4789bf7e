/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/corpus - labelled texts, read from what people have.
 *
 *   FILE.jsonl   JSON Lines. A mail: {"id", "lang", "subject", "body",
 *                "signature", "labels": {FINDING: VALUE, ...}}; an utterance
 *                has "text" instead of subject and body. Labels may be few.
 *   FILE.tsv     label TAB text, of the one finding that is asked for
 *   FILE.mbox    mails of one label, which is the file's name without .mbox
 *   a folder     with a folder, Maildir or .eml files, for each label
 *
 * Mails are parsed as the filter parses them: only the new text counts.
 *
 * Owns:    a Corpus owns its Samples and their strings.
 * Fails:   BASE_ERROR with file, line and remedy; nothing is added then.
 * Threads: any, one Corpus a thread.
 */
#ifndef TRAINING_CORPUS_H
#define TRAINING_CORPUS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "analysis/rules.h"

typedef enum SampleKind {
	SAMPLE_MAIL,
	SAMPLE_UTTERANCE, /* a sentence or two, without a mail around it */
} SampleKind;

/* One labelled text. Valid, sanitised UTF-8; "" for a part that is not there.
 */
typedef struct Sample {
	const char *id; /* unique in its file; FILE:LINE where it has none */
	const char *subject, *text, *signature;
	Language language; /* as told; LANGUAGE_UND: not told */
	uint8_t kind;      /* SampleKind */
	/* Of each finding of the Rules: index of its value; -1: not labelled.
	 */
	int8_t label[LIMIT_FINDINGS];
} Sample;

typedef struct Corpus Corpus;

Corpus *corpus_new(void);
void corpus_free(Corpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Corpus, corpus_free)

/* Adds what is in `path`. `finding`: index of what TSV, mbox and folders are
 * labelled for; -1: such files are an error. `language`: of samples that do not
 * tell; LANGUAGE_UND: to be identified later. */
bool corpus_read(Corpus *corpus, const Rules *rules, const char *path,
                 int finding, Language language, GError **error);

unsigned corpus_size(const Corpus *corpus);
const Sample *corpus_sample(const Corpus *corpus, unsigned i);

#endif
