/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phrases are read with the tokenizer that reads mail, so that what a person
 * writes in a rule file is cut into words the way the mail will be.
 */
#include <string.h>

#include "analysis/tokens.h"
#include "rules_private.h"
#include "tokens_private.h"

#define PART_LETTERS_MIN 3 /* of word* and *word */
#define TERMS_MAX (4 * LIMIT_PHRASE_EXPANSIONS)

typedef struct PhraseParser {
	Rules *rules;
	const AstText *source;
	Problems *problems;
	const char *at;
	unsigned n_terms, n_alternatives; /* of the phrase so far */
} PhraseParser;

#define bad(parser, ...)                                                       \
	problem((parser)->problems, &(parser)->source->place, __VA_ARGS__)

static bool
add_term(PhraseParser *parser, TermKind kind, const char *text, size_t length,
         uint32_t classes)
{
	PhraseTerm term = { .optional = false };

	if (++parser->n_terms > TERMS_MAX)
		return bad(parser,
		           "a phrase of more than %d words; write "
		           "several phrases",
		           TERMS_MAX);
	term.term = vocabulary_intern(parser->rules->vocabulary, kind, text,
	                              length, classes);
	g_array_append_val(parser->rules->phrase_terms, term);
	return true;
}

static bool
add_class(PhraseParser *parser, const char *name, size_t n)
{
	for (unsigned i = 0; i < TOKEN_CLASSES; i++) {
		char bit = (char)i;

		if (strlen(token_class_names[i]) == n &&
		    memcmp(token_class_names[i], name, n) == 0)
			return add_term(parser, TERM_CLASS, &bit, 1, 1u << i);
	}
	return bad(parser,
	           "<%.*s> is no class of words; use <num> <time> "
	           "<date> <amount> <code> <version> <url> <email> "
	           "<caps> <name> or <emoji>",
	           (int)n, name);
}

/* word* or *word, without the star; of *-id the hyphen counts as a letter. */
static bool
add_part(PhraseParser *parser, TermKind kind, const char *word)
{
	bool hyphen = kind == TERM_SUFFIX && word[0] == '-';
	g_autoptr(Tokens) tokens = NULL;
	const Token *token;
	g_autofree char *text = NULL;
	char folded[PLAIN_MAX];
	size_t n = strlen(word);
	PlainWord plain;

	if (word_read_plain(&plain, folded, word, n, 0) && plain.end == n &&
	    plain.letters >= PART_LETTERS_MIN)
		return add_term(parser, kind, folded, n, 0);
	tokens = tokens_read(NULL, word + hyphen, NULL);
	token = tokens->token;
	if (strchr(word, '*') != NULL)
		return bad(parser,
		           "'%s' with two stars; one star, at the "
		           "start or end of a word",
		           word);
	if (tokens->n != 1 || (token->classes & TOKEN_WORD) == 0)
		return bad(parser, "'%s' with a star is not one word", word);
	if (token->letters + hyphen < PART_LETTERS_MIN)
		return bad(parser,
		           "'%s' with a star: at least %d letters must "
		           "stand beside the star",
		           word, PART_LETTERS_MIN);
	text = g_strdup_printf("%s%.*s", hyphen ? "-" : "", token->length,
	                       tokens_folded(tokens, token));
	return add_term(parser, kind, text, strlen(text), 0);
}

/* A word or mark as it stands; several tokens if the mail would have them. */
static bool
add_plain(PhraseParser *parser, const char *word)
{
	g_autoptr(Tokens) tokens = tokens_read(NULL, word, NULL);

	for (unsigned i = 0; i < tokens->n; i++) {
		const Token *token = &tokens->token[i];

		if (token->length == 0)
			return bad(parser,
			           "'%s' is an address; use <url> or "
			           "<email>",
			           word);
		if (!add_term(parser, TERM_EXACT, tokens_folded(tokens, token),
		              token->length, 0))
			return false;
	}
	return true;
}

/* A word that is more than itself: a sign, <class>, word* or *word. False in
 * `ret_is` when it is none of them. */
static bool
add_special(PhraseParser *parser, char *word, bool *ret_is)
{
	static const struct {
		const char *sign;
		TermKind kind;
	} signs[] = { { "...", TERM_GAP },
		      { "^", TERM_LINE_START },
		      { "$", TERM_LINE_END } };
	size_t n = strlen(word);

	*ret_is = true;
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strcmp(signs[i].sign, word) == 0)
			return add_term(parser, signs[i].kind, "", 0, 0);
	if (n > 2 && word[0] == '<' && word[n - 1] == '>')
		return add_class(parser, word + 1, n - 2);
	if (n > 1 && word[0] == '*')
		return add_part(parser, TERM_SUFFIX, word + 1);
	if (n > 1 && word[n - 1] == '*') {
		word[n - 1] = '\0';
		return add_part(parser, TERM_PREFIX, word);
	}
	*ret_is = false;
	return true;
}

static bool
add_any_word(PhraseParser *parser, const char *word, size_t n)
{
	bool optional = n > 1 && word[n - 1] == '?' && strspn(word, "?!") != n;
	unsigned first = parser->rules->phrase_terms->len;
	g_autofree char *bare = g_strndup(word, optional ? n - 1 : n);
	bool special, good = add_special(parser, bare, &special);

	if (good && !special)
		good = add_plain(parser, bare);
	for (; optional && first < parser->rules->phrase_terms->len; first++)
		g_array_index(parser->rules->phrase_terms, PhraseTerm, first)
			.optional = true;
	return good;
}

/* The terms of one blank-separated word, without ( ) |. Most are words that the
 * tokenizer would read at once. */
static bool
add_word(PhraseParser *parser, const char *word, size_t n)
{
	char folded[PLAIN_MAX];
	PlainWord plain;

	if (word_read_plain(&plain, folded, word, n, 0) && plain.end == n)
		return add_term(parser, TERM_EXACT, folded, n, 0);
	return add_any_word(parser, word, n);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One alternative of `n` bytes, without ( or |: blank-separated words. */
static bool
add_alternative(PhraseParser *parser, const char *text, size_t n, Slot *slot)
{
	Rules *rules = parser->rules;
	Alternative alternative = { .first_term = rules->phrase_terms->len };

	if (++parser->n_alternatives > LIMIT_PHRASE_EXPANSIONS)
		return bad(parser,
		           "more than %d alternatives; write several "
		           "phrases",
		           LIMIT_PHRASE_EXPANSIONS);
	for (size_t at = 0, end; at < n; at = end + 1) {
		for (end = at; end < n && !is_blank(text[end]); end++)
			;
		if (end > at && !add_word(parser, text + at, end - at))
			return false;
	}
	alternative.n_terms = rules->phrase_terms->len - alternative.first_term;
	if (alternative.n_terms == 0)
		return true; /* a mark that no text keeps, as & or - */
	g_array_append_val(rules->alternatives, alternative);
	slot->n++;
	return true;
}

/* The innermost ( ) of `text`: its offset, and past its ); false: none. */
static bool
innermost(const char *text, size_t *ret_open, size_t *ret_close)
{
	const char *close = text;

	for (;;) {
		const char *open;

		close = strchr(close, ')');
		if (close == NULL)
			return false;
		for (open = close; open > text && *open != '('; open--)
			;
		if (*open == '(' && open[1] != ')') {
			*ret_open = (size_t)(open - text);
			*ret_close = (size_t)(close - text) + 1;
			return true;
		}
		close++;
	}
}

/* Puts `text` with each choice of its innermost ( ) onto the queue. */
static bool
expand(PhraseParser *parser, const char *text, size_t open, size_t close,
       GQueue *queue)
{
	g_autofree char *inside = g_strndup(text + open + 1, close - open - 2);
	g_auto(GStrv) choices = g_strsplit(inside, "|", 0);
	bool optional = text[close] == '?';
	const char *rest = text + close + optional;

	for (unsigned i = 0; choices[i] != NULL; i++)
		g_queue_push_tail(queue,
		                  g_strdup_printf("%.*s %s %s", (int)open, text,
		                                  choices[i], rest));
	if (optional)
		g_queue_push_tail(queue, g_strdup_printf("%.*s %s", (int)open,
		                                         text, rest));
	return g_queue_get_length(queue) <= LIMIT_PHRASE_EXPANSIONS ||
	       bad(parser, "more than %d alternatives; write several phrases",
	           LIMIT_PHRASE_EXPANSIONS);
}

/* One alternative, which may hold ( ) itself: each way to choose in them. */
static bool
add_expanded(PhraseParser *parser, const char *text, size_t n, Slot *slot)
{
	GQueue queue = G_QUEUE_INIT;
	bool good = true;
	char *each;

	if (memchr(text, '(', n) == NULL)
		return add_alternative(parser, text, n, slot);
	g_queue_push_tail(&queue, g_strndup(text, n));
	while (good && (each = g_queue_pop_head(&queue)) != NULL) {
		size_t open, close;

		good = innermost(each, &open, &close)
		               ? expand(parser, each, open, close, &queue)
		               : add_alternative(parser, each, strlen(each),
		                                 slot);
		g_free(each);
	}
	g_queue_clear_full(&queue, g_free);
	return good;
}

/* `text` is what stands between the ( ) of a slot. */
static bool
add_choices(PhraseParser *parser, const char *text, Slot *slot)
{
	unsigned depth = 0;
	size_t start = 0;

	for (size_t i = 0;; i++) {
		if (text[i] == '(')
			depth++;
		else if (text[i] == ')')
			depth--;
		if (text[i] != '\0' && (text[i] != '|' || depth > 0))
			continue;
		if (!add_expanded(parser, text + start, i - start, slot))
			return false;
		if (text[i] == '\0')
			return true;
		start = i + 1;
	}
}

/* The offset past the ) that closes the ( at `text`; 0: none. */
static size_t
closing(const char *text)
{
	unsigned depth = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '(')
			depth++;
		else if (text[i] == ')' && --depth == 0)
			return i + 1;
	}
	return 0;
}

static bool
add_choice(PhraseParser *parser, Slot *slot)
{
	size_t n = closing(parser->at);
	g_autofree char *inside = NULL;

	if (n == 0)
		return bad(parser, "a ( without its )");
	inside = g_strndup(parser->at + 1, n - 2);
	if (!add_choices(parser, inside, slot))
		return false;
	parser->at += n;
	if (*parser->at == '?') {
		slot->optional = true;
		parser->at++;
	}
	if (*parser->at != '\0' && strchr(" \t,.;:!?", *parser->at) == NULL)
		return bad(parser,
		           "'%s' right after a ); put a blank between, "
		           "or write whole words in the ( )",
		           parser->at);
	return slot->n > 0 || bad(parser, "( ) without a word");
}

/* One word outside of ( ). */
static bool
add_single(PhraseParser *parser, Slot *slot)
{
	const char *word = parser->at;
	size_t n = 0;

	while (word[n] != '\0' && !is_blank(word[n]))
		n++;
	parser->at += n;
	if (n > 3 && (memchr(word, '(', n) || memchr(word, '|', n)))
		return bad(parser,
		           "'%.*s': ( ) and | stand around and between "
		           "whole words, (a|b c), blanks outside",
		           (int)n, word);
	return add_alternative(parser, word, n, slot);
}

static const PhraseTerm *
slot_terms(const Rules *rules, const Slot *slot, unsigned *ret_n)
{
	const Alternative *alternative =
		&g_array_index(rules->alternatives, Alternative, slot->first);

	*ret_n = alternative->n_terms;
	return &g_array_index(rules->phrase_terms, PhraseTerm,
	                      alternative->first_term);
}

/* Something must be there to begin with: not a gap, not all optional. */
static bool
check_ends(PhraseParser *parser, const Phrase *phrase)
{
	const Rules *rules = parser->rules;
	bool anything = false;

	for (unsigned i = 0; i < phrase->n_slots; i++) {
		const Slot *slot = &g_array_index(rules->slots, Slot,
		                                  phrase->first_slot + i);
		unsigned n;
		const PhraseTerm *terms = slot_terms(rules, slot, &n);
		TermKind kind =
			(TermKind)g_array_index(rules->vocabulary->terms, Term,
		                                terms[0].term)
				.kind;
		bool gap = kind == TERM_GAP;

		if (gap && (i == 0 || i + 1 == phrase->n_slots))
			return bad(parser, "... at the start or end of a "
			                   "phrase; leave it out");
		anything |= !slot->optional && !terms[0].optional && !gap &&
		            kind != TERM_LINE_START && kind != TERM_LINE_END;
	}
	return anything ||
	       bad(parser, "a phrase that could match nothing; "
	                   "at least one word must not be optional");
}

bool
phrase_compile(Rules *rules, uint32_t cue, const AstText *source,
               Problems *problems)
{
	PhraseParser parser = { .rules = rules,
		                .source = source,
		                .problems = problems,
		                .at = source->text };
	Phrase phrase = { .cue = cue, .first_slot = rules->slots->len };

	for (;;) {
		Slot slot = { .first = rules->alternatives->len };

		while (is_blank(*parser.at))
			parser.at++;
		if (*parser.at == '\0')
			break;
		if (!(*parser.at == '(' ? add_choice(&parser, &slot)
		                        : add_single(&parser, &slot)))
			return false;
		if (slot.n == 0)
			continue;
		g_array_append_val(rules->slots, slot);
		if (++phrase.n_slots > LIMIT_PHRASE_TERMS)
			return bad(&parser,
			           "more than %d terms; write a "
			           "shorter phrase",
			           LIMIT_PHRASE_TERMS);
	}
	if (phrase.n_slots == 0)
		return bad(&parser, "a phrase without a word or mark");
	if (!check_ends(&parser, &phrase))
		return false;
	g_array_append_val(rules->phrases, phrase);
	return true;
}

uint32_t
phrase_word(Rules *rules, const char *word, const Place *place,
            Problems *problems)
{
	AstText source = { .text = word, .place = *place };
	PhraseParser parser = { .rules = rules,
		                .source = &source,
		                .problems = problems,
		                .at = word };
	unsigned first = rules->phrase_terms->len;

	if (!add_word(&parser, word, strlen(word)))
		return TERM_NONE;
	if (rules->phrase_terms->len != first + 1) {
		bad(&parser, "'%s' is not one word", word);
		return TERM_NONE;
	}
	return g_array_index(rules->phrase_terms, PhraseTerm, first).term;
}
