/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is a stranger's in the text is a name and numbers at most, read word by
 * word (drafting/person, drafting/told). All else is the site's own, so that
 * no mail can say anything through its reply.
 */
#include <string.h>

#include "asking.h"
#include "base/error.h"
#include "base/text.h"
#include "choice.h"
#include "drafting/address_form.h"
#include "drafting/person.h"
#include "prose.h"
#include "told.h"

#define TOPIC_BYTES 80

typedef struct Composer {
	const TemplateInput *input;
	size_t n_articles; /* that are used */
	Choice choice;
	Filling filling;
	Person person;
	Told told;
	char *topic, *team;
	DraftText *draft;
	GString *body;
	GArray *parts; /* of DraftPart */
} Composer;

static const char *const forms[] = {
	[ADDRESS_INFORMAL] = "informal",
	[ADDRESS_FORMAL] = "formal",
	[ADDRESS_BY_MAIL] = "by-mail",
};

const char *
address_form_name(AddressForm form)
{
	return form <= ADDRESS_BY_MAIL ? forms[form] : "";
}

void
draft_text_free(DraftText *draft)
{
	if (draft == NULL)
		return;
	for (size_t i = 0; i < draft->n_parts; i++)
		g_free(draft->parts[i].id);
	g_free(draft->parts);
	g_free(draft->body);
	g_free(draft);
}

/* ------------------------------------------------------------ what is known
 */

static void
add_findings(Facts *facts, const TemplateInput *input)
{
	const Findings *findings = input->findings;
	const Rules *rules = input->rules;
	unsigned n = MIN(findings->n_findings, rules_n_findings(rules));

	/* Of a language that no rule knows, findings are made and not told. */
	if (findings->status != FINDINGS_SCORED)
		return;
	for (unsigned f = 0; f < MIN(n, LIMIT_FINDINGS); f++) {
		const Finding *finding = &findings->finding[f];

		if (!finding->abstained &&
		    finding->value < rules_n_values(rules, f))
			facts_add(facts, rules_finding_name(rules, f),
			          rules_value_name(rules, f, finding->value));
	}
}

static const char *
contact_name(unsigned contact)
{
	if (contact > 2)
		return "many";
	return contact == 2 ? "again" : "first";
}

static AddressForm
form_for(const Composer *composer)
{
	const TemplateInput *input = composer->input;
	const char *formality =
		facts_value(&composer->choice.facts, "formality");
	AddressForm form = input->house_form;

	if (form == ADDRESS_BY_MAIL)
		form = address_form_told(input->language, formality,
		                         input->text);
	return address_form(composer->choice.language, formality, form);
}

static void
add_told(Facts *facts, const Told *told)
{
	for (unsigned k = 0; k < TOLD_N; k++)
		if (told->kinds & 1u << k)
			facts_add(facts, "gives", told_name((ToldKind)k));
}

static bool
asks_several(const TemplateInput *input)
{
	return input->text != NULL && g_utf8_validate(input->text, -1, NULL) &&
	       asking_several(input->language, input->text);
}

static void
read_facts(Composer *composer)
{
	static const char *const names[] = { [PERSON_NONE] = "none",
		                             [PERSON_FIRST] = "first",
		                             [PERSON_FULL] = "full" };
	const TemplateInput *input = composer->input;
	Facts *facts = &composer->choice.facts;

	add_findings(facts, input);
	composer->filling.form = form_for(composer);
	facts_add(facts, "address", address_form_name(composer->filling.form));
	facts_add(facts, "name", names[composer->person.known]);
	facts_add(facts, "contact", contact_name(input->contact));
	add_told(facts, &composer->told);
	facts_add(facts, "asks", asks_several(input) ? "several" : "one");
	composer->n_articles = MIN(input->n_articles, DRAFT_ARTICLES_MAX);
	composer->choice.found = composer->n_articles > 0;
	facts_add(facts, "knowledge",
	          composer->choice.found ? "found" : "none");
}

/* A few words on one line, of which nothing can be made but words. */
static char *
plain_words(const char *text)
{
	g_autofree char *words = NULL;

	if (text == NULL || strlen(text) > TOPIC_BYTES)
		return NULL;
	words = g_strstrip(
		text_sanitise(text, strlen(text), TOPIC_BYTES, NULL));
	if (*words == '\0' || strpbrk(words, "\n\t@<>[]{}|\\\"") != NULL ||
	    strstr(words, "//") != NULL || strstr(words, "www.") != NULL)
		return NULL;
	return g_steal_pointer(&words);
}

static void
read_blanks(Composer *composer)
{
	const TemplateInput *input = composer->input;
	const char **text = composer->filling.text;

	composer->topic = plain_words(input->topic);
	composer->team = plain_words(input->team);
	text[BLANK_FIRST_NAME] = composer->person.first;
	text[BLANK_SURNAME] = composer->person.surname;
	text[BLANK_FULL_NAME] = composer->person.full;
	text[BLANK_TOPIC] = composer->topic;
	text[BLANK_TEAM] = composer->team;
	text[BLANK_ARTICLE_TITLE] =
		composer->choice.found ? input->articles[0]->title : NULL;
	for (unsigned k = 0; k < TOLD_LABELS; k++)
		text[BLANK_ORDER + k] = composer->told.number[k];
	for (unsigned i = 0; i < BLANK_N; i++)
		composer->choice.blanks |= (text[i] != NULL ? 1u : 0u) << i;
}

/* ------------------------------------------------------------- the text's
 * parts
 */

static void
end_part(Composer *composer, char *id, size_t start)
{
	DraftPart part = { id, start, composer->body->len };

	g_array_append_val(composer->parts, part);
}

static void
separate(Composer *composer, const char *separator)
{
	if (composer->body->len > 0)
		g_string_append(composer->body, separator);
}

static void
add_slot(Composer *composer, Slot slot, const char *separator)
{
	const Module *module = choice_of(&composer->choice, slot);
	size_t start;

	if (module == NULL)
		return;
	separate(composer, separator);
	start = composer->body->len;
	if (prose_fill(composer->body, module->text, &composer->filling))
		end_part(composer, g_strdup(module->id), start);
}

/* What of an article is for whom. The first that fits and is there is taken:
 * what is asked for goes before who asks, and that before what he knows. */
typedef struct Level {
	const char *key, *value;
	ArticleSection section;
	bool alone; /* without Short before it */
} Level;

static const Level levels[] = {
	{ "request", "sales", ARTICLE_PRICES, true },
	{ "persona", "buyer", ARTICLE_PRICES, false },
	{ "persona", "manager", ARTICLE_FIGURES, false },
	{ "expertise", "expert", ARTICLE_DETAIL, false },
	{ "expertise", "beginner", ARTICLE_STEPS, true },
};

static const Level *
level_for(const Article *article, const Facts *facts)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(levels); i++) {
		const Level *level = &levels[i];

		if (article->section[level->section] != NULL &&
		    strcmp(facts_value(facts, level->key), level->value) == 0)
			return level;
	}
	return NULL;
}

char *
template_article(const Article *article, const Rules *rules,
                 const Findings *findings)
{
	const TemplateInput input = { .rules = rules, .findings = findings };
	const char *first = article->section[ARTICLE_SHORT];
	const Level *level;
	Facts facts = { 0 };

	if (findings != NULL && rules != NULL)
		add_findings(&facts, &input);
	level = level_for(article, &facts);
	if (level == NULL)
		return g_strdup(first);
	return level->alone ? g_strdup(article->section[level->section])
	                    : g_strdup_printf("%s\n\n%s", first,
	                                      article->section[level->section]);
}

static void
add_section(Composer *composer, const char *section)
{
	g_autofree char *text = prose_choose(section, composer->filling.form);

	separate(composer, "\n\n");
	g_string_append(composer->body, text);
}

static void
add_article(Composer *composer, const Article *article)
{
	const Level *level = level_for(article, &composer->choice.facts);
	size_t start = composer->body->len + strlen("\n\n");

	if (level == NULL || !level->alone)
		add_section(composer, article->section[ARTICLE_SHORT]);
	if (level != NULL)
		add_section(composer, article->section[level->section]);
	end_part(composer, g_strdup_printf("article/%s", article->id), start);
}

static void
add_answer(Composer *composer)
{
	const TemplateInput *input = composer->input;

	add_slot(composer, SLOT_ANSWER, "\n\n");
	for (size_t i = 0; i < composer->n_articles; i++)
		add_article(composer, input->articles[i]);
	add_slot(composer, SLOT_ALSO, "\n\n");
	add_slot(composer, SLOT_QUESTION, "\n\n");
}

static void
write_body(Composer *composer)
{
	add_slot(composer, SLOT_GREETING, "");
	add_slot(composer, SLOT_THANKS, "\n\n");
	add_slot(composer, SLOT_FEELING, " ");
	if (composer->choice.found) {
		add_answer(composer);
	} else {
		add_slot(composer, SLOT_HOLDING, "\n\n");
		add_slot(composer, SLOT_ALSO, " ");
		add_slot(composer, SLOT_QUESTION, " ");
	}
	add_slot(composer, SLOT_NEXT, "\n\n");
	add_slot(composer, SLOT_CLOSING, "\n\n");
	add_slot(composer, SLOT_SIGNOFF, "\n\n");
	g_string_append_c(composer->body, '\n');
}

/* --------------------------------------------------------------------- a draft
 */

static DraftText *
finish(Composer *composer)
{
	DraftText *draft = g_new0(DraftText, 1);
	gsize n;

	draft->body = g_string_free(composer->body, FALSE);
	draft->parts = (DraftPart *)(void *)g_array_steal(composer->parts, &n);
	draft->n_parts = n;
	draft->language = composer->choice.language;
	draft->form = composer->filling.form;
	draft->holding = !composer->choice.found;
	g_array_unref(composer->parts);
	person_clear(&composer->person);
	told_clear(&composer->told);
	g_free(composer->topic);
	g_free(composer->team);
	return draft;
}

DraftText *
template_compose(const Pack *pack, const TemplateInput *input, GError **error)
{
	Composer composer = { .input = input,
		              .choice = { .pack = pack, .input = input } };

	composer.choice.language = pack_language(pack, input->language);
	if (composer.choice.language == LANGUAGE_UND) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "no templates for a whole reply in language %s; "
		            "see tact template check",
		            language_code(input->language));
		return NULL;
	}
	composer.body = g_string_new(NULL);
	composer.parts = g_array_new(FALSE, FALSE, sizeof(DraftPart));
	person_read(&(PersonInput){ input->from_name, input->from_address,
	                            input->signature, input->text },
	            &composer.person);
	told_read(composer.choice.language,
	          &(ToldTexts){ input->subject, input->text, input->signature },
	          &composer.told);
	read_facts(&composer);
	read_blanks(&composer);
	write_body(&composer);
	return finish(&composer);
}
