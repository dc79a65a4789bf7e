/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain lists, walked through: lines looked up here are short and few.
 */
#include "quote_words.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

#include "quote_lines.h"

static const char *const starts_strong[] = {
	/* en */
	"best regards", "kind regards", "warm regards", "regards",
	"best wishes", "yours sincerely", "yours faithfully", "yours truly",
	"sincerely", "respectfully", "cordially", "cheers", "all the best",
	"br", "kr", "rgds", "best,", "with kind regards", "with best regards",
	"many thanks and", "kindest regards", "yours", "take care", "warmly",
	/* da nb */
	"med venlig hilsen", "venlig hilsen", "med hilsen", "de bedste hilsner",
	"bedste hilsner", "hilsen", "hilsner", "mvh", "vh", "kh", "dbh",
	"mange hilsner", "de venligste hilsner", "ærbødigst",
	"med venlige hilsner", "hilsen fra", "kærlig hilsen",
	"med vennlig hilsen", "vennlig hilsen", "hilsning", "beste hilsen",
	"med respekt", "de bedste hilsener", "høfligst", "alt godt",
	/* sv */
	"med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar",
	"vänlig hälsning", "hälsningar", "hälsning", "m.v.h.", "mvh.",
	"högaktningsfullt", "bästa hälsningar", "allt gott", "ha det gott",
	"ha det bra", "vänligen,",
	/* de */
	"mit freundlichen grüssen", "mit freundlichem gruss",
	"freundliche grüsse", "viele grüsse", "beste grüsse", "liebe grüsse",
	"herzliche grüsse", "schöne grüsse", "gruss", "grüsse", "mfg", "lg",
	"vg", "bg", "hochachtungsvoll", "mit besten grüssen",
	"mit vorzüglicher hochachtung", "freundlichst", "pfiat", "servus",
	"mit lieben grüssen",
	/* fr */
	"cordialement", "bien cordialement", "bien à vous", "salutations",
	"sincères salutations", "meilleures salutations", "cdlt", "cdt",
	"respectueusement", "amicalement", "veuillez agréer", "bonne journée",
	/* es */
	"saludos", "un saludo", "atentamente", "cordialmente",
	"saludos cordiales", "un cordial saludo", "atte",
	"reciba un cordial saludo", "un abrazo",
	/* nl */
	"met vriendelijke groet", "met vriendelijke groeten",
	"vriendelijke groet", "vriendelijke groeten", "groeten", "groetjes",
	"groet", "hoogachtend", "mvg", "met hartelijke groet",
	"hartelijke groet",
	/* fi */
	"ystävällisin terveisin", "terveisin", "parhain terveisin", "t.",
	"terv.", "ystävällisesti", "kunnioittavasti", "yst. terv.", "terveiset",
	/* it */
	"cordiali saluti", "distinti saluti", "saluti", "un saluto",
	"cordialmente", "un cordiale saluto", "in fede",
	/* pl */
	"z poważaniem", "pozdrawiam", "pozdrowienia", "z wyrazami szacunku",
	"serdecznie pozdrawiam", "łączę wyrazy szacunku", "pozdr",
	"z szacunkiem"
};

static const char *const starts_weak[] = { "thanks",
	                                   "thank you",
	                                   "many thanks",
	                                   "thx",
	                                   "ta,",
	                                   "tak",
	                                   "mange tak",
	                                   "på forhånd tak",
	                                   "tusind tak",
	                                   "takk",
	                                   "tusen takk",
	                                   "på forhånd takk",
	                                   "med tak",
	                                   "med takk",
	                                   "tack",
	                                   "tack på förhand",
	                                   "stort tack",
	                                   "tack så mycket",
	                                   "med tack",
	                                   "danke",
	                                   "vielen dank",
	                                   "besten dank",
	                                   "herzlichen dank",
	                                   "danke im voraus",
	                                   "merci",
	                                   "merci d'avance",
	                                   "gracias",
	                                   "muchas gracias",
	                                   "bedankt",
	                                   "alvast bedankt",
	                                   "dank u",
	                                   "dank je",
	                                   "kiitos",
	                                   "kiitos etukäteen",
	                                   "grazie",
	                                   "grazie mille",
	                                   "dziękuję",
	                                   "z góry dziękuję",
	                                   "dzięki",
	                                   "de bedste",
	                                   "bedste",
	                                   "much appreciated",
	                                   "appreciated" };

static const char *const starts_free[] = { "mit", "in",   "med", "with", "met",
	                                   "con", "avec", "z",   "i" };

static const char *const words_closing[] = {
	"regards",     "greetings",    "wishes",        "sincerely",
	"faithfully",  "hilsen",       "hilsner",       "hilsener",
	"hilsenen",    "hälsning",     "hälsningar",    "grüsse",
	"grüssen",     "gruss",        "grüsst",        "hochachtung",
	"salutations", "saludos",      "saludo",        "groet",
	"groeten",     "saluti",       "terveisin",     "pozdrowieniami",
	"pozdrawiam",  "appreciation", "verbundenheit", "hilsing",
	"helsing",     "hälsar",       "hilser",        "hochachtungsvollen"
};

static const char *const words_contact[] = {
	"tel",       "tlf",       "tlf.",      "telefon", "phone",  "mob",
	"mobil",     "mobile",    "cell",      "fax",     "direct", "direkte",
	"t",         "m",         "p",         "puh",     "puh.",   "gsm",
	"telefoon",  "teléfono",  "téléphone", "cvr",     "cvr-nr", "org.nr",
	"ust-id",    "durchwahl", "direkt",    "kom",     "kom.",   "móvil",
	"cellulare", "ph"
};

static const char *const words_company[] = {
	"a/s", "aps",   "i/s",  "k/s",   "p/s",       "amba", "ab",
	"hb",  "asa",   "as",   "gmbh",  "ag",        "kg",   "ohg",
	"ug",  "e.v",   "ltd",  "ltd.",  "limited",   "inc",  "inc.",
	"llc", "plc",   "corp", "sarl",  "s.a.r.l",   "sas",  "s.a",
	"s.l", "bv",    "b.v",  "nv",    "n.v",       "oy",   "oyj",
	"srl", "s.r.l", "spa",  "s.p.a", "sp. z o.o", "s.c"
};

static const char *const words_sentence[] = {
	/* en */
	"i'm", "i'd", "i'll", "i've", "you", "your", "is", "are", "was",
	"please", "can", "could", "would", "should", "have", "has", "don't",
	"not", "what", "when", "how", "why", "this", "that", "let", "need",
	"call", "send", "if", "just", "will",
	/* da nb sv */
	"jeg", "jeg har", "vi", "dere", "din", "deres", "det", "er", "var",
	"min", "kan", "skal", "vil", "har", "ikke", "hvad", "hva", "hvornår",
	"når", "hvordan", "hvorfor", "jag", "ni", "era", "är", "kan ni", "inte",
	"vad", "hur", "varför", "mig", "meg", "os", "oss", "bare", "men",
	"hvis", "som", "så", "ring", "send", "giv", "gi", "skicka", "den",
	"dette", "nu", "nå",
	/* de */
	"ich", "wir", "sie", "ihr", "es", "ist", "sind", "war", "mein", "bitte",
	"kann", "können", "könnte", "haben", "habe", "nicht", "was", "wann",
	"wie", "warum", "das", "dass", "wenn", "mir", "mich", "uns", "aber",
	"noch", "schon", "auch", "nur",
	/* fr es nl fi it pl */
	"nous", "vous", "c'est", "est", "pouvez", "pas", "que", "quand", "yo",
	"nosotros", "usted", "ustedes", "puede", "pueden", "qué", "ik", "wij",
	"jullie", "kunt", "kan", "niet", "wat", "minä", "voitteko", "mitä",
	"io", "noi", "potete", "può", "non", "ja", "czy", "nie", "proszę"
};

static const char *const parts_title[] = {
	/* shared */
	"manager",
	"director",
	"direktør",
	"direktör",
	"direktor",
	"engineer",
	"ingeniør",
	"ingenjör",
	"ingenieur",
	"inżynier",
	"ingegnere",
	"ingeniero",
	"insinööri",
	"developer",
	"udvikler",
	"utvikler",
	"utvecklare",
	"entwickl",
	"ontwikkelaar",
	"kehittäjä",
	"sviluppat",
	"développeur",
	"desarrollador",
	"programist",
	"programmør",
	"programmerare",
	"programmierer",
	"technician",
	"tekniker",
	"techniker",
	"technicien",
	"técnico",
	"technicus",
	"tecnico",
	"teknikko",
	"asentaja",
	"montør",
	"montör",
	"monteur",
	"mechanic",
	"mekaniker",
	"mechaniker",
	"electrician",
	"elektriker",
	"elektromont",
	"plumber",
	"vvs",
	"purchas",
	"procurement",
	"buyer",
	"indkøb",
	"innkjøp",
	"inköp",
	"einkauf",
	"einkäufer",
	"inkoop",
	"inkoper",
	"acheteu",
	"achats",
	"compras",
	"acquisti",
	"ostaja",
	"zakup",
	"accountant",
	"accounting",
	"bookkeep",
	"accounts",
	"bogholder",
	"bogholderi",
	"regnskab",
	"regnskap",
	"økonomi",
	"ekonomi",
	"redovisning",
	"buchhalt",
	"buchhaltung",
	"boekhoud",
	"comptab",
	"contab",
	"kirjanpit",
	"księgow",
	"leder",
	"ledare",
	"leiter",
	"leitung",
	"leitender",
	"chef",
	"sjef",
	"chief",
	"officer",
	"ceo",
	"cto",
	"cfo",
	"coo",
	"head of",
	"owner",
	"founder",
	"indehaver",
	"innehaver",
	"ägare",
	"inhaber",
	"eigenaar",
	"gérant",
	"titolare",
	"omistaja",
	"właściciel",
	"geschäftsführ",
	"päällikkö",
	"johtaja",
	"kierownik",
	"dyrektor",
	"responsab",
	"administrator",
	"administratör",
	"sysadmin",
	"devops",
	"frontend",
	"backend",
	"software",
	"koordinator",
	"coordinator",
	"samordnare",
	"koordinatör",
	"konsulent",
	"consultant",
	"konsult",
	"berater",
	"supervisor",
	"foreman",
	"operatør",
	"operatör",
	"operator",
	"bediener",
	"drift",
	"vedligehold",
	"vedlikehold",
	"underhåll",
	"maintenance",
	"instandhaltung",
	"wartung",
	"service desk",
	"assistent",
	"assistant",
	"sekretær",
	"sekreterare",
	"sekretariat",
	"secretary",
	"department",
	"afdeling",
	"avdeling",
	"avdelning",
	"abteilung",
	"office manager",
	"pedel",
	"vaktmester",
	"vaktmästare",
	"hausmeister",
	"reparatør",
	"reparatör",
	"smed",
	"tømrer",
	"snedker",
	"rørlegger",
	"rörmokare",
	"installatør",
	"installatör",
	"planlægger",
	"planner",
	"architect",
	"arkitekt",
	"analyst",
	"analytiker",
	"rektor",
	"professor",
	"läkare",
	"lærer",
	"lehrer",
	"teacher",
	"student",
	"kamrer",
	"webmaster",
	"it-",
	"netværk",
	"nettverk",
	"nätverk",
	"netzwerk",
	"logistik",
	"logistic",
	"lager",
	"warehouse",
	"dispatch",
	"disponent",
	"produktion",
	"production",
	"facility",
	"ejendom",
	"fastighet",
	"verkfører",
	"verkmästare",
	"meister",
	"mester",
	"technical",
	"teknisk",
	"support lead",
	"controller"
};

typedef struct List {
	const char *const *words;
	size_t n;
} List;

#define LIST(words)                                                            \
	{                                                                      \
		words, G_N_ELEMENTS(words)                                     \
	}

static const List lists[QUOTE_WORDS_N] = {
	[QUOTE_STARTS_STRONG] = LIST(starts_strong),
	[QUOTE_STARTS_WEAK] = LIST(starts_weak),
	[QUOTE_STARTS_FREE] = LIST(starts_free),
	[QUOTE_WORDS_CLOSING] = LIST(words_closing),
	[QUOTE_WORDS_CONTACT] = LIST(words_contact),
	[QUOTE_WORDS_COMPANY] = LIST(words_company),
	[QUOTE_WORDS_SENTENCE] = LIST(words_sentence),
	[QUOTE_PARTS_TITLE] = LIST(parts_title),
};

bool
quote_starts_with(const char *fold, QuoteWords list)
{
	for (size_t i = 0; i < lists[list].n; i++) {
		const char *word = lists[list].words[i];
		size_t n;

		/* most differ here: no call for them */
		if (word[0] != fold[0])
			continue;
		n = strlen(word);
		if (strncmp(fold, word, n) == 0 && !g_ascii_isalnum(fold[n]) &&
		    (fold[n] & 0x80) == 0)
			return true;
	}
	return false;
}

bool
quote_has_word(const char *fold, QuoteWords list)
{
	for (size_t i = 0; i < lists[list].n; i++)
		if (quote_find_word(fold, lists[list].words[i]) != NULL)
			return true;
	return false;
}

bool
quote_has_part(const char *fold, QuoteWords list)
{
	for (size_t i = 0; i < lists[list].n; i++)
		if (strstr(fold, lists[list].words[i]) != NULL)
			return true;
	return false;
}
