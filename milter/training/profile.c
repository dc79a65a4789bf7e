/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Naive Bayes with a floor instead of add-one: p = count / total + FLOOR. Our
 * corpora differ eightfold in size, and add-one would give the small ones the
 * unseen n-grams of the large ones.
 *
 * Floating point would differ in the last bit between C libraries and so now
 * and then in a byte of the file; hence fixed point, logarithm included.
 */
#include "training/profile.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "analysis/language_file.h"
#include "base/error.h"
#include "base/id.h"

#define LANGUAGES LANGUAGE_FILE_LANGUAGES
#define CORPUS_MAX (64 * 1024 * 1024)

/* Probabilities are in units of 2^-36. */
#define ONE ((uint64_t)1 << 36)
#define FLOOR ((uint64_t)1 << 16)

#define UNITS_PER_BIT 8
#define SCALE 20000 /* log-odds of a unit, in millionths; fitted */
#define KNOWN_FLOOR 5200000

typedef struct Counts {
	uint32_t count[NGRAMS_BUCKETS][LANGUAGES];
	uint64_t total[LANGUAGES];
} Counts;

static bool
count_line(Counts *counts, unsigned language, const char *line, size_t size)
{
	Ngrams ngrams;

	if (!g_utf8_validate(line, (gssize)size, NULL))
		return false;
	ngrams_extract(line, size, &ngrams);
	for (size_t i = 0; i < ngrams.n; i++)
		counts->count[ngrams.feature[i]][language]++;
	counts->total[language] += ngrams.n;
	return true;
}

static bool
count_text(Counts *counts, unsigned language, const char *text,
           unsigned hold_out, unsigned *ret_line)
{
	for (unsigned line = 1; *text != '\0'; line++) {
		size_t size = strcspn(text, "\n");

		if ((hold_out < 2 || line % hold_out != 0) &&
		    !count_line(counts, language, text, size)) {
			*ret_line = line;
			return false;
		}
		text += size + (text[size] != '\0');
	}
	return true;
}

static bool
count_file(Counts *counts, unsigned language, const char *folder,
           unsigned hold_out, GError **error)
{
	g_autofree char *path = g_strdup_printf(
		"%s/%s.txt", folder, language_code((Language)language + 1));
	g_autofree char *text = NULL;
	g_autoptr(GError) cause = NULL;
	unsigned line = 0;

	if (!g_file_get_contents(path, &text, NULL, &cause)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: cannot be read: %s", path, cause->message);
		return false;
	}
	if (strlen(text) > (size_t)CORPUS_MAX) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: larger than %d MiB", path, CORPUS_MAX >> 20);
		return false;
	}
	if (!count_text(counts, language, text, hold_out, &line)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s:%u: not UTF-8; convert the file with iconv(1)",
		            path, line);
		return false;
	}
	if (counts->total[language] == 0) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: no sentence in it", path);
		return false;
	}
	return true;
}

/* log2 of x >= 1 with 16 binary digits, by squaring. */
static int32_t
log2_q16(uint64_t x)
{
	int whole = 63 - __builtin_clzll(x);
	uint64_t y = whole > 31 ? x >> (whole - 31) : x << (31 - whole);
	int32_t result = whole;

	for (int i = 0; i < 16; i++) {
		y = y * y >> 31;
		result <<= 1;
		if (y >> 32 != 0) {
			y >>= 1;
			result |= 1;
		}
	}
	return result;
}

static void
weigh_bucket(const Counts *counts, size_t bucket, signed char *ret_weight)
{
	int32_t bits[LANGUAGES];
	int64_t mean = 0;

	for (unsigned i = 0; i < LANGUAGES; i++) {
		uint64_t p = counts->count[bucket][i] * ONE / counts->total[i] +
		             FLOOR;

		bits[i] = log2_q16(p);
		mean += bits[i];
	}
	mean /= LANGUAGES;
	for (unsigned i = 0; i < LANGUAGES; i++) {
		int64_t weight = (bits[i] - mean) * UNITS_PER_BIT / 65536;

		ret_weight[i] = (signed char)CLAMP(weight, -127, 127);
	}
}

static void
write_le(char *bytes, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		bytes[i] = (char)(value >> (8 * i) & 0xff);
}

static GBytes *
write_profile(const Counts *counts)
{
	char *bytes = g_malloc0(LANGUAGE_FILE_SIZE);
	signed char *weight = (signed char *)bytes + LANGUAGE_FILE_WEIGHTS;

	g_strlcpy(bytes, LANGUAGE_FILE_MAGIC, 9);
	write_le(bytes + 8, NGRAMS_BUCKETS, 4);
	write_le(bytes + 12, LANGUAGES, 4);
	write_le(bytes + 16, SCALE, 4);
	write_le(bytes + 20, KNOWN_FLOOR, 4);
	for (unsigned i = 0; i < LANGUAGES; i++) {
		g_strlcpy(bytes + LANGUAGE_FILE_CODES + (size_t)4 * i,
		          language_code((Language)i + 1), 4);
	}
	for (size_t i = 0; i < NGRAMS_BUCKETS; i++)
		weigh_bucket(counts, i, weight + i * LANGUAGES);
	write_le(bytes + LANGUAGE_FILE_SUM, id_hash(bytes, LANGUAGE_FILE_SUM),
	         8);
	return g_bytes_new_take(bytes, LANGUAGE_FILE_SIZE);
}

GBytes *
profile_build(const char *folder, unsigned hold_out, GError **error)
{
	g_autofree Counts *counts = g_new0(Counts, 1);

	for (unsigned i = 0; i < LANGUAGES; i++) {
		if (!count_file(counts, i, folder, hold_out, error))
			return NULL;
	}
	return write_profile(counts);
}
