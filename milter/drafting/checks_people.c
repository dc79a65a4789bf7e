/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a draft greets is told by its first line: a name in it must be known
 * from the customer's mail. And what is known to be another's must not stand
 * anywhere.
 */
#include <string.h>

#include "checks_private.h"

#define GREETING_WORDS 8
#define OTHER_BYTES 4 /* shorter ones stand anywhere */

/* What a greeting begins with; folded. */
static const char openers[] =
	" hej hei hi hello hallo hallå dear kære kjære kära käre bäste bästa "
	"god goddag godmorgen good sehr liebe lieber guten moin servus grüss "
	"bonjour bonsoir cher chère hola buenos buenas estimado estimada ciao "
	"buongiorno buonasera gentile egregio egregia geachte beste goedendag "
	"goedemorgen goedemiddag dzień szanowny szanowna szanowni witam cześć "
	"moi hyvä hyvää terve arvoisa päivää madame monsieur ";

/* What else stands in one beside names. */
static const char fillers[] =
	" dag morgen aften kveld kväll morgon eftermiddag godaften formiddag "
	"morning afternoon evening geehrte geehrter geehrtes tag abend gott "
	"herr frau fru hr mr mrs ms miss dr doktor prof professor sir madam "
	"team support damen und herren kunde kunden kundin customer all alle "
	"alles everyone there igen again wieder tak takk tack thanks messieurs "
	"mesdames días tardes señor señora don doña signor signora cliente "
	"client heer mevrouw dobry panie pani pan państwo huomenta iltaa "
	"asiakas den det dig dem du de ni sie ihnen til at to og och and the "
	"from fra från von ";

static bool
is_one_of(const char *list, const char *folded)
{
	g_autofree char *word = g_strconcat(" ", folded, " ", NULL);

	return strstr(list, word) != NULL;
}

/* Does `folded` stand as a word of `plain`? */
static bool
has_word(const char *plain, const char *folded)
{
	size_t length = strlen(folded);
	const char *at = plain;

	while ((at = strstr(at, folded)) != NULL) {
		bool starts = at == plain ||
		              !g_unichar_isalpha(g_utf8_get_char(
				      g_utf8_find_prev_char(plain, at)));
		bool ends = !g_unichar_isalpha(g_utf8_get_char(at + length));

		if (starts && ends)
			return true;
		at += length;
	}
	return false;
}

/* The first line that says anything. */
static char *
first_line(const char *text)
{
	text += strspn(text, " \n\t");
	return g_strndup(text, strcspn(text, "\n"));
}

/* A line that is a greeting: it begins with a word of one, is short, and no
 * sentence goes on in it. */
static bool
is_greeting(char **words)
{
	unsigned n = g_strv_length(words);
	g_autofree char *first = n > 0 ? g_utf8_casefold(words[0], -1) : NULL;

	return n >= 2 && n <= GREETING_WORDS && is_one_of(openers, first);
}

static void
look_at_greeting(Checking *self, const char *known)
{
	g_autofree char *line = first_line(self->input->text);
	g_auto(GStrv) words = g_strsplit_set(line, " ,.!:;", -1);
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(list, *word);
	g_ptr_array_add(list, NULL);
	if (!is_greeting((char **)list->pdata))
		return;
	for (unsigned i = 1; i + 1 < list->len; i++) {
		const char *word = list->pdata[i];
		g_autofree char *folded = g_utf8_casefold(word, -1);

		if (!g_unichar_isupper(g_utf8_get_char(word)) ||
		    is_one_of(openers, folded) || is_one_of(fillers, folded) ||
		    has_word(known, folded))
			continue;
		checks_note(self, CHECK_OTHER_CUSTOMER, line, strlen(line));
		return;
	}
}

void
checks_people(Checking *self)
{
	const char *const *other = self->input->others;
	g_autofree char *customer =
		checks_plain(self->customer->str, self->customer->len);
	g_autofree char *text =
		checks_plain(self->input->text, strlen(self->input->text));
	GString *known = g_string_new(customer);
	const char *const *address = self->input->addresses;

	for (; address != NULL && *address != NULL; address++)
		g_string_append_printf(known, " %s", *address);
	look_at_greeting(self, known->str);
	g_string_free(known, TRUE);
	for (; other != NULL && *other != NULL; other++) {
		g_autofree char *plain = checks_plain(*other, strlen(*other));

		if (strlen(plain) >= OTHER_BYTES && has_word(text, plain) &&
		    !has_word(customer, plain))
			checks_note(self, CHECK_OTHER_CUSTOMER, *other,
			            strlen(*other));
	}
}
