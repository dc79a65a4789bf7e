/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A label is a stem and, behind it, nothing, an ending of at most three
 * letters, or a word for "number": so "Rechnung", "Rechnungen" and
 * "Rechnungsnr" are labels and "Rechnungsadresse" is none.
 */
#include "told_words.h"

#include <glib.h>
#include <string.h>

#define W(words) " " words " "
#define ENDING 3
#define JOINED 5 /* bytes of each part of a joined word, at least */

/* Stems, by language and ToldKind. */
static const char *const stems[LANGUAGE_N][TOLD_LABELS] = {
	[LANGUAGE_DA] = { W("ordre bestilling po booking"), W("faktura"),
	                  W("kunde"),
	                  W("aftale kontrakt abonnement medlem police"),
	                  W("sag sags sagen ticket reference"), W("serie") },
	[LANGUAGE_SV] = { W("order beställning po bokning"), W("faktura"),
	                  W("kund"), W("avtal kontrakt abonnemang medlem"),
	                  W("ärende ticket referens"), W("serie") },
	[LANGUAGE_NB] = { W("ordre bestilling po booking"), W("faktura"),
	                  W("kunde"),
	                  W("avtale kontrakt abonnement medlem polise"),
	                  W("sak saks saken ticket referanse"), W("serie") },
	[LANGUAGE_NN] = { W("ordre bestilling tinging"), W("faktura"),
	                  W("kunde"), W("avtale kontrakt abonnement medlem"),
	                  W("sak saks saken ticket referanse"), W("serie") },
	[LANGUAGE_DE] = { W("bestellung bestell auftrag auftrags po buchung "
	                    "buchungs"),
	                  W("rechnung rechnungs re rg"), W("kunde kunden"),
	                  W("vertrag vertrags abo mitglieds police"),
	                  W("vorgang vorgangs ticket aktenzeichen"),
	                  W("serien") },
	[LANGUAGE_EN] = { W("order po booking"), W("invoice inv"),
	                  W("customer"),
	                  W("contract agreement subscription membership policy "
	                    "account"),
	                  W("case ticket incident reference application"),
	                  W("serial") },
	[LANGUAGE_FI] = { W("tilaus tilauksen"), W("lasku laskun"),
	                  W("asiakas"), NULL, NULL, W("sarja") },
	[LANGUAGE_FR] = { W("commande"), W("facture"), W("client"),
	                  W("contrat"), W("dossier ticket"), W("série") },
	[LANGUAGE_ES] = { W("pedido"), W("factura"), W("cliente"),
	                  W("contrato"), W("ticket caso"), W("serie") },
	[LANGUAGE_NL] = { W("bestelling bestel order"), W("factuur"),
	                  W("klant"), W("contract"), W("ticket zaak"),
	                  W("serie") },
	[LANGUAGE_IT] = { W("ordine"), W("fattura"), W("cliente"),
	                  W("contratto"), W("ticket pratica"), W("serie") },
	[LANGUAGE_PL] = { W("zamówienie zamówienia"), W("faktura faktury"),
	                  W("klienta"), W("umowa umowy"), W("zgłoszenie"),
	                  W("seryjny") },
};

static const char *const days[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("mandag tirsdag onsdag torsdag fredag lørdag søndag "
	                  "januar februar marts april maj juni juli august "
	                  "september oktober november december overmorgen "
	                  "aften formiddag eftermiddag uge kl klokken"),
	[LANGUAGE_SV] =
		W("måndag tisdag onsdag torsdag fredag lördag söndag "
	          "januari februari mars april maj juni juli augusti "
	          "september oktober november december imorgon "
	          "övermorgon idag ikväll kväll förmiddag eftermiddag vecka "
	          "kl klockan"),
	[LANGUAGE_NB] = W("mandag tirsdag onsdag torsdag fredag lørdag søndag "
	                  "januar februar mars april mai juni juli august "
	                  "september oktober november desember overmorgen "
	                  "kveld formiddag ettermiddag uke kl klokka klokken"),
	[LANGUAGE_NN] = W("måndag tysdag onsdag torsdag fredag laurdag sundag "
	                  "overmorgon kl"),
	[LANGUAGE_DE] =
		W("montag dienstag mittwoch donnerstag freitag samstag "
	          "sonnabend sonntag januar februar märz april mai juni "
	          "juli august september oktober november dezember "
	          "übermorgen vormittag vormittags nachmittag "
	          "nachmittags kw uhr monatsende jahresende "
	          "quartalsende sofort"),
	[LANGUAGE_EN] =
		W("monday tuesday wednesday thursday friday saturday "
	          "sunday january february april june july august "
	          "september october november december tomorrow tonight "
	          "afternoon"),
};

static const char *const attached[LANGUAGE_N] = {
	[LANGUAGE_DA] = W("vedhæft vedlagt vedlagte"),
	[LANGUAGE_SV] = W("bifog bilaga bilagt"),
	[LANGUAGE_NB] = W("vedlagt vedlagte vedlegg vedlegger"),
	[LANGUAGE_NN] = W("vedlagt vedlegg"),
	[LANGUAGE_DE] = W("anbei anhang angehängt beigefügt anlage hängt"),
	[LANGUAGE_EN] = W("attach attached attachment enclosed screenshot"),
};

static const char numbers[] =
	W("nr no nummer number num numret nummeret numre numéro número numero "
          "numer nro id ref #");
static const char fillers[] =
	W("er är is ist lautet mit der die das den med with var was har est "
          "es on is:");
static const char measures[] =
	W("kr kroner kronor euro eur usd pund pounds dollars uhr min minutter "
          "minuter minuten minutes timer timmar timer stunden hours dage dagar "
          "dager tage tagen days uger veckor uker wochen weeks måneder månader "
          "monate months år jahre years grad degrees mm cm m km kg g kw w v a "
          "prozent procent percent gange gånger ganger mal times");
static const char amounts[] =
	W("kr kroner kronor euro euros eur usd gbp dkk sek nok chf pund pounds "
          "dollars franken stk st pcs stück styk");
static const char versions[] =
	W("version versionen versjon firmware release build v");
static const char errors[] =
	W("fejl fejlkode fel felkod feil feilkode feilmelding felmeddelande "
          "fejlmeddelelse fehler fehlercode fehlermeldung fehlernummer error "
          "code kode kod http status");

/* Does `list` have the word of `n` bytes? */
static bool
has(const char *list, const char *word, size_t n)
{
	for (const char *at = list; at != NULL && n > 0;
	     at = strchr(at + 1, ' '))
		if (strncmp(at + 1, word, n) == 0 && at[1 + n] == ' ')
			return true;
	return false;
}

static bool
has_word(const char *list, const char *word)
{
	return has(list, word, strlen(word));
}

bool
told_is_number_word(const char *word)
{
	return has_word(numbers, word);
}

bool
told_is_filler(const char *word)
{
	return has_word(fillers, word);
}

bool
told_is_measure(const char *word)
{
	return has_word(measures, word);
}

bool
told_is_amount(const char *word)
{
	return has_word(amounts, word);
}

bool
told_is_version_word(const char *word)
{
	return has_word(versions, word);
}

bool
told_is_error_word(const char *word)
{
	return has_word(errors, word);
}

/* The rest of a label behind its stem: does it say "number"? */
static bool
ends_in_number(const char *rest)
{
	static const char *const ends[] = { "nr",    "no",       "nummer",
		                            "numre", "nummeret", "numret",
		                            "id",    "number",   "numero" };

	while (*rest == 's' || *rest == '-' || *rest == '.')
		rest++;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (strcmp(rest, ends[i]) == 0)
			return true;
	return false;
}

/* Behind a short stem no ending is one: "re" is not "rest". */
static bool
fits(const char *list, const char *word, size_t ending, bool *ret_number)
{
	for (size_t n = strlen(word); n >= 2; n--) {
		const char *rest = word + n;

		if (!has(list, word, n))
			continue;
		*ret_number = ends_in_number(rest);
		if (*ret_number || *rest == '\0' ||
		    (n >= 4 && strlen(rest) <= ending))
			return true;
	}
	return false;
}

/* "Rahmenvertrag", "serviceavtal": what a joined word ends with. */
static bool
ends(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (size_t n = JOINED; n + JOINED <= length; n++)
		if (has(list, word + length - n, n))
			return true;
	return false;
}

bool
told_label(Language language, const char *word, Label *ret_label)
{
	/* "ordered 500" is none */
	size_t ending = language == LANGUAGE_EN ? 1 : ENDING;

	for (unsigned k = 0; language < LANGUAGE_N && k < TOLD_LABELS; k++) {
		bool number = false;

		const char *list = stems[language][k];

		if (list == NULL ||
		    (!fits(list, word, ending, &number) && !ends(list, word)))
			continue;
		*ret_label = (Label){ (ToldKind)k, number };
		return true;
	}
	return false;
}

/* "tirsdagen", "Montags" */
bool
told_is_day(Language language, const char *word)
{
	const char *list = language < LANGUAGE_N ? days[language] : NULL;
	size_t length = strlen(word);

	for (size_t n = length; n >= 2 && n + ENDING >= length; n--)
		if (has(list, word, n) && (n == length || n >= 5))
			return true;
	return false;
}

bool
told_is_attached(Language language, const char *word)
{
	const char *list = language < LANGUAGE_N ? attached[language] : NULL;
	size_t length = strlen(word);

	for (size_t n = length; n >= 5; n--)
		if (has(list, word, n))
			return true;
	return false;
}
