/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How mails end: closing phrases, signatures without a mark, footers.
 */
#include <glib.h>

#include "message/quote.h"

#define NEW "Hello, it broke.\n\n"

/* Closing phrases stay, names go; "/" parts the two. */
static const char *const closings[] = {
	"Med venlig hilsen/Bo Hansen\nIndkøber\nFirma A/S\nTlf. 12 34 56 78",
	"Mvh/Bo Hansen",
	"Venlig hilsen,/\nBo Hansen\nwww.firma.dk",
	"Mit freundlichen Grüßen/Bo Hansen\nLeiter Einkauf\nFirma GmbH",
	"Viele Grüße/Bo",
	"MfG/B. Hansen",
	"Med vänlig hälsning/Bo Hansson\nInköpschef\nFirma AB\n070-123 45 67",
	"Vänliga hälsningar,/Bo",
	"Med vennlig hilsen/Bo Hansen\nDaglig leder",
	"Best regards,/Bo Hansen\nPurchasing Manager\nbo@x.com",
	"Kind regards/\nBo Hansen\nFirm Ltd\n+45 12345678",
	"Yours sincerely,/Bo Hansen",
	"Thanks,/Bo",
	"Cheers/Bo",
	"Cordialement,/Bo Hansen\nResponsable achats",
	"Bien à vous/Bo Hansen",
	"Saludos cordiales,/Bo Hansen\nDirector de compras",
	"Un saludo/Bo",
	"Met vriendelijke groet,/Bo Hansen\nInkoper\nFirma BV",
	"Ystävällisin terveisin/Bo Hansen\nToimitusjohtaja\nFirma Oy",
	"Cordiali saluti/Bo Hansen\nUfficio acquisti",
	"Z poważaniem/Bo Hansen\nKierownik zakupów",
	"Pozdrawiam,/Bo",
};

static void
test_closings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(closings); i++) {
		g_auto(GStrv) parts = g_strsplit(closings[i], "/", 2);
		g_autofree char *in =
			g_strconcat(NEW, parts[0], "\n", parts[1], "\n", NULL);
		g_autofree char *expected = g_strconcat(NEW, parts[0], NULL);
		g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

		quote_split(in, &split);
		g_test_message("%s", closings[i]);
		g_assert_cmpstr(split.new_text, ==, expected);
		g_assert_cmpstr(split.signature, ==, g_strstrip(parts[1]));
	}
}

/* Mobile footers in eleven languages. */
static const char *const footers[] = {
	"Sent from my iPhone",
	"Sent from Outlook for iOS<https://aka.ms/o0ukef>",
	"Get Outlook for Android<https://aka.ms/AAb9ysg>",
	"Sent from Yahoo Mail on Android",
	"Sendt fra min iPhone",
	"Sendt fra Outlook til iOS<https://aka.ms/o0ukef>",
	"Hent Outlook til iOS<https://aka.ms/o0ukef>",
	"Sendt fra min Samsung Galaxy-smartphone.",
	"Skickat från min iPhone",
	"Hämta Outlook för Android<https://aka.ms/AAb9ysg>",
	"Von meinem iPhone gesendet",
	"Gesendet von Outlook für iOS<https://aka.ms/o0ukef>",
	"Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
	"Envoyé de mon iPhone",
	"Envoyé à partir de Outlook pour iOS<https://aka.ms/o0ukef>",
	"Enviado desde mi iPhone",
	"Obtener Outlook para Android<https://aka.ms/AAb9ysg>",
	"Verstuurd vanaf mijn iPhone",
	"Verzonden vanuit Mail voor Windows",
	"Lähetetty iPhonesta",
	"Hanki Outlook for iOS<https://aka.ms/o0ukef>",
	"Inviato da iPhone",
	"Scarica Outlook per iOS<https://aka.ms/o0ukef>",
	"Wysłane z iPhone'a",
	"Pobierz aplikację Outlook dla systemu iOS<https://aka.ms/o0ukef>",
	"Please consider the environment before printing this e-mail.",
	"This e-mail and any attachments are confidential and intended solely\n"
	"for the addressee. If you are not the intended recipient, delete it.",
	"Denne e-mail er fortrolig og kun til den rette modtager.",
	"Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der\n"
	"richtige Empfänger sind, vernichten Sie sie bitte.",
	"Detta meddelande är konfidentiellt och avsett endast för mottagaren.",
	"Ce message est confidentiel et réservé à son destinataire.",
	"Este mensaje es confidencial y va dirigido solo a su destinatario.",
	"Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde.",
	"Tämä viesti on luottamuksellinen, vain vastaanottajalle tarkoitettu.",
	"Questo messaggio è riservato ai soli destinatari.",
	"Niniejsza wiadomość jest poufna, przeznaczona tylko dla adresata.",
};

static void
test_footers(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(footers); i++) {
		g_autofree char *in = g_strconcat(NEW, footers[i], "\n", NULL);
		g_auto(QuoteSplit) split = { NULL, NULL, NULL, NULL };

		quote_split(in, &split);
		g_test_message("%s", footers[i]);
		g_assert_cmpstr(split.new_text, ==, "Hello, it broke.");
		g_assert_cmpstr(split.footer, ==, footers[i]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions(); /* show all rows that are wrong */
	g_test_add_func("/quote-end/closings", test_closings);
	g_test_add_func("/quote-end/footers", test_footers);
	return g_test_run();
}
