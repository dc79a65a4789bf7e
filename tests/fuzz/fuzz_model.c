/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte chooses: a model as it is, or one whose magic, version, size
 * and checksum are made right first. One that loads judges a text: its sums are
 * numbers, and its parts add up to them.
 */
#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analysis/model.h"
#include "analysis/model_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Rules *
load_rules(void)
{
	static const char text[] =
		"finding sentiment\n values negative neutral positive\n"
		" default neutral\n"
		"finding urgency\n values high normal low\n default normal\n"
		"language en\n"
		"cue late\n urgency high 3\n phrase late\n"
		" match late\n no-match x\n";

	return rules_parse("rules", text, sizeof(text) - 1, NULL, NULL);
}

static void
repair(unsigned char *file, size_t size)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize length = 32;

	if (size < MODEL_HEAD)
		return;
	memcpy(file, MODEL_MAGIC, 8);
	memset(file + 8, 0, 4);
	file[8] = MODEL_VERSION;
	for (unsigned i = 0; i < 8; i++)
		file[24 + i] = (unsigned char)((uint64_t)size >> 8 * i);
	g_checksum_update(sum, file + MODEL_HASHED,
	                  (gssize)(size - MODEL_HASHED));
	g_checksum_get_digest(sum, file + MODEL_HASHED - length, &length);
}

static void
add_part(const ModelPart *part, void *data)
{
	*(double *)data += part->weight;
}

static void
check_parts(const Rules *rules, const Model *model, const Features *features,
            const HeadSums *rule_sums, const HeadSums *sums, unsigned f)
{
	unsigned n = rules_n_values(rules, f);
	double mean = 0, told = 0, most = 1;

	for (unsigned v = 0; v < n; v++) {
		if (!isfinite(sums->sum[f][v]))
			g_error("a sum that is no number");
		mean += sums->sum[f][v] / n;
		most = MAX(most, fabs(sums->sum[f][v]));
	}
	model_explain(model, features, rule_sums, (ModelPoint){ f, 0 },
	              add_part, &told);
	if (fabs(told - (sums->sum[f][0] - mean)) > 0.001 * most)
		g_error("parts that do not add up");
}

static void
use(const Rules *rules, Model *model)
{
	FeatureText text = { .subject = "Late",
		             .text = "My books are late! 12 days, not fine.",
		             .signature = "Bo",
		             .grams = true };
	g_autoptr(Features) features = features_read(rules, LANGUAGE_EN, &text);
	HeadSums rule_sums, sums;
	Findings findings;

	memset(&rule_sums, 0, sizeof(rule_sums));
	memset(&findings, 0, sizeof(findings));
	if (model_bind(model, rules) > LIMIT_FINDINGS)
		g_error("more findings than there are");
	heads_add_rules(rules, features, &rule_sums);
	sums = rule_sums;
	model_judge(model, features, &sums);
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (model_knows(model, f))
			check_parts(rules, model, features, &rule_sums, &sums,
			            f);
	heads_decide(rules, &sums, &findings);
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (findings.finding[f].score > 100 ||
		    findings.finding[f].value >= rules_n_values(rules, f))
			g_error("impossible finding");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Rules *rules;
	g_autofree unsigned char *file = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Model) model = NULL;

	if (rules == NULL)
		rules = load_rules();
	if (rules == NULL)
		g_error("bad rules");
	if (size == 0)
		return 0;
	file = g_memdup2(data + 1, size - 1);
	if (data[0] % 2 == 1)
		repair(file, size - 1);
	bytes = g_bytes_new_static(file, size - 1);
	model = model_parse("fuzz", bytes, &error);
	if ((model == NULL) != (error != NULL))
		g_error("neither good nor bad");
	if (model != NULL)
		use(rules, model);
	return 0;
}
