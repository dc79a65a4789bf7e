/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules as compiled: flat arrays joined by indexes, immutable once built.
 *
 * A phrase is a row of slots; a slot is one of several alternatives, or
 * nothing; an alternative is a row of terms. Terms are shared by all phrases.
 */
#ifndef ANALYSIS_RULES_PRIVATE_H
#define ANALYSIS_RULES_PRIVATE_H

#include "analysis/language.h"
#include "analysis/model.h"
#include "analysis/rules.h"
#include "analysis/structure.h"
#include "base/limits.h"
#include "rules_ast.h"

#define NO_INDEX 255 /* of a group or escalation: none */
#define GAP_WORDS 3  /* that ... takes at most */

typedef enum TermKind {
	TERM_EXACT, /* a word, mark, emoticon or emoji */
	TERM_PREFIX,
	TERM_SUFFIX,
	TERM_CLASS,
	TERM_GAP,
	TERM_LINE_START,
	TERM_LINE_END,
	TERM_KINDS,
} TermKind;

typedef struct Term {
	uint32_t text; /* offset in Vocabulary.text */
	uint32_t hash;
	uint32_t classes; /* of TERM_CLASS */
	uint16_t length;
	uint8_t kind; /* TermKind */
} Term;

#define TERM_NONE UINT32_MAX

/* Terms that take no token; every vocabulary begins with them. */
enum {
	TERM_THE_GAP,
	TERM_THE_LINE_START,
	TERM_THE_LINE_END,
	TERM_FIRST_TAKING,
};

typedef struct TermSlot {
	uint32_t hash;
	uint32_t term; /* + 1; 0: free */
} TermSlot;

/* Terms of one kind by hash: open addressing. */
typedef struct TermTable {
	TermSlot *slots;
	uint32_t mask, n;
} TermTable;

/* All terms of all rules. */
typedef struct Vocabulary {
	GArray *terms; /* Term */
	GString *text;
	TermTable table[TERM_KINDS];
} Vocabulary;

Vocabulary *vocabulary_new(void);
void vocabulary_free(Vocabulary *vocabulary);
/* The term of that kind and folded text, made if need be. */
uint32_t vocabulary_intern(Vocabulary *vocabulary, TermKind kind,
                           const char *text, size_t length, uint32_t classes);

/* A term for those who look words up: with it, in the same line of cache, what
 * they ask next. */
typedef struct IndexedTerm {
	uint32_t term;
	uint32_t start, end; /* its postings */
	uint16_t length;
	uint8_t marks; /* Mark bits */
	char text[];
} IndexedTerm;

/* Those of the terms that mails of one language are asked for; in its tables
 * `term` is an offset in `terms`, + 1. `reach` answers quickly which lengths of
 * beginnings (ends) exist for a word's first (last) three bytes. */
#define REACH_BITS 12
typedef struct TermIndex {
	TermTable table[TERM_CLASS]; /* TERM_EXACT, TERM_PREFIX, TERM_SUFFIX */
	GByteArray *terms;           /* IndexedTerm, one after the other */
	uint32_t classes[TOKEN_CLASSES];     /* offsets, or TERM_NONE */
	uint64_t reach[2][1u << REACH_BITS]; /* TERM_PREFIX, TERM_SUFFIX */
} TermIndex;

typedef struct Pack Pack;

/* `wanted`: for each term whether it belongs in. */
TermIndex *term_index_new(const Vocabulary *vocabulary, const bool *wanted,
                          const Pack *pack);
void term_index_free(TermIndex *index);
/* The terms that match a token, at most VOCABULARY_MATCHES; pointers into the
 * index. */
#define VOCABULARY_MATCHES 48
unsigned term_index_lookup(const TermIndex *index, const Token *token,
                           const char *folded, const IndexedTerm **ret_terms);

typedef struct PhraseTerm {
	uint32_t term;
	bool optional;
} PhraseTerm;

typedef struct Alternative {
	uint32_t first_term, n_terms; /* in Rules.phrase_terms */
} Alternative;

/* An alternative by the term it must begin with. Those that may begin
 * otherwise (an optional word, a gap, ^) have TERM_NONE and come last. */
typedef struct Entry {
	uint32_t term;
	uint32_t alternative; /* or ALONE: the term is all of it */
} Entry;

#define ALONE (TERM_NONE - 1)

/* What may come after a token: sets of term_bit() or, to be told apart by
 * both, of other_bit(). BITS_ALL: anything, or nothing. */
typedef struct Ahead {
	uint64_t next;   /* what is taken at once */
	uint64_t other;  /* likewise, of other_bit() */
	uint64_t second; /* what is taken after that */
	/* What must come within so many `words`; with its other_bit(). */
	uint64_t later, later_other;
	unsigned words;
} Ahead;

#define LATER_WORDS 5 /* the most that are looked at */

typedef struct Slot {
	uint32_t first, n;             /* in Rules.alternatives */
	uint32_t first_entry, n_keyed; /* in Rules.entries; n in all */
	uint64_t bits;                 /* term_bit() of the keyed ones */
	bool optional;
} Slot;

typedef struct Phrase {
	uint32_t cue;
	uint32_t first_slot, n_slots; /* in Rules.slots */
} Phrase;

/* Any token, or none: text has the bit of none in each place, so one AND tells
 * whether phrase and text have anything in common. */
#define BITS_ALL UINT64_MAX
#define BIT_NONE (1ull << 63)

/* A term as one bit of a set that may hold others by mistake. */
static inline uint64_t
term_bit(uint32_t term)
{
	return 1ull << ((uint64_t)(term * 2654435761u) * 63 >> 32);
}

/* The same by another hash: what has both bits is seldom mistaken. */
static inline uint64_t
other_bit(uint32_t term)
{
	return 1ull << ((uint64_t)(term * 2246822519u + 40503u) * 63 >> 32);
}

/* Makes `set` what either may take. */
static inline void
ahead_add(Ahead *set, const Ahead *other)
{
	set->next |= other->next;
	set->other |= other->other;
	set->second |= other->second;
	set->later |= other->later;
	set->later_other |= other->later_other;
	set->words = MAX(set->words, other->words);
}

typedef struct Vote {
	uint8_t finding, value;
	float weight;
} Vote;

typedef struct Cue {
	const char *label; /* LANGUAGE/NAME */
	const AstCue *ast;
	uint32_t first_vote, n_votes;
	uint32_t first_phrase, n_phrases;
	uint32_t first_when, n_whens;
	uint32_t gram[2]; /* grams_cue() of its name, and of its group */
	uint8_t n_grams;
	uint8_t where; /* TokenRegion bits */
	uint8_t negated;
	uint8_t group, escalate; /* or NO_INDEX */
	uint8_t language;
	bool once;
} Cue;

typedef struct FindingRule {
	const AstFinding *ast;
	const char *name;
	char *header;
	unsigned n_values;
	unsigned value_default;
	double bias[LIMIT_FINDING_VALUES];
	uint8_t opposite[LIMIT_FINDING_VALUES]; /* or NO_INDEX */
	double margin;
	double likely, sure; /* p from which on it is medium, high */
	bool contrast;       /* sentiment, emotion: "but" weighs */
} FindingRule;

/* What a term does beside standing in phrases. */
typedef enum Mark {
	MARK_NEGATION = 1 << 0,
	MARK_INTENSIFIER = 1 << 1,
	MARK_CONTRAST = 1 << 2,
} Mark;

/* A phrase that may begin with a term. */
typedef struct Posting {
	uint32_t cue : 24;
	uint32_t where : 8;
	/* that begins with the term, or ALONE; TERM_NONE: any of `slot` */
	uint32_t alternative;
	uint32_t slot; /* the first that is left to match, in Rules.slots */
	uint8_t n_slots;
	bool whole;       /* the term is all of the phrase */
	bool once, whens; /* of the cue */
} Posting;

/* What may come after the term, to rule the phrase out quickly: see Ahead. */
typedef struct Filter {
	uint64_t other, second, later, later_other;
} Filter;

/* The cues for mails of one language. */
struct Pack {
	bool speaks; /* has cues beyond those of every language */
	TermIndex *index;
	uint8_t *marks;   /* Mark bits of each term */
	float *factors;   /* of intensifiers, of each term */
	uint32_t *starts; /* n_terms + 1 offsets into `postings` */
	Posting *postings;
	Filter *filters; /* of each posting */
	/* For each 64 postings 64 rows: row b has the postings whose
	 * Ahead.next has bit b. A few ORs rule most of the 64 out. */
	uint64_t *rows;
	GArray *unphrased; /* uint32_t: cues with `when` alone */
};

struct Rules {
	Ast *ast;
	GArray *findings;       /* FindingRule */
	GPtrArray *escalations; /* const char * */
	GPtrArray *groups;      /* const char * */
	GStringChunk *strings;
	GArray *cues;         /* Cue */
	GArray *votes;        /* Vote */
	GArray *whens;        /* When */
	GArray *phrases;      /* Phrase */
	GArray *slots;        /* Slot */
	Ahead *after;         /* of each slot; while the packs are built */
	GArray *entries;      /* Entry */
	GArray *alternatives; /* Alternative */
	GArray *phrase_terms; /* PhraseTerm */
	Vocabulary *vocabulary;
	Pack *packs[LANGUAGE_N];
	LanguageProfile *profile; /* or NULL */
	Model *model;             /* likewise */
};

/* Looks everything up; with reported problems, leaves out what is wrong. Takes
 * the Ast in any case. NULL: see problems->error. */
Rules *rules_compile(Ast *ast, const char *const *traits, Problems *problems);
/* Adds a phrase of `cue`; false: a problem. */
bool phrase_compile(Rules *rules, uint32_t cue, const AstText *source,
                    Problems *problems);
/* The term of one word of a language statement; TERM_NONE: a problem. */
uint32_t phrase_word(Rules *rules, const char *word, const Place *place,
                     Problems *problems);
/* Fills entries and bits of all slots, and `after`. */
void phrases_index(Rules *rules);
/* What an alternative, one of `choices`, may take from its term `k` on, and
 * `after` it. */
Ahead phrase_ahead(const Rules *rules, const Alternative *alternative,
                   uint32_t k, unsigned choices, const Ahead *after);
void packs_build(Rules *rules, const GArray *words, Problems *problems);
void packs_free(Rules *rules);

const LanguageProfile *rules_profile(const Rules *rules);

#define rules_cue(rules, i) (&g_array_index((rules)->cues, Cue, (i)))
#define rules_finding(rules, i)                                                \
	(&g_array_index((rules)->findings, FindingRule, (i)))

#endif
