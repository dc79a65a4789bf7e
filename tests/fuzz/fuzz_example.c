/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte chooses: bytes as they are, or a text that they are made an
 * example of. What is an example has one encoding and harmless numbers.
 */
#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analysis/example.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Rules *
load_rules(void)
{
	static const char text[] =
		"finding sentiment\n values negative neutral positive\n"
		" default neutral\n"
		"language en\n"
		"cue late\n sentiment negative 3\n phrase late\n"
		" match late\n no-match x\n";

	return rules_parse("rules", text, sizeof(text) - 1, NULL, NULL);
}

static void
check(const Rules *rules, const void *bytes, size_t size)
{
	g_autoptr(Example) example = example_decode(bytes, size);
	g_autoptr(GBytes) again = NULL;
	double sums[LIMIT_FINDING_VALUES];
	gsize n;
	const void *copy;

	if (example == NULL)
		return;
	again = example_encode(example);
	copy = g_bytes_get_data(again, &n);
	if (n != size || memcmp(copy, bytes, size) != 0)
		g_error("two encodings of one example");
	example_rule_sums(example, rules, 0, sums);
	for (unsigned v = 0; v < LIMIT_FINDING_VALUES; v++)
		if (!(fabs(sums[v]) <= 4))
			g_error("a sum out of bounds");
}

static void
check_text(const Rules *rules, const char *bytes, size_t size)
{
	g_autofree char *body = text_sanitise(bytes, size, 65536, NULL);
	FeatureText text = { .text = body, .grams = true };
	g_autoptr(Features) features = features_read(rules, LANGUAGE_EN, &text);
	g_autoptr(Example) example = example_new(rules, features);
	g_autoptr(GBytes) encoded = example_encode(example);
	gsize n;
	const void *copy = g_bytes_get_data(encoded, &n);
	g_autoptr(Example) back = example_decode(copy, n);

	if (back == NULL)
		g_error("an example that is none");
	check(rules, copy, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Rules *rules;

	if (rules == NULL)
		rules = load_rules();
	if (rules == NULL)
		g_error("bad rules");
	if (size == 0)
		return 0;
	if (data[0] % 2 == 0)
		check(rules, data + 1, size - 1);
	else
		check_text(rules, (const char *)data + 1, size - 1);
	return 0;
}
