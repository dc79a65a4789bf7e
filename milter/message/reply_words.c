/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row a language. Attributions are those that mail programs of the language
 * write, so that other clients, and our own message/quote, know them again. In
 * them D is the day, M the month's name, m its number, Y the year, T the time
 * as 14:05, t as 14.05, N the name; no other letter of theirs stands alone.
 *
 * Warnings are in the reply's language since whoever sends it can read that.
 */
#include "reply_words.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "message/reply.h"

#define NAME_MAX_BYTES 100

typedef struct Words {
	const char *language;
	const char *mark;
	const char *attribution;
	const char *undated;
	const char *months[12];
	const char *reply_to; /* N: where the mail wanted its answer */
	const char *elsewhere;
	const char *unproven;
} Words;

/* The first is for all languages that have no row. */
static const Words words[] = {
	{ "en",
	  "Re",
	  "On {D} {M} {Y} at {T}, {N} wrote:",
	  "{N} wrote:",
	  { "January", "February", "March", "April", "May", "June", "July",
	    "August", "September", "October", "November", "December" },
	  "this mail asks for answers to go to {N}; this draft goes to the "
	  "sender's own address. Check the recipient, then delete this line.",
	  "another address",
	  "nothing proves that this mail came from its sender's address. Say "
	  "nothing about the customer before that is checked, then delete this "
	  "line." },
	{ "da",
	  "SV",
	  "Den {D}. {M} {Y} kl. {t} skrev {N}:",
	  "{N} skrev:",
	  { "jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.",
	    "sep.", "okt.", "nov.", "dec." },
	  "mailen beder om svar til {N}; dette udkast går til afsenderens egen "
	  "adresse. Kontrollér modtageren, og slet så denne linje.",
	  "en anden adresse",
	  "intet beviser, at mailen er sendt fra afsenderens adresse. Oplys "
	  "intet om kunden, før det er kontrolleret, og slet så denne linje." },
	{ "nb",
	  "SV",
	  "Den {D}. {M} {Y} kl. {T} skrev {N}:",
	  "{N} skrev:",
	  { "jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.",
	    "sep.", "okt.", "nov.", "des." },
	  "e-posten ber om svar til {N}; dette utkastet går til avsenderens "
	  "egen adresse. Kontroller mottakeren, og slett så denne linjen.",
	  "en annen adresse",
	  "ingenting beviser at e-posten er sendt fra avsenderens adresse. "
	  "Ikke opplys noe om kunden før det er kontrollert, og slett så denne "
	  "linjen." },
	{ "nn",
	  "SV",
	  "Den {D}. {M} {Y} kl. {T} skreiv {N}:",
	  "{N} skreiv:",
	  { "jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.",
	    "sep.", "okt.", "nov.", "des." },
	  "e-posten ber om svar til {N}; dette utkastet går til avsendaren si "
	  "eiga adresse. Kontroller mottakaren, og slett så denne linja.",
	  "ei anna adresse",
	  "ingenting provar at e-posten er send frå adressa til avsendaren. "
	  "Ikkje opplys noko om kunden før det er kontrollert, og slett så "
	  "denne linja." },
	{ "sv",
	  "SV",
	  "Den {D} {M} {Y} kl. {T} skrev {N}:",
	  "{N} skrev:",
	  { "jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.",
	    "sep.", "okt.", "nov.", "dec." },
	  "mejlet ber om svar till {N}; det här utkastet går till avsändarens "
	  "egen adress. Kontrollera mottagaren och ta sedan bort den här raden.",
	  "en annan adress",
	  "inget bevisar att mejlet har skickats från avsändarens adress. Lämna "
	  "inga uppgifter om kunden förrän det är kontrollerat, och ta sedan "
	  "bort den här raden." },
	{ "de",
	  "AW",
	  "Am {D}. {M} {Y} um {T} Uhr schrieb {N}:",
	  "{N} schrieb:",
	  { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
	    "August", "September", "Oktober", "November", "Dezember" },
	  "die Mail bittet um Antwort an {N}; dieser Entwurf geht an die "
	  "Adresse des Absenders. Empfänger prüfen, dann diese Zeile löschen.",
	  "eine andere Adresse",
	  "nichts beweist, dass die Mail von der Adresse des Absenders stammt. "
	  "Vor der Prüfung nichts über den Kunden mitteilen, danach diese Zeile "
	  "löschen." },
	{ "fi",
	  "VS",
	  "{N} kirjoitti {D}.{m}.{Y} klo {t}:",
	  "{N} kirjoitti:",
	  { NULL },
	  "viestissä pyydetään vastausta osoitteeseen {N}; tämä luonnos lähtee "
	  "lähettäjän omaan osoitteeseen. Tarkista vastaanottaja ja poista "
	  "sitten tämä rivi.",
	  "(jokin muu)",
	  "mikään ei todista, että viesti on lähetetty lähettäjän osoitteesta. "
	  "Älä kerro asiakkaan tietoja ennen tarkistusta, ja poista sitten tämä "
	  "rivi." },
	{ "fr",
	  "Re",
	  "Le {D} {M} {Y} à {T}, {N} a écrit :",
	  "{N} a écrit :",
	  { "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
	    "août", "septembre", "octobre", "novembre", "décembre" },
	  "le message demande une réponse à {N} ; ce brouillon est adressé à "
	  "l'expéditeur lui-même. Vérifiez le destinataire, puis supprimez "
	  "cette ligne.",
	  "une autre adresse",
	  "rien ne prouve que ce message vient de l'adresse de l'expéditeur. Ne "
	  "communiquez aucune donnée du client avant de l'avoir vérifié, puis "
	  "supprimez cette ligne." },
	{ "es",
	  "Re",
	  "El {D} de {M} de {Y} a las {T}, {N} escribió:",
	  "{N} escribió:",
	  { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
	    "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
	  "el mensaje pide que se responda a {N}; este borrador va a la "
	  "dirección del propio remitente. Compruebe el destinatario y borre "
	  "después esta línea.",
	  "otra dirección",
	  "nada demuestra que el mensaje proceda de la dirección del remitente. "
	  "No facilite datos del cliente antes de comprobarlo y borre después "
	  "esta línea." },
	{ "nl",
	  "Antw",
	  "Op {D} {M} {Y} om {T} schreef {N}:",
	  "{N} schreef:",
	  { "januari", "februari", "maart", "april", "mei", "juni", "juli",
	    "augustus", "september", "oktober", "november", "december" },
	  "het bericht vraagt om een antwoord aan {N}; dit concept gaat naar "
	  "het adres van de afzender zelf. Controleer de ontvanger en verwijder "
	  "daarna deze regel.",
	  "een ander adres",
	  "niets bewijst dat het bericht van het adres van de afzender komt. "
	  "Geef geen klantgegevens voordat dat is nagegaan en verwijder daarna "
	  "deze regel." },
	{ "it",
	  "R",
	  "Il giorno {D} {M} {Y} alle ore {T} {N} ha scritto:",
	  "{N} ha scritto:",
	  { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
	    "luglio", "agosto", "settembre", "ottobre", "novembre",
	    "dicembre" },
	  "il messaggio chiede di rispondere a {N}; questa bozza va "
	  "all'indirizzo del mittente. Controllare il destinatario, poi "
	  "cancellare questa riga.",
	  "un altro indirizzo",
	  "nulla prova che il messaggio provenga dall'indirizzo del mittente. "
	  "Non comunicare dati del cliente prima di averlo verificato, poi "
	  "cancellare questa riga." },
	{ "pl",
	  "Odp",
	  "W dniu {D} {M} {Y} o {T} {N} napisał(a):",
	  "{N} napisał(a):",
	  { "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
	    "lipca", "sierpnia", "września", "października", "listopada",
	    "grudnia" },
	  "wiadomość prosi o odpowiedź na {N}; ten szkic jest skierowany na "
	  "adres nadawcy. Proszę sprawdzić odbiorcę, a potem usunąć ten wiersz.",
	  "inny adres",
	  "nic nie dowodzi, że wiadomość pochodzi z adresu nadawcy. Przed "
	  "sprawdzeniem proszę nie podawać danych klienta, a potem usunąć ten "
	  "wiersz." },
};

static const Words *
words_of(const char *language)
{
	for (size_t i = 0; language != NULL && i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].language, language) == 0)
			return &words[i];
	return &words[0];
}

const char *
reply_words_mark(const char *language)
{
	return words_of(language)->mark;
}

/* A name that nothing else can be read from: no mark of our own, no second
 * line, no address in angle brackets, no colon to end the attribution. */
static char *
plain_name(const char *name)
{
	g_autofree char *safe =
		text_sanitise(name, strlen(name), NAME_MAX_BYTES, NULL);

	return g_strstrip(
		g_strdelimit(g_steal_pointer(&safe), "[]<>:\"\n\t", ' '));
}

static void
put_time(GString *out, GDateTime *date, char separator)
{
	g_string_append_printf(out, "%02d%c%02d", g_date_time_get_hour(date),
	                       separator, g_date_time_get_minute(date));
}

static void
put_field(GString *out, char field, const Words *row, GDateTime *date,
          const char *name)
{
	switch (field) {
	case 'D':
		g_string_append_printf(out, "%d",
		                       g_date_time_get_day_of_month(date));
		break;
	case 'M':
		g_string_append(out,
		                row->months[g_date_time_get_month(date) - 1]);
		break;
	case 'm':
		g_string_append_printf(out, "%d", g_date_time_get_month(date));
		break;
	case 'Y':
		g_string_append_printf(out, "%d", g_date_time_get_year(date));
		break;
	case 'T':
		put_time(out, date, ':');
		break;
	case 't':
		put_time(out, date, '.');
		break;
	default:
		g_string_append(out, name);
	}
}

static void
fill_in(GString *out, const char *form, const Words *row, GDateTime *date,
        const char *name)
{
	for (; *form != '\0'; form++) {
		if (*form != '{') {
			g_string_append_c(out, *form);
			continue;
		}
		put_field(out, form[1], row, date, name);
		form += 2;
	}
}

char *
reply_words_attribution(const char *language, GDateTime *date, const char *name,
                        const char *address)
{
	const Words *row = words_of(language);
	g_autofree char *plain = plain_name(name != NULL ? name : "");
	GString *out = g_string_new(NULL);

	fill_in(out, date != NULL ? row->attribution : row->undated, row, date,
	        *plain != '\0' ? plain : address);
	return g_string_free(out, FALSE);
}

char *
reply_warning_text(unsigned warnings, const char *language,
                   const char *reply_to)
{
	const Words *row = words_of(language);
	bool known = reply_to != NULL && *reply_to != '\0';
	g_autofree char *plain = plain_name(known ? reply_to : row->elsewhere);
	GString *out = g_string_new(NULL);

	if (warnings & REPLY_WARN_REPLY_TO) {
		g_string_append(out, "[CHECK: ");
		fill_in(out, row->reply_to, row, NULL, plain);
		g_string_append(out, "]\n");
	}
	if (warnings & REPLY_WARN_UNPROVEN)
		g_string_append_printf(out, "[CHECK: %s]\n", row->unproven);
	return g_string_free(out, FALSE);
}
