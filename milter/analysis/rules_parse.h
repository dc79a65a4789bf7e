/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two halves of the parser share: rules_parse.c reads lines and
 * statements of the top, rules_parse_block.c the lines of a finding or cue.
 */
#ifndef ANALYSIS_RULES_PARSE_H
#define ANALYSIS_RULES_PARSE_H

#include "rules_ast.h"

#define WORDS_MAX 64 /* words of a line; the rest is an error */

typedef struct Parser {
	Ast *ast;
	Problems *problems;
	Place place;
	Language language;
	bool language_given;
	const char *group;
	AstCue *cue;         /* the block that lasts, or NULL */
	AstFinding *finding; /* likewise */
	bool skipping;    /* the head of the block was bad: say no more of it */
	const char *rest; /* the line after its first word */
	char *words[WORDS_MAX + 1]; /* NULL-terminated */
	unsigned n_words;
} Parser;

#define bad(parser, ...)                                                       \
	problem((parser)->problems, &(parser)->place, __VA_ARGS__)

const char *parser_keep(Parser *parser, const char *text);
bool parser_is_name(const char *name);
bool parser_number(const char *text, double *ret_number);
/* False, with the right form in the message, unless there are `n` words. */
bool parser_want_words(Parser *parser, unsigned n, const char *form);

typedef struct Statement {
	const char *word;
	bool (*parse)(Parser *parser);
} Statement;

extern const Statement parser_in_finding[], parser_in_cue[];
/* A line of a cue that is no statement. */
bool parser_vote(Parser *parser);

#endif
