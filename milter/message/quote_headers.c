/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Outlook and forwards put a copy of the header before what they quote. It is
 * believed when it names a sender and a subject and one thing more, or when
 * the sender or recipient is an address: "From: Aarhus, To: Berlin, Date:
 * Friday" is somebody's transport order. A sender with his address and a
 * subject alone is what contact forms put above the text (WordPress does).
 */
#include "quote_lines.h"

#include <string.h>

#define BLOCK_LINES 14
#define LABEL_BYTES_MAX 30
#define DIVIDER_BYTES_MIN 12

typedef enum Role {
	ROLE_NONE = 0,
	ROLE_FROM = 1 << 0,
	ROLE_SENT = 1 << 1,
	ROLE_TO = 1 << 2,
	ROLE_SUBJECT = 1 << 3,
	ROLE_OTHER = 1 << 4,
	ROLE_ADDRESS = 1 << 5, /* an address stands after From or To */
} Role;

static const struct Label {
	const char *text;
	Role role;
} labels[] = {
	{ "from", ROLE_FROM },
	{ "fra", ROLE_FROM },
	{ "från", ROLE_FROM },
	{ "von", ROLE_FROM },
	{ "de", ROLE_FROM },
	{ "van", ROLE_FROM },
	{ "lähettäjä", ROLE_FROM },
	{ "da", ROLE_FROM },
	{ "od", ROLE_FROM },
	{ "afsender", ROLE_FROM },
	{ "avsender", ROLE_FROM },
	{ "avsändare", ROLE_FROM },
	{ "absender", ROLE_FROM },
	{ "expéditeur", ROLE_FROM },
	{ "remitente", ROLE_FROM },
	{ "mittente", ROLE_FROM },
	{ "nadawca", ROLE_FROM },
	{ "afzender", ROLE_FROM },
	{ "от", ROLE_FROM },
	{ "发件人", ROLE_FROM },
	{ "sent", ROLE_SENT },
	{ "date", ROLE_SENT },
	{ "sendt", ROLE_SENT },
	{ "dato", ROLE_SENT },
	{ "skickat", ROLE_SENT },
	{ "datum", ROLE_SENT },
	{ "gesendet", ROLE_SENT },
	{ "envoyé", ROLE_SENT },
	{ "enviado", ROLE_SENT },
	{ "fecha", ROLE_SENT },
	{ "enviado el", ROLE_SENT },
	{ "verzonden", ROLE_SENT },
	{ "lähetetty", ROLE_SENT },
	{ "päivämäärä", ROLE_SENT },
	{ "päiväys", ROLE_SENT },
	{ "inviato", ROLE_SENT },
	{ "data", ROLE_SENT },
	{ "wysłano", ROLE_SENT },
	{ "data wysłania", ROLE_SENT },
	{ "envoyé le", ROLE_SENT },
	{ "date d'envoi", ROLE_SENT },
	{ "gesendet am", ROLE_SENT },
	{ "sendt den", ROLE_SENT },
	{ "pvm", ROLE_SENT },
	{ "to", ROLE_TO },
	{ "til", ROLE_TO },
	{ "till", ROLE_TO },
	{ "an", ROLE_TO },
	{ "à", ROLE_TO },
	{ "para", ROLE_TO },
	{ "aan", ROLE_TO },
	{ "vastaanottaja", ROLE_TO },
	{ "a", ROLE_TO },
	{ "do", ROLE_TO },
	{ "destinataire", ROLE_TO },
	{ "modtager", ROLE_TO },
	{ "mottaker", ROLE_TO },
	{ "mottagare", ROLE_TO },
	{ "empfänger", ROLE_TO },
	{ "destinatario", ROLE_TO },
	{ "adresat", ROLE_TO },
	{ "pour", ROLE_TO },
	{ "subject", ROLE_SUBJECT },
	{ "emne", ROLE_SUBJECT },
	{ "ämne", ROLE_SUBJECT },
	{ "betreff", ROLE_SUBJECT },
	{ "objet", ROLE_SUBJECT },
	{ "asunto", ROLE_SUBJECT },
	{ "onderwerp", ROLE_SUBJECT },
	{ "aihe", ROLE_SUBJECT },
	{ "oggetto", ROLE_SUBJECT },
	{ "temat", ROLE_SUBJECT },
	{ "assunto", ROLE_SUBJECT },
	{ "vedr", ROLE_SUBJECT },
	{ "тема", ROLE_SUBJECT },
	{ "sujet", ROLE_SUBJECT },
	{ "cc", ROLE_OTHER },
	{ "kopi", ROLE_OTHER },
	{ "kopia", ROLE_OTHER },
	{ "kopie", ROLE_OTHER },
	{ "kopio", ROLE_OTHER },
	{ "reply-to", ROLE_OTHER },
	{ "risposta", ROLE_OTHER },
	{ "dw", ROLE_OTHER },
	{ "importance", ROLE_OTHER },
	{ "prioritet", ROLE_OTHER },
	{ "priorität", ROLE_OTHER },
	{ "wichtigkeit", ROLE_OTHER },
	{ "attachments", ROLE_OTHER },
	{ "vedhæftede filer", ROLE_OTHER },
	{ "anlagen", ROLE_OTHER },
	{ "svar til", ROLE_OTHER },
	{ "antwort an", ROLE_OTHER },
	{ "bcc", ROLE_OTHER },
	{ "répondre à", ROLE_OTHER },
	{ "prioridad", ROLE_OTHER },
};

static bool
is_label(const char *fold, size_t n, const char *label)
{
	return strncmp(fold, label, n) == 0 && label[n] == '\0';
}

static Role
label_role(const QuoteLine *line)
{
	const char *fold = line->fold;
	size_t n = 0;
	const char *value;

	while (n < LABEL_BYTES_MAX && fold[n] != ':' && fold[n] != '\0')
		n++;
	value = fold + n;
	if (*value != ':')
		return ROLE_NONE;
	while (n > 0 && fold[n - 1] == ' ')
		n--;
	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
		Role role = labels[i].role;

		if (!is_label(fold, n, labels[i].text))
			continue;
		if ((role & (ROLE_FROM | ROLE_TO)) != 0 &&
		    strchr(value, '@') != NULL)
			role |= ROLE_ADDRESS;
		return role;
	}
	return ROLE_NONE;
}

static unsigned
count_roles(Role roles)
{
	unsigned n = 0;

	for (unsigned bit = ROLE_FROM; bit <= ROLE_SUBJECT; bit <<= 1)
		n += ((unsigned)roles & bit) != 0;
	return n;
}

static bool
is_convincing(Role roles)
{
	if ((roles & ROLE_FROM) == 0)
		return false;
	if ((roles & ROLE_ADDRESS) != 0)
		return (roles & (ROLE_SENT | ROLE_TO)) != 0;
	return (roles & ROLE_SUBJECT) != 0 && count_roles(roles) >= 3;
}

size_t
quote_header_block(const QuoteLines *lines, size_t i)
{
	Role roles = label_role(&lines->at[i]);
	size_t wrapped = 0;
	size_t n = 1;

	if (roles == ROLE_NONE || roles == ROLE_OTHER)
		return 0;
	for (; n < BLOCK_LINES && i + n < lines->n; n++) {
		Role role = label_role(&lines->at[i + n]);

		wrapped = role == ROLE_NONE ? wrapped + 1 : 0;
		if (lines->at[i + n].blank || wrapped > 2)
			break;
		roles |= role;
	}
	return is_convincing(roles) ? n - MIN(wrapped, n - 1) : 0;
}

/* Between dashes or underscores, or with the closing colon of Apple Mail. */
static const char *const dividers[] = { "original message",
	                                "original-nachricht",
	                                "ursprüngliche nachricht",
	                                "originalnachricht",
	                                "urspr. nachricht",
	                                "original meddelelse",
	                                "oprindelig meddelelse",
	                                "oprindelig besked",
	                                "originalmeddelelse",
	                                "oprindelig e-mail",
	                                "opprinnelig melding",
	                                "opprinnelig e-post",
	                                "original melding",
	                                "originalmelding",
	                                "ursprungligt meddelande",
	                                "originalmeddelande",
	                                "ursprungligt mail",
	                                "message d'origine",
	                                "message original",
	                                "message initial",
	                                "mensaje original",
	                                "messaggio originale",
	                                "messaggio di origine",
	                                "oorspronkelijk bericht",
	                                "origineel bericht",
	                                "alkuperäinen viesti",
	                                "wiadomość oryginalna",
	                                "oryginalna wiadomość",
	                                "wiadomość pierwotna",
	                                "mensagem original",
	                                "reply message",
	                                "forwarded message",
	                                "forwarded by",
	                                "begin forwarded message",
	                                "weitergeleitete nachricht",
	                                "weitergeleitete message",
	                                "anfang der weitergeleiteten nachricht",
	                                "anfang der weitergeleiteten e-mail",
	                                "videresendt meddelelse",
	                                "videresendt besked",
	                                "start på videresendt besked",
	                                "videresendt melding",
	                                "begynnelse på videresendt melding",
	                                "videresendt e-post",
	                                "vidarebefordrat meddelande",
	                                "vidarebefordrat brev",
	                                "vidarebefordrat mail",
	                                "början på vidarebefordrat meddelande",
	                                "message transféré",
	                                "message transmis",
	                                "début du message transféré",
	                                "début du message réexpédié",
	                                "mensaje reenviado",
	                                "inicio del mensaje reenviado",
	                                "messaggio inoltrato",
	                                "inizio messaggio inoltrato",
	                                "doorgestuurd bericht",
	                                "begin doorgestuurd bericht",
	                                "välitetty viesti",
	                                "välitetty viesti alkaa",
	                                "edelleenlähetetty viesti",
	                                "wiadomość przekazana dalej",
	                                "przekazana wiadomość",
	                                "wiadomość przekazana",
	                                "treść przekazanej wiadomości",
	                                "początek przekazanej wiadomości",
	                                "пересылаемое сообщение" };

/* Strips dashes and the like from both ends; `*ret_ruled` when three or more
 * led the line. */
static char *
core_of(const char *fold, bool *ret_ruled)
{
	size_t lead = strspn(fold, "-_=> ");
	size_t n = strlen(fold);

	*ret_ruled = lead >= 2 && fold[0] != '>';
	while (n > lead && strchr("-_= ", fold[n - 1]) != NULL)
		n--;
	return g_strndup(fold + lead, n - lead);
}

static bool
is_divider(const QuoteLines *lines, size_t i)
{
	const char *fold = lines->at[i].fold;
	g_autofree char *core = NULL;
	bool ruled;

	if (strlen(fold) < DIVIDER_BYTES_MIN || strlen(fold) > 160)
		return false;
	core = core_of(fold, &ruled);
	if (!ruled && !g_str_has_suffix(core, ":"))
		return false;
	for (size_t d = 0; d < G_N_ELEMENTS(dividers); d++) {
		size_t n = strlen(dividers[d]);

		if (strncmp(core, dividers[d], n) == 0 &&
		    (core[n] == '\0' || strchr(": ", core[n]) != NULL))
			return ruled || core[n] == ':';
	}
	return false;
}

size_t
quote_divider(const QuoteLines *lines, size_t i)
{
	size_t next = i + 1;
	size_t end = i + BLOCK_LINES;

	if (!is_divider(lines, i))
		return 0;
	next = quote_next_filled(lines, next);
	while (next < lines->n && next < end &&
	       label_role(&lines->at[next]) != ROLE_NONE)
		next++;
	return next - i;
}
