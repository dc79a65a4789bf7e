/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A placeholder of one mail means somebody else in the next one, so none is
 * left: "<PHONE_1>" becomes "(phone)", which is restored by nobody.
 */
#include "drafting/precedent.h"

#include <string.h>

#include "analysis/edit.h"
#include "analysis/redact.h"
#include "base/text.h"
#include "drafting/stem.h"

#define FORMAT "(ysss)"
#define FORMAT_VERSION 1
#define GREETING_BYTES 80 /* a longer first line is no greeting */
#define CLOSING_LINES 8   /* from the end, in which a closing is looked for */
#define DIGITS_MAX 3      /* of a word that is left as it is */

void
precedent_free(Precedent *precedent)
{
	if (precedent == NULL)
		return;
	g_free(precedent->request);
	g_free(precedent->words);
	g_free(precedent->answer);
	g_free(precedent);
}

/* ------------------------------------------------------------ what is cut */

static bool
is_greeting(const char *text)
{
	char form[EDIT_FORM_SIZE];

	edit_greeting(text, form);
	return strcmp(form, "none") != 0 &&
	       strcspn(text, "\n") <= GREETING_BYTES;
}

static bool
is_closing(const char *line)
{
	char form[EDIT_FORM_SIZE];

	edit_signoff(line, form);
	return form[0] != '\0' && strcmp(form, "none") != 0;
}

/* Of CLOSING_LINES from the end, the first that is a closing; what stands from
 * there on are names. */
static void
cut_closing(char *text)
{
	char *end = text + strlen(text), *closing = NULL;

	for (unsigned i = 0; i < CLOSING_LINES && end > text; i++) {
		char *line = end;
		g_autofree char *copy = NULL;

		while (line > text && line[-1] != '\n')
			line--;
		copy = g_strndup(line, (size_t)(end - line));
		if (is_closing(copy))
			closing = line;
		end = line > text ? line - 1 : text;
	}
	if (closing != NULL)
		*closing = '\0';
}

static void
cut_signature(char *text, const char *signature)
{
	g_autofree char *bare =
		g_strstrip(g_strdup(signature != NULL ? signature : ""));
	char *at = *bare != '\0' ? g_strrstr(text, bare) : NULL;

	if (at != NULL)
		*at = '\0';
}

/* What was said between greeting and closing. */
static char *
bare_answer(const PrecedentInput *input)
{
	g_autofree char *text = g_strstrip(g_strdup(input->answer));
	char *from = text;

	cut_signature(text, input->signature);
	cut_closing(text);
	if (is_greeting(from))
		from += strcspn(from, "\n");
	return g_strdup(g_strstrip(from));
}

/* ------------------------------------------------------- what is replaced */

/* Bytes of the placeholder that begins at `text`; 0: none does. */
static size_t
placeholder_size(const char *text, const char **ret_name, size_t *ret_size)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t name, digits;

	if (*text != '<')
		return 0;
	for (name = 0;
	     text[1 + name] != '\0' && strchr(letters, text[1 + name]) != NULL;)
		name++;
	if (name == 0 || text[1 + name] != '_')
		return 0;
	digits = strspn(text + 2 + name, "0123456789");
	if (digits == 0 || text[2 + name + digits] != '>')
		return 0;
	*ret_name = text + 1;
	*ret_size = name;
	return 3 + name + digits;
}

static char *
without_placeholders(const char *text)
{
	GString *to = g_string_new(NULL);
	const char *name;
	size_t size, n;

	while (*text != '\0') {
		n = placeholder_size(text, &name, &size);
		if (n == 0) {
			g_string_append_c(to, *text++);
			continue;
		}
		g_string_append_c(to, '(');
		for (size_t i = 0; i < size; i++)
			g_string_append_c(to, g_ascii_tolower(name[i]));
		g_string_append_c(to, ')');
		text += n;
	}
	return g_string_free(to, FALSE);
}

static bool
is_of_number(char c)
{
	return g_ascii_isalnum(c) || strchr("-./,_#", c) != NULL;
}

/* Of a number at `text`, whose first `size` bytes are known, what comes next:
 * "12 500" is one number. 0: it ends. */
static size_t
more_of_number(const char *text, size_t size)
{
	static const char *const gaps[] = { " ",      "'",      "\u00a0",
		                            "\u202f", "\u2009", "\u2019" };
	const char *at = text + size;

	if (*at != '\0' && is_of_number(*at))
		return 1;
	if (size == 0 || !g_ascii_isdigit(at[-1]))
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(gaps); i++)
		if (g_str_has_prefix(at, gaps[i]) &&
		    g_ascii_isdigit(at[strlen(gaps[i])]))
			return strlen(gaps[i]);
	return 0;
}

/* Numbers with more digits than DIGITS_MAX lose them. */
static void
hide_numbers(char *text)
{
	while (*text != '\0') {
		size_t size = 0, digits = 0, n;

		for (; (n = more_of_number(text, size)) > 0; size += n)
			digits += g_ascii_isdigit(text[size]) != 0;
		for (size_t i = 0; digits > DIGITS_MAX && i < size; i++)
			if (g_ascii_isdigit(text[i]))
				text[i] = '#';
		text += size + (text[size] != '\0' && size == 0);
	}
}

static Redaction *
redaction_for(const PrecedentInput *input)
{
	Redaction *redaction = redaction_new(REDACT_ALL);

	for (unsigned i = 0; i < PRECEDENT_NAMES; i++)
		if (input->names[i] != NULL)
			redaction_add_name(redaction, input->names[i]);
	return redaction;
}

/* Where `word` stands in `text` as a whole word; NULL: nowhere. */
static char *
find_word(char *text, const char *word)
{
	for (char *at = strstr(text, word); at != NULL;
	     at = strstr(at + 1, word)) {
		char *end = at + strlen(word);
		char *before = g_utf8_find_prev_char(text, at);

		if ((before == NULL ||
		     !g_unichar_isalnum(g_utf8_get_char(before))) &&
		    !g_unichar_isalnum(g_utf8_get_char(end)))
			return at;
	}
	return NULL;
}

/* "Bo", "Li": too short for the redaction, which would find them in a mail's
 * other words. Here it is better to hide too much. */
static char *
without_short(char *text, const char *name)
{
	g_auto(GStrv) words = g_strsplit_set(name, " ,;\t", -1);

	for (char **word = words; *word != NULL; word++) {
		char *at;

		if (g_utf8_strlen(*word, -1) != 2 ||
		    !g_unichar_isupper(g_utf8_get_char(*word)))
			continue;
		while ((at = find_word(text, *word)) != NULL) {
			char *all = g_strdup_printf("%.*s(name)%s",
			                            (int)(at - text), text,
			                            at + strlen(*word));

			g_free(text);
			text = all;
		}
	}
	return text;
}

static char *
harmless(const PrecedentInput *input, const char *text)
{
	g_autoptr(Redaction) redaction = redaction_for(input);
	g_autofree char *clean =
		text_sanitise(text, strlen(text), PRECEDENT_ANSWER_MAX, NULL);
	g_autofree char *applied = NULL;
	char *bare;

	applied = redaction_apply(redaction, clean);
	bare = without_placeholders(applied);
	for (unsigned i = 0; i < PRECEDENT_NAMES; i++)
		if (input->names[i] != NULL)
			bare = without_short(bare, input->names[i]);
	hide_numbers(bare);
	return bare;
}

/* ------------------------------------------------------------- the making */

char **
precedent_words(Language language, const char *subject, const char *mail)
{
	g_autoptr(Stemmer) stemmer = stemmer_new(language);
	g_autofree char *text = g_strdup_printf("%s\n%s", subject, mail);

	return stem_words(stemmer, text, PRECEDENT_WORDS);
}

/* A number is nothing that two mails have in common, and may be somebody's. */
static bool
has_digit(const char *word)
{
	return strpbrk(word, "0123456789") != NULL;
}

static char *
words_of(const PrecedentInput *input)
{
	g_autoptr(Redaction) redaction = redaction_for(input);
	g_autofree char *subject = NULL;
	g_autofree char *mail = NULL;
	g_auto(GStrv) words = NULL;
	GString *kept = g_string_new(NULL);

	subject = redaction_apply(redaction, input->subject);
	mail = redaction_apply(redaction, input->mail);
	words = precedent_words(input->language, subject, mail);
	for (char **word = words; *word != NULL; word++)
		if (!has_digit(*word))
			g_string_append_printf(kept, "%s%s",
			                       kept->len > 0 ? " " : "", *word);
	return g_string_free(kept, FALSE);
}

Precedent *
precedent_make(const PrecedentInput *input)
{
	g_autofree char *text = bare_answer(input);
	g_autoptr(Precedent) precedent = g_new0(Precedent, 1);

	precedent->answer = harmless(input, text);
	if (strlen(precedent->answer) < PRECEDENT_ANSWER_MIN)
		return NULL;
	precedent->words = words_of(input);
	precedent->request = g_strdup(input->request);
	return g_steal_pointer(&precedent);
}

/* -------------------------------------------------------------- as bytes */

GBytes *
precedent_encode(const Precedent *precedent)
{
	g_autoptr(GVariant) value = g_variant_ref_sink(
		g_variant_new(FORMAT, FORMAT_VERSION, precedent->request,
	                      precedent->words, precedent->answer));

	return g_variant_get_data_as_bytes(value);
}

Precedent *
precedent_decode(const void *bytes, size_t size)
{
	g_autoptr(GBytes) copy = g_bytes_new(bytes, size); /* aligned */
	g_autoptr(GVariant) value = g_variant_ref_sink(
		g_variant_new_from_bytes(G_VARIANT_TYPE(FORMAT), copy, FALSE));
	const char *request, *words, *answer;
	Precedent *precedent;
	guchar version;

	if (!g_variant_is_normal_form(value))
		return NULL;
	g_variant_get(value, "(y&s&s&s)", &version, &request, &words, &answer);
	if (version != FORMAT_VERSION ||
	    !text_is_clean(request, PRECEDENT_REQUEST_MAX) ||
	    !text_is_clean(words, PRECEDENT_WORDS_MAX) ||
	    !text_is_clean(answer, (size_t)2 * PRECEDENT_ANSWER_MAX))
		return NULL;
	precedent = g_new0(Precedent, 1);
	precedent->request = g_strdup(request);
	precedent->words = g_strdup(words);
	precedent->answer = g_strdup(answer);
	return precedent;
}
