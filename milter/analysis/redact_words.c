/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that tell what the number or value after them is.
 *
 * Lists of stems; one ending in `*` goes for every word that begins so. What a
 * word announces is asked for each word of a mail, so those stems are found by
 * their first byte.
 */
#include <limits.h>
#include <string.h>

#include "redact_private.h"

#define WORD_BYTES_MAX 48

typedef struct Stems {
	RedactWord word;
	const char *stems;
} Stems;

/* The first row that knows a word has it. */
static const Stems table[] = {
	{ REDACT_WORD_NATIONAL,
	  "cpr* personnr personnummer* personnumm* fødselsnummer* "
	  "fødselsnr* fodselsnummer* fnr hetu* henkilötunnu* pnr "
	  "samordningsnummer* samordningsnr dnummer steuer* steueridentifikat* "
	  "idnr identifikationsnummer* ssn personal personligt personlige " },
	{ REDACT_WORD_COMPANY,
	  "cvr* orgnr org organisationsnummer* organisasjonsnummer* "
	  "organisationsnr organisasjonsnr foretaksnummer* ust ustid* vat "
	  "momsnr momsreg* virksomhedsnummer tunnus tunnuksemme se-nr " },
	{ REDACT_WORD_CARD,
	  "kort kortet kortnummer* kortnr kreditkort* betalingskort* "
	  "bankkort* dankort* visa* mastercard* amex card cards cardnumber "
	  "kreditkarte* karte karten* kartennummer* betalkort* betaalkort* " },
	{ REDACT_WORD_SECRET,
	  "password* passwd passwort* kennwort* adgangskod* adgangsord* "
	  "kodeord* lösenord* passord* passcode* passphrase* salasana* pwd "
	  "wachtwoord* contraseña* pin pinkod* pincode* apikey* api_key* "
	  "accesskey* access_key token tokens* access_token* secret* "
	  "client_secret bearer otp cvv* cvc* kontrolcif* engangskod* "
	  "sikkerhedskod* engångskod* säkerhetskod* sikkerhetskod* hasło* "
	  "zugangscode* pass parola " },
	{ REDACT_WORD_CODE,
	  "api kode koden koder kod code codes key nøgle nyckel nøkkel "
	  "schlüssel zugang login logon " },
	{ REDACT_WORD_PHONE,
	  "tel tel* tlf* tfn* telefon* mob mobil* phone* telephone* cell* "
	  "ring ringe ringer ringa ringes ringt opringning call calls calling "
	  "callback sms whatsapp signal handy* anruf* anzuruf* rückruf* "
	  "rufnummer* erreich* fax* puh puhelin* gsm træffe* træffes nås nå "
	  "dial contact kontakt* direkte direkt durchwahl* "
	  "reach hotline hjemmenummer arbejdsnummer text " },
	{ REDACT_WORD_REFERENCE,
	  "ordre* order* ordn* application* ansøg* ansök* søknad* antrag* bestell* beställning* bestilling* faktura* "
	  "fakturer* rechnung* invoice* sag* sags* ticket* case* ärende* sak "
	  "saks* vare* vara varu* artikel* article* product* produkt* kunde* "
	  "kund kund* customer* serie* serial* sn ref referen* track* pakke* "
	  "paket* parcel* forsendelse* shipment* sendung* sending* version* "
	  "build* model* modell* licen* lizenz* licens* konto* account* error* "
	  "fejl* fel felkod* feil* fehler* id vorgang* auftrag* beleg* bilag* "
	  "stregkode* ean gtin imei isbn po aftale* avtal* vertrag* contract* "
	  "medlem* mitglied* member* delivery levering* leverans* liefer* "
	  "transaktion* transaction* quote tilbud* offert* angebot* policy* "
	  "police* post* zip plz postnr porto batch* lot kvittering* kvitto* "
	  "receipt* quittung* rma return* retur* meter* måler* zähler* "
	  "part item sku " },
};

static const char copulas[] =
	"er is är ist var was war lautet lyder hedder heter bliver nu now "
	"jetzt nå on den the er: som as set to på ";

static const char units[] =
	"kr dkk sek nok eur usd gbp chf euro euros kroner kronor kroners dollar "
	"dollars pund mio mill stk stück styk pcs km m mm cm kg g mb gb tb kb "
	"ms sek min timer tusind tusen mia million millioner millionen miljoner "
	"tkr øre öre bytes byte rows rækker rader zeilen poster linjer ";

/* Lower case for ASCII and the letters of Latin-1, which are those above. */
static size_t
fold(const char *word, size_t size, char *folded)
{
	size_t n = MIN(size, (size_t)WORD_BYTES_MAX);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)word[i];

		if (i > 0 && (unsigned char)word[i - 1] == 0xc3 && c >= 0x80 &&
		    c <= 0x9e)
			c += 0x20;
		folded[i] = g_ascii_tolower((char)c);
	}
	return n;
}

/* One of a list, whose last ends with a space, too. */
typedef struct Stem {
	const char *text;
	size_t size;
	bool open; /* a word may go on */
	RedactWord word;
} Stem;

/* The stem at `*at`, which is moved behind it; false at the list's end. */
static bool
next_stem(const char **at, Stem *ret_stem)
{
	const char *end = strchr(*at, ' ');

	if (end == NULL)
		return false;
	ret_stem->text = *at;
	ret_stem->open = end > *at && end[-1] == '*';
	ret_stem->size = (size_t)(end - *at) - ret_stem->open;
	*at = end + 1;
	return true;
}

static bool
goes_for(const Stem *stem, const char *word, size_t size)
{
	return (stem->open ? stem->size <= size : stem->size == size) &&
	       memcmp(stem->text, word, stem->size) == 0;
}

static bool
among(const char *stems, const char *word, size_t size)
{
	Stem stem;

	while (next_stem(&stems, &stem))
		if (goes_for(&stem, word, size))
			return true;
	return false;
}

/* The table's stems by their first byte, each list in the table's order. */
static GArray *by_byte[UCHAR_MAX + 1];

static void
index_table(void)
{
	Stem stem;

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		const char *at = table[i].stems;

		stem.word = table[i].word;
		while (next_stem(&at, &stem)) {
			GArray **list = &by_byte[(unsigned char)stem.text[0]];

			if (*list == NULL)
				*list = g_array_new(FALSE, FALSE, sizeof(stem));
			g_array_append_val(*list, stem);
		}
	}
}

RedactWord
redact_word(const char *word, size_t size)
{
	static gsize indexed;
	char folded[WORD_BYTES_MAX];
	size_t n = fold(word, size, folded);
	const GArray *list;

	if (g_once_init_enter(&indexed)) {
		index_table();
		g_once_init_leave(&indexed, 1);
	}
	list = n > 0 ? by_byte[(unsigned char)folded[0]] : NULL;
	for (guint i = 0; list != NULL && i < list->len; i++) {
		const Stem *stem = &g_array_index(list, Stem, i);

		if (goes_for(stem, folded, n))
			return stem->word;
	}
	return REDACT_WORD_N;
}

bool
redact_is_copula(const char *word, size_t size)
{
	char folded[WORD_BYTES_MAX];
	size_t n = fold(word, size, folded);

	return n > 0 && among(copulas, folded, n);
}

bool
redact_is_unit(const char *word, size_t size)
{
	char folded[WORD_BYTES_MAX];
	size_t n = fold(word, size, folded);

	return n > 0 && among(units, folded, n);
}
