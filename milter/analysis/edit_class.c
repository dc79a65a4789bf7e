/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A word tells an apology or thanks well enough to count what is dropped; what
 * it was about is never looked at. The closing does not count: "Thanks" below
 * a mail is none.
 */
#include "edit_class.h"

#include <string.h>

#include "tokens_private.h"

static const char *const names[EDIT_CLASS_N] = {
	[EDIT_APOLOGY] = "apology",   [EDIT_THANKS] = "thanks",
	[EDIT_QUESTION] = "question", [EDIT_LINK] = "link",
	[EDIT_STEPS] = "steps",       [EDIT_AMOUNT] = "amount",
	[EDIT_DATE] = "date",
};

/* Sorted by bytes, in all of our languages. */
static const char *const apologies[] = {
	"apologies",    "apologise",   "apologize",     "bedauern",
	"beklagar",     "beklage",     "beklageligt",   "beklager",
	"desolé",       "disculpas",   "disculpe",      "désolé",
	"désolée",      "désolés",     "entschuldigen", "entschuldigung",
	"excuses",      "excuus",      "förlåt",        "leid",
	"ledsen",       "ledsna",      "lamentamos",    "pahoillamme",
	"pahoillani",   "przepraszam", "przepraszamy",  "regret",
	"scusate",      "scuse",       "scusi",         "siento",
	"sorry",        "spijt",       "undskyld",      "undskylder",
	"undskyldning", "unnskyld",    "unnskylder",    "unnskyldning",
	"ursäkt",       "ursäkta",     "verzeihung",
};

static const char *const thanks[] = {
	"bedankt",  "dank",        "danke",   "danken", "dankt",
	"dziękuję", "dziękujemy",  "gracias", "grazie", "kiitos",
	"merci",    "ringraziamo", "tack",    "tackar", "tak",
	"takk",     "takker",      "thank",   "thanks",
};

const char *
edit_class_name(EditClass class)
{
	return names[class];
}

static bool
is_one_of(const Tokens *tokens, const Token *token, const char *const *words,
          size_t n)
{
	const char *folded = tokens_folded(tokens, token);

	for (size_t i = 0; i < n; i++)
		if (strlen(words[i]) == token->length &&
		    memcmp(words[i], folded, token->length) == 0)
			return true;
	return false;
}

static bool
is_mark(const Tokens *tokens, const Token *token, char mark)
{
	return (token->classes & TOKEN_MARK) != 0 && token->length > 0 &&
	       memchr(tokens_folded(tokens, token), mark, token->length) !=
	               NULL;
}

static unsigned
class_of(const Tokens *tokens, const Token *token)
{
	static const struct {
		uint32_t classes;
		EditClass class;
	} shapes[] = {
		{ TOKEN_URL, EDIT_LINK },
		{ TOKEN_BULLET, EDIT_STEPS },
		{ TOKEN_AMOUNT | TOKEN_CURRENCY, EDIT_AMOUNT },
		{ TOKEN_DATE | TOKEN_TIME, EDIT_DATE },
	};
	unsigned found = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
		if (token->classes & shapes[i].classes)
			found |= 1u << shapes[i].class;
	if (is_mark(tokens, token, '?'))
		found |= 1u << EDIT_QUESTION;
	if (is_one_of(tokens, token, apologies, G_N_ELEMENTS(apologies)))
		found |= 1u << EDIT_APOLOGY;
	if (is_one_of(tokens, token, thanks, G_N_ELEMENTS(thanks)))
		found |= 1u << EDIT_THANKS;
	return found;
}

unsigned
edit_classes(const Tokens *tokens, unsigned end)
{
	unsigned found = 0;

	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if (token->start < end + 1 &&
		    (token->regions & REGION_CLOSING) == 0)
			found |= class_of(tokens, token);
	}
	return found;
}

int
edit_is_light(const Tokens *tokens, Language language)
{
	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if ((token->classes & (TOKEN_EMOJI | TOKEN_EMOTICON)) ||
		    is_mark(tokens, token, '!') ||
		    (language == LANGUAGE_EN &&
		     (token->classes & TOKEN_APOSTROPHE)))
			return 1;
	}
	return 0;
}
