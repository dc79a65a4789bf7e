/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Placeholders out, and back.
 *
 * The same reader tells what looks like a placeholder in a customer's text and
 * in a model's answer. So whatever the customer writes, <PHONE_1> or a form
 * that a model might make of it, was replaced by one of our own before, and
 * putting back gives the very text again.
 */
#include "analysis/redact.h"

#include <string.h>

#include "redact_private.h"

/* A name's word; shorter ones are too often something else. */
#define NAME_LETTERS_MIN 3
/* A secret of fewer bytes and no digit is a word that any text may have. */
#define KNOWN_BYTES_MIN 6

static const char *const names[REDACT_KIND_N] = {
	[REDACT_CARD] = "CARD",        [REDACT_SECRET] = "SECRET",
	[REDACT_CPR] = "CPR",          [REDACT_FODSELSNUMMER] = "FNR",
	[REDACT_PERSONNUMMER] = "PNR", [REDACT_HETU] = "HETU",
	[REDACT_STEUER_ID] = "TAXID",  [REDACT_IBAN] = "IBAN",
	[REDACT_CVR] = "CVR",          [REDACT_ORGNR] = "ORGNR",
	[REDACT_PHONE] = "PHONE",      [REDACT_EMAIL] = "EMAIL",
	[REDACT_NAME] = "NAME",        [REDACT_LITERAL] = "TEXT",
};

struct Redaction {
	unsigned kinds;
	GPtrArray *originals[REDACT_KIND_N]; /* char *, the first is number 1 */
	GHashTable *numbers;                 /* KIND:original -> number */
	GHashTable *people;                  /* words of names, folded */
	GHashTable *placeholders; /* letters and digits of one -> "<PHONE_1>" */
};

const char *
redact_kind_name(RedactKind kind)
{
	return names[kind];
}

bool
redact_is_hard(RedactKind kind)
{
	return (REDACT_BIT(kind) & REDACT_HARD) != 0;
}

Redaction *
redaction_new(unsigned kinds)
{
	Redaction *redaction = g_new0(Redaction, 1);

	redaction->kinds = kinds | REDACT_HARD | REDACT_BIT(REDACT_LITERAL);
	for (unsigned i = 0; i < REDACT_KIND_N; i++)
		redaction->originals[i] =
			g_ptr_array_new_with_free_func(g_free);
	redaction->numbers =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	redaction->people =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	redaction->placeholders =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return redaction;
}

void
redaction_free(Redaction *redaction)
{
	if (redaction == NULL)
		return;
	for (unsigned i = 0; i < REDACT_KIND_N; i++)
		g_ptr_array_unref(redaction->originals[i]);
	g_hash_table_unref(redaction->numbers);
	g_hash_table_unref(redaction->people);
	g_hash_table_unref(redaction->placeholders);
	g_free(redaction);
}

unsigned
redaction_count(const Redaction *redaction, RedactKind kind)
{
	return redaction->originals[kind]->len;
}

/* ------------------------------------------------------------------- names */

/* The next word of letters at or after *from; its end, NULL when there is
 * none. */
static const char *
next_letters(const char **from, const char *end)
{
	const char *p = *from;

	while (p < end && !g_unichar_isalpha(g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	*from = p;
	while (p < end && g_unichar_isalpha(g_utf8_get_char(p)))
		p = g_utf8_next_char(p);
	return p == *from ? NULL : p;
}

void
redaction_add_name(Redaction *redaction, const char *name)
{
	const char *end = name + strlen(name), *stop;

	if (!g_utf8_validate(name, -1, NULL))
		return;
	while ((stop = next_letters(&name, end)) != NULL) {
		if (g_utf8_strlen(name, stop - name) >= NAME_LETTERS_MIN)
			g_hash_table_add(redaction->people,
			                 g_utf8_strdown(name, stop - name));
		name = stop;
	}
}

static bool
is_name(const Redaction *redaction, const char *word, const char *end)
{
	g_autofree char *folded = NULL;

	if (!g_unichar_isupper(g_utf8_get_char(word)))
		return false;
	folded = g_utf8_strdown(word, end - word);
	return g_hash_table_contains(redaction->people, folded);
}

/* --------------------------------------------------------------------- out */

/* Letters and digits alone, in lower case: one number is spaced in many ways.
 */
static char *
bare(const char *from, const char *end)
{
	GString *to = g_string_new(NULL);

	for (; from < end; from++)
		if (g_ascii_isalnum(*from) || (*from & 0x80) != 0)
			g_string_append_c(to, g_ascii_tolower(*from));
	return g_string_free(to, FALSE);
}

/* Names and literals are found anew in each text. */
static void
remember(Redaction *redaction, RedactKind kind, const char *from,
         const char *end, unsigned number)
{
	g_autofree char *key = bare(from, end);

	if (kind != REDACT_NAME && kind != REDACT_LITERAL && *key != '\0')
		g_hash_table_insert(
			redaction->placeholders, g_steal_pointer(&key),
			g_strdup_printf("<%s_%u>", names[kind], number));
}

static void
put(Redaction *redaction, GString *to, RedactKind kind, const char *from,
    const char *end)
{
	g_autofree char *original = g_strndup(from, (gsize)(end - from));
	g_autofree char *key = g_strdup_printf("%s:%s", names[kind], original);
	unsigned n =
		GPOINTER_TO_UINT(g_hash_table_lookup(redaction->numbers, key));

	if (n == 0) {
		g_ptr_array_add(redaction->originals[kind],
		                g_steal_pointer(&original));
		n = redaction->originals[kind]->len;
		g_hash_table_insert(redaction->numbers, g_steal_pointer(&key),
		                    GUINT_TO_POINTER(n));
		remember(redaction, kind, from, end, n);
	}
	g_string_append_printf(to, "<%s_%u>", names[kind], n);
}

/* What lies between the values found: people's names are in there. */
static void
put_between(Redaction *redaction, GString *to, const char *from,
            const char *end)
{
	const char *word = from, *stop;

	if ((redaction->kinds & REDACT_BIT(REDACT_NAME)) == 0 ||
	    g_hash_table_size(redaction->people) == 0) {
		g_string_append_len(to, from, end - from);
		return;
	}
	while ((stop = next_letters(&word, end)) != NULL) {
		g_string_append_len(to, from, word - from);
		if (is_name(redaction, word, stop))
			put(redaction, to, REDACT_NAME, word, stop);
		else
			g_string_append_len(to, word, stop - word);
		from = word = stop;
	}
	g_string_append_len(to, from, end - from);
}

char *
redaction_apply(Redaction *redaction, const char *text)
{
	size_t size = strlen(text), from = 0;
	g_autofree RedactSpan *spans = g_new(RedactSpan, size + 1);
	size_t n = redact_find_kinds(text, size, redaction->kinds, spans,
	                             size + 1);
	GString *to = g_string_sized_new(size + 64);

	for (size_t i = 0; i < n; i++) {
		put_between(redaction, to, text + from, text + spans[i].start);
		put(redaction, to, spans[i].kind, text + spans[i].start,
		    text + spans[i].end);
		from = spans[i].end;
	}
	put_between(redaction, to, text + from, text + size);
	return g_string_free(to, FALSE);
}

/* ------------------------------------------------- the site's own texts */

static bool
tells(const char *original)
{
	return strlen(original) >= KNOWN_BYTES_MIN ||
	       strpbrk(original, "0123456789") != NULL;
}

/* The original that begins at `at` as a word of its own; NULL: none does. Their
 * number is bounded by the mail's length, and few are more than a dozen. */
static const char *
known_at(const Redaction *redaction, const char *at, const char *end,
         RedactKind *ret_kind)
{
	for (unsigned kind = 0; kind < REDACT_NAME; kind++) {
		const GPtrArray *originals = redaction->originals[kind];

		for (guint i = 0; i < originals->len; i++) {
			const char *original = originals->pdata[i];
			size_t size = strlen(original);

			if (size > (size_t)(end - at) || !tells(original) ||
			    memcmp(at, original, size) != 0 ||
			    redact_is_word(at, (size_t)(end - at), size))
				continue;
			*ret_kind = (RedactKind)kind;
			return at + size;
		}
	}
	return NULL;
}

/* As put_between(), of a text in which what was found in others may stand. */
static void
put_known_between(Redaction *redaction, GString *to, const char *from,
                  const char *end)
{
	const char *at = from, *stop;
	RedactKind kind;

	while (at < end) {
		bool begins = at == from ||
		              !redact_is_word(from, (size_t)(end - from),
		                              (size_t)(at - from) - 1);

		stop = begins ? known_at(redaction, at, end, &kind) : NULL;
		if (stop == NULL) {
			at++;
			continue;
		}
		put_between(redaction, to, from, at);
		put(redaction, to, kind, at, stop);
		from = at = stop;
	}
	put_between(redaction, to, from, end);
}

char *
redaction_apply_known(Redaction *redaction, const char *text)
{
	size_t size = strlen(text), from = 0;
	g_autofree RedactSpan *spans = g_new(RedactSpan, size + 1);
	size_t n = redact_find_kinds(text, size, redaction->kinds, spans,
	                             size + 1);
	GString *to = g_string_sized_new(size + 64);

	for (size_t i = 0; i < n; i++) {
		const char *start = text + spans[i].start;
		const char *end = text + spans[i].end;
		g_autofree char *key = bare(start, end);
		const char *known =
			g_hash_table_lookup(redaction->placeholders, key);
		bool literal = spans[i].kind == REDACT_LITERAL;

		if (!literal && known == NULL)
			continue;
		put_known_between(redaction, to, text + from, start);
		if (literal)
			put(redaction, to, REDACT_LITERAL, start, end);
		else
			g_string_append(to, known);
		from = spans[i].end;
	}
	put_known_between(redaction, to, text + from, text + size);
	return g_string_free(to, FALSE);
}

/* -------------------------------------------------------------------- back */

static char
closing(char open)
{
	switch (open) {
	case '<':
		return '>';
	case '[':
		return ']';
	case '{':
		return '}';
	default:
		return '\0';
	}
}

/* The bytes of a kind's name and the mark after it. */
static size_t
read_kind(const char *text, size_t size, bool bracketed, RedactKind *ret_kind)
{
	const char *marks = bracketed ? "_- \\" : "_";

	for (unsigned i = 0; i < REDACT_KIND_N; i++) {
		size_t n = strlen(names[i]);

		if (size < n + 2 || text[n] == '\0' ||
		    strchr(marks, text[n]) == NULL ||
		    (bracketed ? g_ascii_strncasecmp(text, names[i], n)
		               : memcmp(text, names[i], n)) != 0)
			continue;
		*ret_kind = i;
		/* Markdown: <PHONE\_1> */
		return n + 1 + (text[n] == '\\' && text[n + 1] == '_');
	}
	return 0;
}

/* The bytes of a number of at most six digits. */
static size_t
read_digits(const char *text, size_t size, unsigned *ret_number)
{
	size_t n = 0;

	*ret_number = 0;
	while (n < size && n < 6 && g_ascii_isdigit(text[n]))
		*ret_number = *ret_number * 10 + (unsigned)(text[n++] - '0');
	return n;
}

/* Does a word of its own end here? */
static bool
ends_here(const char *text, size_t size)
{
	return size == 0 || (!redact_is_word(text, size, 0) && *text != '_');
}

size_t
redact_placeholder(const char *text, size_t size, char before,
                   RedactKind *ret_kind, unsigned *ret_number)
{
	char close = size > 0 ? closing(text[0]) : '\0';
	size_t at = close != '\0', n, digits;

	if (close == '\0' && !ends_here(&before, 1))
		return 0;
	n = read_kind(text + at, size - at, close != '\0', ret_kind);
	if (n == 0)
		return 0;
	at += n;
	digits = read_digits(text + at, size - at, ret_number);
	at += digits;
	if (digits == 0)
		return 0;
	if (close != '\0')
		return at < size && text[at] == close ? at + 1 : 0;
	return ends_here(text + at, size - at) ? at : 0;
}

static void
put_back(const Redaction *redaction, GString *to, RedactKind kind,
         unsigned number, RedactRestored *restored)
{
	const GPtrArray *originals = redaction->originals[kind];

	if (redact_is_hard(kind)) {
		restored->hard++;
	} else if (number >= 1 && number <= originals->len) {
		restored->restored++;
		g_string_append(to, originals->pdata[number - 1]);
		return;
	} else {
		restored->unknown++;
	}
	g_string_append_printf(to, "[CHECK: %s]", names[kind]);
}

char *
redaction_restore(const Redaction *redaction, const char *text,
                  RedactRestored *ret_restored)
{
	RedactRestored restored = { 0 };
	size_t size = strlen(text), at = 0;
	GString *to = g_string_sized_new(size + 64);
	char before = ' ';

	while (at < size) {
		RedactKind kind;
		unsigned number;
		size_t n = redact_placeholder(text + at, size - at, before,
		                              &kind, &number);

		if (n > 0)
			put_back(redaction, to, kind, number, &restored);
		else
			g_string_append_c(to, text[at]);
		at += n > 0 ? n : 1;
		before = text[at - 1];
	}
	if (ret_restored != NULL)
		*ret_restored = restored;
	return g_string_free(to, FALSE);
}
