/* SPDX-License-Identifier: Apache-2.0 */
/*
 * corpus_check - is a labelled corpus fit to train on?
 *
 * Owns:    a CorpusCheck is the caller's.
 * Fails:   what there is to mend is a list of lines, with file and remedy.
 * Threads: one.
 */
#ifndef TESTS_CORPUS_CHECK_H
#define TESTS_CORPUS_CHECK_H

#include <glib.h>

#include "analysis/language.h"
#include "near.h"
#include "training/corpus.h"

#define CORPUS_CHECK_NEAREST 5

typedef struct CorpusCheck {
	Rules *rules;
	LanguageProfile *profile;
	Corpus *corpus;
	GPtrArray *problems; /* strings */
	/* of NearPair, nearest first; far enough apart or not */
	GArray *nearest;
	unsigned untold; /* texts whose language cannot be told */
	/* Of each language: short texts that read like a neighbour's; texts by
	 * SampleKind; texts by finding and value. */
	unsigned neighbours[LANGUAGE_N];
	unsigned kinds[LANGUAGE_N][2];
	unsigned count[LANGUAGE_N][LIMIT_FINDINGS][LIMIT_FINDING_VALUES];
} CorpusCheck;

/* NULL when the rules in `folder` cannot be read. */
CorpusCheck *corpus_check_new(const char *folder, GError **error);
void corpus_check_free(CorpusCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CorpusCheck, corpus_check_free)

void corpus_check_read(CorpusCheck *check, const char *path);
/* Everything else, once all is read. */
void corpus_check_run(CorpusCheck *check);

#endif
