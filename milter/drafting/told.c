/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whoever reads "order 50 chairs" as number 50 would answer about an order that
 * nobody has. So a number counts when a label stands before it with little
 * between, and is repeated only when it can hardly be an amount: a word for
 * "number" stands there, it has a letter or a dash, or five digits and more.
 *
 * For what is only left unasked, being wrong costs a question; so that looks
 * less closely.
 */
#include "told.h"

#include <glib.h>
#include <string.h>

#include "analysis/redact.h"
#include "told_words.h"

#define WORD_MAX 40    /* bytes of a word that is looked at */
#define WORDS_MAX 3000 /* of a text */
#define BETWEEN 4      /* words between a label and its number */
#define BEHIND 2       /* words behind a number that may be another one */
#define NUMBER_MAX 20  /* bytes of one that is repeated */
#define DIGITS_MAX 12
#define DIGITS_MIN 3
#define LETTERS_MAX 6
#define SPANS_MAX 64

static const char *const names[TOLD_N] = {
	[TOLD_ORDER] = "order",       [TOLD_INVOICE] = "invoice",
	[TOLD_CUSTOMER] = "customer", [TOLD_CONTRACT] = "contract",
	[TOLD_CASE] = "case",         [TOLD_SERIAL] = "serial",
	[TOLD_PHONE] = "phone",       [TOLD_VERSION] = "version",
	[TOLD_ERROR] = "error",       [TOLD_DATE] = "date",
	[TOLD_QUANTITY] = "quantity", [TOLD_ATTACHMENT] = "attachment",
};

typedef struct Word {
	char low[WORD_MAX + 1]; /* in small letters; "" when it is too long */
	const char *start;
	size_t size;
	unsigned digits, letters;
	bool money; /* "€1250", "1250,50" */
} Word;

typedef struct Reader {
	Language language;
	Told *told;
	bool several[TOLD_LABELS]; /* different numbers of the kind */
	/* the label that waits for its number */
	bool waits, says_number;
	ToldKind kind;
	unsigned between;
	unsigned behind; /* words yet to look at behind a number */
	Word before;     /* the last word */
	/* a number that may be one of pieces, once a word follows */
	bool counts;
} Reader;

const char *
told_name(ToldKind kind)
{
	return kind < TOLD_N ? names[kind] : "";
}

void
told_clear(Told *told)
{
	for (unsigned k = 0; k < TOLD_LABELS; k++)
		g_clear_pointer(&told->number[k], g_free);
}

static void
note(Reader *reader, ToldKind kind)
{
	reader->told->kinds |= 1u << kind;
}

/* ------------------------------------------------------------------ a number
 */

/* "2024-03-12", "12-03-2024"; "20-7714" may be a number. */
static bool
is_dashed_date(const char *at)
{
	size_t n[3] = { 0 };

	for (unsigned i = 0; i < 3; i++) {
		n[i] = strspn(at, "0123456789");
		at += n[i];
		if (n[i] == 0 || *at != (i < 2 ? '-' : '\0'))
			return false;
		at += i < 2;
	}
	return n[1] <= 2 && ((n[0] == 4 && n[2] <= 2) ||
	                     (n[0] <= 2 && (n[2] == 2 || n[2] == 4)));
}

/* "12.03.2024", "14:30", "3/4" */
static bool
is_date(const Word *word)
{
	const char *at = word->low;
	unsigned parts = 1, digits = 0;

	if (is_dashed_date(at))
		return true;
	for (; *at != '\0'; at++) {
		if (g_ascii_isdigit(*at)) {
			digits++;
			continue;
		}
		if (strchr(".:/", *at) == NULL || digits == 0 || digits > 2)
			return false;
		digits = 0;
		parts++;
	}
	return (parts == 2 && digits >= 1 && digits <= 2) ||
	       (parts == 3 && digits <= 4);
}

/* "1.234" and "7.50" are amounts or times, and no numbers of anything. */
static bool
is_number(const Word *word, bool says_number)
{
	bool year = word->size == 4 && word->digits == 4 &&
	            (g_str_has_prefix(word->low, "19") ||
	             g_str_has_prefix(word->low, "20"));

	if (word->digits < DIGITS_MIN &&
	    !(word->letters > 0 && word->digits >= 2))
		return false;
	return !word->money && !is_date(word) &&
	       strchr(word->low, '.') == NULL && (says_number || !year);
}

static bool
is_private(const char *number)
{
	RedactSpan spans[4];
	size_t n =
		redact_find(number, strlen(number), spans, G_N_ELEMENTS(spans));

	for (size_t i = 0; i < n; i++)
		if (redact_is_hard(spans[i].kind) ||
		    spans[i].kind == REDACT_IBAN ||
		    (spans[i].kind == REDACT_PHONE && number[0] == '0'))
			return true;
	return false;
}

static bool
is_plain(const char *number, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!g_ascii_isdigit(number[i]) &&
		    !g_ascii_isupper(number[i]) && number[i] != '-' &&
		    number[i] != '/')
			return false;
	return true;
}

/* May it stand in a reply? */
static bool
is_repeatable(const Reader *reader, const Word *word)
{
	g_autofree char *number = g_strndup(word->start, word->size);
	bool sure = reader->says_number || word->letters > 0 ||
	            strpbrk(number, "-/") != NULL ||
	            (word->digits >= 5 && !g_str_has_suffix(number, "000"));

	return sure && word->size <= NUMBER_MAX && word->digits <= DIGITS_MAX &&
	       word->digits >= 3 && word->letters <= LETTERS_MAX &&
	       is_plain(number, word->size) && !is_private(number);
}

static void
take_number(Reader *reader, const Word *word)
{
	char **number = &reader->told->number[reader->kind];
	g_autofree char *found = g_strndup(word->start, word->size);

	note(reader, reader->kind);
	if (*number != NULL && strcmp(*number, found) != 0)
		reader->several[reader->kind] = true;
	else if (*number == NULL)
		*number = g_steal_pointer(&found);
	if (!is_repeatable(reader, word))
		reader->several[reader->kind] = true;
	reader->behind = BEHIND;
}

/* "12450 kr", which was no number; "400 182", "4471 to 4473" */
static void
look_behind(Reader *reader, const Word *word)
{
	if (reader->behind == 0)
		return;
	if (reader->behind == BEHIND && told_is_amount(word->low)) {
		reader->several[reader->kind] = true;
		reader->told->kinds &= ~(1u << reader->kind);
	}
	reader->behind--;
	if (word->digits >= 3 && !is_date(word))
		reader->several[reader->kind] = true;
}

static void
look_at_label(Reader *reader, const Word *word)
{
	Label label;

	look_behind(reader, word);
	if (reader->waits && is_number(word, reader->says_number) &&
	    (reader->says_number || reader->kind != TOLD_SERIAL)) {
		take_number(reader, word);
		reader->waits = false;
	} else if (told_label(reader->language, word->low, &label)) {
		reader->waits = true;
		reader->says_number = label.number;
		reader->kind = label.kind;
		reader->between = 0;
	} else if (reader->waits && told_is_number_word(word->low)) {
		reader->says_number = true;
	} else if (!told_is_filler(word->low) || ++reader->between > BETWEEN) {
		reader->waits = false;
	}
}

/* ------------------------------------------------------------- all the rest */

/* "2.14.0", "v3.1"; "version 7" by the word before it. */
static bool
is_version(const Reader *reader, const Word *word)
{
	const char *at = word->low + (word->low[0] == 'v');
	unsigned dots = 0;

	if (word->digits == 0)
		return false;
	if (told_is_version_word(reader->before.low))
		return true;
	for (; *at != '\0'; at++) {
		if (*at != '.' && !g_ascii_isdigit(*at))
			return false;
		dots += *at == '.';
	}
	return (dots >= 2 && word->size <= 8) ||
	       (dots >= 1 && word->low[0] == 'v');
}

/* "E-42", "ERR_1010", "0x80"; "fejl 17" by the word before it. */
static bool
is_error(const Reader *reader, const Word *word)
{
	if (word->digits == 0)
		return false;
	if (told_is_error_word(reader->before.low) ||
	    g_str_has_prefix(word->low, "0x"))
		return true;
	return word->letters >= 1 && word->letters <= 3 && word->digits <= 4 &&
	       g_ascii_isupper(word->start[0]);
}

/* "30", not "007" or "1" */
static bool
is_count(const Word *word)
{
	return word->letters == 0 && word->digits > 0 &&
	       word->digits == word->size && word->digits <= 4 &&
	       word->low[0] != '0' && strcmp(word->low, "1") != 0;
}

/* A word behind "30" that is what there are thirty of: where nouns are large
 * it may be large. */
static bool
is_counted(Language language, const Word *word)
{
	bool small = g_unichar_islower(g_utf8_get_char(word->start)) != 0;

	return word->digits == 0 && !told_is_measure(word->low) &&
	       (small || (language == LANGUAGE_DE && word->letters > 2));
}

static void
look_at_quantity(Reader *reader, const Word *word)
{
	if (reader->counts && is_counted(reader->language, word))
		note(reader, TOLD_QUANTITY);
	reader->counts = is_count(word);
}

static void
look_at_word(Reader *reader, const Word *word)
{
	look_at_label(reader, word);
	if (reader->behind == BEHIND) { /* its number: nothing else */
		reader->counts = false;
		reader->before = (Word){ .low = "" };
		return;
	}
	if (is_version(reader, word))
		note(reader, TOLD_VERSION);
	if (is_error(reader, word))
		note(reader, TOLD_ERROR);
	if (told_is_day(reader->language, word->low) || is_date(word))
		note(reader, TOLD_DATE);
	if (told_is_attached(reader->language, word->low))
		note(reader, TOLD_ATTACHMENT);
	look_at_quantity(reader, word);
	reader->before = *word;
}

/* -------------------------------------------------------------------- words */

static bool
parts_words(gunichar c)
{
	return g_unichar_isspace(c) ||
	       (c < 128 ? strchr(",;!?()\"'[]{}<>|=*:&", (int)c) != NULL
	                : g_unichar_ispunct(c));
}

/* Without what only ends a sentence or stands for itself. */
static void
trim(Word *word)
{
	while (word->size > 0 && strchr(".-/#_", word->start[0]) != NULL) {
		word->start++;
		word->size--;
	}
	while (word->size > 0 &&
	       strchr(".-/#_", word->start[word->size - 1]) != NULL)
		word->size--;
}

static bool
is_currency(const char *at)
{
	return g_unichar_type(g_utf8_get_char(at)) == G_UNICODE_CURRENCY_SYMBOL;
}

static bool
is_money(const char *text, const char *start, const char *end)
{
	return (start > text && is_currency(g_utf8_prev_char(start))) ||
	       is_currency(end) || (*end == ',' && g_ascii_isdigit(end[1]));
}

/* The word of `text` from `start` to `end`. */
static void
add_word(Reader *reader, const char *text, const char *start, const char *end)
{
	Word word = { .start = start,
		      .size = (size_t)(end - start),
		      .money = is_money(text, start, end) };
	g_autofree char *low = NULL;

	reader->says_number = reader->says_number || *start == '#';
	trim(&word);
	if (word.size == 0)
		return;
	low = g_utf8_strdown(word.start, (gssize)word.size);
	if (strlen(low) <= WORD_MAX)
		g_strlcpy(word.low, low, sizeof(word.low));
	for (const char *at = word.start; at < word.start + word.size;
	     at = g_utf8_next_char(at)) {
		word.digits += g_ascii_isdigit(*at) != 0;
		word.letters += g_unichar_isalpha(g_utf8_get_char(at)) != 0;
	}
	look_at_word(reader, &word);
}

/* A time keeps its colon, "14:30". */
static bool
is_within(const char *text, const char *at)
{
	return *at == ':' && at > text && g_ascii_isdigit(at[-1]) &&
	       g_ascii_isdigit(at[1]);
}

static void
forget_words(Reader *reader)
{
	reader->waits = reader->counts = reader->says_number = false;
	reader->behind = 0;
	reader->before = (Word){ .low = "" };
}

static void
read_text(Reader *reader, const char *text)
{
	const char *start = NULL, *at = text;
	unsigned n = 0;

	forget_words(reader);
	for (; *at != '\0' && n < WORDS_MAX; at = g_utf8_next_char(at)) {
		bool parts = parts_words(g_utf8_get_char(at)) &&
		             !is_within(text, at);

		if (!parts && start == NULL)
			start = at;
		if (!parts || start == NULL)
			continue;
		add_word(reader, text, start, at);
		start = NULL;
		n++;
	}
	if (start != NULL && *at == '\0')
		add_word(reader, text, start, at);
}

static bool
has_phone(const char *text)
{
	RedactSpan spans[SPANS_MAX];
	size_t n = redact_find(text, strlen(text), spans, SPANS_MAX);

	for (size_t i = 0; i < n; i++)
		if (spans[i].kind == REDACT_PHONE)
			return true;
	return false;
}

void
told_read(Language language, const ToldTexts *texts, Told *ret_told)
{
	Reader reader = { .language = language, .told = ret_told };
	const char *const all[] = { texts->subject, texts->text,
		                    texts->signature };

	*ret_told = (Told){ 0 };
	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		if (all[i] == NULL || !g_utf8_validate(all[i], -1, NULL))
			continue;
		if (i < 2)
			read_text(&reader, all[i]);
		if (has_phone(all[i]))
			note(&reader, TOLD_PHONE);
	}
	for (unsigned k = 0; k < TOLD_LABELS; k++)
		if (reader.several[k])
			g_clear_pointer(&ret_told->number[k], g_free);
}
