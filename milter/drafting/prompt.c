/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The customer's words reach the model once: as a string in JSON, in the user
 * role, between two lines that carry 80 random bits. JSON leaves no line break
 * in a string, so that no line of the customer's can be one of those two; that
 * the word is not in the text either is checked all the same.
 *
 * The style guide is chosen by findings of the mail alone. What the store knows
 * of the customer (rank, worth, risk) is not an input here, and a unit test
 * reads every prompt that can be made for words of that kind.
 */
#include "drafting/prompt.h"

#include <jansson.h>
#include <string.h>

#include "analysis/tags.h"
#include "base/id.h"
#include "base/limits.h"
#include "base/text.h"
#include "prompt_private.h"
#include "prose.h"

static const char *const languages[LANGUAGE_N] = {
	[LANGUAGE_UND] = "the language of the customer's mail",
	[LANGUAGE_DA] = "Danish",
	[LANGUAGE_SV] = "Swedish",
	[LANGUAGE_NB] = "Norwegian (bokm\xc3\xa5l)",
	[LANGUAGE_NN] = "Norwegian (nynorsk)",
	[LANGUAGE_DE] = "German",
	[LANGUAGE_EN] = "English",
	[LANGUAGE_FI] = "Finnish",
	[LANGUAGE_FR] = "French",
	[LANGUAGE_ES] = "Spanish",
	[LANGUAGE_NL] = "Dutch",
	[LANGUAGE_IT] = "Italian",
	[LANGUAGE_PL] = "Polish",
	[LANGUAGE_IS] = "Icelandic",
};

void
prompt_free(Prompt *prompt)
{
	if (prompt == NULL)
		return;
	g_free(prompt->system);
	g_free(prompt->user);
	g_free(prompt->canary);
	g_free(prompt->delimiter);
	g_free(prompt);
}

/* ---------------------------------------------------------------- the system
 */

static void
add_style(GString *to, const Prompts *prompts, const char *name,
          const char *value, const PromptWords *words)
{
	g_autofree char *section = g_strdup_printf("style %s=%s", name, value);
	const char *text = prompts_section(prompts, section);

	if (text != NULL)
		prompt_fill(to, text, words);
}

static void
add_findings(GString *to, const Prompts *prompts, const PromptInput *input,
             const PromptWords *words)
{
	const Findings *findings = input->findings;

	if (findings == NULL || !tags_findings_valid(input->rules, findings))
		return;
	for (unsigned i = 0; i < findings->n_findings; i++)
		if (!findings->finding[i].abstained)
			add_style(to, prompts,
			          rules_finding_name(input->rules, i),
			          rules_value_name(input->rules, i,
			                           findings->finding[i].value),
			          words);
}

static void
add_lessons(GString *to, const char *const *lessons)
{
	for (unsigned i = 0;
	     lessons != NULL && lessons[i] != NULL && i < LIMIT_PROMPT_LESSONS;
	     i++) {
		g_autofree char *line =
			text_sanitise(lessons[i], strlen(lessons[i]),
		                      LIMIT_PROMPT_LESSON, NULL);

		g_string_append_printf(to, "%s\n",
		                       g_strdelimit(line, "\n\t", ' '));
	}
}

/* Last, where models heed it most. */
static void
insist(GString *to, const Prompts *prompts, const PromptWords *words)
{
	const char *text = prompts_section(prompts, "language");

	prompt_fill(to,
	            text != NULL ? text
	                         : "Write the whole mail in {language}, and "
	                           "not one sentence in another language.",
	            words);
}

/* A site whose prompts do not say what examples are sends none. */
static bool
has_examples(const Prompts *prompts, const PromptInput *input)
{
	return input->examples != NULL && input->examples[0] != NULL &&
	       prompts_section(prompts, "examples") != NULL;
}

static char *
make_system(const Prompts *prompts, const PromptInput *input,
            const PromptWords *words)
{
	GString *to = g_string_new(NULL);

	prompt_fill(to, prompts_section(prompts, "role"), words);
	prompt_fill(to, prompts_section(prompts, "data"), words);
	if (has_examples(prompts, input))
		prompt_fill(to, prompts_section(prompts, "examples"), words);
	prompt_fill(to, prompts_section(prompts, "rules"), words);
	add_style(to, prompts, "address",
	          input->formal_address ? "formal" : "informal", words);
	add_findings(to, prompts, input, words);
	add_lessons(to, input->lessons);
	if (input->insist)
		insist(to, prompts, words);
	g_strchomp(to->str);
	return g_string_free(to, FALSE);
}

/* ------------------------------------------------------------------ the user
 */

typedef char *Redact(Redaction *redaction, const char *text);

/* `text` cut to `max` bytes, sanitised, and redacted if the input says so. */
static json_t *
data_string(const char *text, size_t max, Redact *redact, Redaction *redaction)
{
	g_autofree char *clean = NULL;

	if (text == NULL)
		text = "";
	clean = text_sanitise(text, strlen(text), max, NULL);
	if (redaction != NULL) {
		char *sent = redact(redaction, clean);

		g_free(clean);
		clean = sent;
	}
	return json_string(clean);
}

static json_t *
site_data(const PromptInput *input)
{
	json_t *articles = json_array();
	size_t n = MIN(input->n_grounds, (size_t)LIMIT_PROMPT_GROUNDS);

	for (size_t i = 0; i < n; i++) {
		g_autofree char *text =
			prose_choose(input->grounds[i].text,
		                     input->formal_address ? ADDRESS_FORMAL
		                                           : ADDRESS_INFORMAL);

		json_array_append_new(
			articles,
			json_pack("{s:o, s:o}", "title",
		                  data_string(input->grounds[i].title,
		                              LIMIT_PROMPT_SUBJECT, NULL, NULL),
		                  "text",
		                  data_string(text, LIMIT_PROMPT_GROUND, NULL,
		                              NULL)));
	}
	return json_pack("{s:o, s:o}", "template",
	                 data_string(input->template_reply, LIMIT_PROMPT_GROUND,
	                             redaction_apply_known, input->redaction),
	                 "articles", articles);
}

/* What the new mail holds is taken out of these, too. */
static json_t *
example_data(const PromptInput *input)
{
	json_t *examples = json_array();

	for (unsigned i = 0;
	     i < LIMIT_PROMPT_EXAMPLES && input->examples[i] != NULL; i++)
		json_array_append_new(examples,
		                      data_string(input->examples[i],
		                                  LIMIT_PROMPT_EXAMPLES_BYTES,
		                                  redaction_apply,
		                                  input->redaction));
	return examples;
}

static char *
make_data(const Prompts *prompts, const PromptInput *input)
{
	/* In this order: what the customer wrote is numbered first. */
	json_t *subject = data_string(input->subject, LIMIT_PROMPT_SUBJECT,
	                              redaction_apply, input->redaction);
	json_t *mail = data_string(input->mail, LIMIT_PROMPT_MAIL,
	                           redaction_apply, input->redaction);
	char *text, *copy;
	json_t *all = json_pack("{s:o, s:{s:o, s:o}}", "site", site_data(input),
	                        "customer", "subject", subject, "mail", mail);

	if (has_examples(prompts, input))
		json_object_set_new(all, "examples", example_data(input));
	text = json_dumps(all, JSON_COMPACT);
	copy = g_strdup(text);
	free(text);
	json_decref(all);
	return copy;
}

/* A word that is in neither text, with overwhelming odds the first. */
static char *
fresh_word(const char *data)
{
	char *word = id_new();

	while (strstr(data, word) != NULL) {
		g_free(word);
		word = id_new();
	}
	return word;
}

Prompt *
prompt_make(const Prompts *prompts, const PromptInput *input)
{
	Prompt *prompt = g_new0(Prompt, 1);
	g_autofree char *data = make_data(prompts, input);
	Language language =
		input->language < LANGUAGE_N ? input->language : LANGUAGE_UND;
	PromptWords words = { .language = languages[language] };

	prompt->delimiter = fresh_word(data);
	prompt->canary = fresh_word(data);
	words.delimiter = prompt->delimiter;
	words.canary = prompt->canary;
	prompt->system = make_system(prompts, input, &words);
	prompt->user = g_strdup_printf("%s\n%s\n%s", prompt->delimiter, data,
	                               prompt->delimiter);
	return prompt;
}

/* ------------------------------------------------------------------ the leak
 */

/* Letters and digits of ASCII alone, in lower case. */
static char *
bare(const char *text)
{
	GString *to = g_string_new(NULL);

	for (; *text != '\0'; text++)
		if (g_ascii_isalnum(*text))
			g_string_append_c(to, g_ascii_tolower(*text));
	return g_string_free(to, FALSE);
}

bool
prompt_leaked(const Prompt *prompt, const char *text)
{
	g_autofree char *letters = bare(text);
	g_autofree char *backwards = g_strreverse(g_strdup(letters));

	return strstr(letters, prompt->canary) != NULL ||
	       strstr(letters, prompt->delimiter) != NULL ||
	       strstr(backwards, prompt->canary) != NULL;
}
