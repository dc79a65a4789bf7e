/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists that a translator can read. What is missing in the last one costs a
 * greeting to a department by its name; a name too many in it, a greeting
 * without a name. Words that are common first names stay out of it.
 */
#include "person_words.h"

#include <stddef.h>
#include <string.h>

#define W(words) " " words " "

static const char *const titles = W(
	"dr drs prof professor mr mrs ms miss mx sir dame lord lady madam "
	"hr herr herrn fr frau frk fru fröken frøken frau dipl ing dipl-ing "
	"mag dott dottssa dr-ing drmed sig sigra signor signora sr sra srta m mme "
	"mlle monsieur madame dhr mevr mw meneer mevrouw pan pani rouva cand "
	"stud rev civ civing direktør direktör direktor");

static const char *const suffixes =
	W("jr sr ii iii iv phd ph d md mba msc bsc ma ba llm cpa esq dds dipl "
          "bc mag rn pmp cissp dr prof ing dipl-ing");

static const char *const particles =
	W("von van vom zum zur zu de del della delle di da dal dos das do du "
          "des der den het ten ter te la le el al bin ibn ben af av ap y "
          "san st mac mc o' d' 't");

static const char *const companies =
	W("as aps ab asa gmbh ag kg kgaa ohg ug mbh ltd limited inc llc llp "
          "lp corp corporation co company companies plc bv nv sa sas sarl spa "
          "srl oy oyj ivs hb kb ev se sro spzoo is ks pty holding holdings "
          "group gruppe gruppen grupp gruppo groupe grupo konzern koncern "
          "international global nordic nordisk scandinavia scandinavian europe "
          "denmark sweden norway germany danmark sverige norge deutschland "
          "solutions consulting consult consultants technologies technology "
          "tech systems system systemer software digital media studio studios "
          "labs partners partner advokater advokatfirma advokatbyrå anwälte "
          "kanzlei industries industri industrie industries engineering "
          "maskinfabrik fabrik fabrikk factory werk werke bau byg bygg el vvs "
          "transport logistik logistics spedition shipping handel handels "
          "trading import export imports bank sparekasse sparkasse bank "
          "forsikring försäkring versicherung insurance hotel restaurant café "
          "cafe bageri bäckerei bakery apotek apotheke pharmacy klinik clinic "
          "hospital sygehus krankenhaus skole schule school universitet "
          "universität university kommune kommun gemeinde stadt stad museum "
          "forening verein förening foundation fonden stiftung stiftelse "
          "shop store butik webshop onlineshop boutique web online net com "
          "dk no firma firmaet foretag företag virksomhed bedrift");

static const char *const roles = W(
	"support supportteam service services kundeservice kundservice "
	"kundenservice kundesenter kundecenter kundtjänst kundetjeneste "
	"customer customers kunde kunden kunder care desk helpdesk helpline "
	"hotline help hjælp hjälp hjelp hilfe sales salg salgs försäljning "
	"salgsafdeling vertrieb verkauf faktura fakturaer fakturering "
	"fakturor invoice invoices invoicing billing betaling betalning "
	"payment payments bogholderi bogholder bokföring regnskab regnskap "
	"økonomi ekonomi finance finanz buchhaltung buchhalter accounts "
	"accounting kreditor debitor einkauf indkøb inköp innkjøp innkøp "
	"purchasing procurement purchase orders order ordre ordrer bestilling "
	"bestillinger beställning bestellung bestellungen booking "
	"reservation reservations admin administration administrator "
	"administrasjon verwaltung office kontor kontoret büro bureau info "
	"information informasjon kontakt contact mail post postmaster "
	"webmaster hostmaster abuse root noreply no-reply donotreply reply "
	"reception receptionen rezeption empfang hello hi hej hei hallo "
	"team teamet hr it edb ict drift operations ops technik teknik "
	"tekniker technical teknisk technische marketing markedsføring "
	"marknadsföring newsletter nyhedsbrev nyhetsbrev presse press pr "
	"media lager warehouse logistik dispatch versand fragt afdeling "
	"afdelingen avdeling avdelning abteilung department dept division "
	"sekretariat sekretær secretary assistant assistent manager chef "
	"leder leiter leiterin director direktion ledelse management ceo cto "
	"cfo coo cio head lead owner engineer ingeniør ingenjör ingenieur "
	"developer udvikler utvecklare utvikler entwickler konsulent "
	"consultant specialist koordinator coordinator projektleder "
	"projektledare prosjektleder projektleiter projekt project product "
	"technician montør operatör operator user bruger användare bruker "
	"benutzer test tester testing system alerts alert notification "
	"notifications monitoring security jobs job career karriere shop "
	"familie familien familjen familj family perhe eheleute ehepaar "
	"ehepartner ægteparret husstanden hushållet praxis arztpraxis "
	"zahnarztpraxis praksis lægepraksis lægehuset tandlægen "
	"tandlægerne lægerne arztpraxen gemeinschaftspraxis "
	"undefined unknown null none anonymous guest gast gæst gäst");

static const char *const closings = W(
	"mvh vh bh kh mhh venlig venlige vennlig vänlig vänliga hilsen hilsner "
	"hilsning hälsning hälsningar kærlig bedste beste bästa best kind "
	"warm regards sincerely mfg vg lg bg mit freundliche freundlichen "
	"grüße grüßen gruß gruss grüsse viele liebe herzliche herzlichen "
	"med de kærligste hilsen hilsen cordialement groet groeten saludos "
	"saluti terveisin pozdrawiam");

static const char *const phrases =
	W("mvh venlig venlige vennlig vänlig vänliga hilsen hilsner hilsning "
          "hälsning hälsningar kærlig bedste beste bästa best kind warm "
          "regards greetings sincerely cheers thanks thank tak tack takk danke "
          "dank vielen mit mfg vg lg bg freundliche freundlichen grüße grüßen "
          "gruß gruss grüsse beste viele liebe lieben herzliche herzlichen "
          "från from fra sendt sent skickat sendt gesendet via on behalf "
          "of the and og och und oder et en ja an auf vegne dear kære kära "
          "kjære hello your yours you "
          "me i we us our vi os oss ich wir uns please click here ignore "
          "previous instructions attention urgent important vigtigt viktigt "
          "wichtig re sv vs aw fwd fw iphone ipad android outlook mobil mobile "
          "phone tel telefon telefax fax tlf direct direkte cvr vat mva moms "
          "ust-id www http https adresse address street vej gade gata väg "
          "straße strasse weg platz plads plass park allé");

/* True when `list` has ` word `. */
static bool
has(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}

bool
person_word_is(PersonWord kind, const char *word)
{
	if (word[0] == '\0' || strchr(word, ' ') != NULL)
		return false;
	switch (kind) {
	case PERSON_TITLE:
		return has(titles, word);
	case PERSON_SUFFIX:
		return has(suffixes, word);
	case PERSON_PARTICLE:
		return has(particles, word);
	case PERSON_CLOSING:
		return has(closings, word);
	default:
		return has(companies, word) || has(roles, word) ||
		       has(phrases, word);
	}
}
