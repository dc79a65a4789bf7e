/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "base/error.h"
#include "corpus_fixture.h"
#include "message/message.h"
#include "rows.h"
#include "training/corpus.h"

static Rules *rules;

static bool
parse(Corpus *corpus, const char *name, const char *text, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));

	return corpus_parse(corpus, rules, name, bytes,
	                    (int)fixture_finding(rules, "sentiment"), error);
}

/* Everything of one sample on one line. */
static char *
show(const Sample *s)
{
	return g_strdup_printf(
		"%s|%s|%s|%s|%s|%s|%s|%s", s->id, language_code(s->language),
		s->kind == SAMPLE_MAIL ? "mail" : "utterance", s->subject,
		s->text, s->signature, fixture_label(rules, s, "sentiment"),
		fixture_label(rules, s, "urgency"));
}

static const struct good {
	const char *name, *file, *bytes, *shown;
} goods[] = {
	{ "mail", "a.jsonl",
	  "{\"id\": \"m\", \"lang\": \"da\", \"subject\": \"S\", \"body\": "
	  "\"B\", \"signature\": \"N\", \"labels\": {\"sentiment\": "
	  "\"negative\", \"urgency\": \"low\"}}\n",
	  "m|da|mail|S|B|N|negative|low" },
	{ "utterance", "a.jsonl",
	  "{\"text\": \"Hi\", \"labels\": {\"urgency\": \"high\"}}",
	  "a.jsonl:1|und|utterance||Hi||-|high" },
	{ "no-labels", "a.jsonl",
	  "{\"body\": \"B\", \"note\": \"?\", \"labels\": {}}",
	  "a.jsonl:1|und|mail||B||-|-" },
	{ "blank-lines", "a.jsonl",
	  "\xef\xbb\xbf\n \t\r\n{\"text\": \"Hi\", \"labels\": {}}\r\n\r\n",
	  "a.jsonl:3|und|utterance||Hi||-|-" },
	{ "subject-only", "a.jsonl",
	  "{\"subject\": \"A\\nB\", \"body\": \"\", \"labels\": {}}",
	  "a.jsonl:1|und|mail|A B|||-|-" },
	{ "sanitised", "a.jsonl",
	  "{\"text\": \"a\\u0007b\\u200bc\\u202e\\r\\nd \", \"labels\": {}}",
	  "a.jsonl:1|und|utterance||abc\nd||-|-" },
	{ "unknown-finding", "a.jsonl",
	  "{\"text\": \"x\", \"labels\": {\"mood\": \"blue\"}}",
	  "a.jsonl:1|und|utterance||x||-|-" },
	{ "tsv", "a.tsv", "positive\tGood\twork\r\n",
	  "a.tsv:1|und|utterance||Good\twork||positive|-" },
	{ "mbox", "x/negative.mbox", "From a\n" MAIL(""),
	  "x/negative.mbox#1|und|mail|s|Hello there.||negative|-" },
	{ "mbox-new-text", "neutral.mbox",
	  "From a\nSubject: Re: s\n\nMine.\n\nOn 1 May 2026, Bo wrote:\n> His."
	  "\n\n-- \nAnn\n",
	  "neutral.mbox#1|und|mail|Re: s|Mine.|Ann|neutral|-" },
	{ "mbox-skips", "neutral.mbox",
	  "From a\n" MAIL("Auto-Submitted: auto-replied\n") "\nFrom b\n" MAIL(
		  ""),
	  "neutral.mbox#2|und|mail|s|Hello there.||neutral|-" },
};

static void
test_good(const void *data)
{
	const struct good *row = data;
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *shown = NULL;

	parse(corpus, row->file, row->bytes, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(corpus_size(corpus), ==, 1);
	shown = show(corpus_sample(corpus, 0));
	g_assert_cmpstr(shown, ==, row->shown);
	g_assert_cmpstr(corpus_sample(corpus, 0)->file, ==, row->file);
	g_assert_cmpuint(corpus_skipped(corpus), ==,
	                 strcmp(row->name, "mbox-skips") == 0);
	g_assert_cmpstr(corpus_unknown_finding(corpus, 0), ==,
	                strcmp(row->name, "unknown-finding") == 0 ? "mood"
	                                                          : NULL);
	g_assert_null(corpus_unknown_finding(corpus, 1));
}

static const struct bad {
	const char *name, *file, *bytes, *message;
} bads[] = {
	{ "value", "a.jsonl",
	  GOOD "{\"text\": \"x\", \"labels\": {\"sentiment\": \"angry\"}}",
	  "a.jsonl:2: labels: sentiment has no value \"angry\"; legal: "
	  "negative neutral positive" },
	{ "no-json", "a.jsonl", GOOD "\n{\"text\": \"x\",\n",
	  "a.jsonl:3: not JSON (" },
	{ "array", "a.jsonl", "[]", "a.jsonl:1: not JSON (no object)" },
	{ "behind", "a.jsonl", "{\"text\": \"x\", \"labels\": {}} {}",
	  "a.jsonl:1: not JSON (" },
	{ "not-utf8", "a.jsonl", "{\"text\": \"\xff\", \"labels\": {}}",
	  "a.jsonl:1: not JSON (" },
	{ "nul", "a.jsonl", "{\"text\": \"a\\u0000b\", \"labels\": {}}",
	  "a.jsonl:1: not JSON (" },
	{ "key-twice", "a.jsonl",
	  "{\"text\": \"x\", \"text\": \"y\", \"labels\": {}}",
	  "duplicate object key" },
	{ "label-twice", "a.jsonl",
	  "{\"text\": \"x\", \"labels\": {\"urgency\": \"low\", "
	  "\"urgency\": \"high\"}}",
	  "duplicate object key" },
	{ "unknown-key", "a.jsonl",
	  "{\"text\": \"x\", \"label\": {}, \"labels\": {}}",
	  "unknown key \"label\"; known: id lang" },
	{ "key-controls", "a.jsonl", "{\"te\\u001bxt\\n\": \"x\"}",
	  "unknown key \"text \"; known:" },
	{ "number", "a.jsonl", "{\"text\": 1, \"labels\": {}}",
	  "text: must be a string" },
	{ "labels-list", "a.jsonl", "{\"text\": \"x\", \"labels\": []}",
	  "labels: must be an object" },
	{ "label-number", "a.jsonl",
	  "{\"text\": \"x\", \"labels\": {\"urgency\": 1}}",
	  "labels: urgency must be a string" },
	{ "no-labels", "a.jsonl", "{\"text\": \"x\"}", "no \"labels\"" },
	{ "both", "a.jsonl",
	  "{\"text\": \"x\", \"signature\": \"y\", \"labels\": {}}",
	  "has \"text\" and parts of a mail" },
	{ "neither", "a.jsonl", "{\"subject\": \"x\", \"labels\": {}}",
	  "no text; write \"body\"" },
	{ "empty-text", "a.jsonl", "{\"text\": \"\\u200b \", \"labels\": {}}",
	  "a.jsonl:1: empty; take the line out" },
	{ "language", "a.jsonl",
	  "{\"text\": \"x\", \"lang\": \"dk\", \"labels\": {}}",
	  "lang: no language \"dk\"; legal: und da sv nb nn de en" },
	{ "id-empty", "a.jsonl",
	  "{\"id\": \"\", \"text\": \"x\", \"labels\": {}}",
	  "id: must be 1 to 200 bytes" },
	{ "id-tab", "a.jsonl",
	  "{\"id\": \"a\\tb\", \"text\": \"x\", \"labels\": {}}",
	  "id: must be 1 to 200 bytes" },
	{ "id-twice", "a.jsonl", GOOD "\n" GOOD,
	  "a.jsonl:3: id \"1\" stands in line 1 already" },
	{ "empty", "a.jsonl", "\n \n", "a.jsonl: no labelled text in it" },
	{ "tsv-value", "a.tsv", "positive\tx\nbad\ty\n",
	  "a.tsv:2: labels: sentiment has no value \"bad\"; legal:" },
	{ "tsv-no-tab", "a.tsv", "positive x\n", "a.tsv:1: no TAB" },
	{ "tsv-no-text", "a.tsv", "positive\t\xe2\x80\x8b\n",
	  "a.tsv:1: no text behind the label" },
	{ "tsv-not-utf8", "a.tsv", "positive\tx\xff\n",
	  "a.tsv:1: not UTF-8; convert" },
	{ "mbox-label", "support.mbox", "From a\n" MAIL(""),
	  "support.mbox: labels: sentiment has no value \"support\"; legal:" },
	{ "no-mbox", "neutral.mbox", MAIL(""), "neutral.mbox: no mbox" },
	{ "mbox-machines", "neutral.mbox",
	  "From a\n" MAIL("Auto-Submitted: auto-replied\n"),
	  "neutral.mbox: no labelled text in it; 1 mail was" },
	{ "form", "a.json", "{}", "a.json: is none of .jsonl .tsv .mbox" },
};

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(parse(corpus, "z.jsonl", GOOD, NULL));
	g_assert_false(parse(corpus, row->file, row->bytes, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, row->message));
	g_assert_cmpuint(corpus_size(corpus), ==, 1);
	g_assert_cmpuint(corpus_skipped(corpus), ==, 0);
	g_assert_null(corpus_unknown_finding(corpus, 0));
}

/* A line of exactly `size` bytes, most of them the note. */
static char *
line_of(size_t size)
{
	GString *line =
		g_string_new("{\"text\": \"x\", \"labels\": {}, \"note\": \"");

	while (line->len < size - 2)
		g_string_append_c(line, 'n');
	g_string_append(line, "\"}");
	g_assert_cmpuint(line->len, ==, size);
	return g_string_free(line, FALSE);
}

static void
test_line_limit(void)
{
	for (unsigned over = 0; over < 2; over++) {
		g_autoptr(Corpus) corpus = corpus_new();
		g_autoptr(GError) error = NULL;
		g_autofree char *line = line_of(LIMIT_CORPUS_LINE + over);

		g_assert_cmpint(parse(corpus, "a.jsonl", line, &error), ==,
		                over == 0);
		g_assert_true(over == 0 ||
		              strstr(error->message, "a.jsonl:1: longer than"));
	}
}

static void
test_id_limit(void)
{
	for (int over = 0; over < 2; over++) {
		g_autoptr(Corpus) corpus = corpus_new();
		g_autofree char *id = g_strnfill(LIMIT_CORPUS_ID + over, 'i');
		g_autofree char *line = g_strdup_printf(
			"{\"id\": \"%s\", \"text\": \"x\", \"labels\": {}}",
			id);

		g_assert_cmpint(parse(corpus, "a.jsonl", line, NULL), ==,
		                over == 0);
	}
}

static void
test_text_limit(void)
{
	g_autoptr(Corpus) corpus = corpus_new();
	g_autofree char *text = g_strnfill(LIMIT_ANALYSE_TEXT + 1, 't');
	g_autofree char *line =
		g_strdup_printf("{\"text\": \"%s\", \"labels\": {}}", text);

	g_assert_true(parse(corpus, "a.jsonl", line, NULL));
	g_assert_cmpuint(strlen(corpus_sample(corpus, 0)->text), ==,
	                 LIMIT_ANALYSE_TEXT);
}

static void
test_sample_limit(void)
{
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) rows = g_string_new("");

	for (unsigned i = 0; i < LIMIT_CORPUS_SAMPLES; i++)
		g_string_append(rows, "neutral\tx\n");
	g_assert_true(parse(corpus, "a.tsv", rows->str, NULL));
	g_assert_cmpuint(corpus_size(corpus), ==, LIMIT_CORPUS_SAMPLES);
	g_assert_false(parse(corpus, "b.tsv", "neutral\ty\n", &error));
	g_assert_nonnull(strstr(error->message, "b.tsv:1: more than 1000000"));
	g_assert_cmpuint(corpus_size(corpus), ==, LIMIT_CORPUS_SAMPLES);
}

/* Samples stay where they are when more is read. */
static void
test_several(void)
{
	g_autoptr(Corpus) corpus = corpus_new();
	const Sample *first;

	g_assert_true(parse(corpus, "a.jsonl", GOOD, NULL));
	first = corpus_sample(corpus, 0);
	for (unsigned i = 0; i < 100; i++)
		g_assert_true(parse(corpus, "b.jsonl", GOOD, NULL));
	g_assert_cmpuint(corpus_size(corpus), ==, 101);
	g_assert_true(corpus_sample(corpus, 0) == first);
	g_assert_cmpstr(first->file, ==, "a.jsonl");
}

static void
test_names(void)
{
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(parse(corpus, "a\xff\x1b\n.tsv", "neutral\tx\n", NULL));
	g_assert_true(
		parse(corpus, "\x1b/neutral.mbox", "From a\n" MAIL(""), NULL));
	g_assert_false(parse(corpus, "a\x1b\n.tsv", "bad\tx\n", &error));
	g_assert_cmpstr(corpus_sample(corpus, 0)->id, ==,
	                "a\xef\xbf\xbd?.tsv:1");
	g_assert_cmpstr(corpus_sample(corpus, 0)->file, ==,
	                "a\xef\xbf\xbd?.tsv");
	g_assert_cmpstr(corpus_sample(corpus, 1)->id, ==, "/neutral.mbox#1");
	g_assert_true(g_str_has_prefix(error->message, "a?.tsv:1: labels"));
}

static void
test_no_finding(void)
{
	static const char *const files[] = { "a.tsv", "neutral.mbox" };

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autoptr(Corpus) corpus = corpus_new();
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) bytes = g_bytes_new_static("From a\n", 7);

		g_assert_false(corpus_parse(corpus, rules, files[i], bytes, -1,
		                            &error));
		g_assert_nonnull(strstr(error->message, "name the finding"));
	}
}

/* Only labels of what was asked for, and at no other's cost. */
static void
test_renamed(void)
{
	static const char jsonl[] =
		"{\"id\": \"1\", \"text\": \"x\", \"labels\": "
		"{\"sentiment\": \"neg\", \"urgency\": \"low\"}}";
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	corpus_rename_label(corpus, "pos", "positive");
	corpus_rename_label(corpus, "neg", "negative");
	corpus_rename_label(corpus, "low", "high");
	corpus_rename_label(corpus, "odd", "even");
	g_assert_true(parse(corpus, "a.tsv", "pos\tx\nneutral\ty\n", NULL));
	g_assert_true(parse(corpus, "a.jsonl", jsonl, NULL));
	g_assert_cmpstr(
		fixture_label(rules, corpus_sample(corpus, 0), "sentiment"), ==,
		"positive");
	g_assert_cmpstr(
		fixture_label(rules, corpus_sample(corpus, 1), "sentiment"), ==,
		"neutral");
	g_assert_cmpstr(
		fixture_label(rules, corpus_sample(corpus, 2), "sentiment"), ==,
		"negative");
	g_assert_cmpstr(
		fixture_label(rules, corpus_sample(corpus, 2), "urgency"), ==,
		"low");
	g_assert_false(parse(corpus, "a.tsv", "odd\tx\n", &error));
	g_assert_nonnull(strstr(error->message, "no value \"even\""));
}

static void
test_language(void)
{
	static const char good[] = "da\tHej\ndansk\tHej\n";
	static const char bad[] = "da\tHej\nnorsk\tHei\n";
	g_autoptr(GBytes) fine = g_bytes_new_static(good, strlen(good));
	g_autoptr(GBytes) wrong = g_bytes_new_static(bad, strlen(bad));
	g_autoptr(Corpus) corpus = corpus_new();
	g_autoptr(GError) error = NULL;

	corpus_rename_label(corpus, "dansk", "da");
	g_assert_true(corpus_parse(corpus, rules, "a.tsv", fine,
	                           CORPUS_LANGUAGE, NULL));
	g_assert_cmpuint(corpus_size(corpus), ==, 2);
	g_assert_cmpuint(corpus_sample(corpus, 0)->language, ==, LANGUAGE_DA);
	g_assert_cmpuint(corpus_sample(corpus, 1)->language, ==, LANGUAGE_DA);
	g_assert_false(corpus_parse(corpus, rules, "b.tsv", wrong,
	                            CORPUS_LANGUAGE, &error));
	g_assert_nonnull(strstr(
		error->message,
		"b.tsv:2: labels: no language \"norsk\"; legal: und da"));
}

int
main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	message_init();
	rules = fixture_core_rules();
	rows_add("/corpus/good/", goods, test_good);
	rows_add("/corpus/bad/", bads, test_bad);
	g_test_add_func("/corpus/limit/line", test_line_limit);
	g_test_add_func("/corpus/limit/id", test_id_limit);
	g_test_add_func("/corpus/limit/text", test_text_limit);
	g_test_add_func("/corpus/limit/samples", test_sample_limit);
	g_test_add_func("/corpus/several", test_several);
	g_test_add_func("/corpus/names", test_names);
	g_test_add_func("/corpus/no-finding", test_no_finding);
	g_test_add_func("/corpus/renamed", test_renamed);
	g_test_add_func("/corpus/language", test_language);
	status = g_test_run();
	rules_free(rules);
	return status;
}
