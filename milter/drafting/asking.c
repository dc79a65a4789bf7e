/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Please" wants, "how" does where it begins a sentence, and "already" has
 * done. Words with two faces ("can", which also
 * stands in "can finally pay") stay out: a question mark tells those.
 */
#include "asking.h"

#include <stddef.h>
#include <string.h>

#define W(words) " " words " "

static const char *const wants[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("venligst bedes beder ønsker ønskes gerne hjælp "
	                  "hermed brug behøver"),
	[LANGUAGE_SV] = W("vänligen ber önskar önskas vill gärna hjälp härmed "
	                  "behöver"),
	[LANGUAGE_NB] = W("vennligst bes ber ønsker ønskes vil gjerne hjelp "
	                  "herved trenger"),
	[LANGUAGE_NN] = W("ber ønskjer vil gjerne hjelp herved treng"),
	[LANGUAGE_DE] = W("bitte bitten möchte möchten wünschen hilfe hiermit "
	                  "brauche brauchen benötige benötigen gern gerne will "
	                  "wollen"),
	[LANGUAGE_EN] = W("please pls plz kindly need want wish help hereby"),
	[LANGUAGE_FI] = W("haluan haluaisin tarvitsen pyydän voisitteko apua"),
	[LANGUAGE_FR] = W("merci veuillez souhaite souhaitons voudrais besoin "
	                  "prie aide pouvez pourriez"),
	[LANGUAGE_ES] = W("quiero quisiera deseo necesito ruego ayuda podría "
	                  "pueden"),
	[LANGUAGE_NL] = W("graag wil willen verzoek nodig hulp hierbij kunt"),
	[LANGUAGE_IT] = W("vorrei desidero chiedo bisogno aiuto prego potete "
	                  "potrebbe"),
	[LANGUAGE_PL] = W("proszę chcę chciałbym chciałabym potrzebuję pomoc"),
	[LANGUAGE_IS] = W("vinsamlegast vil þarf óska hjálp"),
};

/* At the beginning of a sentence. */
static const char *const opens[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("hvordan hvor hvornår hvad hvilke hvilken hvilket "
	                  "kan"),
	[LANGUAGE_SV] = W("hur var när vad vilka vilken vilket kan går"),
	[LANGUAGE_NB] = W("hvordan hvor når hva hvilke hvilken hvilket kan "
	                  "går"),
	[LANGUAGE_NN] = W("korleis kvar kor når kva kan går"),
	[LANGUAGE_DE] = W("wie wo wohin wann was welche welcher welches können "
	                  "kann"),
	[LANGUAGE_EN] = W("how where when what which can could do does are "
	                  "is"),
	[LANGUAGE_FI] = W("miten missä milloin mikä mitä"),
	[LANGUAGE_FR] = W("comment où quand quel quelle quels quelles"),
	[LANGUAGE_ES] = W("cómo dónde cuándo qué cuál cuánto"),
	[LANGUAGE_NL] = W("hoe waar wanneer wat welke"),
	[LANGUAGE_IT] = W("come dove quando quale quanto"),
	[LANGUAGE_PL] = W("jak gdzie kiedy co jaki jaka ile czy"),
	[LANGUAGE_IS] = W("hvernig hvar hvenær hvað"),
};

static const char *const done[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("allerede"), [LANGUAGE_SV] = W("redan"),
	[LANGUAGE_NB] = W("allerede"), [LANGUAGE_NN] = W("allereie"),
	[LANGUAGE_DE] = W("bereits"),  [LANGUAGE_EN] = W("already"),
	[LANGUAGE_FI] = W("jo"),       [LANGUAGE_FR] = W("déjà"),
	[LANGUAGE_ES] = W("ya"),       [LANGUAGE_NL] = W("reeds"),
	[LANGUAGE_IT] = W("già"),      [LANGUAGE_PL] = W("już"),
	[LANGUAGE_IS] = W("þegar"),
};

static bool
is_in(const char *const lists[LANGUAGE_N], Language language, const char *word)
{
	const char *list = language < LANGUAGE_N ? lists[language] : NULL;
	size_t n = strlen(word);

	for (const char *at = list; at && n > 0 && (at = strstr(at, word));
	     at += n)
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}

bool
asking_wants(Language language, const char *word, bool first)
{
	return is_in(wants, language, word) ||
	       (first && is_in(opens, language, word));
}

bool
asking_done(Language language, const char *word)
{
	return is_in(done, language, word);
}
