/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <string.h>

#include "analysis/draftable.h"
#include "message/automated.h"
#include "message/material.h"

static Settings *settings;

static const struct row {
	const char *value;
	Findings findings;
	const char *from;
	unsigned material, words;
} rows[] = {
	{ "queued",
	  { .language = LANGUAGE_DA },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  3 },
	{ "queued",
	  { .status = FINDINGS_ABSTAINED,
	    .reason = ABSTAINED_EVIDENCE,
	    .language = LANGUAGE_PL },
	  "a@b.example",
	  MATERIAL_ADDRESSED | MATERIAL_REPLY_TO_DIFFERS | MATERIAL_CUT,
	  300 },
	{ "none-spam",
	  { .status = FINDINGS_SKIPPED,
	    .reason = SKIPPED_AUTOMATED,
	    .automated = AUTOMATED_SPAM },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-spam",
	  { .language = LANGUAGE_DA },
	  "a@b.example",
	  MATERIAL_ADDRESSED | MATERIAL_SPAM,
	  30 },
	{ "none-automated",
	  { .status = FINDINGS_SKIPPED,
	    .reason = SKIPPED_AUTOMATED,
	    .automated = AUTOMATED_LIST },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-encrypted",
	  { .status = FINDINGS_SKIPPED, .reason = SKIPPED_ENCRYPTED },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  0 },
	{ "none-empty",
	  { .status = FINDINGS_SKIPPED, .reason = SKIPPED_EMPTY },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  0 },
	{ "none-objected",
	  { .status = FINDINGS_SKIPPED, .reason = SKIPPED_OBJECTION },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-error",
	  { .status = FINDINGS_ERROR, .reason = ERROR_TIMEOUT },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-error",
	  { .status = FINDINGS_STATUS_N },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-sender",
	  { .language = LANGUAGE_DA },
	  "",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-not-addressed",
	  { .language = LANGUAGE_DA },
	  "a@b.example",
	  0,
	  30 },
	{ "none-blocked",
	  { .language = LANGUAGE_DA },
	  "Eve@Evil.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-blocked",
	  { .language = LANGUAGE_DA },
	  "x@sub.bad.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-blocked",
	  { .language = LANGUAGE_DA },
	  "x@worse.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "queued",
	  { .language = LANGUAGE_DA },
	  "x@notbad.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "queued",
	  { .language = LANGUAGE_DA },
	  "other@evil.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-escalated",
	  { .language = LANGUAGE_DA, .escalate = 2 },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "queued",
	  { .status = FINDINGS_ABSTAINED,
	    .reason = ABSTAINED_LANGUAGE,
	    .language = LANGUAGE_FR },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-language",
	  { .status = FINDINGS_ABSTAINED,
	    .reason = ABSTAINED_LANGUAGE,
	    .language = LANGUAGE_IS },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-language",
	  { .language = LANGUAGE_UND },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  30 },
	{ "none-empty",
	  { .language = LANGUAGE_UND },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  0 },
	{ "none-short",
	  { .language = LANGUAGE_DA },
	  "a@b.example",
	  MATERIAL_ADDRESSED,
	  2 },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const DraftableInput input = { .settings = settings,
			                       .findings = &rows[i].findings,
			                       .from = rows[i].from,
			                       .material = rows[i].material,
			                       .words = rows[i].words,
			                       .languages =
			                               ~(1u << LANGUAGE_IS) };

		g_test_message("row %zu", i);
		g_assert_cmpstr(draftable_value(draftable_of(&input)), ==,
		                rows[i].value);
	}
}

/* Whoever writes our headers is no customer to be helped at once. */
static void
test_forged(void)
{
	const Findings findings = { .language = LANGUAGE_DA, .escalate = 1 };
	DraftableInput input = { .settings = settings,
		                 .findings = &findings,
		                 .from = "a@b.example",
		                 .material = MATERIAL_ADDRESSED,
		                 .words = 30,
		                 .languages = ~0u,
		                 .forged = true };

	g_assert_cmpint(draftable_of(&input), ==, NONE_FORGED);
	input.forged = false;
	g_assert_cmpint(draftable_of(&input), ==, NONE_ESCALATED);
}

/* Every one has a value of its own, in the vocabulary of header values. */
static void
test_values(void)
{
	for (int i = 0; i < DRAFTABLE_N; i++) {
		const char *value = draftable_value((Draftable)i);

		g_assert_true(i == DRAFTABLE ||
		              g_str_has_prefix(value, "none-"));
		g_assert_cmpuint(strspn(value, "abcdefghijklmnopqrstuvwxyz-"),
		                 ==, strlen(value));
		for (int j = 0; j < i; j++)
			g_assert_cmpstr(value, !=,
			                draftable_value((Draftable)j));
	}
	g_assert_cmpstr(draftable_value(DRAFTABLE_N), ==, "none-error");
}

int
main(int argc, char **argv)
{
	static const char conf[] =
		"[drafter]\n"
		"blocked = eve@evil.example; bad.example; @worse.example\n";
	int failed;

	g_test_init(&argc, &argv, NULL);
	settings = settings_parse("conf", conf, strlen(conf), NULL);
	g_assert_nonnull(settings);
	g_test_add_func("/draftable/rows", test_rows);
	g_test_add_func("/draftable/values", test_values);
	g_test_add_func("/draftable/forged", test_forged);
	failed = g_test_run();
	settings_free(settings);
	return failed;
}
