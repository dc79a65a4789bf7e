/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sentence ends at . ! ? ; and at an empty line. That also cuts "pr. 1.
 * juni", which costs little: what belongs together seldom stands on both sides
 * of a number.
 */
#include "book.h"

#include <string.h>

#include "asking.h"

#define PART_LETTERS 4 /* of a joined word, at least */
#define REST_LETTERS 3
#define HEAD 0.5 /* "Rechnung" in "Rechnungskopie" */
#define TAIL 0.8 /* "Kopie": what the whole is a kind of */

struct Book {
	Language language;
	bool joins;
	GHashTable *numbers; /* stem -> number */
	GHashTable *whole;   /* words as they are -> number */
};

static bool
joins_words(Language language)
{
	switch (language) {
	case LANGUAGE_DA:
	case LANGUAGE_SV:
	case LANGUAGE_NB:
	case LANGUAGE_NN:
	case LANGUAGE_DE:
	case LANGUAGE_FI:
	case LANGUAGE_NL:
	case LANGUAGE_IS:
		return true;
	default:
		return false;
	}
}

Book *
book_new(Language language)
{
	Book *book = g_new0(Book, 1);

	book->language = language;
	book->joins = joins_words(language);
	book->numbers =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	book->whole =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return book;
}

void
book_free(Book *book)
{
	if (book == NULL)
		return;
	g_hash_table_unref(book->numbers);
	g_hash_table_unref(book->whole);
	g_free(book);
}

static unsigned
number_of(const Book *book, const char *stem)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(book->numbers, stem));
}

unsigned
book_add(Book *book, const StemWord *word)
{
	unsigned number = number_of(book, word->stem);

	if (number == 0) {
		number = g_hash_table_size(book->numbers) + 1;
		g_hash_table_insert(book->numbers, g_strdup(word->stem),
		                    GUINT_TO_POINTER(number));
	}
	g_hash_table_insert(book->whole, g_strdup(word->low),
	                    GUINT_TO_POINTER(number));
	return number;
}

unsigned
book_size(const Book *book)
{
	return g_hash_table_size(book->numbers);
}

/* ------------------------------------------------------------------- reading
 */

typedef struct Reader {
	const Book *book;
	Reading *reading;
	const char *end; /* of the word before; NULL: there is none */
} Reader;

static void
free_places(void *places)
{
	g_array_unref(places);
}

static void
add_place(Reader *reader, unsigned number, double strength)
{
	Reading *reading = reader->reading;
	void *key = GUINT_TO_POINTER(number);
	GArray *places = g_hash_table_lookup(reading->places, key);
	Place place = { reading->words, reading->sentences->len - 1, strength };

	if (places == NULL) {
		places = g_array_new(FALSE, FALSE, sizeof(Place));
		g_hash_table_insert(reading->places, key, places);
	}
	if (places->len < BOOK_PLACES_MAX)
		g_array_append_val(places, place);
}

/* The longest end of a word that is a word of the book. A stemmer cuts more of
 * a long word than of a short one, so that the words themselves count too. */
static void
add_tail(Reader *reader, const char *low)
{
	const Book *book = reader->book;
	glong letters = g_utf8_strlen(low, -1);

	for (glong at = REST_LETTERS; at <= letters - PART_LETTERS; at++) {
		const char *tail = g_utf8_offset_to_pointer(low, at);
		unsigned number = GPOINTER_TO_UINT(
			g_hash_table_lookup(book->whole, tail));

		if (number == 0)
			number = number_of(book, tail);

		if (number != 0) {
			add_place(reader, number, TAIL);
			return;
		}
	}
}

static void
add_head(Reader *reader, const char *stem, glong letters)
{
	g_autofree char *head = g_strdup(stem);

	for (glong n = letters - REST_LETTERS; n >= PART_LETTERS; n--) {
		unsigned number;

		*g_utf8_offset_to_pointer(head, n) = '\0';
		number = number_of(reader->book, head);
		if (number != 0) {
			add_place(reader, number, HEAD);
			return;
		}
	}
}

static void
add_word(Reader *reader, const StemWord *word)
{
	unsigned number = number_of(reader->book, word->stem);
	glong letters;

	if (number != 0)
		add_place(reader, number, 1);
	if (!reader->book->joins)
		return;
	letters = g_utf8_strlen(word->stem, -1);
	if (letters < PART_LETTERS + REST_LETTERS)
		return;
	add_tail(reader, word->low);
	add_head(reader, word->stem, letters);
}

static Sentence *
sentence_now(const Reading *reading)
{
	return &g_array_index(reading->sentences, Sentence,
	                      reading->sentences->len - 1);
}

static void
begin_sentence(Reading *reading)
{
	static const Sentence none;

	g_array_append_val(reading->sentences, none);
}

/* What stands between two words: does it end the sentence? */
static void
read_gap(Reader *reader, const char *from, const char *to)
{
	Sentence *sentence = sentence_now(reader->reading);
	unsigned lines = 0;
	bool ends = false;

	for (const char *at = from; at < to; at++) {
		lines = *at == '\n' ? lines + 1 : lines;
		ends = ends || strchr(".!?;", *at) != NULL || lines == 2;
		sentence->asks = sentence->asks || *at == '?';
	}
	sentence->wants = sentence->wants || sentence->asks;
	if (ends)
		begin_sentence(reader->reading);
}

static void
read_word(const StemWord *word, void *data)
{
	Reader *reader = data;
	Sentence *sentence;

	if (reader->end != NULL)
		read_gap(reader, reader->end, word->start);
	reader->end = word->end;
	sentence = sentence_now(reader->reading);
	sentence->wants = sentence->wants ||
	                  asking_wants(reader->book->language, word->low,
	                               sentence->words == 0);
	sentence->done = sentence->done ||
	                 asking_done(reader->book->language, word->low);
	sentence->words++;
	add_word(reader, word);
	reader->reading->words++;
}

static void
read_text(Reader *reader, Stemmer *stemmer, const char *text)
{
	reader->end = NULL;
	begin_sentence(reader->reading);
	stem_each(stemmer, text, BOOK_WORDS_MAX, read_word, reader);
	if (reader->end != NULL)
		read_gap(reader, reader->end, text + strlen(text));
}

Reading *
book_read(const Book *book, const char *subject, const char *text)
{
	Reading *reading = g_new0(Reading, 1);
	Reader reader = { book, reading, NULL };
	g_autoptr(Stemmer) stemmer = stemmer_new(book->language);

	reading->places = g_hash_table_new_full(NULL, NULL, NULL, free_places);
	reading->sentences = g_array_new(FALSE, TRUE, sizeof(Sentence));
	read_text(&reader, stemmer, subject);
	read_text(&reader, stemmer, text);
	for (unsigned i = 0; i < reading->sentences->len; i++) {
		const Sentence *sentence =
			&g_array_index(reading->sentences, Sentence, i);

		reading->asks = reading->asks || sentence->asks;
		reading->wants = reading->wants || sentence->wants;
	}
	return reading;
}

void
reading_free(Reading *reading)
{
	if (reading == NULL)
		return;
	g_hash_table_unref(reading->places);
	g_array_unref(reading->sentences);
	g_free(reading);
}
