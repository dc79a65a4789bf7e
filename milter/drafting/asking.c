/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Please" wants, "how" does where it begins a sentence, and "already" has
 * done. Words with two faces ("can", which also
 * stands in "can finally pay") stay out: a question mark tells those.
 */
#include "asking.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

#define W(words) " " words " "
#define WORD_MAX 24 /* bytes: longer ones are none of these */
/* So many are more than one matter, though two may be of one, and a wish is
 * often no more than a courtesy. */
#define QUESTIONS 3
#define WISHES 4
#define ITEMS 3 /* of a list, in a mail that wants something */

static const char *const wants[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("venligst bedes beder ønsker ønskes gerne hjælp "
	                  "hermed brug behøver"),
	[LANGUAGE_SV] = W("vänligen ber önskar önskas vill gärna hjälp härmed "
	                  "behöver undrar"),
	[LANGUAGE_NB] = W("vennligst bes ber ønsker ønskes vil gjerne hjelp "
	                  "herved trenger lurer"),
	[LANGUAGE_NN] = W("ber ønskjer vil gjerne hjelp herved treng lurer"),
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

/* "Also": what comes besides. */
static const char *const besides[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("desuden derudover samtidig ligeledes endvidere "
	                  "forresten øvrigt"),
	[LANGUAGE_SV] = W("dessutom samtidigt likaså förresten övrigt "
	                  "därutöver"),
	[LANGUAGE_NB] = W("dessuten samtidig likeså forresten øvrig attpåtil"),
	[LANGUAGE_NN] = W("dessutan samstundes forresten"),
	[LANGUAGE_DE] = W("außerdem zudem ferner zusätzlich nebenbei übrigens"),
	[LANGUAGE_EN] = W("also additionally besides furthermore moreover "
	                  "secondly"),
};

typedef struct Count {
	Language language;
	unsigned questions, wishes, items;
	bool more;      /* a sentence wants something besides */
	unsigned words; /* of the sentence */
	bool wants, besides;
} Count;

static void
count_word(Count *count, const char *start, const char *end)
{
	char low[WORD_MAX + 1];
	g_autofree char *folded = NULL;

	if (end - start <= WORD_MAX) {
		folded = g_utf8_strdown(start, end - start);
		g_strlcpy(low, folded, sizeof(low));
		count->wants =
			count->wants ||
			asking_wants(count->language, low, count->words == 0);
		count->besides =
			count->besides || is_in(besides, count->language, low);
	}
	count->words++;
}

static void
end_sentence(Count *count, bool asks)
{
	if (count->words == 0)
		return;
	count->more =
		count->more || (count->besides && (count->wants || asks) &&
	                        count->questions + count->wishes > 0);
	count->questions += asks;
	count->wishes += count->wants && !asks;
	count->wants = count->besides = false;
	count->words = 0;
}

/* A list has a line for each wish. */
static bool
ends_sentence(gunichar c)
{
	return c == '.' || c == '!' || c == '?' || c == '\n' || c == ';';
}

/* "- one", "2) two", "* three", at the beginning of a line */
static bool
is_item(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits > 0)
		return digits <= 2 &&
		       (line[digits] == '.' || line[digits] == ')') &&
		       line[digits + 1] == ' ';
	return g_str_has_prefix(line, "- ") || g_str_has_prefix(line, "* ") ||
	       g_str_has_prefix(line, "\xe2\x80\xa2 ") || /* bullet */
	       g_str_has_prefix(line, "\xe2\x80\x93 ");   /* dash */
}

static bool
are_several(const Count *count)
{
	unsigned all = count->questions + count->wishes;

	return count->more || count->questions >= QUESTIONS || all >= WISHES ||
	       (count->items >= ITEMS && all > 0);
}

bool
asking_several(Language language, const char *text)
{
	Count count = { .language = language, .items = is_item(text) };
	const char *start = NULL;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (g_unichar_isalnum(c)) {
			start = start != NULL ? start : text;
			continue;
		}
		if (start != NULL)
			count_word(&count, start, text);
		start = NULL;
		if (ends_sentence(c))
			end_sentence(&count, c == '?');
		count.items += c == '\n' && is_item(text + 1);
	}
	if (start != NULL)
		count_word(&count, start, text);
	end_sentence(&count, false);
	return are_several(&count);
}
