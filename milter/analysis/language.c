/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The weights are log-probabilities relative to the mean over all languages,
 * so that an n-gram nobody has seen weighs nothing. Their sum names the best
 * language; what is left of it per n-gram tells whether the text is in any
 * language we know at all: Turkish finds a best language too, but a poor one.
 *
 * N-grams overlap, so their sum overstates the odds; `scale` in the file
 * divides that out again and is fitted on held-out sentences.
 *
 * In memory a row is eight words of two weights each, so that the table leaves
 * half of a common second-level cache to others; a feature is one vector load
 * and two vector additions.
 */
#include "analysis/language.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "analysis/language_file.h"
#include "base/error.h"
#include "base/id.h"

#define LANES 16
#define WORDS 8   /* of a row; the low bytes are its first weights */
#define BIAS 128  /* a weight is kept without a sign */
#define BLOCK 256 /* rows that 16 bits can sum */

#define LETTERS_MIN 8
#define WORDS_FEW 12
#define PROBABILITY_MIN 0.5

typedef uint16_t Row __attribute__((vector_size(LANES)));

struct LanguageProfile {
	double scale;
	double floor;
	uint16_t weight[NGRAMS_BUCKETS][WORDS]; /* + BIAS */
};

static uint64_t
read_le(const char *bytes, unsigned size)
{
	uint64_t value = 0;

	while (size-- > 0)
		value = value << 8 | (unsigned char)bytes[size];
	return value;
}

/* What is wrong with the file, or NULL. */
static const char *
file_fault(const char *bytes, size_t size)
{
	if (size < LANGUAGE_FILE_CODES ||
	    memcmp(bytes, LANGUAGE_FILE_MAGIC, 8) != 0)
		return "not a language profile of this version";
	if (size != LANGUAGE_FILE_SIZE)
		return "truncated, or longer than a profile is";
	if (read_le(bytes + LANGUAGE_FILE_SUM, 8) !=
	    id_hash(bytes, LANGUAGE_FILE_SUM))
		return "damaged: the checksum differs";
	if (read_le(bytes + 8, 4) != NGRAMS_BUCKETS ||
	    read_le(bytes + 12, 4) != LANGUAGE_FILE_LANGUAGES)
		return "made for another version of Tact";
	for (unsigned i = 0; i < LANGUAGE_FILE_LANGUAGES; i++) {
		if (strncmp(bytes + LANGUAGE_FILE_CODES + (size_t)4 * i,
		            language_code(i + 1), 4) != 0)
			return "made for other languages";
	}
	return NULL;
}

static LanguageProfile *
read_profile(const char *bytes)
{
	LanguageProfile *profile = g_new0(LanguageProfile, 1);
	const unsigned char *weight =
		(const unsigned char *)bytes + LANGUAGE_FILE_WEIGHTS;

	profile->scale = (double)read_le(bytes + 16, 4) / 1e6;
	profile->floor = (double)read_le(bytes + 20, 4) / 1e6;
	for (size_t i = 0; i < NGRAMS_BUCKETS; i++) {
		for (size_t j = 0; j < LANGUAGE_FILE_LANGUAGES; j++)
			profile->weight[i][j % WORDS] |=
				(uint16_t)((*weight++ ^ BIAS)
			                   << (j < WORDS ? 0 : 8));
	}
	return profile;
}

LanguageProfile *
language_profile_parse(const char *name, const char *bytes, size_t size,
                       GError **error)
{
	const char *fault = file_fault(bytes, size);

	if (fault != NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: %s; install it anew, or make it with "
		            "`tact language build`",
		            name, fault);
		return NULL;
	}
	return read_profile(bytes);
}

LanguageProfile *
language_profile_load(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *bytes = NULL;
	size_t size;

	if (!g_file_get_contents(path, &bytes, &size, &cause)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "cannot read the language profile: %s",
		            cause->message);
		return NULL;
	}
	return language_profile_parse(path, bytes, size, error);
}

void
language_profile_free(LanguageProfile *profile)
{
	g_free(profile);
}

/* Of at most BLOCK features. The sums are vectors by name: as arrays they would
 * stay in memory, and each addition wait for the one before. (/ 256 is a shift;
 * said as one, gcc -fanalyzer takes it for a fault.) */
static void
sum_block(const LanguageProfile *profile, const uint16_t *feature, size_t n,
          uint16_t ret_sum[LANES])
{
	Row low = { 0 }, high = { 0 };

	for (size_t i = 0; i < n; i++) {
		Row row;

		memcpy(&row, profile->weight[feature[i]], sizeof(row));
		low += row & 0xff;
		high += row / 256;
	}
	memcpy(ret_sum, &low, sizeof(low));
	memcpy(ret_sum + WORDS, &high, sizeof(high));
}

static void
sum_weights(const LanguageProfile *profile, const Ngrams *ngrams,
            int32_t ret_sum[LANES])
{
	memset(ret_sum, 0, LANES * sizeof(*ret_sum));
	for (size_t i = 0; i < ngrams->n; i += BLOCK) {
		size_t n = MIN((size_t)BLOCK, ngrams->n - i);
		uint16_t sum[LANES];

		sum_block(profile, &ngrams->feature[i], n, sum);
		for (unsigned k = 0; k < LANES; k++)
			ret_sum[k] += sum[k] - BIAS * (int32_t)n;
	}
}

static unsigned
best_of(const int32_t *sum)
{
	unsigned best = 0;

	for (unsigned i = 1; i < LANGUAGE_FILE_LANGUAGES; i++) {
		if (sum[i] > sum[best])
			best = i;
	}
	return best;
}

static double
probability_of(const LanguageProfile *profile, const int32_t *sum,
               unsigned best)
{
	double total = 0;

	for (unsigned i = 0; i < LANGUAGE_FILE_LANGUAGES; i++)
		total += exp(profile->scale * (sum[i] - sum[best]));
	return 1 / total;
}

/* Too little, another script, or a program's text rather than a person's. */
static bool
tells_nothing(const Ngrams *ngrams)
{
	if (ngrams->letters < LETTERS_MIN || ngrams->foreign > ngrams->letters)
		return true;
	return ngrams->code > ngrams->words ||
	       (ngrams->words < WORDS_FEW && 2 * ngrams->code >= ngrams->words);
}

Language
language_identify(const LanguageProfile *profile, const char *text, size_t size,
                  unsigned *ret_score)
{
	Ngrams ngrams;
	int32_t sum[LANES];
	unsigned best;
	double probability;

	*ret_score = 0;
	ngrams_extract(text, size, &ngrams);
	if (tells_nothing(&ngrams))
		return LANGUAGE_UND;
	sum_weights(profile, &ngrams, sum);
	best = best_of(sum);
	probability = probability_of(profile, sum, best);
	if (probability < PROBABILITY_MIN ||
	    sum[best] < profile->floor * (double)ngrams.n)
		return LANGUAGE_UND;
	*ret_score = (unsigned)(100 * probability);
	return (Language)(best + 1);
}
