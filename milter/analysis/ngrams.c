/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over the text. A token ends at white space; a word is a run of
 * Latin letters in it ("l'heure" has two). Each word gives its character
 * 1- to 4-grams, its ends marked, and itself as a whole: short words are what
 * tells Danish from Norwegian. Features are written as the token is read and
 * taken back when it proves to be technical, so nothing is read twice.
 */
#include "analysis/ngrams.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define ORDER_MAX 4
#define WORD_MAX 30  /* letters of a word that are looked at */
#define WHOLE_MAX 14 /* longest word that is a feature of its own */
#define EDGE ((uint64_t)'_')

/* Most features one word can give; room for them is kept free. */
#define WORD_FEATURES ((WORD_MAX + 2) * ORDER_MAX + 1)

/*
 * What an ASCII character does to the token it stands in: s ends it, a is a
 * letter, t makes it technical, c makes it code, o does so after a letter
 * ("f(x)", but not "fault (again)"), j before a letter ("example.com", but not
 * "Thanks. Bye"), - only ends a word.
 */
static const char ascii_class[] = "---------sssss------------------"
				  "s--tt---o-----jtttttttttttj-ccc-"
				  "taaaaaaaaaaaaaaaaaaaaaaaaaaccctc"
				  "taaaaaaaaaaaaaaaaaaaaaaaaaaccct-";

typedef struct Reader {
	Ngrams *out;
	uint16_t word[WORD_MAX + 1]; /* from [1] on */
	unsigned length;
	bool technical; /* the token under way is no word of a language */
	bool code;      /* the same, and of a program at that */
	bool joined;    /* the last character was one of .:( after a letter */
	struct {
		size_t n;
		unsigned words, letters;
	} mark; /* where the token began */
} Reader;

static uint16_t
bucket(uint64_t grams)
{
	return (uint16_t)((grams * 0x9E3779B97F4A7C15u) >> (64 - NGRAMS_BITS));
}

/* Up to four letters of 16 bits fill one integer, the first one lowest. */
static size_t
write_grams(uint64_t grams, unsigned orders, uint16_t *feature)
{
	feature[0] = bucket(grams & 0xffff);
	feature[1] = bucket(grams & 0xffffffff);
	feature[2] = bucket(grams & 0xffffffffffff);
	feature[3] = bucket(grams);
	return orders;
}

static void
end_word(Reader *reader)
{
	Ngrams *out = reader->out;
	unsigned length = reader->length;
	uint64_t whole = 1;
	uint64_t grams = EDGE;

	if (length == 0)
		return;
	for (unsigned i = length; i > 0; i--) {
		uint64_t letter = reader->word[i];

		whole = whole * 0xD6E8FEB86659FD93u + letter;
		grams = grams << 16 | letter;
		out->n += write_grams(grams, MIN(length + 2 - i, ORDER_MAX),
		                      &out->feature[out->n]);
	}
	grams = grams << 16 | EDGE;
	for (unsigned n = 2; n <= MIN(length + 2, ORDER_MAX); n++)
		out->feature[out->n++] =
			bucket(grams << (64 - 16 * n) >> (64 - 16 * n));
	if (length <= WHOLE_MAX)
		out->feature[out->n++] = bucket(whole);
	out->words++;
	out->letters += length;
	reader->length = 0;
}

static void
end_token(Reader *reader)
{
	Ngrams *out = reader->out;

	end_word(reader);
	if (reader->technical || reader->code) {
		out->n = reader->mark.n;
		out->words = reader->mark.words;
		out->letters = reader->mark.letters;
	}
	reader->mark.n = out->n;
	reader->mark.words = out->words;
	reader->mark.letters = out->letters;
	out->code += reader->code;
	reader->technical = false;
	reader->code = false;
	reader->joined = false;
}

static void
add_letter(Reader *reader, gunichar c)
{
	if (reader->joined)
		reader->technical = true;
	if (reader->length < WORD_MAX)
		reader->word[++reader->length] = (uint16_t)c;
}

static void
add_ascii(Reader *reader, unsigned char c)
{
	char class = ascii_class[c];

	if (class == 'a') {
		add_letter(reader, c | 0x20);
		return;
	}
	if (class == 's') {
		end_token(reader);
		return;
	}
	if (class == 'c' || (class == 'o' && reader->length > 0))
		reader->code = true;
	if (class == 't')
		reader->technical = true;
	reader->joined = class == 'j' && reader->length > 0;
	end_word(reader);
}

static bool
is_latin(gunichar c)
{
	return c < 0x250 || (c >= 0x1e00 && c < 0x1f00);
}

static void
add_unicode(Reader *reader, gunichar c)
{
	if (g_unichar_isspace(c)) {
		end_token(reader);
	} else if (!g_unichar_isalpha(c)) {
		reader->joined = false;
		end_word(reader);
	} else if (is_latin(c)) {
		add_letter(reader, g_unichar_tolower(c));
	} else {
		reader->out->foreign++;
		end_word(reader);
	}
}

void
ngrams_extract(const char *text, size_t size, Ngrams *ret_ngrams)
{
	Reader reader = { .out = ret_ngrams };
	const char *end = text + size;

	ret_ngrams->n = 0;
	ret_ngrams->words = 0;
	ret_ngrams->letters = 0;
	ret_ngrams->foreign = 0;
	ret_ngrams->code = 0;
	while (text < end && ret_ngrams->n + WORD_FEATURES < NGRAMS_MAX) {
		if ((unsigned char)*text < 0x80) {
			add_ascii(&reader, (unsigned char)*text++);
		} else {
			add_unicode(&reader, g_utf8_get_char(text));
			text = g_utf8_next_char(text);
		}
	}
	end_token(&reader);
}
