/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/labelled - labelled texts as a command line names them.
 *
 * Reading stops at the first bad file: half a corpus looks like a corpus.
 *
 * Owns:    nothing; texts go to the caller's Corpus.
 * Fails:   with a message: CLI_USAGE, CLI_FOUND.
 * Threads: one.
 */
#ifndef CLI_LABELLED_H
#define CLI_LABELLED_H

#include "cli.h"
#include "training/corpus.h"

/* The finding of that name; -1: none. */
int labelled_finding(const Rules *rules, const char *name);
/* "there is no finding NAME", and which there are; `others`: more to say. */
void labelled_no_finding(const Rules *rules, const char *name,
                         const char *others);

/* Reads `files`, as --language and --label say. `finding` as for
 * corpus_read(). */
int labelled_read(Corpus *corpus, const Rules *rules, int finding,
                  const Options *options, const char *const *files);

#endif
