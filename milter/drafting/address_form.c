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
	/* As a firm is called by those who say du to its people: their plural,
	 * as it is written within a sentence. Where du is the custom. */
	const char *firm;
} Pronouns;

static const Pronouns pronouns[LANGUAGE_N] = {
	[LANGUAGE_DA] = { true, " du dig din dit dine ", " De Dem Deres ", "",
	                  " I jer jeres Jer Jeres " },
	[LANGUAGE_SV] = { true, " du dig din ditt dina ",
	                  " Ni Er Ert Era Eder ", "", " ni er ert era " },
	[LANGUAGE_NB] = { true, " du deg din ditt dine ", " De Dem Deres ", "",
	                  " dere " },
	[LANGUAGE_NN] = { true, " du deg din ditt dine ", " De Dykk Dykkar ",
	                  "", " dykk dykkar " },
	[LANGUAGE_EN] = { true, "", "", "", "" },
	[LANGUAGE_IS] = { true, "", "", "", "" },
	[LANGUAGE_DE] = { false,
	                  " du dich dir dein deine deinem deinen deiner deines "
	                  "euch euer eure eurem euren eurer ",
	                  " Sie Ihnen Ihr Ihre Ihrem Ihren Ihrer Ihres ", "",
	                  "" },
	[LANGUAGE_FI] = { false, " sinä sinun sinua sinulle sinulta sinut ",
	                  " Te Teidän Teille Teiltä Teitä Teidät ", "", "" },
	[LANGUAGE_FR] = { false, " tu te toi ton ta tes tien tienne ", "",
	                  " vous votre vos vôtre ", "" },
	[LANGUAGE_ES] = { false, " tú te ti tu tus contigo tuyo tuya ", "",
	                  " usted ustedes ", "" },
	[LANGUAGE_NL] = { false, " je jij jou jouw jullie ", "", " u uw ", "" },
	[LANGUAGE_IT] = { false, " tu te ti tuo tua tuoi tue ",
	                  " Lei Suo Sua Suoi Sue ", "", "" },
	[LANGUAGE_PL] = { false,
	                  " ty ciebie cię ci tobie tobą twój twoja twoje "
	                  "twojego twojej twoim twoich ",
	                  " Pan Pani Państwo Pana Panu Państwa Państwu ", "",
	                  "" },
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

/* A word of the text, and the one before it in its sentence. */
typedef struct Place {
	const char *word, *before;
	size_t size, size_before;
	bool within; /* a sentence has begun */
} Place;

/* Verbs beside which German "Ihr" is the plural of "du", as those write it who
 * write "Du"; the same verb of one person is another word. */
static const char verbs_of_plural[] =
	" habt hattet hättet seid wart wärt könnt könntet wollt wolltet "
	"möchtet sollt solltet müsst müßt dürft werdet würdet wisst wißt ";

static bool
is_verb_of_plural(const char *word, size_t size)
{
	g_autofree char *low = g_utf8_strdown(word, (gssize)size);

	return size > 0 && in_list(verbs_of_plural, low, strlen(low));
}

/* What stands behind a pronoun, and behind "your" never. */
static const char after_ihr[] =
	" auch bitte das denn dies eigentlich es mal mich mir nach uns ";

/* "habt Ihr", "Ihr habt"; "liefert Ihr auch", "liefert Ihr?", for "her" has a
 * small letter. */
static bool
is_plural(const Pronouns *own, const Place *place)
{
	const char *next = place->word + place->size, *end;
	bool capital = *place->word == 'I';

	if (own != &pronouns[LANGUAGE_DE] || place->size != strlen("Ihr") ||
	    g_ascii_strncasecmp(place->word, "Ihr", place->size) != 0)
		return false;
	if (capital && *next != '\0' && strchr("?!.,", *next) != NULL)
		return true;
	next += *next == ' ';
	for (end = next; *end != '\0' && is_letter(end);)
		end = g_utf8_next_char(end);
	return (capital && in_list(after_ihr, next, (size_t)(end - next))) ||
	       is_verb_of_plural(next, (size_t)(end - next)) ||
	       is_verb_of_plural(place->before, place->size_before);
}

static bool
is_other(const Pronouns *own, AddressForm form, const Place *place)
{
	g_autofree char *low = g_utf8_strdown(place->word, (gssize)place->size);
	bool plural = is_plural(own, place);
	size_t n = strlen(low);

	if (form == ADDRESS_FORMAL)
		return plural || in_list(own->familiar, low, n);
	return !plural &&
	       (in_list(own->polite, low, n) ||
	        (place->within &&
	         in_list(own->polite_capital, place->word, place->size)));
}

const char *
address_clash(Language language, const char *text, AddressForm form,
              size_t *ret_size)
{
	const char *at = text;
	Place place = { .before = text };

	while (language < LANGUAGE_N && *at != '\0') {
		place.word = at;
		while (*at != '\0' && is_letter(at))
			at = g_utf8_next_char(at);
		place.size = *ret_size = (size_t)(at - place.word);
		if (place.size > 0 &&
		    is_other(&pronouns[language], form, &place))
			return place.word;
		if (place.size > 0) {
			place.before = place.word;
			place.size_before = place.size;
			place.within = true;
		}
		if (*at == '\0')
			break;
		if (strchr(".!?:\n", *at) != NULL)
			place = (Place){ .before = text };
		at = g_utf8_next_char(at);
	}
	return NULL;
}

/* Whether a word of `list` stands within a sentence. */
static bool
has_within(const char *list, const char *text)
{
	bool within = false;

	for (const char *at = text; *at != '\0';) {
		const char *word = at;

		while (*at != '\0' && is_letter(at))
			at = g_utf8_next_char(at);
		if (within && at > word &&
		    in_list(list, word, (size_t)(at - word)))
			return true;
		within = within || at > word;
		if (*at == '\0')
			break;
		within = within && strchr(".!?:\n", *at) == NULL;
		at = g_utf8_next_char(at);
	}
	return false;
}

/* Nobody who says du wants to hear De, and who says De is answered with it. */
static AddressForm
told_by_custom(const Pronouns *own, const char *formality, const char *text,
               bool polite, bool familiar)
{
	if (polite)
		return familiar || strcmp(formality, "informal") == 0
		               ? ADDRESS_BY_MAIL
		               : ADDRESS_FORMAL;
	return familiar || has_within(own->firm, text) ? ADDRESS_INFORMAL
	                                               : ADDRESS_BY_MAIL;
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
	if (pronouns[language].informal)
		return told_by_custom(&pronouns[language], formality, text,
		                      polite, familiar);
	if (polite && !familiar)
		return ADDRESS_FORMAL;
	return familiar && !polite && strcmp(formality, "unknown") == 0
	               ? ADDRESS_INFORMAL
	               : ADDRESS_BY_MAIL;
}
