/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules change between the day of a correction and the day it is learned from.
 * Grams are the same in every version of the format; what the rules said is
 * not, so it goes by the name and the values of the finding, and is left out
 * when these are others now.
 *
 * Keys in their order make one encoding of each Example and leave nothing of
 * the order of the text.
 */
#include "analysis/example.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"
#include "analysis/model_file.h"
#include "base/id.h"

#define NUMBER_ONE 65536.0
#define SUM_ONE 4096.0
#define CODE_ROOM 4

/* Room for a mail of some 4,000 words; LIMIT_ANALYSE_TEXT is three times that,
 * and few mails are a tenth of it. */
static const uint16_t keys_max[GRAM_KINDS] = {
	[GRAM_WORD] = 1536,     [GRAM_PAIR] = 2048, [GRAM_PART] = 3072,
	[GRAM_SIGNATURE] = 256, [GRAM_CUE] = 512,
};

static const char magic[4] = { 'T', 'X', 'E', EXAMPLE_VERSION };

static uint32_t
name_of(const Rules *rules, unsigned finding)
{
	g_autoptr(GString) all =
		g_string_new(rules_finding_name(rules, finding));

	for (unsigned v = 0; v < rules_n_values(rules, finding); v++)
		g_string_append_printf(all, " %s",
		                       rules_value_name(rules, finding, v));
	return (uint32_t)id_hash(all->str, all->len);
}

/* ---------------------------------------------------------------- features */

static int
by_key(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
copy_keys(Example *example, const Grams *grams, unsigned kind)
{
	unsigned n = 0;
	uint64_t *keys = g_new(uint64_t, grams->n + 1);

	for (unsigned i = 0; i < grams->n; i++)
		if (grams->gram[i].kind == kind)
			keys[n++] = grams->gram[i].key;
	qsort(keys, n, sizeof(*keys), by_key);
	example->seen[kind] = grams->seen[kind];
	example->n[kind] = MIN(n, keys_max[kind]);
	example->keys[kind] = keys;
}

static void
copy_rules(Example *example, const Rules *rules, const Features *features)
{
	HeadSums sums;

	memset(&sums, 0, sizeof(sums));
	heads_add_rules(rules, features, &sums);
	example->n_findings = rules_n_findings(rules);
	for (unsigned f = 0; f < example->n_findings; f++) {
		ExampleFinding *finding = &example->finding[f];
		double centred[LIMIT_FINDING_VALUES];

		finding->name = name_of(rules, f);
		finding->n_values = (uint8_t)rules_n_values(rules, f);
		model_centre(sums.sum[f], finding->n_values, centred);
		for (unsigned v = 0; v < finding->n_values; v++)
			finding->sum[v] = (int16_t)lround(centred[v] * SUM_ONE);
	}
}

Example *
example_new(const Rules *rules, const Features *features)
{
	Example *example = g_new0(Example, 1);

	example->language = features->language;
	for (unsigned i = 0; i < STRUCTURE_N; i++) {
		double number = (double)features->structure.number[i];

		example->structure[i] = (int32_t)lround(
			CLAMP(number, -32767, 32767) * NUMBER_ONE);
	}
	copy_rules(example, rules, features);
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		copy_keys(example, &features->grams, kind);
	return example;
}

void
example_free(Example *example)
{
	if (example == NULL)
		return;
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++)
		g_free(example->keys[kind]);
	g_free(example);
}

Structure
example_structure(const Example *example)
{
	Structure structure;

	for (unsigned i = 0; i < STRUCTURE_N; i++)
		structure.number[i] =
			(float)(example->structure[i] / NUMBER_ONE);
	return structure;
}

void
example_rule_sums(const Example *example, const Rules *rules, unsigned finding,
                  double ret[LIMIT_FINDING_VALUES])
{
	uint32_t name = name_of(rules, finding);
	unsigned n = rules_n_values(rules, finding);

	memset(ret, 0, LIMIT_FINDING_VALUES * sizeof(*ret));
	for (unsigned i = 0; i < example->n_findings; i++) {
		const ExampleFinding *old = &example->finding[i];

		if (old->name != name || old->n_values != n)
			continue;
		for (unsigned v = 0; v < n; v++)
			ret[v] = old->sum[v] / SUM_ONE;
		return;
	}
}

/* ------------------------------------------------------------------ encode */

static void
put(GByteArray *out, uint64_t value, unsigned size)
{
	unsigned char bytes[8];

	for (unsigned i = 0; i < size; i++)
		bytes[i] = (unsigned char)(value >> 8 * i);
	g_byte_array_append(out, bytes, size);
}

GBytes *
example_encode(const Example *example)
{
	GByteArray *out = g_byte_array_new();
	char code[CODE_ROOM] = { 0 };

	g_byte_array_append(out, (const guint8 *)magic, sizeof(magic));
	g_strlcpy(code, language_code(example->language), sizeof(code));
	g_byte_array_append(out, (const guint8 *)code, sizeof(code));
	put(out, STRUCTURE_N, 1);
	for (unsigned i = 0; i < STRUCTURE_N; i++)
		put(out, (uint32_t)example->structure[i], 4);
	put(out, example->n_findings, 1);
	for (unsigned f = 0; f < example->n_findings; f++) {
		const ExampleFinding *finding = &example->finding[f];

		put(out, finding->name, 4);
		put(out, finding->n_values, 1);
		for (unsigned v = 0; v < finding->n_values; v++)
			put(out, (uint16_t)finding->sum[v], 2);
	}
	for (unsigned kind = 0; kind < GRAM_KINDS; kind++) {
		put(out, example->seen[kind], 4);
		put(out, example->n[kind], 2);
		for (unsigned i = 0; i < example->n[kind]; i++)
			put(out, example->keys[kind][i], 8);
	}
	return g_byte_array_free_to_bytes(out);
}

/* ------------------------------------------------------------------ decode */

typedef struct Reader {
	const unsigned char *at;
	size_t left;
	bool bad; /* from then on all reads give 0 */
} Reader;

static uint64_t
take(Reader *reader, unsigned size)
{
	uint64_t value = 0;

	if (reader->bad || reader->left < size) {
		reader->bad = true;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t)reader->at[i] << 8 * i;
	reader->at += size;
	reader->left -= size;
	return value;
}

/* Exactly the bytes that example_encode() writes for it. */
static Language
take_language(Reader *reader)
{
	char code[CODE_ROOM + 1] = { 0 }, same[CODE_ROOM] = { 0 };
	Language language;

	for (unsigned i = 0; i < CODE_ROOM; i++)
		code[i] = (char)take(reader, 1);
	language = language_from_code(code);
	if (language >= LANGUAGE_N) {
		reader->bad = true;
		return LANGUAGE_UND;
	}
	g_strlcpy(same, code, sizeof(same));
	reader->bad |= memcmp(code, same, sizeof(same)) != 0;
	return language;
}

static void
take_findings(Reader *reader, Example *example)
{
	unsigned n = (unsigned)take(reader, 1);
	int most = (int)(MODEL_RULES_MAX * SUM_ONE);

	reader->bad |= n > LIMIT_FINDINGS;
	for (unsigned f = 0; f < n && !reader->bad; f++) {
		ExampleFinding *finding = &example->finding[f];

		finding->name = (uint32_t)take(reader, 4);
		finding->n_values = (uint8_t)take(reader, 1);
		reader->bad |= finding->n_values > LIMIT_FINDING_VALUES;
		for (unsigned v = 0; v < finding->n_values && !reader->bad;
		     v++) {
			finding->sum[v] = (int16_t)(uint16_t)take(reader, 2);
			reader->bad |= abs(finding->sum[v]) > most;
		}
	}
	example->n_findings = reader->bad ? 0 : n;
}

static void
take_keys(Reader *reader, Example *example, unsigned kind)
{
	unsigned n;

	example->seen[kind] = (uint32_t)take(reader, 4);
	n = (unsigned)take(reader, 2);
	if (n > keys_max[kind] || n > example->seen[kind] ||
	    n > reader->left / 8)
		reader->bad = true;
	if (reader->bad)
		return;
	example->n[kind] = n;
	example->keys[kind] = g_new(uint64_t, n + 1);
	for (unsigned i = 0; i < n; i++) {
		uint64_t key = take(reader, 8);

		reader->bad |= i > 0 && key <= example->keys[kind][i - 1];
		example->keys[kind][i] = key;
	}
}

Example *
example_decode(const void *bytes, size_t size)
{
	Reader reader = { .at = bytes, .left = size };
	g_autoptr(Example) example = g_new0(Example, 1);

	if (size > EXAMPLE_BYTES_MAX || size < sizeof(magic) ||
	    memcmp(bytes, magic, sizeof(magic)) != 0)
		return NULL;
	take(&reader, sizeof(magic));
	example->language = take_language(&reader);
	reader.bad |= take(&reader, 1) != STRUCTURE_N;
	for (unsigned i = 0; i < STRUCTURE_N; i++)
		example->structure[i] = (int32_t)(uint32_t)take(&reader, 4);
	take_findings(&reader, example);
	for (unsigned kind = 0; kind < GRAM_KINDS && !reader.bad; kind++)
		take_keys(&reader, example, kind);
	if (reader.bad || reader.left > 0)
		return NULL;
	return g_steal_pointer(&example);
}
