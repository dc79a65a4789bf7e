/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte chooses the form of the file that the rest is. What was read
 * must keep what the header promises.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "message/message.h"
#include "training/corpus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL) ||
	    strlen(text) > LIMIT_ANALYSE_TEXT)
		g_error("a text that the analysis cannot have");
}

static void
check_sample(const Rules *rules, const Sample *sample)
{
	check_text(sample->id);
	check_text(sample->subject);
	check_text(sample->text);
	check_text(sample->signature);
	if (sample->language >= LANGUAGE_N || sample->kind > SAMPLE_UTTERANCE)
		g_error("impossible sample");
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (sample->label[f] < -1 ||
		    sample->label[f] >= (int)rules_n_values(rules, f))
			g_error("impossible label");
}

static Rules *
load(void)
{
	static const char text[] =
		"finding sentiment\n\tvalues negative neutral positive\n"
		"\tdefault neutral\n\n"
		"finding urgency\n\tvalues high normal low\n"
		"\tdefault normal\n";

	message_init();
	return rules_parse("rules", text, sizeof(text) - 1, NULL, NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "f.jsonl", "f.tsv",
		                             "neutral.mbox" };
	static Rules *rules;
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = NULL;
	bool good;

	if (rules == NULL)
		rules = load();
	if (rules == NULL)
		g_error("bad rules");
	if (size == 0)
		return 0;
	bytes = g_bytes_new_static(data + 1, size - 1);
	good = corpus_parse(corpus, rules, names[data[0] % G_N_ELEMENTS(names)],
	                    bytes, 0, &error);
	if (good != (corpus_size(corpus) > 0) || good != (error == NULL))
		g_error("neither good nor bad");
	if (error != NULL && !g_utf8_validate(error->message, -1, NULL))
		g_error("an error that cannot be shown");
	for (unsigned i = 0; i < corpus_size(corpus); i++)
		check_sample(rules, corpus_sample(corpus, i));
	return 0;
}
