/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A gram has two rows to lie in. Those that say most are placed first; one that
 * finds both taken is left out, and so are those that say next to nothing.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trainer_private.h"

/* A gram of which no weight reaches this (in log-odds, for a text that has
 * nothing else) is left out. */
#define WEIGHT_MIN 0.02

typedef struct Placing {
	uint64_t key;
	uint8_t kind;
	double most; /* its largest weight */
	double weight[MODEL_OUTPUTS];
} Placing;

typedef struct Writer {
	GByteArray *out;
	const Problem *problem;
	const GPtrArray *fits;
	const Calibration *calibrations;
	GArray *placings; /* Placing */
	double scale[MODEL_OUTPUTS][GRAM_KINDS];
} Writer;

static void
put_u32(GByteArray *out, uint32_t value)
{
	unsigned char bytes[4] = { (unsigned char)value,
		                   (unsigned char)(value >> 8),
		                   (unsigned char)(value >> 16),
		                   (unsigned char)(value >> 24) };

	g_byte_array_append(out, bytes, 4);
}

static void
put_fixed(GByteArray *out, double value)
{
	double fixed = CLAMP(round(value * MODEL_FIXED), INT32_MIN, INT32_MAX);

	put_u32(out, (uint32_t)(int32_t)fixed);
}

static void
put_name(GByteArray *out, const char *name, size_t room)
{
	char bytes[MODEL_FINDING_NAME] = { 0 };

	g_strlcpy(bytes, name, MIN(room, sizeof(bytes)));
	g_byte_array_append(out, (const guint8 *)bytes, (guint)room);
}

/* A weight as the model will use it: with the factors that training had in the
 * numbers, and the finding's own. */
static double
weight_of(const Writer *writer, unsigned f, int column, unsigned v,
          double scale)
{
	const Fit *fit = writer->fits->pdata[f];

	return fit->weights[(size_t)(column - 1) * fit->n_values + v] * scale *
	       writer->calibrations[f].factor;
}

static void
fill(const Writer *writer, unsigned i, Placing *placing)
{
	const Column *column =
		&g_array_index(writer->problem->columns, Column, i);
	double scale = problem_scale(column);
	unsigned o = 0;

	*placing = (Placing){ .key = column->key, .kind = column->kind };
	for (unsigned f = 0; f < writer->fits->len; f++) {
		const Fit *fit = writer->fits->pdata[f];

		for (unsigned v = 0; v < fit->n_values; v++, o++) {
			double weight = weight_of(
				writer, f, COLUMN_GRAMS + (int)i, v, scale);

			placing->weight[o] = weight;
			placing->most = MAX(placing->most, fabs(weight));
		}
	}
}

/* By weight; by key where that is the same, so that order is told. */
static int
heavier(const void *a, const void *b)
{
	const Placing *x = a, *y = b;

	if (x->most < y->most || x->most > y->most)
		return x->most < y->most ? 1 : -1;
	return (x->key > y->key) - (x->key < y->key);
}

static void
collect(Writer *writer)
{
	writer->placings = g_array_new(FALSE, FALSE, sizeof(Placing));
	for (unsigned i = 0; i < writer->problem->columns->len; i++) {
		Placing placing;

		fill(writer, i, &placing);
		if (placing.most < WEIGHT_MIN)
			continue;
		g_array_append_val(writer->placings, placing);
		for (unsigned o = 0; o < MODEL_OUTPUTS; o++) {
			double *scale = &writer->scale[o][placing.kind];

			*scale = MAX(*scale, fabs(placing.weight[o]) / 127);
		}
	}
	g_array_sort(writer->placings, heavier);
}

static void
put_output(const Writer *writer, unsigned f, unsigned v, unsigned o)
{
	GByteArray *out = writer->out;
	const Fit *fit = writer->fits->pdata[f];

	put_fixed(out, weight_of(writer, f, COLUMN_ONE, v, 1));
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		put_fixed(out, writer->scale[o][kind]);
	for (unsigned i = 0; i < fit->n_values; i++)
		put_fixed(out, weight_of(writer, f, COLUMN_RULES + (int)i, v,
		                         SCALE_RULES));
	for (int i = 0; i < 2 * STRUCTURE_N; i++)
		put_fixed(out, weight_of(writer, f, COLUMN_STRUCTURE + i, v,
		                         SCALE_STRUCTURE));
}

static void
put_findings(const Writer *writer)
{
	const Rules *rules = writer->problem->rules;
	unsigned o = 0;

	for (unsigned f = 0; f < writer->fits->len; f++) {
		const Fit *fit = writer->fits->pdata[f];

		put_name(writer->out, rules_finding_name(rules, fit->finding),
		         MODEL_FINDING_NAME);
		put_u32(writer->out, fit->n_values);
		for (unsigned v = 0; v < fit->n_values; v++)
			put_name(writer->out,
			         rules_value_name(rules, fit->finding, v),
			         MODEL_VALUE_NAME);
		put_fixed(writer->out, writer->calibrations[f].likely);
		put_fixed(writer->out, writer->calibrations[f].sure);
		for (unsigned v = 0; v < fit->n_values; v++)
			put_output(writer, f, v, o++);
	}
}

static bool
is_empty(const unsigned char *row)
{
	for (unsigned i = 1; i < MODEL_ROW; i++)
		if (row[i] != 0)
			return false;
	return true;
}

static void
place(const Writer *writer, const Placing *placing, unsigned char *table,
      unsigned rows)
{
	unsigned char *pair =
		table + (size_t)(placing->key & (rows - 1) & ~1ull) * MODEL_ROW;
	unsigned char check = (unsigned char)(placing->key >> 56);
	unsigned char *row = is_empty(pair) ? pair : pair + MODEL_ROW;

	if (!is_empty(row) || (row != pair && pair[0] == check))
		return;
	row[0] = check;
	for (unsigned o = 0; o < MODEL_OUTPUTS; o++) {
		double scale = writer->scale[o][placing->kind];

		if (scale > 0)
			row[1 + o] = (unsigned char)(int8_t)lround(
				placing->weight[o] / scale);
	}
}

static void
put_table(const Writer *writer, unsigned rows)
{
	size_t size = (size_t)rows * MODEL_ROW;
	g_autofree unsigned char *table = g_malloc0(size);

	for (unsigned i = 0; i < writer->placings->len; i++)
		place(writer, &g_array_index(writer->placings, Placing, i),
		      table, rows);
	g_byte_array_append(writer->out, table, (guint)size);
}

static void
put_head(GByteArray *out, unsigned rows, unsigned n_findings)
{
	g_byte_array_append(out, (const guint8 *)MODEL_MAGIC, 8);
	put_u32(out, MODEL_VERSION);
	put_u32(out, rows);
	put_u32(out, n_findings);
	put_u32(out, STRUCTURE_N);
	for (unsigned i = 0; i < 10; i++)
		put_u32(out, 0); /* size and checksum, when they are known */
}

static void
finish(GByteArray *out)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize size = 32;

	for (unsigned i = 0; i < 8; i++)
		out->data[24 + i] =
			(unsigned char)((uint64_t)out->len >> 8 * i);
	g_checksum_update(sum, out->data + MODEL_HASHED,
	                  (gssize)(out->len - MODEL_HASHED));
	g_checksum_get_digest(sum, out->data + 32, &size);
}

GBytes *
model_write(const Problem *problem, const GPtrArray *fits,
            const Calibration *calibrations, unsigned rows)
{
	Writer writer = { .out = g_byte_array_new(),
		          .problem = problem,
		          .fits = fits,
		          .calibrations = calibrations };

	collect(&writer);
	put_head(writer.out, rows, fits->len);
	put_findings(&writer);
	put_table(&writer, rows);
	finish(writer.out);
	g_array_unref(writer.placings);
	return g_byte_array_free_to_bytes(writer.out);
}
