/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names are compared whole, never in parts: "salesperson e-mail" must not be
 * taken for the customer's. Folded, so that "Ordre-nr.", "ordre_nr" and
 * "ORDRENR" are one row. Within a column better names come first.
 */
#include "orders_names.h"

#include <string.h>

#include "base/text.h"

typedef struct Words {
	OrdersColumn column;
	const char *words; /* folded, between blanks, best first */
} Words;

/* clang-format off */
static const Words names[] = {
	{ ORDERS_ORDER,
	  " orderid orderno ordernr ordernumber ordernum ordernumb orderref"
	  " orderreference order salesorder salesorderid ordrenummer ordrenr"
	  " ordreid ordre ordernummer bestallningsnummer bestallningsnr"
	  " bestillingsnummer bestillingsnr bestellnummer bestellnr"
	  " bestellungsnummer bestellid auftragsnummer auftragsnr auftrag"
	  " numerodecommande ncommande commande idcommande numerodepedido"
	  " npedido pedido idpedido bestelnummer tilausnumero tilausnro"
	  " numeroordine nordine ordine idordine numerzamowienia"
	  " nrzamowienia idzamowienia transactionid transaction transaktionsid"
	  " transaktionsnummer invoiceno invoicenumber invoiceid invoice"
	  " fakturanummer fakturanr faktura fakturaid rechnungsnummer"
	  " rechnungsnr rechnung belegnummer belegnr numerodefacture facture"
	  " numerodefactura factura factuurnummer laskunnumero laskunro"
	  " numerofattura fattura numerfaktury bilagsnr bilagsnummer"
	  " verifikationsnummer kvitteringsnr receiptno receiptnumber"
	  " purchaseid saleid documentno documentnumber ordrenummerid " },
	{ ORDERS_DATE,
	  " orderdate dateordered ordereddate orderdato ordredato"
	  " orderdatum bestillingsdato bestallningsdatum bestelldatum"
	  " auftragsdatum datedecommande datecommande fechadepedido"
	  " fechapedido besteldatum tilauspaiva tilauspvm dataordine"
	  " datadellordine datazamowienia purchasedate dateofpurchase kobsdato"
	  " kjopsdato inkopsdatum kopdatum kaufdatum transactiondate"
	  " transaktionsdato transaktionsdatum saledate salesdate salgsdato"
	  " createdat created createddate datecreated oprettet"
	  " opprettet skapad erstelltam erstellt completedat paidat"
	  " date dato datum datetime fecha data paivamaara pvm paivays"
	  " invoicedate fakturadato fakturadatum rechnungsdatum"
	  " datedefacture datefacture fechadefactura fechafactura"
	  " factuurdatum laskunpaivamaara laskupvm datafattura datafaktury"
	  " belegdatum buchungsdatum bogforingsdato bokforingsdato"
	  " bokforingsdatum timestamp tidspunkt " },
	{ ORDERS_AMOUNT,
	  " amount orderamount ordertotal totalamount total ordervalue"
	  " grandtotal totalprice nettotal netamount amountnet revenue value"
	  " belob ordrebelob beloeb ordrebeloeb totalbelob ordretotal total"
	  " ialt netto nettobelob ordrevardi ordreverdi summa ordersumma"
	  " ordresum sum belopp orderbelopp totalbelopp totalsumma nettobelopp"
	  " belop totalbelop totalsum nettobelop betrag bestellbetrag"
	  " gesamtbetrag gesamtsumme bestellwert bestellsumme auftragswert"
	  " nettobetrag rechnungsbetrag umsatz summe gesamt omsaetning"
	  " omsattning omsetning montant montanttotal totalcommande importe"
	  " importetotal monto bedrag totaalbedrag totaal orderbedrag"
	  " maara yhteensa loppusumma importo totale importototale kwota"
	  " suma wartosc fakturabelob fakturabelopp fakturabelop invoiceamount"
	  " invoicetotal price pris preis prix precio prijs hinta prezzo cena"
	  " subtotal brutto bruttobelob bruttobelopp bruttobetrag"
	  " grossamount monetaryvalue spend sales salesamount " },
	{ ORDERS_CURRENCY,
	  " currency currencycode ordercurrency valuta valutakode valutakod"
	  " valutacode wahrung waehrung wahrungscode devise moneda divisa munt"
	  " muntsoort valuutta moneta waluta isocurrency " },
	{ ORDERS_EMAIL,
	  " email emailaddress customeremail mail mailaddress epost"
	  " epostadress epostadresse emailadresse mailadresse mailadress"
	  " emailadres kundemail kundeemail kundemailadresse kundepost"
	  " kundensemail kundenemail kundenmail kundepost epostkunde"
	  " billingemail billingemailaddress invoiceemail shippingemail"
	  " contactemail kontaktemail kontaktmail kontaktepost email1 email2"
	  " email3 emailaddress1 emailaddress2 secondaryemail primaryemail"
	  " privateemail workemail adressemail courriel adresseemail mel"
	  " correo correoelectronico direcciondecorreo sahkoposti"
	  " sahkopostiosoite indirizzoemail postaelettronica"
	  " adresemail adresmail buyeremail useremail fakturaemail"
	  " fakturamail rechnungsemail " },
	{ ORDERS_CUSTOMER,
	  " customerid customerno customernumber customernr customer custid"
	  " custno clientid clientno clientnumber client accountid accountno"
	  " accountnumber debtorno debtornumber kundenummer kundenr kundeid"
	  " kundnummer kundnr kundid kundennummer kundennr kundenid"
	  " debitornr debitornummer debitorennummer debitor debitorno kunde"
	  " kund numerodeclient numeroclient nclient idclient codeclient"
	  " numerodecliente numerocliente ncliente idcliente codigocliente"
	  " codigodecliente klantnummer klantnr klantid debiteurnummer"
	  " asiakasnumero asiakasnro asiakasid numerocliente codicecliente"
	  " numerklienta nrklienta idklienta kontonr kontonummer userid"
	  " memberid medlemsnummer medlemsnr mitgliedsnummer buyerid"
	  " contactid " },
	{ ORDERS_DOMAIN,
	  " companydomain domain maildomain emaildomain webdomain domaene"
	  " domane domene doman companywebsite website webseite hjemmeside"
	  " hemsida nettside firmadomaene firmadomene firmendomain"
	  " foretagsdoman domaine dominio domein verkkotunnus domena " },
	{ ORDERS_TYPE,
	  " ordertype transactiontype type documenttype doctype recordtype"
	  " ordretype ordertyp transaktionstype transaktionstyp belegart"
	  " auftragsart bilagstype typ tyyppi tipo soort " },
	{ ORDERS_STATUS,
	  " orderstatus status ordrestatus bestellstatus bestellungsstatus"
	  " auftragsstatus financialstatus paymentstatus statut estado stato"
	  " tila " },
	{ ORDERS_REFERS,
	  " originalorder originalorderid originalordernumber parentorder"
	  " parentorderid parentid refundof refundedorder refersto"
	  " creditedorder creditedinvoice originalinvoice oprindeligordre"
	  " ursprungligorder opprinneligordre krediteretordre"
	  " ursprungsauftrag ursprungsbestellung originalbestellung "
	  " relatedorder " },
	{ ORDERS_CONSENT,
	  " consent consentlevel profilingconsent gdprconsent samtykke"
	  " samtykkeniveau samtykkeniva samtycke samtyckesniva einwilligung"
	  " einwilligungsstufe consentement consentimiento toestemming"
	  " suostumus consenso zgoda " },
};

static const Words types[] = {
	{ (OrdersColumn)ORDERS_REFUND,
	  " refund refunded refunds return returned returns credit credited"
	  " creditnote creditmemo cm chargeback reversal reversed kreditnota"
	  " kreditnotat kreditnote kreditering krediteret krediterad kreditert"
	  " kreditfaktura kredit retur returnering returneret returnerad"
	  " returnert refusjon refundert refunderet refundering tilbagebetaling"
	  " tilbagebetalt tilbakebetaling aterbetalning aterbetald retour"
	  " gutschrift storno stornorechnung erstattung erstattet"
	  " ruckerstattung rueckerstattung retoure ruckgabe korrekturrechnung"
	  " avoir remboursement rembourse retourne devolucion reembolso"
	  " abono devuelto creditnota creditfactuur retourzending"
	  " terugbetaling hyvitys hyvityslasku palautus notadicredito"
	  " rimborso rimborsato reso korekta zwrot notakorygujaca " },
	{ (OrdersColumn)ORDERS_VOID,
	  " cancelled canceled cancel void voided failed draft deleted"
	  " rejected declined expired abandoned annulleret"
	  " annullert annulert kansellert avbestilt avbestalld annullerad"
	  " makulerad makuleret slettet storniert abgebrochen"
	  " fehlgeschlagen abgelehnt geloscht annule annulee cancelado"
	  " cancelada anulado anulada geannuleerd peruttu peruutettu"
	  " annullato annullata anulowane anulowany offer quote tilbud"
	  " offert tilbudd angebot " },
};
static const Words consents[] = {
	{ (OrdersColumn)ORDERS_CONSENT_NONE,
	  " none 0 no n false nej nei nein ingen keine kein aucun non nee"
	  " geen ei nessuno nie brak denied withdrawn " },
	{ (OrdersColumn)ORDERS_CONSENT_BASIC,
	  " basic 1 grundlaggende grundlaggande grunnleggende einfach"
	  " profile " },
	{ (OrdersColumn)ORDERS_CONSENT_FULL,
	  " full 2 yes y true ja fuld fullt voll oui si kylla tak all granted"
	  " " },
};
static const char placeholders[] =
	" 0 00 000 0000 00000 na none null nil guest gast gaest gjest guestcheckout"
	" unknown ukendt ukjent okand unbekannt anonymous anonym anonymous"
	" cash kontant kontantkunde kontantkund barverkauf diverse diverses"
	" invite invitado ospite gosc vieras gasten webshop pos test x xx xxx ";
/* clang-format on */

/* Letters that NFKD does not take apart. */
static const struct {
	gunichar letter;
	const char *folded;
} plain[] = {
	{ 0xe6, "ae" }, { 0xf8, "o" },  { 0x153, "oe" },
	{ 0x142, "l" }, { 0x111, "d" }, { 0xf0, "d" },
};

static void
add_letter(GString *out, gunichar c)
{
	if (c < 0x80) {
		if (g_ascii_isalnum((char)c))
			g_string_append_c(out, (char)c);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
		if (plain[i].letter == c)
			g_string_append(out, plain[i].folded);
}

void
orders_name_fold(const char *name, char folded[NAME_BYTES])
{
	g_autofree char *start = g_utf8_substring(
		name, 0, MIN(g_utf8_strlen(name, -1), NAME_BYTES));
	g_autofree char *lower = g_utf8_casefold(start, -1);
	g_autofree char *apart = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKD);
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *p = apart ? apart : ""; *p; p = g_utf8_next_char(p))
		add_letter(out, g_utf8_get_char(p));
	g_strlcpy(folded, out->str, NAME_BYTES);
}

/* How many words stand before it, or -1. */
static int
place_in(const char *words, const char *folded)
{
	char wanted[NAME_BYTES + 2];
	const char *found;
	int place = 0;

	g_snprintf(wanted, sizeof(wanted), " %s ", folded);
	found = folded[0] != '\0' ? strstr(words, wanted) : NULL;
	if (found == NULL)
		return -1;
	for (const char *p = words; p < found; p++)
		place += *p == ' ';
	return place;
}

static const Words *
row_of(const Words *rows, size_t n, const char *folded, unsigned *ret_rank)
{
	for (size_t i = 0; i < n; i++) {
		int place = place_in(rows[i].words, folded);

		if (place >= 0) {
			*ret_rank = (unsigned)place;
			return &rows[i];
		}
	}
	return NULL;
}

bool
orders_name_find(const char *folded, OrdersColumn *ret_column,
                 unsigned *ret_rank)
{
	const Words *row = row_of(names, G_N_ELEMENTS(names), folded, ret_rank);

	if (row != NULL)
		*ret_column = row->column;
	return row != NULL;
}

OrdersType
orders_type_of(const char *cell)
{
	char folded[NAME_BYTES];
	const Words *row;
	unsigned rank;

	if (cell[0] == '\0')
		return ORDERS_SALE;
	orders_name_fold(cell, folded);
	row = row_of(types, G_N_ELEMENTS(types), folded, &rank);
	return row != NULL ? (OrdersType)row->column : ORDERS_SALE;
}

int
orders_consent_of(const char *cell)
{
	char folded[NAME_BYTES];
	const Words *row;
	unsigned rank;

	if (cell[strspn(cell, " \t")] == '\0')
		return -1;
	orders_name_fold(cell, folded);
	row = row_of(consents, G_N_ELEMENTS(consents), folded, &rank);
	return row != NULL ? (int)row->column : -2;
}

bool
orders_is_placeholder(const char *cell)
{
	char folded[NAME_BYTES];

	if (strspn(cell, "0123456789") == strlen(cell))
		return strspn(cell, "0") == strlen(cell);
	orders_name_fold(cell, folded);
	if (folded[0] == '\0')
		return text_is_printable_ascii(cell);
	return place_in(placeholders, folded) >= 0;
}
