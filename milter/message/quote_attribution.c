/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An attribution is known by its verb, its closing colon and a moment or an
 * address, over up to five lines, because clients wrap it and translate it
 * with every word order: "Am ... schrieb Bo:", "Bo <b@x> schrieb am ...:".
 * Sentences of the sender ("Den 3. november skrev jeg til jer:") lack a time
 * or have a first person beside the verb.
 */
#include "quote_lines.h"

#include <string.h>

#define WINDOW_LINES 6
#define WINDOW_BYTES 500
#define NAME_WORDS_MAX 6

static const char *const verbs[] = {
	"wrote",      "writes",         "skrev",
	"skreiv",     "skriver",        "schrieb",
	"schreibt",   "geschrieben",    "a écrit",
	"écrit",      "escribió",       "escribio",
	"escribe",    "schreef",        "geschreven",
	"ha scritto", "scritto",        "scrive",
	"kirjoitti",  "kirjoittaa",     "napisał",
	"napisała",   "napisał(a)",     "napisal",
	"pisze",      "napisana przez", "napisane przez",
	"escreveu",   "написал",        "написала",
	"написал(а)", "пише",           "пишет",
	"写道"
};

/* How an attribution may begin, beside a digit. */
static const char *const starters[] = {
	"on", "am", "den", "le", "el", "op", "il", "w", "dnia", "em", "at",
	"wiadomość", "in", "på", "d.", "de", "il giorno",
	/* days of the week, for clients that put nothing before them */
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "man", "tir", "tirs",
	"ons", "tor", "tors", "fre", "lør", "søn", "lör", "sön", "mån", "tis",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
	"sunday", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag",
	"søndag", "måndag", "tisdag", "lördag", "söndag", "mo", "di", "mi",
	"do", "fr", "sa", "so", "ma", "ti", "ke", "to", "pe", "la", "su", "pon",
	"pn", "wt", "śr", "czw", "czwartek", "pt", "piątek", "sob", "sb",
	"niedz", "nd", "poniedziałek", "wtorek", "środa", "sobota", "niedziela",
	"lun", "mar", "mer", "mié", "jue", "vie", "sáb", "dom", "gio", "ven",
	"sab", "jeu", "dim", "woe", "vri", "zat", "zon", "wo", "vr", "za", "zo",
	"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato",
	"domenica", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
	"dimanche", "lunes", "martes", "miércoles", "jueves", "viernes",
	"sábado", "domingo", "maandag", "dinsdag", "woensdag", "donderdag",
	"vrijdag", "zaterdag", "zondag", "montag", "dienstag", "mittwoch",
	"donnerstag", "freitag", "samstag", "sonntag", "maanantai", "tiistai",
	"keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai",
	"понедельник", "вторник", "среда", "четверг", "пятница", "суббота",
	"воскресенье"
};

static const char *const first_persons[] = {
	"i", "jeg", "jag", "eg", "ich", "ik", "je", "yo", "io", "minä", "we",
	"vi", "wir", "nous", "wij", "noi", "me", "my",
	/* whom, or who of those that are written to */
	"mir", "uns", "mig", "your"
};

/* A year of this century or the last. */
static bool
is_year(const char *p)
{
	return (g_str_has_prefix(p, "20") || g_str_has_prefix(p, "19")) &&
	       g_ascii_isdigit(p[2]) && g_ascii_isdigit(p[3]) &&
	       !g_ascii_isdigit(p[4]);
}

/* hh:mm, hh.mm or hh h mm; p is its first digit. */
static bool
is_time(const char *p)
{
	p += g_ascii_isdigit(p[1]) ? 2 : 1;
	return *p != '\0' && strchr(":.h", *p) != NULL &&
	       g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]);
}

static bool
has_moment(const char *fold)
{
	for (const char *p = fold; *p != '\0'; p++)
		if (g_ascii_isdigit(*p) &&
		    (p == fold || !g_ascii_isdigit(p[-1])) &&
		    (is_year(p) || is_time(p)))
			return true;
	return false;
}

static bool
starts_with_one(const char *fold, const char *const *words, size_t n_words)
{
	while (*fold == '-' || *fold == ' ')
		fold++;
	if (g_ascii_isdigit(*fold))
		return true;
	for (size_t i = 0; i < n_words; i++) {
		size_t n;

		/* Most differ here: no call for them. */
		if (words[i][0] != fold[0])
			continue;
		n = strlen(words[i]);
		if (strncmp(fold, words[i], n) == 0 && fold[n] != '\0' &&
		    strchr(" .,", fold[n]) != NULL)
			return true;
	}
	return false;
}

static const char *
find_verb(const char *fold)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		const char *verb = quote_find_word(fold, verbs[i]);

		if (verb != NULL)
			return verb;
	}
	return NULL;
}

/* The whole words of `fold` about the verb: a name cut in two may begin or end
 * as "vi" or "je". */
static char *
words_beside(const char *fold, const char *verb)
{
	const char *start = verb > fold + 20 ? verb - 20 : fold;
	size_t size;

	while (start > fold && start < verb && start[-1] != ' ')
		start++;
	size = (size_t)(verb - start) + strnlen(verb, 24);
	while (start + size > verb && start[size] != ' ' && start[size] != '\0')
		size--;
	return g_strndup(start, size);
}

/* `word` is there, and no part of an address, an initial or a kind of firm:
 * "me@x.dk", "Bo I. Hansen", "Hansen I/S". */
static bool
has_pronoun(const char *near, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = near; (p = quote_find_word(p, word)) != NULL;
	     p += n)
		if ((p == near || strchr("@.-/<", p[-1]) == NULL) &&
		    (p[n] == '\0' || strchr("@.-/", p[n]) == NULL))
			return true;
	return false;
}

/* The sender tells who wrote: a first person beside the verb, or "your". */
static bool
is_first_person(const char *fold, const char *verb)
{
	g_autofree char *near = words_beside(fold, verb);

	for (size_t i = 0; i < G_N_ELEMENTS(first_persons); i++)
		if (has_pronoun(near, first_persons[i]))
			return true;
	return false;
}

/* "In message <1@x>, Bo said:", "In article ...", and Horde's "Quoting Bo
 * <bo@x>:" in its languages. */
static bool
is_verbless(const char *window)
{
	static const char *const starts[] = { "in message ", "in article ",
		                              "in <",        "quoting ",
		                              "zitat von ",  "citerar ",
		                              "siterer " };

	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_str_has_prefix(window, starts[i]))
			return true;
	return false;
}

/* The folded text of `window` is an attribution; `quoted` when lines with a
 * mark follow it, which makes it believable with less. */
static bool
is_attribution(const char *window, bool quoted)
{
	const char *verb;
	bool address = strchr(window, '@') != NULL;

	if (!quote_ends_with_colon(window))
		return false;
	verb = find_verb(window);
	if (verb == NULL)
		return quoted && address &&
		       (has_moment(window) || is_verbless(window));
	if (quoted)
		return address || has_moment(window) ||
		       quote_count_words(window) <= NAME_WORDS_MAX;
	return (address || has_moment(window)) &&
	       !is_first_person(window, verb);
}

/* Past "2016-10-24" or "2016/10/4"; NULL if no blank follows. */
static const char *
skip_date(const char *window)
{
	const char *p = window + strspn(window, "0123456789-/");

	if (strspn(window, "0123456789") != 4 ||
	    (window[4] != '-' && window[4] != '/') ||
	    !g_ascii_isdigit(window[5]) || *p != ' ')
		return NULL;
	return p;
}

/* Past " 15:36"; NULL when seconds follow, as in a log. */
static const char *
skip_minutes(const char *p)
{
	size_t n = strspn(p + 1, "0123456789:");

	if (memchr(p + 1, ':', n) == NULL)
		return p;
	return n <= 5 && n >= 4 && p[n - 2] == ':' ? p + 1 + n : NULL;
}

/* "2016-10-24 15:36 GMT+02:00 Bo <bo@x>:", old Gmail, which has no verb. */
static bool
is_dated_name(const char *window)
{
	size_t n = strlen(window);
	const char *p = skip_date(window);

	if (p != NULL)
		p = skip_minutes(p);
	if (p == NULL || n < 12)
		return false;
	if ((g_str_has_prefix(p, " gmt+") || g_str_has_prefix(p, " gmt-")) &&
	    n < 160)
		return true;
	return strchr(window, '@') != NULL &&
	       (window[n - 1] == '>' || g_str_has_suffix(window, ">:"));
}

static size_t
count_of(const char *text, char c)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == c;
	return n;
}

/* Line `i` may be the next of a wrapped attribution. */
static bool
continues(const QuoteLines *lines, size_t i, const GString *window)
{
	bool open = count_of(window->str, '<') > count_of(window->str, '>');
	const QuoteLine *line = &lines->at[i];

	if (line->blank) {
		size_t next = quote_next_filled(lines, i);

		return next < lines->n && lines->at[next].fold[0] == '<';
	}
	return !line->marked || open;
}

static bool
may_start(const char *fold)
{
	if (starts_with_one(fold, starters, G_N_ELEMENTS(starters)))
		return true;
	return strchr(fold, '@') != NULL || strchr(fold, '<') != NULL ||
	       (quote_ends_with_colon(fold) &&
	        (has_moment(fold) || find_verb(fold) != NULL));
}

/* Some line of the window is one to end with; or a date leads, which needs no
 * such end. Of most lines this is all that need be asked. */
static bool
may_end(const QuoteLines *lines, size_t i)
{
	size_t end = MIN(i + WINDOW_LINES, lines->n);

	if (g_ascii_isdigit(lines->at[i].fold[0]))
		return true;
	while (i < end && !lines->at[i].ends)
		i++;
	return i < end;
}

static bool
followed_by_quote(const QuoteLines *lines, size_t i)
{
	size_t next = quote_next_filled(lines, i);

	return next < lines->n && lines->at[next].marked;
}

/* Lines that the attribution starting at `i` takes, were it one. */
static size_t
match_window(const QuoteLines *lines, size_t i)
{
	g_autoptr(GString) window = NULL;

	if (!may_end(lines, i) || !may_start(lines->at[i].fold))
		return 0;
	window = g_string_new(NULL);
	for (size_t k = 0; k < WINDOW_LINES && i + k < lines->n; k++) {
		const char *fold = lines->at[i + k].fold;

		if (window->len + strlen(fold) > WINDOW_BYTES ||
		    (k > 0 && !continues(lines, i + k, window)))
			break;
		if (window->len > 0)
			g_string_append_c(window, ' ');
		g_string_append(window, fold);
		if (is_attribution(window->str,
		                   followed_by_quote(lines, i + k + 1)) ||
		    is_dated_name(window->str))
			return k + 1;
	}
	return 0;
}

size_t
quote_attribution(const QuoteLines *lines, size_t i)
{
	size_t n = match_window(lines, i);

	/* A line of text may stand right before: the shortest one counts. */
	for (size_t k = 1; k < n; k++)
		if (match_window(lines, i + k) == n - k &&
		    starts_with_one(lines->at[i + k].fold, starters,
		                    G_N_ELEMENTS(starters)) &&
		    has_moment(lines->at[i + k].fold))
			return 0;
	return n;
}
