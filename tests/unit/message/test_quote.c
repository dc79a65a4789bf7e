/* SPDX-License-Identifier: Apache-2.0 */
#include "message/quote.h"

#include <string.h>

#include "rows.h"

typedef struct Row {
	const char *name, *in, *new_text, *signature, *footer;
} Row;

#define Q "> QQ one\n> QQ two\n" /* a marked quote */
#define U "QQ one\nQQ two\n"     /* one without marks */
#define NEW "Hello, it broke.\n\n"

/* Attributions: each is tried before a marked and before an unmarked quote. */
static const char *const attributions[] = {
	/* da */
	"Den 3. nov. 2026 kl. 10.12 skrev Bo <bo@x.dk>:",
	"Den tirs. 3. nov. 2026 kl. 10.12 skrev Bo Hansen <bo@x.dk>:",
	"Den 03-11-2026 kl. 10:12 skrev Bo Hansen:",
	"Den 3. november 2026 kl. 10.12.05 CET, Bo <bo@x.dk> skrev:",
	"Den 3. nov. 2026 kl. 10.12 skrev Bo Hansen via Firma <\n"
	"support@firma.example>:",
	"Bo Hansen <bo@x.dk> skrev den 3. nov. 2026 kl. 10.12:",
	/* nb */
	"tir. 3. nov. 2026 kl. 10:12 skrev Bo <bo@x.no>:",
	"3. nov. 2026 kl. 10:12 skrev Bo <bo@x.no>:",
	"På 3. november 2026 kl. 10:12 skrev Bo (bo@x.no):",
	/* sv */
	"Den tis 3 nov. 2026 kl 10:12 skrev Bo <bo@x.se>:",
	"3 nov. 2026 kl. 10:12 skrev Bo <bo@x.se>:",
	"Den 2026-11-03 kl. 10:12, skrev Bo:",
	/* de */
	"Am 03.11.2026 um 10:12 schrieb Bo <bo@x.de>:",
	"Am 03.11.26 um 10:12 schrieb Bo Hansen:",
	"Am 03.11.26 um 10:12 schrieb Müller, Hans via Firma <bo@x.de>:",
	"Am 03.11.26 um 10:12 schrieb me@x.de:",
	"On 03/11/2026 10:12, Bo I. Hansen wrote:",
	"Den 3. nov. 2026 kl. 10.12 skrev Hansen I/S <bo@x.dk>:",
	"On 3 Nov 2026 at 10:12, Lavi <bo.b.b@xyz.dk> wrote:",
	"Am Di., 3. Nov. 2026 um 10:12 Uhr schrieb Bo <bo@x.de>:",
	"Am Dienstag, 3. November 2026, 10:12:05 MEZ hat Bo <bo@x.de> "
	"geschrieben:",
	"Bo Hansen <bo@x.de> schrieb am Di., 3. Nov. 2026,\n10:12:",
	/* en */
	"On Tue, Nov 3, 2026 at 10:12 AM Bo <bo@x.com> wrote:",
	"On 3 Nov 2026, at 10:12, Bo <bo@x.com> wrote:",
	"On 03/11/2026 10:12, Bo Hansen wrote:",
	"On Tuesday, November 3, 2026 at 10:12:33 AM GMT+1, Bo Hansen "
	"<bo@x.com>\nwrote:",
	"On Tue, 3 Nov 2026 at 10:12, Bo Hansen via Support Desk <\n"
	"support@desk.example> wrote:",
	"At 11/3/2026 10:12 AM, you wrote:",
	"Bo Hansen <bo@x.com> wrote:",
	"---- On Tue, 03 Nov 2026 10:12:33 +0100 Bo <bo@x.com> wrote ----",
	/* fr */
	"Le mar. 3 nov. 2026 à 10:12, Bo <bo@x.fr> a écrit :",
	"Le 3 nov. 2026 à 10:12, Bo <bo@x.fr> a écrit :",
	"Le 03/11/2026 à 10:12, Bo a écrit :",
	"Le 3 nov. 2026 10:12, \"Bo\"\n<bo@x.fr>\na écrit :",
	/* es */
	"El mar, 3 nov 2026 a las 10:12, Bo (<bo@x.es>) escribió:",
	"El 3/11/26 a las 10:12, Bo escribió:",
	"El martes, 3 de noviembre de 2026 10:12:33 CET, Bo <bo@x.es> "
	"escribió:",
	/* nl */
	"Op di 3 nov 2026 om 10:12 schreef Bo <bo@x.nl>:",
	"Op 3-11-2026 om 10:12 schreef Bo:",
	"Op 3 nov. 2026 om 10:12 heeft Bo <bo@x.nl> het volgende geschreven:",
	"Op 3 nov. 2026, om 10:12 heeft Bo <bo@x.nl> het\nvolgende geschreven:",
	/* fi */
	"ti 3. marrask. 2026 klo 10.12 Bo (bo@x.fi) kirjoitti:",
	"Bo <bo@x.fi> kirjoitti 3.11.2026 kello 10.12:",
	"Bo kirjoitti 3.11.2026 klo 10.12:",
	/* it */
	"Il giorno mar 3 nov 2026 alle ore 10:12 Bo <bo@x.it> ha scritto:",
	"Il 03/11/26 10:12, Bo ha scritto:",
	"Il giorno 3 nov 2026, alle ore 10:12, Bo <bo@x.it> ha scritto:",
	/* pl */
	"wt., 3 lis 2026 o 10:12 Bo <bo@x.pl> napisał(a):",
	"W dniu 3.11.2026 o 10:12, Bo pisze:",
	"W dniu 2026-11-03 o 10:12, Bo <bo@x.pl> napisał:",
	"Dnia 3 listopada 2026 10:12 Bo <bo@x.pl> napisał(a):",
	"Wiadomość napisana przez Bo <bo@x.pl> w dniu 3 lis 2026, o godz. "
	"10:12:",
	/* without a verb */
	"2026-11-03 10:12 GMT+01:00 Bo Hansen <bo@x.com>:",
	"2026/11/3 Bo Hansen <bo@x.com>",
	"2026-12-03 9:12 GMT Bo Hansen <bo@x.com>:",
};

static void
check_attribution(const char *attribution, const char *quote, const char *after)
{
	g_autofree char *in =
		g_strconcat(NEW, attribution, "\n\n", quote, after, NULL);
	g_autofree char *expected = g_strconcat(
		NEW, after[0] != '\0' ? "And an answer below." : NULL, NULL);
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

	g_strchomp(expected);
	quote_split(in, &split);
	g_test_message("%s", attribution);
	g_assert_cmpstr(split.new_text, ==, expected);
	g_assert_nonnull(strstr(split.quoted, "QQ two"));
	g_assert_cmpstr(split.signature, ==, "");
}

static void
test_attributions(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(attributions); i++) {
		check_attribution(attributions[i], Q, "");
		check_attribution(attributions[i], U, "");
		check_attribution(attributions[i], Q,
		                  "\nAnd an answer below.\n");
	}
}

/* Header blocks and dividers: all below is quoted. */
static const char *const blocks[] = {
	"From: Bo <bo@x.com>\nSent: Tuesday, 3 November 2026 10:12\nTo: Support\n"
	"Subject: Pump",
	"From: Bo\nSent: 3 November 2026 10:12\nTo: Support\nSubject: Pump",
	"*From:* Bo\n*Sent:* 3 November 2026\n*To:* Support\n*Subject:* Pump",
	"From: Bo\nDate: 3 November 2026\nSubject: Pump\nTo: Support",
	"________________________________\nFrom: Bo <bo@x.com>\nSent: 3 Nov\n"
	"To: Support <s@firm.example>\nSubject: Pump",
	"________________________________\n\nFrom: Bo <bo@x.com>\nTo: Support",
	"-----Original Message-----\nFrom: Bo\nSent: 3 Nov\nSubject: Pump",
	"-----Original Message-----",
	"-------- Original Message --------",
	"*-------- Original Message --------*",
	"Fra: Bo <bo@x.dk>\nSendt: 3. november 2026 10:12\nTil: Support\n"
	"Emne: Pumpe",
	"Fra: Bo\nDato: tirsdag 3. november 2026\nTil: Support\nEmne: Pumpe",
	"-----Oprindelig meddelelse-----\nFra: Bo",
	"-------- Oprindelig besked --------\nFra: Bo <bo@x.dk>\nDato: 3.11",
	"---------- Videresendt meddelelse ---------\nFra: Bo <bo@x.dk>",
	"Start på videresendt besked:\n\nFra: Bo <bo@x.dk>\nEmne: Pumpe",
	"Fra: Bo <bo@x.no>\nSendt: tirsdag 3. november 2026 10:12\nTil: S\n"
	"Emne: Pumpe",
	"-----Opprinnelig melding-----\nFra: Bo",
	"---------- Videresendt melding ---------\nFra: Bo",
	"Från: Bo <bo@x.se>\nSkickat: den 3 november 2026 10:12\nTill: S\n"
	"Ämne: Pump",
	"-----Ursprungligt meddelande-----\nFrån: Bo",
	"---------- Vidarebefordrat meddelande ---------\nFrån: Bo",
	"Von: Bo <bo@x.de>\nGesendet: Dienstag, 3. November 2026 10:12\n"
	"An: Support\nBetreff: Pumpe",
	"Von: Bo\nDatum: 3.11.2026\nAn: Support\nCc: Ida\nBetreff: Pumpe",
	"-----Ursprüngliche Nachricht-----\nVon: Bo",
	"-------- Weitergeleitete Nachricht --------\nBetreff: Pumpe",
	"Anfang der weitergeleiteten Nachricht:\n\nVon: Bo <bo@x.de>",
	"De : Bo <bo@x.fr>\nEnvoyé : mardi 3 novembre 2026 10:12\n"
	"À : Support\nObjet : Pompe",
	"-----Message d'origine-----\nDe : Bo",
	"-------- Message transféré --------\nSujet : Pompe",
	"De: Bo <bo@x.es>\nEnviado: martes, 3 de noviembre de 2026 10:12\n"
	"Para: Soporte\nAsunto: Bomba",
	"-----Mensaje original-----\nDe: Bo",
	"---------- Mensaje reenviado ----------\nDe: Bo",
	"Van: Bo <bo@x.nl>\nVerzonden: dinsdag 3 november 2026 10:12\n"
	"Aan: Support\nOnderwerp: Pomp",
	"-----Oorspronkelijk bericht-----\nVan: Bo",
	"Begin doorgestuurd bericht:\n\nVan: Bo <bo@x.nl>",
	"Lähettäjä: Bo <bo@x.fi>\nLähetetty: tiistai 3. marraskuuta 2026\n"
	"Vastaanottaja: Tuki\nAihe: Pumppu",
	"-----Alkuperäinen viesti-----\nLähettäjä: Bo",
	"Da: Bo <bo@x.it>\nInviato: martedì 3 novembre 2026 10:12\n"
	"A: Supporto\nOggetto: Pompa",
	"-----Messaggio originale-----\nDa: Bo",
	"Inizio messaggio inoltrato:\n\nDa: Bo <bo@x.it>",
	"Od: Bo <bo@x.pl>\nWysłano: wtorek, 3 listopada 2026 10:12\n"
	"Do: Wsparcie\nTemat: Pompa",
	"-----Wiadomość oryginalna-----\nOd: Bo",
	"---------- Forwarded message ---------\nFrom: Bo <bo@x.com>",
	"Begin forwarded message:\n\nFrom: Bo <bo@x.com>\nSubject: Pump",
};

static void
test_blocks(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++) {
		g_autofree char *in =
			g_strconcat(NEW, blocks[i], "\n\n" U, NULL);
		g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

		quote_split(in, &split);
		g_test_message("%s", blocks[i]);
		g_assert_cmpstr(split.new_text, ==, "Hello, it broke.");
		g_assert_nonnull(strstr(split.quoted, "QQ two"));
		g_assert_cmpstr(split.footer, ==, "");
	}
}

/* All of it is text, and stays. */
static const char *const texts[] = {
	"",
	"Hello",
	"Hello\n\nIt broke.",
	"Den 3. november 2026 kl. 10.12 skrev jeg til jer:\n\nHvor er min pumpe?",
	"On 3 November at 10:12 I wrote to your colleague:\n\nwhere is it?",
	"Am 3. November um 10:12 schrieb ich Ihnen:\n\nWo bleibt die Pumpe?",
	"Hallo,\n\nam 3.11.2026 um 10:12 schrieb mir Ihr Kollege:\n\n\"bald\"\n\n"
	"Wann?",
	"Hi,\n\nYour colleague wrote on 3 Nov at 10:12:\n\n\"soon\"\n\nWhen?",
	"The price was 12:30 kr:\n\ntoo much.",
	"From: Aarhus\nTo: Berlin\nDate: Friday\n\nCan you ship that?",
	"Von: Hamburg\nAn: Wien\n\nWas kostet der Transport?",
	"From: 10.00\nTo: 12.00\n\nIs that a good time?",
	"A: yes\nB: no\n\nWhich one?",
	"Data: 12\nA: 13\n\nWhat does it mean?",
	"This mail is about my printer, which has no virus.\n\nIt prints blank.",
	"I said:\n\nThis mail about printing took long to write. Please help!",
	"Sent from my account were three invoices. Why?",
	"It says sent from outlook but I never sent it.\nCan you look?",
	"Thanks for the quick answer. But it still leaks, what now?",
	"Tak for hjælpen\n\nMen kan I også sende mig en faktura for maj?",
	"Hilsen fra chefen, sagde han.\n\nHvad betyder fejl 42 på skærmen?",
	"Best regards to your colleague, he was great.\n\nBut when do you open?",
	"a\n----------\nb is the second part of it.",
	"-----\nSerial: 123\n-----\nSee above.",
	"Error:\n* one\n* two\n#3 #4",
	"Liste:\n- pumpe\n- slange\n- 4 bolte",
	"    indented code\n\tand a tab",
	"a -> b\n\n1 > 0",
	"We need:\n\n2 pumps\n3 hoses",
	"Regarding pump 12\n\nSerial number 12345678",
	"It broke.\n\n* *",
	"From: Bo <bo@x.dk>\nSubject: Pump\n\nMessage Body:\nIt broke. When?",
	"Fra: Bo <bo@x.dk>\nEmne: Pumpe\n\nBesked:\nDen er i stykker.",
	"Our log:\n\n2026-11-03 10:12:05 mail from <bo@x.dk>\nerror 42\n\nWhy?",
	"It broke.\n\n2026-11-03 10:12 GMT the pump stopped:\n\nerror 42\n\nWhy?",
};

/* A rule of two dashes in a long text is no signature. */
static void
test_rule_in_text(void)
{
	GString *in = g_string_new("First part\n--\n");
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

	for (int i = 0; i < 30; i++)
		g_string_append_printf(in, "and here is line number %d\n", i);
	quote_split(in->str, &split);
	g_assert_nonnull(strstr(split.new_text, "line number 29"));
	g_string_free(in, TRUE);
}

static void
test_texts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

		quote_split(texts[i], &split);
		g_test_message("%s", texts[i]);
		g_assert_cmpstr(split.new_text, ==, texts[i]);
		g_assert_cmpstr(split.quoted, ==, "");
		g_assert_cmpstr(split.signature, ==, "");
		g_assert_cmpstr(split.footer, ==, "");
	}
}

static const Row rows[] = {
	{ "quote/inline-answers",
	  "Hi Ida\n\nOn 3 Nov 2026 at 10:12, Ida <i@x.com> wrote:\n"
	  "> QQ which pump?\n\nThe green one.\n\n> QQ how many?\nFour.\n"
	  "> QQ bye\n",
	  "Hi Ida\n\nThe green one.\n\nFour.", "", "" },
	{ "quote/answers-below", "> QQ which pump?\n\nThe green one.\n",
	  "The green one.", "", "" },
	{ "quote/nested", NEW "> > QQ a\n>> QQ b\n> QQ c\n", "Hello, it broke.",
	  "", "" },
	{ "quote/only-quote", Q, "", "", "" },
	{ "quote/only-forward",
	  "---------- Forwarded message ---------\nFrom: Bo <bo@x.com>\n\n" U,
	  "", "", "" },
	{ "quote/attribution-on-top-unmarked",
	  "On 3 Nov 2026 at 10:12, Bo <bo@x.com> wrote:\n\nStill broken.\n",
	  "Still broken.", "", "" },
	{ "quote/block-on-top-marked",
	  "----- Original Message -----\nFrom: Ida <i@x.dk>\n\n> QQ which?\n\n"
	  "The green.\n",
	  "The green.", "", "" },
	{ "quote/block-on-top-unmarked",
	  "Fra: Ida <i@x.dk>\nSendt: i dag\nEmne: x\n\n" U, "", "", "" },
	{ "quote/news-style",
	  "In message <1@x.dk>, Bo Hansen\nsaid:\n" Q "\nNo.\n", "No.", "",
	  "" },
	{ "quote/horde", "Zitat von Bo Hansen <bo@x.de>:\n\n" Q "\nNein.\n",
	  "Nein.", "", "" },
	{ "quote/horde-unmarked",
	  "Quoting Bo <bo@x.de>:\n\nthe pump is green\n",
	  "Quoting Bo <bo@x.de>:\n\nthe pump is green", "", "" },
	{ "quote/name-alone", "Bo Hansen wrote:\n\n" Q "\nNo.\n", "No.", "",
	  "" },
	{ "quote/text-touches-attribution",
	  "It broke.\nOn 3 Nov 2026 at 10:12, Bo <bo@x.com> wrote:\n" Q,
	  "It broke.", "", "" },
	{ "quote/number-touches-attribution",
	  "On Monday I bought 5\nOn 3 Nov 2026 at 10:12, Bo <bo@x.com> wrote:\n" Q,
	  "On Monday I bought 5", "", "" },
	{ "signature/marked", NEW "-- \nBo Hansen\nFirm\n", "Hello, it broke.",
	  "Bo Hansen\nFirm", "" },
	{ "signature/marked-no-blank", NEW "--\nBo Hansen\n",
	  "Hello, it broke.", "Bo Hansen", "" },
	{ "signature/marked-before-quote",
	  NEW "-- \nBo Hansen\n\nOn 3 Nov 2026 at 10:12, Ida wrote:\n" Q,
	  "Hello, it broke.", "Bo Hansen", "" },
	{ "signature/marked-after-quote",
	  NEW "On 3 Nov 2026 at 10:12, Ida wrote:\n" Q "\n-- \nBo Hansen\n",
	  "Hello, it broke.", "Bo Hansen", "" },
	{ "signature/closing-and-mark",
	  NEW "Regards,\nBo\n\n-- \nBo Hansen\nFirm\n",
	  "Hello, it broke.\n\nRegards,", "Bo\nBo Hansen\nFirm", "" },
	{ "signature/footer-after",
	  NEW "Mvh\nBo Hansen\n\nSendt fra min iPhone\n",
	  "Hello, it broke.\n\nMvh", "Bo Hansen", "Sendt fra min iPhone" },
	{ "signature/footer-then-quote",
	  NEW "Sendt fra min iPhone\n\nDen 3. nov. 2026 kl. 10.12 skrev Bo "
	      "<bo@x.dk>:\n\n" Q,
	  "Hello, it broke.", "", "Sendt fra min iPhone" },
	{ "signature/disclaimer-after",
	  NEW "Kind regards\nBo Hansen\n\nDisclaimer: this is nobody's "
	      "business.\n",
	  "Hello, it broke.\n\nKind regards", "Bo Hansen",
	  "Disclaimer: this is nobody's business." },
	{ "signature/postscript",
	  NEW "Best regards\nBo Hansen\n\nPS: The green one is worse.\n",
	  "Hello, it broke.\n\nBest regards\n\nPS: The green one is worse.",
	  "Bo Hansen", "" },
	{ "signature/no-closing",
	  NEW "Bo Hansen\nPurchasing Manager, Firm Ltd\n", "Hello, it broke.",
	  "Bo Hansen\nPurchasing Manager, Firm Ltd", "" },
	{ "signature/no-closing-title",
	  "Pumpen er i stykker.\n\nKenn, netværkschef\n",
	  "Pumpen er i stykker.", "Kenn, netværkschef", "" },
	{ "signature/numbers-in-groups",
	  NEW "Kind regards,\n\nBo Hansen\nHead of Procurement\n"
	      "T: +44 20 1234 5678 | M: +44 7700 900 123\n"
	      "Firm Ltd | 1 High Street | 8000 Town | Tel 12 34 56 78\n",
	  "Hello, it broke.\n\nKind regards,",
	  "Bo Hansen\nHead of Procurement\n"
	  "T: +44 20 1234 5678 | M: +44 7700 900 123\n"
	  "Firm Ltd | 1 High Street | 8000 Town | Tel 12 34 56 78",
	  "" },
	{ "signature/sentence-of-numbers",
	  NEW "Kind regards,\nBo\n"
	      "Or call me: +44 20 1234 5678, home +44 77 00 90 01 23\n",
	  "Hello, it broke.\n\nKind regards,\nBo\n"
	  "Or call me: +44 20 1234 5678, home +44 77 00 90 01 23",
	  "", "" },
	{ "signature/dbh", NEW "Dbh\nBo\n", "Hello, it broke.\n\nDbh", "Bo",
	  "" },
	{ "signature/vanligen", NEW "Vänligen,\nBo Hansen\n",
	  "Hello, it broke.\n\nVänligen,", "Bo Hansen", "" },
	{ "signature/vanligen-please",
	  "Hej\nVänligen skicka en ny\nBo Hansen\n",
	  "Hej\nVänligen skicka en ny\nBo Hansen", "", "" },
	{ "signature/on-behalf",
	  NEW "Mit freundlichen Grüßen\n\ni.A. Hans Müller\nEinkauf\n",
	  "Hello, it broke.\n\nMit freundlichen Grüßen",
	  "i.A. Hans Müller\nEinkauf", "" },
	{ "signature/closing-with-name",
	  NEW "Mvh Helle\n\nHelle Strand\nFrontendutvikler\n",
	  "Hello, it broke.\n\nMvh Helle", "Helle Strand\nFrontendutvikler",
	  "" },
	{ "signature/before-unmarked-quote",
	  NEW "Med venlig hilsen\nBo\n\nFra: Ida <i@x.dk>\nSendt: i dag\n"
	      "Til: Bo\nEmne: Pumpe\n\n" U "\nMed venlig hilsen\nIda\n",
	  "Hello, it broke.\n\nMed venlig hilsen", "Bo", "" },
	{ "signature/own-closing", NEW "In dankbarer Freude\nOttilie Brauns\n",
	  "Hello, it broke.\n\nIn dankbarer Freude", "Ottilie Brauns", "" },
	{ "signature/contact",
	  NEW "Mvh\nBo\nMobil 12 34 56 78\n(0045) 12 34 56 78\nsystem owner of "
	      "the big green Pumps\n",
	  "Hello, it broke.\n\nMvh",
	  "Bo\nMobil 12 34 56 78\n(0045) 12 34 56 78\nsystem owner of the big "
	  "green Pumps",
	  "" },
	{ "quote/rules-at-the-end", NEW "-------\n=======\n",
	  "Hello, it broke.", "", "-------\n=======" },
};

static void
test_row(const void *data)
{
	const Row *row = data;
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

	quote_split(row->in, &split);
	g_assert_cmpstr(split.new_text, ==, row->new_text);
	g_assert_cmpstr(split.signature, ==, row->signature);
	g_assert_cmpstr(split.footer, ==, row->footer);
	g_assert_true((strstr(split.quoted, "QQ") != NULL) ==
	              (strstr(row->in, "QQ") != NULL));
}

/* Twice the text takes about twice the time, whatever it is made of. */
static const char *const bombs[] = {
	"> ",
	">",
	"\n",
	"On 3 Nov 2026 at 10:12 <",
	"From: a@b\n",
	"-- \n",
	"Regards\n",
	"a:\n",
	"2026-11-03 <",
	"This e-mail ",
	"--\n\n",
	"Sent from my iPhone\n",
	"On 3 Nov 10:12 a@b\n",
	"Bo Hansen\n\n",
	"wrote:\n",
	"<\n",
	"Thanks\nBo\n",
	"________\n",
};

static double
seconds_for(const char *unit, size_t size)
{
	GString *in = g_string_new(NULL);
	g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };
	g_autoptr(GTimer) timer = NULL;
	double seconds;

	while (in->len < size)
		g_string_append(in, unit);
	timer = g_timer_new();
	quote_split(in->str, &split);
	seconds = g_timer_elapsed(timer, NULL);
	g_string_free(in, TRUE);
	return seconds;
}

static void
test_linear(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bombs); i++) {
		double whole = seconds_for(bombs[i], 256 * 1024);

		g_test_message("%.3f s '%s'", whole, bombs[i]);
		g_assert_cmpfloat(whole, <, 4.0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions(); /* show all rows that are wrong */
	g_test_add_func("/quote/attributions", test_attributions);
	g_test_add_func("/quote/blocks", test_blocks);
	g_test_add_func("/quote/texts", test_texts);
	g_test_add_func("/quote/rule-in-text", test_rule_in_text);
	rows_add("/", rows, test_row);
	g_test_add_func("/quote/linear", test_linear);
	return g_test_run();
}
