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

/* What stands in greetings beside names, in any of our languages; folded. */
static const char known_words[] =
	" hej hei hi hello hallo hallå dear kære kjære kära käre bäste bästa "
	"god goddag godmorgen morgen dag aften kveld kväll morgon eftermiddag "
	"godaften formiddag good morning afternoon evening sehr geehrte geehrter "
	"geehrtes liebe lieber guten tag abend moin servus grüß gott herr frau "
	"fru hr mr mrs ms miss dr doktor prof professor sir madam team damen "
	"und herren kunde kunden kundin customer all alle alles everyone there "
	"igen again wieder tak takk tack thanks thank you bonjour bonsoir cher "
	"chère madame monsieur messieurs mesdames hola buenos buenas días tardes "
	"estimado estimada señor señora don doña ciao buongiorno buonasera "
	"gentile egregio egregia signor signora cliente client beste geachte "
	"heer mevrouw goedendag goedemorgen goedemiddag dzień dobry szanowny "
	"szanowna szanowni panie pani pan państwo cześć witam moi hyvä hyvää "
	"päivää huomenta iltaa terve arvoisa asiakas den det dig dem du de ni "
	"sie ihnen til til at to og och the og ";

static bool
is_known_word(const char *folded)
{
	g_autofree char *word = g_strconcat(" ", folded, " ", NULL);

	return strstr(known_words, word) != NULL;
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

	return n >= 2 && n <= GREETING_WORDS && is_known_word(first);
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
		    is_known_word(folded) || has_word(known, folded))
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
