/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A footer line stands alone, is short, and opens as phones and mail programs
 * write it. A disclaimer is a paragraph that speaks of this very mail and of
 * confidence, law or the environment.
 */
#include "quote_lines.h"

#include <string.h>

#define FOOTER_BYTES_MAX 120
#define PARAGRAPH_LINES_MAX 40

static const char *const footer_starts[] = {
	/* en */
	"sent from", "sent via", "sent with", "sent by", "sent using",
	"get outlook for", "get [outlook for", "download outlook",
	"from my iphone", "from my ipad", "from my mobile", "from my phone",
	"posted from", "someone from mobile", "virus-free.", "composed on my",
	/* da nb */
	"sendt fra min", "sendt fra mit", "sendt fra outlook", "sendt via",
	"sendt fra yahoo", "sendt fra mail", "sendt fra windows",
	"sendt fra mobil", "sendt fra proton", "sendt med proton",
	"hent outlook", "få outlook", "skaff deg outlook", "last ned outlook",
	"sendt fra samsung", "sendt fra en mobil", "skrevet på min",
	"sendt med spark", "fra min iphone", "virusfri.",
	/* sv */
	"skickat från", "skickat via", "skickat med", "hämta outlook",
	"skaffa outlook", "ladda ned outlook", "virusfritt.",
	/* de */
	"von meinem", "von samsung", "von iphone", "von ipad", "von android",
	"sendt på", "skrevet fra", "skrivet på", "getippt auf", "gesendet von",
	"gesendet mit", "gesendet aus", "gesendet über", "von mobil gesendet",
	"mobil gesendet", "diese nachricht wurde von meinem",
	"holen sie sich outlook", "laden sie outlook", "outlook für",
	"von meiner", "virenfrei.",
	/* fr */
	"envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé via",
	"envoyé avec", "envoyé par", "obtenez outlook", "télécharger outlook",
	"téléchargez outlook", "garanti sans virus",
	/* es */
	"enviado desde", "enviado con", "obtener outlook", "descargar outlook",
	"enviado por mi", "libre de virus",
	/* nl */
	"verzonden vanaf", "verstuurd vanaf", "verzonden met",
	"verzonden vanuit", "verzonden via", "verstuurd met",
	"download outlook", "outlook voor", "virusvrij.",
	/* fi */
	"lähetetty minun", "lähetetty iphone", "lähetetty ipad",
	"lähetetty laitteesta", "lähetetty samsung", "lähetetty outlook",
	"lähetetty puhelimesta", "lähetetty android", "hanki outlook",
	"lähetetty yahoo", "lähetetty windows",
	/* it */
	"inviato da", "inviato dal", "inviata da", "scarica outlook",
	"ottieni outlook", "inviato con", "inviato tramite", "senza virus.",
	/* pl */
	"wysłane z", "wysłano z", "wysłane przy użyciu", "pobierz outlook",
	"pobierz aplikacj", "wysłane przez", "wysłane za pomocą",
	"bez wirusów.",
	/* others */
	"從我的", "发自我的", "отправлено с"
};

/* What a footer may say after its opening to be about a device or program. */
static const char *const footer_things[] = {
	"iphone",     "ipad",        "ipod",       "android",     "mobil",
	"móvil",      "mobiel",      "phone",      "telefon",     "téléphone",
	"handy",      "smartphone",  "cell",       "samsung",     "galaxy",
	"huawei",     "xiaomi",      "nokia",      "htc",         "sony",
	"pixel",      "oneplus",     "blackberry", "windows",     "outlook",
	"mail",       "yahoo",       "gmail",      "proton",      "spark",
	"tablet",     "device",      "enhed",      "enhet",       "gerät",
	"appareil",   "dispositivo", "apparaat",   "puhelime",    "laittee",
	"urządzen",   "avast",       "avg",        "ios",         "alcatel",
	"motorola",   "mailbox",     "boxer",      "gmx",         "web.de",
	"t-online",   "ti-85",       "airmail",    "mac",         "pc",
	"watch",      "傳送",        "mailspring", "thunderbird", "k-9",
	"fairmail",   "unterwegs",   "farten",     "språng",      "go!",
	"superhuman", "hey.com",     "tlf",        "telia",       "app"
};

/* Whole paragraphs: how they open ... */
static const char *const notice_starts[] = {
	"this e-mail",
	"this email",
	"this message",
	"this mail",
	"this communication",
	"the information contained",
	"the information in",
	"the contents of this",
	"confidentiality",
	"confidential:",
	"disclaimer",
	"legal notice",
	"important notice",
	"notice:",
	"if you are not the intended",
	"if you have received this",
	"please consider the environment",
	"think before you print",
	"think before printing",
	"before printing",
	"save paper",
	"denne e-mail",
	"denne mail",
	"denne email",
	"denne e-post",
	"denne meddelelse",
	"denne meldingen",
	"denne besked",
	"denne e-posten",
	"indholdet af denne",
	"fortrolighed",
	"hvis du ikke er rette",
	"hvis du ved en fejl",
	"hvis de ikke er",
	"tænk på miljøet",
	"tenk på miljøet",
	"tenk miljø",
	"tænk før du",
	"skån miljøet",
	"detta meddelande",
	"detta e-post",
	"detta mejl",
	"detta mail",
	"denna e-post",
	"informationen i detta",
	"tänk på miljön",
	"om du har fått detta",
	"om ni har fått detta",
	"diese e-mail",
	"diese nachricht",
	"diese mail",
	"diese email",
	"der inhalt dieser",
	"die information in dieser",
	"vertraulich",
	"bitte denken sie an die umwelt",
	"bitte prüfen sie",
	"denken sie an die umwelt",
	"wenn sie nicht der richtige",
	"ce message",
	"ce courriel",
	"cet e-mail",
	"cet email",
	"ce mail",
	"avis de confidentialité",
	"les informations contenues",
	"pensez à l'environnement",
	"merci de penser à l'environnement",
	"si vous n'êtes pas",
	"este mensaje",
	"este correo",
	"este e-mail",
	"la información contenida",
	"aviso legal",
	"aviso de conf",
	"antes de imprimir",
	"si usted no es",
	"por favor, piense",
	"dit bericht",
	"deze e-mail",
	"dit e-mailbericht",
	"deze mail",
	"de informatie in",
	"de inhoud van",
	"denk aan het milieu",
	"tämä viesti",
	"tämä sähköposti",
	"tämän viestin",
	"ajattele ympä",
	"questo messaggio",
	"questa e-mail",
	"questa email",
	"le informazioni contenute",
	"avviso di riservatezza",
	"ai sensi del",
	"prima di stampare",
	"pensa all'ambiente",
	"niniejsza wiadomość",
	"ta wiadomość",
	"treść tej",
	"wiadomość ta",
	"informacje zawarte",
	"pomyśl o środowisku",
	"zanim wydrukujesz"
};

/* Those that say enough alone. */
static const char *const notice_alone[] = { "confidentiality",
	                                    "disclaimer",
	                                    "legal notice",
	                                    "if you are not the intended",
	                                    "please consider the environment",
	                                    "think before you print",
	                                    "think before printing",
	                                    "hvis du ikke er rette",
	                                    "tænk på miljøet",
	                                    "tenk på miljøet",
	                                    "skån miljøet",
	                                    "tänk på miljön",
	                                    "wenn sie nicht der richtige",
	                                    "bitte denken sie an die umwelt",
	                                    "denken sie an die umwelt",
	                                    "avis de confidentialité",
	                                    "pensez à l'environnement",
	                                    "merci de penser à l'environnement",
	                                    "aviso legal",
	                                    "aviso de conf",
	                                    "denk aan het milieu",
	                                    "ajattele ympä",
	                                    "avviso di riservatezza",
	                                    "pensa all'ambiente",
	                                    "pomyśl o środowisku" };

/* ... and what they speak of. */
static const char *const notice_words[] = {
	"confidential",  "privileged",    "intended",
	"recipient",     "unauthorized",  "unauthorised",
	"virus",         "malware",       "environment",
	"printing",      "print ",        "print?",
	"fortrolig",     "tavshed",       "modtager",
	"mottaker",      "miljø",         "udskriv",
	"skriv ut",      "konfidentiel",  "konfidensiell",
	"mottagar",      "sekretess",     "miljön",
	"vertraulich",   "empfänger",     "adressat",
	"umwelt",        "drucken",       "ausdruck",
	"confidentiel",  "destinataire",  "environnement",
	"imprim",        "confidencial",  "destinatario",
	"medio",         "vertrouwelijk", "geadresseerde",
	"ontvanger",     "milieu",        "luottamuksellinen",
	"vastaanottaja", "ympäristö",     "riservat",
	"destinatari",   "ambiente",      "stampare",
	"poufn",         "adresat",       "środowisk",
	"drukowa",       "gdpr",          "privacy"
};

static bool
starts_with_any(const char *fold, const char *const *starts, size_t n)
{
	/* most differ in the first two bytes: no call for them */
	for (size_t i = 0; i < n; i++)
		if (starts[i][0] == fold[0] && starts[i][1] == fold[1] &&
		    g_str_has_prefix(fold, starts[i]))
			return true;
	return false;
}

static bool
contains_any(const char *fold, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(fold, words[i]) != NULL)
			return true;
	return false;
}

static bool
is_footer_line(const QuoteLine *line)
{
	const char *fold = line->fold;

	if (line->blank || strlen(fold) > FOOTER_BYTES_MAX)
		return false;
	fold += strspn(fold, "<([-_ ");
	if (!starts_with_any(fold, footer_starts, G_N_ELEMENTS(footer_starts)))
		return false;
	return contains_any(fold, footer_things, G_N_ELEMENTS(footer_things));
}

/* Nothing else follows in the paragraph of line `i`. */
static bool
ends_paragraph(const QuoteLines *lines, size_t i)
{
	if (i + 1 >= lines->n)
		return true;
	return lines->at[i + 1].blank || lines->at[i + 1].kind != QUOTE_NEW ||
	       is_footer_line(&lines->at[i + 1]);
}

/* Two of the words at least: a customer may well write that "this mail" is
 * about a printer. */
static bool
speaks_of_law(const QuoteLines *lines, size_t start, size_t end)
{
	size_t n = 0;

	for (size_t w = 0; w < G_N_ELEMENTS(notice_words); w++)
		for (size_t i = start; i < end; i++)
			if (strstr(lines->at[i].fold, notice_words[w]) !=
			    NULL) {
				n++;
				break;
			}
	return n >= 2;
}

static bool
is_notice(const QuoteLines *lines, size_t start, size_t end)
{
	const char *fold = lines->at[start].fold;

	fold += strspn(fold, "<([-_ !");
	if (starts_with_any(fold, notice_alone, G_N_ELEMENTS(notice_alone)))
		return true;
	return starts_with_any(fold, notice_starts,
	                       G_N_ELEMENTS(notice_starts)) &&
	       speaks_of_law(lines, start, end);
}

/* The end of the new lines without a blank one from `start` on. */
static size_t
paragraph_end(const QuoteLines *lines, size_t start)
{
	size_t end = start;

	while (end < lines->n && end - start < PARAGRAPH_LINES_MAX &&
	       !lines->at[end].blank && lines->at[end].kind == QUOTE_NEW)
		end++;
	return end;
}

static void
mark(QuoteLines *lines, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		lines->at[i].kind = QUOTE_FOOTER;
}

void
quote_mark_footers(QuoteLines *lines)
{
	size_t i = 0;
	bool first = true; /* what a mail opens with is no footer */

	while (i < lines->n) {
		size_t end = paragraph_end(lines, i);

		if (end == i) {
			i++;
			continue;
		}
		if (!first && is_notice(lines, i, end))
			mark(lines, i, end);
		first = false;
		for (; i < end; i++)
			if (is_footer_line(&lines->at[i]) &&
			    ends_paragraph(lines, i))
				lines->at[i].kind = QUOTE_FOOTER;
	}
}
