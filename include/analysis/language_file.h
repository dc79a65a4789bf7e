/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/language_file - the layout of rules/language.profile.
 *
 *     0   8 bytes  LANGUAGE_FILE_MAGIC; its last character is the version
 *     8   u32      buckets: NGRAMS_BUCKETS
 *     12  u32      languages: N
 *     16  u32      scale: log-odds of one unit of weight, in millionths
 *     20  u32      floor: least mean weight of a known language, millionths
 *     24  N * 4    language codes, padded with NUL, in the order of Language
 *     ..  int8     weights: for each bucket one for each language
 *     ..  u64      id_hash() of everything before
 *
 * Numbers are little-endian. The weights are bytes, so the file is the same
 * everywhere.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_LANGUAGE_FILE_H
#define ANALYSIS_LANGUAGE_FILE_H

#include "analysis/findings.h"
#include "analysis/ngrams.h"

#define LANGUAGE_FILE_MAGIC "TACTLNG1"
#define LANGUAGE_FILE_LANGUAGES (LANGUAGE_N - 1) /* all but und */
#define LANGUAGE_FILE_CODES ((size_t)24)
#define LANGUAGE_FILE_WEIGHTS                                                  \
	(LANGUAGE_FILE_CODES + (size_t)4 * LANGUAGE_FILE_LANGUAGES)
#define LANGUAGE_FILE_SUM                                                      \
	(LANGUAGE_FILE_WEIGHTS + NGRAMS_BUCKETS * LANGUAGE_FILE_LANGUAGES)
#define LANGUAGE_FILE_SIZE (LANGUAGE_FILE_SUM + 8)

#endif
