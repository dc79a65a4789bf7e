/* SPDX-License-Identifier: Apache-2.0 */
/*
 * training/corpus - labelled texts, read from what people have.
 *
 *   FILE.jsonl   JSON Lines. A mail: {"id", "lang", "subject", "body",
 *                "signature", "labels": {FINDING: VALUE, ...}}; an utterance
 *                has "text" instead of subject, body and signature. Labels may
 *                be few. A "note" is for people; any other key is an error.
 *   FILE.tsv     label TAB text, of the one finding that is asked for
 *   FILE.mbox    mails of one label, which is the file's name without .mbox
 *   a folder     of such files; and of folders, each named by a label, with
 *                .eml files or a Maildir. README files are passed over.
 *
 * Mails are parsed as the filter parses them: only the new text counts. What it
 * would not judge (machines' mail, encrypted or empty mail, mail past a limit)
 * is skipped and counted. Labels of findings that the Rules do not have are
 * passed over and named: a corpus may know more than a site uses.
 *
 * Owns:    a Corpus owns its Samples and their strings, which stay where they
 *          are when more is read.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX with file, line and remedy; nothing
 *          is added then.
 * Threads: any, one Corpus a thread. message_init() before mails are read.
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
	/* Unique in its file; FILE:LINE where it has none, FILE#N of an mbox,
	 * else the mail's FILE. */
	const char *id;
	const char *subject, *text, *signature;
	const char *file; /* it was read from */
	unsigned line;    /* in that file; of an mbox the mail's number; or 0 */
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

/* In place of a finding: labels are codes of languages. */
#define CORPUS_LANGUAGE (-2)

/* From now on a label `label` of the finding that is asked for is read as
 * `value`. */
void corpus_rename_label(Corpus *corpus, const char *label, const char *value);

/* Adds what is in `path`. `finding`: index of what TSV, mbox and folders are
 * labelled for; or CORPUS_LANGUAGE; -1: such files are an error. `language`: of
 * samples that do not tell; LANGUAGE_UND: to be identified later. */
bool corpus_read(Corpus *corpus, const Rules *rules, const char *path,
                 int finding, Language language, GError **error);

/* The same of bytes in memory; the end of `name`, which stands for the file,
 * tells their form: .jsonl, .tsv or .mbox. */
bool corpus_parse(Corpus *corpus, const Rules *rules, const char *name,
                  GBytes *bytes, int finding, GError **error);

unsigned corpus_size(const Corpus *corpus);
const Sample *corpus_sample(const Corpus *corpus, unsigned i);
/* Mails that the filter would not judge. */
unsigned corpus_skipped(const Corpus *corpus);
/* The i-th name of those that labels have and the Rules have not; NULL after
 * the last. */
const char *corpus_unknown_finding(const Corpus *corpus, unsigned i);

#endif
