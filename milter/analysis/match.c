/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tokens are looked up once; then each phrase that may begin at a token is
 * tried there. Two step budgets, one of a cue and one of the text, bound what
 * a hostile text can cost: a cue that uses up its own is taken to not match.
 */
#include "match.h"

#include <string.h>

#include "tokens_private.h"

G_STATIC_ASSERT(LIMIT_TOKENS < UINT16_MAX && LIMIT_HITS < UINT16_MAX);

#define NEGATION_REACH 3    /* words before a cue */
#define INTENSIFIER_REACH 2 /* likewise */
#define CONTRAST_AFTER 1.4f
#define CONTRAST_BEFORE 0.6f

/* What is known of one cue while matching. */
typedef struct CueState {
	int32_t steps;     /* taken */
	uint16_t last_end; /* token after its last hit */
	uint16_t last_hit; /* its index + 1 */
	uint8_t n_hits;
	int8_t when; /* 0: not known; 1: holds; -1: does not */
	bool off;    /* out of steps */
} CueState;

typedef struct Matching {
	const Rules *rules;
	const Pack *pack;
	const Tokens *tokens;
	Features *features;
	PhraseMatcher matcher;
	CueState *states;   /* of each cue */
	TokenTerms *of;     /* each token */
	Ahead ahead;        /* what follows the token that is tried */
	bool further;       /* ahead.later is known too */
	GArray *hits;       /* FeatureHit */
	GArray *hit_tokens; /* uint32_t: first token of each hit */
} Matching;

static bool
when_holds(const When *when, const Structure *structure)
{
	double number = (double)structure->number[when->number];

	switch (when->comparison) {
	case COMPARE_LESS:
		return number < when->value;
	case COMPARE_LESS_EQUAL:
		return number <= when->value;
	case COMPARE_EQUAL:
		return number >= when->value && number <= when->value;
	case COMPARE_MORE_EQUAL:
		return number >= when->value;
	default:
		return number > when->value;
	}
}

static bool
whens_hold(const Rules *rules, const Cue *cue, const Structure *structure)
{
	for (uint32_t i = 0; i < cue->n_whens; i++)
		if (!when_holds(&g_array_index(rules->whens, When,
		                               cue->first_when + i),
		                structure))
			return false;
	return true;
}

/* Most of what is asked here is no: so the cue is not looked at for it. */
static bool
cue_possible(const Matching *m, const Posting *posting, CueState *state)
{
	if (state->off || state->n_hits >= (posting->once ? 1 : LIMIT_CUE_HITS))
		return false;
	if (posting->whens && state->when == 0)
		state->when =
			whens_hold(m->rules, rules_cue(m->rules, posting->cue),
		                   &m->features->structure)
				? 1
				: -1;
	return !posting->whens || state->when > 0;
}

/* ------------------------------------------------------------- surroundings */

/* The word before token `i` in its sentence; -1: none. */
static long
word_before(const Matching *m, long i)
{
	const Token *token = &m->tokens->token[i];

	for (i--; i >= 0; i--) {
		const Token *before = &m->tokens->token[i];

		if (before->sentence != token->sentence ||
		    (before->classes & TOKEN_BARRIER))
			return -1;
		if (before->classes & TOKEN_WORD)
			return i;
	}
	return -1;
}

static bool
is_negated(const Matching *m, unsigned first)
{
	long at = first;

	for (int i = 0; i < NEGATION_REACH; i++) {
		at = word_before(m, at);
		if (at < 0 || (m->of[at].marks & MARK_CONTRAST))
			return false;
		if (m->of[at].marks & MARK_NEGATION)
			return true;
	}
	return false;
}

/* Of an intensifier; the last of its terms that is one decides. */
static float
factor_of(const Matching *m, long at)
{
	const TokenTerms *of = &m->of[at];
	float factor = 1;

	for (unsigned k = 0; k < of->n; k++) {
		uint32_t term = m->matcher.terms[of->first + k]->term;

		if (m->pack->marks[term] & MARK_INTENSIFIER)
			factor = m->pack->factors[term];
	}
	return factor;
}

static float
intensity(const Matching *m, unsigned first)
{
	long at = first;

	for (int i = 0; i < INTENSIFIER_REACH; i++) {
		at = word_before(m, at);
		if (at < 0)
			break;
		if (m->of[at].marks & MARK_INTENSIFIER)
			return factor_of(m, at);
	}
	return 1;
}

/* For each sentence its last contrast word decides. */
static void
weigh_contrast(Matching *m)
{
	g_autofree uint32_t *last = NULL;

	if (m->tokens->n == 0)
		return;
	last = g_new0(uint32_t, m->tokens->sentences + 1);
	for (unsigned i = 0; i < m->tokens->n; i++)
		if (m->of[i].marks & MARK_CONTRAST)
			last[m->tokens->token[i].sentence] = i + 1;
	for (unsigned i = 0; i < m->hits->len; i++) {
		FeatureHit *hit = &g_array_index(m->hits, FeatureHit, i);
		uint32_t token = g_array_index(m->hit_tokens, uint32_t, i);
		uint32_t at;

		if (token == UINT32_MAX)
			continue;
		at = last[m->tokens->token[token].sentence];
		if (at != 0)
			hit->contrast = at - 1 < token ? CONTRAST_AFTER
			                               : CONTRAST_BEFORE;
	}
}

/* --------------------------------------------------------------------- hits */

static void
add_hit(Matching *m, uint32_t which, unsigned first, unsigned end)
{
	const Cue *cue = rules_cue(m->rules, which);
	CueState *state = &m->states[which];
	const Token *tokens = m->tokens->token;
	FeatureHit hit = { .cue = which, .contrast = 1, .strength = 1 };
	uint32_t token = first;

	if (m->hits->len >= LIMIT_HITS) {
		m->features->limited = true;
		return;
	}
	hit.start = tokens[first].start;
	hit.end = tokens[end - 1].end;
	hit.field = tokens[first].field;
	hit.negated = cue->negated != NEGATED_KEEP && is_negated(m, first);
	hit.strength = intensity(m, first) / (float)(1u << state->n_hits);
	g_array_append_val(m->hits, hit);
	g_array_append_val(m->hit_tokens, token);
	state->n_hits++;
	state->last_end = (uint16_t)end;
	state->last_hit = (uint16_t)m->hits->len;
}

/* Of two matches that begin at one word the longer counts. */
static void
widen_hit(Matching *m, CueState *state, unsigned first, unsigned end)
{
	unsigned last = state->last_hit - 1u;
	FeatureHit *hit = &g_array_index(m->hits, FeatureHit, last);

	if (end <= state->last_end ||
	    first != g_array_index(m->hit_tokens, uint32_t, last))
		return;
	hit->end = m->tokens->token[end - 1].end;
	state->last_end = (uint16_t)end;
}

static void
try_phrase(Matching *m, const Posting *posting, unsigned at)
{
	CueState *state = &m->states[posting->cue];
	bool overlaps = at < state->last_end;
	long before = m->matcher.steps;
	unsigned end;

	if ((posting->where & m->tokens->token[at].regions) == 0)
		return;
	if (!overlaps && !cue_possible(m, posting, state))
		return;
	end = match_phrase(&m->matcher, posting, at);
	state->steps += (int32_t)(before - m->matcher.steps);
	if (state->steps > LIMIT_CUE_STEPS) {
		state->off = true;
		m->features->limited = true;
	}
	if (end == 0 ||
	    (m->tokens->token[end - 1].regions & posting->where) == 0)
		return;
	if (overlaps)
		widen_hit(m, state, at, end);
	else
		add_hit(m, posting->cue, at, end);
}

/* Those of a block of 64 postings whose next may be what comes next. */
static uint64_t
block_postings(const Pack *pack, uint32_t block, uint64_t next)
{
	const uint64_t *rows = &pack->rows[(size_t)block * 64];
	uint64_t set = 0;

	for (; next != 0; next &= next - 1)
		set |= rows[__builtin_ctzll(next)];
	return set;
}

static bool
later_comes(Matching *m, const Filter *filter, unsigned at)
{
	if (filter->later == BITS_ALL)
		return true;
	if (!m->further)
		match_look_further(m->of, m->tokens->n, at, &m->ahead);
	m->further = true;
	return (filter->later & m->ahead.later) != 0 &&
	       (filter->later_other & m->ahead.later_other) != 0;
}

/* Does what follows a token leave the phrase a chance? */
static bool
may_start(Matching *m, const Filter *filter, unsigned at)
{
	return (filter->other & m->ahead.other) != 0 &&
	       (filter->second & m->ahead.second) != 0 &&
	       later_comes(m, filter, at);
}

/* The phrases that begin with this term of token `at`, in their order. */
static void
try_term(Matching *m, const IndexedTerm *term, unsigned at)
{
	const Pack *pack = m->pack;
	uint32_t end = term->end;

	for (uint32_t i = term->start; i < end; i = (i / 64 + 1) * 64) {
		uint32_t first = i / 64 * 64;
		uint64_t set = block_postings(pack, i / 64, m->ahead.next);

		set &= BITS_ALL << i % 64;
		if (end - first < 64)
			set &= ~(BITS_ALL << end % 64);
		for (; set != 0 && m->matcher.steps > 0; set &= set - 1) {
			uint32_t k = first + (uint32_t)__builtin_ctzll(set);

			if (may_start(m, &pack->filters[k], at))
				try_phrase(m, &pack->postings[k], at);
		}
	}
}

static void
try_token(Matching *m, unsigned at)
{
	const TokenTerms *of = &m->of[at];

	if (of->n == 0)
		return;
	match_look_ahead(m->of, m->tokens->n, at, &m->ahead);
	m->further = false;
	for (unsigned k = 0; k < of->n && m->matcher.steps > 0; k++) {
		try_term(m, m->matcher.terms[of->first + k], at);
		m->matcher.steps--;
	}
}

/* ------------------------------------------------------------------- passes */

static void
add_unphrased(Matching *m)
{
	for (unsigned i = 0; i < m->pack->unphrased->len; i++) {
		uint32_t which = g_array_index(m->pack->unphrased, uint32_t, i);
		uint32_t nowhere = UINT32_MAX;
		FeatureHit hit = { .cue = which,
			           .contrast = 1,
			           .strength = 1,
			           .field = FIELD_TEXT };

		if (!whens_hold(m->rules, rules_cue(m->rules, which),
		                &m->features->structure))
			continue;
		g_array_append_val(m->hits, hit);
		g_array_append_val(m->hit_tokens, nowhere);
	}
}

/* Takes out the hits of cues that ran out of steps. */
static void
drop_limited(Matching *m)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < m->hits->len; i++) {
		FeatureHit *hit = &g_array_index(m->hits, FeatureHit, i);

		if (m->states[hit->cue].off)
			continue;
		g_array_index(m->hits, FeatureHit, kept++) = *hit;
	}
	g_array_set_size(m->hits, kept);
}

void
match_cues(const Rules *rules, const Pack *pack, const Tokens *tokens,
           Features *features)
{
	g_autofree CueState *states = g_new0(CueState, rules->cues->len + 1);
	g_autofree TokenTerms *of = g_new(TokenTerms, tokens->n + 1);
	g_autofree const IndexedTerm **terms = match_look_up(pack, tokens, of);
	g_autoptr(GArray) hit_tokens =
		g_array_new(FALSE, FALSE, sizeof(uint32_t));
	Matching m = { .rules = rules,
		       .pack = pack,
		       .tokens = tokens,
		       .features = features,
		       .states = states,
		       .of = of,
		       .hit_tokens = hit_tokens };

	m.matcher = (PhraseMatcher){ .rules = rules,
		                     .tokens = tokens,
		                     .of = of,
		                     .terms = terms,
		                     .steps = LIMIT_MATCH_STEPS };
	m.hits = g_array_new(FALSE, FALSE, sizeof(FeatureHit));
	for (unsigned i = 0; i < tokens->n && m.matcher.steps > 0; i++)
		try_token(&m, i);
	features->limited |= m.matcher.steps <= 0;
	add_unphrased(&m);
	weigh_contrast(&m);
	drop_limited(&m);
	features->n_hits = m.hits->len;
	features->hits = (FeatureHit *)(void *)g_array_free(m.hits, FALSE);
}
