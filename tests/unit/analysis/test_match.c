/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/examine.h"
#include "rows.h"
#include "rules_fixture.h"

#define EXAMPLES " match x\n no-match y\n"

static const char head[] =
	"finding sentiment\n values negative neutral positive\n"
	" opposite negative positive\n"
	"finding urgency\n values high low\n"
	"language en\nnegation not never no\nintensifier 2 very\n"
	"intensifier 0.5 rather\ncontrast but\n";

/* A phrase against a text: the words it matches, hits parted by |. */
static const struct row {
	const char *name, *phrase, *text, *words;
} rows[] = {
	{ "word", "good", "This is good.", "good" },
	{ "case", "good", "GOOD Good", "GOOD|Good" },
	{ "case-rule", "Übel", "übel", "übel" },
	{ "no-part", "good", "goods feelgood", "" },
	{ "phrase", "very good", "It is very good", "very good" },
	{ "order", "very good", "good very", "" },
	{ "prefix", "goo*", "goods gooey go goo", "goods|gooey|goo" },
	{ "suffix", "*ware", "Software hardwares ware", "Software|ware" },
	{ "suffix-hyphen", "*-id", "tenant-id idid id", "tenant-id" },
	{ "choice", "(good|really nice) day", "good day. really nice day",
	  "good day|really nice day" },
	{ "choice-none", "(good|nice) day", "bad day", "" },
	{ "optional", "a very? good", "a good. a very good",
	  "a good|a very good" },
	{ "optional-choice", "a (very|rather so)? good",
	  "a good. a rather so good. a rather good",
	  "a good|a rather so good" },
	{ "nested", "(good (old|new)? day|x)", "good old day. good day",
	  "good old day|good day" },
	{ "gap", "from ... to", "from a b c to. from to. from a b c d to",
	  "from a b c to|from to" },
	{ "gap-comma", "from ... to", "from a, b to", "from a, b to" },
	{ "gap-stop", "from ... to", "from a. b to", "" },
	{ "two-gaps", "a ... b ... c", "a 1 2 b 3 c", "a 1 2 b 3 c" },
	{ "longest", "good (day)?", "good day", "good day" },
	{ "overlap", "a (b)? a", "a a a", "a a" },
	{ "repeat", "good", "good good good", "good|good|good" },
	{ "comma", "good day", "good, day", "good, day" },
	{ "quotes", "good day", "good \"day\" good (day)",
	  "good \"day|good (day" },
	{ "dash", "good day", "good - day", "good - day" },
	{ "stop", "good day", "good. Day", "" },
	{ "colon", "good day", "good: day", "" },
	{ "line", "good day", "a good\nday it is, really", "good\nday" },
	{ "paragraph", "good day", "good\n\nday", "" },
	{ "mark", "good !", "good! good", "good!" },
	{ "mark-run", "good !!", "good!!! good!", "good!!!" },
	{ "mark-crossed", "good . day", "good. Day", "good. Day" },
	{ "comma-wanted", "good , day", "good, day. good day", "good, day" },
	{ "ellipsis", "good …", "good... x", "good..." },
	{ "abbreviation", "room nr <num>", "room nr. 5", "room nr. 5" },
	{ "emoticon", ":)", "fine :-) or not :(", ":-)" },
	{ "emoji", "🙂", "ok 🙂", "🙂" },
	{ "line-start", "^ good", "good is\ngood and good", "good|good" },
	{ "line-start-mark", "^ good", "* good", "good" },
	{ "line-end", "good $", "good\nis good.\ngood one", "good|good" },
	{ "whole-line", "^ good $", "x\ngood,\ngood day", "good" },
	{ "num", "<num> days", "5 days. five days", "5 days" },
	{ "time", "at <time>", "at 14:30. at noon", "at 14:30" },
	{ "date", "<date>", "12.03.2026 12", "12.03.2026" },
	{ "amount", "<amount>", "5 EUR and 5 days", "5" },
	{ "code", "error <code>", "error E-12. error 12", "error E-12" },
	{ "version", "<version>", "v1.2 and 1.2", "v1.2" },
	{ "url", "see <url>", "see www.a.de", "see www.a.de" },
	{ "email", "<email>", "a@b.de", "a@b.de" },
	{ "caps", "<caps>", "NOW Now", "NOW" },
	{ "name", "mr <name>", "mr Smith. mr smith", "mr Smith" },
	{ "hyphen", "e-mail", "E-mail email", "E-mail" },
	{ "apostrophe", "don't", "don\xe2\x80\x99t", "don\xe2\x80\x99t" },
	{ "tokens-of-word", "z.b.", "ja z.B. so", "z.B." },
	{ "long-choice",
	  "(one|two|three|four|five|six|sev*|*ght) (nine|ten|ele*|x y)",
	  "six ten. seventy elements. eight x y. five",
	  "six ten|seventy elements|eight x y" },
};

static char *
hits_of(const Rules *rules, const ExamineText *text, Language language)
{
	g_autoptr(Report) report = examine_text(rules, text, language);
	GString *out = g_string_new("");

	for (unsigned i = 0; i < report->alerts->len; i++)
		g_string_append_printf(
			out, "%s%s", i > 0 ? "|" : "",
			g_array_index(report->alerts, ExamineAlert, i).words);
	return g_string_free(out, FALSE);
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	ExamineText text = { "", row->text, "" };
	g_autofree char *source =
		g_strdup_printf("%scue a\n escalate press\n negated keep\n "
	                        "phrase %s\n" EXAMPLES,
	                        head, row->phrase);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	g_autofree char *words = NULL;

	g_assert_no_error(error);
	words = hits_of(rules, &text, LANGUAGE_EN);
	g_assert_cmpstr(words, ==, row->words);
}

/* What one cue's vote comes to: "value weight" for each hit. */
static const struct vote_row {
	const char *name, *options, *text, *votes;
} votes[] = {
	{ "plain", "", "It is good.", "positive 1" },
	{ "negated", "", "It is not good.", "negative 1" },
	{ "negated-far", "", "It is not all that good.", "negative 1" },
	{ "negated-too-far", "", "It is not really all that good.",
	  "positive 1" },
	{ "negated-other", "", "It is not bad. good", "positive 1" },
	{ "negated-comma", "", "not fast, good", "negative 1" },
	{ "negated-colon", "", "not: good", "positive 1" },
	{ "negated-contrast", "", "not fast but good", "positive 1.4" },
	{ "keep", " negated keep\n", "It is not good.", "positive 1" },
	{ "drop", " negated drop\n", "It is not good.", "" },
	{ "flip", " negated flip\n", "It is not good.", "negative 1" },
	{ "intensified", "", "very good", "positive 2" },
	{ "intensified-near", "", "very much good", "positive 2" },
	{ "intensified-far", "", "very much so good", "positive 1" },
	{ "downtoned", "", "rather good", "positive 0.5" },
	{ "both", "", "not very good", "negative 2" },
	{ "contrast-after", "", "slow but good", "positive 1.4" },
	{ "contrast-before", "", "good but slow", "positive 0.6" },
	{ "contrast-sentence", "", "It is good. But slow.", "positive 1" },
	{ "repeat", "", "good. good. good.",
	  "positive 1,positive 0.5,positive 0.25" },
	{ "once", " once\n", "good. good.", "positive 1" },
	{ "many", "", "good. good. good. good. good. good. good. good. good.",
	  "positive 1,positive 0.5,positive 0.25,positive 0.125,"
	  "positive 0.0625,positive 0.03125" },
	{ "when", " when words >= 3\n", "so good", "" },
	{ "when-holds", " when words >= 3\n", "it is good", "positive 1" },
	{ "when-two", " when words > 1\n when words < 3\n", "it is good", "" },
	{ "when-equal", " when questions = 1\n", "good?", "positive 1" },
	{ "when-less", " when words <= 1\n", "good", "positive 1" },
};

static void
append_vote(GString *out, const Rules *rules, const ExamineReason *reason)
{
	g_string_append_printf(
		out, "%s%s %g", out->len > 0 ? "," : "",
		rules_value_name(rules, reason->finding, reason->value),
		(double)(float)reason->weight);
}

static void
test_votes(const void *data)
{
	const struct vote_row *row = data;
	ExamineText text = { "", row->text, "" };
	g_autofree char *source = g_strdup_printf(
		"%scue a\n sentiment positive 1\n%s phrase good\n" EXAMPLES,
		head, row->options);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	g_autoptr(Report) report = NULL;
	g_autoptr(GString) out = g_string_new("");

	g_assert_no_error(error);
	report = examine_text(rules, &text, LANGUAGE_EN);
	for (unsigned i = 0; i < report->reasons->len; i++)
		append_vote(out, rules,
		            &g_array_index(report->reasons, ExamineReason, i));
	g_assert_cmpstr(out->str, ==, row->votes);
}

/* A finding without opposites loses a negated vote; "but" is not for it. */
static void
test_no_opposite(void)
{
	g_autofree char *source = g_strdup_printf(
		"%scue a\n urgency high 1\n phrase urgent\n" EXAMPLES, head);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	ExamineText negated = { "", "not urgent", "" };
	ExamineText contrasted = { "", "late but urgent", "" };
	g_autoptr(Report) first = NULL;
	g_autoptr(Report) second = NULL;

	g_assert_no_error(error);
	first = examine_text(rules, &negated, LANGUAGE_EN);
	g_assert_cmpuint(first->reasons->len, ==, 0);
	second = examine_text(rules, &contrasted, LANGUAGE_EN);
	g_assert_cmpuint(second->reasons->len, ==, 1);
	g_assert_cmpfloat(
		g_array_index(second->reasons, ExamineReason, 0).weight, ==, 1);
}

static const struct where_row {
	const char *where;
	ExamineText text;
	const char *words;
} wheres[] = {
	{ "text+subject", { "hot", "is hot", "hot" }, "hot|hot" },
	{ "text", { "hot", "is hot", "hot" }, "hot" },
	{ "subject", { "hot", "is hot", "" }, "hot" },
	{ "signature", { "hot", "is hot", "hot" }, "hot" },
	{ "any", { "hot", "is hot", "hot" }, "hot|hot|hot" },
	{ "greeting", { "", "Hi hot,\nit is hot.", "" }, "hot" },
	{ "closing", { "", "It is hot.\nRegards\nHot", "" }, "Hot" },
	{ "opening",
	  { "", "Hi Bo,\nOne hot. Two hot. Three hot.", "" },
	  "hot|hot" },
	{ "signature+closing",
	  { "", "It is hot.\nRegards\nHot", "hot" },
	  "Hot|hot" },
};

static void
test_where(const void *data)
{
	const struct where_row *row = data;
	g_autofree char *source =
		g_strdup_printf("%scue a\n escalate press\n where %s\n "
	                        "phrase hot\n" EXAMPLES,
	                        head, row->where);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	g_autofree char *words = NULL;

	g_assert_no_error(error);
	words = hits_of(rules, &row->text, LANGUAGE_EN);
	g_assert_cmpstr(words, ==, row->words);
}

/* Which cues a language gets: its own, a fallback's, everybody's. */
static void
test_packs(void)
{
	static const char text[] =
		"finding sentiment\n values negative positive\n"
		"language *\ncue all\n escalate press\n phrase every\n" EXAMPLES
		"language nb\ncue a\n escalate press\n phrase bokmål\n" EXAMPLES
		"cue b\n escalate press\n phrase begge\n" EXAMPLES
		"language nn\nfallback nb\n"
		"cue b\n escalate press\n phrase nynorsk\n" EXAMPLES;
	ExamineText mail = { "", "every bokmål begge nynorsk", "" };
	static const struct {
		Language language;
		const char *words;
	} packs[] = { { LANGUAGE_NB, "every|bokmål|begge" },
		      { LANGUAGE_NN, "every|bokmål|nynorsk" },
		      { LANGUAGE_DE, "every" } };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(text, NULL, &error);

	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(packs); i++) {
		g_autofree char *words =
			hits_of(rules, &mail, packs[i].language);

		g_assert_cmpstr(words, ==, packs[i].words);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	rows_add("/match/phrase/", rows, test_row);
	rows_add("/match/vote/", votes, test_votes);
	rows_add("/match/where/", wheres, test_where);
	g_test_add_func("/match/no-opposite", test_no_opposite);
	g_test_add_func("/match/packs", test_packs);
	return g_test_run();
}
