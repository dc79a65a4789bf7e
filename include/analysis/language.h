/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/language - which language a text is in, by its character n-grams.
 *
 * Naive Bayes over hashed n-grams of letters and whole short words, after
 * Cavnar and Trenkle 1994 and Lui and Baldwin 2012 (langid.py).
 *
 * Owns:    a LanguageProfile is the caller's.
 * Fails:   loading: BASE_ERROR_IO, BASE_ERROR_SYNTAX. Identifying never does.
 * Threads: immutable after loading, so any.
 */
#ifndef ANALYSIS_LANGUAGE_H
#define ANALYSIS_LANGUAGE_H

#include <glib.h>
#include <stddef.h>

#include "analysis/findings.h"

typedef struct LanguageProfile LanguageProfile;

LanguageProfile *language_profile_load(const char *path, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
/* The same from memory; `name` stands for the file in errors. */
LanguageProfile *
language_profile_parse(const char *name, const char *bytes, size_t size,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void language_profile_free(LanguageProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LanguageProfile, language_profile_free)

/*
 * The language of valid UTF-8 `text`; of long text the first few thousand
 * letters are read. `ret_score`: 0 to 100, the probability among the languages
 * known. LANGUAGE_UND when there is too little evidence or none is likely.
 */
Language language_identify(const LanguageProfile *profile, const char *text,
                           size_t size, unsigned *ret_score);

#endif
