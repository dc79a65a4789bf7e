/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scan of one text: each character is looked at a bounded number of times,
 * so cost is linear whatever the text. What a word is follows how people write
 * mail rather than Unicode's word breaks: e-mail, don't, SLA'en, f.eks, 1.2.3
 * and 14:30 are one token each.
 */
#include <string.h>

#include "base/limits.h"
#include "tokens_private.h"

typedef struct Scan {
	Tokens *tokens;
	TokenField field;
	const char *text;
	size_t size;
	size_t at;
	size_t chunk_end; /* the next blank */
	unsigned chunk;   /* CHUNK_AT, CHUNK_URL: what it holds */
	unsigned line;
	uint32_t pending; /* classes for the next token */
	Word word;        /* the last one read */
} Scan;

static uint32_t
peek(const Scan *scan, size_t at)
{
	unsigned n;

	return char_at(scan->text, scan->size, at, &n);
}

/* Fills in a new token of ours, which ends at `end`. */
static Token *
place(Scan *scan, Token *token, size_t end, uint32_t classes)
{
	if (token != NULL) {
		token->start = (uint32_t)scan->at;
		token->end = (uint32_t)end;
		token->line = (uint16_t)MIN(scan->line, UINT16_MAX);
		token->classes = classes | (scan->pending & ~TOKEN_LINE_START);
		if (classes & TOKEN_WORD) {
			token->classes |= scan->pending & TOKEN_LINE_START;
			scan->pending = 0;
		}
		scan->pending &= TOKEN_LINE_START;
	}
	scan->at = end;
	return token;
}

static Token *
add(Scan *scan, size_t end, const char *folded, size_t length, uint32_t classes)
{
	return place(scan,
	             tokens_add(scan->tokens, scan->field, folded, length), end,
	             classes);
}

/* The classes of a word by the case of its letters. */
static uint32_t
case_classes(unsigned letters, unsigned upper, bool first_upper)
{
	uint32_t classes = 0;

	if (letters > 0)
		classes |= first_upper ? TOKEN_UPPER : TOKEN_LOWER;
	if (letters >= 3 && upper == letters)
		classes |= TOKEN_CAPS;
	if (first_upper && upper < letters)
		classes |= TOKEN_NAME;
	return classes;
}

static uint32_t
word_classes(const Scan *scan, const Word *word, size_t end)
{
	uint32_t classes =
		case_classes(word->letters, word->upper, word->first_upper);

	if (word->digits > 0 || word->underscore)
		classes = (classes & (TOKEN_UPPER | TOKEN_LOWER)) |
		          classify_word(scan->text + scan->at, end - scan->at);
	if (word->apostrophe)
		classes |= TOKEN_APOSTROPHE;
	if (word->dotted && word->letters > 0)
		classes |= TOKEN_DOTTED;
	return classes | TOKEN_WORD;
}

static bool
is_currency(uint32_t c)
{
	return c == '$' || c == 0x20ac || c == 0xa3;
}

/* A currency sign just before or after the number, at most a blank between. */
static bool
beside_currency(const Scan *scan, size_t start, size_t end)
{
	uint32_t after = peek(scan, end);
	size_t at = start;

	if (char_is_blank(after))
		after = peek(scan, end + 1);
	if (is_currency(after) || (after == ',' && peek(scan, end + 1) == '-'))
		return true;
	if (at > 0 && scan->text[at - 1] == ' ')
		at--;
	if (at >= 1 && scan->text[at - 1] == '$')
		return true;
	if (at >= 2 && is_currency(peek(scan, at - 2)))
		return true;
	return at >= 3 && is_currency(peek(scan, at - 3));
}

/* A word of letters alone here? Then it is taken. */
static bool
scan_plain_word(Scan *scan)
{
	PlainWord word;
	char *folded = tokens_reserve(scan->tokens, PLAIN_MAX);
	Token *token;

	if (folded == NULL ||
	    !word_read_plain(&word, folded, scan->text, scan->size, scan->at))
		return false;
	token = tokens_append(scan->tokens, scan->field, word.end - scan->at,
	                      word.hash);
	token->letters = (uint16_t)word.letters;
	place(scan, token, word.end,
	      TOKEN_WORD |
	              case_classes(word.letters, word.upper, word.first_upper));
	return true;
}

static void
scan_word(Scan *scan)
{
	Word *word = &scan->word;
	size_t at = word_read(word, scan->text, scan->size, scan->at);
	Token *token;

	if (scan->field == FIELD_TEXT)
		scan->tokens->counts.digits += word->digits;
	token = add(scan, at, word->folded, word->length,
	            word_classes(scan, word, at));
	if (token == NULL)
		return;
	token->letters =
		(uint16_t)MIN(word->letters + word->digits, UINT16_MAX);
	if ((token->classes & TOKEN_NUM) &&
	    beside_currency(scan, token->start, token->end))
		token->classes |= TOKEN_CURRENCY | TOKEN_AMOUNT;
}

/* What a byte says of the chunk it stands in: an address needs an @, a URL a /
 * or www. */
enum {
	CHUNK_END = 1 << 0,
	CHUNK_AT = 1 << 1,
	CHUNK_URL = 1 << 2,
};

static const uint8_t chunk_bytes[256] = {
	[' '] = CHUNK_END, ['\n'] = CHUNK_END, ['\t'] = CHUNK_END,
	['@'] = CHUNK_AT,  ['/'] = CHUNK_URL,  ['w'] = CHUNK_URL,
	['W'] = CHUNK_URL,
};

static void
find_chunk(Scan *scan)
{
	size_t at = scan->at;
	unsigned chunk = 0;

	for (; at < scan->size; at++) {
		chunk |= chunk_bytes[(unsigned char)scan->text[at]];
		if (chunk & CHUNK_END)
			break;
	}
	scan->chunk = chunk;
	scan->chunk_end = at;
}

/* A URL or an address here? Then it is taken. */
static bool
scan_address(Scan *scan)
{
	const char *text = scan->text + scan->at;
	uint32_t kind = TOKEN_URL;
	size_t n = 0;

	if (scan->at >= scan->chunk_end)
		find_chunk(scan);
	if (scan->chunk & CHUNK_URL)
		n = url_at(text, scan->chunk_end - scan->at);
	if (n == 0 && (scan->chunk & CHUNK_AT)) {
		n = email_at(text, scan->chunk_end - scan->at);
		kind = TOKEN_EMAIL;
	}
	if (n == 0)
		return false;
	add(scan, scan->at + n, "", 0, TOKEN_WORD | kind);
	return true;
}

static void
scan_emoji(Scan *scan)
{
	char folded[FOLDED_MAX];
	size_t length = 0;
	size_t n = emoji_at(scan->text + scan->at, scan->size - scan->at,
	                    folded, sizeof(folded), &length);

	add(scan, scan->at + n, folded, length, TOKEN_EMOJI);
}

/* A run of ! and ?. */
static void
scan_run(Scan *scan)
{
	size_t at = scan->at, asked = 0, called = 0;
	const char *form;

	for (; at < scan->size; at++) {
		if (scan->text[at] == '!')
			called++;
		else if (scan->text[at] == '?')
			asked++;
		else
			break;
	}
	if (asked > 0 && called > 0)
		form = "?!";
	else if (asked > 0)
		form = asked > 1 ? "??" : "?";
	else
		form = called > 1 ? "!!" : "!";
	add(scan, at, form, strlen(form),
	    TOKEN_MARK | TOKEN_BARRIER | TOKEN_STOP);
}

/* One full stop, or several, which are an ellipsis. */
static void
scan_stops(Scan *scan)
{
	size_t at = scan->at;

	while (at < scan->size && scan->text[at] == '.')
		at++;
	if (at - scan->at > 1)
		add(scan, at, "\xe2\x80\xa6", 3, TOKEN_MARK | TOKEN_SKIP);
	else
		add(scan, at, ".", 1, TOKEN_MARK);
}

/* Marks that are tokens by themselves. All others, quotes and brackets and
 * dashes, are as if not there. */
static const struct {
	uint32_t mark, classes;
} marks[] = {
	{ ',', TOKEN_SKIP },  { ':', TOKEN_BARRIER }, { ';', TOKEN_BARRIER },
	{ '%', TOKEN_SKIP },  { '&', TOKEN_SKIP },    { '$', TOKEN_SKIP },
	{ 0xa3, TOKEN_SKIP }, { 0xa7, TOKEN_SKIP },   { 0xb0, TOKEN_SKIP },
	{ 0xb1, TOKEN_SKIP }, { 0x2026, TOKEN_SKIP }, { 0x20ac, TOKEN_SKIP },
};

static void
scan_mark(Scan *scan, uint32_t c, unsigned n)
{
	if (c == '!' || c == '?') {
		scan_run(scan);
		return;
	}
	if (c == '.') {
		scan_stops(scan);
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (marks[i].mark == c) {
			add(scan, scan->at + n, scan->text + scan->at, n,
			    TOKEN_MARK | marks[i].classes);
			return;
		}
	scan->at += n;
}

/* Counts the line that begins here and notes what its first token is. */
static void
begin_line(Scan *scan, bool blank_before)
{
	const char *line = scan->text + scan->at;
	size_t left = scan->size - scan->at, indent = 0, n;
	const char *end = memchr(line, '\n', left);
	TokenCounts *counts = &scan->tokens->counts;

	n = end != NULL ? (size_t)(end - line) : left;
	for (; n > 0 && (*line == ' ' || *line == '\t'); line++, n--)
		indent += *line == '\t' ? 4 : 1;
	if (n == 0)
		return;
	scan->pending |= TOKEN_LINE_START;
	if (blank_before)
		scan->pending |= TOKEN_PARAGRAPH;
	if (line_is_bullet(line, n))
		scan->pending |= TOKEN_BULLET;
	if (scan->field != FIELD_TEXT)
		return;
	counts->lines++;
	counts->paragraphs += blank_before;
	counts->bullets += line_is_bullet(line, n);
	counts->quotes += line_is_quoted(line, n, indent);
}

static void
scan_newlines(Scan *scan)
{
	unsigned ends = 0;

	while (scan->at < scan->size) {
		char c = scan->text[scan->at];

		if (c == '\n')
			ends++;
		else if (c != ' ' && c != '\t' && c != '\r')
			break;
		scan->at++;
	}
	/* back to the start of the line, for its indent */
	while (scan->at > 0 && scan->text[scan->at - 1] != '\n')
		scan->at--;
	scan->line += ends;
	begin_line(scan, ends > 1);
}

static void
scan_other(Scan *scan, uint32_t c, unsigned n)
{
	const char *form;
	size_t length;
	uint32_t before =
		scan->at > 0 ? (uint32_t)(unsigned char)scan->text[scan->at - 1]
			     : ' ';

	if (char_is_emoji(c)) {
		scan_emoji(scan);
		return;
	}
	length = emoticon_at(scan->text + scan->at, scan->size - scan->at,
	                     &form);
	if (length > 0 &&
	    (!char_is_word(before) || form[1] == ')' || form[1] == '('))
		add(scan, scan->at + length, form, strlen(form),
		    TOKEN_EMOTICON);
	else
		scan_mark(scan, c, n);
}

void
scan_field(Tokens *tokens, TokenField field)
{
	Scan scan = { .tokens = tokens,
		      .field = field,
		      .text = tokens->text[field],
		      .size = tokens->size[field] };

	begin_line(&scan, true);
	while (scan.at < scan.size && !tokens->full) {
		unsigned n;
		uint32_t c = char_at(scan.text, scan.size, scan.at, &n);

		if (c == '\n')
			scan_newlines(&scan);
		else if (char_is_blank(c) || c == '\r')
			scan.at += n;
		else if (char_is_word(c)) {
			if (!scan_plain_word(&scan) && !scan_address(&scan))
				scan_word(&scan);
		} else
			scan_other(&scan, c, n);
	}
	if (field == FIELD_TEXT)
		tokens->counts.characters = (unsigned)scan.at;
}
