/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whom a draft greets is told by its first line: a name in it must be known
 * from the customer's mail. And what is known to be another's must not stand
 * anywhere.
 */
#include <string.h>

#include "checks_private.h"

#define GREETING_WORDS 8
#define GREETING_PARTS 4
#define NAME_WORDS 2
#define OTHER_BYTES 4 /* shorter ones stand anywhere */

/* What a greeting begins with; folded. */
static const char openers[] =
	" hej hejsa hejsan hei heisann hey hi hello hallo hallå halløj tjena "
	"greetings grüezi werte werter dear kære kjære kära käre bäste bästa "
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

static bool
is_listed(const char *list, const char *word, size_t size)
{
	g_autofree char *folded = g_utf8_casefold(word, (gssize)size);

	return is_one_of(list, folded);
}

/* "Dr." and "B." end no sentence. */
static bool
is_shortened(const char *word, size_t size)
{
	return g_utf8_strlen(word, (gssize)size) < 2 ||
	       is_listed(fillers, word, size);
}

/* Where the part of the line at `at` ends: a sentence may go on behind the
 * greeting, and in German its nouns look like names. */
static const char *
part_end(const char *at)
{
	const char *word = at;

	for (; *at != '\0'; at++) {
		if (*at == ' ')
			word = at + 1;
		else if (strchr(",!?:;", *at) != NULL ||
		         g_str_has_prefix(at, "–") ||
		         (*at == '.' &&
		          !is_shortened(word, (size_t)(at - word))))
			break;
	}
	return at;
}

static GPtrArray *
words_of(const char *part, size_t size)
{
	g_autofree char *text = g_strndup(part, size);
	g_auto(GStrv) words = g_strsplit_set(text, " .", -1);
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			g_ptr_array_add(list, g_strdup(*word));
	return list;
}

/* What is no word of a greeting and begins as names do. */
static bool
may_be_name(const char *word)
{
	return g_unichar_isupper(g_utf8_get_char(word)) &&
	       !is_listed(openers, word, strlen(word)) &&
	       !is_listed(fillers, word, strlen(word));
}

/* How many of the words may be names; `ret_stranger`: one is not known. */
static unsigned
count_names(const GPtrArray *words, const char *known, bool *ret_stranger)
{
	unsigned n = 0;

	*ret_stranger = false;
	for (unsigned i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];
		g_autofree char *folded = g_utf8_casefold(word, -1);

		if (!may_be_name(word))
			continue;
		n++;
		*ret_stranger = *ret_stranger || !has_word(known, folded);
	}
	return n;
}

/* A part of the first line. */
typedef struct Part {
	bool opens; /* a word of a greeting begins it */
	bool bare;  /* and it is "Hei,": the name comes behind it */
	bool stranger;
	unsigned words;
} Part;

static Part
read_part(const char *at, const char *end, const char *known)
{
	g_autoptr(GPtrArray) words = words_of(at, (size_t)(end - at));
	const char *first = words->len > 0 ? words->pdata[0] : "";
	Part part = { .opens = is_listed(openers, first, strlen(first)),
		      .words = words->len };
	unsigned names = count_names(words, known, &part.stranger);

	part.bare = part.opens && names == 0 && *end == ',';
	return part;
}

static bool
greets_stranger(const Part *part, const Part *before)
{
	return part->stranger &&
	       ((part->opens && part->words <= GREETING_WORDS) ||
	        (before->bare && part->words <= NAME_WORDS));
}

static void
look_at_greeting(Checking *self, const char *known)
{
	g_autofree char *line = first_line(self->input->text);
	const char *at = line;
	Part before = { .bare = false };

	for (unsigned i = 0; i < GREETING_PARTS && *at != '\0'; i++) {
		const char *end = part_end(at);
		Part part = read_part(at, end, known);

		if (i == 0 && !part.opens)
			return;
		if (greets_stranger(&part, &before)) {
			checks_note(self, CHECK_OTHER_CUSTOMER, line,
			            strlen(line));
			return;
		}
		before = part;
		at = *end != '\0' ? g_utf8_next_char(end) : end;
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
