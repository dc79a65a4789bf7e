/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every way in which the file of a model can be wrong.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/model.h"
#include "base/error.h"
#include "model_fixture.h"
#include "rules_fixture.h"

static void
assert_refused(const unsigned char *bytes, size_t size, const char *why)
{
	g_autoptr(GBytes) file = g_bytes_new(bytes, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(Model) model = model_parse("bad.model", file, &error);

	g_assert_null(model);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_true(g_str_has_prefix(error->message, "bad.model: "));
	g_assert_nonnull(strstr(error->message, "tact train"));
	if (why != NULL && strstr(error->message, why) == NULL)
		g_error("%s: not for '%s'", error->message, why);
}

static void
test_cut(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(GByteArray) file = fixture_model(&hand);

	for (size_t size = 0; size < file->len; size++) {
		g_autofree unsigned char *cut = g_memdup2(file->data, size);

		assert_refused(cut, size, NULL);
		if (size < MODEL_HEAD)
			continue;
		/* and made to look whole */
		fixture_seal(cut, size);
		assert_refused(cut, size, NULL);
	}
	fixture_put_u32(file, 0);
	assert_refused(file->data, file->len, "not as long as it says");
	fixture_seal(file->data, file->len);
	assert_refused(file->data, file->len, "table of another size");
}

/* Every bit of the file. */
static void
test_flipped(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(GByteArray) file = fixture_model(&hand);

	for (size_t i = 0; i < file->len; i++) {
		file->data[i] ^= (unsigned char)(1u << i % 8);
		assert_refused(file->data, file->len, NULL);
		file->data[i] ^= (unsigned char)(1u << i % 8);
	}
}

/* Files that lie, with a checksum that is right. */
static const struct lie {
	unsigned at;
	uint32_t value;
	const char *why;
} lies[] = {
	{ 0, 0x31544341, "is not a model" },
	{ FIXTURE_AT_VERSION, MODEL_VERSION + 1, "another version of Tact" },
	{ FIXTURE_AT_VERSION, 0, "another version of Tact" },
	{ FIXTURE_AT_STRUCTURE, STRUCTURE_N - 1, "another version of Tact" },
	{ FIXTURE_AT_STRUCTURE, UINT32_MAX, "another version of Tact" },
	{ FIXTURE_AT_ROWS, 0, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, 1, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, FIXTURE_ROWS - 1, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, FIXTURE_ROWS + 2, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, 2 * MODEL_ROWS_MAX, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, 1u << 31, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, UINT32_MAX, "a size that cannot be" },
	{ FIXTURE_AT_ROWS, FIXTURE_ROWS / 2, "table of another size" },
	{ FIXTURE_AT_ROWS, FIXTURE_ROWS * 2, "table of another size" },
	{ FIXTURE_AT_ROWS, MODEL_ROWS_MAX, "table of another size" },
	{ FIXTURE_AT_FINDINGS, 0, "too many findings, or none" },
	{ FIXTURE_AT_FINDINGS, LIMIT_FINDINGS + 1, "too many findings" },
	{ FIXTURE_AT_FINDINGS, UINT32_MAX, "too many findings" },
	{ FIXTURE_AT_FINDINGS, 1, "table of another size" },
	{ FIXTURE_AT_FINDINGS, 3, NULL },
	{ FIXTURE_AT_VALUES, 0, "values than a row holds" },
	{ FIXTURE_AT_VALUES, 1, "values than a row holds" },
	{ FIXTURE_AT_VALUES, LIMIT_FINDING_VALUES + 1, "than a row holds" },
	{ FIXTURE_AT_VALUES, UINT32_MAX, "values than a row holds" },
	{ FIXTURE_AT_VALUES, 2, NULL },
	{ FIXTURE_AT_VALUES, 4, NULL },
	{ FIXTURE_AT_NAME, 0, "has a name that is none" },
	{ FIXTURE_AT_VALUE_NAME, 0, "has a name that is none" },
};

static void
test_lies(void)
{
	FixtureModel hand = fixture_any_model();

	for (unsigned i = 0; i < G_N_ELEMENTS(lies); i++) {
		g_autoptr(GByteArray) file = fixture_model(&hand);
		uint32_t value = GUINT32_TO_LE(lies[i].value);

		memcpy(file->data + lies[i].at, &value, 4);
		fixture_seal(file->data, file->len);
		assert_refused(file->data, file->len, lies[i].why);
	}
}

/* A name without an end. */
static void
test_endless_name(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(GByteArray) file = fixture_model(&hand);

	memset(file->data + FIXTURE_AT_NAME, 'a', MODEL_FINDING_NAME);
	fixture_seal(file->data, file->len);
	assert_refused(file->data, file->len, "has a name that is none");
}

static void
put_bare_finding(GByteArray *out, unsigned n_values)
{
	unsigned numbers = 1 + GRAM_KINDS + n_values + FIXTURE_STRUCTURE;

	fixture_put_name(out, "x", MODEL_FINDING_NAME);
	fixture_put_u32(out, n_values);
	for (unsigned i = 0; i < n_values; i++)
		fixture_put_name(out, "y", MODEL_VALUE_NAME);
	for (unsigned i = 0; i < 2 + n_values * numbers; i++)
		fixture_put_u32(out, 0x80000000);
}

/* Each finding is well, all together have one value too many for a row. */
static void
test_too_many_values(void)
{
	for (unsigned last = 15; last <= 16; last++) {
		FixtureModel hand = { 0 };
		g_autoptr(GByteArray) file = fixture_model(&hand);
		uint32_t two = GUINT32_TO_LE(2);
		g_autoptr(GBytes) bytes = NULL;
		g_autoptr(Model) model = NULL;

		g_byte_array_set_size(file, MODEL_HEAD);
		memcpy(file->data + FIXTURE_AT_FINDINGS, &two, 4);
		put_bare_finding(file, 16);
		put_bare_finding(file, last);
		g_byte_array_append(file, hand.table[0], sizeof(hand.table));
		fixture_seal(file->data, file->len);
		if (last == 16) {
			assert_refused(file->data, file->len,
			               "more values than a row holds");
			continue;
		}
		bytes = g_bytes_new(file->data, file->len);
		model = model_parse("full", bytes, NULL);
		g_assert_nonnull(model);
	}
}

/* -------------------------------------------------------------------- loading
 */

static Rules *
load(const char *dir, GError **error)
{
	const char *const dirs[] = { dir, NULL };
	static const char *const traits[] = { NULL };

	return rules_load(dirs, traits, error);
}

static Features *
some_features(const Rules *rules)
{
	FeatureText text = { .text = "Books and more books, all too late.",
		             .grams = true };

	return features_read(rules, LANGUAGE_EN, &text);
}

static double
judged(const Rules *rules)
{
	g_autoptr(Features) features = some_features(rules);
	HeadSums sums = { 0 };

	model_judge(rules_model(rules), features, &sums);
	return sums.sum[0][0];
}

static void
test_load(void)
{
	FixtureModel hand = fixture_any_model();
	g_autoptr(GByteArray) file = NULL;
	g_autoptr(Features) features = NULL;
	g_autofree char *dir = fixture_dir();
	g_autofree char *models = g_build_filename(dir, "models", NULL);
	g_autofree char *path =
		g_build_filename(models, "findings.model", NULL);
	g_autoptr(GError) error = NULL, cut = NULL, missing = NULL;
	g_autoptr(Rules) without = NULL, with = NULL, bad = NULL;
	double before;

	fixture_write(dir, "test.rules", FIXTURE_RULES);
	without = load(dir, &error);
	g_assert_no_error(error);
	g_assert_null(rules_model(without));
	features = some_features(without);
	fixture_place_all(&hand, features);
	file = fixture_model(&hand);
	fixture_write(dir, "models/findings.model", "");
	g_assert_true(g_file_set_contents(path, (const char *)file->data,
	                                  file->len, NULL));
	with = load(dir, &error);
	g_assert_no_error(error);
	g_assert_nonnull(rules_model(with));
	g_assert_true(model_knows(rules_model(with), 0));
	/* cut short where it lies: who has loaded it keeps it */
	before = judged(with);
	g_assert_cmpint(truncate(path, 999), ==, 0);
	g_assert_cmpfloat(judged(with), ==, before);
	bad = load(dir, &cut);
	g_assert_null(bad);
	g_assert_error(cut, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_true(g_str_has_prefix(cut->message, path));
	g_remove(path);
	g_assert_null(model_load(path, &missing));
	g_assert_error(missing, BASE_ERROR, BASE_ERROR_IO);
	g_assert_nonnull(strstr(missing->message, path));
	g_rmdir(models);
	fixture_remove(dir);
}

/* The model that is shipped fits the rules that are shipped. */
static void
test_shipped(void)
{
	static const char *const traits[] = { "persona", "request", NULL };
	g_autoptr(Rules) rules = fixture_load(rules_load, RULES_DIR, traits);
	const Model *model;

	model = rules_model(rules);
	g_assert_nonnull(model);
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		double likely, sure;

		g_test_message("%s", rules_finding_name(rules, f));
		g_assert_true(model_knows(model, f));
		model_confidence(model, f, &likely, &sure);
		g_assert_cmpfloat(likely, >, 0);
		g_assert_cmpfloat(likely, <=, sure);
		g_assert_cmpfloat(sure, <=, 1);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/model-file/cut", test_cut);
	g_test_add_func("/model-file/flipped", test_flipped);
	g_test_add_func("/model-file/lies", test_lies);
	g_test_add_func("/model-file/endless-name", test_endless_name);
	g_test_add_func("/model-file/too-many-values", test_too_many_values);
	g_test_add_func("/model-file/load", test_load);
	g_test_add_func("/model-file/shipped", test_shipped);
	return g_test_run();
}
