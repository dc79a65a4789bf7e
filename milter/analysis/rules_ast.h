/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rule files as read, before names are looked up: what rules_parse.c gives to
 * rules_compile.c. Strings live in the Ast.
 */
#ifndef ANALYSIS_RULES_AST_H
#define ANALYSIS_RULES_AST_H

#include <glib.h>
#include <stdbool.h>

#include "analysis/findings.h"
#include "analysis/rules.h"
#include "analysis/structure.h"

/* Where a statement stands, for errors. */
typedef struct Place {
	const char *file;
	unsigned line;
} Place;

typedef struct AstVote {
	const char *finding, *value;
	double weight;
	Place place;
} AstVote;

typedef struct AstText {
	const char *text;
	Place place;
	bool match; /* of an example: it must fire */
} AstText;

typedef enum Comparison {
	COMPARE_LESS,
	COMPARE_LESS_EQUAL,
	COMPARE_EQUAL,
	COMPARE_MORE_EQUAL,
	COMPARE_MORE,
} Comparison;

typedef struct When {
	StructureNumber number;
	Comparison comparison;
	double value;
} When;

typedef enum Negated {
	NEGATED_DEFAULT, /* flip where there is an opposite, else drop */
	NEGATED_KEEP,
	NEGATED_DROP,
	NEGATED_FLIP,
} Negated;

typedef struct AstCue {
	const char *name;
	const char *group; /* or NULL */
	const char *escalate;
	Language language; /* LANGUAGE_UND: of every language */
	Place place;
	unsigned where; /* TokenRegion bits */
	Negated negated;
	bool once;
	GArray *votes;    /* AstVote */
	GArray *phrases;  /* AstText */
	GArray *examples; /* AstText */
	GArray *whens;    /* When */
} AstCue;

typedef struct AstNamed {
	const char *a, *b;
	double number;
	Place place;
} AstNamed;

typedef struct AstFinding {
	const char *name, *header;
	const char *value_default;
	bool trait;
	double margin;
	Place place;
	GPtrArray *values; /* char * */
	GArray *biases;    /* AstNamed: value, number */
	GArray *opposites; /* AstNamed: value, value */
} AstFinding;

typedef enum WordKind {
	WORD_NEGATION,
	WORD_INTENSIFIER,
	WORD_CONTRAST,
	WORD_FALLBACK,
} WordKind;

/* One word of a language statement. */
typedef struct AstWord {
	WordKind kind;
	Language language;
	const char *word;
	double factor;
	Place place;
} AstWord;

typedef struct Ast {
	GStringChunk *strings;
	GPtrArray *findings; /* AstFinding * */
	GPtrArray *cues;     /* AstCue * */
	GArray *words;       /* AstWord */
} Ast;

/* What becomes of problems: the first is the error, or each is reported. */
typedef struct Problems {
	RulesProblem *report; /* or NULL */
	void *data;
	GError *error; /* the first one, without `report` */
} Problems;

/* Says so and returns false. */
G_GNUC_PRINTF(3, 4)
bool problem(Problems *problems, const Place *place, const char *format, ...);

Ast *ast_new(void);
void ast_free(Ast *ast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ast, ast_free)

/* Adds the statements of one file; stops at the first problem unless they are
 * reported. `file` is its name for people. */
bool ast_parse(Ast *ast, const char *file, const char *text, size_t size,
               Problems *problems);

#endif
