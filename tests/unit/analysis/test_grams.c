/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/features.h"
#include "analysis/grams.h"
#include "base/limits.h"
#include "rows.h"
#include "rules_fixture.h"

static const char *const kind_names[GRAM_KINDS] = {
	[GRAM_WORD] = "word", [GRAM_PAIR] = "pair",
	[GRAM_PART] = "part", [GRAM_SIGNATURE] = "signature",
	[GRAM_CUE] = "cue",
};

static void
read_grams(const char *subject, const char *text, const char *signature,
           Grams *ret_grams)
{
	g_autoptr(Tokens) tokens = tokens_read(subject, text, signature);

	grams_init(ret_grams, tokens->n, 0);
	grams_add_tokens(ret_grams, tokens);
}

/* "kind:words", one after the other as they stand there. */
static char *
shown(const Grams *grams, const char *const *texts)
{
	GString *out = g_string_new("");

	for (unsigned i = 0; i < grams->n; i++) {
		const Gram *gram = &grams->gram[i];

		g_string_append_printf(out, "%s%s:%.*s", i > 0 ? " " : "",
		                       kind_names[gram->kind],
		                       (int)(gram->end - gram->start),
		                       texts[gram->field] + gram->start);
	}
	return g_string_free(out, FALSE);
}

/* Parts are shown as the word that they are of. */
static const struct row {
	const char *name, *subject, *text, *signature, *grams;
	unsigned seen[GRAM_KINDS];
} rows[] = {
	{ "empty", "", "", "", "", { 0 } },
	{ "short", "", "ja", "", "word:ja", { 1, 0, 0, 0, 0 } },
	{ "three-letters", "", "nej", "", "word:nej", { 1, 0, 0, 0, 0 } },
	/* its last three; "book" is the word itself */
	{ "four-letters",
	  "",
	  "book",
	  "",
	  "word:book part:book",
	  { 1, 0, 1, 0, 0 } },
	{ "five-letters",
	  "",
	  "books",
	  "",
	  "word:books part:books part:books",
	  { 1, 0, 2, 0, 0 } },
	{ "seven-letters",
	  "",
	  "refunds",
	  "",
	  "word:refunds part:refunds part:refunds part:refunds part:refunds",
	  { 1, 0, 4, 0, 0 } },
	/* letters, not bytes */
	{ "umlauts",
	  "",
	  "\xc3\xa6\xc3\xb8\xc3\xa5",
	  "",
	  "word:\xc3\xa6\xc3\xb8\xc3\xa5",
	  { 1, 0, 0, 0, 0 } },
	{ "umlaut-end",
	  "",
	  "\xc3\xa6\xc3\xb8\xc3\xa5\xc3\xb6",
	  "",
	  "word:\xc3\xa6\xc3\xb8\xc3\xa5\xc3\xb6 "
	  "part:\xc3\xa6\xc3\xb8\xc3\xa5\xc3\xb6",
	  { 1, 0, 1, 0, 0 } },
	{ "pair",
	  "",
	  "ja nu",
	  "",
	  "word:ja pair:ja nu word:nu",
	  { 2, 1, 0, 0, 0 } },
	{ "marks",
	  "",
	  "nu!",
	  "",
	  "word:nu pair:nu! word:!",
	  { 2, 1, 0, 0, 0 } },
	{ "once", "", "ja ja ja", "", "word:ja pair:ja ja", { 3, 2, 0, 0, 0 } },
	{ "case", "", "JA ja", "", "word:JA pair:JA ja", { 2, 1, 0, 0, 0 } },
	/* any number is like any other, and has no parts */
	{ "numbers",
	  "",
	  "12 99999",
	  "",
	  "word:12 pair:12 99999",
	  { 2, 1, 0, 0, 0 } },
	{ "addresses",
	  "",
	  "a@b.example https://c.example/long/path",
	  "",
	  "word:a@b.example pair:a@b.example https://c.example/long/path",
	  { 2, 1, 0, 0, 0 } },
	/* no pair across fields; a word of the subject is one of the text */
	{ "subject",
	  "ja",
	  "nu ja",
	  "",
	  "word:ja word:nu pair:nu ja",
	  { 3, 1, 0, 0, 0 } },
	{ "signature",
	  "",
	  "ja",
	  "ja nu refunds",
	  "word:ja signature:ja signature:nu signature:refunds",
	  { 1, 0, 0, 3, 0 } },
};

static void
test_row(const void *data)
{
	const struct row *row = data;
	const char *texts[FIELD_N] = { row->subject, row->text,
		                       row->signature };
	g_autofree char *text = NULL;
	Grams grams;

	read_grams(row->subject, row->text, row->signature, &grams);
	text = shown(&grams, texts);
	g_assert_cmpstr(text, ==, row->grams);
	for (unsigned i = 0; i < GRAM_KINDS; i++)
		g_assert_cmpuint(grams.seen[i], ==, row->seen[i]);
	grams_clear(&grams);
	g_assert_cmpuint(grams.n, ==, 0);
}

static bool
has(const Grams *grams, const Gram *gram)
{
	for (unsigned i = 0; i < grams->n; i++)
		if (grams->gram[i].key == gram->key)
			return true;
	return false;
}

/* How many grams of `text` the other has too. */
static unsigned
common(const char *text, const char *other)
{
	Grams a, b;
	unsigned n = 0;

	read_grams("", text, "", &a);
	read_grams("", other, "", &b);
	for (unsigned i = 0; i < a.n; i++)
		n += has(&b, &a.gram[i]);
	grams_clear(&a);
	grams_clear(&b);
	return n;
}

static void
test_parts(void)
{
	/* four, five and six letters, and no end */
	g_assert_cmpuint(common("refundings", "refundable"), ==, 3);
	/* the end alone */
	g_assert_cmpuint(common("broken", "frozen"), ==, 0);
	g_assert_cmpuint(common("broken", "spoken"), ==, 1);
	/* a part is never a word */
	g_assert_cmpuint(common("refundings", "refund"), ==, 2);
	g_assert_cmpuint(common("ken", "broken"), ==, 0);
	/* order is told */
	g_assert_cmpuint(common("ja nu", "nu ja"), ==, 2);
}

/* Models are made of keys: none may ever change. Worked out apart from the
 * code: FNV-1a and the finaliser of MurmurHash3. */
static const struct key_row {
	const char *name, *text, *signature;
	uint64_t keys[5];
} key_rows[] = {
	{ "word", "nej", "", { 0xec20cb87ba113552 } },
	{ "parts",
	  "books",
	  "",
	  { 0xb50d3d495aa0c397, 0x949ac9a2f39b181e, 0xa4f0659f13a2da0d } },
	{ "pair",
	  "ja nu",
	  "",
	  { 0x20832fb530e843bd, 0x7ce1d0a472b5aea1, 0x293846ef7c81d841 } },
	{ "number", "42", "", { 0x82cd1bde49a3b8c9 } },
	{ "address", "a@b.example", "", { 0x3f3c5e4a0b3a9b16 } },
	{ "signature", "", "nej", { 0x9f48b4dab27a0b5b } },
};

static void
test_key(const void *data)
{
	const struct key_row *row = data;
	Grams grams;

	read_grams("", row->text, row->signature, &grams);
	for (unsigned i = 0; i < G_N_ELEMENTS(row->keys); i++) {
		uint64_t key = i < grams.n ? grams.gram[i].key : 0;

		g_test_message("%u: 0x%" G_GINT64_MODIFIER "x", i, key);
		g_assert_cmphex(key, ==, row->keys[i]);
	}
	grams_clear(&grams);
}

/* ---------------------------------------------------------------------- cues
 */

static const char source[] =
	"finding sentiment\n values negative neutral positive\n"
	" default neutral\n"
	"finding urgency\n values high normal low\n default normal\n"
	"language en\nnegation not\n"
	"group praise\n"
	"cue good\n sentiment positive 1\n phrase good\n match good\n no-match x\n"
	"cue great\n sentiment positive 1\n phrase great\n match great\n no-match x\n";

static Features *
features_of(const char *text, bool wanted)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = fixture_rules(source, NULL, &error);
	FeatureText all = { .text = text, .grams = wanted };

	g_assert_no_error(error);
	return features_read(rules, LANGUAGE_EN, &all);
}

static unsigned
count_cues(const Features *features)
{
	unsigned n = 0;

	for (unsigned i = 0; i < features->grams.n; i++)
		n += features->grams.gram[i].kind == GRAM_CUE;
	return n;
}

static void
test_cues(void)
{
	g_autoptr(Features) good = features_of("good", true);
	g_autoptr(Features) both = features_of("great, good", true);
	g_autoptr(Features) negated = features_of("not good", true);
	g_autoptr(Features) twice = features_of("good! good!", true);
	unsigned last = good->grams.n - 1;

	/* the cue and its group */
	g_assert_cmpuint(count_cues(good), ==, 2);
	g_assert_cmpuint(good->grams.seen[GRAM_CUE], ==, 2);
	g_assert_cmpuint(good->grams.gram[last].hit, ==, 0);
	g_assert_cmpuint(good->grams.gram[last].end, ==, 4);
	/* two cues of one group */
	g_assert_cmpuint(count_cues(both), ==, 3);
	g_assert_cmpuint(both->grams.seen[GRAM_CUE], ==, 4);
	g_assert_cmpuint(count_cues(twice), ==, 2);
	/* negated is another cue */
	g_assert_cmpuint(count_cues(negated), ==, 2);
	for (unsigned i = 0; i < negated->grams.n; i++)
		if (negated->grams.gram[i].kind == GRAM_CUE)
			g_assert_false(
				has(&good->grams, &negated->grams.gram[i]));
}

static void
test_unasked(void)
{
	g_autoptr(Features) features = features_of("good", false);

	g_assert_cmpuint(features->grams.n, ==, 0);
	g_assert_cmpuint(features->n_hits, ==, 1);
}

/* ------------------------------------------------------------------- limits */

/* Words that differ from start to end: every gram is another. */
static char *
many_words(unsigned n)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	GString *text = g_string_new("");

	for (unsigned i = 0; i < n; i++) {
		unsigned x = i * 2654435761u;

		for (unsigned k = 0; k < 7; k++, x /= 26) {
			g_string_append_c(text, letters[x % 26]);
			x += k * 7919;
		}
		g_string_append_c(text, ' ');
	}
	return g_string_free(text, FALSE);
}

/* The most tokens that a mail can have, of words that are all different. */
static void
test_most(void)
{
	g_autofree char *subject = many_words(8000);
	g_autofree char *text = many_words(8000);
	Grams grams;

	read_grams(subject, text, subject, &grams);
	g_test_message("%u grams", grams.n);
	g_assert_cmpuint(grams.n, >, 10000);
	g_assert_cmpuint(grams.n, <=, LIMIT_GRAMS);
	grams_clear(&grams);
}

static void
test_limit(void)
{
	Grams grams;
	Gram at = { 0 };

	grams_init(&grams, LIMIT_GRAMS, 0);
	for (unsigned i = 0; i < LIMIT_GRAMS + 100; i++) {
		char name[16];

		g_snprintf(name, sizeof(name), "cue-%u", i);
		grams_add_cue(&grams, grams_cue(name), i % 2 == 0, &at);
	}
	g_assert_cmpuint(grams.n, <=, LIMIT_GRAMS);
	g_assert_cmpuint(grams.n, >, LIMIT_GRAMS - 100);
	g_assert_cmpuint(grams.seen[GRAM_CUE], ==, LIMIT_GRAMS + 100);
	for (unsigned i = 0; i < 1000; i++)
		grams_add_cue(&grams, grams_cue("one-too-many"), false, &at);
	g_assert_cmpuint(grams.n, <=, LIMIT_GRAMS);
	grams_clear(&grams);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/grams/", rows, test_row);
	rows_add("/grams/key/", key_rows, test_key);
	g_test_add_func("/grams/parts", test_parts);
	g_test_add_func("/grams/cues", test_cues);
	g_test_add_func("/grams/unasked", test_unasked);
	g_test_add_func("/grams/most", test_most);
	g_test_add_func("/grams/limit", test_limit);
	return g_test_run();
}
