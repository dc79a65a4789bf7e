/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Greeting, closing, opening and sentences: a second pass over the tokens,
 * because whether a full stop ends a sentence is told by what follows it.
 *
 * The words below only find where a greeting or closing stands. What it says
 * of the writer is for the rules.
 */
#include <string.h>

#include "tokens_private.h"

#define GREETING_WORDS_MAX 7
#define CLOSING_WORDS_MAX 7
#define CLOSING_LINES_MAX 5
#define OPENING_SENTENCES 2

static const char *const greetings[] = {
	"bonjour",  "buenos", "dear",     "davs",      "estimado", "geehrte",
	"geehrter", "goddag", "godaften", "godmorgen", "grüezi",   "halla",
	"hallo",    "halløj", "hallå",    "hei",       "heisann",  "hej",
	"hejsa",    "hejsan", "hello",    "hey",       "heya",     "hi",
	"hiya",     "hola",   "kjære",    "kære",      "käre",     "kära",
	"liebe",    "lieber", "liebes",   "moin",      "moinsen",  "morning",
	"ola",      "servus", "tjena",    "tjenare",   "tjo",      "yo",
	"ærede",
};

/* These greet only before one of the second words. */
static const char *const half_greetings[] = { "god",   "good", "grüß",
	                                      "guten", "sehr", "to" };
static const char *const second_words[] = {
	"abend",    "aften", "afternoon", "afton",   "all",     "dag",
	"day",      "dich",  "euch",      "evening", "geehrte", "geehrter",
	"geehrtes", "gott",  "kveld",     "kväll",   "morgen",  "morgon",
	"morning",  "sie",   "tag",       "whom",
};

static const char *const closings[] = {
	"best",         "bedste",       "beste",
	"bg",           "bh",           "cheers",
	"cordialement", "danke",        "dank",
	"faithfully",   "freundliche",  "gruss",
	"gruß",         "grüsse",       "grüße",
	"hilsen",       "hilsner",      "hochachtungsvoll",
	"hälsar",       "hälsning",     "hälsningar",
	"kh",           "kind",         "klem",
	"knus",         "kram",         "lg",
	"liebe",        "mfg",          "mvh",
	"regards",      "respectfully", "schöne",
	"sincerely",    "tack",         "tak",
	"takk",         "thank",        "thanks",
	"thx",          "venlig",       "venlige",
	"vennlig",      "vennlige",     "vg",
	"vh",           "viele",        "vielen",
	"vänlig",       "vänliga",      "vänligen",
	"warm",         "yours",        "ærbødigst",
	"ærbødig",
};

/* Second words of a closing that begins with "with". */
static const char *const with[] = {
	"bedste",    "besten", "beste",  "freundlich", "herzlich",
	"hjertelig", "hjärt",  "kind",   "kærlig",     "lieben",
	"stor",      "varm",   "venlig", "vennlig",    "vänlig",
};

static bool
among(const Tokens *tokens, const Token *token, const char *const *words,
      size_t n)
{
	return (token->classes & TOKEN_WORD) != 0 &&
	       token_is_among(tokens, token, words, n);
}

static bool
is_mark(const Tokens *tokens, const Token *token, const char *marks)
{
	return (token->classes & TOKEN_MARK) != 0 && token->length == 1 &&
	       strchr(marks, tokens_folded(tokens, token)[0]) != NULL;
}

static bool
is_greeting_word(const Tokens *tokens, unsigned i, unsigned to)
{
	const Token *token = &tokens->token[i];

	if (among(tokens, token, greetings, G_N_ELEMENTS(greetings)))
		return true;
	return i + 1 < to &&
	       among(tokens, token, half_greetings,
	             G_N_ELEMENTS(half_greetings)) &&
	       among(tokens, token + 1, second_words,
	             G_N_ELEMENTS(second_words));
}

/* The length in tokens of a greeting that begins with a word of ours. */
static unsigned
known_greeting(const Tokens *tokens, unsigned from, unsigned to)
{
	unsigned i = from, words = 0, names = 0;

	for (; i < to && tokens->token[i].line == tokens->token[from].line;
	     i++) {
		const Token *token = &tokens->token[i];

		if (token->classes & (TOKEN_MARK | TOKEN_EMOJI))
			return i - from + 1;
		if (++words > GREETING_WORDS_MAX)
			return names;
		if (names == i - from && ((token->classes & TOKEN_NAME) ||
		                          is_greeting_word(tokens, i, to) ||
		                          among(tokens, token, second_words,
		                                G_N_ELEMENTS(second_words))))
			names++;
	}
	return i - from;
}

/* A first line of a few words that stands apart: "Support team," */
static unsigned
bare_greeting(const Tokens *tokens, unsigned from, unsigned to)
{
	unsigned i = from, words = 0;

	for (; i < to && tokens->token[i].line == tokens->token[from].line; i++)
		if (tokens->token[i].classes & TOKEN_WORD)
			words++;
	if (words == 0 || words > 5 || i == to)
		return 0;
	if (is_mark(tokens, &tokens->token[i - 1], ","))
		return i - from;
	if (tokens->token[i - 1].classes & (TOKEN_MARK | TOKEN_EMOTICON))
		return 0;
	return tokens->token[i].classes & TOKEN_PARAGRAPH ? i - from : 0;
}

static void
mark_greeting(Tokens *tokens, unsigned from, unsigned to)
{
	unsigned n;

	if (from == to)
		return;
	if (is_greeting_word(tokens, from, to))
		n = known_greeting(tokens, from, to);
	else
		n = bare_greeting(tokens, from, to);
	tokens->greeting = n > 0;
	for (unsigned i = from; i < from + n; i++)
		tokens->token[i].regions |= REGION_GREETING;
}

static bool
begins_closing(const Tokens *tokens, unsigned i, unsigned to)
{
	const Token *token = &tokens->token[i];
	const char *text = tokens->text[token->field];
	const char *folded = tokens_folded(tokens, token);

	if (among(tokens, token, closings, G_N_ELEMENTS(closings)))
		return true;
	if (token->start > 0 && (token->classes & TOKEN_LINE_START) &&
	    strchr("/-~", text[token->start - 1]) != NULL)
		return true;
	if (token->length != 3 || i + 1 >= to ||
	    (memcmp(folded, "med", 3) != 0 && memcmp(folded, "mit", 3) != 0))
		return false;
	folded = tokens_folded(tokens, token + 1);
	for (size_t k = 0; k < G_N_ELEMENTS(with); k++) {
		size_t n = strlen(with[k]);

		if (token[1].length >= n && memcmp(folded, with[k], n) == 0)
			return true;
	}
	return false;
}

/* The first token of the closing, or `to`. */
static unsigned
find_closing(const Tokens *tokens, unsigned from, unsigned to)
{
	unsigned found = to, words = 0, lines = 1, i;

	for (i = to; i > from; i--) {
		const Token *token = &tokens->token[i - 1];

		if (i < to && token->line != token[1].line) {
			words = 0;
			if (++lines > CLOSING_LINES_MAX)
				break;
		}
		words += (token->classes & TOKEN_WORD) != 0;
		if (words > CLOSING_WORDS_MAX || is_mark(tokens, token, "?"))
			break;
		if (i - 1 == from)
			break;
		if ((token->classes & TOKEN_LINE_START ||
		     token[-1].classes & (TOKEN_STOP | TOKEN_MARK)) &&
		    begins_closing(tokens, i - 1, to))
			found = i - 1;
	}
	return found;
}

/* May this stand in a last line that is a name and no more? */
static bool
is_name_part(const Tokens *tokens, const Token *token, unsigned words)
{
	if ((token->classes & TOKEN_WORD) == 0)
		return !is_mark(tokens, token, "?!:");
	return words <= 1 || token->letters <= 2 ||
	       (token->classes & (TOKEN_NAME | TOKEN_CAPS)) != 0;
}

/* A last line that is a name and no more. */
static unsigned
find_name(const Tokens *tokens, unsigned from, unsigned to)
{
	unsigned i = to, words = 0;

	if (is_mark(tokens, &tokens->token[to - 1], "."))
		return to;
	while (i > from &&
	       tokens->token[i - 1].line == tokens->token[to - 1].line) {
		const Token *token = &tokens->token[--i];

		words += (token->classes & TOKEN_WORD) != 0;
		if (!is_name_part(tokens, token, words))
			return to;
	}
	return i == from || words == 0 || words > 3 ? to : i;
}

static void
mark_closing(Tokens *tokens, unsigned from, unsigned to)
{
	unsigned at;

	while (from < to && tokens->token[from].regions & REGION_GREETING)
		from++;
	if (from == to)
		return;
	at = find_closing(tokens, from, to);
	if (at == to)
		at = find_name(tokens, from, to);
	tokens->closing = at < to;
	for (; at < to; at++)
		tokens->token[at].regions |= REGION_CLOSING;
}

void
regions_mark(Tokens *tokens)
{
	static const uint8_t region[FIELD_N] = { REGION_SUBJECT, REGION_TEXT,
		                                 REGION_SIGNATURE };

	for (unsigned i = 0; i < tokens->n; i++)
		tokens->token[i].regions |= region[tokens->token[i].field];
	mark_greeting(tokens, tokens->first[FIELD_TEXT],
	              tokens->first[FIELD_SIGNATURE]);
	mark_closing(tokens, tokens->first[FIELD_TEXT],
	             tokens->first[FIELD_SIGNATURE]);
}

/* Words whose full stop ends nothing. */
static const char *const abbreviations[] = {
	"abs", "ang",  "approx", "art", "bl",  "bzw", "ca",   "dr",   "ekskl",
	"evt", "ext",  "frk",    "fr",  "ggf", "hr",  "ing",  "inkl", "jf",
	"kl",  "maks", "max",    "min", "mr",  "mrs", "ms",   "nr",   "no",
	"pkt", "prof", "st",     "str", "tel", "tlf", "vedr", "vs",
};

/* The full stop at `i` between two words on one line or two. */
static bool
stop_between(const Tokens *tokens, const Token *stop)
{
	const Token *before = stop - 1, *after = stop + 1;
	bool new_line = after->line != stop->line;

	if (after->start == stop->end) /* no blank: "nicht.Aber" */
		return (after->classes & TOKEN_UPPER) != 0;
	if (before->classes & TOKEN_DOTTED)
		return new_line;
	if (before->classes & TOKEN_NUM && before->length <= 2)
		return (after->classes & TOKEN_LOWER) == 0;
	if (new_line)
		return true;
	if (before->letters == 1 && (before->classes & TOKEN_UPPER))
		return false;
	return !among(tokens, before, abbreviations,
	              G_N_ELEMENTS(abbreviations));
}

/* Does the full stop at `i` end a sentence? */
static bool
stop_ends(const Tokens *tokens, unsigned i)
{
	const Token *stop = &tokens->token[i];

	if (i + 1 >= tokens->n || stop[1].field != stop->field ||
	    stop[1].classes & (TOKEN_PARAGRAPH | TOKEN_BULLET))
		return true;
	if (i == 0 || stop[-1].field != stop->field)
		return stop[1].start != stop->end;
	return stop_between(tokens, stop);
}

static void
settle_mark(Tokens *tokens, unsigned i)
{
	Token *token = &tokens->token[i];
	const Token *next = token + 1;
	bool last;

	if (is_mark(tokens, token, ".")) {
		token->classes |= stop_ends(tokens, i)
		                          ? TOKEN_BARRIER | TOKEN_STOP
		                          : TOKEN_SKIP;
		return;
	}
	if (token->length != 3 ||
	    memcmp(tokens_folded(tokens, token), "\xe2\x80\xa6", 3) != 0)
		return;
	last = i + 1 >= tokens->n || next->field != token->field;
	if (last || next->line != token->line ||
	    (next->classes & TOKEN_UPPER)) {
		token->classes &= ~(uint32_t)TOKEN_SKIP;
		token->classes |= TOKEN_BARRIER | TOKEN_STOP;
	}
}

/* Does a sentence begin at token `i`, the mark before it apart? */
static bool
begins_sentence(const Tokens *tokens, unsigned i)
{
	const Token *token = &tokens->token[i], *before = token - 1;
	uint8_t edges = REGION_GREETING | REGION_CLOSING;

	if (token->field != before->field ||
	    (token->classes & (TOKEN_PARAGRAPH | TOKEN_BULLET)) != 0)
		return true;
	if ((before->classes & TOKEN_STOP) != 0)
		return (token->classes &
		        (TOKEN_EMOJI | TOKEN_EMOTICON | TOKEN_MARK)) == 0;
	if ((before->classes & (TOKEN_EMOJI | TOKEN_EMOTICON)) != 0)
		return (token->classes & TOKEN_UPPER) != 0;
	if ((token->regions & edges) != (before->regions & edges))
		return true;
	return (token->regions & REGION_CLOSING) && token->line != before->line;
}

void
sentences_mark(Tokens *tokens)
{
	unsigned sentence = 0, opening = 0;

	for (unsigned i = 0; i < tokens->n; i++)
		if (tokens->token[i].classes & TOKEN_MARK)
			settle_mark(tokens, i);
	for (unsigned i = 0; i < tokens->n; i++) {
		Token *token = &tokens->token[i];
		bool begins = i == 0 || begins_sentence(tokens, i);

		sentence += i > 0 && begins;
		token->sentence = (uint16_t)sentence;
		if (token->field != FIELD_TEXT ||
		    (token->regions & (REGION_GREETING | REGION_CLOSING)))
			continue;
		opening += begins || opening == 0;
		if (opening <= OPENING_SENTENCES)
			token->regions |= REGION_OPENING;
	}
	tokens->sentences = tokens->n > 0 ? sentence + 1 : 0;
}
