/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/site_corpus - what a site's model is made of: the corpus that is
 * installed with the rules, and the examples in the store.
 *
 * Owns:    a SiteCorpus is the caller's.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX; as store/store.h.
 * Threads: one.
 */
#ifndef CLI_SITE_CORPUS_H
#define CLI_SITE_CORPUS_H

#include "context.h"
#include "store/examples.h"
#include "training/trainer.h"

typedef struct SiteCorpus {
	Corpus *texts;
	char *sha256;         /* of their files, one after the other */
	Trainer *trainer;     /* that has been given all of it */
	ExamplesCount count;  /* of the store */
	uint64_t digest;      /* of the examples: examples_digest() */
	unsigned passed_over; /* of findings or values that the rules lack */
	unsigned unreadable;  /* of other keys, or another version of Tact */
} SiteCorpus;

/* Texts as `make model` uses them: without examples the model is the one that
 * is shipped, byte for byte, where the rules are. */
SiteCorpus *site_corpus_read(const Context *context, const Keys *keys,
                             Store *store,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void site_corpus_free(SiteCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SiteCorpus, site_corpus_free)

#endif
