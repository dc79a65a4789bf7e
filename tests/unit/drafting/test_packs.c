/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the shipped packs must take, and must never say, for a mail of which so
 * much is known; whatever chance takes among its equals.
 */
#include <glib.h>
#include <string.h>

#include "drafting/template.h"
#include "rows.h"

#define SEEDS 24

static Pack *pack;
static Rules *rules;

static const struct row {
	const char *name;
	Language language;
	const char *findings; /* "emotion=frustrated ..."; others abstain;
	                       * and "contact=again", "contact=many" */
	const char *from, *text;
	AddressForm house;
	const char *module; /* its id begins so; NULL: any */
	const char *never;  /* a word that may not come; NULL: any may */
} rows[] = {
	/* who is called De is greeted so */
	{ "polite-da", LANGUAGE_DA, "formality=neutral", "Gerda Mikkelsen",
	  "Vil De hjælpe mig?", ADDRESS_BY_MAIL, "greeting/formal-full",
	  "Hej" },
	{ "polite-sv", LANGUAGE_SV, "formality=neutral", "Greta Persson",
	  "Kan Ni hjälpa mig?", ADDRESS_BY_MAIL, "greeting/formal-full", NULL },
	{ "polite-nb", LANGUAGE_NB, "formality=neutral", "Gerd Mikalsen",
	  "Vil De hjelpe meg?", ADDRESS_BY_MAIL, "greeting/formal-full", NULL },
	{ "polite-none", LANGUAGE_DA, "formality=neutral", NULL,
	  "Vil De hjælpe mig?", ADDRESS_BY_MAIL, "greeting/", "Hej" },
	{ "polite-house", LANGUAGE_DA, "formality=informal", "Anna Holm",
	  "Hejsa", ADDRESS_FORMAL, "greeting/formal-full", "Hej" },
	{ "du-formal", LANGUAGE_DA, "formality=formal", "Anna Holm",
	  "Jeg klager hermed over jeres svar.", ADDRESS_BY_MAIL, "greeting/",
	  "Holm" },
	/* thanks of which no more is known want no answer */
	{ "glad-da", LANGUAGE_DA, "emotion=enthusiastic sentiment=positive",
	  NULL, NULL, ADDRESS_BY_MAIL, "holding/glad", "nummer" },
	{ "glad-sv", LANGUAGE_SV, "emotion=enthusiastic sentiment=positive",
	  NULL, NULL, ADDRESS_BY_MAIL, "holding/glad", "nummer" },
	{ "glad-nb", LANGUAGE_NB, "emotion=enthusiastic sentiment=positive",
	  NULL, NULL, ADDRESS_BY_MAIL, "holding/glad", "nummer" },
	{ "glad-de", LANGUAGE_DE,
	  "emotion=enthusiastic sentiment=positive directness=direct", NULL,
	  NULL, ADDRESS_BY_MAIL, "holding/glad", "nachsehen" },
	{ "glad-en", LANGUAGE_EN,
	  "emotion=enthusiastic sentiment=positive directness=direct", NULL,
	  NULL, ADDRESS_BY_MAIL, "holding/glad", "check" },
	/* sad remarks are no ideas */
	{ "sad-da", LANGUAGE_DA,
	  "sentiment=negative emotion=neutral request=feedback", NULL, NULL,
	  ADDRESS_BY_MAIL, "next/feedback-negative", "idéer" },
	{ "sad-sv", LANGUAGE_SV,
	  "sentiment=negative emotion=neutral request=feedback", NULL, NULL,
	  ADDRESS_BY_MAIL, "holding/feedback-negative", "värdefullt" },
	{ "sad-nb", LANGUAGE_NB,
	  "sentiment=negative emotion=neutral request=feedback", NULL, NULL,
	  ADDRESS_BY_MAIL, "next/feedback-negative", "nyttig" },
	/* a feeling that was not told hides no other */
	{ "sad-unknown", LANGUAGE_SV, "sentiment=negative formality=neutral",
	  NULL, NULL, ADDRESS_BY_MAIL, "feeling/sad", NULL },
	{ "pleased-unknown", LANGUAGE_NB,
	  "sentiment=positive formality=formal request=feedback", NULL, NULL,
	  ADDRESS_BY_MAIL, "feeling/pleased-feedback", NULL },
	{ "pleased-unknown-de", LANGUAGE_DE,
	  "sentiment=positive formality=formal request=feedback", NULL, NULL,
	  ADDRESS_BY_MAIL, "feeling/pleased-feedback", NULL },
	/* loud marks alone are no joy, nor is a word of thanks praise */
	{ "loud-sv", LANGUAGE_SV, "emotion=enthusiastic formality=informal",
	  NULL, NULL, ADDRESS_BY_MAIL, "feeling/plain", "glad" },
	{ "loud-de", LANGUAGE_DE, "emotion=enthusiastic formality=informal",
	  NULL, NULL, ADDRESS_BY_MAIL, NULL, "riesig" },
	{ "loud-en", LANGUAGE_EN, "emotion=enthusiastic formality=informal",
	  NULL, NULL, ADDRESS_BY_MAIL, NULL, "our day" },
	{ "thanks-da", LANGUAGE_DA,
	  "sentiment=positive formality=neutral request=order", NULL, NULL,
	  ADDRESS_BY_MAIL, NULL, "tilfreds" },
	{ "thanks-de", LANGUAGE_DE,
	  "sentiment=positive formality=neutral request=appointment", NULL,
	  NULL, ADDRESS_BY_MAIL, NULL, "gut läuft" },
	{ "courtesy-nb", LANGUAGE_NB,
	  "sentiment=positive emotion=neutral request=information", NULL, NULL,
	  ADDRESS_BY_MAIL, "feeling/pleased-calm", "fornøyd" },
	{ "courtesy-en", LANGUAGE_EN,
	  "sentiment=positive emotion=neutral request=sales "
	  "formality=formal",
	  NULL, NULL, ADDRESS_BY_MAIL, "feeling/pleased-calm", "kind words" },
	/* who is in a hurry is asked little, and wished no nice day */
	{ "hurry-da", LANGUAGE_DA,
	  "urgency=high request=support expertise=expert emotion=neutral "
	  "sentiment=neutral formality=neutral directness=direct",
	  NULL, NULL, ADDRESS_BY_MAIL, "question/support-high", "god dag" },
	{ "hurry-sv", LANGUAGE_SV,
	  "urgency=high request=support expertise=expert emotion=neutral", NULL,
	  NULL, ADDRESS_BY_MAIL, "question/support-high", "dag." },
	{ "hurry-nb", LANGUAGE_NB,
	  "urgency=high request=support expertise=expert emotion=neutral", NULL,
	  NULL, ADDRESS_BY_MAIL, "question/support-high", "fin dag" },
	{ "hurry-de", LANGUAGE_DE,
	  "urgency=high request=support expertise=intermediate "
	  "emotion=neutral directness=direct persona=manager",
	  NULL, NULL, ADDRESS_BY_MAIL, "question/support-high", "guten Tag." },
	{ "hurry-en", LANGUAGE_EN,
	  "urgency=high request=support expertise=intermediate "
	  "emotion=neutral directness=direct persona=manager",
	  NULL, NULL, ADDRESS_BY_MAIL, "closing/high", "good day" },
	/* what was told is not asked for */
	{ "hurry-date", LANGUAGE_EN, "urgency=high request=information", NULL,
	  NULL, ADDRESS_BY_MAIL, "question/", "date by which" },
	{ "version-da", LANGUAGE_DA, "request=support expertise=expert", NULL,
	  "Routeren kører version 4.2.1.", ADDRESS_BY_MAIL,
	  "question/support-expert-given", "produkt" },
	{ "version-sv", LANGUAGE_SV, "request=support expertise=expert", NULL,
	  "Routern kör version 4.2.1.", ADDRESS_BY_MAIL,
	  "question/support-expert-given", "produkt" },
	{ "version-nb", LANGUAGE_NB, "request=support expertise=expert", NULL,
	  "Ruteren kjører versjon 4.2.1.", ADDRESS_BY_MAIL,
	  "question/support-expert-given", "produkt" },
	/* a second mail is not told twice that nothing need be repeated */
	{ "again-da", LANGUAGE_DA,
	  "request=support emotion=frustrated contact=again", NULL, NULL,
	  ADDRESS_BY_MAIL, "question/again", "gentage" },
	{ "again-sv", LANGUAGE_SV,
	  "request=support emotion=frustrated contact=many", NULL, NULL,
	  ADDRESS_BY_MAIL, "question/again", "inte upprepa. H" },
	{ "again-nb", LANGUAGE_NB,
	  "request=sales emotion=frustrated contact=again", NULL, NULL,
	  ADDRESS_BY_MAIL, "question/again", "gjenta. H" },
	/* nor one who wrote often that it was more than once */
	{ "many-da", LANGUAGE_DA, "urgency=high contact=many", NULL, NULL,
	  ADDRESS_BY_MAIL, "next/high-none", "mere end" },
	/* nor thanked for telling what was told before */
	{ "noticed-de", LANGUAGE_DE, "emotion=frustrated contact=again", NULL,
	  NULL, ADDRESS_BY_MAIL, NULL, "aufmerksam gemacht" },
	{ "noticed-en", LANGUAGE_EN, "emotion=frustrated contact=again", NULL,
	  NULL, ADDRESS_BY_MAIL, NULL, "our notice" },
	/* what was not answered is not "still unclear" */
	{ "unclear-da", LANGUAGE_DA,
	  "expertise=beginner emotion=neutral request=support", NULL, NULL,
	  ADDRESS_BY_MAIL, "closing/beginner", "stadig" },
	{ "unclear-en", LANGUAGE_EN, "formality=formal emotion=neutral", NULL,
	  NULL, ADDRESS_BY_MAIL, "closing/formal", "remain" },
	/* no familiar tone with De */
	{ "formal-glad", LANGUAGE_DA,
	  "formality=formal emotion=enthusiastic sentiment=positive "
	  "request=feedback",
	  NULL, NULL, ADDRESS_BY_MAIL, NULL, "nysgerrige" },
};

static void
set_findings(Findings *findings, const char *words)
{
	g_auto(GStrv) word = g_strsplit(words, " ", -1);

	*findings =
		(Findings){ .n_findings = (uint8_t)rules_n_findings(rules) };
	for (unsigned f = 0; f < findings->n_findings; f++) {
		const char *name = rules_finding_name(rules, f);

		findings->finding[f].abstained = 1;
		for (unsigned v = 0; v < rules_n_values(rules, f); v++) {
			g_autofree char *both = g_strdup_printf(
				"%s=%s", name, rules_value_name(rules, f, v));

			if (!g_strv_contains((const char *const *)word, both))
				continue;
			findings->finding[f].value = (uint8_t)v;
			findings->finding[f].abstained = 0;
		}
	}
}

static unsigned
contact_of(const char *words)
{
	if (strstr(words, "contact=many") != NULL)
		return 3;
	return strstr(words, "contact=again") != NULL ? 2 : 1;
}

static bool
has_module(const DraftText *draft, const char *begins)
{
	for (size_t i = 0; i < draft->n_parts; i++)
		if (g_str_has_prefix(draft->parts[i].id, begins))
			return true;
	return false;
}

static void
test_row(const void *data)
{
	const struct row *row = data;
	Findings findings;

	set_findings(&findings, row->findings);
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		const TemplateInput input = {
			.language = row->language,
			.findings = &findings,
			.rules = rules,
			.from_name = row->from,
			.from_address = "x@x.example",
			.text = row->text,
			.contact = contact_of(row->findings),
			.house_form = row->house,
			.seed = seed,
		};
		g_autoptr(GError) error = NULL;
		g_autoptr(DraftText) draft =
			template_compose(pack, &input, &error);

		g_assert_no_error(error);
		if (row->module != NULL && !has_module(draft, row->module))
			g_error("no %s:\n%s", row->module, draft->body);
		if (row->never != NULL && strstr(draft->body, row->never))
			g_error("\"%s\":\n%s", row->never, draft->body);
	}
}

int
main(int argc, char **argv)
{
	static const char *const dirs[] = { RULES_DIR, NULL };
	static const char *const traits[] = { "persona", "request", NULL };
	g_autoptr(GError) error = NULL;
	int code;

	g_test_init(&argc, &argv, NULL);
	rules = rules_load_untrained(dirs, traits, &error);
	g_assert_no_error(error);
	pack = pack_load(dirs, rules, &error);
	g_assert_no_error(error);
	rows_add("/packs/", rows, test_row);
	code = g_test_run();
	pack_free(pack);
	rules_free(rules);
	return code;
}
