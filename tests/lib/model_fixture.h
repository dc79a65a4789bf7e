/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Model files made by hand, as analysis/model_file.h describes them: the
 * finding "sentiment" with the outputs 0 to 2, and "mood" with 3 and 4.
 */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include <glib.h>
#include <math.h>
#include <string.h>

#include "analysis/features.h"
#include "analysis/model_file.h"
#include "analysis/structure.h"

#define FIXTURE_ROWS 64
#define FIXTURE_OUTPUTS 5
#define FIXTURE_STRUCTURE (2 * STRUCTURE_N)
#define FIXTURE_RULES                                                               \
	"finding sentiment\n values negative neutral positive\n"                    \
	" default neutral\n margin 0\n"                                             \
	"finding urgency\n values high normal low\n default normal\n"               \
	"language en\n"                                                             \
	"cue fine\n sentiment positive 2\n phrase fine\n match fine\n no-match x\n" \
	"cue late\n urgency high 3\n phrase late\n match late\n no-match x\n"

/* Where the numbers stand that tests lie in. */
enum {
	FIXTURE_AT_VERSION = 8,
	FIXTURE_AT_ROWS = 12,
	FIXTURE_AT_FINDINGS = 16,
	FIXTURE_AT_STRUCTURE = 20,
	FIXTURE_AT_SIZE = 24,
	FIXTURE_AT_NAME = MODEL_HEAD,
	FIXTURE_AT_VALUES = FIXTURE_AT_NAME + MODEL_FINDING_NAME,
	FIXTURE_AT_VALUE_NAME = FIXTURE_AT_VALUES + 4,
};

typedef struct FixtureModel {
	double likely, sure;
	double bias[FIXTURE_OUTPUTS];
	double scale[FIXTURE_OUTPUTS][GRAM_KINDS];
	double rules[FIXTURE_OUTPUTS][3];
	double structure[FIXTURE_OUTPUTS][FIXTURE_STRUCTURE];
	unsigned char table[FIXTURE_ROWS][MODEL_ROW];
} FixtureModel;

static inline void
fixture_put_u32(GByteArray *out, uint32_t value)
{
	uint32_t little = GUINT32_TO_LE(value);

	g_byte_array_append(out, (const guint8 *)&little, 4);
}

static inline void
fixture_put_fixed(GByteArray *out, double value)
{
	fixture_put_u32(out, (uint32_t)(int32_t)lround(value * MODEL_FIXED));
}

static inline void
fixture_put_name(GByteArray *out, const char *name, size_t room)
{
	char bytes[MODEL_FINDING_NAME] = { 0 };

	g_strlcpy(bytes, name, sizeof(bytes));
	g_byte_array_append(out, (const guint8 *)bytes, (guint)room);
}

static inline void
fixture_put_output(GByteArray *out, const FixtureModel *model, unsigned o,
                   unsigned n_values)
{
	fixture_put_fixed(out, model->bias[o]);
	for (unsigned i = 0; i < GRAM_KINDS; i++)
		fixture_put_fixed(out, model->scale[o][i]);
	for (unsigned i = 0; i < n_values; i++)
		fixture_put_fixed(out, model->rules[o][i]);
	for (unsigned i = 0; i < FIXTURE_STRUCTURE; i++)
		fixture_put_fixed(out, model->structure[o][i]);
}

static inline void
fixture_put_finding(GByteArray *out, const FixtureModel *model, unsigned first,
                    const char *const *names)
{
	unsigned n = g_strv_length((char **)names) - 1;

	fixture_put_name(out, names[0], MODEL_FINDING_NAME);
	fixture_put_u32(out, n);
	for (unsigned i = 0; i < n; i++)
		fixture_put_name(out, names[1 + i], MODEL_VALUE_NAME);
	fixture_put_fixed(out, model->likely);
	fixture_put_fixed(out, model->sure);
	for (unsigned i = 0; i < n; i++)
		fixture_put_output(out, model, first + i, n);
}

/* Makes size and checksum right, whatever else is wrong. */
static inline void
fixture_seal(unsigned char *bytes, size_t size)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize length = 32;

	for (unsigned i = 0; i < 8; i++)
		bytes[FIXTURE_AT_SIZE + i] =
			(unsigned char)((uint64_t)size >> 8 * i);
	g_checksum_update(sum, bytes + MODEL_HASHED,
	                  (gssize)(size - MODEL_HASHED));
	g_checksum_get_digest(sum, bytes + MODEL_HASHED - length, &length);
}

static inline GByteArray *
fixture_model(const FixtureModel *model)
{
	static const char *const sentiment[] = { "sentiment", "negative",
		                                 "neutral", "positive", NULL };
	static const char *const mood[] = { "mood", "up", "down", NULL };
	GByteArray *out = g_byte_array_new();

	g_byte_array_append(out, (const guint8 *)MODEL_MAGIC, 8);
	fixture_put_u32(out, MODEL_VERSION);
	fixture_put_u32(out, FIXTURE_ROWS);
	fixture_put_u32(out, 2);
	fixture_put_u32(out, STRUCTURE_N);
	for (unsigned i = 0; i < 10; i++)
		fixture_put_u32(out, 0);
	fixture_put_finding(out, model, 0, sentiment);
	fixture_put_finding(out, model, 3, mood);
	g_byte_array_append(out, model->table[0], sizeof(model->table));
	fixture_seal(out->data, out->len);
	return out;
}

/* Numbers of all kinds and a full table. */
static inline FixtureModel
fixture_any_model(void)
{
	FixtureModel hand = { .likely = 0.6, .sure = 0.8 };
	g_autoptr(GRand) dice = g_rand_new_with_seed(5);

	for (unsigned o = 0; o < FIXTURE_OUTPUTS; o++) {
		hand.bias[o] = g_rand_double_range(dice, -1, 1);
		for (unsigned i = 0; i < GRAM_KINDS; i++)
			hand.scale[o][i] = g_rand_double_range(dice, 0, 0.1);
		for (unsigned i = 0; i < 3; i++)
			hand.rules[o][i] = g_rand_double_range(dice, -1, 1);
		for (unsigned i = 0; i < FIXTURE_STRUCTURE; i++)
			hand.structure[o][i] =
				g_rand_double_range(dice, -0.1, 0.1);
	}
	for (unsigned i = 0; i < FIXTURE_ROWS; i++)
		for (unsigned k = 1; k < 1 + FIXTURE_OUTPUTS; k++)
			hand.table[i][k] = (unsigned char)g_rand_int(dice);
	return hand;
}

/* Writes a gram's weights into its row, or into the row's neighbour. */
static inline void
fixture_place(FixtureModel *model, uint64_t key, unsigned neighbour,
              const int8_t weights[FIXTURE_OUTPUTS])
{
	unsigned char *row =
		model->table[(key & (FIXTURE_ROWS - 1) & ~1ull) + neighbour];

	row[0] = (unsigned char)(key >> 56);
	memcpy(row + 1, weights, FIXTURE_OUTPUTS);
}

/* Every gram of the features gets a row ; the last has it. */
static inline void
fixture_place_all(FixtureModel *hand, const Features *features)
{
	for (unsigned i = 0; i < features->grams.n; i++) {
		uint64_t key = features->grams.gram[i].key;

		hand->table[key & (FIXTURE_ROWS - 1)][0] =
			(unsigned char)(key >> 56);
	}
}

#endif
