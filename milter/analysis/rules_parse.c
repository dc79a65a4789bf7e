/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line is one statement, and the first word of a line says which: no
 * grammar beyond that, so an error can always name its line. Names are looked
 * up later (rules_compile.c), because a file may use what another defines.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "base/text.h"
#include "rules_parse.h"

bool
problem(Problems *problems, const Place *place, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	if (problems->report != NULL)
		problems->report(place->file, place->line, message,
		                 problems->data);
	else if (problems->error == NULL && place->line > 0)
		g_set_error(&problems->error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s:%u: %s", place->file, place->line, message);
	else if (problems->error == NULL)
		g_set_error(&problems->error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "%s: %s", place->file, message);
	return false;
}

const char *
parser_keep(Parser *parser, const char *text)
{
	return g_string_chunk_insert_const(parser->ast->strings, text);
}

bool
parser_is_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && name[n] == '\0' && n <= 60;
}

bool
parser_number(const char *text, double *ret_number)
{
	char *end;

	if (text == NULL)
		return false;
	*ret_number = g_ascii_strtod(text, &end);
	return end != text && *end == '\0' && *ret_number > -1e6 &&
	       *ret_number < 1e6;
}

bool
parser_want_words(Parser *parser, unsigned n, const char *form)
{
	if (parser->n_words == n)
		return true;
	return bad(parser, "%u words after '%s'; write: %s",
	           parser->n_words - 1, parser->words[0], form);
}

static bool
parse_definition(Parser *parser)
{
	AstFinding *finding;

	if (!parser_want_words(parser, 2, "finding NAME"))
		return false;
	if (!parser_is_name(parser->words[1]))
		return bad(parser, "'%s' is no name; use a-z, 0-9 and -",
		           parser->words[1]);
	finding = g_new0(AstFinding, 1);
	finding->name = parser_keep(parser, parser->words[1]);
	finding->trait = strcmp(parser->words[0], "trait") == 0;
	finding->place = parser->place;
	finding->margin = 0;
	finding->values = g_ptr_array_new();
	finding->biases = g_array_new(FALSE, FALSE, sizeof(AstNamed));
	finding->opposites = g_array_new(FALSE, FALSE, sizeof(AstNamed));
	g_ptr_array_add(parser->ast->findings, finding);
	parser->finding = finding;
	return true;
}

static bool
parse_language(Parser *parser)
{
	Language language;

	if (!parser_want_words(parser, 2, "language CODE, or language *"))
		return false;
	parser->language_given = true;
	parser->language = LANGUAGE_UND;
	if (strcmp(parser->words[1], "*") == 0)
		return true;
	language = language_from_code(parser->words[1]);
	if (language == LANGUAGE_N || language == LANGUAGE_UND) {
		parser->language_given = false;
		return bad(parser,
		           "'%s' is no language we tell; use one of "
		           "da sv nb nn de en fi fr es nl it pl is, "
		           "or * for all",
		           parser->words[1]);
	}
	parser->language = language;
	return true;
}

static bool
need_language(Parser *parser)
{
	return parser->language_given ||
	       bad(parser,
	           "'%s' before any language; write first: "
	           "language CODE",
	           parser->words[0]);
}

static bool
add_words(Parser *parser, WordKind kind, unsigned first, double factor)
{
	if (!need_language(parser))
		return false;
	if (parser->n_words <= first)
		return bad(parser, "'%s' without a word; add one",
		           parser->words[0]);
	for (unsigned i = first; i < parser->n_words; i++) {
		AstWord word = { .kind = kind,
			         .language = parser->language,
			         .word = parser_keep(parser, parser->words[i]),
			         .factor = factor,
			         .place = parser->place };

		g_array_append_val(parser->ast->words, word);
	}
	return true;
}

static bool
parse_negation(Parser *parser)
{
	return add_words(parser, WORD_NEGATION, 1, 0);
}

static bool
parse_contrast(Parser *parser)
{
	return add_words(parser, WORD_CONTRAST, 1, 0);
}

static bool
parse_intensifier(Parser *parser)
{
	double factor;

	if (!parser_number(parser->words[1], &factor) || factor < 0.1 ||
	    factor > 5)
		return bad(parser,
		           "no factor; write: intensifier 1.4 WORD ...");
	return add_words(parser, WORD_INTENSIFIER, 2, factor);
}

static bool
parse_fallback(Parser *parser)
{
	if (!parser_want_words(parser, 2, "fallback CODE"))
		return false;
	if (language_from_code(parser->words[1]) == LANGUAGE_N)
		return bad(parser, "'%s' is no language we tell",
		           parser->words[1]);
	return add_words(parser, WORD_FALLBACK, 1, 0);
}

static bool
parse_group(Parser *parser)
{
	if (!parser_want_words(parser, 2, "group NAME"))
		return false;
	if (!parser_is_name(parser->words[1]))
		return bad(parser, "'%s' is no name; use a-z, 0-9 and -",
		           parser->words[1]);
	parser->group = parser_keep(parser, parser->words[1]);
	return true;
}

static bool
parse_cue(Parser *parser)
{
	AstCue *cue;

	if (!parser_want_words(parser, 2, "cue NAME") || !need_language(parser))
		return false;
	if (!parser_is_name(parser->words[1]))
		return bad(parser, "'%s' is no name; use a-z, 0-9 and -",
		           parser->words[1]);
	cue = g_new0(AstCue, 1);
	cue->name = parser_keep(parser, parser->words[1]);
	cue->group = parser->group;
	cue->language = parser->language;
	cue->place = parser->place;
	cue->where = REGION_TEXT | REGION_SUBJECT;
	cue->votes = g_array_new(FALSE, FALSE, sizeof(AstVote));
	cue->phrases = g_array_new(FALSE, FALSE, sizeof(AstText));
	cue->examples = g_array_new(FALSE, FALSE, sizeof(AstText));
	cue->whens = g_array_new(FALSE, FALSE, sizeof(When));
	g_ptr_array_add(parser->ast->cues, cue);
	parser->cue = cue;
	return true;
}

static const Statement top[] = {
	{ "finding", parse_definition },
	{ "trait", parse_definition },
	{ "language", parse_language },
	{ "fallback", parse_fallback },
	{ "negation", parse_negation },
	{ "contrast", parse_contrast },
	{ "intensifier", parse_intensifier },
	{ "group", parse_group },
	{ "cue", parse_cue },
	{ NULL, NULL },
};
static const Statement *
find_statement(const Statement *statements, const char *word)
{
	for (; statements->word != NULL; statements++)
		if (strcmp(statements->word, word) == 0)
			return statements;
	return NULL;
}

static bool
parse_statement(Parser *parser)
{
	const Statement *found = find_statement(top, parser->words[0]);

	if (found != NULL) {
		parser->cue = NULL;
		parser->finding = NULL;
		parser->skipping = !found->parse(parser);
		return !parser->skipping;
	}
	if (parser->cue != NULL) {
		found = find_statement(parser_in_cue, parser->words[0]);
		return found ? found->parse(parser) : parser_vote(parser);
	}
	if (parser->finding != NULL)
		found = find_statement(parser_in_finding, parser->words[0]);
	if (found != NULL)
		return found->parse(parser);
	if (parser->skipping)
		return false;
	return bad(parser,
	           "'%s' has no place here; a statement is one of "
	           "finding trait language fallback negation "
	           "intensifier contrast group cue, or belongs to a "
	           "cue or finding",
	           parser->words[0]);
}

static bool
split_words(Parser *parser, char *line)
{
	parser->n_words = 0;
	for (char *at = line; *at != '\0';) {
		if (parser->n_words == WORDS_MAX)
			return bad(parser,
			           "more than %u words; use a second "
			           "line",
			           WORDS_MAX);
		parser->words[parser->n_words++] = at;
		at += strcspn(at, " \t");
		if (*at == '\0')
			break;
		*at++ = '\0';
		at += strspn(at, " \t");
	}
	parser->words[parser->n_words] = NULL;
	return true;
}

/* The words of phrases and examples are their business; do not count them. */
static bool
is_free_text(const char *line)
{
	return g_str_has_prefix(line, "phrase") ||
	       g_str_has_prefix(line, "match") ||
	       g_str_has_prefix(line, "no-match");
}

static bool
parse_line(Parser *parser, const char *line, size_t n)
{
	g_autofree char *copy = NULL;
	char *rest;

	if (n > LIMIT_RULES_LINE)
		return bad(parser,
		           "a line of %zu bytes; at most %d are read, "
		           "so use two",
		           n, LIMIT_RULES_LINE);
	copy = g_strndup(line, n);
	g_strstrip(copy);
	if (copy[0] == '\0' || copy[0] == '#')
		return true;
	rest = copy + strcspn(copy, " \t");
	parser->rest = rest + strspn(rest, " \t");
	if (!is_free_text(copy))
		return split_words(parser, copy) && parse_statement(parser);
	if (*rest != '\0')
		*rest = '\0';
	parser->words[0] = copy;
	parser->words[1] = NULL;
	parser->n_words = 1;
	return parse_statement(parser);
}

bool
ast_parse(Ast *ast, const char *file, const char *text, size_t size,
          Problems *problems)
{
	Parser parser = { .ast = ast, .problems = problems };
	const char *at = text, *end = text + size;
	bool good = true;

	parser.place.file = g_string_chunk_insert_const(ast->strings, file);
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while (at < end && (good || problems->report != NULL)) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((line_end ? line_end : end) - at);

		parser.place.line++;
		if (!g_utf8_validate(at, (gssize)n, NULL))
			good = bad(&parser,
			           "not UTF-8; save the file as UTF-8");
		else if (!parse_line(&parser, at, n))
			good = false;
		at += n + (line_end != NULL);
	}
	return good;
}
