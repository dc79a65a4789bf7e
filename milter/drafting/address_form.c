/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists are of pronouns alone: verbs tell the form in some languages, too,
 * but a list of those is never whole. A polite pronoun that is only a capital
 * away from another word ("De", "Sie", "Lei") counts within a sentence.
 */
#include "drafting/address_form.h"

#include <string.h>

typedef struct Pronouns {
	bool informal; /* what strangers say to each other */
	/* In lower case, with a blank on each side. */
	const char *familiar;
	/* Those that are written with a capital; and in any case. */
	const char *polite_capital;
	const char *polite;
} Pronouns;

static const Pronouns pronouns[LANGUAGE_N] = {
	[LANGUAGE_DA] = { true, " du dig din dit dine ", " De Dem Deres ", "" },
	[LANGUAGE_SV] = { true, " du dig din ditt dina ",
	                  " Ni Er Ert Era Eder ", "" },
	[LANGUAGE_NB] = { true, " du deg din ditt dine ", " De Dem Deres ",
	                  "" },
	[LANGUAGE_NN] = { true, " du deg din ditt dine ", " De Dykk Dykkar ",
	                  "" },
	[LANGUAGE_EN] = { true, "", "", "" },
	[LANGUAGE_IS] = { true, "", "", "" },
	[LANGUAGE_DE] = { false,
	                  " du dich dir dein deine deinem deinen deiner deines "
	                  "euch euer eure eurem euren eurer ",
	                  " Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres ", "" },
	[LANGUAGE_FI] = { false, " sinä sinun sinua sinulle sinulta sinut ",
	                  " Te Teidän Teille Teiltä Teitä Teidät ", "" },
	[LANGUAGE_FR] = { false, " tu te toi ton ta tes tien tienne ", "",
	                  " vous votre vos vôtre " },
	[LANGUAGE_ES] = { false, " tú te ti tu tus contigo tuyo tuya ", "",
	                  " usted ustedes " },
	[LANGUAGE_NL] = { false, " je jij jou jouw jullie ", "", " u uw " },
	[LANGUAGE_IT] = { false, " tu te ti tuo tua tuoi tue ",
	                  " Lei Suo Sua Suoi Sue ", "" },
	[LANGUAGE_PL] = { false,
	                  " ty ciebie cię ci tobie tobą twój twoja twoje "
	                  "twojego twojej twoim twoich ",
	                  " Pan Pani Państwo Pana Panu Państwa Państwu ", "" },
};

AddressForm
address_form(Language language, const char *formality, AddressForm house)
{
	if (house != ADDRESS_BY_MAIL)
		return house;
	if (language < LANGUAGE_N && pronouns[language].informal)
		return strcmp(formality, "formal") == 0 ? ADDRESS_FORMAL
		                                        : ADDRESS_INFORMAL;
	return strcmp(formality, "informal") == 0 ? ADDRESS_INFORMAL
	                                          : ADDRESS_FORMAL;
}

static bool
is_letter(const char *at)
{
	return g_unichar_isalpha(g_utf8_get_char(at));
}

static bool
in_list(const char *list, const char *word, size_t size)
{
	for (const char *at = list; (at = strchr(at, ' ')) != NULL; at++)
		if (strncmp(at + 1, word, size) == 0 && at[size + 1] == ' ')
			return true;
	return false;
}

static bool
is_other(const Pronouns *own, AddressForm form, const char *word, size_t size,
         bool within)
{
	g_autofree char *low = g_utf8_strdown(word, (gssize)size);
	size_t n = strlen(low);

	if (form == ADDRESS_FORMAL)
		return in_list(own->familiar, low, n);
	return in_list(own->polite, low, n) ||
	       (within && in_list(own->polite_capital, word, size));
}

const char *
address_clash(Language language, const char *text, AddressForm form,
              size_t *ret_size)
{
	const char *at = text;
	bool within = false; /* a sentence has begun */

	while (language < LANGUAGE_N && *at != '\0') {
		const char *word = at;

		while (*at != '\0' && is_letter(at))
			at = g_utf8_next_char(at);
		*ret_size = (size_t)(at - word);
		if (at > word && is_other(&pronouns[language], form, word,
		                          *ret_size, within))
			return word;
		within = within || at > word;
		if (*at == '\0')
			break;
		if (strchr(".!?:\n", *at) != NULL)
			within = false;
		at = g_utf8_next_char(at);
	}
	return NULL;
}

AddressForm
address_form_told(Language language, const char *formality, const char *text)
{
	bool polite, familiar;
	size_t size;

	if (text == NULL || language >= LANGUAGE_N)
		return ADDRESS_BY_MAIL;
	polite = address_clash(language, text, ADDRESS_INFORMAL, &size) != NULL;
	familiar = address_clash(language, text, ADDRESS_FORMAL, &size) != NULL;
	if (polite && !familiar &&
	    !(pronouns[language].informal &&
	      strcmp(formality, "informal") == 0))
		return ADDRESS_FORMAL;
	if (pronouns[language].informal)
		return ADDRESS_BY_MAIL;
	return familiar && !polite && strcmp(formality, "unknown") == 0
	               ? ADDRESS_INFORMAL
	               : ADDRESS_BY_MAIL;
}
