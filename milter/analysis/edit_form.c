/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Greetings and closings by name. Only a phrase of these lists is ever named,
 * so that nothing of a mail can get into what is stored of it.
 */
#include <string.h>

#include "analysis/edit.h"

#define LINE_MAX_BYTES 200
#define LINE_WORDS_MAX 9
#define SIGNOFF_LINES 6

/* `name` NULL: the phrase itself, which is then ASCII. */
typedef struct Phrase {
	const char *phrase, *name;
	int formality;
} Phrase;

static const Phrase greetings[] = {
	{ "beste", NULL, 0 },
	{ "bonjour", NULL, 0 },
	{ "buenas tardes", NULL, 0 },
	{ "buenos días", "buenos-dias", 0 },
	{ "buongiorno", NULL, 0 },
	{ "bästa", "basta", 0 },
	{ "cher", NULL, 0 },
	{ "chère", "cher", 0 },
	{ "ciao", NULL, -1 },
	{ "cześć", "czesc", -1 },
	{ "dag", NULL, 0 },
	{ "dear", NULL, 1 },
	{ "dear sir or madam", NULL, 1 },
	{ "dzień dobry", "dzien-dobry", 0 },
	{ "estimada", "estimado", 1 },
	{ "estimado", NULL, 1 },
	{ "geachte", NULL, 1 },
	{ "gentile", NULL, 1 },
	{ "god aften", "godaften", 0 },
	{ "god dag", "goddag", 0 },
	{ "god morgen", "godmorgen", 0 },
	{ "godaften", NULL, 0 },
	{ "goddag", NULL, 0 },
	{ "godmorgen", NULL, 0 },
	{ "goedendag", NULL, 0 },
	{ "good afternoon", NULL, 0 },
	{ "good day", NULL, 0 },
	{ "good evening", NULL, 0 },
	{ "good morning", NULL, 0 },
	{ "grüezi", "gruezi", 0 },
	{ "grüß gott", "gruess-gott", 0 },
	{ "guten abend", NULL, 0 },
	{ "guten morgen", NULL, 0 },
	{ "guten tag", NULL, 0 },
	{ "hallo", NULL, -1 },
	{ "hallå", "halla", -1 },
	{ "halløj", "halloj", -1 },
	{ "hei", NULL, 0 },
	{ "heisann", NULL, -1 },
	{ "hej", NULL, 0 },
	{ "hejsa", NULL, -1 },
	{ "hejsan", NULL, -1 },
	{ "hello", NULL, 0 },
	{ "hey", NULL, -1 },
	{ "hi", NULL, -1 },
	{ "hi there", NULL, -1 },
	{ "hola", NULL, -1 },
	{ "hyvä", "hyva", 1 },
	{ "hyvää päivää", "hyvaa-paivaa", 1 },
	{ "kjære", "kjaere", 1 },
	{ "kära", "kara", 1 },
	{ "käre", "kara", 1 },
	{ "kære", "kaere", 1 },
	{ "liebe", NULL, -1 },
	{ "lieber", "liebe", -1 },
	{ "madame monsieur", NULL, 1 },
	{ "moi", NULL, -1 },
	{ "moin", NULL, -1 },
	{ "salut", NULL, -1 },
	{ "salve", NULL, 0 },
	{ "sehr geehrte", NULL, 1 },
	{ "sehr geehrte damen und herren", NULL, 1 },
	{ "sehr geehrter", "sehr-geehrte", 1 },
	{ "servus", NULL, -1 },
	{ "szanowna", "szanowny", 1 },
	{ "szanowni państwo", "szanowni-panstwo", 1 },
	{ "szanowny", NULL, 1 },
	{ "terve", NULL, -1 },
	{ "tjena", NULL, -1 },
};

static const Phrase signoffs[] = {
	{ "a presto", NULL, -1 },
	{ "all the best", NULL, 0 },
	{ "allt gott", NULL, -1 },
	{ "atentamente", NULL, 1 },
	{ "bedste hilsner", NULL, 0 },
	{ "best", NULL, -1 },
	{ "best regards", NULL, 0 },
	{ "best wishes", NULL, 0 },
	{ "beste grüße", "beste-gruesse", 0 },
	{ "beste helsing", NULL, 0 },
	{ "beste hilsen", NULL, 0 },
	{ "bien cordialement", NULL, 0 },
	{ "bien à toi", "bien-a-toi", -1 },
	{ "bästa hälsningar", "basta-halsningar", 0 },
	{ "cheers", NULL, -1 },
	{ "cordialement", NULL, 0 },
	{ "cordiali saluti", NULL, 0 },
	{ "de bedste hilsner", NULL, 0 },
	{ "distinti saluti", NULL, 1 },
	{ "freundliche grüße", "freundliche-gruesse", 1 },
	{ "groeten", NULL, -1 },
	{ "hartelijke groet", NULL, 0 },
	{ "herzliche grüße", "herzliche-gruesse", 0 },
	{ "hilsen", NULL, -1 },
	{ "hälsningar", "halsningar", -1 },
	{ "kh", NULL, -1 },
	{ "kind regards", NULL, 0 },
	{ "kunnioittavasti", NULL, 1 },
	{ "lg", NULL, -1 },
	{ "liebe grüße", "liebe-gruesse", -1 },
	{ "mange hilsener", NULL, -1 },
	{ "mange hilsner", NULL, -1 },
	{ "many thanks", NULL, 0 },
	{ "med venleg helsing", NULL, 1 },
	{ "med venlig hilsen", NULL, 1 },
	{ "med vennlig hilsen", NULL, 1 },
	{ "med vänlig hälsning", "med-vanlig-halsning", 1 },
	{ "med vänliga hälsningar", "med-vanliga-halsningar", 1 },
	{ "met vriendelijke groet", NULL, 1 },
	{ "mfg", NULL, 0 },
	{ "mit besten grüßen", "mit-besten-gruessen", 1 },
	{ "mit freundlichem gruß", "mit-freundlichem-gruss", 1 },
	{ "mit freundlichen gruessen", NULL, 1 },
	{ "mit freundlichen grüssen", "mit-freundlichen-gruessen", 1 },
	{ "mit freundlichen grüßen", "mit-freundlichen-gruessen", 1 },
	{ "mit herzlichen grüßen", "mit-herzlichen-gruessen", 0 },
	{ "mvg", NULL, -1 },
	{ "mvh", NULL, -1 },
	{ "pozdrawiam", NULL, -1 },
	{ "pozdrawiamy", NULL, -1 },
	{ "regards", NULL, 0 },
	{ "saludos", NULL, -1 },
	{ "saludos cordiales", NULL, 0 },
	{ "schöne grüße", "schoene-gruesse", -1 },
	{ "sincerely", NULL, 1 },
	{ "terveisin", NULL, -1 },
	{ "thank you", NULL, 0 },
	{ "thanks", NULL, -1 },
	{ "un caro saluto", NULL, -1 },
	{ "un cordial saludo", NULL, 0 },
	{ "un cordiale saluto", NULL, 0 },
	{ "un saludo", NULL, 0 },
	{ "varma hälsningar", "varma-halsningar", -1 },
	{ "varme hilsener", NULL, -1 },
	{ "venleg helsing", NULL, 0 },
	{ "venlig hilsen", NULL, 0 },
	{ "vennlig hilsen", NULL, 0 },
	{ "vg", NULL, -1 },
	{ "vh", NULL, -1 },
	{ "viele grüße", "viele-gruesse", -1 },
	{ "vriendelijke groeten", NULL, 0 },
	{ "vänlig hälsning", "vanlig-halsning", 0 },
	{ "vänliga hälsningar", "vanliga-halsningar", 0 },
	{ "vänligen", "vanligen", 0 },
	{ "warm regards", NULL, 0 },
	{ "with kind regards", NULL, 1 },
	{ "with our best wishes", NULL, 0 },
	{ "with warm regards", NULL, 0 },
	{ "yours faithfully", NULL, 1 },
	{ "yours sincerely", NULL, 1 },
	{ "ystävällisin terveisin", "ystavallisin-terveisin", 1 },
	{ "z poważaniem", "z-powazaniem", 1 },
	{ "z pozdrowieniami", NULL, 0 },
	{ "z wyrazami szacunku", NULL, 1 },
};

static const char *const titles[] = { "dr", "fr",   "frau",  "fru",
	                              "hr", "herr", "herrn", "miss",
	                              "mr", "mrs",  "ms",    "prof" };

/* Small letters and single blanks, without marks at the words' ends. */
static char *
fold_line(const char *line, size_t size)
{
	g_autofree char *copy = g_strndup(line, size);
	g_autofree char *small = g_utf8_strdown(copy, -1);
	GString *folded = g_string_new(NULL);

	for (const char *c = small; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		if (g_unichar_isalnum(letter) || letter == '\'' ||
		    letter == '-' || letter == '{' || letter == '}' ||
		    letter == '_')
			g_string_append_unichar(folded, letter);
		else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
			g_string_append_c(folded, ' ');
	}
	return g_strchomp(g_string_free(folded, FALSE));
}

static unsigned
count_words(const char *folded)
{
	unsigned n = *folded != '\0';

	for (; *folded != '\0'; folded++)
		n += *folded == ' ';
	return n;
}

/* Does the line begin with these whole words? Then what comes after. */
static const char *
after_phrase(const char *folded, const char *phrase)
{
	size_t size = strlen(phrase);

	if (strncmp(folded, phrase, size) != 0)
		return NULL;
	if (folded[size] == '\0')
		return folded + size;
	return folded[size] == ' ' ? folded + size + 1 : NULL;
}

/* The longest phrase that the line begins with. */
static const Phrase *
find_phrase(const Phrase *phrases, size_t n, const char *folded,
            const char **ret_after)
{
	const Phrase *best = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *after = after_phrase(folded, phrases[i].phrase);

		if (after == NULL || (best != NULL && after < *ret_after))
			continue;
		best = &phrases[i];
		*ret_after = after;
	}
	return best;
}

static void
write_name(const Phrase *phrase, const char *more, char *ret_form)
{
	const char *name = phrase->name != NULL ? phrase->name : phrase->phrase;

	g_snprintf(ret_form, EDIT_FORM_SIZE, "%s%s", name, more);
	g_strdelimit(ret_form, " ", '-');
}

static const char *
whom(const char *after)
{
	if (*after == '\0')
		return ":alone";
	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
		if (after_phrase(after, titles[i]) != NULL)
			return ":title";
	return ":name";
}

void
edit_greeting(const char *text, char ret_form[EDIT_FORM_SIZE])
{
	const char *line = text + strspn(text, " \t\n");
	size_t size = strcspn(line, "\n");
	g_autofree char *folded = NULL;
	const char *after = NULL;
	const Phrase *phrase = NULL;
	unsigned words;

	if (size <= LINE_MAX_BYTES)
		folded = fold_line(line, size);
	words = folded != NULL ? count_words(folded) : LINE_WORDS_MAX + 1;
	if (words > 0 && words <= LINE_WORDS_MAX)
		phrase = find_phrase(greetings, G_N_ELEMENTS(greetings), folded,
		                     &after);
	if (phrase != NULL)
		write_name(phrase, whom(after), ret_form);
	else if (words > 0 && words <= 4)
		ret_form[0] = '\0';
	else
		g_strlcpy(ret_form, "none", EDIT_FORM_SIZE);
}

/* The start of the line before the one that begins at `line`; NULL: none. */
static const char *
line_before(const char *text, const char *line)
{
	if (line == text)
		return NULL;
	line--;
	while (line > text && line[-1] != '\n')
		line--;
	return line;
}

static const Phrase *
signoff_of(const char *line)
{
	size_t size = strcspn(line, "\n");
	g_autofree char *folded =
		size <= LINE_MAX_BYTES ? fold_line(line, size) : NULL;
	const char *after = NULL;
	const Phrase *phrase;

	if (folded == NULL)
		return NULL;
	phrase = find_phrase(signoffs, G_N_ELEMENTS(signoffs), folded, &after);
	return phrase != NULL && count_words(after) <= 3 ? phrase : NULL;
}

void
edit_signoff(const char *text, char ret_form[EDIT_FORM_SIZE])
{
	const char *line = line_before(text, text + strlen(text));

	g_strlcpy(ret_form, "none", EDIT_FORM_SIZE);
	for (unsigned i = 0; line != NULL && i < SIGNOFF_LINES; i++) {
		const Phrase *phrase = signoff_of(line);

		if (phrase != NULL) {
			write_name(phrase, "", ret_form);
			return;
		}
		line = line_before(text, line);
	}
}

static bool
is_form(const Phrase *phrase, const char *form)
{
	char name[EDIT_FORM_SIZE];
	size_t size = strcspn(form, ":");

	write_name(phrase, "", name);
	return strncmp(name, form, size) == 0 && name[size] == '\0';
}

static const Phrase *
find_form(const char *form)
{
	for (size_t i = 0; i < G_N_ELEMENTS(greetings); i++)
		if (is_form(&greetings[i], form))
			return &greetings[i];
	for (size_t i = 0; i < G_N_ELEMENTS(signoffs); i++)
		if (is_form(&signoffs[i], form))
			return &signoffs[i];
	return NULL;
}

const char *
edit_form_phrase(const char *form)
{
	const Phrase *phrase = find_form(form);

	return phrase != NULL ? phrase->phrase : NULL;
}

int
edit_form_formality(const char *form)
{
	const Phrase *phrase = find_form(form);

	return phrase != NULL ? phrase->formality : 0;
}
