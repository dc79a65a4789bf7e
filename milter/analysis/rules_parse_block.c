/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of a finding and of a cue.
 */
#include <string.h>

#include "rules_parse.h"

#define WEIGHT_MIN 0.1
#define WEIGHT_MAX 9

static bool
parse_values(Parser *parser)
{
	if (parser->n_words < 3)
		return bad(parser, "a finding needs two values or more; write: "
		                   "values ONE TWO ...");
	for (unsigned i = 1; i < parser->n_words; i++) {
		if (!parser_is_name(parser->words[i]))
			return bad(parser,
			           "'%s' is no name; use a-z, 0-9 "
			           "and -",
			           parser->words[i]);
		g_ptr_array_add(parser->finding->values,
		                (char *)parser_keep(parser, parser->words[i]));
	}
	return true;
}

static bool
parse_default(Parser *parser)
{
	if (!parser_want_words(parser, 2, "default VALUE"))
		return false;
	parser->finding->value_default = parser_keep(parser, parser->words[1]);
	return true;
}

static bool
parse_bias(Parser *parser)
{
	AstNamed bias = { .place = parser->place };

	if (!parser_want_words(parser, 3, "bias VALUE NUMBER"))
		return false;
	if (!parser_number(parser->words[2], &bias.number))
		return bad(parser, "'%s' is no number", parser->words[2]);
	bias.a = parser_keep(parser, parser->words[1]);
	g_array_append_val(parser->finding->biases, bias);
	return true;
}

static bool
parse_opposite(Parser *parser)
{
	AstNamed opposite = { .place = parser->place };

	if (!parser_want_words(parser, 3, "opposite VALUE VALUE"))
		return false;
	opposite.a = parser_keep(parser, parser->words[1]);
	opposite.b = parser_keep(parser, parser->words[2]);
	g_array_append_val(parser->finding->opposites, opposite);
	return true;
}

static bool
parse_margin(Parser *parser)
{
	double margin;

	if (!parser_want_words(parser, 2, "margin NUMBER"))
		return false;
	if (!parser_number(parser->words[1], &margin) || margin < 0 ||
	    margin >= 1)
		return bad(parser, "margin '%s'; write a number from 0 to 0.99",
		           parser->words[1]);
	parser->finding->margin = margin;
	return true;
}

static bool
parse_header(Parser *parser)
{
	const char *name = parser->words[1];

	if (!parser_want_words(parser, 2, "header X-Tact-NAME"))
		return false;
	if (!g_str_has_prefix(name, "X-Tact-") || strlen(name) > 60 ||
	    name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
	                      "uvwxyz0123456789-")] != '\0')
		return bad(parser,
		           "header '%s'; it must begin with X-Tact- "
		           "and hold letters, digits and - only",
		           name);
	parser->finding->header = parser_keep(parser, name);
	return true;
}

static bool
add_text(Parser *parser, GArray *to, bool match)
{
	AstText text = { .place = parser->place, .match = match };

	if (parser->rest[0] == '\0')
		return bad(parser,
		           "'%s' without text; add it or remove the "
		           "line",
		           parser->words[0]);
	text.text = parser_keep(parser, parser->rest);
	g_array_append_val(to, text);
	return true;
}

static bool
parse_phrase(Parser *parser)
{
	return add_text(parser, parser->cue->phrases, true);
}

static bool
parse_match(Parser *parser)
{
	return add_text(parser, parser->cue->examples, true);
}

static bool
parse_no_match(Parser *parser)
{
	return add_text(parser, parser->cue->examples, false);
}

static bool
parse_where(Parser *parser)
{
	static const char *const regions[] = { "subject",  "text",
		                               "greeting", "closing",
		                               "opening",  "signature",
		                               "any" };
	g_auto(GStrv) parts = NULL;
	unsigned where = 0;

	if (!parser_want_words(parser, 2, "where PLACE+PLACE"))
		return false;
	parts = g_strsplit(parser->words[1], "+", 0);
	for (unsigned i = 0; parts[i] != NULL; i++) {
		unsigned k = 0;

		while (k < G_N_ELEMENTS(regions) &&
		       strcmp(regions[k], parts[i]) != 0)
			k++;
		if (k == G_N_ELEMENTS(regions))
			return bad(parser,
			           "'%s' is no place; use text subject "
			           "greeting closing opening signature "
			           "any, joined with +",
			           parts[i]);
		where |= k == 6 ? REGION_ANY : 1u << k;
	}
	parser->cue->where = where;
	return true;
}

static bool
parse_when(Parser *parser)
{
	static const char *const signs[] = { "<", "<=", "=", ">=", ">" };
	When when;
	unsigned k = 0;

	if (!parser_want_words(parser, 4, "when NUMBER-NAME >= 3"))
		return false;
	when.number = structure_from_name(parser->words[1]);
	if (when.number == STRUCTURE_N)
		return bad(parser,
		           "'%s' is no structure number; tact-rules(5) "
		           "lists them",
		           parser->words[1]);
	while (k < G_N_ELEMENTS(signs) &&
	       strcmp(signs[k], parser->words[2]) != 0)
		k++;
	if (k == G_N_ELEMENTS(signs))
		return bad(parser, "'%s' compares nothing; use < <= = >= or >",
		           parser->words[2]);
	when.comparison = (Comparison)k;
	if (!parser_number(parser->words[3], &when.value))
		return bad(parser, "'%s' is no number", parser->words[3]);
	g_array_append_val(parser->cue->whens, when);
	return true;
}

static bool
parse_negated(Parser *parser)
{
	static const char *const ways[] = { "", "keep", "drop", "flip" };

	if (!parser_want_words(parser, 2, "negated keep, drop or flip"))
		return false;
	for (unsigned i = 1; i < G_N_ELEMENTS(ways); i++)
		if (strcmp(ways[i], parser->words[1]) == 0) {
			parser->cue->negated = (Negated)i;
			return true;
		}
	return bad(parser, "negated '%s'; use keep, drop or flip",
	           parser->words[1]);
}

static bool
parse_once(Parser *parser)
{
	parser->cue->once = true;
	return parser_want_words(parser, 1, "once");
}

static bool
parse_escalate(Parser *parser)
{
	if (!parser_want_words(parser, 2, "escalate CODE"))
		return false;
	if (!parser_is_name(parser->words[1]))
		return bad(parser, "'%s' is no code; use a-z, 0-9 and -",
		           parser->words[1]);
	parser->cue->escalate = parser_keep(parser, parser->words[1]);
	return true;
}

bool
parser_vote(Parser *parser)
{
	AstVote vote = { .place = parser->place };

	if (parser->n_words != 3 ||
	    !parser_number(parser->words[2], &vote.weight))
		return bad(parser,
		           "'%s' is nothing that a cue has; a vote is: "
		           "FINDING VALUE WEIGHT",
		           parser->words[0]);
	if (ABS(vote.weight) < WEIGHT_MIN || ABS(vote.weight) > WEIGHT_MAX)
		return bad(parser, "weight %s; use 0.1 to 9, or -0.1 to -9",
		           parser->words[2]);
	vote.finding = parser_keep(parser, parser->words[0]);
	vote.value = parser_keep(parser, parser->words[1]);
	g_array_append_val(parser->cue->votes, vote);
	return true;
}

const Statement parser_in_finding[] = {
	{ "values", parse_values },
	{ "default", parse_default },
	{ "bias", parse_bias },
	{ "opposite", parse_opposite },
	{ "margin", parse_margin },
	{ "header", parse_header },
	{ NULL, NULL },
};
const Statement parser_in_cue[] = {
	{ "phrase", parse_phrase },
	{ "match", parse_match },
	{ "no-match", parse_no_match },
	{ "where", parse_where },
	{ "when", parse_when },
	{ "negated", parse_negated },
	{ "once", parse_once },
	{ "escalate", parse_escalate },
	{ NULL, NULL },
};
