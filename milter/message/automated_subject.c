/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Subjects that give a machine away, by how they begin. What Exchange and
 * vacation programs write ("Automatic reply: ...") is enough alone, with its
 * colon. Looser ones ("Out of office until Monday") count only in an answer,
 * and only when nothing but a date or the original subject follows: "Out of
 * office replies don't work" is a question. With a reply mark before it either
 * kind was written by somebody who answers a machine, and so by a person.
 */
#include "automated_private.h"

#include <glib.h>
#include <string.h>

#define SUBJECT_BYTES_MAX 1000

/* As programs write them, before a colon. */
static const char *const auto_forms[] = { "automatic reply",
	                                  "auto reply",
	                                  "auto-reply",
	                                  "autoreply",
	                                  "automated reply",
	                                  "automatic response",
	                                  "automated response",
	                                  "auto response",
	                                  "auto-response",
	                                  "autoresponse",
	                                  "vacation autoreply",
	                                  "automatisk svar",
	                                  "autosvar",
	                                  "auto-svar",
	                                  "automatiskt svar",
	                                  "automatisk besvarelse",
	                                  "automatische antwort",
	                                  "automatische rückantwort",
	                                  "réponse automatique",
	                                  "réponse automatique d'absence",
	                                  "respuesta automática",
	                                  "respuesta automatica",
	                                  "autorespuesta",
	                                  "automatisch antwoord",
	                                  "automatische reactie",
	                                  "automatisch bericht",
	                                  "automatisch bericht bij afwezigheid",
	                                  "automaattinen vastaus",
	                                  "automaattivastaus",
	                                  "risposta automatica",
	                                  "odpowiedź automatyczna",
	                                  "automatyczna odpowiedź",
	                                  "autoodpowiedź",
	                                  "vacation reply" };

/* The same for a state; a question may be about it, too. */
static const char *const absence_forms[] = { "out of office",
	                                     "out of office autoreply",
	                                     "out of office auto-reply",
	                                     "out of office reply",
	                                     "out-of-office",
	                                     "out of the office",
	                                     "away from my mail",
	                                     "ikke til stede",
	                                     "ikke på kontoret",
	                                     "ikke til stede-svar",
	                                     "fraværsmelding",
	                                     "fraværsbesked",
	                                     "fraværsassistent",
	                                     "fraværende",
	                                     "frånvaromeddelande",
	                                     "frånvarobesked",
	                                     "frånvarande",
	                                     "ej på kontoret",
	                                     "inte på kontoret",
	                                     "fraværsassistenten",
	                                     "utenfor kontoret",
	                                     "abwesenheitsnotiz",
	                                     "abwesenheitsmeldung",
	                                     "abwesenheitsbenachrichtigung",
	                                     "abwesenheitsassistent",
	                                     "automatische abwesenheitsnotiz",
	                                     "abwesenheitsagent",
	                                     "ausser haus",
	                                     "nicht im büro",
	                                     "absence du bureau",
	                                     "absent du bureau",
	                                     "absente du bureau",
	                                     "message d'absence",
	                                     "message d’absence",
	                                     "notification d'absence",
	                                     "avis d'absence",
	                                     "fuera de la oficina",
	                                     "fuera de oficina",
	                                     "aviso de ausencia",
	                                     "afwezigheidsbericht",
	                                     "afwezigheidsassistent",
	                                     "niet op kantoor",
	                                     "afwezig",
	                                     "poissaoloviesti",
	                                     "poissa toimistosta",
	                                     "poissaoloilmoitus",
	                                     "poissa",
	                                     "fuori sede",
	                                     "fuori ufficio",
	                                     "assenza dall'ufficio",
	                                     "messaggio di assenza",
	                                     "fuori dall'ufficio",
	                                     "poza biurem",
	                                     "nieobecność w biurze",
	                                     "wiadomość o nieobecności",
	                                     "nieobecny w biurze" };

/* Only in an answer. */
static const char *const absence_loose[] = { "on vacation",
	                                     "on holiday",
	                                     "on holidays",
	                                     "on leave",
	                                     "annual leave",
	                                     "on annual leave",
	                                     "parental leave",
	                                     "maternity leave",
	                                     "vacation",
	                                     "i am out of office",
	                                     "i am out of the office",
	                                     "i'm out of office",
	                                     "i am on vacation",
	                                     "i am away",
	                                     "away",
	                                     "holiday",
	                                     "på ferie",
	                                     "ferie",
	                                     "jeg er på ferie",
	                                     "sommerferie",
	                                     "holder ferie",
	                                     "fravær",
	                                     "på semester",
	                                     "semester",
	                                     "jag är på semester",
	                                     "frånvaro",
	                                     "föräldraledig",
	                                     "barselsorlov",
	                                     "im urlaub",
	                                     "urlaub",
	                                     "ich bin im urlaub",
	                                     "abwesend",
	                                     "abwesenheit",
	                                     "elternzeit",
	                                     "en vacances",
	                                     "en congé",
	                                     "en congés",
	                                     "absence",
	                                     "absent",
	                                     "congés",
	                                     "de vacaciones",
	                                     "vacaciones",
	                                     "ausente",
	                                     "ausencia",
	                                     "op vakantie",
	                                     "met vakantie",
	                                     "vakantie",
	                                     "afwezigheid",
	                                     "lomalla",
	                                     "vuosiloma",
	                                     "poissaolo",
	                                     "in ferie",
	                                     "ferie",
	                                     "assenza",
	                                     "assente",
	                                     "na urlopie",
	                                     "urlop",
	                                     "nieobecność",
	                                     "nieobecny",
	                                     "nieobecna" };

/* What may follow a loose form before a date. */
static const char *const absence_until[] = {
	"until",     "till", "from",    "to",     "through",  "back",
	"returning", "re",   "til",     "t.o.m.", "tom",      "fra",
	"indtil",    "frem", "tilbage", "från",   "åter",     "tillbaka",
	"bis",       "vom",  "ab",      "zurück", "jusqu'au", "jusqu’au",
	"jusqu'à",   "du",   "de",      "hasta",  "desde",    "del",
	"al",        "tot",  "t/m",     "van",    "asti",     "saakka",
	"alkaen",    "fino", "dal",     "do",     "od",       "week",
	"uge",       "uke",  "vecka",   "kw",     "fwd",      "sv",
	"aw",        "antw", "odp",     "vs"
};

/* The folded subject goes on with a colon after a form of `n` bytes. */
static bool
ends_colon(const char *subject, size_t n)
{
	const char *p = subject + n;

	while (*p == ' ')
		p++;
	return *p == ':';
}

/* ... or ends there, or goes on as after a title. */
static bool
ends_form(const char *subject, size_t n)
{
	const char *p = subject + n;

	while (*p == ' ')
		p++;
	return *p == '\0' || strchr(":-!*[]()", *p) != NULL ||
	       g_str_has_prefix(p, "–") || g_str_has_prefix(p, "—");
}

/* A date, or a word that leads to one. */
static bool
is_date(const char *p)
{
	if (g_ascii_isdigit(*p))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(absence_until); i++) {
		size_t n = strlen(absence_until[i]);

		if (strncmp(p, absence_until[i], n) == 0 &&
		    (p[n] == '\0' || strchr(" :.", p[n]) != NULL ||
		     g_ascii_isdigit(p[n])))
			return true;
	}
	return false;
}

/* The form is all, or a date follows. */
static bool
ends_in_date(const char *subject, size_t n)
{
	const char *p = subject + n;

	p += strspn(p, "!.])");
	if (*p == '\0')
		return true;
	p += strspn(p, ",:-");
	return *p == ' ' && is_date(p + strspn(p, " -"));
}

static bool
ends_loosely(const char *subject, size_t n)
{
	return ends_form(subject, n) || ends_in_date(subject, n);
}

typedef bool EndTest(const char *subject, size_t n);

static bool
starts_with(const char *subject, const char *const *forms, size_t n_forms,
            EndTest *ends)
{
	for (size_t i = 0; i < n_forms; i++)
		if (g_str_has_prefix(subject, forms[i]) &&
		    ends(subject, strlen(forms[i])))
			return true;
	return false;
}

#define STARTS_WITH(subject, forms, ends)                                      \
	starts_with(subject, forms, G_N_ELEMENTS(forms), ends)

/* In folded case, from its first letter or digit on, with plain blanks (French
 * puts a hard one before the colon). */
static char *
folded(const char *subject)
{
	g_autofree char *start = g_strndup(subject, SUBJECT_BYTES_MAX);
	g_autofree char *valid = g_utf8_make_valid(start, -1);
	g_autofree char *lower = g_utf8_casefold(valid, -1);
	GString *out = g_string_new(lower + strspn(lower, " [(*#\"'"));

	g_string_replace(out, "\xc2\xa0", " ", 0);
	g_string_replace(out, "\xe2\x80\xaf", " ", 0);
	return g_string_free(out, FALSE);
}

/* The subject asks something, and not by quoting an earlier one. */
static bool
is_question(const char *subject)
{
	static const char *const marks[] = {
		" re:",   " sv:",  " aw:", " vs:",
		" antw:", " odp:", " r:",  " re :"
	};
	size_t n = strlen(subject);

	while (n > 0 && (subject[n - 1] == ' ' || subject[n - 1] == '!'))
		n--;
	if (n == 0 || subject[n - 1] != '?')
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strstr(subject, marks[i]) != NULL)
			return false;
	return true;
}

bool
automated_is_absence(const char *subject, bool in_reply)
{
	g_autofree char *text = folded(subject);

	if (STARTS_WITH(text, auto_forms, ends_colon))
		return true;
	if (is_question(text))
		return false;
	if (!in_reply)
		return STARTS_WITH(text, absence_forms, ends_colon);
	return STARTS_WITH(text, auto_forms, ends_form) ||
	       STARTS_WITH(text, absence_forms, ends_loosely) ||
	       STARTS_WITH(text, absence_loose, ends_in_date);
}

bool
automated_is_spam_subject(const char *subject)
{
	static const char *const spam_marks[] = {
		"***SPAM***", "*****SPAM*****", "**SPAM**",    "[SPAM]",
		"{Spam?}",    "[SPAM?]",        "[***SPAM***]"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(spam_marks); i++)
		if (g_ascii_strncasecmp(subject, spam_marks[i],
		                        strlen(spam_marks[i])) == 0)
			return true;
	return false;
}
